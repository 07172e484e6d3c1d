"""Give entries to the persons and places that an editor names beside a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from epistola.model import NOTHING, Entry, Letter
from epistola.registers.match import key
from epistola.registers.mint import mint
from epistola.registers.register import Register

if TYPE_CHECKING:
    from epistola.registers.resolve import Resolution


def naming(known: Resolution, letter: Letter, register: Register) -> Resolution:
    """Return ``known`` with an entry for each person and place that the sidecar names.

    It is the entry that the letter's text means already, else the register's, else a new
    one. Who signs "Ann", or is greeted so, is the "Ann Lee" of the sidecar.
    """
    for kind, name, part in _named(letter):
        if bearer(known.entries, kind, name) is not None:
            continue
        entry = bearer(register, kind, name)
        own = _called(known, name, part) if entry is None else None
        if own is not None:
            fuller = _fuller(own, name)
            entries = tuple(fuller if e.id == own.id else e for e in known.entries)
        else:
            entries = (*known.entries, entry or _new(known, kind, name, register))
        known = replace(known, entries=entries)
    return known


def _called(known: Resolution, name: str, part: str) -> Entry | None:
    """Return the one person whom a part of the letter calls by the forename in ``name``."""
    spans = [a.span for a in known.annotations if a.kind == part]
    ids = {
        a.entry
        for a in known.annotations
        if a.kind == "person" and any(a.span in span for span in spans)
    }
    first = key(name.split(maxsplit=1)[0])
    found = [e for e in known.entries if e.id in ids and [key(n) for n in e.names[:1]] == [first]]
    return found[0] if len(found) == 1 and not found[0].record else None


def _fuller(entry: Entry, name: str) -> Entry:
    """Return an entry that the letter made, with the full name that an editor gives."""
    return replace(entry, names=(name, *entry.names), values={**entry.values, **_parts(name)})


def _parts(name: str) -> dict[str, str]:
    *forenames, surname = name.split()
    forename = {"forename": " ".join(forenames)} if forenames else {}
    return {"surname": surname, **forename}


def bearer(entries: Iterable[Entry], kind: str, name: str) -> Entry | None:
    """Return the one entry of ``kind`` that ``name`` means, if there is just one.

    It has the very name; failing that, it is a person of the same surname whose forename,
    where it is known, does not differ.
    """
    own = [entry for entry in entries if entry.kind == kind]
    exact = [e for e in own if key(name) in map(key, e.names)]
    if exact or kind != "person":
        return exact[0] if len(exact) == 1 else None
    alike = [entry for entry in own if _may_be(entry, name)]
    return alike[0] if len(alike) == 1 else None


def _may_be(entry: Entry, name: str) -> bool:
    *forenames, surname = name.split()
    forename = entry.values.get("forename", "")
    if not forenames or key(entry.values.get("surname", "")) != key(surname):
        return False
    return not forename or key(forename) == key(" ".join(forenames))


def _named(letter: Letter) -> Iterator[tuple[str, str, str]]:
    """Yield kind and name of whom the sidecar names, and the part that may call him too."""
    said = letter.sidecar
    rows = (
        ("person", said.author, "signed"),
        ("person", said.addressee, "salute"),
        ("place", said.place, "dateline"),
    )
    yield from (row for row in rows if row[1])


def _new(known: Resolution, kind: str, name: str, register: Register) -> Entry:
    taken = {entry.id for entry in (*known.entries, *register)}
    if kind != "person":
        return Entry(mint(kind, name, taken), kind, (name,), NOTHING)
    values = _parts(name)
    fuller = f"{values['surname']} {values.get('forename', '')}".strip()
    return Entry(mint(kind, values["surname"], taken, fuller), kind, (name,), values)
