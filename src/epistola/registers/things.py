"""Places, organisations and events: one entry for each, however it is named."""

from __future__ import annotations

from collections.abc import Container, Sequence

from epistola.model import Annotation, Entry, EntryId, Finding, Report, Severity, Source, ignore
from epistola.registers.match import key
from epistola.registers.mint import mint
from epistola.registers.register import Known, Links, taken_ids
from epistola.registers.spellings import find, known_name


def link_things(
    source: Source,
    kind: str,
    mentions: Sequence[Annotation],
    known: Known,
    report: Report = ignore,
) -> Links:
    """Return the entry of each mention of ``kind``, and the entries.

    Two forms mean one thing where the register or the gazetteer says so ("USSR" and
    "Soviet Union"). What may be several things of the register has an entry of its own,
    and is reported, once for each name.
    """
    used = taken_ids(known.register)
    links: dict[int, EntryId] = {}
    made: dict[str, Entry] = {}
    entries: dict[EntryId, Entry] = {}
    for at, mention in enumerate(mentions):
        if mention.kind != kind:
            continue
        form = " ".join(source[mention.span].split())
        name = mention.values.get("name") or known_name(form, kind, known.names)
        found = find(form, kind, known) if known.register else ()
        if len(found) > 1:
            found = _narrowed(found, mention, source.folded)
        if len(found) == 1:
            entry = found[0]
        elif key(name) in made:
            entry = made[key(name)]
        else:
            entry = made[key(name)] = _new(kind, name, form, mention, used)
            if found:
                report(_undecided(form, mention, found))
        used.add(entry.id)
        entries[entry.id] = _called(entries.get(entry.id, entry), form)
        links[at] = entry.id
    return Links(links, tuple(entries.values()))


def _narrowed(found: Sequence[Entry], mention: Annotation, text: str) -> Sequence[Entry]:
    """Return those of ``found`` that the words after a mention tell: "London, Ontario".

    Failing that, those of the sort that the mention is.
    """
    after = text[mention.span.end : mention.span.end + NESTED]
    around = [e for e in found if any(place in after for place in _around(e))]
    sort = mention.values.get("type", "")
    return around or [e for e in found if sort and e.values.get("type") == sort] or found


NESTED = 40
"""So many characters after a place's name may say where it lies."""


def _around(entry: Entry) -> Sequence[str]:
    """Return the places that an entry lies in."""
    return [place for place in entry.values.get("within", "").split("; ") if place]


def _undecided(form: str, mention: Annotation, found: Sequence[Entry]) -> Finding:
    candidates = " or ".join(f"“{', '.join((entry.names[0], *_around(entry)))}”" for entry in found)
    message = f"“{form}” may be {candidates} of the register; it has an entry of its own"
    return Finding(Severity.WARNING, f"undecided-{mention.kind}", message, mention.span)


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
