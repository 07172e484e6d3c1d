"""What the decisions on a letter come to: which tag stands where, and which does not.

They are taken in the order in which they were made, so that the last one on a passage wins.
What cannot be found again in the text, or does not go together, is reported with the file and
the line in which it is written down; nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from epistola.decisions.anchor import How, find
from epistola.decisions.line import NOTE
from epistola.decisions.store import standing
from epistola.mentions.settle import KINDS, WITHIN, share
from epistola.model import (
    NOTHING,
    Action,
    Anchor,
    Annotation,
    Decision,
    Finding,
    Report,
    Severity,
    Source,
    Span,
    ignore,
)

Shown = Mapping[str, Collection[str]]
"""The kinds of tag that there are, and the attributes that each may have."""
ANY = ""
"""Stands for every kind in a rejection that names none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A tag of ``kind`` on ``span`` stands, or does not, because of ``decision``.

    ``values`` are its attributes as far as an editor set them, an empty one taken away;
    ``ref`` is the entry it means, empty for none, and none where nobody said.
    """

    span: Span
    kind: str
    stands: bool
    decision: Decision = field(compare=False)
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    ref: str | None = None


class Placed(NamedTuple):
    """A decision and where it belongs now: its passage, and the one that its tag stood on."""

    decision: Decision
    span: Span
    before: Span | None
    how: How


def judged(
    source: Source, decisions: Iterable[Decision], shown: Shown, report: Report = ignore
) -> tuple[Verdict, ...]:
    """Return what ``decisions`` come to in ``source``, in the order of the text."""
    table: dict[tuple[Span, str], Verdict] = {}
    for one in placed(source, decisions, report):
        if fault := _fault(source, one, shown):
            report(refused(one.decision, fault, one.span))
            continue
        for verdict in _verdicts(one, table):
            table.pop((verdict.span, verdict.kind), None)  # the later, the further back
            table[verdict.span, verdict.kind] = verdict
    kept = _together(list(table.values()), report)
    return tuple(sorted(kept, key=lambda v: (v.span.start, -v.span.end, v.kind)))


def placed(
    source: Source, decisions: Iterable[Decision], report: Report = ignore
) -> Iterator[Placed]:
    """Yield each decision that holds with its place in ``source``; report those without one."""
    for decision in standing(decisions):
        place = find(source, decision.target)
        before = find(source, decision.before) if decision.before is not None else None
        if place is None:
            report(_unplaced(decision, decision.target))
            continue
        if decision.before is not None and before is None:
            report(_unplaced(decision, decision.before))
        span = _trimmed(source, place.span, decision.kind)
        yield Placed(decision, span, before.span if before else None, place.how)


def _trimmed(source: Source, span: Span, kind: str) -> Span:
    """Return ``span`` without white space at its ends, where it is a tag within a sentence."""
    words = source[span]
    if kind not in KINDS and kind not in WITHIN - {NOTE}:
        return span
    bare = words.strip()
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(bare)) if bare else span


def _verdicts(one: Placed, table: Mapping[tuple[Span, str], Verdict]) -> Iterator[Verdict]:
    """Yield what one decision says of tags, given what was said before it."""
    decision, span, before, _ = one
    if decision.kind == NOTE:  # a note is where its passage ends
        span = Span(span.end, span.end)
    if decision.action is Action.REJECT:
        for was, kind in list(table):
            if was == span and decision.kind == ANY:
                yield Verdict(span, kind, stands=False, decision=decision)
        yield Verdict(span, decision.kind, stands=False, decision=decision)
        return
    earlier = table.get((span, decision.kind))
    if decision.action is Action.RELABEL and decision.was != decision.kind:
        yield Verdict(span, decision.was, stands=False, decision=decision)
    if before is not None and before != span:
        earlier = earlier or table.get((before, decision.kind))
        yield Verdict(before, decision.kind, stands=False, decision=decision)
    ref, values = decision.ref, dict(decision.attributes)
    if earlier is not None and earlier.stands:
        ref = earlier.ref if ref is None else ref
        values = {**earlier.values, **values}
    yield Verdict(span, decision.kind, True, decision, values, ref)  # noqa: FBT003 - it stands


def _fault(source: Source, one: Placed, shown: Shown) -> str:
    """Return why a decision cannot be obeyed by any text, or nothing."""
    decision = one.decision
    if decision.kind not in shown and not (
        decision.action is Action.REJECT and decision.kind == ANY
    ):
        return f"there is no kind of tag “{decision.kind}”; docs/decisions.md lists them"
    strange = [name for name in decision.attributes if name not in shown[decision.kind]]
    if strange:
        known = ", ".join(shown[decision.kind]) or "none"
        return f"a {decision.kind} has no attribute “{strange[0]}”; there are {known}"
    wordless = not source[one.span].strip() and decision.kind not in POINTS
    if wordless and decision.action is not Action.REJECT:
        return f"there are no words for a {decision.kind}"
    return ""


POINTS = frozenset({NOTE, "pageBreak", "lineBreak"})
"""The kinds of tag that may stand between two letters."""


# --- what goes together --------------------------------------------------------------------


def _together(verdicts: Sequence[Verdict], report: Report) -> list[Verdict]:
    """Return the verdicts that go together; of two tags that do not, the later decision's."""
    against = [v for v in verdicts if not v.stands]
    tags = [v for v in verdicts if v.stands]
    order = {id(v): at for at, v in enumerate(tags)}
    lost: set[int] = set()
    for one, other in _meeting(tags):
        earlier, later = sorted((one, other), key=lambda v: order[id(v)])
        if {id(one), id(other)} & lost:
            continue
        if one.span.crosses(other.span):
            lost.add(id(earlier))
            report(_conflict(earlier.decision, later.decision, earlier.span))
        elif one.span == other.span and not _may_share(one.kind, other.kind):
            lost.add(id(earlier))
    return [*against, *(v for v in tags if id(v) not in lost)]


def _may_share(one: str, other: str) -> bool:
    """Return whether two tags may have the same words; what is no mention always may."""
    return not (one in KINDS and other in KINDS) or share(one, other)


def _meeting(tags: Iterable[Verdict]) -> Iterator[tuple[Verdict, Verdict]]:
    """Yield the pairs that cross or have the same words, by one walk through the text."""
    opened: list[Verdict] = []
    for tag in sorted(tags, key=lambda v: (v.span.start, -v.span.end)):
        opened = [o for o in opened if o.span.end > tag.span.start]
        if tag.kind != NOTE:
            yield from ((o, tag) for o in opened if o.span not in tag.span or o.span == tag.span)
            opened.append(tag)


def seated(
    verdicts: Sequence[Verdict], structure: Iterable[Annotation], report: Report = ignore
) -> tuple[Verdict, ...]:
    """Return ``verdicts`` but for mentions that cross or hold a part, which is reported."""
    parts = [a for a in structure if a.kind not in WITHIN and len(a.span)] if verdicts else []
    kept: list[Verdict] = []
    for verdict in verdicts:
        mention = verdict.stands and verdict.kind in KINDS
        part = next((p for p in parts if mention and _cuts(p.span, verdict.span)), None)
        if part is None:
            kept.append(verdict)
        else:
            why = f"the part “{part.kind}” of the letter begins or ends within it"
            report(refused(verdict.decision, why, verdict.span))
    return tuple(kept)


def _cuts(part: Span, mention: Span) -> bool:
    """Return whether a border of a part of the letter lies within a mention."""
    return part.crosses(mention) or (part in mention and part != mention)


# --- what is said --------------------------------------------------------------------------


def quoted(anchor: Anchor) -> str:
    """Return the words of a passage for a message, in quotation marks."""
    words = " ".join((anchor.exact or f"{anchor.prefix}|{anchor.suffix}").split())
    return f"“{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}”"


SHOWN = 60


def called(decision: Decision) -> str:
    """Return how a message names a decision: what it does, to what, and where it is written."""
    kind = f" {decision.kind}" if decision.kind else ""
    return f"{decision.action}{kind} {quoted(decision.target)} ({decision.where})"


def _unplaced(decision: Decision, anchor: Anchor) -> Finding:
    message = (
        f"the decision {called(decision)} cannot be placed: {quoted(anchor)} is not in the text,"
        " or at more than one place; decide anew where it belongs, or withdraw it"
    )
    return Finding(Severity.WARNING, "unplaced-decision", message)


def _conflict(earlier: Decision, later: Decision, span: Span) -> Finding:
    message = (
        f"the decision {called(earlier)} is not obeyed: it crosses the later one,"
        f" {called(later)}; withdraw one of them"
    )
    return Finding(Severity.WARNING, "conflicting-decisions", message, span)


def refused(decision: Decision, why: str, span: Span | None = None) -> Finding:
    """Return that a decision cannot be obeyed, and why."""
    message = f"the decision {called(decision)} is not obeyed: {why}"
    return Finding(Severity.WARNING, "refused-decision", message, span)
