"""Draw how certainty and truth agree: a reliability diagram as SVG, for a page of HTML.

DeGroot and Fienberg, "The comparison and evaluation of forecasters", 1983.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from lxml import etree

from epistola.evaluate.calibration import Bin
from epistola.shown.markup import H, number

SIDE = 300
LEFT, TOP, RIGHT, BOTTOM = 58, 18, 18, 44
LARGEST = 16.0
"""The radius of the disc with the most tags."""
SMALLEST = 2.5
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(bins: Sequence[Bin]) -> etree._Element:
    """Return the diagram of ``bins``: certainty to the right, the share of right tags upwards."""
    filled = [one for one in bins if one.made]
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM
    return H.svg(
        {"viewBox": f"0 0 {width} {height}", "role": "img", "aria-label": said(filled)},
        *_grid(),
        H.line(
            {"class": "even", **_ends(_x(0), _y(0), _x(1), _y(1))},
        ),
        *_discs(filled),
        H.text(
            {"class": "axis", "x": number(_x(0.5)), "y": number(height - 6)},
            "certainty of the tag",
        ),
        H.text(
            {
                "class": "axis",
                "transform": f"translate(12 {number(_y(0.5))}) rotate(-90)",
            },
            "share of tags that are right",
        ),
    )


def said(bins: Sequence[Bin]) -> str:
    """Return the picture in words, for who does not see it."""
    parts = [
        f"of {one.made} tags with a mean certainty of {one.mean:.2f}"
        f" {one.right / one.made:.0%} are right"
        for one in bins
    ]
    return f"Certainty and truth: {'; '.join(parts) or 'no tags'}."


def _grid() -> Iterator[etree._Element]:
    for tick in TICKS:
        yield H.line({"class": "grid", **_ends(_x(tick), _y(0), _x(tick), _y(1))})
        yield H.line({"class": "grid", **_ends(_x(0), _y(tick), _x(1), _y(tick))})
        label = f"{tick:g}"
        at = {"class": "tick", "x": number(_x(tick)), "y": number(_y(0) + 16)}
        yield H.text(at, label)
        yield H.text(
            {"class": "tick left", "x": number(LEFT - 6), "y": number(_y(tick) + 4)}, label
        )


def _discs(bins: Sequence[Bin]) -> Iterator[etree._Element]:
    """Yield a disc for each bin, and a line from it to where it should be."""
    most = max((one.made for one in bins), default=1)
    for one in bins:
        x, y = _x(one.mean), _y(one.right / one.made)
        yield H.line({"class": "off", **_ends(x, y, x, _y(one.mean))})
        radius = max(SMALLEST, LARGEST * sqrt(one.made / most))
        yield H.circle(
            {"class": "disc", "cx": number(x), "cy": number(y), "r": number(radius)},
            H.title(f"{one.made} tags, certainty {one.mean:.2f}, {one.right / one.made:.0%} right"),
        )


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _ends(x1: float, y1: float, x2: float, y2: float) -> dict[str, str]:
    places = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return {name: number(value) for name, value in places.items()}
