"""The mentions of a letter, looked up by what they stand in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from epistola.model import Annotation, Fact


@dataclass(frozen=True, slots=True)
class Within:
    """The mentions of a letter; ``order`` are their places in the order of the text.

    Of two that begin together the outer one is first; ``starts`` are where they begin.
    """

    mentions: Sequence[Annotation]
    order: Sequence[int]
    starts: Sequence[int]

    def places_within(self, outer: Annotation) -> list[int]:
        """Return the places of the mentions in ``outer``, itself left out, in their order."""
        first = bisect_left(self.starts, outer.span.start)
        last = bisect_left(self.starts, outer.span.end)
        mentions = self.mentions
        return [
            at
            for at in self.order[first:last]
            if mentions[at].span in outer.span and mentions[at] is not outer
        ]

    def within(self, outer: Annotation) -> list[Annotation]:
        """Return the mentions in ``outer``, itself left out, in their order."""
        return [self.mentions[at] for at in self.places_within(outer)]

    def titles_in_references(self) -> frozenset[int]:
        """Return the places of the titles that stand in a reference."""
        references = [mention for mention in self.mentions if mention.kind == "reference"]
        return frozenset(
            at
            for reference in references
            for at in self.places_within(reference)
            if self.mentions[at].kind == "title"
        )


def within(mentions: Sequence[Annotation]) -> Within:
    """Return ``mentions`` to be looked up by what they stand in."""
    order = sorted(
        range(len(mentions)), key=lambda at: (mentions[at].span.start, -len(mentions[at].span))
    )
    return Within(mentions, order, [mentions[at].span.start for at in order])


def places_of(fact: Fact | None, mentions: Sequence[Annotation]) -> frozenset[int]:
    """Return the places of the mentions that stand where the page says ``fact``."""
    where = fact.span if fact else None
    return frozenset(at for at, a in enumerate(mentions) if where and a.span in where)
