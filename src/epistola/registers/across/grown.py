"""The entries that an edition's register lacks: what its letters name and nobody has listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from epistola.model import Entry, EntryId, Finding
from epistola.registers.across.evidence import Evidence
from epistola.registers.across.persons import Someone, persons
from epistola.registers.across.tally import Told, tallied
from epistola.registers.across.things import things
from epistola.registers.across.works import works
from epistola.registers.bearers import bearers
from epistola.registers.match import written
from epistola.registers.mint import mint
from epistola.registers.register import Register, Taken, taken_ids


class Growth(NamedTuple):
    """The entries that a register lacks, and what stays open."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def grown(register: Register, evidences: Iterable[Evidence]) -> Growth:
    """Return the new entries that ``register`` needs for the letters of ``evidences``.

    The order of letters is irrelevant; names are brought together over distinct forms, and
    what a register has or may have under a name gets no second entry. Ids are new: none is
    one of the register's, nor one that it has retired.
    """
    told = tallied(evidences)
    added: tuple[Entry, ...] = ()
    while True:
        # What fits a name in a letter may not fit its new entry: so it is asked for again.
        growth = _lacking(Register((*register.entries, *added)), told)
        there = {(entry.kind, entry.names) for entry in added}
        new = tuple(e for e in growth.entries if (e.kind, e.names) not in there)
        if not new:
            return Growth(added, growth.findings)
        added += new


def _lacking(register: Register, told: Sequence[Told]) -> Growth:
    """Return an entry for each name of ``told`` that nobody and nothing in ``register`` has."""
    findings: list[Finding] = []
    taken = taken_ids(register)
    of = {kind: [one for one in told if one.kind == kind] for kind in KINDS}
    people = persons(of["person"], partial(bearers, register), findings.append)
    entries = list(_people(people, taken))
    ids = _ids(people, entries)
    for kind in ("place", "org", "event"):
        entries += things(of[kind], kind, register, taken)
    entries += works(of["work"], ids, register, taken, findings.append)
    return Growth(tuple(entries), tuple(findings))


KINDS = ("person", "place", "org", "event", "work")


def _ids(people: Sequence[Someone], entries: Sequence[Entry]) -> Mapping[str, EntryId]:
    """Return the new entry of each name that letters give to just one person."""
    found: dict[str, set[EntryId]] = {}
    for person, entry in zip(people, entries, strict=True):
        for one in person.told:
            found.setdefault(one.name, set()).add(entry.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _people(people: Sequence[Someone], taken: Taken) -> Iterator[Entry]:
    """Yield an entry for each person; who shares a surname is called by the forename too."""
    borne: dict[str, int] = {}
    for person in people:
        borne[person.name.surname] = borne.get(person.name.surname, 0) + 1
    for person in people:
        entry = _entry(person, taken, namesakes=borne[person.name.surname] > 1)
        taken.add(entry.id)
        yield entry


def _entry(person: Someone, taken: Taken, *, namesakes: bool) -> Entry:
    first = person.told[0]
    called = written(first.name)
    parts = {part: first.values.get(part, "") for part in ("surname", "forename")}
    values = {part: value for part, value in parts.items() if value and value in called}
    fuller = " ".join(values.values()) or called
    short = fuller if namesakes else person.name.surname or called
    names = dict.fromkeys((called, *_full_names(person)))
    return Entry(mint("person", short, taken, fuller), "person", tuple(names), values)


def _full_names(person: Someone) -> Iterator[str]:
    """Yield by which other full names letters call a person, each once."""
    seen = {person.name.core}
    for name, one in zip(person.names, person.told, strict=True):
        if name.is_full and name.core not in seen:
            seen.add(name.core)
            yield written(one.name)
