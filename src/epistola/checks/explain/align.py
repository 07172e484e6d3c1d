"""The likeliest way in which the children of an element came to be invalid.

A content model is an automaton. Where it stops, one looks for the cheapest way through:
children that are left out, taken for another, or put in, each at a price (as in the
error-correcting parsing of Aho and Peterson 1972). The search is Dijkstra's, over pairs of
a place among the children and a state of the automaton.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from epistola.checks.explain.nodes import Node, Words
from epistola.checks.patterns import NOT_ALLOWED, Algebra, Element, Pattern

Token: TypeAlias = Node | Words

DROP = 8
"""What it costs that a child may not stand where it stands."""
ADD = 7
"""What it costs that a child is missing; less than DROP, for what is there was meant to be."""
WINDOW = 24
"""How many children before the fault its cause is looked for."""
PATIENCE = 4000
"""After how many steps the search takes whatever comes next."""


class Kind(Enum):
    """What becomes of a child on the way through a content model."""

    KEEP = "keep"
    DROP = "drop"
    TAKE = "take"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: at the child ``index``, in ``state``; ``element`` is what it is taken for."""

    kind: Kind
    index: int
    state: Pattern
    after: Pattern
    element: Element | None = None


Chosen: TypeAlias = Callable[[Node, Sequence[Element]], Sequence[Element]]
"""Which of several elements of one name a child is."""
Likeness: TypeAlias = Callable[[Node, Element], float | None]
"""What it costs to take a child for another element; None where that makes no sense."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads children by a content model."""

    algebra: Algebra
    chosen: Chosen
    likeness: Likeness

    def after(self, state: Pattern, token: Token) -> Pattern:
        """Return what is left of ``state`` after ``token``."""
        if isinstance(token, Words):
            return self.algebra.after_text(state)
        elements = self.algebra.matching(state, token.name)
        if len(elements) > 1:
            elements = tuple(self.chosen(token, elements))
        if len(elements) == 1:
            return self.algebra.after(state, elements[0])
        return self.algebra.choice(self.algebra.after(state, one) for one in elements)

    def reads(self, state: Pattern, tokens: Sequence[Token]) -> bool:
        """Return whether ``tokens`` and no more may follow in ``state``."""
        for token in tokens:
            state = self.after(state, token)
            if state is NOT_ALLOWED:
                return False
        return state.nullable

    def align(self, start: Pattern, tokens: Sequence[Token]) -> list[Step]:
        """Return the cheapest way of ``tokens`` through ``start``, in their order."""
        steps = list(self._kept(start, tokens))
        if len(steps) == len(tokens) and (steps[-1].after if steps else start).nullable:
            return steps
        return self._searched(start, tokens)

    def _kept(self, state: Pattern, tokens: Sequence[Token]) -> Iterator[Step]:
        """Yield the steps through the children that are right, up to the first that is not."""
        for index, token in enumerate(tokens):
            after = self.after(state, token)
            if after is NOT_ALLOWED:
                return
            yield Step(Kind.KEEP, index, state, after)
            state = after

    def _searched(self, start: Pattern, tokens: Sequence[Token]) -> list[Step]:
        number = count()
        heap: list[tuple[float, int, int, Pattern, _Way]] = [(0, 0, next(number), start, None)]
        done: set[tuple[int, Pattern]] = set()
        farthest = 0
        best: _Way = None
        while heap:
            cost, back, _, state, way = heappop(heap)
            index = -back
            if index == len(tokens) and state.nullable:
                return _steps(way)
            if (index, state) in done or index < farthest - WINDOW:
                continue
            done.add((index, state))
            if index >= farthest:
                farthest, best = index, way
            if len(done) > PATIENCE:
                break
            for price, step in self._options(state, tokens, index):
                then = index + (step.kind is not Kind.ADD)
                heappush(heap, (cost + price, -then, next(number), step.after, (way, step)))
        return self._hasty(start, tokens, _steps(best))

    def _options(
        self, state: Pattern, tokens: Sequence[Token], index: int
    ) -> Iterator[tuple[float, Step]]:
        if index < len(tokens):
            token = tokens[index]
            after = self.after(state, token)
            if after is not NOT_ALLOWED:
                yield 0, Step(Kind.KEEP, index, state, after)
            yield DROP, Step(Kind.DROP, index, state, state)
            if after is NOT_ALLOWED and isinstance(token, Node):
                yield from self._taken(state, token, index)
        for after, elements in self.algebra.moves(state).items():
            if after is not state and after is not NOT_ALLOWED:
                yield ADD, Step(Kind.ADD, index, state, after, elements[0])

    def _taken(self, state: Pattern, token: Node, index: int) -> Iterator[tuple[float, Step]]:
        for after, elements in self.algebra.moves(state).items():
            prices = [(price, one) for one in elements if (price := self.likeness(token, one))]
            if prices and after is not NOT_ALLOWED:
                price, element = min(prices, key=lambda pair: pair[0])
                yield price, Step(Kind.TAKE, index, state, after, element)

    def _hasty(self, start: Pattern, tokens: Sequence[Token], steps: list[Step]) -> list[Step]:
        """Return ``steps`` and then a way to the end that only leaves out what does not fit."""
        state = steps[-1].after if steps else start
        begin = sum(step.kind is not Kind.ADD for step in steps)
        for index, token in enumerate(tokens[begin:], begin):
            after = self.after(state, token)
            fits = after is not NOT_ALLOWED
            kind = Kind.KEEP if fits else Kind.DROP
            steps.append(Step(kind, index, state, after if fits else state))
            state = steps[-1].after
        return steps


_Way: TypeAlias = "tuple[_Way, Step] | None"


def _steps(way: _Way) -> list[Step]:
    steps: list[Step] = []
    while way is not None:
        way, step = way
        steps.append(step)
    return steps[::-1]
