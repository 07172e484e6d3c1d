"""The works of one letter while they are resolved: one entry for each, however it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from epistola import language as languages
from epistola.model import (
    DATING,
    NOTHING,
    Annotation,
    Entry,
    EntryId,
    Finding,
    Report,
    Severity,
    Source,
)
from epistola.registers.alike import (
    NOBODY,
    Author,
    Traits,
    author_of,
    may_be_one_time,
    title_of,
    traits,
)
from epistola.registers.cited import Cited
from epistola.registers.mint import mint
from epistola.registers.register import Links, Register, Taken, taken_ids
from epistola.registers.shelf import Catalogue, full_name, known_works


class Makers(NamedTuple):
    """Who made a work, by his role, and how a reference writes its author."""

    values: Mapping[str, str]
    author: str = ""


NO_MAKERS = Makers(NOTHING)


@dataclass(slots=True)
class Shelf:
    """The works known so far; local to one call."""

    source: Source
    language: str
    known: Catalogue
    taken: Taken
    stop_words: frozenset[str]
    same_author: frozenset[str]
    people: Mapping[EntryId, Entry]
    report: Report
    made: Catalogue = field(default_factory=Catalogue)
    issues: dict[tuple[str, ...], list[EntryId]] = field(default_factory=dict)
    used: dict[EntryId, Entry] = field(default_factory=dict)
    journal: EntryId | None = None
    last: Makers = NO_MAKERS
    cited: list[Cited] = field(default_factory=list)
    named: list[EntryId] = field(default_factory=list)

    def works(self) -> list[Entry]:
        """Return the works named so far, in the order of the text."""
        return [self.used[work] for work in self.named]


def shelf_of(source: Source, code: str, people: Links, register: Register, report: Report) -> Shelf:
    """Return an empty shelf for a letter in the language ``code``."""
    words = languages.load(code)
    return Shelf(
        source,
        code,
        known_works(register, code),
        taken_ids(register),
        frozenset(words.get("registers", {}).get("stop_words", "").split()),
        frozenset(words.get("citations", {}).get("same_author", "").split()),
        {entry.id: entry for entry in people.entries},
        report,
    )


def titled(values: Mapping[str, str], name: str, mention: Annotation, shelf: Shelf) -> Entry | None:
    """Return the entry of a work with a title: the register's, one made before, or a new one.

    A new one's id is made from ``name``. Where two fit equally, none is returned, and both
    are reported.
    """
    title = values["title"]
    told = traits((title,), values, _author_of(values.get("author", ""), shelf))
    known = shelf.known
    found = known.candidates(told) or known.called_so(told) or shelf.made.candidates(told)
    if len(found) > 1:
        shelf.report(undecided(shelf.source, mention, [_called(entry, shelf) for entry in found]))
        return None
    if not found:
        return _shelved(
            Entry(mint("work", name, shelf.taken), "work", (title,), values), told, shelf
        )
    if found[0].id in shelf.made.entries:
        return _merged(found[0], told, values, shelf)
    shelf.used[found[0].id] = found[0]
    return found[0]


def _author_of(author: str, shelf: Shelf) -> Author:
    """Return the author that an entry's value means: the bearer of an id, or a name."""
    if not author:
        return NOBODY
    entry = shelf.people.get(EntryId(author))
    if entry is None:
        return author_of(author, shelf.language)
    return author_of(full_name(entry), shelf.language, entry.id)


def untitled(
    values: Mapping[str, str], name: str, called: str, mention: Annotation, shelf: Shelf
) -> Entry | None:
    """Return the entry of a letter, a review or an issue that is known by where it appeared.

    An issue with a number is the same whether its date is told or not.
    """
    parts = tuple(
        values.get(name, "") for name in ("author", "genre", "journal", "volume", "issue")
    )
    numbered = any(parts[3:])
    ident = parts if numbered else (*parts, values.get("when", ""))
    made = [shelf.used[entry] for entry in shelf.issues.get(ident, ())]
    found = [entry for entry in made if may_be_one_time(entry.values, values)]
    exact = [entry for entry in found if entry.values.get("when") == values.get("when")]
    found = exact or found
    if len(found) > 1:
        shelf.report(undecided(shelf.source, mention, [_called(entry, shelf) for entry in found]))
        return None
    if found:
        entry = _richer(found[0], values)
    else:
        entry = Entry(mint("work", name, shelf.taken), "work", (called or name,), values or NOTHING)
        shelf.issues.setdefault(ident, []).append(entry.id)
    shelf.taken.add(entry.id)
    shelf.used[entry.id] = entry
    return entry


def _shelved(entry: Entry, told: Traits, shelf: Shelf) -> Entry:
    shelf.made.add(entry, told)
    shelf.taken.add(entry.id)
    shelf.used[entry.id] = entry
    return entry


def _merged(entry: Entry, told: Traits, values: Mapping[str, str], shelf: Shelf) -> Entry:
    """Return an entry made before with what ``values`` adds; the fuller title is its first."""
    title, before = values["title"], entry.values["title"]
    fuller = len(title_of(title).words) > len(title_of(before).words)
    full = told.full and not shelf.made.traits[entry.id].full
    both = {**entry.values, **values} if full else {**values, **entry.values}
    both["title"] = title if fuller else before
    names = tuple(dict.fromkeys((title, *entry.names) if fuller else (*entry.names, title)))
    author = _author_of(both.get("author", ""), shelf)
    return _shelved(Entry(entry.id, entry.kind, names, both), traits(names, both, author), shelf)


def _richer(entry: Entry, values: Mapping[str, str]) -> Entry:
    """Return ``entry`` with what ``values`` adds."""
    return Entry(entry.id, entry.kind, entry.names, {**values, **entry.values})


def _called(entry: Entry, shelf: Shelf) -> str:
    """Return how an entry is told from others: "Poems (Anna Bly, 1816)"."""
    values = entry.values
    author = shelf.people.get(EntryId(values.get("author", "")))
    when = next((values[bound] for bound in DATING if values.get(bound)), "")
    volume = f"volume {values['volume']}" if values.get("volume") else ""
    facts = (
        author.names[0] if author else values.get("author"),
        values.get("edition"),
        volume,
        when,
    )
    said = ", ".join(filter(None, facts))
    return f"{entry.names[0]} ({said})" if said else entry.names[0]


def unresolved(source: Source, mention: Annotation) -> Finding:
    """Return what is said of a reference that nothing before it explains."""
    form = " ".join(source[mention.span].split())
    message = f"what “{form}” refers to is not clear: nothing before it names the work"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)


def undecided(source: Source, mention: Annotation, works: Sequence[str]) -> Finding:
    """Return what is said of a reference that may mean several works."""
    form = " ".join(source[mention.span].split())
    message = f"“{form}” may mean any of these: {', '.join(works)}"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)
