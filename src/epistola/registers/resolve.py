"""Say which entry each mention means: the register's where one matches, else a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from epistola.gazetteer import Names
from epistola.model import (
    CERTAIN,
    LIKELY,
    Annotation,
    Entry,
    EntryId,
    Letter,
    Report,
    Source,
    ignore,
)
from epistola.registers.match import key
from epistola.registers.people import link_people
from epistola.registers.register import Known, Register, by_id, known_forms
from epistola.registers.things import link_things
from epistola.registers.works import link_works


@dataclass(frozen=True, slots=True)
class Resolution:
    """Annotations with their entries, and all entries that the letter's standOff needs."""

    annotations: tuple[Annotation, ...]
    entries: tuple[Entry, ...]


def resolve(
    source: Source,
    letter: Letter,
    found: Sequence[Annotation],
    register: Register,
    names: Names,
    report: Report = ignore,
) -> Resolution:
    """Return ``found`` with the entries it means, and these entries, kind by kind."""
    known = Known(register, names, letter.language)
    year = written_in(source, letter, found)
    people = link_people(source, letter, found, register, year, report)
    links = [
        people,
        *(link_things(source, kind, found, known, report) for kind in ("place", "org", "event")),
        link_works(source, letter, found, people, register, report),
    ]
    to = {at: entry for link in links for at, entry in link.to.items()}
    linked = [replace(a, entry=to[at]) if at in to else a for at, a in enumerate(found)]
    entries = [entry for link in links for entry in link.entries]
    return Resolution(tuple(confirm(source, letter, linked, register)), closed(entries, register))


def written_in(source: Source, letter: Letter, found: Sequence[Annotation]) -> int | None:
    """Return the year in which the letter is dated, if it is.

    A dateline says it; failing that, a whole date where the text begins or ends.
    """
    lines = [a.span for a in found if a.kind == "dateline"]
    dates = [a for a in found if a.kind == "date" and a.values.get("when", "")[:4].isdecimal()]
    dated = [a for a in dates if any(a.span in line for line in lines)]
    edge = len(source.text) - EDGE
    ends = [a for a in dates if a.span.end <= EDGE or a.span.start >= edge]
    whole = [a for a in ends if len(a.values["when"]) == len("1848-02-24")]
    if dated or whole:
        return int((dated or whole)[0].values["when"][:4])
    year = YEAR.search(letter.dateline.value) if letter.dateline else None
    return int(year[0]) if year else None


EDGE = 300
"""So many characters at either end of a text may hold its date."""
YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")


def confirm(
    source: Source, letter: Letter, linked: Sequence[Annotation], register: Register
) -> Iterator[Annotation]:
    """Yield ``linked``, certain where more than its shape speaks for a name.

    It does where a register has the very form, and where a line of metadata names a
    person in full as author or for what he did; what is certain once is so throughout.
    What a register knows by another form is likely.
    """
    known, own, kept = known_forms(register), set(), by_id(register)
    lines = [field.value for field in letter.fields_of("author", "credit")]
    for a in linked:
        form = source[a.span]
        if a.entry and a.kind == "person" and " " in form and any(a.span in line for line in lines):
            own.add((a.entry, key(form)))
    for a in linked:
        if a.entry is None or a.certainty >= CERTAIN or "metonymy" in a.values:
            yield a
            continue
        called = (a.entry, key(source[a.span]))
        if called in known or called in own:
            yield replace(a, certainty=CERTAIN)
        else:
            yield replace(a, certainty=max(a.certainty, LIKELY)) if a.entry in kept else a


def closed(entries: Iterable[Entry], register: Register) -> tuple[Entry, ...]:
    """Return ``entries`` with every entry of the register that one of them points to."""
    known = by_id(register)
    closed: dict[EntryId, Entry] = {}
    waiting = list(entries)
    while waiting:
        entry = waiting.pop(0)
        if entry.id not in closed:
            closed[entry.id] = entry
            pointers = map(EntryId, POINTER.findall(entry.record))
            waiting += [known[pointer] for pointer in pointers if pointer in known]
    return tuple(closed.values())


POINTER = re.compile(r"\"#([^\"\s]+)\"")


def forms(register: Register, names: Names) -> list[tuple[str, str, str]]:
    """Return the register's own names as (class, form, canonical) for the recognisers.

    A form that the gazetteer knows already, as anything, is left to it; but a surname that
    is nothing else names its bearer by itself.
    """
    found: list[tuple[str, str, str]] = []
    for entry in register:
        name = class_of(entry)
        found += [(name, form, entry.names[0]) for form in entry.names if not names.classes(form)]
        if entry.kind == "person":
            found += _parts(entry, names)
    return [form for form in found if form[1]]


def class_of(entry: Entry) -> str:
    """Return the class of the gazetteer that the names of ``entry`` join."""
    classes = CLASS_OF[entry.kind]
    return classes.get(entry.values.get("level") or entry.values.get("type") or "", classes[""])


def _parts(entry: Entry, names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield the forenames and surnames of a person, each by itself."""
    for forename in entry.values.get("forename", "").split():
        if forename.isalpha() and forename.istitle() and len(forename) > 1:
            yield "forename", forename, ""
    for part in ("surname", "maiden", "married", "peerage"):
        surname = entry.values.get(part, "")
        if surname:
            yield "surname", surname, ""
            if names.classes(surname) <= {"surname"}:
                yield "person", surname, ""


CLASS_OF: Mapping[str, Mapping[str, str]] = {
    "person": {"": "person"},
    "place": {"": "settlement", "state": "country", "region": "region", "country": "country"},
    "org": {"": "institution", "party": "party", "army": "army", "journal": "periodical"},
    "event": {"": "event"},
    "work": {"": "work", "j": "periodical"},
    "term": {"": "term"},
}
"""The class of the gazetteer that an entry's names join, by its type."""
