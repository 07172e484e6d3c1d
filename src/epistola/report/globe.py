"""Draw places on a map, with coastlines and a graticule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from lxml import etree

from epistola.report.drawing import SIZE, Words, box, disc, line, picture, text, wide
from epistola.report.views import Frame, Spot, View, clipped, frame
from epistola.shown.markup import H, number

PER_DEGREE = 20
"""``land.txt`` counts in this part of a degree."""
SMALLEST, LARGEST = 3.0, 16.0
"""The radius of a disc: of one letter, of the most letters."""
LABELS_EACH = 62.0
"""There is one name for so many units of width."""


def said(spots: Sequence[Spot], view: View, title: str) -> Words:
    """Return the map in words."""
    seen = sorted((s for s in spots if view.holds(s.point)), key=lambda s: (-s.naming, s.name))
    first = ", ".join(f"{spot.name} ({spot.naming:,})" for spot in seen[:5])
    return Words(
        title, f"{len(seen):,} places as discs, larger where more letters name them: {first}."
    )


def draw(ident: str, spots: Sequence[Spot], view: View, title: str, width: float) -> etree._Element:
    """Return the map of ``view``, so many units wide, with those of ``spots`` that lie in it."""
    laid = frame(view, width)
    seen = [spot for spot in spots if laid.view.holds(spot.point)]
    shapes = [box("sea", 0, 0, *laid.size), *_land(laid), *_graticule(laid), *_discs(seen, laid)]
    shapes += _names(seen, laid)
    return picture(ident, said(spots, laid.view, title), laid.size, shapes)


def land() -> Iterator[list[tuple[float, float]]]:
    """Yield the outlines of land, each as its points: longitude and latitude in degrees."""
    for row in files("epistola.report").joinpath("land.txt").read_text("ascii").splitlines():
        steps = list(map(int, row.split()))
        yield [
            (x / PER_DEGREE, y / PER_DEGREE)
            for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)
        ]


def _land(laid: Frame) -> Iterator[etree._Element]:
    drawn = []
    for outline in land():
        for turn in (-360, 0, 360):
            points = [
                (laid.x(longitude + turn), laid.y(latitude)) for longitude, latitude in outline
            ]
            if inside := clipped(points, *laid.size):
                drawn.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in inside) + "Z")
    if drawn:
        yield H.path({"class": "land", "d": "".join(drawn)})


def _graticule(laid: Frame) -> Iterator[etree._Element]:
    view, (width, height) = laid.view, laid.size
    step = next(
        s for s in (1, 2, 5, 10, 20, 30, 45, 90, 360) if (view.east - view.west) / s <= width / 90
    )
    for degree in _between(view.west, view.east, step):
        yield line("grid", laid.x(degree), 0, laid.x(degree), height)
        if 30 < laid.x(degree) < width - 30:  # noqa: PLR2004 - room for the label
            yield text("tick", laid.x(degree), height - 6, _degrees(degree, "E", "W"))
    for degree in _between(view.south, view.north, step):
        yield line("grid", 0, laid.y(degree), width, laid.y(degree))
        if 20 < laid.y(degree) < height - 30:  # noqa: PLR2004 - as above
            yield text("tick start", 5, laid.y(degree) - 4, _degrees(degree, "N", "S"))


def _between(low: float, high: float, step: int) -> range:
    return range(-int(-low // step) * step, int(high // step) * step + 1, step)


def _degrees(degree: int, positive: str, negative: str) -> str:
    degree = (degree + 180) % 360 - 180 if positive == "E" else degree
    side = positive if degree > 0 else negative if degree < 0 else ""
    return f"{abs(degree)}° {side}".strip()


def _radius(spot: Spot, most: int) -> float:
    return max(SMALLEST, LARGEST * sqrt(max(spot.naming, spot.origins) / most))


def _discs(seen: Sequence[Spot], laid: Frame) -> Iterator[etree._Element]:
    """Yield a disc for each place, the large ones first, so that none hides a small one."""
    most = max((max(spot.naming, spot.origins) for spot in seen), default=1)
    for spot in sorted(seen, key=lambda s: (-_radius(s, most), s.name)):
        tip = f"{spot.name}: named in {spot.naming:,}, {spot.origins:,} sent from there"
        kind = "spot origin" if spot.origins else "spot"
        x, y = laid.x(spot.point.longitude), laid.y(spot.point.latitude)
        yield disc(kind, x, y, _radius(spot, most), tip)


class Box(NamedTuple):
    """A rectangle that a name takes up: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether both have a point in common."""
        beside = self.right < other.left or other.right < self.left
        return not beside and self.top <= other.bottom and other.top <= self.bottom


def _names(seen: Sequence[Spot], laid: Frame) -> Iterator[etree._Element]:
    """Yield the names of the places that most letters name, as far as there is room for them."""
    width, height = laid.size
    most = max((max(spot.naming, spot.origins) for spot in seen), default=1)
    ordered = sorted(seen, key=lambda s: (-s.naming - s.origins, s.name))
    taken: list[Box] = []
    for spot in ordered[: int(width / LABELS_EACH) * 2]:
        if len(taken) >= width / LABELS_EACH:
            return
        for x, y, room in _beside(spot, laid, _radius(spot, most)):
            on_map = room.left > 0 and room.right < width and room.top > 0 and room.bottom < height
            if on_map and not any(map(room.meets, taken)):
                taken.append(room)
                yield text("label halo", x, y, spot.name)
                break


def _beside(spot: Spot, laid: Frame, radius: float) -> Iterator[tuple[float, float, Box]]:
    """Yield where the name of ``spot`` may stand, the best place first, and what it takes up."""
    x, y = laid.x(spot.point.longitude), laid.y(spot.point.latitude)
    long = wide(spot.name)
    feet = y + SIZE / 3
    places = (
        (x + radius + 4, feet),
        (x - radius - 4 - long, feet),
        (x - long / 2, y - radius - 5),
        (x - long / 2, y + radius + SIZE),
    )
    for left, bottom in places:
        yield left, bottom, Box(left, bottom - SIZE, left + long, bottom + 3)
