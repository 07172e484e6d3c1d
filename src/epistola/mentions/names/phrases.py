"""Names of several words: those that say what they name, and those that lists know.

"Wimpole Street", "Bank of Ireland", "Peace of Amiens": places, organisations and
events share this grammar; the words are each language's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from epistola.mentions.names.capitals import (
    ORGANISATIONS,
    PLACES,
    SURE_PLACES,
    Scan,
    in_quoted_titles,
    words_of,
)

LEFT = "FfSswWNAPpbqDOGERKILU"
RIGHT = "FfSswWNPpbqDOGERKLU"
PROPER = "FfSswNAPpbqDR"
PROPER_RIGHT = PROPER + "G"
LONGEST = 5
# What shows that a word is the first part of a longer one: "Co-operative".
PART = re.compile(r"-[a-zß-öø-ÿ]")
WORKS = ("periodical", "newspaper", "work")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words of a scan, both ends included, and the rule that found it."""

    first: int
    last: int
    rule: str
    certainty: float = 1.0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Keywords:
    """The words of one kind of name, by where they stand in it.

    ``weak`` ones make no name of common words ("Coach House"), unless one of
    ``opening`` is among them ("Cold War").
    """

    last: frozenset[str]
    first: frozenset[str]
    of: frozenset[str]
    weak: frozenset[str]
    opening: frozenset[str]
    articles: frozenset[str]
    saint: frozenset[str]
    joined: frozenset[str]
    into: frozenset[str]


@cache
def keywords(code: str, table: str) -> Keywords:
    """Return the keywords of ``table`` ("places" ...) in the language ``code``."""
    last, first, of, weak, opening, joined = (
        words_of(code, table, key) for key in ("last", "first", "of", "weak", "opening", "joined")
    )
    articles = words_of(code, "persons", "indefinite")
    saint, into = words_of(code, "places", "saint"), words_of(code, "places", "in")
    return Keywords(last, first, of, weak, opening, articles, saint, joined, into)


def free(claims: Iterable[Name], taken: set[int]) -> list[Name]:
    """Return the claims on words that nobody has taken yet, and take them."""
    kept = []
    for name in claims:
        words = range(name.first, name.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(name)
    return kept


def words_in(names: Iterable[Name]) -> Iterator[int]:
    """Yield the words of ``names``."""
    for name in names:
        yield from range(name.first, name.last + 1)


@lru_cache(maxsize=12)
def phrases(found: Scan, code: str, table: str) -> tuple[Name, ...]:
    """Return every name that holds a keyword of ``table``, none inside another."""
    known = keywords(code, table)
    claims = (
        name
        for at in range(len(found.words))
        if found.sort(at) in "GOE" and (name := _phrase(found, known, at))
    )
    longest = sorted(claims, key=lambda name: (name.first - name.last, name.first))
    return tuple(free(longest, set()))


def _phrase(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return the name that word ``at`` is the keyword of."""
    if PART.match(found.source.folded, found.words[at].end):
        return None
    return _firm(found, known, at) or _with_of(found, known, at) or _plain(found, known, at)


def _firm(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Marsham & Co."."""
    joined = found.form(at) in known.joined and at and found.joint(at - 1) == "&"
    if joined and found.sort(at - 1) in PROPER:
        return Name(_leftmost(found, at - 1), at, "firm")
    return None


def _with_of(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Bank of Ireland"; an event that has a name before it needs no other after it."""
    if found.form(at) not in known.of or (last := _of(found, at)) == at:
        return None
    first = _leftmost(found, at)
    return Name(first, last, "of") if first == at or found.sort(at) != "E" else None


def _plain(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Wimpole Street" or "Mount Hope"."""
    form, first = found.form(at), _leftmost(found, at)
    last_word = form in known.last and not _saint(found, known, at)
    if last_word and first < at and _names(found, known, first, at):
        return Name(first, at, "keyword")
    last = _rightmost(found, at, PROPER_RIGHT) if form in known.first else at
    return Name(at, last, "first") if last > at else None


def _names(found: Scan, known: Keywords, first: int, at: int) -> bool:
    """Return whether what stands before a keyword makes a name of it."""
    if any(found.form(i) in known.opening for i in range(first, at)):
        return True
    if found.before(first) in known.articles:
        return False
    placed = found.words[first].heads or found.before(first) in known.into
    return (
        found.form(at) not in known.weak
        or (placed and found.joint(at - 1) == " ")
        or any(found.sort(i) in PROPER for i in range(first, at))
    )


def _saint(found: Scan, known: Keywords, at: int) -> bool:
    """Return whether "St" is a saint's, not a street's."""
    return found.form(at) in known.saint and found.joint(at) == " " and found.sort(at + 1) in RIGHT


def _leftmost(found: Scan, at: int) -> int:
    first = at
    while first and _joins_left(found, first):
        first -= 1
    opening = found.words[first]
    if first < at and opening.opens and not opening.heads and found.sort(first) in "WRKL":
        first += 1
    return first


def _joins_left(found: Scan, at: int) -> bool:
    """Return whether the word before belongs to the name; an owner does to a place's."""
    joint = found.joint(at - 1)
    if found.sort(at - 1) not in LEFT:
        return False
    return joint in " -" or (joint == "'" and found.sort(at) == "G")


def _rightmost(found: Scan, at: int, sorts: str = RIGHT) -> int:
    while at + 1 < len(found.words) and found.joint(at) in " -" and found.sort(at + 1) in sorts:
        at += 1
    return at


def _of(found: Scan, at: int) -> int:
    """Return the last word of "X of Y" where word ``at`` is the X, else ``at``."""
    if found.joint(at) not in "od" or found.sort(at + 1) not in RIGHT:
        return at
    last = _rightmost(found, at + 1)
    if found.joint(last) == "&" and found.sort(at + 1) == found.sort(last + 1) == "W":
        return last + 1
    return last


def listed(found: Scan, classes: tuple[str, ...], certainty: float = 0.95) -> Iterator[Name]:
    """Yield every name of two or more words that one of ``classes`` knows, longest first."""
    tables = [(name, found.names.table.get(name, {})) for name in classes]
    for at in range(len(found.words) - 1):
        for last in _ends(found, at):
            text = found.text(at, last)
            spaced = text.replace("-", " ")
            kind = next((name for name, forms in tables if text in forms or spaced in forms), "")
            if kind:
                yield Name(at, last, "listed", certainty, kind)
                break


def _ends(found: Scan, at: int) -> range:
    last = at
    while last + 1 < len(found.words) and last - at < LONGEST and found.joint(last) in " -od&'":
        last += 1
    return range(last, at, -1)


def is_place(found: Scan, first: int, last: int) -> bool:
    """Return whether lists know a name as a place, and better so than as an organisation.

    A name that is both ("Yale") is an organisation, unless it is a country or the like.
    """
    text, known = found.text(first, last), found.names.known
    if not known(text, *PLACES):
        return False
    return known(text, *SURE_PLACES) or not known(text, *ORGANISATIONS)


@lru_cache(maxsize=4)
def in_works(found: Scan, code: str) -> frozenset[int]:
    """Return the words of titles: quoted, known of works and periodicals, "X Magazine"."""
    works = set(in_quoted_titles(found)) | set(words_in(listed(found, WORKS)))
    periodicals = words_of(code, "organisations", "periodicals")
    for at in range(1, len(found.words)):
        if found.form(at) in periodicals and found.joint(at - 1) in " -'":
            works.update(range(_leftmost(found, at - 1), at + 1))
    return frozenset(works)


@lru_cache(maxsize=4)
def small_places(found: Scan, code: str) -> frozenset[int]:
    """Return the words that a keyword written small makes a place of: "Bow street"."""
    small, owned = words_of(code, "places", "small"), words_of(code, "places", "owned")
    return frozenset(
        at
        for at in range(len(found.words))
        if found.sort(at) in "FfSsNApbwPq"
        and found.after(at) in (owned if found.follows(at, "'") else small)
    )
