"""The decisions that make of what the program says what somebody's corrected file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from epistola.adopt.claims import Claim, is_machine
from epistola.decisions.anchor import anchored
from epistola.decisions.line import NOTE, READINGS
from epistola.mentions.settle import KINDS
from epistola.model import Action, Anchor, Decision, Source, Span
from epistola.tree.policy import POLICY

Claims = Mapping[tuple[Span, str], Claim]


class Difference(NamedTuple):
    """A decision, and the line of the corrected file that asks for it (0: what is gone)."""

    decision: Decision
    line: int


def differences(
    source: Source, corrected: Claims, made: Claims, who: Callable[[Claim | None], str]
) -> Iterator[Difference]:
    """Yield the decisions that make ``corrected`` of ``made``; ``who`` tells whose each is."""
    more = [c for key, c in corrected.items() if key not in made and c.kind in POLICY]
    gone = {key: m for key, m in made.items() if key not in corrected and m.kind in POLICY}
    for claim in more:
        old = _stood_for(claim, gone)
        if old is not None:
            del gone[old.key]
        yield Difference(_made(source, claim, old, who(claim)), claim.line)
    for claim in gone.values():
        at = _passage(source, claim)
        yield Difference(Decision(Action.REJECT, at, claim.kind, creator=who(None)), 0)
    for key in (key for key in corrected if key in made):
        claim = corrected[key]
        if claim.kind in POLICY and _changed(claim, made[key]):
            yield Difference(_again(source, claim, made[key], who(claim)), claim.line)


def _stood_for(claim: Claim, gone: Claims) -> Claim | None:
    """Return the one mention that is gone in whose stead ``claim`` stands."""
    if claim.kind not in KINDS:
        return None
    near = [m for m in gone.values() if m.kind in KINDS and m.span.overlaps(claim.span)]
    same = [m for m in near if m.span == claim.span]
    alike = [m for m in near if m.kind == claim.kind]
    return next(iter(same or alike), None) if len(same or alike) == 1 else None


def _made(source: Source, claim: Claim, old: Claim | None, creator: str) -> Decision:
    """Return the decision that makes a tag, from another one that stood there, if any."""
    at = _passage(source, claim)
    if claim.kind == NOTE:
        return _with_words(Action.NOTE, at, claim, creator)
    if claim.kind in READINGS and claim.text:
        return _with_words(Action.CHOICE, at, claim, creator)
    action, was, before = Action.ADD, "", None
    if old is not None and old.span == claim.span:
        action, was = Action.RELABEL, old.kind
    elif old is not None:
        action, before = Action.RETAG, _passage(source, old)
    ref = claim.ref if POLICY[claim.kind].link else None
    values, cert = dict(claim.values), "" if is_machine(claim) else claim.cert
    return Decision(action, at, claim.kind, was, before, ref, values, cert=cert, creator=creator)


def _with_words(action: Action, at: Anchor, claim: Claim, creator: str) -> Decision:
    """Return the decision for a note or a reading: words of an editor's own."""
    return Decision(
        action,
        at,
        claim.kind,
        attributes=dict(claim.values),
        text=claim.text,
        markup=claim.markup,
        cert=claim.cert,
        creator=creator,
    )


def _changed(claim: Claim, made: Claim) -> bool:
    """Return whether a tag says something else, or what the machine was not certain of."""
    said = (dict(claim.values), claim.ref, claim.text, claim.markup)
    if said != (dict(made.values), made.ref, made.text, made.markup):
        return True
    return (is_machine(made) and not is_machine(claim)) or not _alike(claim, made)


def _alike(claim: Claim, made: Claim) -> bool:
    """Return whether no editor says how certain a tag is, or both say the same."""
    said = "" if is_machine(claim) else claim.cert
    return not said or said == made.cert


def _again(source: Source, claim: Claim, made: Claim, creator: str) -> Decision:
    """Return the decision that makes a tag say what it says now."""
    if claim.text or claim.kind == NOTE:
        return _made(source, claim, None, creator)
    taken = {name: "" for name in made.values if name not in claim.values}
    values = {**taken, **{k: v for k, v in claim.values.items() if made.values.get(k) != v}}
    link = POLICY[claim.kind].link
    same = not values and is_machine(made) == is_machine(claim) and _alike(claim, made)
    return Decision(
        Action.RELINK if same and claim.ref != made.ref else Action.ACCEPT,
        _passage(source, claim),
        claim.kind,
        ref=claim.ref if link else None,
        attributes=values or dict(claim.values),
        cert="" if is_machine(claim) else claim.cert,
        creator=creator,
    )


def _passage(source: Source, claim: Claim) -> Anchor:
    """Return the passage of a tag; of a note, the word behind which it stands."""
    span = claim.span
    if not len(span):
        start = span.start
        while start > 0 and not source.text[start - 1].isspace() and span.end - start < LONGEST:
            start -= 1
        span = Span(start, span.end)
    return anchored(source, span)


LONGEST = 40
