"""Works that a letter refers to, resolved in the order of the text.

A reference is found first and understood later: "Volume 13, no 3" without a title is
of the journal last named, "my" is the letter's author's. What cannot be understood
is reported and stays unlinked; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from epistola.registers.cited import cited, meant
from epistola.registers.pointing import named_in, owners, placed, pointed
from epistola.registers.register import Links, Register
from epistola.registers.shelving import (
    Makers,
    Shelf,
    shelf_of,
    titled,
    undecided,
    unresolved,
    untitled,
)
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


class _Asked(NamedTuple):
    """A mention of a work, and what is known where it stands."""

    letter: Letter
    mention: Annotation
    page: Within
    people: Links


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
    shelf = shelf_of(source, letter.language, people, register, report)
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
            entry = _cited_work(_Asked(letter, mention, page, people), shelf)
        else:
            continue
        if entry is not None:
            links[at] = entry.id
            shelf.used.setdefault(entry.id, entry)
            if at not in inside:
                shelf.named.append(entry.id)
    return Links(links, tuple(shelf.used.values()))


def _name_journal(mention: Annotation, shelf: Shelf) -> None:
    """Remember the journal that a reference names as the one last named."""
    if name := mention.values.get("journal"):
        journal = _journal(name, mention, shelf)
        shelf.journal = journal.id if journal else None


def _journal(name: str, mention: Annotation, shelf: Shelf) -> Entry | None:
    return titled({"title": name, "level": "j"}, name, mention, shelf)


def _title(letter: Letter, mention: Annotation, shelf: Shelf, *, inside: bool) -> Entry | None:
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
    return titled({"title": form, "level": level}, form, mention, shelf)


def _span(letter: Letter) -> Span:
    return letter.title.span if letter.title and letter.title.span else Span(0, 0)


# --- which work is meant -------------------------------------------------------------------


def _cited_work(asked: _Asked, shelf: Shelf) -> Entry | None:
    """Return the entry of the work that a reference means, and remember the reference."""
    mention, makers = asked.mention, _makers(asked, shelf.source)
    if _points_back(mention):
        found = meant(shelf.source, asked.letter.language, mention, shelf.cited)
        entry = _only(asked, found, shelf)
    else:
        makers = _carried(mention, makers, shelf)
        entry = _work_meant(asked, makers, shelf)
    if mention.kind == "reference":
        shelf.last = makers
        if entry is not None:
            named = {"author": makers.author} if makers.author else {}
            whole = replace(mention, values={**mention.values, **named})
            shelf.cited.append(cited(shelf.source, whole, entry.id))
    return entry


def _points_back(mention: Annotation) -> bool:
    """Return whether only what was cited before says which work is meant."""
    values = mention.values
    return "cue" in values and not values.keys() & {"title", "journal", "volume"}


def _only(asked: _Asked, works: Sequence[EntryId], shelf: Shelf) -> Entry | None:
    """Return the entry of the one work that may be meant."""
    if len(works) == 1:
        return shelf.used[works[0]]
    if works:
        called = [shelf.used[work].names[0] for work in works]
        shelf.report(undecided(shelf.source, asked.mention, called))
    else:
        shelf.report(unresolved(shelf.source, asked.mention))
    return None


def _work_meant(asked: _Asked, makers: Makers, shelf: Shelf) -> Entry | None:
    """Return the entry of a work with a title or a place, or of what words point to."""
    mention = asked.mention
    whose = _whose(asked, makers, shelf.source)
    if _is_open(mention, whose):
        shelf.report(_whose_is_open(asked, whose, shelf.source))
        return None
    if mention.values.get("points") and not _is_told(mention, whose, shelf):
        return _pointed(asked, whose, shelf)
    values = {**mention.values, **_date(asked.page.within(mention)), **makers.values}
    if by := mention.values.get("by", ""):  # whose, where several works have this title
        values["author"] = by
    elif "author" not in makers.values:
        values["author"] = whose[0] if len(whose) == 1 else ""
    if values.get("points") == "same":
        values |= placed(mention, shelf.works())
        shelf.journal = EntryId(values.get("journal", "")) or shelf.journal
    return _reference(replace(mention, values=values), shelf)


def _whose(asked: _Asked, makers: Makers, source: Source) -> Sequence[EntryId]:
    """Return whose the work may be: the pronoun's, or the author's."""
    if "owner" in asked.mention.values:
        return owners(source, asked.letter, asked.mention, asked.page.mentions, asked.people)
    author = makers.values.get("author", "")
    return (EntryId(author),) if author else ()


def _is_open(mention: Annotation, whose: Sequence[EntryId]) -> bool:
    """Return whether only "his" or "her" says which work is meant, and it is not clear whose."""
    owner, has_title = mention.values.get("owner", ""), "title" in mention.values
    if owner in {"", "letter", "several"} or has_title:
        return False
    return not whose or (len(whose) > 1 and "points" not in mention.values)


def _is_told(mention: Annotation, whose: Sequence[EntryId], shelf: Shelf) -> bool:
    """Return whether a work of its own is meant: "X's letter in the same volume".

    "X's book" is one where no book of X is named before.
    """
    if "genre" not in mention.values:
        return False
    owned = mention.values["points"] == "owned"
    return not (owned and pointed(mention, shelf.works(), whose))


def _pointed(asked: _Asked, whose: Sequence[EntryId], shelf: Shelf) -> Entry | None:
    """Return the entry of "my book", "the latter", "the same volume"."""
    named = shelf.works()
    place = placed(asked.mention, named)
    if set(place) == {"journal"}:
        journal = place["journal"]
        return shelf.used.get(EntryId(journal)) or _journal(journal, asked.mention, shelf)
    if "journal" in place:
        called = _issue_name(place, shelf)
        return untitled(place, called, called, asked.mention, shelf)
    return _only(asked, pointed(asked.mention, named, whose), shelf)


def _whose_is_open(asked: _Asked, whose: Sequence[EntryId], source: Source) -> Finding:
    form = " ".join(source[asked.mention.span].split())
    shown = {entry.id: entry.names[0] for entry in asked.people.entries}
    may = f"it may be any of these: {', '.join(shown[who] for who in whose)}"
    message = f"whose “{form}” is, is not clear: {may if whose else 'nobody before it fits'}"
    return Finding(Severity.WARNING, "unresolved-reference", message, asked.mention.span)


# --- what a reference says of its work -----------------------------------------------------


def _carried(mention: Annotation, makers: Makers, shelf: Shelf) -> Makers:
    """Return the author of the work cited before, for "ders., Title" and "—, Title"."""
    cue = "".join(mention.values.get("cue", "").split())
    if not cue or makers.author or not (cue in shelf.same_author or not cue.strip(DASHES)):
        return makers
    before = {k: v for k, v in shelf.last.values.items() if k in {"author", "coauthor"}}
    return Makers({**makers.values, **before}, shelf.last.author)


def _date(parts: Sequence[Annotation]) -> dict[str, str]:
    """Return the normal form of the date among the parts of a reference."""
    found = (part.values for part in parts if part.kind == "date")
    return {k: v for k, v in next(found, NOTHING).items() if k in DATING}


def _makers(asked: _Asked, source: Source) -> Makers:
    """Return who made a work: the ids of their entries, else their names as they are written."""
    mention, page, people = asked.mention, asked.page, asked.people.to
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
        own = named_in(asked.letter.author, page.mentions, asked.people)
        values["author"] = own[0] if own else ""
    elif name and "author" not in values:
        values["author"] = next((people[at] for at in inside if at in people), name)
    return Makers({k: v for k, v in values.items() if v}, "" if name == "#letter" else name)


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


def _reference(mention: Annotation, shelf: Shelf) -> Entry | None:
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
            shelf.report(unresolved(shelf.source, mention))
            return None
        values["journal"] = shelf.journal
    writer = shelf.people.get(EntryId(author))
    surname = writer.values.get("surname", writer.names[0]) if writer else author
    if title := values.get("title", ""):
        return titled(values, f"{surname} {_short(title, shelf)}", mention, shelf)
    if not author and "journal" not in values:
        shelf.report(unresolved(shelf.source, mention))
        return None
    name = " ".join([surname, values.get("genre", "")]).strip()
    by = writer.names[0] if writer else author
    called = _described(values.get("genre", ""), by, shelf.language)
    issue = _issue_name(values, shelf)
    return untitled(values, name or issue, called or issue, mention, shelf)


def _described(genre: str, author: str, language: str) -> str:
    """Return what a work without a title is called: "Letter by Laurens Otter"."""
    words = languages.load(language)["references"]
    by, work = words["by"].split()[0], words["work"]
    return f"{genre.capitalize() or work} {by} {author}" if author else ""


def _issue_name(values: Mapping[str, str], shelf: Shelf) -> str:
    """Return what a bare issue of a journal is called: "New Interventions 13 2"."""
    journal = shelf.used.get(EntryId(values.get("journal", "")))
    name = journal.names[0] if journal else ""
    return " ".join(filter(None, (name, values.get("volume"), values.get("issue"))))


def _short(title: str, shelf: Shelf) -> str:
    """Return the first words of a title that say something."""
    words = [word for word in title.split() if word.lower().strip(",.:;") not in shelf.stop_words]
    return " ".join(words[:TITLE_WORDS])
