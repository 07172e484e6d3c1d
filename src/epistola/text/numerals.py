"""Roman numerals."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

FIGURES: Mapping[str, int] = MappingProxyType(
    {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
)


def added(numerals: str) -> int:
    """Return what numerals in capitals come to; whether they are well written is not asked.

    >>> added("XLIV"), added("IIII"), added("MDCCCXCIX")
    (44, 4, 1899)
    """
    figures = [FIGURES[char] for char in numerals]
    return sum(-a if a < b else a for a, b in pairwise([*figures, 0]))
