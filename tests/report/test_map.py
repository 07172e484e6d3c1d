from __future__ import annotations

import pytest

from epistola.reconcile.card import Point
from epistola.report.globe import draw, land
from epistola.report.views import Spot, View, clipped, close, frame, whole

SQUARE = [(-10.0, -10.0), (30.0, -10.0), (30.0, 30.0), (-10.0, 30.0)]


def spot(name: str, latitude: float, longitude: float, naming: int = 1, origins: int = 0) -> Spot:
    return Spot(name, Point(latitude, longitude), naming, origins)


BATH, LONDON, DUBLIN = (
    spot("Bath", 51.4, -2.4, 9),
    spot("London", 51.5, -0.1, 20),
    spot("Dublin", 53.3, -6.3, 5),
)
CALCUTTA = spot("Calcutta", 22.6, 88.4)


@pytest.mark.parametrize("width", [350, 880])
@pytest.mark.parametrize("spots", [[BATH], [BATH, LONDON], [BATH, CALCUTTA], [spot("Pole", 90, 0)],
                                   [spot("Fiji", -18, 178), spot("Samoa", -14, -172)]])  # fmt: skip
def test_a_map_holds_its_places(spots: list[Spot], width: float) -> None:
    view = whole(spots)
    laid = frame(view, width)
    assert laid.size[0] == pytest.approx(width)
    assert 0.2 * width < laid.size[1] < 1.1 * width
    for one in spots:
        assert laid.view.holds(one.point)
        assert 0 <= laid.x(one.point.longitude) <= width
        assert 0 <= laid.y(one.point.latitude) <= laid.size[1]
    assert len(draw("m", spots, view, "Places", width).findall("circle")) == len(spots)


def test_one_place_is_shown_with_what_is_around_it() -> None:
    view = whole([BATH])
    assert view.upwards >= 3
    assert view.across >= 3


def test_a_close_view_is_where_most_lies_and_only_where_that_is_small() -> None:
    assert close([BATH, LONDON, DUBLIN]) is None
    view = close([BATH, LONDON, DUBLIN, CALCUTTA])
    assert view is not None
    assert [view.holds(s.point) for s in (BATH, LONDON, DUBLIN, CALCUTTA)] == [True] * 3 + [False]


def test_an_origin_has_its_own_colour() -> None:
    picture = draw("m", [spot("Bath", 51.4, -2.4, 0, 2)], whole([BATH]), "Places", 880)
    assert [one.get("class") for one in picture.findall("circle")] == ["spot origin"]


def test_names_do_not_meet_and_stay_on_the_map() -> None:
    spots = [spot(f"Place {at}", 51.4 + at / 100, -2.4, at + 1) for at in range(30)]
    picture = draw("m", spots, whole(spots), "Places", 350)
    feet = sorted(float(one.get("y", "0")) for one in picture.findall("text[@class='label halo']"))
    assert feet
    for one in picture.findall("text[@class='label halo']"):
        assert 0 < float(one.get("x", "0")) < 350


@pytest.mark.parametrize(
    ("points", "inside"),
    [
        ([], set()),
        ([(-9.0, -9.0), (-8.0, -9.0), (-8.0, -8.0)], set()),
        ([(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)], {(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)}),
        (SQUARE, {(-4.0, -4.0), (24.0, -4.0), (24.0, 24.0), (-4.0, 24.0)}),
    ],
)
def test_outlines_are_cut_at_the_edge(
    points: list[tuple[float, float]], inside: set[tuple[float, float]]
) -> None:
    assert set(clipped(points, 20, 20)) == inside


def test_the_land_is_the_earth_s() -> None:
    outlines = list(land())
    assert len(outlines) > 300
    for outline in outlines:
        assert len(outline) >= 3
        assert all(-185 <= x <= 195 and -90 <= y <= 90 for x, y in outline)
    assert covered(outlines, 48.0, 2.0)
    assert not covered(outlines, 30.0, -40.0)


def covered(outlines: list[list[tuple[float, float]]], latitude: float, longitude: float) -> bool:
    """Whether a point is on land: a ray from it crosses its outline an odd number of times."""
    crossings = 0
    for outline in outlines:
        for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
            if (y1 > latitude) != (y2 > latitude):
                crossings += x1 + (latitude - y1) / (y2 - y1) * (x2 - x1) > longitude
    return crossings % 2 == 1


def test_a_view_of_the_globe_is_not_wider_than_it() -> None:
    view = whole([spot("A", 60, -179), spot("B", -60, 179)])
    assert view.east - view.west <= 360
    assert View(view.west, view.south, view.east, view.north) == view
