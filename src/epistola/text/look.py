"""How a unit of a letter looks: the few facts on which its part is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from epistola import gazetteer
from epistola.model import Field, Source, Span
from epistola.text.blocks import Unit
from epistola.text.metadata import read_field
from epistola.text.words import LETTERS, Words, addresses, cues, is_leave, words_of

YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b|\b\d{1,2}[./]\d{1,2}[./](?:\d\d)?\d\d\b")
NUMBER = re.compile(
    r"(?:(?P<word>[^\W\d_]+)\s+)?(?:no\.?\s*)?(?:[ivxlcdm]+|\d+)\s*[.:)]?", re.IGNORECASE
)
INITIALS = re.compile(r"(?:[A-Z][.:]?[ ]?){1,4}(?:[A-Z][a-z]+[.:]?)?")
NAME_WORD = r"[^\W\d_][^\W\d_.'-]*(?:[.:]|'\.?)?[^\W\d_'-]*"
NAME = re.compile(
    rf"{NAME_WORD}(?:(?: & |[ -]){NAME_WORD}){{0,4}}(?: \({NAME_WORD}(?: {NAME_WORD}){{0,2}}\))?"
    r",?(?: \(?\d{4}\)?)?[.,:]?"
)
NOTE_NUMBER = re.compile(r"\[\d{1,3}\]\s?\S")
NOTE_STAR = re.compile(r"(?:\*{1,3}|[†‡§])\s?[^\W_]")
ENUMERATED = re.compile(r"(?:\d{1,3}|[a-z])[.)]\s+\S")
RUN_IN = re.compile(
    r"[^\n.;?]{2,70}?(?:,\s?--|,\s?[—–]|[:!]\s?--|[:!]\s?[—–]|\.\s?--|\.\s?[—–]|:|!|,)"
)
DASHED = re.compile(r"(?:--|[—–])$")
EMPHASIS = str.maketrans("", "", "_*")
LONGEST_NAME = 60
LONGEST_HEADING = 100
LONGEST_NUMBER = 24
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
    it, ``place`` that a known place is, ``dwelling`` that it names a street or house;
    ``between`` that it is a heading "X to Y"; ``apparatus`` that it heads what an editor
    says of the letter;
    ``leads`` that it breaks off where leave is about to be taken: "& am always";
    ``follows_valediction`` that the unit before it took leave; ``leave`` that it
    does nothing else and names nobody, ``names_bearer`` that a name follows;
    ``cues`` the parts whose words open it.
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
    initials: bool
    valedictory: bool
    leave: bool
    leads: bool
    names_bearer: bool
    apparatus: bool
    cues: frozenset[str]
    field: Field | None

    def opens(self, part: str) -> bool:
        """Return whether words that open ``part`` open this."""
        return part in self.cues


def looks(source: Source, units: Sequence[Unit], language: str) -> list[Look]:
    """Return how each of ``units`` looks."""
    words = words_of(language)
    fields = [_field(source, unit, language) for unit in units]
    author = next((source[f.value] for f in fields if f and f.kind == "author" and f.label), "")
    return [
        replace(
            _look(source, unit, words, field),
            first=at == 0,
            author=source[unit.span] == author,
            follows_valediction=at > 0 and _takes_leave(source, units[at - 1], words),
        )
        for at, (unit, field) in enumerate(zip(units, fields, strict=True))
    ]


def _field(source: Source, unit: Unit, language: str) -> Field | None:
    return read_field(source, unit.span, language) if len(unit.span) < LONGEST_FIELD else None


LONGEST_FIELD = 3000


def _look(source: Source, unit: Unit, words: Words, field: Field | None) -> Look:
    text = source.folded[unit.span.start : unit.span.end].translate(EMPHASIS).strip()
    short = text[:LONGEST_SEEN]
    found = LETTERS.findall(short)
    lower = [word.lower() for word in found]
    bare = text[-LONGEST_SEEN:].rstrip("\"')]")
    last = [word.lower() for word in LETTERS.findall(bare)][-6:]
    names = is_name(short, found, words)
    return Look(
        block=unit.block,
        lines=unit.lines,
        length=len(text),
        indent=unit.indent,
        first=False,
        capital=bool(found) and (found[0][0].isupper() or short[:1].isdecimal()),
        capitals=sum(word[0].isupper() for word in found) / max(1, len(found)),
        sentence=bare.rstrip("-–— ").endswith((".", "?", "!")),
        open=bare[-1:].isalnum() or bare.endswith((",", "--", "—", "–")),
        ends_open=bare.endswith((",", ":", "--", "—", "–", ":--", "!")),
        prose=_is_prose(found, words),
        colon=short.split(maxsplit=1)[0].endswith(":") if short else False,
        comma=bare.endswith(","),
        author=False,
        numbered=short.startswith("[") and NOTE_NUMBER.match(short) is not None,
        starred=NOTE_STAR.match(source[unit.span][:4]) is not None,
        enumerated=ENUMERATED.match(short) is not None,
        bracketed=short.startswith("["),
        parenthesised=bare.startswith("("),
        between=_is_between(short, found, words),
        shout=short.isupper(),
        follows_valediction=False,
        ornament=not any(char.isalnum() for char in text),
        number=_is_number(short, words),
        dated=is_dated(short, lower, words),
        year=YEAR.fullmatch(short.strip(" .,:;()[]")) is not None,
        name=names,
        proper=names and _is_proper(short, found),
        forename=names and bool(found) and gazetteer.load().known(found[0].title(), "forename"),
        place=len(text) < LONGEST_HEADING and _is_place(short),
        dwelling=any(w in words.dwelling or w.endswith(words.streets) for w in lower[:20]),
        initials=INITIALS.fullmatch(short.strip(".")) is not None,
        valedictory=not words.valedictory.isdisjoint(last),
        leave=is_leave(lower, words) and len(text) < LONGEST_SEEN,
        leads=bare[-1:].isalnum() and words.leavetaking.issuperset(last[-2:]),
        names_bearer=names_bearer(found, words) if len(text) < LONGEST_HEADING else False,
        apparatus=short.lower().strip(" .:[]") in words.apparatus,
        cues=cues(short, words),
        field=field,
    )


def is_name(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` has the shape of one person's name."""
    if not found or len(text) > LONGEST_NAME or not any(word[0].isupper() for word in found):
        return False
    small = (word for word in found if not word[0].isupper())
    return all(word in words.particles for word in small) and (
        NAME.fullmatch(text.removesuffix(".")) is not None
    )


def _is_proper(text: str, found: Sequence[str]) -> bool:
    """Return whether no word of a name is a common word and nobody's name.

    One word alone must be known, or have a year after it ("Plekhanov 1905").
    """
    known = gazetteer.load().known
    alone = len(found) == 1 and not YEAR.search(text)
    if alone and not known(found[0].title(), "forename", "surname", "person"):
        return False
    return not any(_is_common(word) for word in found)


def _is_common(word: str) -> bool:
    known = gazetteer.load().known
    return known(word.title(), "word") and not known(word.title(), "forename", "surname", "person")


def _is_prose(found: Sequence[str], words: Words) -> bool:
    """Return whether a word that only sentences have is among these, or "I" opens them."""
    return any(word in words.prose for word in found) or (
        bool(found) and found[0].lower() in words.prose and len(found) > 1
    )


def _is_place(text: str) -> bool:
    """Return whether ``text`` is, or ends with, the name of a place that is known."""
    known = gazetteer.load().known
    parts = [part.strip(" ._").title() for part in re.split(r"[,.]|\bden?\b", text)]
    return any(known(part, "settlement", "region", "country", "site") for part in parts)


def names_bearer(found: Sequence[str], words: Words) -> bool:
    """Return whether a name follows words of leave and nothing else.

    "Your Jane", "Dein treuer Paul", "Ihr ergebenster A. Mahler".
    """
    lower = [word.lower() for word in found]
    start = next((at for at, word in enumerate(lower) if word not in words.leavetaking), len(lower))
    name = found[start:]
    if not 0 < start < len(found) or not 0 < len(name) <= MOST_NAMED:
        return False
    whole = all(word[0].isupper() or word in words.particles for word in name)
    small = words.leaving.isdisjoint(lower[:start])
    return whole and not small and not any(_is_common(word) for word in name if len(word) > 1)


MOST_NAMED = 4


def _is_between(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` is a heading "X to Y": capitals around one small word."""
    if len(text) > LONGEST_HEADING or not found or not found[0][0].isupper():
        return False
    small = [word for word in found if not word[0].isupper() and word not in words.particles]
    inside = small and small[0] != found[-1] and found.index(small[0]) < len(found) - 1
    return bool(inside) and small[0] in words.between and len(small) <= MOST_SMALL


MOST_SMALL = 3


def _takes_leave(source: Source, unit: Unit, words: Words) -> bool:
    """Return whether ``unit`` is one that ends in a valediction: "Yours cordially,"."""
    tail = source.folded[max(unit.span.start, unit.span.end - 60) : unit.span.end]
    last = [word.lower() for word in LETTERS.findall(tail)][-4:]
    return tail.endswith((",", "--")) and not words.leaving.isdisjoint(last)


def _is_number(text: str, words: Words) -> bool:
    """Return whether ``text`` only numbers the letter: "LXXVI.", "319.", "LETTER LI."."""
    if len(text) > LONGEST_NUMBER:
        return False
    match = NUMBER.fullmatch(text)
    if match is None:
        return False
    return match["word"] is None or match["word"].lower() in words.cues["heading"]


def is_dated(text: str, lower: Sequence[str], words: Words) -> bool:
    """Return whether there is a date, or part of one, in ``text``."""
    if not words.weekdays.isdisjoint(lower) or YEAR.search(text):
        return True
    if any(char.isdecimal() for char in text) and not words.calendar.isdisjoint(lower):
        return True
    if len(text) < LONGEST_DAY and words.day.search(text):
        return True
    if 0 < len(lower) <= MOST_HOURS and not words.hours.isdisjoint(lower):
        return True
    start = text[:LONGEST_HEADING].lower()
    return start.startswith(words.undated) or any(feast in start for feast in words.feasts)


LONGEST_DAY = 24
MOST_HOURS = 3
"""A line with more words and an hour is no date: "The night was dark."."""


def salutation(source: Source, span: Span, language: str) -> Span | None:
    """Return the salutation that runs on in the first sentence of a paragraph, if any.

    "DEAR SIR,--I have" and "Dear Comrade, – This" hold one; "My dear friend has" does
    not. Without a dash the words before the mark must all be capitalised or known; in
    capitals and with a dash, any words are one: "OLD FELLOW,--".
    """
    match = RUN_IN.match(source.folded, span.start, span.end)
    if match is None or match.end() == span.end:
        return None
    text = match[0].translate(EMPHASIS)
    dashed = DASHED.search(text) is not None
    found = LETTERS.findall(text)
    shouted = dashed and text.isupper() and len(found) <= MOST_FORMAL
    if not found or not (shouted or addresses(text, words_of(language))):
        return None
    formal = found[-1][0].isupper() or text.isupper()
    if not dashed and not (formal and len(found) <= MOST_FORMAL):
        return None
    length = len(match[0].rstrip("-—– \n"))
    return Span(span.start, span.start + length)


MOST_FORMAL = 6
