"""Make annotations of the parts that a walk has found: divisions, groups, parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from types import MappingProxyType

from epistola.model import Annotation, Source, Span
from epistola.text.blocks import SPACE, Unit
from epistola.text.look import salutation
from epistola.text.metadata import read_field
from epistola.text.notes import ANYWHERE, inline_notes, label, note_parts
from epistola.text.parts.cuts import leave
from epistola.text.parts.states import (
    AFTER,
    APPARATUS,
    BODY,
    BOTTOM,
    CLOSER,
    COLOPHON,
    COVER,
    KINDS,
    OPENER,
    SOLID,
    TOP,
    Run,
    State,
)

WHOLE = frozenset(
    "p postscript dateline salute address note heading valediction"
    " envelope endorsement apparatus".split()
)
"""Parts of which the lines of one block are one."""
HEADS = frozenset({"apparatusHead", "noteHead"})
DIVISIONS = {APPARATUS: "notes", COLOPHON: "colophon"}


def runs_of(found: Sequence[Unit], states: Sequence[State]) -> list[Run]:
    """Join units of one block that are the same part."""
    runs: list[Run] = []
    for unit, state in zip(found, states, strict=True):
        last = runs[-1] if runs else None
        joins = last is not None and last.state == state and last.units[-1].block == unit.block
        if last is not None and joins and state.part in WHOLE:
            runs[-1] = Run(state, (*last.units, unit))
        else:
            runs.append(Run(state, (unit,)))
    return runs


def sound(runs: list[Run]) -> list[Run]:
    """Return ``runs`` such that a closer follows a paragraph, as TEI wants it.

    A text of notes and a signature has none; its last lines are paragraphs then.
    """
    if any(run.state in SOLID for run in runs):
        return runs
    return [Run(State(BODY, "p"), r.units) if r.state.zone in {BOTTOM, AFTER} else r for r in runs]


def annotate(source: Source, runs: Sequence[Run], language: str) -> Iterator[Annotation]:
    """Yield a division for each letter, cover, apparatus and colophon, and what it holds."""
    for kind, members in _divisions(runs):
        span = Span(members[0].span.start, members[-1].span.end)
        yield Annotation(span, kind, "letter.walk")
        yield from _grouped_parts(source, members, language)


def _divisions(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Yield each division's kind and runs; a second letter opens a new one."""
    held: list[Run] = []
    for run in runs:
        if held and _parts_from(held[-1].state, run.state):
            yield _division(held[0].state), held
            held = []
        held.append(run)
    if held:
        yield _division(held[0].state), held


def _parts_from(before: State, after: State) -> bool:
    """Return whether a new division begins between two parts."""
    if after.part in HEADS:
        return before.part not in HEADS
    own = {COVER, APPARATUS, COLOPHON}
    if before.zone in own or after.zone in own:
        return _division(before) != _division(after)
    return after.zone == TOP and before.zone != TOP


def _division(state: State) -> str:
    return state.part if state.zone == COVER else DIVISIONS.get(state.zone, "letter")


def _grouped_parts(source: Source, runs: Sequence[Run], language: str) -> Iterator[Annotation]:
    """Yield what each run becomes, with the opener, closer or note around it."""
    paragraphs = [run for run in runs if run.state == State(BODY, "p")]
    only = all(run.state != State(BOTTOM, "valediction") for run in runs)
    first_p, last_p = (paragraphs[0], paragraphs[-1]) if paragraphs else (None, None)
    groups = list(_grouped(runs))
    for (group, members), after in zip(groups, [*groups[1:], ("", [])], strict=True):
        last = after[1] if group == "postscript" and _signs(*after) else members
        span = Span(members[0].span.start, last[-1].span.end)
        if group == "provenance":
            yield from _provenance_note(source, span, members, language)
            continue
        if group:
            yield Annotation(span, group, "letter.walk")
        for run in members:
            yield from _part(source, run, language)
            if run.state == State(BODY, "p"):
                yield from _salute(source, run.span, language, first=run is first_p)
            if run is last_p:
                yield from _leave(source, run.span, language, only=only)


def _grouped(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    for group, members in groupby(runs, _group):
        if group:
            yield group, list(members)
        else:
            yield from (("", [run]) for run in members)


def _signs(group: str, members: Sequence[Run]) -> bool:
    """Return whether a closer takes leave or signs; after a postscript it is the postscript's."""
    parts = {run.state.part for run in members}
    return group == "closer" and not parts.isdisjoint({"valediction", "signed", "named"})


def _group(run: Run) -> str:
    zone, part = run.state
    if zone == TOP and part in OPENER:
        return "opener"
    if zone == BOTTOM and part in CLOSER:
        return "closer"
    return part if part in {"provenance", "postscript"} else ""


def _part(source: Source, run: Run, language: str) -> Iterator[Annotation]:
    part = _kind(run.state)
    rule = f"letter.{run.state.part}"
    if part == "rule":
        return  # a line of marks is the opener's own text
    if run.state.part in EDITORIAL:
        place = EDITORIAL[run.state.part]
        yield Annotation(run.span, part, rule, {"type": "source", "place": place})
        return
    if part == "note":
        place = "margin" if run.state.zone == TOP else "bottom"
        opening = None if place == "margin" else label(source, run.span, language, ANYWHERE)
        yield from note_parts(source, [run.span], opening, place, language)
        return
    yield Annotation(run.span, part, rule)
    if part == "address":
        yield from (Annotation(unit.span, "addrLine", rule) for unit in run.units)
    elif run.state == State(BODY, "p"):
        yield from inline_notes(source, run.span, language)


def _salute(source: Source, span: Span, language: str, *, first: bool) -> Iterator[Annotation]:
    """Yield the salutation that runs on in a paragraph; below the first one it wants a dash."""
    salute = salutation(source, span, language)
    if salute is None:
        return
    if first or source.text[salute.end : salute.end + 3].lstrip(" \n").startswith(DASHES):
        yield Annotation(salute, "salute", "letter.runInSalute")


DASHES = ("--", "—", "–")


def _leave(source: Source, span: Span, language: str, *, only: bool) -> Iterator[Annotation]:
    """Yield the leave and the signature that run on in the last paragraph."""
    valediction, signed = leave(source, span, language, only=only)
    if valediction is not None:
        yield Annotation(valediction, "valediction", "letter.runInValediction")
    if signed is not None:
        yield Annotation(signed, "signed", "letter.runInSigned")


EDITORIAL = MappingProxyType({"introduction": "above", "remark": "below"})
"""What an editor says of a letter, and where."""
PARAGRAPHS = frozenset({"colophon", "postscript", "endorsement", "envelope", "apparatus"})
"""Parts that a division or group is made for, in which their words are paragraphs."""


def _kind(state: State) -> str:
    """Return the kind of a part; TEI has no block after a closer, but a trailer."""
    if state.part in PARAGRAPHS:
        return "p"
    if state.part in HEADS:
        return "head"
    if state.part == "ornament" and state.zone > BODY:
        return "trailer"
    return KINDS.get(state.part, state.part)


def _provenance_note(
    source: Source, span: Span, runs: Sequence[Run], language: str
) -> Iterator[Annotation]:
    """Yield the note that holds what a page says of itself: lists of labels and items.

    Lines with a label make a list of pairs, those without one a list of items; TEI
    does not mix the two (TEI P5, 3.8).
    """
    yield Annotation(span, "provenance", "letter.provenance")
    fields = [read_field(source, run.span, language) for run in runs]
    pairs = list(zip(runs, fields, strict=True))
    for labelled, members in groupby(pairs, lambda p: p[1] is not None and p[1].label is not None):
        lines = list(members)
        whole = Span(lines[0][0].span.start, lines[-1][0].span.end)
        kind = "glossList" if labelled else "list"
        yield Annotation(whole, kind, "letter.provenance")
        for run, field in lines:
            if field is None or field.label is None:
                yield Annotation(run.span, "item", "letter.provenance")
                continue
            before = source[Span(field.label.start, field.value.start)].rstrip(SPACE)
            label = Span(field.label.start, field.label.start + len(before))
            yield Annotation(label, "label", "letter.provenance")
            yield Annotation(field.value, "item", "letter.provenance")
