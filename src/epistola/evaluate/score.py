"""Count what was found of a gold edition, kind by kind: exactly, without title, by overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from epistola.evaluate.counted import counted, stripped, without_address
from epistola.evaluate.gold import Gold, Mention
from epistola.model import Span

KINDS = ("person", "place", "org", "date", "title", "event", "reference")
"""The kinds of mention that can be measured."""
USUAL_KINDS = KINDS[:5]
"""Those measured where no others are asked for."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, and how.

    ``languages`` are those of the gold edition. With ``first_mention`` the gold tags a name
    only where it comes first, so that a made mention that repeats one is not counted. Made
    mentions less certain than ``least`` are left out.
    """

    kinds: tuple[str, ...] = USUAL_KINDS
    languages: frozenset[str] = frozenset({"en"})
    first_mention: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A letter with the mentions that count on both sides.

    ``gold_cores`` and ``made_cores`` are the spans without titles of address, by kind;
    ``levels`` says of how many titles tagged alike the level is right, and of how many both
    sides give one.
    """

    name: str
    text: str
    gold: Mapping[str, tuple[Mention, ...]]
    made: Mapping[str, tuple[Mention, ...]]
    gold_cores: Mapping[str, frozenset[Span]]
    made_cores: Mapping[str, frozenset[Span]]
    levels: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of mentions: in the gold, made, the same in both, the same without titles.

    ``made_met`` and ``gold_met`` are those that share a character with one of the other side.
    """

    gold: int = 0
    made: int = 0
    exact: int = 0
    core: int = 0
    made_met: int = 0
    gold_met: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall, and their harmonic mean; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f: float


def judge(name: str, gold: Gold, made: Iterable[Mention], measure: Measure) -> Judged:
    """Return the letter ``gold``, and what was made of its text, as they count."""
    made = [mention for mention in made if mention.certainty >= measure.least]
    wanted = counted(gold.text, gold.mentions, measure.languages)
    found = counted(gold.text, made, measure.languages)
    gold_of = {kind: tuple(m for m in wanted if m.kind == kind) for kind in measure.kinds}
    made_of = {kind: tuple(m for m in found if m.kind == kind) for kind in measure.kinds}
    if measure.first_mention:
        made_of = {k: first_mentions(gold.text, gold_of[k], made_of[k]) for k in made_of}
    return Judged(
        name=name,
        text=gold.text,
        gold=gold_of,
        made=made_of,
        gold_cores=_cores(gold.text, gold_of, measure.languages),
        made_cores=_cores(gold.text, made_of, measure.languages),
        levels=_levels(gold.text, gold.mentions, made),
    )


def first_mentions(
    text: str, gold: Sequence[Mention], made: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Return ``made`` without those that repeat a name which the gold tags elsewhere.

    A name repeats another if the words of the one are within those of the other.
    """
    names = {_solid(text, mention) for mention in gold}

    def repeats(mention: Mention) -> bool:
        words = _solid(text, mention)
        return any(words in name or name in words for name in names)

    return tuple(m for m in made if overlapping(m.span, gold) or not repeats(m))


def overlapping(span: Span, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return those of ``mentions``, in order and apart, that share a character with ``span``."""
    first = bisect_right(mentions, span.start, key=lambda mention: mention.span.end)
    after = first
    while after < len(mentions) and mentions[after].span.start < span.end:
        after += 1
    return mentions[first:after]


def tally(letter: Judged, kind: str) -> Tally:
    """Return the numbers of one kind in one letter."""
    gold, made = letter.gold[kind], letter.made[kind]
    spans = {mention.span for mention in gold}
    return Tally(
        gold=len(gold),
        made=len(made),
        exact=sum(mention.span in spans for mention in made),
        core=len(letter.gold_cores[kind] & letter.made_cores[kind]),
        made_met=sum(bool(overlapping(mention.span, gold)) for mention in made),
        gold_met=sum(bool(overlapping(mention.span, made)) for mention in gold),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of ``tallies``."""
    return sum(tallies, Tally())


def exact(numbers: Tally) -> Rates:
    """Return how many mentions are right to the character."""
    return rates(numbers.exact, numbers.exact, numbers)


def core(numbers: Tally) -> Rates:
    """Return how many are right if titles of address are left out."""
    return rates(numbers.core, numbers.core, numbers)


def overlap(numbers: Tally) -> Rates:
    """Return how many share a character with one of the other side."""
    return rates(numbers.made_met, numbers.gold_met, numbers)


def rates(made_right: int, gold_found: int, numbers: Tally) -> Rates:
    """Return precision, recall and F (van Rijsbergen, Information Retrieval, 1979, ch. 7)."""
    precision = made_right / numbers.made if numbers.made else 0.0
    recall = gold_found / numbers.gold if numbers.gold else 0.0
    return Rates(precision, recall, harmonic(precision, recall))


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 where both are."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def rated(numbers: Mapping[str, Tally]) -> list[str]:
    """Return the kinds of which the gold has any: of others nothing can be said."""
    return [kind for kind, one in numbers.items() if one.gold]


def micro(numbers: Mapping[str, Tally]) -> Rates:
    """Return the exact rates over the mentions of all rated kinds."""
    return exact(total(numbers[kind] for kind in rated(numbers)))


def macro(numbers: Mapping[str, Tally]) -> float:
    """Return the mean of the exact F of the rated kinds."""
    kinds = rated(numbers)
    return sum(exact(numbers[kind]).f for kind in kinds) / len(kinds) if kinds else 0.0


def _cores(
    text: str, mentions: Mapping[str, Sequence[Mention]], languages: frozenset[str]
) -> dict[str, frozenset[Span]]:
    return {
        kind: frozenset(without_address(text, mention, languages) for mention in of_kind)
        for kind, of_kind in mentions.items()
    }


def _levels(text: str, gold: Iterable[Mention], made: Iterable[Mention]) -> tuple[int, int]:
    """Return how many titles with one span have the same level, of how many with two."""
    wanted = dict(_levelled(text, gold))
    found = dict(_levelled(text, made))
    both = wanted.keys() & found.keys()
    return sum(wanted[span] == found[span] for span in both), len(both)


def _levelled(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[Span, str]]:
    return (
        (stripped(text, mention.span), mention.level)
        for mention in mentions
        if mention.kind == "title" and mention.level
    )


def _solid(text: str, mention: Mention) -> str:
    """Return the words of ``mention`` without the white space between them."""
    return "".join(text[mention.span.start : mention.span.end].split())
