"""The capitalised words of a letter, read once for every recogniser of names.

A name is a run of capitalised words with little between them. So only those
words are kept, each with its *sort* (what the form can be) and its *joint*
(what stands between it and the next one). Written one after the other as
letters, sorts and joints make the *shape* of the letter: "Sir Walter Scott and
Mr. B." is ``T F s&T I|``. The recognisers match regular expressions on it.

Sorts: ``T`` title of address, ``R`` rank, ``L`` office, ``K`` kin, ``J`` what
follows a name (Esq.), ``I`` initial, ``F`` forename, ``S`` famous person, ``s``
surname, ``P`` place, ``b`` forename or place, ``p`` surname or place, ``D``
people or adjective of a place, ``G O E`` keyword of a place, organisation,
event, ``X`` never part of a name, ``W`` common word, ``f w q`` common word that
may be a forename, surname, place, ``N`` unknown, ``A`` unknown at the head of a
sentence, ``U`` unknown in a language that capitalises its nouns.

Joints: space nothing, ``-`` hyphen, ``,`` comma, ``&`` and, ``d`` particle
("de", "von"), ``o`` "of", ``'`` possessive, ``|`` anything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from epistola.gazetteer import Names
from epistola.language import load
from epistola.model import Letter, Source, Span

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĘĚĞĢĪĮİŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
BLANK = (
    r"(?:(?:-{3,}|[\u2013\u2014]{2,}|\*{2,}|_{2,})[^\W\d_]{0,2}|-{2,}|[\u2013\u2014]+|\*+|_{2,})"
)
"""What stands for the letters that a name hides: "B----", "D——y"; not the "I--a" of a pause."""
# A word, a word with an elided article ("O'Brien"), or an initial with dashes ("B----").
CAPITAL = re.compile(
    rf"(?<![^\W_])(?<![{UPPER}]')[{UPPER}](?:{BLANK}(?![^\W_])|(?:'(?=[{UPPER}]))?[^\W_]*)"
)
LOWER = re.compile(r"(?<![^\W_])[a-zß-öø-ÿ]{2,}")
# One line break may stand between two words, but no blank line.
BEFORE = re.compile(r"([\w'-]+)(?=\s)[^\S\n]*\n?[^\S\n]*\Z")
AFTER = re.compile(r"(?:'s)?(?=\s)[^\S\n]*\n?[^\S\n]*([\w'-]+)")
# In the text as it stands: straight, single and double quotation marks.
QUOTED = re.compile(
    r"(?<!\w)[\"'\u2018\u201c]([A-Z][^\"\u201c\u201d\n]{0,70}?)(?:(?P<stop>[.!?])|,)?[\"'\u2019\u201d](?!\w)"
)
# "said, " and the like, just before a quotation: three characters.
SAID = re.compile(r"\w[,:]\s")
DASHES = "-\u2013\u2014"
STOPS = frozenset(".!?:;" + DASHES)
LONGEST_JOINT = 16
MOSTLY = 0.75
LONGEST_BEFORE = 24
ALL_CAPITALS = 4
# A number in Roman figures; those after a ruler's name are known as what follows a name.
NUMERAL = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
SURE_PLACES = ("country", "region", "capital", "bloc")
ORGANISATIONS = ("party", "army", "church", "society", "government", "company", "institution")
PLACES = ("country", "region", "settlement", "capital", "geography", "bloc", "site")


class Word(NamedTuple):
    """A capitalised word: where, what form, whether it opens a sentence, and a line."""

    start: int
    end: int
    form: str
    opens: bool
    heads: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The capitalised words of a source and their shape, two characters a word."""

    source: Source
    words: tuple[Word, ...]
    shape: str
    names: Names

    def sort(self, at: int) -> str:
        """Return the sort of word ``at``."""
        return self.shape[2 * at]

    def joint(self, at: int) -> str:
        """Return what stands between word ``at`` and the next."""
        return self.shape[2 * at + 1]

    def form(self, at: int) -> str:
        """Return word ``at``, marks folded; one in capitals as it is written otherwise."""
        return self.words[at].form

    def span(self, first: int, last: int) -> Span:
        """Return the span of the words from ``first`` to ``last``, both included."""
        return Span(self.words[first].start, self.words[last].end)

    def text(self, first: int, last: int) -> str:
        """Return the folded text of these words, white space single."""
        found = self.source.folded[self.words[first].start : self.words[last].end]
        return " ".join(found.split())

    def before(self, at: int) -> str:
        """Return the word just before word ``at`` in small letters, nothing across punctuation."""
        start = self.words[at].start
        found = BEFORE.search(self.source.folded[max(0, start - LONGEST_BEFORE) : start])
        return found[1].lower() if found else ""

    def after(self, at: int) -> str:
        """Return the word just after word ``at``, or nothing across punctuation."""
        found = AFTER.match(self.source.folded, self.words[at].end)
        return found[1] if found else ""

    def starts_line(self, at: int) -> bool:
        """Return whether word ``at`` is the first of its line."""
        start = self.words[at].start
        return not start or self.source.text[start - 1] == "\n"

    def follows(self, at: int, text: str) -> bool:
        """Return whether ``text`` follows word ``at`` at once."""
        return self.source.folded.startswith(text, self.words[at].end)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that decide sorts and joints.

    ``stopped`` are the abbreviations that a full stop may follow inside a name.
    """

    sorts: Mapping[str, str]
    joints: Mapping[str, str]
    stopped: frozenset[str]
    unknown: str


def listed_words(table: Mapping[str, Any], *keys: str) -> frozenset[str]:
    """Return the words that ``table`` lists under ``keys``, each a string of words."""
    return frozenset(word for key in keys for word in table.get(key, "").split())


@cache
def words_of(code: str, table: str, *keys: str) -> frozenset[str]:
    """Return the words of the language ``code`` under ``keys`` of ``table``."""
    return listed_words(load(code).get(table, {}), *keys)


@cache
def lexicon(code: str) -> Lexicon:
    """Return what decides sorts and joints in the language ``code``."""
    sorts: dict[str, str] = {}
    for sort, table, keys in (
        ("E", "events", ("of", "last")),
        ("G", "places", ("last", "first", "of")),
        ("O", "organisations", ("last", "of")),
        ("X", "persons", ("never", "calendar")),
        ("J", "persons", ("suffixes",)),
        ("N", "persons", ("capital_particles",)),
        ("K", "persons", ("kin", "familiar")),
        ("F", "persons", ("abbreviated",)),
        ("R", "persons", ("ranks",)),
        ("L", "persons", ("offices",)),
        ("T", "persons", ("titles",)),
    ):
        sorts |= dict.fromkeys(words_of(code, table, *keys), sort)
    stopped = words_of(code, "persons", "titles", "abbreviated", "suffixes", "stopped")
    nouns = load(code).get("persons", {}).get("nouns", "")
    joints = _joints(load(code).get("persons", {}))
    return Lexicon(
        sorts,
        joints,
        stopped | words_of(code, "places", "stopped"),
        "U" if nouns == "capital" else "N",
    )


def _joints(words: Mapping[str, Any]) -> dict[str, str]:
    """Return the joint for each text that may stand between two words of a name."""
    particles = words.get("particles", "").split()
    inner = [*particles, *words.get("inner_particles", "").split()]
    joints = {"": " ", "-": "-", ",": ",", "'s": "'", "'S": "'", "'": "'"}
    joints |= dict.fromkeys(words.get("of", ()), "o")
    joints |= dict.fromkeys(particles, "d")
    joints |= {f"{one} {two}": "d" for one in particles for two in inner}
    joints |= {f"{mark}{word}": "&" for word in words.get("and", ()) for mark in ("", ", ")}
    return joints


def scan(source: Source, letter: Letter, names: Names) -> Scan:
    """Return the capitalised words of ``source`` and their shape (read once, then kept)."""
    return _scan(source, letter.language, names)


@lru_cache(maxsize=4)
def _scan(source: Source, code: str, names: Names) -> Scan:
    text, words = source.folded, lexicon(code)
    sort = _sorter(words, names, small_words(source))
    broken = _broken_lines(text)
    spans = [match.span() for match in CAPITAL.finditer(text)]
    found: list[Word] = []
    shape: list[str] = []
    opens = heads = True
    afters = [start for start, _ in spans[1:]] + [len(text)]
    for (start, end), after in zip(spans, afters, strict=False):
        form, gap = _cased(text[start:end], words, names), text[end:after]
        kind = "I" if form == "A" and gap[:1] == "." else sort(form)
        breaks = gap.count("\n")
        apart = breaks > 1 or (breaks == 1 and kind not in "TRKL" and broken(end))
        joint = "|" if apart or after == len(text) else _joint(gap, kind, form, words)
        found.append(Word(start, end, form, opens, heads))
        shape += ("A" if opens and kind == "N" else kind, joint)
        heads = apart
        opens = apart or _opens(gap, joint)
    return Scan(source, tuple(found), "".join(shape), names)


def _joint(gap: str, kind: str, form: str, words: Lexicon) -> str:
    if len(gap) > LONGEST_JOINT:
        return "|"
    plain = " ".join(gap.split())
    if plain == "-" and gap[0].isspace() and gap[-1].isspace():
        return "|"  # a dash: "Bray - Glen of the Downs"
    if kind == "T" and not plain.strip(".:- "):
        return " "
    if plain[:1] == "." and (kind == "I" or form in words.stopped):
        plain = plain[1:].lstrip()
    return words.joints.get(plain, "|")


def _opens(gap: str, joint: str) -> bool:
    """Return whether the word after ``gap`` opens a sentence, or may: after a dash, a quote."""
    plain = gap.rstrip(" \n\t\"'([_*")
    return joint == "|" and (not plain or plain[-1] in STOPS)


def _broken_lines(text: str) -> Callable[[int], bool]:
    """Return a test whether the line break after an offset ends a name.

    It does in addresses and verse, where most lines open with a capital or a figure.
    """
    starts, verdicts = [0], list[bool]()
    for block in text.split("\n\n"):
        lines = [line.lstrip(" \"'([_-") for line in block.split("\n") if line.strip()]
        big = sum(not line[:1].islower() for line in lines)
        verdicts.append(big >= MOSTLY * len(lines))
        starts.append(starts[-1] + len(block) + 2)
    return lambda offset: verdicts[bisect_right(starts, offset) - 1]


@lru_cache(maxsize=4)
def small_words(source: Source) -> Counter[str]:
    """Return the words that ``source`` writes small, each with how often (counted once)."""
    return Counter(LOWER.findall(source.folded))


def _sorter(words: Lexicon, names: Names, lower: Container[str]) -> Callable[[str], str]:
    """Return the function that gives each form its sort, and remembers what it gave."""
    given: dict[str, str] = {}

    def sort(form: str) -> str:
        if form not in given:
            given[form] = _sort(form, words, names, lower)
        return given[form]

    return sort


def _cased(form: str, words: Lexicon, names: Names) -> str:
    """Return a word in capitals as it is written otherwise, but for acronyms and numerals."""
    if len(form) == 1 or not form.isupper() or names.classes(form) or NUMERAL.fullmatch(form):
        return form
    small = form.capitalize()
    is_word = len(form) >= ALL_CAPITALS or words.sorts.get(small, "N") in "XTRL"
    is_word = is_word or _in(names, small, "word")
    return small if is_word else form


def _sort(form: str, words: Lexicon, names: Names, lower: Container[str]) -> str:
    if len(form) == 1 or form[1] in DASHES + "*_":
        return words.sorts.get(form, "I")
    if form in words.sorts:
        return words.sorts[form]
    if NUMERAL.fullmatch(form):
        return "X"
    if _in(names, form, *SURE_PLACES):
        return "P"
    if _in(names, form, "demonym"):
        return "D"
    common = form.lower() in lower or _in(names, form, "word")
    return _common(form, names) if common else _proper(form, names) or words.unknown


def _common(form: str, names: Names) -> str:
    """Return the sort of a form that is a common word as well."""
    if _in(names, form, *PLACES):
        return "q"
    if _in(names, form, "forename"):
        return "f"
    return "w" if _in(names, form, "surname", "person") else "W"


def _proper(form: str, names: Names) -> str:
    """Return the sort of a form that is no common word, or nothing where no list knows it."""
    forename = _in(names, form, "forename")
    famous, surname = _in(names, form, "person"), _in(names, form, "surname")
    if _in(names, form, *PLACES):
        return "b" if forename else "p" if famous or surname else "P"
    return "F" if forename else "S" if famous else "s" if surname else ""


def _in(names: Names, form: str, *classes: str) -> bool:
    """Return whether one of ``classes`` knows a form that is folded already."""
    return any(form in names.table.get(name, ()) for name in classes)


def runs(pattern: re.Pattern[str], found: Scan) -> Iterator[tuple[int, int]]:
    """Yield first and last word of every match of ``pattern`` on the shape."""
    for match in pattern.finditer(found.shape):
        yield match.start() // 2, (match.end() - 1) // 2


def in_quoted_titles(found: Scan) -> Iterator[int]:
    """Yield the words that stand in what reads like the quoted title of a work."""
    spans = _quoted(found.source)
    for at, word in enumerate(found.words if spans else ()):
        if any(start <= word.start < end for start, end in spans):
            yield at


@lru_cache(maxsize=4)
def _quoted(source: Source) -> tuple[tuple[int, int], ...]:
    """Return the quotations in which every long word has a capital, but for whole sentences."""
    return tuple(
        match.span(1)
        for match in QUOTED.finditer(source.text)
        if not (
            match["stop"] and SAID.fullmatch(source.text, max(0, match.start() - 3), match.start())
        )
        if all(len(word) < ALL_CAPITALS + 1 or not word[0].islower() for word in match[1].split())
    )
