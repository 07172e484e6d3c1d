"""Draw places on a map: an equirectangular projection true to scale in the middle of the map.

John P. Snyder, "Map Projections: A Working Manual", US Geological Survey, 1987, p. 90.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from math import cos, radians, sqrt
from typing import NamedTuple

from lxml import etree

from epistola.reconcile.card import Point
from epistola.report.drawing import SIZE, Words, box, disc, line, picture, text, wide
from epistola.shown.markup import H, number

PER_DEGREE = 20
"""``land.txt`` counts in this part of a degree."""
MARGIN = 0.1
"""The share of its extent that a map shows around its places."""
LEAST_EXTENT = 3.0
"""No map shows fewer degrees than this: coastlines are not drawn more exactly."""
CENTRE = 0.9
"""A close view shows this share of all mentions."""
CLOSER = 0.35
"""It is drawn where its sides are no longer than this share of those of the whole map."""
SMALLEST, LARGEST = 3.0, 16.0
LABELS_EACH = 62.0
"""There is one name for so many units of width."""
SIDES = (180.0, 90.0)


class Spot(NamedTuple):
    """A place on the map: how many letters name it, and how many were sent from it."""

    name: str
    point: Point
    naming: int
    origins: int


@dataclass(frozen=True, slots=True)
class View:
    """The part of the globe that a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def across(self) -> float:
        """Return how wide it is, in degrees of the equator."""
        return (self.east - self.west) * cos(radians((self.south + self.north) / 2))

    @property
    def upwards(self) -> float:
        """Return how high it is, in degrees."""
        return self.north - self.south

    def holds(self, point: Point) -> bool:
        """Return whether ``point`` is on the map."""
        inside = self.west <= point.longitude <= self.east
        return inside and self.south <= point.latitude <= self.north


def whole(spots: Sequence[Spot]) -> View:
    """Return the view of all ``spots``, of which there is one at least."""
    longitudes = [spot.point.longitude for spot in spots]
    latitudes = [spot.point.latitude for spot in spots]
    return _with_margin(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def close(spots: Sequence[Spot]) -> View | None:
    """Return a view of where most of what is named lies, where that is a small part of all."""
    west, east = _middle([(s.point.longitude, s.naming + s.origins) for s in spots])
    south, north = _middle([(s.point.latitude, s.naming + s.origins) for s in spots])
    view, everything = _with_margin(west, south, east, north), whole(spots)
    smaller = max(view.across / everything.across, view.upwards / everything.upwards)
    return view if smaller <= CLOSER else None


def _middle(weighted: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """Return the range of values, around the median, that has ``CENTRE`` of the weight."""
    ordered = sorted(weighted)
    total = sum(weight for _, weight in ordered)
    sums = list(accumulate(weight for _, weight in ordered))
    tail = total * (1 - CENTRE) / 2
    low = next(value for (value, _), s in zip(ordered, sums, strict=True) if s > tail)
    high = next(value for (value, _), s in zip(ordered, sums, strict=True) if s >= total - tail)
    return low, high


def _with_margin(west: float, south: float, east: float, north: float) -> View:
    middle = cos(radians((south + north) / 2))
    wider = max((east - west) * MARGIN, (LEAST_EXTENT / max(middle, 0.2) - east + west) / 2)
    higher = max((north - south) * MARGIN, (LEAST_EXTENT - north + south) / 2)
    return View(west - wider, max(south - higher, -90), east + wider, min(north + higher, 90))


# ---- drawing


@dataclass(frozen=True, slots=True)
class Frame:
    """How a view is laid on the picture: so many units a degree of latitude."""

    view: View
    scale: float
    squeeze: float

    def x(self, longitude: float) -> float:
        """Return how far to the right ``longitude`` is drawn."""
        return (longitude - self.view.west) * self.squeeze * self.scale

    def y(self, latitude: float) -> float:
        """Return how far down ``latitude`` is drawn."""
        return (self.view.north - latitude) * self.scale

    @property
    def size(self) -> tuple[float, float]:
        """Return the width and the height of the picture."""
        return self.x(self.view.east), self.y(self.view.south)


def frame(view: View, width: float) -> Frame:
    """Return the frame for ``view``, widened so that the map is neither a slit nor a tower."""
    lowest, highest = (0.5, 0.68) if width > 520 else (0.75, 1.05)  # noqa: PLR2004 - a phone's
    across, upwards = view.across, view.upwards
    squeeze = across / (view.east - view.west)
    shape = min(max(upwards / across, lowest), highest)
    if upwards / across < shape:
        grow = (across * shape - upwards) / 2
        view = View(view.west, view.south - grow, view.east, view.north + grow)
    else:
        grow = (upwards / shape - across) / 2 / squeeze
        view = View(view.west - grow, view.south, view.east + grow, view.north)
    return Frame(view, width / ((view.east - view.west) * squeeze), squeeze)


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
        points = [(laid.x(longitude), laid.y(latitude)) for longitude, latitude in outline]
        if inside := clipped(points, *laid.size):
            drawn.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in inside) + "Z")
    if drawn:
        yield H.path({"class": "land", "d": "".join(drawn)})


def clipped(
    points: Sequence[tuple[float, float]], width: float, height: float
) -> list[tuple[float, float]]:
    """Return the part of the outline ``points`` that lies in the picture.

    Sutherland and Hodgman, "Reentrant polygon clipping", 1974: edge after edge; a little
    beyond the edges of the picture, so that these do not show as coasts.
    """
    found = list(points)
    for axis, sign, limit in (
        (0, 1, -4.0),
        (0, -1, -width - 4),
        (1, 1, -4.0),
        (1, -1, -height - 4),
    ):
        found = list(_on_one_side(found, axis, sign, limit))
    return found


def _on_one_side(
    points: Sequence[tuple[float, float]], axis: int, sign: int, limit: float
) -> Iterator[tuple[float, float]]:
    """Yield the outline of what has ``sign`` times its coordinate at ``limit`` or above."""
    for before, here in zip([*points[-1:], *points[:-1]], points, strict=True):
        inside, was_inside = sign * here[axis] >= limit, sign * before[axis] >= limit
        if inside != was_inside:
            share = (limit - sign * before[axis]) / (sign * (here[axis] - before[axis]))
            yield (
                before[0] + share * (here[0] - before[0]),
                before[1] + share * (here[1] - before[1]),
            )
        if inside:
            yield here


def _graticule(laid: Frame) -> Iterator[etree._Element]:
    view, (width, height) = laid.view, laid.size
    step = next(s for s in (1, 2, 5, 10, 20, 30, 45, 90, 360) if (view.east - view.west) / s <= 9)  # noqa: PLR2004 - so many lines
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
    places = ((x + radius + 4, feet), (x - radius - 4 - long, feet))
    places += ((x - long / 2, y - radius - 5), (x - long / 2, y + radius + SIZE))
    for left, bottom in places:
        yield left, bottom, Box(left, bottom - SIZE, left + long, bottom + 3)
