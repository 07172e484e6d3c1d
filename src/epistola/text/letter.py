"""Find the parts of a letter: what opens it, its paragraphs, what closes it.

Each unit of the text (a paragraph, or a line that was meant as one) may be any part;
how ill it looks as each is a cost. A letter is a walk through zones (top, body,
bottom, after, colophon) that never goes back, but for a signature after a
postscript. The cheapest walk over the whole letter is its structure (Viterbi), so
that no single line decides alone and nothing is left over: what looks like no part
is a paragraph. Where TEI allows which part is part of the walk (TEI P5, 4.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import NamedTuple

from epistola.model import Annotation, Report, Source, Span, ignore
from epistola.text.anchors import tied
from epistola.text.blocks import SPACE, Unit, page_breaks, units
from epistola.text.look import Look, looks, salutation
from epistola.text.metadata import read_field
from epistola.text.notes import (
    ANYWHERE,
    Section,
    inline_notes,
    label,
    note_parts,
    section_parts,
    sections,
)
from epistola.text.pages import page_numbers

NEVER = 99.0

TOP, BODY, BOTTOM, AFTER, COLOPHON = range(5)


class State(NamedTuple):
    """A part in a zone."""

    zone: int
    part: str


class Run(NamedTuple):
    """Units that make one part together."""

    state: State
    units: tuple[Unit, ...]

    @property
    def span(self) -> Span:
        """What the units cover together."""
        return Span(self.units[0].span.start, self.units[-1].span.end)


def structure(source: Source, language: str, report: Report = ignore) -> list[Annotation]:
    """Return the parts of ``source`` as annotations; every word stands in one of them.

    Kinds: letter, head, byline, provenance, list, glossList, label, item, opener,
    address, addrLine, dateline, salute, p, ornament, note, anchor, closer, valediction,
    signed, trailer, postscript, notes, colophon, pageBreak. Notes and markers that are
    not tied to each other are reported.
    """
    numbers = {number.span for number in page_numbers(source, language)}
    found = tuple(unit for unit in units(source) if unit.span not in numbers)
    breaks = [Annotation(span, "pageBreak", "letter.formFeed") for span in page_breaks(source)]
    if not found:
        return breaks
    gathered = sections(source, found, language)
    start, end = (gathered[0].start, gathered[-1].end) if gathered else (len(found), len(found))
    walked = (*found[:start], *found[end:])
    runs = _runs(walked, _walk(looks(source, walked, language)))
    rest = [run for run in runs if gathered and run.span.start >= found[start].span.start]
    text = _sound(runs[: len(runs) - len(rest)])
    colophon = [run for run in rest if run.state.zone == COLOPHON]
    parts = [
        *_divisions([*text, *colophon]),
        *_parts(source, [*text, *colophon], language),
        *_notes(source, found, gathered, rest, language),
    ]
    return [*tied(source, parts, report), *breaks]


# --- how ill a unit looks as each part -------------------------------------------------


def _head(look: Look) -> float:
    """Return the cost of a heading: short, capitalised, without a full stop."""
    if look.ornament:
        return NEVER
    cost = 0.9 + look.length / 60 + 0.6 * look.sentence + 1.4 * look.dated
    cost += (
        3 * (look.field is not None)
        + 1.5 * (look.enumerated and not look.shout)
        + 1.5 * look.opens("salute")
        + 3 * (not look.capital)
    )
    return cost + (4 if look.length > 150 or look.lines > 3 else 0)


def _number(look: Look) -> float:
    return 0.2 if look.number else NEVER


def _heading(look: Look) -> float:
    """Return the cost of a heading such as an editor sets above a letter: "To Miss X"."""
    worded = look.between or (look.opens("heading") and not look.colon)
    if look.length > 120 or not look.capital or not worded:
        return NEVER
    return 0.5 + 0.4 * look.dated + 0.8 * (look.capitals < 0.5)


def _dated(look: Look) -> float:
    """Return the cost of a date in brackets under a title: "(1899)"."""
    return 0.2 if look.dated and look.parenthesised and look.length < 40 else NEVER


def _byline(look: Look) -> float:
    if look.field is not None and look.field.kind == "author" and look.field.label is None:
        return 0.3 if look.length < 60 else NEVER
    if not (look.name and look.proper) and not look.author:
        return NEVER
    known = look.author or look.forename
    return (0.4 if known else 1.1) + 0.6 * (not look.first and not look.author)


def _provenance(look: Look) -> float:
    if look.field is None:
        return 2.0 if look.dated and look.capital and look.length < 120 else NEVER
    if look.field.label is not None:
        return 0.2
    return 0.3 + look.length / 120 + 0.6 * look.opens("heading")


def _sidenote(look: Look) -> float:
    return 0.2 if look.opens("sidenote") else NEVER


def _dateline(look: Look) -> float:
    if look.length > 100 or look.lines > 2 or look.field is not None:
        return NEVER
    if look.dated:
        return 0.5 + 0.6 * (look.length > 70) + 1.5 * (not look.capital)
    if look.name and look.forename:
        return NEVER
    return 1.9 if look.capital and look.ends_open and look.length < 60 else NEVER


def _address(look: Look) -> float:
    short = look.capital and look.length < 60 and look.lines == 1
    short = short and not look.dated and not look.enumerated
    return 1.8 - 0.4 * look.comma if short else NEVER


def _salute(look: Look) -> float:
    if not look.opens("salute") or look.length > 80 or look.lines > 2:
        return NEVER
    return 0.2 if look.ends_open else 0.9


def _p(look: Look) -> float:
    unfinished = not look.sentence and look.length < 60
    labelled = look.field is not None and look.field.label is not None and look.capital
    return 0.5 + 1.3 * unfinished + 0.9 * (look.length < 60 and look.sentence) + 2.0 * labelled


def _note(look: Look) -> float:
    if look.opens("footnote") and look.bracketed:
        return 0.2
    return 0.3 if look.numbered else NEVER


def _end_note(look: Look) -> float:
    return 0.6 if look.starred else _note(look)


def _ornament(look: Look) -> float:
    return 0.1 if look.ornament else NEVER


def _valediction(look: Look) -> float:
    if look.length > 130 or look.lines > 2:
        return NEVER
    cost = 0.4 + look.length / 200 + 0.3 * (look.sentence and look.length > 60)
    if look.opens("valediction"):
        return cost + 0.8 * look.names_bearer
    return cost + 0.5 if look.valedictory and look.length < 90 else NEVER


def _signed(look: Look) -> float:
    """Return the cost of a signature: a name, alone or after a word of leave."""
    if look.opens("signed") and look.length < 60:
        return 0.2
    if _is_no_signature(look):
        return NEVER
    if look.names_bearer:
        return 0.5 - 0.6 * look.follows_valediction
    cost = 0.9 + 1.2 * (look.place and not look.forename)
    return cost - 2.4 * look.follows_valediction - 0.3 * look.shout


def _is_no_signature(look: Look) -> bool:
    """Return whether a line is too long for a signature, names nobody, or is another part."""
    if look.length > 48 or look.lines > 1 or not (look.name or look.initials or look.names_bearer):
        return True
    other = look.opens("footnote") or look.opens("postscript") or look.bare_valediction
    return other or look.number or (look.opens("salute") and look.length < len("my dear madam!"))


def _end_address(look: Look) -> float:
    return _address(look) + 0.7


def _postscript(look: Look) -> float:
    return -0.8 if look.opens("postscript") else _p(look) + 0.5


def _colophon(look: Look) -> float:
    """Return the cost of the page's own last lines: when it was updated, where to go back."""
    if look.field is not None and look.field.kind == "updated":
        return 0.1
    return 2.5 if look.length < 100 and not look.first else NEVER


COSTS: Mapping[State, Callable[[Look], float]] = MappingProxyType(
    {
        State(TOP, "number"): _number,
        State(TOP, "heading"): _heading,
        State(TOP, "head"): _head,
        State(TOP, "dated"): _dated,
        State(TOP, "byline"): _byline,
        State(TOP, "provenance"): _provenance,
        State(TOP, "note"): _sidenote,
        State(TOP, "dateline"): _dateline,
        State(TOP, "address"): _address,
        State(TOP, "salute"): _salute,
        State(BODY, "p"): _p,
        State(BODY, "note"): _note,
        State(BODY, "ornament"): _ornament,
        State(BOTTOM, "valediction"): _valediction,
        State(BOTTOM, "signed"): _signed,
        State(BOTTOM, "dateline"): _dateline,
        State(BOTTOM, "address"): _end_address,
        State(BOTTOM, "note"): _end_note,
        State(BOTTOM, "ornament"): _ornament,
        State(AFTER, "postscript"): _postscript,
        State(AFTER, "note"): _end_note,
        State(AFTER, "ornament"): _ornament,
        State(COLOPHON, "colophon"): _colophon,
    }
)
STATES = tuple(COSTS)
OPENER = frozenset({"dateline", "address", "salute"})
CLOSER = frozenset({"valediction", "signed", "dateline", "address"})
SOLID = frozenset({State(BODY, "p"), State(BODY, "ornament")})
KINDS = MappingProxyType({"number": "head", "heading": "head", "dated": "dateline"})

# --- the walk --------------------------------------------------------------------------


def _step(before: State, after: State, *, same_block: bool) -> float:
    """Return the cost of going from one part to the next."""
    if after.zone < before.zone:
        return 0.4 if (before.zone, after.zone) == (AFTER, BOTTOM) else NEVER
    if before.zone == TOP and after.zone in {BOTTOM, AFTER}:
        return NEVER  # TEI wants a paragraph between an opener and a closer
    if before.part == after.part:
        return _same(before.part, same_block=same_block)
    return STEPS.get((before.part, after.part), 0.0) + _entering(before, after)


def _same(part: str, *, same_block: bool) -> float:
    """Return the cost of one part going on: lines of one block belong together."""
    if same_block and part in TOGETHER:
        return TOGETHER[part]
    if part in {"dateline", "address"}:
        return 1.2
    return {"salute": 1.0, "byline": 2.0, "signed": 0.9, "valediction": -0.2}.get(part, 0.0)


TOGETHER = MappingProxyType({"provenance": -1.3, "dateline": -1.3, "address": -1.0, "p": -0.8})
"""The cost of two lines of one block being the same part."""


def _entering(before: State, after: State) -> float:
    """Return the cost of what is out of its usual order."""
    if after.part == "postscript":
        return 0.9
    if after.zone == BOTTOM and before.zone < BOTTOM:
        return {"valediction": 0.0, "ornament": 0.0, "note": 0.0, "signed": 1.0}.get(
            after.part, 2.0
        )
    late = before.zone == after.zone == TOP and before.part in OPENER
    return 2.0 if late and after.part in {"byline", "provenance", "head", "heading"} else 0.0


STEPS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("valediction", "signed"): -0.8,
        ("head", "byline"): 0.4,
        ("salute", "dateline"): 1.2,
        ("salute", "address"): 1.2,
        ("salute", "p"): -0.3,
        ("dateline", "salute"): -0.2,
        ("address", "salute"): -0.2,
        ("provenance", "dateline"): 0.6,
        ("signed", "valediction"): 1.0,
    }
)


def _walk(seen: Sequence[Look]) -> list[State]:
    """Return the cheapest sequence of states: one for each look."""
    costs = {s: COSTS[s](seen[0]) + (0.0 if s.zone in {TOP, BODY} else NEVER) for s in STATES}
    trails: list[dict[State, State]] = []
    for before, look in pairwise(seen):
        trail: dict[State, State] = {}
        reached: dict[State, float] = {}
        for state in STATES:
            own = COSTS[state](look)
            if own >= NEVER:
                continue
            best = min(
                costs,
                key=lambda s: costs[s] + _step(s, state, same_block=before.block == look.block),
            )
            step = _step(best, state, same_block=before.block == look.block)
            reached[state], trail[state] = costs[best] + own + step, best
        costs = reached
        trails.append(trail)
    path = [min(costs, key=costs.__getitem__)]
    for trail in reversed(trails):
        path.append(trail[path[-1]])
    return path[::-1]


# --- from states to parts --------------------------------------------------------------


def _runs(found: Sequence[Unit], states: Sequence[State]) -> list[Run]:
    """Join units of one block that are the same part."""
    whole = {"p", "postscript", "dateline", "address", "note", "heading", "valediction"}
    runs: list[Run] = []
    for unit, state in zip(found, states, strict=True):
        last = runs[-1] if runs else None
        joins = last is not None and last.state == state and last.units[-1].block == unit.block
        if last is not None and joins and state.part in whole:
            runs[-1] = Run(state, (*last.units, unit))
        else:
            runs.append(Run(state, (unit,)))
    return runs


def _sound(runs: list[Run]) -> list[Run]:
    """Return ``runs`` such that a closer follows a paragraph, as TEI wants it.

    A text of notes and a signature has none; its last lines are paragraphs then.
    """
    if any(run.state in SOLID for run in runs):
        return runs
    return [Run(State(BODY, "p"), r.units) if r.state.zone in {BOTTOM, AFTER} else r for r in runs]


def _divisions(runs: Sequence[Run]) -> Iterator[Annotation]:
    for is_colophon, group in groupby(runs, lambda run: run.state.zone == COLOPHON):
        members = list(group)
        span = Span(members[0].span.start, members[-1].span.end)
        yield Annotation(span, "colophon" if is_colophon else "letter", "letter.walk")


def _notes(
    source: Source,
    found: Sequence[Unit],
    gathered: Sequence[Section],
    rest: Sequence[Run],
    language: str,
) -> Iterator[Annotation]:
    """Yield the sections of notes, a division each; what is left between belongs to them."""
    starts = [found[section.start].span.start for section in gathered]
    last = [run.span for run in rest if run.state.zone != COLOPHON]
    for at, section in enumerate(gathered):
        stop = gathered[at + 1].start if at + 1 < len(gathered) else section.end
        loose = [unit.span for unit in found[section.end : stop]]
        loose += last if at + 1 == len(gathered) else []
        end = max(found[section.end - 1].span.end, *(span.end for span in loose), 0)
        yield Annotation(Span(starts[at], end), "notes", "notes.section")
        yield from section_parts(source, found, section, language)
        yield from (Annotation(span, _loose(source[span]), "notes.rest") for span in loose)


def _loose(text: str) -> str:
    return "p" if any(char.isalnum() for char in text) else "ornament"


def _parts(source: Source, runs: Sequence[Run], language: str) -> Iterator[Annotation]:
    """Yield what each run becomes, with the opener, closer or note around it."""
    for group, members in _grouped(runs):
        span = Span(members[0].span.start, members[-1].span.end)
        if group == "provenance":
            yield from _provenance_note(source, span, members, language)
            continue
        if group:
            yield Annotation(span, group, "letter.walk")
        for run in members:
            yield from _part(source, run, language)


def _grouped(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    for group, members in groupby(runs, _group):
        if group:
            yield group, list(members)
        else:
            yield from (("", [run]) for run in members)


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
    if part in {"colophon", "postscript"}:
        yield Annotation(run.span, "p", rule)
        return
    if part == "note":
        place = "margin" if run.state.zone == TOP else "bottom"
        opening = None if place == "margin" else label(source, run.span, language, ANYWHERE)
        yield from note_parts(source, [run.span], opening, place, language)
        return
    yield Annotation(run.span, part, rule)
    if part == "address":
        yield from (Annotation(unit.span, "addrLine", rule) for unit in run.units)
    elif part == "p":
        yield from inline_notes(source, run.span, language)
        if salute := salutation(source, run.span, language):
            yield Annotation(salute, "salute", "letter.runInSalute")


def _kind(state: State) -> str:
    """Return the kind of a part; TEI has no block after a closer, but a trailer."""
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
