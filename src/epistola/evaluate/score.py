"""Count what was found of a gold edition, kind by kind: exactly, without title, by overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from epistola.evaluate.counted import counted, stripped, without_address
from epistola.evaluate.gold import Gold, Mention
from epistola.evaluate.links import LinkedLetter, linked_persons
from epistola.evaluate.rates import Tally
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

    All are by kind, in the order of the text. ``gold_cores`` and ``made_cores`` are the
    mentions' spans without titles of address; ``levels`` says of how many titles tagged alike
    the level is right, and of how many both sides give one.
    """

    name: str
    text: str
    gold: Mapping[str, tuple[Mention, ...]]
    made: Mapping[str, tuple[Mention, ...]]
    gold_cores: Mapping[str, tuple[Span, ...]]
    made_cores: Mapping[str, tuple[Span, ...]]
    levels: tuple[int, int]
    linked: LinkedLetter


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
        linked=LinkedLetter(
            name,
            linked_persons(gold.text, gold.mentions, measure.languages),
            linked_persons(gold.text, made, measure.languages),
        ),
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
        core=len({*letter.gold_cores[kind]} & {*letter.made_cores[kind]}),
        made_met=sum(bool(overlapping(mention.span, gold)) for mention in made),
        gold_met=sum(bool(overlapping(mention.span, made)) for mention in gold),
    )


def _cores(
    text: str, mentions: Mapping[str, Sequence[Mention]], languages: frozenset[str]
) -> dict[str, tuple[Span, ...]]:
    return {
        kind: tuple(without_address(text, mention, languages) for mention in of_kind)
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
