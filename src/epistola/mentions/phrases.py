"""Names that hold the word for what they name: "Wimpole Street", "Bank of Ireland", "Peace of X".

Places, organisations and events share this grammar; the words are each language's.
Names of several words that the gazetteer knows are found here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from epistola.language import load
from epistola.mentions.capitals import Scan, words_of

LEFT = "FfSswWNAPpbqDOGERKIL"
RIGHT = "FfSswWNPpbqDOGERKL"
PROPER = "FfSswNAPpbqDR"
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Keywords:
    """The words of one kind of name, by where they stand in it."""

    last: frozenset[str]
    first: frozenset[str]
    of: frozenset[str]
    weak: frozenset[str]
    opening: frozenset[str]


@cache
def keywords(code: str, table: str) -> Keywords:
    """Return the keywords of ``table`` ("places" ...) in the language ``code``."""
    words = load(code).get(table, {})
    last, first, of, weak, opening = (
        words_of(words, key) for key in ("last", "first", "of", "weak", "opening")
    )
    return Keywords(last, first, of, weak, opening)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name as words of a scan, and the rule or the class that knows it."""

    first: int
    last: int
    rule: str


@lru_cache(maxsize=12)
def phrases(found: Scan, code: str, table: str) -> tuple[Phrase, ...]:
    """Return every name that holds a keyword of ``table``, none inside another, in order."""
    claims = sorted(_phrases(found, keywords(code, table)), key=lambda p: (p.first - p.last, p.first))
    taken: set[int] = set()
    kept = []
    for phrase in claims:
        words = range(phrase.first, phrase.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(phrase)
    return tuple(sorted(kept, key=lambda phrase: phrase.first))


def _phrases(found: Scan, known: Keywords) -> Iterator[Phrase]:
    for at, word in enumerate(found.words):
        if found.sort(at) not in "GOE":
            continue
        if word.form in known.of and (last := _of(found, at)) > at:
            yield Phrase(_leftmost(found, at), last, "of")
        elif word.form in known.last and (first := _leftmost(found, at)) < at:
            if not _saint(found, at) and _names(found, known, first, at):
                yield Phrase(first, _of(found, at) if word.form in known.of else at, "keyword")
        elif word.form in known.first and (last := _rightmost(found, at, PROPER)) > at:
            yield Phrase(at, last, "first")


def _names(found: Scan, known: Keywords, first: int, at: int) -> bool:
    """Return whether what stands before a keyword makes a name of it."""
    words = range(first, at)
    if any(found.words[i].form in known.opening for i in words):
        return True
    proper = any(found.sort(i) in PROPER for i in words)
    article = found.before(first) in ("a", "an", "my", "your", "his", "her", "our", "their")
    return (proper and not article) or (not article and found.words[at].form not in known.weak)


def _saint(found: Scan, at: int) -> bool:
    """Return whether "St" is a saint's, not a street's."""
    return found.words[at].form == "St" and found.joint(at) == " " and found.sort(at + 1) in RIGHT


def _leftmost(found: Scan, at: int) -> int:
    first = at
    while first and _joins_left(found, first):
        first -= 1
    opening = found.words[first]
    if first < at and opening.opens and not opening.heads and found.sort(first) in "WRK":
        first += 1
    return first


def _joins_left(found: Scan, at: int) -> bool:
    if found.joint(at - 1) not in " -'" or found.sort(at - 1) not in LEFT:
        return False
    return found.joint(at - 1) != "'" or found.sort(at) == "G"


def _rightmost(found: Scan, at: int, sorts: str = RIGHT) -> int:
    while at + 1 < len(found.words) and found.joint(at) in " -" and found.sort(at + 1) in sorts:
        at += 1
    return at


def _of(found: Scan, at: int) -> int:
    if found.joint(at) != "o" or at + 1 >= len(found.words) or found.sort(at + 1) not in RIGHT:
        return at
    return _rightmost(found, at + 1)


def listed(found: Scan, classes: tuple[str, ...]) -> Iterator[Phrase]:
    """Yield every name of two to five words that one of ``classes`` knows, longest first."""
    tables = [(name, found.names.table[name]) for name in classes if name in found.names.table]
    for at in range(len(found.words) - 1):
        for last in _ends(found, at):
            text = found.text(at, last)
            known = next((name for name, forms in tables if text in forms), None)
            if known:
                yield Phrase(at, last, known)
                break


def _ends(found: Scan, at: int) -> list[int]:
    last = at
    while last + 1 < len(found.words) and last - at < LONGEST and found.joint(last) in " -od&":
        last += 1
    return list(range(last, at, -1))


@lru_cache(maxsize=4)
def small_places(found: Scan, code: str) -> frozenset[int]:
    """Return the words that a keyword written small makes the name of a place: "Bow street"."""
    table = load(code).get("places", {})
    lower, owned = words_of(table, "lower"), words_of(table, "owned")
    return frozenset(
        at
        for at, word in enumerate(found.words)
        if found.sort(at) in "FfSsNApbwPq"
        and found.after(at) in (owned if found.source.folded.startswith("'", word.end) else lower)
    )
