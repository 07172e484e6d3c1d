"""How a unit of a letter looks: the few facts on which its part is decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from epistola import gazetteer
from epistola.model import Field, Source, Span
from epistola.text.blocks import Unit
from epistola.text.metadata import read_field
from epistola.text.shapes import (
    INITIALS,
    LONGEST_HEADING,
    YEAR,
    is_addressed,
    is_between,
    is_dated,
    is_enclosed,
    is_figures,
    is_name,
    is_number,
    is_place,
    is_proper,
    is_prose,
    is_subscribed,
    names_bearer,
    signature_of,
)
from epistola.text.words import LETTERS, Words, addresses, cues, is_leave, words_of

NOTE_NUMBER = re.compile(r"\[\d{1,3}\]\s?\S")
NOTE_STAR = re.compile(r"(?:\*{1,3}|[†‡§])\s?[^\W_]")
ENUMERATED = re.compile(r"(?:\d{1,3}|[a-z])[.)]\s+\S")
RUN_IN = re.compile(
    r"(?:[^\n.;?]|(?<=\b[A-Z])\.|(?<=\b[A-Z][A-Za-z])\.|(?<=\b[A-Z][A-Za-z]{2})\.){2,70}?(?:,\s?--|,\s?[—–]|[:!]\s?--|[:!]\s?[—–]|\.\s?--|\.\s?[—–]|:|!|,)"
)
DASHED = re.compile(r"(?:--|[—–])$")
EMPHASIS = str.maketrans("", "", "_*")
FAR = 16
"""A line that has so much white space before it is set to the right, or in the middle."""
LONGEST_LINE = 200
"""A longer unit is no line that could be another part than prose."""
LONGEST_SEEN = 400
"""Of a longer unit no more than its first characters are looked at, and its last."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the costs of the parts are computed from.

    ``capitals`` is the share of words that begin with a capital; ``sentence`` that it
    ends as a sentence does; ``open`` that it ends with no mark, or one that promises more;
    ``ends_open`` that it ends with a comma, colon or dash; ``prose`` that a word of
    sentences is in it;
    ``colon`` that its first word ends with a colon; ``author`` that a line of metadata
    names it as the author; ``numbered`` and ``starred`` that it opens as a footnote does,
    ``enumerated`` as one of a list;
    ``name`` that it has the shape of a person's name, ``proper`` that no common word is in
    it, ``subscribed`` that it is a name with a rank or by-name beside it,
    ``place`` that a known place is, ``dwelling`` that it names a street or house;
    ``between`` that it is a heading "X to Y" or "TO Y", ``enclosed`` one such as "Enclosure 2";
    ``titled`` that a title of address opens it ("Miss Hale, Ely"); ``stepped`` that it stands
    far to the right;
    ``ruled`` that a line of marks, or a note with one, is right above it; ``inside`` that
    it stands in square brackets which its block opened; ``apparatus`` that it heads what an editor
    says of the letter, ``notes`` that it heads notes;
    ``leads`` that it breaks off where leave is about to be taken: "& am always";
    ``follows_valediction`` that the unit before it took leave; ``leave`` that it
    does nothing else and names nobody, ``names_bearer`` that a name follows;
    ``greets`` that a salutation runs on in it, ``greeted`` that there is one somewhere before;
    ``quoted`` that it opens a quotation; ``inset`` that all its lines are stepped in, as
    those of the text are not;
    ``figures`` that it is a line of an account; ``listed`` that its neighbours are short
    lines of the same sort, ``verse`` that its block is of lines as verse is; ``cues``
    the parts whose words open it.
    """

    block: int
    lines: int
    length: int
    indent: int
    first: bool
    capital: bool
    capitals: float
    sentence: bool
    open: bool
    ends_open: bool
    prose: bool
    comma: bool
    colon: bool
    author: bool
    numbered: bool
    starred: bool
    enumerated: bool
    bracketed: bool
    parenthesised: bool
    between: bool
    titled: bool
    stepped: bool
    ruled: bool
    inside: bool
    shout: bool
    follows_valediction: bool
    ornament: bool
    number: bool
    dated: bool
    year: bool
    name: bool
    proper: bool
    forename: bool
    place: bool
    dwelling: bool
    enclosed: bool
    initials: bool
    subscribed: bool
    valedictory: bool
    leave: bool
    leads: bool
    names_bearer: bool
    apparatus: bool
    notes: bool
    greets: bool
    quoted: bool
    inset: bool
    figures: bool
    listed: bool
    verse: bool
    cues: frozenset[str]
    field: Field | None
    greeted: bool = False

    def opens(self, part: str) -> bool:
        """Return whether words that open ``part`` open this."""
        return part in self.cues


def looks(source: Source, units: Sequence[Unit], language: str) -> list[Look]:
    """Return how each of ``units`` looks."""
    words = words_of(language)
    fields = [_field(source, unit, language) for unit in units]
    author = next((source[f.value] for f in fields if f and f.kind == "author" and f.label), "")
    within = _inside(source, units)
    seen = [
        _look(source, unit, words, _place(source, units, at, language, field, author))
        for at, (unit, field) in enumerate(zip(units, fields, strict=True))
    ]
    seen = [replace(look, inside=True) if at in within else look for at, look in enumerate(seen)]
    inset = _inset(source, units)
    seen = [replace(look, inset=True) if at in inset else look for at, look in enumerate(seen)]
    first = next((at for at, look in enumerate(seen) if _greets(look)), len(seen))
    seen = [*seen[:first], *(replace(look, greeted=True) for look in seen[first:])]
    verses = {block for block, lines in groupby(seen, lambda look: look.block) if _is_verse(lines)}
    return [
        look
        if not (listed := _is_listed(seen, at)) and look.block not in verses
        else replace(look, listed=listed, verse=look.block in verses)
        for at, look in enumerate(seen)
    ]


def _greets(look: Look) -> bool:
    """Return whether a salutation stands in a line, alone or before a sentence."""
    return look.greets or (look.opens("salute") and look.length < LONGEST_SALUTE)


def _inside(source: Source, units: Sequence[Unit]) -> set[int]:
    """Return which units stand in square brackets that the first of their block has opened."""
    within: set[int] = set()
    block, depth = -1, 0
    for at, unit in enumerate(units):
        if unit.block != block:
            block, depth = unit.block, 0
            if not source.text.startswith("[", unit.span.start):
                continue
        elif depth > 0:
            within.add(at)
        else:
            continue
        depth += source.text.count("[", unit.span.start, unit.span.end)
        depth -= source.text.count("]", unit.span.start, unit.span.end)
    return within


def _inset(source: Source, units: Sequence[Unit]) -> set[int]:
    """Return which units of several lines stand farther in than others, with all their lines."""
    edges = {
        at: min(unit.indent, *(len(gap) for gap in MARGIN.findall(source[unit.span])))
        for at, unit in enumerate(units)
        if unit.lines > 1 and "\n" in source[unit.span]
    }
    least = min(edges.values(), default=0)
    return {at for at, edge in edges.items() if edge >= least + INSET}


MARGIN = re.compile(r"\n([ \t]*)")
INSET = 3


def _is_listed(seen: Sequence[Look], at: int) -> bool:
    """Return whether there are two more short lines like this one near, in other blocks.

    Entries of a diary are, with their dates, and names in a list.
    """
    sort = _sort(seen[at])
    near = [*seen[max(0, at - REACH) : at], *seen[at + 1 : at + 1 + REACH]]
    alike = {look.block for look in near if _sort(look) == sort} - {seen[at].block}
    return bool(sort) and len(alike) >= LEAST_ALIKE


def _sort(look: Look) -> str:
    if look.length > LONGEST_HEADING or look.leave or look.prose:
        return ""
    return "date" if look.dated else "name" if look.name else ""


REACH = 2
LONGEST_SALUTE = 80
LEAST_ALIKE = 2


def _is_verse(lines: Iterable[Look]) -> bool:
    """Return whether lines that were meant as such are verse, not an address or a closer."""
    block = list(lines)
    if len(block) < LEAST_VERSES or any(look.leave or look.valedictory for look in block):
        return False
    lengths = [look.length for look in block]
    capitals = sum(look.capitals for look in block) / len(block)
    lined = all(look.capital and look.lines == 1 for look in block)
    return lined and capitals < MOST_CAPITALS and LEAST_VERSE < sum(lengths) / len(block) < LONGEST


LEAST_VERSES = 4
LEAST_VERSE = 18
LONGEST = 70
MOST_CAPITALS = 0.55


def _field(source: Source, unit: Unit, language: str) -> Field | None:
    return read_field(source, unit.span, language) if len(unit.span) < LONGEST_FIELD else None


LONGEST_FIELD = 3000


def _place(
    source: Source,
    units: Sequence[Unit],
    at: int,
    language: str,
    field: Field | None,
    author: str,
) -> _Place:
    unit, words = units[at], words_of(language)
    above = units[at - 1] if at and units[at - 1].block == unit.block else None
    return _Place(
        field,
        first=at == 0,
        ruled=above is not None and _is_note(source, above),
        author=source[unit.span] == author,
        greets=salutation(source, unit.span, language) is not None,
        follows_valediction=at > 0 and _takes_leave(source, units[at - 1], words),
    )


LONGEST_RULE = 80


class _Place(NamedTuple):
    """What a look takes from beyond the unit's own words."""

    field: Field | None
    first: bool
    ruled: bool
    author: bool
    greets: bool
    follows_valediction: bool


def _look(source: Source, unit: Unit, words: Words, place: _Place) -> Look:
    text = source.folded[unit.span.start : unit.span.end].translate(EMPHASIS).strip()
    short = text[:LONGEST_SEEN]
    found = LETTERS.findall(short)
    lower = [word.lower() for word in found]
    bare = text[-LONGEST_SEEN:].rstrip("\"')]")
    last = [word.lower() for word in LETTERS.findall(bare)][-6:]
    signature = signature_of(short)
    names = is_name(signature, LETTERS.findall(signature), words)
    line = len(text) <= LONGEST_LINE
    return Look(
        block=unit.block,
        lines=unit.lines,
        length=len(text),
        indent=unit.indent,
        first=place.first,
        capital=bool(found) and (found[0][0].isupper() or short.lstrip("[(\"'")[:1].isdecimal()),
        capitals=sum(word[0].isupper() for word in found) / max(1, len(found)),
        sentence=bare.rstrip("-–— ").endswith((".", "?", "!")),
        open=bare[-1:].isalnum() or bare.endswith((",", "--", "—", "–")),
        ends_open=bare.endswith((",", ":", "--", "—", "–", ":--", "!")),
        prose=is_prose(found, words),
        colon=short.split(maxsplit=1)[0].endswith(":") if short else False,
        comma=bare.endswith(","),
        author=place.author,
        numbered=short.startswith("[") and NOTE_NUMBER.match(short) is not None,
        starred=NOTE_STAR.match(source[unit.span][:4]) is not None,
        enumerated=ENUMERATED.match(short) is not None,
        bracketed=short.startswith("["),
        parenthesised=bare.startswith("("),
        between=is_between(short, found, words) or is_addressed(short, found, words),
        titled=_is_titled(short, found, words),
        stepped=unit.indent >= FAR,
        ruled=place.ruled,
        inside=False,
        shout=short.isupper(),
        follows_valediction=place.follows_valediction,
        ornament=not any(char.isalnum() for char in text),
        number=is_number(short, words),
        dated=line and is_dated(short, lower, words),
        year=YEAR.fullmatch(short.strip(" .,:;()[]")) is not None,
        name=names,
        proper=names and is_proper(short, found),
        forename=names and bool(found) and gazetteer.load().known(found[0].title(), "forename"),
        place=len(text) < LONGEST_HEADING and is_place(short),
        dwelling=line and any(w in words.dwelling or w.endswith(words.streets) for w in lower[:20]),
        enclosed=is_enclosed(short, words),
        subscribed=is_subscribed(short, found, words),
        initials=INITIALS.fullmatch(signature.strip(".")) is not None,
        valedictory=not words.valedictory.isdisjoint(last),
        leave=line and is_leave(lower, words),
        leads=bare[-1:].isalnum() and _leads(last[-2:], words),
        names_bearer=len(text) < LONGEST_HEADING
        and names_bearer(found, words, led=place.follows_valediction),
        notes=short.lower().strip(" .:[]") in words.notes,
        apparatus=short.lower().strip(" .:[]") in words.apparatus,
        greets=place.greets,
        inset=False,
        quoted=short.startswith('"'),
        figures=line and is_figures(short),
        listed=False,
        verse=False,
        cues=cues(short, words),
        field=place.field,
    )


def _is_titled(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether a line opens with a title of address and capitals: "Miss Hale, Ely"."""
    small = sum(not word[0].isupper() for word in found)
    titled = len(found) > 1 and found[0].lower() in words.titles
    return titled and len(text) <= LONGEST_HEADING and 4 * small <= len(found)


def _leads(last: Sequence[str], words: Words) -> bool:
    """Return whether words break off where leave is about to be taken: "& am always"."""
    said = " ".join(last) in words.cues["valediction"] or not words.leaving.isdisjoint(last)
    return said and words.leavetaking.issuperset(last)


def _is_note(source: Source, unit: Unit) -> bool:
    """Return whether a unit is a line of marks, or opens with one as a note does."""
    opening = source[unit.span][:LONGEST_RULE]
    return NOTE_STAR.match(opening) is not None or not any(map(str.isalnum, opening))


def _takes_leave(source: Source, unit: Unit, words: Words) -> bool:
    """Return whether ``unit`` ends in a valediction: "Yours cordially,", "Yours in the faith,"."""
    tail = source.folded[max(unit.span.start, unit.span.end - LONGEST_TAIL) : unit.span.end]
    last = [word.lower() for word in LETTERS.findall(tail)][-3:]
    ends = tail.endswith((",", "--")) or tail[-1:].isalnum()
    said = words.leavetaking.issuperset(last[-1:]) and not words.leaving.isdisjoint(last)
    line = tail.endswith(",") and len(unit.span) < LONGEST_TAIL
    return (ends and said) or (line and "valediction" in cues(tail.translate(EMPHASIS), words))


LONGEST_TAIL = 60


def salutation(source: Source, span: Span, language: str) -> Span | None:
    """Return the salutation that runs on in the first sentence of a paragraph, if any.

    "DEAR SIR,--I have" and "Dear Comrade, – This" hold one; "My dear friend has" does
    not. Without a dash the last word before the mark must be a name or all be known; in
    capitals and with a dash, any words are one: "OLD FELLOW,--".
    """
    match = RUN_IN.match(source.folded, span.start, span.end)
    if match is None or match.end() == span.end:
        return None
    text = match[0].translate(EMPHASIS)
    dashed = DASHED.search(text) is not None
    found = LETTERS.findall(text)
    shouted = dashed and text.isupper() and len(found) <= MOST_FORMAL
    words = words_of(language)
    known = words.lead | words.fond | words.owned
    fond = all(word.lower() in known for word in found)
    surely = not dashed and not (fond and len(found) >= LEAST_FOND)
    if not found or not (shouted or addresses(text, words, surely=surely)):
        return None
    named = found[-1][0].isupper() and not is_prose(found, words)
    if not dashed and (not (fond or named) or len(found) > MOST_FORMAL):
        return None
    length = len(match[0].rstrip("-—– \n"))
    return Span(span.start, span.start + length)


MOST_FORMAL = 6
LEAST_FOND = 3
"""So many words that are all of address are a salutation: "My good friend, the boy has"."""
