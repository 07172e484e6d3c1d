"""A register: its entries, and how they are looked up."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.model import DEFAULT_LANGUAGE, Entry, EntryId
from epistola.registers.match import key
from epistola.registers.usage import NO_USAGE, Usage


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The entries of an edition's registers.

    Two registers are the same only if they are one object, so that what is made from one
    (an index, the names for the recognisers) is made once, however large it is. ``usage`` is
    how the letters of the edition name its people, where that is known.
    """

    entries: tuple[Entry, ...] = ()
    usage: Usage = NO_USAGE

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __bool__(self) -> bool:
        return bool(self.entries)


class Known(NamedTuple):
    """What names may mean: the edition's register, the gazetteer, and in which language."""

    register: Register
    names: Names
    language: str = DEFAULT_LANGUAGE


class Links(NamedTuple):
    """Which entry each mention means, by the mention's place in a list; and these entries."""

    to: Mapping[int, EntryId]
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Index:
    """Register entries of one kind, looked up by the forms of their names."""

    by_form: Mapping[str, tuple[Entry, ...]]

    def forms(self, form: str) -> tuple[Entry, ...]:
        """Return the entries that have ``form`` among their names."""
        return self.by_form.get(key(form), ())


RESERVED = frozenset({"src-print", "src-online"})
"""Ids of the header that mentions point to as to an entry."""


@lru_cache(maxsize=8)
def by_id(register: Register) -> Mapping[EntryId, Entry]:
    """Return the entries of ``register`` by their ids."""
    return MappingProxyType({entry.id: entry for entry in register})


@lru_cache(maxsize=8)
def heirs(register: Register) -> Mapping[EntryId, EntryId]:
    """Return the ids that ``register`` has retired, each with the id that stands for it now."""
    return MappingProxyType(
        {
            EntryId(old): entry.id
            for entry in register
            for old in entry.values.get("retired", "").split()
        }
    )


def heir(register: Register, entry_id: EntryId) -> EntryId:
    """Return the id that stands for ``entry_id`` now: itself, unless it was retired."""
    return heirs(register).get(entry_id, entry_id)


@dataclass(frozen=True, slots=True)
class Taken:
    """The ids that a new entry of one letter must not have: the register's, and those made.

    An id that was retired is never given again.
    """

    known: Container[str]
    retired: Container[str] = ()
    made: set[str] = field(default_factory=lambda: set(RESERVED))

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self.made or entry_id in self.known or entry_id in self.retired

    def add(self, entry_id: EntryId) -> None:
        """Take ``entry_id`` too."""
        self.made.add(entry_id)


def taken_ids(register: Register) -> Taken:
    """Return the ids that a new entry must not have; the register's are not copied."""
    return Taken(by_id(register), heirs(register))


@lru_cache(maxsize=8)
def known_forms(register: Register) -> frozenset[tuple[EntryId, str]]:
    """Return every pair of an entry and a form by which it may be called, made comparable."""
    return frozenset((entry.id, key(name)) for entry in register for name in entry.names)


@lru_cache(maxsize=48)
def index(register: Register, kind: str) -> Index:
    """Return the index of the entries of ``kind``."""
    by_form: dict[str, list[Entry]] = {}
    for entry in register:
        if entry.kind != kind:
            continue
        for form in dict.fromkeys(key(name) for name in _forms(entry)):
            by_form.setdefault(form, []).append(entry)
    return Index(_frozen(by_form))


def _forms(entry: Entry) -> Iterable[str]:
    yield from entry.names
    forename, surname = entry.values.get("forename"), entry.values.get("surname")
    if forename and surname:
        yield f"{forename} {surname}"


def _frozen(table: Mapping[str, Sequence[Entry]]) -> Mapping[str, tuple[Entry, ...]]:
    return MappingProxyType({form: tuple(entries) for form, entries in table.items()})
