"""Names of places, organisations and events as letters spell them, found in a register.

"Rose-Hill", "Rosehill" and "Rose Hill" are one name, "Park St." is Park Street, and
where a register has but one house in Park Street, that house is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from epistola import language as languages
from epistola.gazetteer import Names, fold
from epistola.model import Entry
from epistola.registers.match import unaccented
from epistola.registers.register import Known, Register, index

CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "place": ("country", "region", "settlement", "geography", "bloc", "site"),
        "org": (
            *("party", "army", "church", "society", "government", "company", "institution"),
            *("newspaper", "periodical"),
        ),
        "event": ("event",),
    }
)
"""The classes of the gazetteer that know the things of a kind, the likeliest first.

A capital's name is its own, whatever government it stands for.
"""
ACRONYM = 5
"""A form in capitals longer than this is a name in capitals, not an acronym."""

Table = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """The entries of one kind by their names: as one word, by the main part, a letter short."""

    joined: Table
    main: Table
    shortened: Table


def find(form: str, kind: str, known: Known) -> Sequence[Entry]:
    """Return the entries of ``kind`` that ``form`` may mean; the closest spelling decides."""
    register, names, language = known
    exact = index(register, kind)
    name = known_name(form, kind, names)
    if found := exact.forms(form) or exact.forms(name):
        return found
    tables = spellings(register, kind, names, language)
    words = _words(form, language)
    joined = "".join(words)
    found = tables.joined.get(joined) or tables.joined.get("".join(_words(name, language)), ())
    if found or len(joined) < SHORTEST:
        return found
    return tables.main.get(joined) or _near(joined, tables)


SHORTEST = 5
"""A shorter name is looked for as it is."""
SURE = 10
"""So many letters, and one may be wrong."""


@lru_cache(maxsize=24)
def spellings(register: Register, kind: str, names: Names, language: str) -> Spellings:
    """Return the tables of a register's entries of ``kind``; made once for each register."""
    joined, main, shortened = (defaultdict[str, dict[str, Entry]](dict) for _ in range(3))
    for entry in register:
        if entry.kind != kind:
            continue
        for name in entry.names:
            words = _words(name, language)
            whole = "".join(words)
            joined[whole][entry.id] = entry
            joined["".join(_words(known_name(name, kind, names), language))][entry.id] = entry
            for part in _main(words, name, language):
                main[part][entry.id] = entry
            for less in shorter(whole):
                shortened[less][entry.id] = entry
    return Spellings(
        *({k: tuple(v.values()) for k, v in t.items()} for t in (joined, main, shortened))
    )


def _near(joined: str, tables: Spellings) -> Sequence[Entry]:
    """Return what is spelled with one letter more, less or other, if it is one thing."""
    if len(joined) < SURE:
        return ()
    found = {e.id: e for e in tables.shortened.get(joined, ())}
    for less in shorter(joined):
        found |= {e.id: e for e in tables.joined.get(less, ())}
    return tuple(found.values()) if len(found) == 1 else ()


def _main(words: Sequence[str], name: str, language: str) -> Iterable[str]:
    """Yield what a thing is called for short: without its number, its kind, what is joined on."""
    generic = _language(language).generic
    plain = [word for word in words if not word[0].isdecimal()]
    if plain != list(words):
        yield "".join(plain)
    if len(plain) > 1 and plain[-1] in generic:
        yield "".join(plain[:-1])
    first, hyphen, _ = name.partition("-")
    if hyphen and " " not in name and len(first) >= SHORTEST:
        yield "".join(_words(first, language))


@dataclass(frozen=True, slots=True)
class _Language:
    """Words of a language in names of places: what is written short, what may be left out."""

    short: Mapping[str, str]
    generic: frozenset[str]
    numbers: frozenset[str]
    articles: frozenset[str]


@cache
def _language(code: str) -> _Language:
    words = languages.load(code).get("registers", {})
    return _Language(
        words.get("short", {}),
        frozenset(words.get("generic", "").split()),
        frozenset(words.get("numbers", "").split()),
        frozenset(words.get("articles", "").split()),
    )


WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def joined_words(name: str, language: str) -> str:
    """Return a name as one word, as names are compared that are spelled apart or together."""
    return "".join(_words(name, language))


def shorter(joined: str) -> Iterator[str]:
    """Yield a long name, as one word, with each of its letters but the first left out."""
    if len(joined) >= SURE:
        yield from (joined[:at] + joined[at + 1 :] for at in range(1, len(joined)))


def _words(name: str, language: str) -> list[str]:
    """Return the words of a name, whole and in lower case, without articles: "No. 3, Park St."."""
    told = _language(language)
    found = WORD.findall(unaccented(fold(name)).lower())
    plain = [word.replace("'", "") for word in found if word not in told.articles]
    if plain[:1] and plain[0] in told.numbers and plain[1:]:
        plain = plain[1:]
    first, rest = plain[:1], [told.short.get(word, word) for word in plain[1:]]
    return first + rest


def known_name(form: str, kind: str, names: Names) -> str:
    """Return the name under which ``form`` is known to the gazetteer, without an article."""
    plain = form.removeprefix("the ").removeprefix("The ")
    for candidate in (plain, plain.title() if plain.isupper() and len(plain) > ACRONYM else plain):
        for name in CLASSES[kind]:
            if names.known(candidate, name):
                return names.canonical(candidate, name)
    return plain
