"""How a unit of a letter looks: the few facts on which its part is decided."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from epistola import gazetteer
from epistola import language as languages
from epistola.model import Field, Source, Span
from epistola.text.blocks import Unit
from epistola.text.metadata import read_field

LETTERS = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b|\b\d{1,2}[./]\d{1,2}[./](?:\d\d)?\d\d\b")
NUMBER = re.compile(
    r"(?:(?P<word>[^\W\d_]+)\s+)?(?:no\.?\s*)?(?:[ivxlcdm]+|\d+)\s*[.:)]?", re.IGNORECASE
)
INITIALS = re.compile(r"(?:[A-Z]\.?[ ]?){1,4}(?:[A-Z][a-z]+\.?)?")
NAME_WORD = r"[^\W\d_][^\W\d_.'-]*[.:']?[^\W\d_'-]*"
NAME = re.compile(rf"{NAME_WORD}(?:(?: & |[ -]){NAME_WORD}){{0,4}},?(?: \(?\d{{4}}\)?)?[.,:]?")
NOTE_NUMBER = re.compile(r"\[\d{1,3}\]\s?\S")
NOTE_STAR = re.compile(r"(?:\*{1,3}|[†‡§])\s?[^\W_]")
ENUMERATED = re.compile(r"(?:\d{1,3}|[a-z])[.)]\s+\S")
RUN_IN = re.compile(
    r"[^\n.;?]{2,70}?(?:,\s?--|,\s?[—–]|[:!]\s?--|[:!]\s?[—–]|\.\s?--|\.\s?[—–]|:|!|,)"
)
DASHED = re.compile(r"(?:--|[—–])$")
EMPHASIS = str.maketrans("", "", "_*")
CUES = ("salute", "valediction", "postscript", "signed", "heading", "sidenote", "footnote")
CUE_WORDS = 6
LONGEST_NAME = 60
LONGEST_HEADING = 100
LONGEST_NUMBER = 24


@dataclass(frozen=True, slots=True)
class Look:
    """What the costs of the parts are computed from.

    ``capitals`` is the share of words that begin with a capital; ``sentence`` that it
    ends as a sentence does; ``ends_open`` that it ends with a comma, colon or dash;
    ``colon`` that its first word ends with a colon; ``author`` that a line of metadata
    names it as the author; ``numbered`` and ``starred`` that it opens as a footnote does,
    ``enumerated`` as one of a list;
    ``name`` that it has the shape of a person's name, ``proper`` that no common word is in
    it, ``place`` that a known place is; ``between`` that it is a heading "X to Y";
    ``follows_valediction`` that the unit before it took leave; ``bare_valediction`` that it
    does and names nobody, ``names_bearer`` that a name follows; ``cues`` the parts whose
    words open it.
    """

    block: int
    lines: int
    length: int
    first: bool
    capital: bool
    capitals: float
    sentence: bool
    ends_open: bool
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
    name: bool
    proper: bool
    forename: bool
    place: bool
    initials: bool
    valedictory: bool
    bare_valediction: bool
    names_bearer: bool
    cues: frozenset[str]
    field: Field | None

    def opens(self, part: str) -> bool:
        """Return whether words that open ``part`` open this."""
        return part in self.cues


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words for the parts of a letter, ready to look up."""

    cues: Mapping[str, frozenset[str]]
    calendar: frozenset[str]
    weekdays: frozenset[str]
    valedictory: frozenset[str]
    leaving: frozenset[str]
    leavetaking: frozenset[str]
    particles: frozenset[str]
    between: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """Return the words for the parts of a letter in ``language``."""
    letter = languages.load(language)["letter"]
    return Words(
        MappingProxyType({cue: frozenset(letter[cue]) for cue in CUES}),
        frozenset(letter["months"]),
        frozenset(letter["weekdays"]),
        frozenset(letter["valediction_words"]),
        frozenset((*letter["valediction_words"], *letter["self"])),
        frozenset(w for phrase in letter["valediction"] for w in LETTERS.findall(phrase))
        | frozenset(letter["valediction_words"]),
        frozenset(letter["particles"]),
        frozenset(letter["between"]),
    )


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
    return read_field(source, unit.span, language) if len(unit.span) < LONGEST else None


LONGEST = 3000


def _look(source: Source, unit: Unit, words: Words, field: Field | None) -> Look:
    text = source.folded[unit.span.start : unit.span.end].translate(EMPHASIS).strip()
    short = text[:400]
    found = LETTERS.findall(short)
    lower = [word.lower() for word in found]
    bare = short.rstrip("\"')]")
    names = _is_name(short, found, words)
    return Look(
        block=unit.block,
        lines=unit.lines,
        length=len(text),
        first=False,
        capital=bool(found) and (found[0][0].isupper() or short[:1].isdecimal()),
        capitals=sum(word[0].isupper() for word in found) / max(1, len(found)),
        sentence=bare.endswith((".", "?", "!")),
        ends_open=bare.endswith((",", ":", "--", "—", "–", ":--", "!")),
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
        dated=_is_dated(short, lower, words),
        name=names,
        proper=names and _is_proper(short, found),
        forename=names and bool(found) and gazetteer.load().known(found[0].title(), "forename"),
        place=names and _is_place(short),
        initials=INITIALS.fullmatch(short.strip(".")) is not None,
        valedictory=not words.valedictory.isdisjoint(lower[-6:]),
        bare_valediction=bool(lower) and words.leavetaking.issuperset(lower),
        names_bearer=names and _names_bearer(found, words),
        cues=_cues(short, words),
        field=field,
    )


def _is_name(text: str, found: Sequence[str], words: Words) -> bool:
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
    return not any(
        known(word.title(), "word") and not known(word.title(), "forename", "surname", "person")
        for word in found
    )


def _is_place(text: str) -> bool:
    """Return whether ``text`` is, or ends with, the name of a place that is known."""
    known = gazetteer.load().known
    parts = [part.strip(" .").title() for part in text.split(",")]
    return any(known(part, "settlement", "region", "country", "site") for part in parts)


def _names_bearer(found: Sequence[str], words: Words) -> bool:
    """Return whether a name follows words of leave and nothing else: "Your Jane", "Dein Paul"."""
    before = [word.lower() for word in found[:-1]]
    known = gazetteer.load().known(found[-1].title(), "forename", "surname", "person")
    return bool(before) and known and words.leavetaking.issuperset(before)


def _is_between(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` is a heading "X to Y": capitals around one small word."""
    if len(text) > LONGEST_HEADING or not found or not found[0][0].isupper():
        return False
    small = [word for word in found if not word[0].isupper() and word not in words.particles]
    inside = small and small[0] != found[-1] and found.index(small[0]) < len(found) - 1
    return bool(inside) and small[0] in words.between and len(small) <= MOST_SMALL


MOST_SMALL = 3


def _takes_leave(source: Source, unit: Unit, words: Words) -> bool:
    """Return whether ``unit`` is a long one that ends in a valediction: "Yours cordially,"."""
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


def _is_dated(text: str, lower: Sequence[str], words: Words) -> bool:
    if not words.weekdays.isdisjoint(lower):
        return True
    return YEAR.search(text) is not None or (
        any(char.isdecimal() for char in text) and not words.calendar.isdisjoint(lower)
    )


def _cues(text: str, words: Words) -> frozenset[str]:
    openings = _openings(text)
    found = {cue for cue in CUES if not words.cues[cue].isdisjoint(openings)}
    if not words.cues["heading"].isdisjoint(_after_number(text)):
        found.add("heading")
    return frozenset(found)


def _after_number(text: str) -> set[str]:
    """Return how a heading opens after the letter's number: "CXI.--TO MRS. HALE."."""
    number = LETTER_NUMBER.match(text)
    rest = text[number.end() :] if number else ""
    first, *others = LETTERS.findall(rest)[:3] or ("",)
    proper = first[:1].isupper() and any(word[0].isupper() for word in others)
    return _openings(rest) if proper else set()


LETTER_NUMBER = re.compile(r"(?:[IVXLCDM]+|\d{1,4})\s*[.:)–—-][\s.:–—-]*(?=[^\W\d_])")


def _openings(text: str) -> set[str]:
    """Return the first words, the first two ... of ``text``, as written and without marks."""
    first = text[:120].lower().replace("--", " ").replace("—", " ").split()[:CUE_WORDS]
    plain = [word.strip(",;:!.()[]\"'") for word in first]
    found = {" ".join(first[:count]) for count in range(1, len(first) + 1)}
    found |= {" ".join(plain[:count]) for count in range(1, len(plain) + 1)}
    return found | {word.rstrip(":") for word in found}


def salutation(source: Source, span: Span, language: str) -> Span | None:
    """Return the salutation that runs on in the first sentence of a paragraph, if any.

    "DEAR SIR,--I have" and "Dear Comrade, – This" hold one; "My dear friend has" does
    not. Without a dash the words before the mark must all be capitalised or known.
    """
    match = RUN_IN.match(source.folded, span.start, span.end)
    if match is None or match.end() == span.end:
        return None
    text = match[0].translate(EMPHASIS)
    if words_of(language).cues["salute"].isdisjoint(_openings(text)):
        return None
    dashed = DASHED.search(text) is not None
    found = LETTERS.findall(text)
    formal = found[-1][0].isupper() or text.isupper()
    if not dashed and not (formal and len(found) <= MOST_FORMAL):
        return None
    length = len(match[0].rstrip("-—– \n"))
    return Span(span.start, span.start + length)


MOST_FORMAL = 6
