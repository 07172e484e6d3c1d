"""The capitalised words of a letter, read once for every recogniser of names.

A name is a run of capitalised words with little between them. So only those
words are kept, each with its *sort* (what the form can be: title of address,
forename, place ...) and its *joint* (what stands between it and the next one).
Written one after the other as letters, sorts and joints make the *shape* of the
letter: "Sir Walter Scott and Mr. B." is ``T F S&T I|``. The recognisers match
regular expressions on the shape.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.language import load
from epistola.model import Letter, Source, Span

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĘĚĞĢĪĮİŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
CAPITAL = re.compile(
    rf"(?<![^\W_])[{UPPER}](?:(?:-{{2,}}|[—–]+|\*+|_{{2,}})(?![^\W_])|(?:'(?=[{UPPER}]))?[^\W_]*)"
)
LOWER = re.compile(r"(?<![^\W_])[a-zß-öø-ÿ]{2,}")
STOP = frozenset(".!?:;")
LONGEST_JOINT = 16
PLACES = ("country", "region", "settlement", "capital", "geography", "bloc", "site")
STRONG = ("country", "region", "capital", "bloc")


class Word(NamedTuple):
    """A capitalised word: where, what form, whether it opens a sentence or a block."""

    start: int
    end: int
    form: str
    opens: bool
    heads: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The capitalised words of a source and their shape: two characters a word."""

    source: Source
    words: tuple[Word, ...]
    shape: str
    names: Names
    lower: frozenset[str]

    def span(self, first: int, last: int) -> Span:
        """Return the span of the words from ``first`` to ``last``, both included."""
        return Span(self.words[first].start, self.words[last].end)

    def text(self, first: int, last: int) -> str:
        """Return the folded text of these words, white space single."""
        found = self.source.folded[self.words[first].start : self.words[last].end]
        return " ".join(found.split())

    def before(self, index: int) -> str:
        """Return the word just before a word, if it stands on the same sentence."""
        return _last_word(self.source.folded, self.words[index].start)

    def after(self, index: int) -> str:
        """Return the word just after a word, as it stands, empty across punctuation."""
        found = AFTER.match(self.source.folded, self.words[index].end)
        return found[1] if found else ""

    def joint(self, index: int) -> str:
        return self.shape[2 * index + 1]

    def sort(self, index: int) -> str:
        return self.shape[2 * index]


TITLE = re.compile(r"(?<!\w)[“\"‘']([A-Z][^“”\"\n]{0,70}?)[,.!?]?[”\"’'](?!\w)")


@lru_cache(maxsize=4)
def quoted(source: Source) -> tuple[Span, ...]:
    """Return the quotations that read like titles: every long word capitalised."""
    return tuple(
        Span(match.start(1), match.end(1))
        for match in TITLE.finditer(source.text)
        if all(not word[:1].islower() for word in match[1].split() if len(word) > 4)
    )


def in_titles(found: Scan) -> Iterator[int]:
    """Yield the words that stand in what reads like the quoted title of a work."""
    spans = quoted(found.source)
    if spans:
        for at, word in enumerate(found.words):
            if any(span.start <= word.start < span.end for span in spans):
                yield at


AFTER = re.compile(r"(?:'s)?\s{1,4}([\w'-]+)")
BEFORE = re.compile(r"([\w'-]+)\s{1,4}$")


def _last_word(text: str, end: int) -> str:
    found = BEFORE.search(text[max(0, end - 24) : end])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that decide sorts and joints."""

    sorts: dict[str, str]
    joints: dict[str, str]
    stopped: frozenset[str]


def words_of(table: dict[str, str], *keys: str) -> frozenset[str]:
    """Return the words listed in ``table`` under ``keys``."""
    return frozenset(word for key in keys for word in table.get(key, "").split())


@cache
def lexicon(code: str) -> Lexicon:
    """Return the sorts of words and the joints of the language ``code``."""
    language = load(code)
    persons, places = language.get("persons", {}), language.get("places", {})
    organisations, events = language.get("organisations", {}), language.get("events", {})
    sorts: dict[str, str] = {}
    for letter, words in (
        ("E", words_of(events, "of", "last")),
        ("G", words_of(places, "last", "first", "of")),
        ("O", words_of(organisations, "last", "of")),
        ("X", words_of(persons, "never", "calendar")),
        ("J", words_of(persons, "suffixes")),
        ("N", words_of(persons, "capital_particles")),
        ("K", words_of(persons, "kin", "familiar")),
        ("F", words_of(persons, "abbreviated")),
        ("R", words_of(persons, "ranks")),
        ("L", words_of(persons, "offices")),
        ("T", words_of(persons, "titles")),
    ):
        sorts.update(dict.fromkeys(words, letter))
    stopped = words_of(persons, "titles", "abbreviated", "suffixes") | words_of(places, "stopped")
    return Lexicon(sorts, _joints(persons), stopped)


def _joints(persons: dict[str, str]) -> dict[str, str]:
    joints = {"": " ", "-": "-", ",": ",", "'s": "'", "'": "'", "of": "o", "of the": "o"}
    particles = persons.get("particles", "").split()
    joints |= dict.fromkeys(particles, "d")
    joints |= {f"{one} {two}": "d" for one in particles for two in particles}
    joints |= dict.fromkeys(persons.get("pairing", "").split(), "&")
    joints |= {f", {word}": "&" for word in persons.get("pairing", "").split()}
    return joints


class _Same:
    """A key for a cache that knows its value again by identity."""

    __slots__ = ("it",)

    def __init__(self, it: Names) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


def scan(source: Source, letter: Letter, names: Names) -> Scan:
    """Return the capitalised words of ``source`` with their shape (read once, then kept)."""
    return _scan(source, letter.language, _Same(names))


@lru_cache(maxsize=4)
def _scan(source: Source, code: str, names: _Same) -> Scan:
    text, words_known = source.folded, lexicon(code)
    lower = frozenset(LOWER.findall(text))
    found = [(match.start(), match.end()) for match in CAPITAL.finditer(text)]
    sort = _sorter(words_known, names.it, lower)
    broken = _broken_lines(text)
    words: list[Word] = []
    shape: list[str] = []
    opens = heads = True
    for at, (start, end) in enumerate(found):
        form = text[start:end]
        after = found[at + 1][0] if at + 1 < len(found) else len(text)
        gap = text[end:after]
        kind = sort(form)
        last = at + 1 == len(found)
        joint = "|" if last else _joint(gap, kind, form, words_known, lambda: broken(end))
        words.append(Word(start, end, form, opens, heads))
        shape += ("A" if opens and kind == "N" else kind, joint)
        heads = joint == "|" and "\n" in gap and ("\n\n" in gap or broken(end))
        opens = heads or _opens(gap, joint)
    return Scan(source, tuple(words), "".join(shape), names.it, lower)


def _joint(
    gap: str, kind: str, form: str, words_known: Lexicon, broken: Callable[[], bool]
) -> str:
    """Return the letter for what stands between two capitalised words."""
    if len(gap) > LONGEST_JOINT:
        return "|"
    breaks = gap.count("\n")
    if breaks > 1 or (breaks and kind not in "TRKL" and broken()):
        return "|"
    plain = " ".join(gap.split())
    if kind == "T" and plain.strip(".:- ") == "":
        return " "
    if plain[:1] == "." and (kind == "I" or form in words_known.stopped):
        plain = plain[1:].lstrip()
    return words_known.joints.get(plain, "|")


def _opens(gap: str, joint: str) -> bool:
    """Return whether the word after ``gap`` opens a sentence, or may."""
    if joint != "|":
        return False
    plain = gap.rstrip(" \n\t\"'([_*")
    return not plain or plain[-1] in STOP or plain[-1] in "-—–"


def _broken_lines(text: str) -> Callable[[int], bool]:
    """Return a test whether a line break at an offset is one of an address or of verse.

    There most lines open with a capital or a figure, and the break ends a name.
    """
    starts, verdicts = [0], list[bool]()
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        big = sum(not line.lstrip(" \"'([_-")[:1].islower() for line in lines)
        verdicts.append(big > 0.6 * len(lines))
        starts.append(starts[-1] + len(block) + 2)
    return lambda offset: verdicts[bisect_right(starts, offset) - 1]


def _sorter(words_known: Lexicon, names: Names, lower: frozenset[str]) -> Callable[[str], str]:
    """Return the function that gives each form its sort, remembering those it has given."""
    given: dict[str, str] = {}

    def sort(form: str) -> str:
        if form not in given:
            given[form] = _sort(form, words_known.sorts, names, lower)
        return given[form]

    return sort


def _sort(form: str, sorts: dict[str, str], names: Names, lower: frozenset[str]) -> str:
    if len(form) == 1 or form[1] in "-—–*_":
        return "X" if form in ("I", "O", "A") else "I"
    form = _cased(form)
    if form in sorts:
        return sorts[form]
    table = names.table
    common = form in table.get("word", ()) or form.lower() in lower
    fore = form in table.get("forename", ())
    if any(form in table.get(name, ()) for name in STRONG):
        return "P"
    if form in table.get("demonym", ()):
        return "D"
    sur = form in table.get("surname", ()) or form in table.get("person", ())
    if any(form in table.get(name, ()) for name in PLACES):
        if common:
            return "q"
        return "b" if fore else "p" if sur else "P"
    if fore:
        return "f" if common else "F"
    if form in table.get("person", ()):
        return "w" if common else "S"
    if sur:
        return "w" if common else "s"
    return "W" if common else "N"


def _cased(form: str) -> str:
    """Return a form in capitals as it is written in running text."""
    if len(form) > 3 and form.isupper():
        return form.capitalize()
    return form


def runs(pattern: re.Pattern[str], found: Scan) -> Iterator[tuple[int, int]]:
    """Yield first and last word of every match of ``pattern`` on the shape."""
    for match in pattern.finditer(found.shape):
        if match.start() % 2 == 0:
            yield match.start() // 2, (match.end() - 1) // 2
