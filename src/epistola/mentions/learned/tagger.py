"""Revise the names that the rules found: some more, some longer or shorter, each weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.mentions.learned.features import NAMED, OPEN, Row, rows, words_within
from epistola.mentions.learned.model import Labelled, Model, Verdict, judge, label
from epistola.mentions.names.capitals import Scan, scan, words_of
from epistola.mentions.names.persons import person_mention
from epistola.mentions.names.phrases import Name
from epistola.mentions.names.places import class_of, place_mention
from epistola.model import Annotation, Letter, Source

SEEN = 0.3
"""A name of the tagger is looked at if it is as likely as this,"""
TAKEN = 0.6
"""and comes in if the judge holds it to be right, to the character, with this likelihood."""
LEARNED = frozenset({"person", "place"})
"""What the tagger was taught to find, and the judge to weigh."""
UNTAUGHT = frozenset({"event", "label", "org"})
CAUTION = 0.02
"""How much less the judge knows of other writers than of the one it learned from."""
DIGITS = 4
"""Decimal places of a certainty: more would differ between machines."""
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

    ``settled`` are its parts and mentions. A name of the tagger comes in if the judge holds
    it to be right; where two cross or nest, the likelier stays. How certain a name is, is
    how likely the judge holds it to be one. What is left may collide with the rest (see
    settle).
    """
    found = scan(source, letter, names)
    if not found.words:
        return tuple(settled)
    reading = read_names(model, found, settled, letter.language)
    ruled = [a for a in settled if is_judged(found, a)]
    proposed = list(proposed_mentions(reading, settled, letter.language))
    verdicts = judge(model, [case(reading, a) for a in [*ruled, *proposed]])
    weighed = [
        Weighed(a, range_of(found, a), verdict)
        for a, verdict in zip([*ruled, *proposed], verdicts, strict=True)
    ]
    others = (a for a in settled if not is_judged(found, a))
    return (*others, *_standing(weighed[: len(ruled)], weighed[len(ruled) :]))


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


def proposed_mentions(
    reading: Reading, settled: Sequence[Annotation], code: str
) -> Iterator[Annotation]:
    """Yield the names of persons and places that the tagger sees and the rules do not.

    It was taught no organisations and no events, and so leaves those of the rules alone.
    """
    found = reading.found
    ruled = {(*words_of_mention(found, a), NAMED[a.kind]) for a in settled if a.kind in NAMED}
    kept = {at for a in settled if a.kind in UNTAUGHT for at in range_of(found, a)}
    for proposal in reading.proposals:
        first, last, kind = proposal.first, proposal.last, proposal.kind
        known = (first, last, kind) in ruled or not kept.isdisjoint(range(first, last + 1))
        seen = kind in LEARNED and proposal.likely >= SEEN
        if seen and not known and is_one_name(found, first, last, code):
            yield _mention(found, proposal, code)


def is_one_name(found: Scan, first: int, last: int, code: str) -> bool:
    """Return whether words can be one name, and all of it.

    They stand close together, no hyphen joins them to more, and one of them at least is a
    name's: no people's, letter, particle or doctrine ("Darwinism"), nor an unknown word in
    capitals, as headings and inscriptions have them.
    """
    near = all(
        found.words[at + 1].start - found.words[at].end <= NEAR and found.joint(at) != ","
        for at in range(first, last)
    )
    whole = found.joint(last) != "-" and (not first or found.joint(first - 1) != "-")
    return near and whole and any(_can_name(found, at, code) for at in range(first, last + 1))


def _can_name(found: Scan, at: int, code: str) -> bool:
    form, sort, word = found.form(at), found.sort(at), found.words[at]
    if sort in UNNAMED or form in words_of(code, "persons", "capital_particles"):
        return False
    shouted = sort in UNKNOWN and found.source.text[word.start : word.end].isupper()
    return not shouted and not form.endswith(tuple(words_of(code, "persons", "doctrines")))


NEAR = 8
"""So many characters may stand between two words of a name: " de la "."""
UNNAMED = "DXIJ"
"""Sorts of words that name nobody by themselves: a people, common words, initials, "Esq."."""
UNKNOWN = "NAWU"
"""Sorts of words that no list knows as a name's."""


class Weighed(NamedTuple):
    """A name, its words, and what the judge says of it."""

    mention: Annotation
    words: range
    verdict: Verdict

    @property
    def certain(self) -> Annotation:
        """The mention, as certain as it is judged."""
        certainty = round(self.verdict.named * (1 - CAUTION), DIGITS)
        return replace(self.mention, certainty=certainty)


def _standing(ruled: Iterable[Weighed], proposed: Iterable[Weighed]) -> Iterator[Annotation]:
    """Yield the names that stand: a proposal against all rules' names that share a word with it."""
    likely = sorted(
        (one for one in proposed if one.verdict.exact >= TAKEN),
        key=lambda one: (-one.verdict.exact, one.mention.span),
    )
    best: dict[int, float] = {}
    taken: list[Weighed] = []
    for one in likely:
        if best.keys().isdisjoint(one.words):
            taken.append(one)
            best |= dict.fromkeys(one.words, one.verdict.exact)
    standing: set[int] = set()
    for one in ruled:
        if all(best.get(at, 0) <= one.verdict.exact for at in one.words):
            standing.update(one.words)
            yield one.certain
    yield from (one.certain for one in taken if standing.isdisjoint(one.words))


def range_of(found: Scan, a: Annotation) -> range:
    """Return the words of a mention."""
    return words_within(found, a.span.start, a.span.end)


def words_of_mention(found: Scan, a: Annotation) -> tuple[int, int]:
    """Return the first and the last word of a mention."""
    words = range_of(found, a)
    return words.start, words.stop - 1


def _mention(found: Scan, proposal: Proposal, code: str) -> Annotation:
    """Return the mention of a proposal, with what belongs to a name around its words."""
    first, last, likely = proposal.first, proposal.last, proposal.likely
    if proposal.kind == "person":
        return person_mention(found, Name(first, last, "tagger", likely, "person"), code)
    kind = class_of(found, first) if first == last else ""
    return place_mention(found, Name(first, last, "tagger", likely, kind), code)


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
