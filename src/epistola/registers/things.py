"""Places, organisations and events: one entry for each, however it is named."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType

from epistola.gazetteer import Names
from epistola.model import Annotation, Entry, EntryId, Source
from epistola.registers.match import key
from epistola.registers.mint import mint
from epistola.registers.register import Links, Register, index, taken_ids

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


def link_things(
    source: Source,
    kind: str,
    mentions: Sequence[Annotation],
    register: Register,
    names: Names,
) -> Links:
    """Return the entry of each mention of ``kind``, and the entries.

    Two forms mean one thing where the register or the gazetteer says so ("USSR" and
    "Soviet Union").
    """
    known = index(register, kind)
    used = taken_ids(register)
    links: dict[int, EntryId] = {}
    made: dict[str, Entry] = {}
    entries: dict[EntryId, Entry] = {}
    for at, mention in enumerate(mentions):
        if mention.kind != kind:
            continue
        form = " ".join(source[mention.span].split())
        name = _name(form, kind, names)
        found = known.forms(form) or known.forms(name)
        if len(found) == 1:
            entry = found[0]
        elif key(name) in made:
            entry = made[key(name)]
        else:
            entry = _new(kind, name, form, mention, used)
            made[key(name)] = entry
        used.add(entry.id)
        entries[entry.id] = _called(entries.get(entry.id, entry), form)
        links[at] = entry.id
    return Links(links, tuple(entries.values()))


def _name(form: str, kind: str, names: Names) -> str:
    """Return the name under which ``form`` is known, without an article."""
    plain = form.removeprefix("the ").removeprefix("The ")
    for candidate in (plain, plain.title() if plain.isupper() and len(plain) > ACRONYM else plain):
        for name in CLASSES[kind]:
            if names.known(candidate, name):
                return names.canonical(candidate, name)
    return plain


ACRONYM = 5
"""A form in capitals longer than this is a name in capitals, not an acronym."""


def _new(kind: str, name: str, form: str, mention: Annotation, taken: Container[str]) -> Entry:
    sort = mention.values.get("type", "")
    values = {"type": {"capital": "settlement"}.get(sort, sort)} if sort else {}
    own = (name,) if key(name) == key(form) else (name, form)
    return Entry(mint(kind, name, taken), kind, own, values)


def _called(entry: Entry, form: str) -> Entry:
    """Return ``entry`` with ``form`` among its names; a register's entry is left as it is."""
    if entry.record or key(form) in {key(name) for name in entry.names}:
        return entry
    return Entry(entry.id, entry.kind, (*entry.names, form), entry.values)
