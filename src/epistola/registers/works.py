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
from epistola.registers.cited import Cited, cited, meant
from epistola.registers.match import key
from epistola.registers.mint import mint
from epistola.registers.pointing import owners, placed, pointed
from epistola.registers.register import Index, Links, Register, Taken, index, taken_ids

PRINT = EntryId("src-print")
"""The entry of the printed source in the header (sourceDesc)."""
KEPT = ("title", "level", "volume", "issue", "page", "genre")
"""Values of a reference that its entry keeps."""
ISSUE = ("journal", "volume", "issue")
TITLE_WORDS = 3


@dataclass(slots=True)
class _Shelf:
    """The works known so far; local to one call."""

    register: Index
    taken: Taken
    stop_words: frozenset[str]
    made: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    used: dict[EntryId, Entry] = field(default_factory=dict)
    journal: EntryId | None = None
    cited: list[Cited] = field(default_factory=list)
    named: list[EntryId] = field(default_factory=list)


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
    stop_words = languages.load(letter.language).get("registers", {}).get("stop_words", "")
    shelf = _Shelf(index(register, "work"), taken_ids(register), frozenset(stop_words.split()))
    links: dict[int, EntryId] = {}
    inside = _inside_references(mentions)
    printed = [field.value for field in letter.fields_of("source")][:1]
    order = sorted(
        range(len(mentions)), key=lambda at: (mentions[at].span.start, -len(mentions[at].span))
    )
    for at in order:
        mention = mentions[at]
        if mention.kind == "title":
            entry = _title(source, letter, mention, shelf, inside=at in inside)
        elif mention.kind in {"reference", "work"}:
            _name_journal(mention, shelf)
            if any(mention.span in value for value in printed):
                links[at] = PRINT
                continue
            entry = _work_meant(_Asked(source, letter, mention, mentions, people), shelf, report)
        else:
            continue
        if entry is not None:
            links[at] = entry.id
            shelf.used.setdefault(entry.id, entry)
            if at not in inside:
                shelf.named.append(entry.id)
    return Links(links, tuple(shelf.used.values()))


class _Asked(NamedTuple):
    """A mention of a work, and what is known where it stands."""

    source: Source
    letter: Letter
    mention: Annotation
    mentions: Sequence[Annotation]
    people: Links


def _work_meant(asked: _Asked, shelf: _Shelf, report: Report) -> Entry | None:
    """Return the entry of the work that a reference means, or report why it has none."""
    mention, whose = asked.mention, _whose(asked)
    entry = None
    if _points_back(mention):
        found = meant(asked.source, asked.letter.language, mention, shelf.cited)
        entry = _only(asked, found, shelf, report)
    elif _is_open(mention, whose):
        report(_whose_is_open(asked, whose))
    elif mention.values.get("points") and not _is_told(asked, whose, shelf):
        entry = _pointed(asked, whose, shelf, report)
    else:
        entry = _described(asked, whose, shelf, report)
    if entry is not None and mention.kind == "reference":
        shelf.cited.append(cited(asked.source, mention, entry.id))
    return entry


def _is_told(asked: _Asked, whose: Sequence[EntryId], shelf: _Shelf) -> bool:
    """Return whether a work of its own is meant: "X's letter in the same volume".

    "X's book" is one where no book of X is named before.
    """
    values = asked.mention.values
    if "genre" not in values:
        return False
    owned = values["points"] == "owned"
    return not (owned and pointed(asked.mention, _named(shelf), whose))


def _named(shelf: _Shelf) -> list[Entry]:
    """Return the works named so far, in the order of the text."""
    return [shelf.used[work] for work in shelf.named]


def _whose(asked: _Asked) -> Sequence[EntryId]:
    if "owner" in asked.mention.values:
        return owners(asked.source, asked.letter, asked.mention, asked.mentions, asked.people)
    author = _author(asked.letter, asked.mention, asked.mentions, asked.people.to)
    return (EntryId(author),) if author else ()


def _is_open(mention: Annotation, whose: Sequence[EntryId]) -> bool:
    """Return whether only "his" or "her" says which work is meant, and it is not clear whose."""
    owner, titled = mention.values.get("owner", ""), "title" in mention.values
    if owner in {"", "letter", "several"} or titled:
        return False
    return not whose or (len(whose) > 1 and "points" not in mention.values)


def _pointed(
    asked: _Asked, whose: Sequence[EntryId], shelf: _Shelf, report: Report
) -> Entry | None:
    """Return the entry of "my book", "the latter", "the same volume"."""
    named = _named(shelf)
    place = placed(asked.mention, named)
    if set(place) == {"journal"}:
        journal = place["journal"]
        return shelf.used.get(EntryId(journal)) or _journal(journal, shelf)
    if "journal" in place:
        return _located(place, shelf)
    return _only(asked, pointed(asked.mention, named, whose), shelf, report)


def _located(place: Mapping[str, str], shelf: _Shelf) -> Entry:
    """Return the entry of a bare issue or volume of a journal."""
    called = _issue_name(place, shelf)
    return _work(
        place, ("g", "", "", *(place.get(n, "") for n in ISSUE), ""), called, shelf, called
    )


def _described(
    asked: _Asked, whose: Sequence[EntryId], shelf: _Shelf, report: Report
) -> Entry | None:
    """Return the entry of a work with a title, or of whom and where: "his letter in No. 3"."""
    mention = asked.mention
    author = whose[0] if len(whose) == 1 else ""
    values = {**mention.values, **_date(mention, asked.mentions)}
    if values.get("points") == "same":
        values |= placed(mention, _named(shelf))
        shelf.journal = EntryId(values.get("journal", "")) or shelf.journal
    whole = replace(mention, values=values)
    return _reference(asked, whole, author, shelf, report)


def _points_back(mention: Annotation) -> bool:
    """Return whether only what was cited before says which work is meant."""
    values = mention.values
    return "cue" in values and not values.keys() & {"title", "journal", "volume"}


def _only(asked: _Asked, works: Sequence[EntryId], shelf: _Shelf, report: Report) -> Entry | None:
    """Return the entry of the one work that may be meant."""
    if len(works) == 1:
        return shelf.used[works[0]]
    if works:
        report(_open(asked.source, asked.mention, [shelf.used[work].names[0] for work in works]))
    else:
        report(_unresolved(asked.source, asked.mention))
    return None


def _inside_references(mentions: Sequence[Annotation]) -> frozenset[int]:
    spans = [m.span for m in mentions if m.kind == "reference"]
    return frozenset(
        at
        for at, mention in enumerate(mentions)
        if mention.kind == "title" and any(mention.span in span for span in spans)
    )


def _name_journal(mention: Annotation, shelf: _Shelf) -> None:
    """Remember the journal that a reference names as the one last named."""
    if name := mention.values.get("journal"):
        shelf.journal = _journal(name, shelf).id


def _journal(name: str, shelf: _Shelf) -> Entry:
    return _work({"title": name, "level": "j"}, ("j", key(name)), name, shelf)


def _title(
    source: Source, letter: Letter, mention: Annotation, shelf: _Shelf, *, inside: bool
) -> Entry | None:
    """Return the entry of a title by itself; in a reference only a journal's title has one."""
    form = " ".join(source[mention.span].split())
    level = mention.values.get("level", "m")
    if level == "j":
        entry = _journal(form, shelf)
        shelf.journal = entry.id
        return entry
    headed = letter.title is not None and letter.title.span is not None
    if inside or (headed and mention.span in _span(letter)):
        return None
    return _work({"title": form, "level": level}, ("t", key(form)), form, shelf)


def _span(letter: Letter) -> Span:
    return letter.title.span if letter.title and letter.title.span else Span(0, 0)


def _date(mention: Annotation, mentions: Sequence[Annotation]) -> dict[str, str]:
    """Return the normal form of the date in a reference."""
    found = (m.values for m in mentions if m.kind == "date" and m.span in mention.span)
    return {k: v for k, v in next(found, NOTHING).items() if k in DATING}


def _author(
    letter: Letter,
    mention: Annotation,
    mentions: Sequence[Annotation],
    people: Mapping[int, EntryId],
) -> str:
    """Return the id of the author's entry, else the author's name as the reference has it."""
    name = mention.values.get("author", "")
    if name == "#letter":
        where = letter.author.span if letter.author else None
        return next((people[at] for at in people if where and mentions[at].span in where), "")
    within = (at for at in people if mentions[at].span in mention.span)
    return next((people[at] for at in within), name) if name else ""


def _reference(
    asked: _Asked, mention: Annotation, author: str, shelf: _Shelf, report: Report
) -> Entry | None:
    values = {name: mention.values[name] for name in (*KEPT, *DATING) if mention.values.get(name)}
    if author:
        values["author"] = author
    named = "title" in values or (author and "genre" not in values)
    if "journal" in mention.values or (not named and "volume" in values):
        if shelf.journal is None:
            report(_unresolved(asked.source, mention))
            return None
        values["journal"] = shelf.journal
    writer = next((e for e in asked.people.entries if e.id == author), None)
    surname = writer.values.get("surname", writer.names[0]) if writer else author
    title = values.get("title", "")
    if title:
        by = mention.values.get("by", "")  # whose, where several works have this title
        ident = ("t", key(title), key(by)) if by else ("t", key(title))
        return _work(values, ident, f"{surname} {_short(title, shelf)}", shelf)
    if not author and "journal" not in values:
        report(_unresolved(asked.source, mention))
        return None
    parts = (values.get(name, "") for name in ("author", "genre", *ISSUE, "when"))
    name = " ".join([surname, values.get("genre", "")]).strip()
    by = writer.names[0] if writer else author
    called = _called(values.get("genre", ""), by, asked.letter.language)
    issue = _issue_name(values, shelf)
    return _work(values, ("g", *parts), name or issue, shelf, called or issue)


def _called(genre: str, author: str, language: str) -> str:
    """Return what a work without a title is called: "Letter by Laurens Otter"."""
    words = languages.load(language)["references"]
    by, work = words["by"].split()[0], words["work"]
    return f"{genre.capitalize() or work} {by} {author}" if author else ""


def _issue_name(values: Mapping[str, str], shelf: _Shelf) -> str:
    """Return what a bare issue of a journal is called: "New Interventions 13 2"."""
    journal = shelf.used.get(EntryId(values.get("journal", "")))
    name = journal.names[0] if journal else ""
    return " ".join(filter(None, (name, values.get("volume"), values.get("issue"))))


def _short(title: str, shelf: _Shelf) -> str:
    """Return the first words of a title that say something."""
    words = [word for word in title.split() if word.lower().strip(",.:;") not in shelf.stop_words]
    return " ".join(words[:TITLE_WORDS])


def _work(
    values: Mapping[str, str],
    ident: tuple[str, ...],
    name: str,
    shelf: _Shelf,
    called: str = "",
) -> Entry:
    """Return the entry of a work: the register's, one made before, or a new one.

    Its id is made from ``name``; without a title it is ``called`` what describes it.
    """
    title = values.get("title", "")
    found = shelf.register.forms(title) if title else ()
    if len(found) == 1:
        entry = found[0]
    elif ident in shelf.made:
        entry = shelf.made[ident]
    else:
        entry_id = mint("work", name, shelf.taken)
        entry = Entry(entry_id, "work", (title or called or name,), values or NOTHING)
    entry = _richer(shelf.made.get(ident, entry), values)
    shelf.made[ident] = entry
    shelf.taken.add(entry.id)
    shelf.used[entry.id] = entry
    return entry


def _richer(entry: Entry, values: Mapping[str, str]) -> Entry:
    """Return ``entry`` with what ``values`` adds; a register's entry is left as it is."""
    if entry.record:
        return entry
    return Entry(entry.id, entry.kind, entry.names, {**values, **entry.values})


def _whose_is_open(asked: _Asked, whose: Sequence[EntryId]) -> Finding:
    form = " ".join(asked.source[asked.mention.span].split())
    shown = {entry.id: entry.names[0] for entry in asked.people.entries}
    may = f"it may be any of these: {', '.join(shown[who] for who in whose)}"
    message = f"whose “{form}” is, is not clear: {may if whose else 'nobody before it fits'}"
    return Finding(Severity.WARNING, "unresolved-reference", message, asked.mention.span)


def _unresolved(source: Source, mention: Annotation) -> Finding:
    form = " ".join(source[mention.span].split())
    message = f"what “{form}” refers to is not clear: nothing before it names the work"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)


def _open(source: Source, mention: Annotation, works: Sequence[str]) -> Finding:
    form = " ".join(source[mention.span].split())
    message = f"“{form}” may mean any of these: {', '.join(works)}"
    return Finding(Severity.WARNING, "unresolved-reference", message, mention.span)
