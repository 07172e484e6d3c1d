"""How the letters of an edition name the people of its register.

Each form is taken by itself, with what its letter tells of time and families, and counts
where it means one person of the register. So what is known of an edition depends on its
letters' words and on its register alone, never on how letters were linked before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from epistola.model import EntryId
from epistola.registers.across.evidence import Evidence
from epistola.registers.bearers import Bearers, bearers
from epistola.registers.choose import (
    Setting,
    choose,
    greeting_of,
    likeliest,
    possible_bearers,
)
from epistola.registers.gather import name_of
from epistola.registers.match import person_name
from epistola.registers.register import Register
from epistola.registers.usage import ANY_TIME, PERIOD, WRITES, Usage, level, period

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


class Circle(NamedTuple):
    """What letters share that a form may depend on: language, time, families, and who writes."""

    language: str
    period: int | None
    families: tuple[str, ...]
    authors: tuple[str, ...]


Meant = dict[tuple[str, Circle], tuple[str, EntryId | None]]
"""Form and circle -> the form made comparable, if it has a title; and whom it means."""


def used(register: Register, told: Iterable[Evidence]) -> Usage:
    """Return how the letters that ``told`` name the people of ``register``.

    A form is looked up once for all letters of one circle: of the same families, and of the
    same years. What is found so tells whom more forms mean, which are then looked up again.
    """
    told = list(told)
    return _counted(told, Register(register.entries, _counted(told, Register(register.entries))))


def _counted(told: Sequence[Evidence], register: Register) -> Usage:
    """Return whom letters name, as far as ``register`` and its own usage tell."""
    named: defaultdict[EntryId, Counter[int]] = defaultdict(Counter)
    called: defaultdict[str, Counter[EntryId]] = defaultdict(Counter)
    seen: Meant = {}
    for one in told:
        found = set(_meant(one, register, seen))
        for form, entry in found:
            if form:
                called[form][entry] += 1
        for entry in {entry for _, entry in found}:
            named[entry][ANY_TIME] += 1
            if one.year is not None:
                named[entry][period(one.year)] += 1
    return Usage(_levels(named), _levels(called))


def _levels(counted: Mapping[K, Counter[V]]) -> Mapping[K, Mapping[V, int]]:
    return MappingProxyType(
        {
            key: MappingProxyType({what: level(number) for what, number in counts.items()})
            for key, counts in counted.items()
        }
    )


def _meant(one: Evidence, register: Register, seen: Meant) -> Iterator[tuple[str, EntryId]]:
    """Yield each form of a letter, made comparable, with the person that it means."""
    circle = circle_of(one)
    known = bearers(register, one.language)
    for person in one.named:
        for form in person.forms if person.kind == "person" else ():
            place = (form, circle)
            if place not in seen:
                seen[place] = _means(form, circle, known, register.usage)
            whole, entry = seen[place]
            if entry is not None:
                yield whole, entry
    for form in one.authors:
        entry = seen[form, circle][1] if (form, circle) in seen else None
        if entry is not None:
            yield WRITES, entry
    meant = {form: seen[form, circle] for form in one.addressees if (form, circle) in seen}
    yield from _greeted(one, known, meant)


def _greeted(
    one: Evidence, known: Bearers, meant: Mapping[str, tuple[str, EntryId | None]]
) -> Iterator[tuple[str, EntryId]]:
    """Yield whom a letter greets by a forename, where its address says who that is."""
    names = {form: name_of(form, {}, one.language) for form in one.addressees}
    addressed = {entry for form, (_, entry) in meant.items() if entry and not names[form].given}
    setting = Setting(one.language)
    for name in names.values():
        called = possible_bearers(name, known, setting) if name.given and addressed else ()
        fitting = {bearer.entry.id for bearer in called} & addressed
        if len(fitting) == 1:
            yield greeting_of(name.whole), fitting.pop()


def circle_of(one: Evidence) -> Circle:
    """Return what the forms of a letter may depend on."""
    when = None if one.year is None else period(one.year)
    surnames = (person_name(f, one.language).surname for f in (*one.authors, *one.addressees))
    families = tuple(dict.fromkeys(name for name in surnames if len(name) > 1))
    return Circle(one.language, when, families, one.authors)


def _means(form: str, circle: Circle, known: Bearers, usage: Usage) -> tuple[str, EntryId | None]:
    """Return a titled ``form`` made comparable, and the one person that it means in ``circle``.

    Whom a bare name means depends on what stands near it, and is no custom of an edition.
    """
    name = name_of(form, {}, circle.language)
    year = None if circle.period is None else circle.period * PERIOD + PERIOD // 2
    own = tuple(person_name(author, circle.language).surname for author in circle.authors)
    setting = Setting(circle.language, year, year or known.about, circle.families, own=own)
    asked = choose if usage else likeliest
    found = asked(name, known, replace(setting, usage=usage))
    return name.whole if name.title else "", found[0].entry.id if len(found) == 1 else None
