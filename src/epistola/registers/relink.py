"""Let mentions mean the entries that an editor chose, and say who the editor is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from epistola.decisions.judge import Verdict, refused
from epistola.model import DECIDED, Annotation, Entry, EntryId, Report, Source, ignore
from epistola.registers.mint import slug
from epistola.registers.register import RESERVED, Register, by_id
from epistola.registers.resolve import Resolution, closed

ENTRY_OF: Mapping[str, str] = MappingProxyType(
    {
        **{kind: kind for kind in ("person", "place", "org", "event", "work", "term")},
        "persons": "person",
        "title": "work",
        "reference": "work",
    }
)
"""The kind of the entry that a mention of a kind means."""
EDITOR = "resp-editor"
"""The responsible party for what an editor decided who is not named."""
POINTER = re.compile(r"[^\s;\"#]+")


def editor_id(name: str) -> str:
    """Return the id of the statement of responsibility for an editor.

    >>> editor_id(""), editor_id("Ann Lee")
    ('resp-editor', 'resp-editor-ann-lee')
    """
    return f"{EDITOR}-{slug(name)}".rstrip("-")


def relinked(
    source: Source,
    known: Resolution,
    verdicts: Sequence[Verdict],
    register: Register,
    *,
    editor: str = "",
    report: Report = ignore,
) -> Resolution:
    """Return ``known`` with every decided tag meaning what was decided, and saying by whom.

    The entry is the register's, else the letter's own, else a new one with the id that was
    decided and the mention's words as its name. An entry that nothing means any more is left
    out. ``editor`` is the edition's own, who needs no id of another name. A link to an entry
    of another kind is reported, and the mention keeps the one that it had.
    """
    if not verdicts:
        return known
    wanted = {(v.span, v.kind): v for v in verdicts if v.stands and v.ref is not None}
    entries = {entry.id: entry for entry in known.entries}
    annotations = []
    for a in known.annotations:
        verdict = wanted.get((a.span, a.kind)) if a.rule == DECIDED else None
        if verdict is not None:
            a = _linked(source, a, verdict, entries, register, report)  # noqa: PLW2901
        annotations.append(_signed(a, editor) if a.rule == DECIDED else a)
    used = [*_needed(known.annotations, annotations, entries.values())]
    return Resolution(tuple(annotations), closed(used, register))


def _linked(
    source: Source,
    a: Annotation,
    verdict: Verdict,
    entries: dict[EntryId, Entry],
    register: Register,
    report: Report,
) -> Annotation:
    """Return ``a`` with the entry that was decided, which is then among ``entries``."""
    ref, kind = EntryId(verdict.ref or ""), ENTRY_OF.get(a.kind)
    if kind is None:
        report(refused(verdict.decision, f"a {a.kind} means no entry", a.span))
        return a
    if not ref or ref in RESERVED:
        return replace(a, entry=ref or None)
    entry = by_id(register).get(ref) or entries.get(ref)
    if entry is None:
        entry = Entry(ref, kind, (" ".join(source[a.span].split()),))
    if entry.kind != kind and (a.kind, entry.kind) not in ALSO:
        report(refused(verdict.decision, f"{ref} is the entry of a {entry.kind}", a.span))
        return a
    entries[ref] = entry
    return replace(a, entry=ref)


ALSO = frozenset({("person", "org"), ("persons", "org")})
"""What else a mention may mean: a firm goes by a person's name."""


def _signed(a: Annotation, editor: str) -> Annotation:
    name = a.values.get("decider", "")
    who = "" if name == editor else name
    return replace(a, values={**a.values, "resp": f"#{editor_id(who)}"})


def _needed(
    before: Iterable[Annotation], after: Iterable[Annotation], entries: Iterable[Entry]
) -> Iterator[Entry]:
    """Yield the entries but those that mentions meant ``before`` and nothing means any more."""
    left = {a.entry for a in before} - {a.entry for a in after}
    kept = [entry for entry in entries if entry.id not in left]
    pointed = {name for entry in kept for name in _pointers(entry)}
    yield from (entry for entry in entries if entry.id not in left or entry.id in pointed)


def _pointers(entry: Entry) -> Iterator[str]:
    yield from (name for value in entry.values.values() for name in POINTER.findall(value))
    yield from POINTER.findall(entry.record)
