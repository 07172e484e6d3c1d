"""Revise the names that the rules found: some more, some longer or shorter, each weighed.

The rules' names stay unless the tagger is sure of another that crosses, covers or replaces
them; every name of a person or a place is then given to the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

from epistola.gazetteer import Names
from epistola.mentions.learned.features import NAMED, OPEN, Row, rows, words_within
from epistola.mentions.learned.model import Labelled, Model, judge, label
from epistola.mentions.names.capitals import Scan, scan
from epistola.mentions.names.persons import person_mention
from epistola.mentions.names.phrases import Name
from epistola.mentions.names.places import class_of, place_mention
from epistola.model import Annotation, Letter, Source

SURE = 0.8
"""A name of the tagger counts if it is as likely as this."""
LEARNED = frozenset({"person", "place"})
"""What the tagger was taught to find, and the judge to weigh."""
CARRIED = ("v=", "many=", "titled", "placed=", "low", "g=", "op=", "in=")
"""The features of its words that a name is judged by."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name as the tagger sees it: its words, both ends included, and how likely it is."""

    first: int
    last: int
    kind: str
    likely: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tagger makes of a letter: the features of its words, labels, proposals."""

    found: Scan
    rows: Sequence[Row]
    labelled: Labelled
    proposals: tuple[Proposal, ...]

    def likely(self, first: int, last: int, kind: str) -> float:
        """Return how likely the words from ``first`` to ``last`` are one name of ``kind``."""
        likely = self.labelled.likely
        inner = (likely(f"I-{kind}", at) for at in range(first + 1, last + 1))
        return min([likely(f"B-{kind}", first), *inner])

    def likely_within(self, first: int, last: int, kind: str) -> float:
        """Return how likely the words are names of ``kind``, wherever these begin and end."""
        likely = self.labelled.likely
        return min(
            likely(f"B-{kind}", at) + likely(f"I-{kind}", at) for at in range(first, last + 1)
        )


def revised(
    source: Source, letter: Letter, names: Names, settled: Sequence[Annotation], model: Model
) -> tuple[Annotation, ...]:
    """Return the annotations of a letter with its persons and places looked at again.

    ``settled`` are its parts and mentions; new claims may collide with them (see settle).
    """
    found = scan(source, letter, names)
    if not found.words:
        return tuple(settled)
    reading = read_names(model, found, settled, letter.language)
    return tuple(weighed(reading, with_proposals(reading, settled, letter.language), model))


def read_names(model: Model, found: Scan, settled: Sequence[Annotation], code: str) -> Reading:
    """Return what the tagger makes of a letter whose parts and mentions are ``settled``."""
    seen = rows(found, settled, code)
    labelled = label(model, seen)
    whole = Reading(found, seen, labelled, ())
    return replace(whole, proposals=tuple(_proposals(whole)))


def _proposals(reading: Reading) -> Iterator[Proposal]:
    """Yield the names that the labels spell: a ``B`` and the ``I`` of its kind that follow."""
    labels, at = reading.labelled.labels, 0
    while at < len(labels):
        last, kind = at, labels[at][2:]
        while kind and last + 1 < len(labels) and labels[last + 1] == f"I-{kind}":
            last += 1
        if kind and labels[at][0] == "B":
            yield Proposal(at, last, kind, reading.likely(at, last, kind))
        at = last + 1


def with_proposals(
    reading: Reading, settled: Sequence[Annotation], code: str
) -> Iterator[Annotation]:
    """Yield ``settled``, but for the names in the place of which the tagger has others."""
    names = [a for a in settled if a.kind in NAMED]
    ruled = {(*words_of_mention(reading.found, a), NAMED[a.kind]) for a in names}
    sure = [
        proposal
        for proposal in reading.proposals
        if proposal.kind in LEARNED
        and proposal.likely >= SURE
        and (proposal.first, proposal.last, proposal.kind) not in ruled
    ]
    taken = {at for proposal in sure for at in range(proposal.first, proposal.last + 1)}
    for a in settled:
        span = a.span
        if a.kind not in NAMED or taken.isdisjoint(
            words_within(reading.found, span.start, span.end)
        ):
            yield a
    yield from (_mention(reading.found, proposal, code) for proposal in sure)


def words_of_mention(found: Scan, a: Annotation) -> tuple[int, int]:
    """Return the first and the last word of a mention."""
    words = words_within(found, a.span.start, a.span.end)
    return words.start, words.stop - 1


def _mention(found: Scan, proposal: Proposal, code: str) -> Annotation:
    """Return the mention of a proposal, with what belongs to a name around its words."""
    first, last, likely = proposal.first, proposal.last, proposal.likely
    if proposal.kind == "person":
        return person_mention(found, Name(first, last, "tagger", likely, "person"), code)
    kind = class_of(found, first) if first == last else ""
    return place_mention(found, Name(first, last, "tagger", likely, kind), code)


def weighed(
    reading: Reading, annotations: Iterable[Annotation], model: Model
) -> Iterator[Annotation]:
    """Yield ``annotations``, each name of a person or a place as certain as it is judged."""
    kept = list(annotations)
    names = [at for at, a in enumerate(kept) if is_judged(reading.found, a)]
    verdicts = judge(model, [case(reading, kept[at]) for at in names])
    for at, certainty in zip(names, verdicts, strict=True):
        kept[at] = replace(kept[at], certainty=round(certainty, PLACES_KEPT))
    yield from kept


PLACES_KEPT = 4
"""Decimal places of a certainty: more would differ between machines."""


def is_judged(found: Scan, a: Annotation) -> bool:
    """Return whether a mention is a name that the judge knows to weigh."""
    first, last = words_of_mention(found, a)
    return NAMED.get(a.kind) in LEARNED and first <= last


def case(reading: Reading, a: Annotation) -> Row:
    """Return the features by which a name is judged: its shape, its rule, what the tagger says."""
    found, kind = reading.found, NAMED[a.kind]
    first, last = words_of_mention(found, a)
    agreed = any((p.first, p.last, p.kind) == (first, last, kind) for p in reading.proposals)
    exact = f"{_odds(reading.likely(first, last, kind))}"
    within = f"{_odds(reading.likely_within(first, last, kind))}"
    left = found.shape[max(0, 2 * first - 2) : 2 * first] or OPEN
    right = found.shape[2 * last + 1 : 2 * last + 3]
    row = [
        "b", f"k={kind}", f"rule={a.rule}", f"p={exact}{kind}", f"q={within}{kind}",
        f"p+rule={exact}{a.rule}", f"agreed={agreed:d}{a.rule}", f"n={last - first}",
        f"shape={found.shape[2 * first : 2 * last + 1]}", f"l={left}", f"r={right}",
        f"jb={left[-1]}", f"ja={right[0]}",
    ]  # fmt: skip
    row += [
        f"w:{feature}"
        for at in range(first, last + 1)
        for feature in reading.rows[at]
        if feature.startswith(CARRIED)
    ]
    row += [feature for feature in reading.rows[first] if feature.startswith("bw=")]
    row += [feature for feature in reading.rows[last] if feature.startswith("aw=")]
    return row


def _odds(likely: float) -> int:
    """Return the logarithm of the odds, in whole numbers from -9 to 9."""
    bounded = min(max(likely, 1e-4), 1 - 1e-4)
    return round(log(bounded / (1 - bounded)))
