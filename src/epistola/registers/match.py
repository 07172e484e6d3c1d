"""Compare names: a person's name taken apart, entries looked up by their forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from epistola import language as languages
from epistola.gazetteer import fold

WORD = re.compile(r"[^\s,]+")
POSSESSIVE = re.compile(r"(?:'s|')$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, in lower case: title, forenames, surname."""

    forenames: tuple[str, ...] = ()
    surname: str = ""
    title: str = ""
    whole: str = ""

    @property
    def is_full(self) -> bool:
        """Return whether it has both a forename (or an initial) and a surname."""
        return bool(self.forenames and self.surname)


@dataclass(frozen=True, slots=True)
class Titles:
    """Words around a name that are not the name: by language, in lower case."""

    titles: frozenset[str]
    ranks: frozenset[str]
    kin: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    wife: frozenset[str]
    maiden: frozenset[str]
    before_forename: frozenset[str]
    articles: frozenset[str]
    of: frozenset[str]


@cache
def titles_of(language: str) -> Titles:
    """Return the titles of address, particles and suffixes of ``language``."""
    persons = languages.load(language).get("persons", {})
    registers = languages.load(language).get("registers", {})

    def read(table: Mapping[str, str], key: str) -> frozenset[str]:
        return frozenset(str(table.get(key, "")).lower().split())

    return Titles(
        *(read(persons, key) for key in ("titles", "ranks", "kin", "suffixes", "particles")),
        *(read(registers, key) for key in ("wife", "maiden", "before_forename", "articles", "of")),
    )


def person_name(form: str, language: str) -> PersonName:
    """Return ``form`` taken apart.

    A single word after a title of address is a surname; a single word without one may
    be either, and is given as a surname. A rank with "of" ("the Duke of Wellington")
    is not taken apart.

    >>> person_name("Sir Walter Scott", "en").surname
    'scott'
    """
    words = [POSSESSIVE.sub("", w).rstrip(".:") for w in WORD.findall(fold(form).lower())]
    titles = titles_of(language)
    words = [word for word in words if word and word not in titles.articles]
    whole = " ".join(words)
    before: list[str] = []
    while len(words) > 1 and words[0] in titles.titles | titles.ranks | titles.kin:
        before.append(words.pop(0))
    while len(words) > 1 and words[-1] in titles.suffixes:
        words.pop()
    title = before[-1] if before else ""
    if not words or (before and not titles.of.isdisjoint(words)):
        return PersonName(title=title, whole=whole)
    at = len(words) - 1
    while at > 1 and words[at - 1] in titles.particles:
        at -= 1
    return PersonName(split_forenames(" ".join(words[:at])), " ".join(words[at:]), title, whole)


def split_forenames(names: str) -> tuple[str, ...]:
    """Return forenames one by one, "h.g." as two."""
    found: list[str] = []
    for word in names.split():
        parts = [part for part in word.split(".") if part]
        found += parts if all(len(part) == 1 for part in parts) else [word.rstrip(".")]
    return tuple(found)


CAPITALS = re.compile(r"(?<![^\W\d_])(?![IVX]+(?![^\W\d_]))[^\W\d_]{2,}(?![^\W\d_])")


def written(name: str) -> str:
    """Return a person's name in capitals as it is written otherwise.

    >>> written("MRS. O’BRIEN"), written("HENRY VIII"), written("E. B."), written("Ann Lee")
    ('Mrs. O’Brien', 'Henry VIII', 'E. B.', 'Ann Lee')
    """
    if not name.isupper():
        return name
    return CAPITALS.sub(lambda word: word[0][0] + word[0][1:].lower(), name)


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two lists of forenames may be one person's: equal, initial, or missing."""
    return all(
        a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
        for a, b in zip(one, other, strict=False)
    )


def station(name: PersonName, language: str) -> str:
    """Return what the title says of the bearer: ``wife``, ``maiden`` or ``man``; else nothing."""
    titles = titles_of(language)
    if name.title in titles.wife:
        return "wife"
    if name.title in titles.maiden:
        return "maiden"
    return "man" if name.title in titles.titles else ""


def key(form: str) -> str:
    """Return ``form`` as names are compared: folded, in lower case, without an article."""
    folded = fold(form).lower().strip(" .,;:")
    return folded.removeprefix("the ")
