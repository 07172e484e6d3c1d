"""Which names, of all that letters give to places, organisations and events, are one thing's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from epistola import gazetteer
from epistola.gazetteer import Names
from epistola.model import Entry
from epistola.registers.across.tally import Told
from epistola.registers.match import key
from epistola.registers.mint import mint
from epistola.registers.register import Known, Register, Taken
from epistola.registers.spellings import find, joined_words, shorter


def things(told: Sequence[Told], kind: str, register: Register, taken: Taken) -> list[Entry]:
    """Return an entry for each thing of ``kind`` that ``told`` names and the register lacks.

    "Rosehill" and "Rose Hill" are one name, and so are two long ones that differ in a letter.
    A name that means something in the register, or may, makes no entry.
    """
    names = gazetteer.load()
    unknown = [one for one in told if not _known(one, kind, register, names)]
    entries = []
    for group in _spelt_alike(_alike(unknown)):
        if any(one.is_sure for one in group):
            entries.append(_entry(group, kind, taken))
            taken.add(entries[-1].id)
    return entries


def _known(one: Told, kind: str, register: Register, names: Names) -> bool:
    known = Known(register, names, one.language)
    return any(find(form, kind, known) for form in (one.name, *sorted(one.forms)))


def _alike(told: Sequence[Told]) -> Mapping[str, list[Told]]:
    """Return ``told`` by the name as one word, the likeliest spelling of each first."""
    groups: dict[str, list[Told]] = {}
    for one in sorted(told, key=lambda one: (-one.letters, one.name, one.language)):
        groups.setdefault(joined_words(one.name, one.language), []).append(one)
    return {name: groups[name] for name in sorted(groups) if name}


def _spelt_alike(groups: Mapping[str, list[Told]]) -> Iterator[list[Told]]:
    """Yield ``groups``, a misspelt name with the one that is spelled rightly, and oftener."""
    near: dict[str, set[str]] = {}
    for name in groups:
        for less in (name, *shorter(name)):
            near.setdefault(less, set()).add(name)
    right: dict[str, str] = {}
    for name, group in groups.items():
        others = {o for less in (name, *shorter(name)) for o in near.get(less, ())} - {name}
        oftener = [o for o in others if _letters(groups[o]) > _letters(group)]
        if len(oftener) == 1 and len(others) == 1:
            right[name] = oftener[0]
    for name, group in groups.items():
        if name not in right:
            rest = [o for o in groups if right.get(o) == name] if name in right.values() else []
            yield [*group, *(one for o in rest for one in groups[o])]


def _letters(group: Sequence[Told]) -> int:
    return sum(one.letters for one in group)


def _entry(group: Sequence[Told], kind: str, taken: Taken) -> Entry:
    first = group[0]
    names = {key(first.name): first.name}
    for one in group:
        for form in (one.name, *sorted(one.forms)):
            names.setdefault(key(form), form)
    values = dict(first.values)
    return Entry(mint(kind, first.name, taken), kind, tuple(names.values()), values)
