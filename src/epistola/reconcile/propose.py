"""One candidate for each entry, or none and the reason; ambiguity is reported, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from epistola.model import Finding, Severity
from epistola.reconcile.card import NO_YEARS, Card, Years
from epistola.reconcile.compare import Match, match_by_number
from epistola.reconcile.numbers import Identity, Number

CLEAR = 5.0
"""How many times likelier by accident the second best must be for the best to be clear."""
SHOWN = 5
"""How many candidates of an undecided entry are named."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry to find numbers for: what it says, where it stands, when letters name it."""

    file: str
    id: str
    card: Card
    line: int = 0
    column: int = 0
    named_in: Years = NO_YEARS


class Reason(StrEnum):
    """Why there is no proposal for an entry."""

    FOUND = ""
    UNKNOWN = "nothing like it"
    VAGUE = "its name alone says too little"
    AMBIGUOUS = "several fit"
    SHARED = "another entry fits the same"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found for an entry: the one match, or the candidates and why none was chosen."""

    subject: Subject
    best: Match | None = None
    rivals: tuple[Match, ...] = ()
    reason: Reason = Reason.FOUND
    others: tuple[str, ...] = ()
    """The entries that fit the same candidate as well."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number proposed for an entry, and the match that it rests on."""

    subject: Subject
    number: Number
    match: Match

    @property
    def about(self) -> tuple[str, str, Identity]:
        """Return what makes it the same proposal as another: the entry and the number."""
        return Path(self.subject.file).name, self.subject.id, self.number.identity


class Source(Protocol):
    """Where candidates come from: an authority file, or the answers of a service."""

    def by_number(self, card: Card) -> tuple[Card, ...]:
        """Return the cards that have one of the numbers of ``card``."""

    def matches(self, entry: Card, named_in: Years) -> list[Match]:
        """Return what may be the same as ``entry``, the least accidental first."""


def judge(subjects: Iterable[Subject], source: Source) -> list[Verdict]:
    """Return what ``source`` has for each of ``subjects``, in their order."""
    return _apart([_judged(subject, source) for subject in subjects])


def _judged(subject: Subject, source: Source) -> Verdict:
    known = source.by_number(subject.card)
    if known:
        same = tuple(match_by_number(subject.card, card) for card in known)
        if len({_whose(one) for one in same}) == 1:
            return Verdict(subject, same[0])
        return Verdict(subject, None, same, Reason.AMBIGUOUS)
    found = source.matches(subject.card, subject.named_in)
    if not found:
        return Verdict(subject, reason=Reason.UNKNOWN)
    best = found[0]
    if not best.certainty:
        return Verdict(subject, None, tuple(found), Reason.VAGUE)
    close = [one for one in found[1:] if one.chance < best.chance * CLEAR]
    rivals = [one for one in close if _whose(one) != _whose(best)]
    if rivals:
        return Verdict(subject, None, (best, *rivals), Reason.AMBIGUOUS)
    return Verdict(subject, best)


def _apart(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return ``verdicts``, no card given to two entries: to the one it clearly fits better."""
    claims: dict[Hashable, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.best is not None:
            claims[_whose(verdict.best)].append(verdict)
    return [_yielding(one, claims[_whose(one.best)]) if one.best else one for one in verdicts]


def _whose(match: Match) -> Hashable:
    """Return what makes two candidates one: their numbers, and without any the very card."""
    return frozenset(number.identity for number in match.card.numbers) or id(match.card)


def _yielding(verdict: Verdict, claims: Iterable[Verdict]) -> Verdict:
    best = verdict.best
    if best is None:
        return verdict
    others = [
        one.subject.id
        for one in claims
        if one is not verdict and one.best and one.best.chance <= best.chance * CLEAR
    ]
    if not others:
        return verdict
    return replace(verdict, best=None, rivals=(best,), reason=Reason.SHARED, others=tuple(others))


def proposals(verdict: Verdict) -> Iterator[Proposal]:
    """Yield the numbers that an entry lacks, none of an authority that it has one of."""
    if verdict.best is None:
        return
    held = {number.identity.authority for number in verdict.subject.card.numbers}
    for number in verdict.best.card.numbers:
        if number.identity.authority not in held:
            yield Proposal(verdict.subject, number, verdict.best)


def undisputed(
    found: Iterable[Proposal],
) -> tuple[list[Proposal], list[tuple[Subject, Finding]]]:
    """Return ``found``, each number once, but for those on which two sources disagree.

    Those are findings.
    """
    by_place: dict[tuple[str, str, str], list[Proposal]] = defaultdict(list)
    for one in found:
        by_place[one.subject.file, one.subject.id, one.number.identity.authority].append(one)
    agreed: list[Proposal] = []
    disputed: list[tuple[Subject, Finding]] = []
    for some in by_place.values():
        if len({one.number.identity for one in some}) == 1:
            agreed.append(min(some, key=lambda one: one.match.chance))
        else:
            disputed.append((some[0].subject, _disputed(some)))
    return agreed, disputed


def _disputed(some: Sequence[Proposal]) -> Finding:
    subject = some[0].subject
    shown = "; ".join(candidate(one.match) for one in some)
    message = f"for “{subject.id}” nothing is proposed, the sources disagree: {shown}"
    return _finding(Severity.WARNING, "undecided-number", message, subject)


def findings(verdict: Verdict) -> Iterator[Finding]:
    """Yield what an editor should know: what was not decided, what contradicts a number."""
    subject = verdict.subject
    if verdict.reason in {Reason.AMBIGUOUS, Reason.SHARED}:
        shown = "; ".join(candidate(one) for one in verdict.rivals[:SHOWN])
        more = len(verdict.rivals) - SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        why = verdict.reason + "".join(f", “{one}”" for one in verdict.others)
        message = f"for “{subject.id}” nothing is proposed, {why}: {shown}{rest}"
        yield _finding(Severity.WARNING, "undecided-number", message, subject)
    for own, other in _contradictions(verdict):
        message = (
            f"“{subject.id}” has {own.authority} {own.value}, and what fits it best has"
            f" {other.value}: {candidate(verdict.best) if verdict.best else ''}"
        )
        yield _finding(Severity.WARNING, "contradicted-number", message, subject)


def _contradictions(verdict: Verdict) -> Iterator[tuple[Number, Number]]:
    if verdict.best is None or verdict.best.certainty == "low":
        return
    for number in verdict.best.card.numbers:
        of_its = [
            own
            for own in verdict.subject.card.numbers
            if own.identity.authority == number.identity.authority
        ]
        if of_its and all(own.identity != number.identity for own in of_its):
            yield of_its[0], number


def _finding(severity: Severity, code: str, message: str, subject: Subject) -> Finding:
    return Finding(severity, code, message, line=subject.line, column=subject.column)


def candidate(one: Match) -> str:
    """Return how a candidate is shown: its name, years, numbers, and what speaks for it."""
    numbers = ", ".join(number.value for number in one.card.numbers) or "no number"
    return f"“{one.card.label}” ({numbers}; {', '.join(one.evidence)})"
