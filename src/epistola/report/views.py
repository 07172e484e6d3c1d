"""Which part of the globe a map shows, and how it is laid flat.

The projection is the equirectangular one, true to scale in the middle of the map: John P.
Snyder, "Map Projections: A Working Manual", US Geological Survey, 1987, p. 90.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import cos, radians
from typing import NamedTuple

from epistola.reconcile.card import Point
from epistola.report.drawing import NARROW

MARGIN = 0.1
"""The share of its extent that a map shows around its places."""
LEAST_EXTENT = 3.0
"""No map shows fewer degrees than this: coastlines are not drawn more exactly."""
CENTRE = 0.9
"""A close view shows this share of all mentions."""
CLOSER = 0.35
"""It is drawn where its sides are no longer than this share of those of the whole map."""
SHAPES = ((0.75, 1.05), (0.5, 0.68))
"""The lowest and the highest map, for its width: in a narrow window, in a wide one."""
BEYOND = 4.0
"""So far beyond the edges land is drawn, that these do not show as coasts."""


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
    wider = min(wider, (360 - east + west) / 2)
    return View(west - wider, max(south - higher, -90), east + wider, min(north + higher, 90))


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
    """Return the frame for ``view``, widened so that the map is neither a slit nor a tower.

    A map of the whole globe is as high as that is, and no higher.
    """
    lowest, highest = SHAPES[width > NARROW]
    across, upwards = view.across, view.upwards
    squeeze = across / (view.east - view.west)
    if upwards < across * lowest:
        grow = (across * lowest - upwards) / 2
        view = replace(view, south=max(view.south - grow, -90), north=min(view.north + grow, 90))
    elif upwards > across * highest:
        grow = (upwards / highest - across) / 2 / squeeze
        view = replace(view, west=view.west - grow, east=view.east + grow)
    return Frame(view, width / ((view.east - view.west) * squeeze), squeeze)


def clipped(
    points: Sequence[tuple[float, float]], width: float, height: float
) -> list[tuple[float, float]]:
    """Return the part of the outline ``points`` that lies in the picture.

    Sutherland and Hodgman, "Reentrant polygon clipping", 1974: edge after edge; a little
    beyond the edges of the picture, so that these do not show as coasts.
    """
    found = list(points)
    sides = ((0, 1, 0.0), (0, -1, -width), (1, 1, 0.0), (1, -1, -height))
    for axis, sign, edge in sides:
        found = list(_on_one_side(found, axis, sign, edge - BEYOND))
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
