"""Turn a flat list of annotations into a forest in which none cross.

Where two cross, the one whose kind comes later in the policy is left out; so is one
that TEI does not allow where it stands. Both are reported, with their rival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from epistola.model import Annotation, Finding, Report, Severity, Source, ignore
from epistola.tree.policy import POLICY, Policy


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
    roots: list[Node] = []
    for annotation in sorted(uncrossed, key=lambda a: _reading_order(a, rank)):
        trail = _around(roots, annotation)
        parent = trail[-1] if trail else None
        if parent is not None and annotation.kind not in policy[parent.annotation.kind].holds:
            report(_misplaced(source, annotation, parent.annotation))
            continue
        siblings = parent.children if parent is not None else roots
        siblings.append(Node(annotation))
    return roots


Order = tuple[int, int, int, str, str, str, float]


def _reading_order(annotation: Annotation, rank: dict[str, int]) -> Order:
    span = annotation.span
    return span.start, -span.end, rank[annotation.kind], *_tie(annotation)


def _strength(annotation: Annotation, rank: dict[str, int]) -> Order:
    """Return a key by which the stronger annotation comes first."""
    span = annotation.span
    return rank[annotation.kind], -len(span), span.start, *_tie(annotation)


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
    return Finding(Severity.WARNING, "crossing", message, loser.span)


def _misplaced(source: Source, annotation: Annotation, parent: Annotation) -> Finding:
    message = (
        f"{annotation.kind} “{_shown(source, annotation)}” is left out: TEI allows none in"
        f" the {parent.kind} “{_shown(source, parent)}”"
    )
    return Finding(Severity.INFO, "misplaced", message, annotation.span)


def _shown(source: Source, annotation: Annotation) -> str:
    words = " ".join(source[annotation.span].split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


SHOWN = 60
