"""Draw lists of numbers as bars that lie: most-named things, findings, certainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from epistola.report.drawing import NARROW, Words, box, fitted, picture, text

ROW, BAR = 26.0, 14.0
TALL_ROW = 42.0
NUMBERS = 104.0
"""The room that the numbers need, to the right."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``lengths`` are its stretches, each with its class, one after the other.

    ``numbers`` is what stands behind it.
    """

    label: str
    lengths: tuple[tuple[str, float], ...]
    numbers: str


def draw(ident: str, words: Words, bars: Sequence[Bar], width: float) -> etree._Element:
    """Return the picture of ``bars``, so many units wide; in a narrow one labels stand above."""
    row = TALL_ROW if width < NARROW else ROW
    return picture(ident, words, (width, row * len(bars) + 4), _shapes(bars, width, row))


def _shapes(bars: Sequence[Bar], width: float, row: float) -> Iterator[etree._Element]:
    above = width < NARROW
    start = 0.0 if above else min(width * 0.36, 280.0)
    room = width - start - NUMBERS
    longest = max((sum(length for _, length in bar.lengths) for bar in bars), default=0) or 1
    for at, bar in enumerate(bars):
        top = at * row + (20.0 if above else 6.0)
        if above:
            yield text("label", 0, top - 5, fitted(bar.label, width))
        else:
            yield text("label left", start - 12, top + 11, fitted(bar.label, start - 12))
        end = start
        for kind, length in bar.lengths:
            if length:
                yield box(kind, end, top, max(room * length / longest, 1.0), BAR)
            end += room * length / longest
        yield text("number", end + 8, top + 11.5, bar.numbers)
