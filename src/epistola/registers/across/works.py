"""Which titles, of all that letters give to works, are one work's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from epistola.model import Entry, EntryId, Finding, Report, Severity
from epistola.registers.across.tally import MAKERS, Told
from epistola.registers.alike import Traits, author_of, traits
from epistola.registers.mint import mint
from epistola.registers.register import Register, Taken, by_id
from epistola.registers.shelf import Catalogue, known_works, written_by

MADE_BY_NAME = ("title", "level", "genre", *MAKERS)
"""What of a letter's work is the work's own: not the volume that a letter cites."""


def works(
    told: Sequence[Told],
    people: Mapping[str, EntryId],
    register: Register,
    taken: Taken,
    report: Report,
) -> list[Entry]:
    """Return an entry for each work with a title that ``told`` names and the register lacks.

    ``people`` are the new entries of persons by their names. What may be several works is
    reported, and makes no entry.
    """
    shelf = Catalogue()
    for one in sorted(told, key=_fullest_first):
        if "title" not in one.values:
            continue
        known = known_works(register, one.language)
        described = _traits(one, register)
        found = known.candidates(described) or known.called_so(described)
        new = [] if found else shelf.candidates(described) or shelf.called_so(described)
        if len(found) > 1 or len(new) > 1:
            report(_open(one, found or new))
        if not found and not new and one.is_sure:
            entry = _entry(one, people, taken)
            taken.add(entry.id)
            shelf.add(entry, described)
    return sorted(shelf.entries.values(), key=lambda entry: entry.id)


def _fullest_first(one: Told) -> tuple[object, ...]:
    return -len(one.values), -one.letters, one.name, sorted(one.values.items()), one.language


def _traits(one: Told, register: Register) -> Traits:
    author = one.values.get("author", "")
    person = by_id(register).get(EntryId(author))
    if person is not None:
        made = written_by(
            Entry(EntryId(""), "work", (one.name,), one.values), by_id(register), one.language
        )
    else:
        made = author_of(author, one.language) if author else author_of("", one.language)
    return traits((one.name,), _own(one), made)


def _own(one: Told) -> dict[str, str]:
    return {part: one.values[part] for part in MADE_BY_NAME if one.values.get(part)}


def _entry(one: Told, people: Mapping[str, EntryId], taken: Taken) -> Entry:
    values = _own(one)
    for part in MAKERS:
        if part in values:
            named = values[part].split("; ")
            values[part] = "; ".join(str(people.get(name, name)) for name in named)
    surname = one.values.get("author", "").split()[-1:]
    fuller = " ".join([*surname, values["title"]])
    return Entry(mint("work", values["title"], taken, fuller), "work", (one.name,), values)


def _open(one: Told, found: Sequence[Entry]) -> Finding:
    shown = " or ".join(f"“{entry.names[0]}” ({entry.id})" for entry in found[:MOST_SHOWN])
    message = f"“{one.name}” may be {shown}; it gets no entry of its own"
    return Finding(Severity.INFO, "open-name", message)


MOST_SHOWN = 4
