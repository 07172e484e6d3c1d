"""Let an editor's verdicts stand among the claims of the machine: they beat every one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from epistola.decisions.judge import ANY, Verdict
from epistola.mentions.settle import KINDS
from epistola.model import DECIDED, Annotation, Decision

SEVERAL = frozenset({"quote", "speech", "mentioned", "soCalled"})
"""Mentions that may stand within others of their kind: one rejected says nothing of these."""


def obey(annotations: Iterable[Annotation], verdicts: Sequence[Verdict]) -> tuple[Annotation, ...]:
    """Return ``annotations`` as ``verdicts`` want them, in the order of the text.

    A tag that was rejected is not among them, whatever rule makes it, and a mention that was
    rejected in no other form either: "Mr. Mill" goes where "Mill" was rejected. A tag that
    stands is an editor's (rule ``decision``): it has the machine's values, where the machine
    makes the same tag, and the editor's over them. Obeying twice is obeying once.
    """
    if not verdicts:
        return tuple(annotations)
    kept = without(annotations, verdicts)
    theirs = {(a.span, a.kind): a for a in kept}
    made = {(v.span, v.kind): _tag(v, theirs.get((v.span, v.kind))) for v in verdicts if v.stands}
    rest = (a for a in kept if (a.span, a.kind) not in made)
    return tuple(sorted([*rest, *made.values()], key=lambda a: (a.span.start, -a.span.end)))


def without(
    annotations: Iterable[Annotation], verdicts: Sequence[Verdict]
) -> tuple[Annotation, ...]:
    """Return ``annotations`` but for what an editor rejected."""
    gone = [v for v in verdicts if not v.stands]
    return tuple(
        a for a in annotations if a.rule == DECIDED or not any(_is_rejected(a, v) for v in gone)
    )


def structural(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts on tags that are no mentions."""
    return tuple(v for v in verdicts if v.kind not in KINDS and v.kind != ANY)


def _is_rejected(a: Annotation, verdict: Verdict) -> bool:
    if verdict.kind == ANY:
        return a.kind in KINDS and a.span == verdict.span
    if a.kind != verdict.kind:
        return False
    loose = a.kind in KINDS and a.kind not in SEVERAL
    return a.span == verdict.span or (loose and a.span.overlaps(verdict.span))


def _tag(verdict: Verdict, machine: Annotation | None) -> Annotation:
    own = dict(machine.values) if machine is not None else {}
    values = {name: value for name, value in {**own, **verdict.values}.items() if value}
    return Annotation(verdict.span, verdict.kind, DECIDED, {**values, **said(verdict.decision)})


def said(decision: Decision) -> dict[str, str]:
    """Return what a tag tells of the decision behind it: who, how certain, which words."""
    found = {
        "decider": decision.creator,
        "cert": decision.cert,
        "decided": decision.where,
        "text": decision.text,
        "markup": "yes" if decision.markup else "",
    }
    return {name: value for name, value in found.items() if value}
