"""Turn a flat list of annotations into a forest in which none cross.

Where two cross, the one whose kind comes later in the policy is left out; so is one
that TEI does not allow where it stands. Both are reported, with their rival. What an editor
decided comes before all that the machine says of words within a part of the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from epistola.model import DECIDED, Annotation, Finding, Report, Severity, Source, ignore
from epistola.tree.policy import INTER, POLICY, Policy


@dataclass(frozen=True, slots=True)
class Node:
    """An annotation and those that stand in it, in the order of the text."""

    annotation: Annotation
    children: list[Node] = field(default_factory=list)


def nest(
    source: Source,
    annotations: Iterable[Annotation],
    policy: Policy = POLICY,
    report: Report = ignore,
) -> list[Node]:
    """Return the forest of ``annotations``; the order in which they come is irrelevant."""
    rank = {kind: place for place, kind in enumerate(policy)}
    uncrossed = _uncrossed(source, annotations, rank, report)
    ordered = sorted(uncrossed, key=lambda a: _reading_order(a, rank))
    while True:
        roots: list[Node] = []
        misplaced = list(_planted(ordered, roots, policy))
        lost = {id(p) for a, p in misplaced if a.rule == DECIDED and _gives_way(p)}
        if not lost:
            break
        for annotation in (a for a in ordered if id(a) in lost):
            report(_yielding(source, annotation))
        ordered = [a for a in ordered if id(a) not in lost]
    for annotation, parent in misplaced:
        report(_misplaced(source, annotation, parent))
    return roots


def _planted(
    ordered: Iterable[Annotation], roots: list[Node], policy: Policy
) -> Iterator[tuple[Annotation, Annotation]]:
    """Put annotations in reading order into the forest; yield those with no place, and where."""
    for annotation in ordered:
        trail = _around(roots, annotation)
        if annotation.kind == NOTE:
            trail = _behind(trail, annotation, policy)
        parent = trail[-1] if trail else None
        if parent is not None and annotation.kind not in policy[parent.annotation.kind].holds:
            yield annotation, parent.annotation
            continue
        siblings = parent.children if parent is not None else roots
        siblings.append(Node(annotation))


NOTE = "remark"


def _behind(trail: list[Node], note: Annotation, policy: Policy) -> list[Node]:
    """Return ``trail`` without the nodes that end where an editor's note stands behind them."""
    while len(trail) > 1 and trail[-1].annotation.span.end == note.span.end:
        if note.kind not in policy[trail[-2].annotation.kind].holds:
            break
        trail = trail[:-1]
    return trail


def _gives_way(annotation: Annotation) -> bool:
    """Return whether an editor's tag that may not stand in ``annotation`` removes it."""
    return annotation.rule != DECIDED and annotation.kind in INTER


Order = tuple[int, int, int, str, str, str, float]
Strength = tuple[bool, int, int, int, str, str, str, float]


def _reading_order(annotation: Annotation, rank: dict[str, int]) -> Order:
    span = annotation.span
    return span.start, -span.end, rank[annotation.kind], *_tie(annotation)


def _strength(annotation: Annotation, rank: dict[str, int]) -> Strength:
    """Return a key by which the stronger annotation comes first."""
    span = annotation.span
    return _gives_way(annotation), rank[annotation.kind], -len(span), span.start, *_tie(annotation)


def _tie(annotation: Annotation) -> tuple[str, str, str, float]:
    """Return what tells two annotations of one kind and span apart."""
    values = repr(sorted(annotation.values.items()))
    return annotation.rule, values, annotation.entry or "", annotation.certainty


def _around(roots: Sequence[Node], annotation: Annotation) -> list[Node]:
    """Return the nodes that hold ``annotation``, the outermost first."""
    trail: list[Node] = []
    siblings = roots
    while siblings and annotation.span in siblings[-1].annotation.span:
        trail.append(siblings[-1])
        siblings = siblings[-1].children
    return trail


def _uncrossed(
    source: Source, annotations: Iterable[Annotation], rank: dict[str, int], report: Report
) -> list[Annotation]:
    """Return the annotations that cross none of a stronger kind.

    Strength is the policy's order, then length, then place. A loser takes none down
    with it: what it would have beaten stays.
    """
    kept = sorted(set(annotations), key=lambda a: _reading_order(a, rank))
    while pairs := _crossings(kept):
        ranked = [sorted(pair, key=lambda a: _strength(a, rank)) for pair in pairs]
        lost: set[int] = set()
        for winner, loser in sorted(ranked, key=lambda pair: _strength(pair[0], rank)):
            if id(winner) not in lost and id(loser) not in lost:
                lost.add(id(loser))
                report(_crossing(source, loser, winner))
        kept = [a for a in kept if id(a) not in lost]
    return kept


def _crossings(ordered: Sequence[Annotation]) -> list[tuple[Annotation, Annotation]]:
    """Return all pairs that cross, by one walk through the text with what is open."""
    opened: list[Annotation] = []
    pairs: list[tuple[Annotation, Annotation]] = []
    for annotation in ordered:
        opened = [a for a in opened if a.span.end > annotation.span.start]
        pairs.extend((a, annotation) for a in opened if a.span.crosses(annotation.span))
        opened.append(annotation)
    return pairs


def _crossing(source: Source, loser: Annotation, winner: Annotation) -> Finding:
    message = (
        f"{loser.kind} “{_shown(source, loser)}” is left out: it crosses the"
        f" {winner.kind} “{_shown(source, winner)}”"
    )
    return _told(Finding(Severity.WARNING, "crossing", message, loser.span), loser)


def _misplaced(source: Source, annotation: Annotation, parent: Annotation) -> Finding:
    message = (
        f"{annotation.kind} “{_shown(source, annotation)}” is left out: TEI allows none in"
        f" the {parent.kind} “{_shown(source, parent)}”"
    )
    return _told(Finding(Severity.INFO, "misplaced", message, annotation.span), annotation)


def _yielding(source: Source, annotation: Annotation) -> Finding:
    shown = _shown(source, annotation)
    message = f"{annotation.kind} “{shown}” is left out: an editor's tag may not stand in it"
    return Finding(Severity.INFO, "misplaced", message, annotation.span)


def _told(finding: Finding, annotation: Annotation) -> Finding:
    """Return ``finding`` with what else is to be said where the annotation is an editor's."""
    if annotation.rule != DECIDED:
        return finding
    message = f"{finding.message}; an editor decided so in {annotation.values.get('decided', '')}"
    return replace(finding, severity=Severity.WARNING, code="refused-decision", message=message)


def _shown(source: Source, annotation: Annotation) -> str:
    words = " ".join(source[annotation.span].split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


SHOWN = 60
