"""Works that a letter refers to, resolved in the order of the text.

A reference is found first and understood later: "Volume 13, no 3" without a title is
of the journal last named, "my" is the letter's author's. What cannot be understood
is reported and stays unlinked; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from epistola import language as languages
from epistola.gazetteer import fold
from epistola.model import (
    DATING,
    NOTHING,
    Annotation,
    Entry,
    EntryId,
    Finding,
    Letter,
    Report,
    Severity,
    Source,
    Span,
    ignore,
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
from epistola.registers.cited import Cited, cited, meant
from epistola.registers.mint import mint
from epistola.registers.register import Links, Register, Taken, taken_ids
from epistola.registers.shelf import Catalogue, full_name, known_works
from epistola.registers.within import Within, within

PRINT = EntryId("src-print")
"""The entry of the printed source in the header (sourceDesc)."""
KEPT = (
    *("title", "level", "volume", "issue", "genre", "book", "edition"),
    *("series", "seriesNumber", "publisher", "pubPlace"),
)
"""Values of a reference that its entry keeps; the page that is cited is not among them."""
ROLES = ("author", "editor", "translator")
TITLE_WORDS = 3
DASHES = "—–-."
"""What stands in a list for the author of the work before: "—, Owls at Home"."""


class _Makers(NamedTuple):
    """Who made a work, by his role, and how a reference writes its author."""

    values: Mapping[str, str]
    author: str = ""


NO_MAKERS = _Makers(NOTHING)


@dataclass(slots=True)
class _Shelf:
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
    last: _Makers = NO_MAKERS
    cited: list[Cited] = field(default_factory=list)


def link_works(
    source: Source,
    letter: Letter,
    mentions: Sequence[Annotation],
    people: Links,
    register: Register,
    report: Report = ignore,
) -> Links:
    """Return the entry of each title, reference and work (by its place), and the entries.

    ``people`` are the links of the mentions of persons, and their entries.
    """
    shelf = _shelf(source, letter.language, people, register, report)
    links: dict[int, EntryId] = {}
    page = within(mentions)
    inside = page.titles_in_references()
    printed = [field.value for field in letter.fields_of("source")][:1]
    for at in page.order:
        mention = mentions[at]
        if mention.kind == "title":
            entry = _title(letter, mention, shelf, inside=at in inside)
        elif mention.kind in {"reference", "work"}:
            _name_journal(mention, shelf)
            if any(mention.span in value for value in printed):
                links[at] = PRINT
                continue
            entry = _cited_work(letter, mention, page, people.to, shelf)
        else:
            continue
        if entry is not None:
            links[at] = entry.id
            shelf.used.setdefault(entry.id, entry)
    return Links(links, tuple(shelf.used.values()))


def _shelf(source: Source, code: str, people: Links, register: Register, report: Report) -> _Shelf:
    words = languages.load(code)
    return _Shelf(
        source,
        code,
        known_works(register, code),
        taken_ids(register),
        frozenset(words.get("registers", {}).get("stop_words", "").split()),
        frozenset(words.get("citations", {}).get("same_author", "").split()),
        {entry.id: entry for entry in people.entries},
        report,
    )


def _cited_work(
    letter: Letter,
    mention: Annotation,
    page: Within,
    people: Mapping[int, EntryId],
    shelf: _Shelf,
) -> Entry | None:
    """Return the entry of the work that a reference means, and remember the reference."""
    makers = _makers(shelf.source, letter, mention, page, people)
    if _points_back(mention):
        entry = _earlier(shelf.source, letter, mention, shelf, shelf.report)
    else:
        makers = _carried(mention, makers, shelf)
        dated = {**mention.values, **_date(page.within(mention)), **makers.values}
        entry = _reference(replace(mention, values=dated), shelf)
    if mention.kind == "reference":
        shelf.last = makers
        if entry is not None:
            named = {"author": makers.author} if makers.author else {}
            whole = replace(mention, values={**mention.values, **named})
            shelf.cited.append(cited(shelf.source, whole, entry.id))
    return entry


def _carried(mention: Annotation, makers: _Makers, shelf: _Shelf) -> _Makers:
    """Return the author of the work cited before, for "ders., Title" and "—, Title"."""
    cue = "".join(mention.values.get("cue", "").split())
    if not cue or makers.author or not (cue in shelf.same_author or not cue.strip(DASHES)):
        return makers
    before = {k: v for k, v in shelf.last.values.items() if k in {"author", "coauthor"}}
    return _Makers({**makers.values, **before}, shelf.last.author)


def _points_back(mention: Annotation) -> bool:
    """Return whether only what was cited before says which work is meant."""
    values = mention.values
    return "cue" in values and not values.keys() & {"title", "journal", "volume"}


def _earlier(
    source: Source, letter: Letter, mention: Annotation, shelf: _Shelf, report: Report
) -> Entry | None:
    """Return the entry of the work cited before, where it is clear which one is meant."""
    works = meant(source, letter.language, mention, shelf.cited)
    if len(works) == 1:
        return shelf.used[works[0]]
    if works:
        report(_open(source, mention, [shelf.used[work].names[0] for work in works]))
    else:
        report(_unresolved(source, mention))
    return None


def _name_journal(mention: Annotation, shelf: _Shelf) -> None:
    """Remember the journal that a reference names as the one last named."""
    if name := mention.values.get("journal"):
        journal = _journal(name, mention, shelf)
        shelf.journal = journal.id if journal else None


def _journal(name: str, mention: Annotation, shelf: _Shelf) -> Entry | None:
    return _work({"title": name, "level": "j"}, name, mention, shelf)


def _title(letter: Letter, mention: Annotation, shelf: _Shelf, *, inside: bool) -> Entry | None:
    """Return the entry of a title by itself; in a reference only a journal's title has one."""
    form = " ".join(shelf.source[mention.span].split())
    level = mention.values.get("level", "m")
    if level == "j":
        entry = _journal(form, mention, shelf)
        shelf.journal = entry.id if entry else None
        return entry
    headed = letter.title is not None and letter.title.span is not None
    if inside or (headed and mention.span in _span(letter)):
        return None
    return _work({"title": form, "level": level}, form, mention, shelf)


def _span(letter: Letter) -> Span:
    return letter.title.span if letter.title and letter.title.span else Span(0, 0)


def _date(parts: Sequence[Annotation]) -> dict[str, str]:
    """Return the normal form of the date among the parts of a reference."""
    found = (part.values for part in parts if part.kind == "date")
    return {k: v for k, v in next(found, NOTHING).items() if k in DATING}


def _makers(
    source: Source,
    letter: Letter,
    mention: Annotation,
    page: Within,
    people: Mapping[int, EntryId],
) -> _Makers:
    """Return who made a work: the ids of their entries, else their names as they are written."""
    inside = page.places_within(mention)
    values: dict[str, str] = {}
    for role in ROLES:
        named = [page.mentions[at] for at in inside if page.mentions[at].kind == role]
        found = [_maker(page, part, inside, people, source) for part in named]
        if found and role == "author":
            values |= {"author": found[0], "coauthor": "; ".join(found[1:])}
        elif found:
            values[role] = "; ".join(found)
    name = mention.values.get("author", "")
    if name == "#letter":
        where = letter.author.span if letter.author else None
        own = (people[at] for at in people if where and page.mentions[at].span in where)
        values["author"] = next(own, "")
    elif name and "author" not in values:
        values["author"] = next((people[at] for at in inside if at in people), name)
    return _Makers({k: v for k, v in values.items() if v}, "" if name == "#letter" else name)


def _maker(
    page: Within,
    part: Annotation,
    inside: Sequence[int],
    people: Mapping[int, EntryId],
    source: Source,
) -> str:
    """Return the entry of the person in a part of a reference, else the name."""
    linked = (people[at] for at in inside if at in people and page.mentions[at].span in part.span)
    return next(linked, fold(source[part.span]))


def _reference(mention: Annotation, shelf: _Shelf) -> Entry | None:
    values = {
        name: mention.values[name]
        for name in (*KEPT, *DATING, *ROLES, "coauthor")
        if mention.values.get(name)
    }
    author = values.get("author", "")
    if author == "#letter":
        author = ""
        del values["author"]
    if extent := mention.values.get("extent"):
        values["page"] = extent
    named = "title" in values or (author and "genre" not in values)
    if "journal" in mention.values or (not named and "volume" in values):
        if shelf.journal is None:
            shelf.report(_unresolved(shelf.source, mention))
            return None
        values["journal"] = shelf.journal
    writer = shelf.people.get(EntryId(author))
    surname = writer.values.get("surname", writer.names[0]) if writer else author
    if title := values.get("title", ""):
        return _work(values, f"{surname} {_short(title, shelf)}", mention, shelf)
    if not author and "journal" not in values:
        shelf.report(_unresolved(shelf.source, mention))
        return None
    name = " ".join([surname, values.get("genre", "")]).strip()
    called = _described(values.get("genre", ""), writer.names[0] if writer else author)
    issue = _issue_name(values, shelf)
    return _untitled(values, name or issue, called or issue, mention, shelf)


def _described(genre: str, author: str) -> str:
    """Return what a work without a title is called: "Letter by Laurens Otter"."""
    return " by ".join(filter(None, (genre.capitalize() or "Work", author))) if author else ""


def _issue_name(values: Mapping[str, str], shelf: _Shelf) -> str:
    """Return what a bare issue of a journal is called: "New Interventions 13 2"."""
    journal = shelf.used.get(EntryId(values.get("journal", "")))
    name = journal.names[0] if journal else ""
    return " ".join(filter(None, (name, values.get("volume"), values.get("issue"))))


def _short(title: str, shelf: _Shelf) -> str:
    """Return the first words of a title that say something."""
    words = [word for word in title.split() if word.lower().strip(",.:;") not in shelf.stop_words]
    return " ".join(words[:TITLE_WORDS])


# ---------------------------------------------------------------- one entry for each work


def _work(values: Mapping[str, str], name: str, mention: Annotation, shelf: _Shelf) -> Entry | None:
    """Return the entry of a work with a title: the register's, one made before, or a new one.

    A new one's id is made from ``name``. Where two fit equally, none is returned, and both
    are reported.
    """
    title = values["title"]
    told = traits((title,), values, _author_of(values.get("author", ""), shelf))
    known = shelf.known
    found = known.candidates(told) or known.called_so(told) or shelf.made.candidates(told)
    if len(found) > 1:
        shelf.report(_open(shelf.source, mention, [_called(entry, shelf) for entry in found]))
        return None
    if not found:
        return _kept(Entry(mint("work", name, shelf.taken), "work", (title,), values), told, shelf)
    if found[0].id in shelf.made.entries:
        return _merged(found[0], told, values, shelf)
    shelf.used[found[0].id] = found[0]
    return found[0]


def _author_of(author: str, shelf: _Shelf) -> Author:
    """Return the author that an entry's value means: the bearer of an id, or a name."""
    if not author:
        return NOBODY
    entry = shelf.people.get(EntryId(author))
    if entry is None:
        return author_of(author, shelf.language)
    return author_of(full_name(entry), shelf.language, entry.id)


def _untitled(
    values: Mapping[str, str], name: str, called: str, mention: Annotation, shelf: _Shelf
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
        shelf.report(_open(shelf.source, mention, [_called(entry, shelf) for entry in found]))
        return None
    if found:
        entry = _richer(found[0], values)
    else:
        entry = Entry(mint("work", name, shelf.taken), "work", (called or name,), values or NOTHING)
        shelf.issues.setdefault(ident, []).append(entry.id)
    shelf.taken.add(entry.id)
    shelf.used[entry.id] = entry
    return entry


def _kept(entry: Entry, told: Traits, shelf: _Shelf) -> Entry:
    shelf.made.add(entry, told)
    shelf.taken.add(entry.id)
    shelf.used[entry.id] = entry
    return entry


def _merged(entry: Entry, told: Traits, values: Mapping[str, str], shelf: _Shelf) -> Entry:
    """Return an entry made before with what ``values`` adds; the fuller title is its first."""
    title, before = values["title"], entry.values["title"]
    fuller = len(title_of(title).words) > len(title_of(before).words)
    full = told.full and not shelf.made.traits[entry.id].full
    both = {**entry.values, **values} if full else {**values, **entry.values}
    both["title"] = title if fuller else before
    names = tuple(dict.fromkeys((title, *entry.names) if fuller else (*entry.names, title)))
    author = _author_of(both.get("author", ""), shelf)
    return _kept(Entry(entry.id, entry.kind, names, both), traits(names, both, author), shelf)


def _richer(entry: Entry, values: Mapping[str, str]) -> Entry:
    """Return ``entry`` with what ``values`` adds."""
    return Entry(entry.id, entry.kind, entry.names, {**values, **entry.values})


def _called(entry: Entry, shelf: _Shelf) -> str:
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


def _unresolved(source: Source, mention: Annotation) -> Finding:
    form = " ".join(source[mention.span].split())
    message = f"what “{form}” refers to is not clear: nothing before it names the work"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)


def _open(source: Source, mention: Annotation, works: Sequence[str]) -> Finding:
    form = " ".join(source[mention.span].split())
    message = f"“{form}” may mean any of these: {', '.join(works)}"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)
