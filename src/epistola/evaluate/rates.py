"""What numbers of mentions come to: precision, recall and F; micro and macro."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass


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
