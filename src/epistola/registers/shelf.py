"""Works that are known, looked up by what is told of one: a register's, or those of a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from epistola.model import Entry, EntryId
from epistola.registers.alike import (
    MAIN,
    NOBODY,
    WHOLE,
    Author,
    Traits,
    author_of,
    fit,
    traits,
)
from epistola.registers.register import Register, by_id


@dataclass(slots=True)
class Catalogue:
    """Works by the first word of a title and by the author; local to who fills it."""

    traits: dict[EntryId, Traits] = field(default_factory=dict)
    entries: dict[EntryId, Entry] = field(default_factory=dict)
    by_word: dict[str, dict[EntryId, None]] = field(default_factory=dict)
    by_author: dict[str, dict[EntryId, None]] = field(default_factory=dict)

    def add(self, entry: Entry, told: Traits) -> None:
        """Add a work, or what more is told of one that is here."""
        self.traits[entry.id], self.entries[entry.id] = told, entry
        for title in told.titles:
            self.by_word.setdefault(title.words[0], {})[entry.id] = None
        if told.author.surname:
            self.by_author.setdefault(told.author.surname, {})[entry.id] = None

    def candidates(self, told: Traits) -> list[Entry]:
        """Return the works that ``told`` fits best: one, or several that it fits equally."""
        if not self.entries:
            return []
        fits = {entry: fit(told, self.traits[entry]) for entry in dict.fromkeys(self._near(told))}
        best = max(fits.values(), default=(0, 0))
        return [self.entries[entry] for entry in fits if best[0] and fits[entry] == best]

    def called_so(self, told: Traits) -> list[Entry]:
        """Return the works of another sort that are called so in every word.

        An editor knows better than a machine whether something is a journal.
        """
        other = told._replace(journal=not told.journal)
        found = self.candidates(other)
        return [entry for entry in found if fit(other, self.traits[entry.id])[0] == WHOLE]

    def _near(self, told: Traits) -> Iterator[EntryId]:
        for title in told.titles:
            yield from self.by_word.get(title.words[0], ())
        yield from self.by_author.get(told.author.surname, ())


@lru_cache(maxsize=8)
def known_works(register: Register, language: str) -> Catalogue:
    """Return the works of ``register``; of one that a bibliography has too, only its own entry.

    The value is shared: look works up in it, never add to it.
    """
    people = by_id(register)
    works = [entry for entry in register if entry.kind == "work"]
    catalogue = Catalogue()
    for entry in sorted(works, key=lambda entry: not entry.home):  # a register's come first
        told = traits(entry.names, entry.values, written_by(entry, people, language))
        if entry.home or not _has_twin(told, catalogue):
            catalogue.add(entry, told)
    return catalogue


def written_by(entry: Entry, people: Mapping[EntryId, Entry], language: str) -> Author:
    """Return the author of a work: the bearer of an id, or whom it names."""
    author = entry.values.get("author", "")
    person = people.get(EntryId(author))
    if not author:
        return NOBODY
    return author_of(full_name(person) if person else author, language, author if person else "")


def full_name(person: Entry) -> str:
    """Return the name of a person with forename and surname, where they are known."""
    surname = person.values.get("surname", "")
    return f"{person.values.get('forename', '')} {surname}".strip() if surname else person.names[0]


def _has_twin(told: Traits, catalogue: Catalogue) -> bool:
    """Return whether just one entry of the register itself is of the same work."""
    found = [entry for entry in catalogue.candidates(told) if entry.home]
    return len(found) == 1 and fit(told, catalogue.traits[found[0].id])[0] >= MAIN
