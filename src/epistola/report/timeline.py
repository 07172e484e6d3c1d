"""Draw how many letters there are of each year, month or decade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from epistola.report.drawing import Words, box, line, picture, round_step, steps, text, wide
from epistola.report.sent import When

GAP = 100
"""So many years without a letter part those that are drawn from outliers, which are told."""
FEW_YEARS = 2
"""Letters of no more years than this are drawn by the month."""
MANY_YEARS = 150
"""Letters of more years than this are drawn by the decade."""
DECADE = 10
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 240.0, 34.0, 14.0, 4.0, 26.0
BROADEST = 44.0
"""How wide a bar may be, where there are few."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Letters over time: ``unit`` is what a bar stands for, ``bars`` has a label and a number.

    ``outside`` are the letters of years that are far from most, by year; ``inexact`` those
    of the drawn time whose date is not exact to the unit.
    """

    unit: str
    bars: tuple[tuple[str, int], ...]
    outside: tuple[tuple[int, int], ...] = ()
    inexact: int = 0


def timeline(months: Mapping[When, int]) -> Timeline:
    """Return how letters are spread over time; without a dated letter there are no bars."""
    years: dict[int, int] = {}
    for when, times in months.items():
        if when.year is not None:
            years[when.year] = years.get(when.year, 0) + times
    drawn = _most(years)
    outside = tuple(sorted((y, n) for y, n in years.items() if y not in drawn))
    if not drawn:
        return Timeline("year", ())
    if len(drawn) <= FEW_YEARS:
        return _by_month(months, drawn, outside)
    if len(drawn) > MANY_YEARS:
        return Timeline("decade", tuple(_by_decade(years, drawn)), outside)
    return Timeline("year", tuple((str(y), years.get(y, 0)) for y in drawn), outside)


def _most(years: Mapping[int, int]) -> range:
    """Return the years, without a long gap, in which most letters lie."""
    if not years:
        return range(0)
    ordered = sorted(years)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b - a > GAP)]
    ends = [*(a for a, b in pairwise(ordered) if b - a > GAP), ordered[-1]]
    stretches = [range(a, b + 1) for a, b in zip(starts, ends, strict=True)]
    return max(stretches, key=lambda one: sum(years.get(year, 0) for year in one))


def _by_month(
    months: Mapping[When, int], drawn: range, outside: tuple[tuple[int, int], ...]
) -> Timeline:
    counts = {(w.year, w.month): n for w, n in months.items() if w.month is not None}
    bars = tuple(
        (f"{name} {year}", counts.get((year, at), 0))
        for year in drawn
        for at, name in enumerate(MONTHS, 1)
    )
    inexact = sum(n for w, n in months.items() if w.month is None and w.year in drawn)
    return Timeline("month", bars, outside, inexact)


def _by_decade(years: Mapping[int, int], drawn: range) -> Iterator[tuple[str, int]]:
    for start in range(drawn[0] // DECADE * DECADE, drawn[-1] + 1, DECADE):
        yield f"{start}s", sum(years.get(year, 0) for year in range(start, start + DECADE))


def said(line: Timeline) -> Words:
    """Return the picture in words."""
    title = f"Letters by {line.unit}"
    if not line.bars:
        return Words(title, "No letter has a date.")
    label, most = max(line.bars, key=lambda bar: bar[1])
    first, last = line.bars[0][0], line.bars[-1][0]
    span = f"from {first} to {last}" if first != last else f"for {first}"
    return Words(title, f"One bar a {line.unit}, {span}; most letters in {label}: {most:,}.")


def draw(ident: str, shown: Timeline, width: float) -> etree._Element:
    """Return the picture of ``shown``, so many units wide."""
    return picture(ident, said(shown), (width, HEIGHT), _shapes(shown, width))


def _shapes(shown: Timeline, width: float) -> Iterator[etree._Element]:
    scale = steps(max((count for _, count in shown.bars), default=0), 5)
    high = HEIGHT - TOP - BOTTOM
    for step in scale:
        y = TOP + high * (1 - step / scale[-1])
        yield line("axis" if step == 0 else "grid", LEFT, y, width - RIGHT, y)
        yield text("tick left", LEFT - 8, y + 4, f"{step:,}")
    each = min((width - LEFT - RIGHT) / max(len(shown.bars), 1), BROADEST * 1.5)
    gap = min(each * 0.22, 6.0)
    for at, (label, count) in enumerate(shown.bars):
        tall = high * count / scale[-1]
        bar = box("bar", LEFT + at * each + gap / 2, TOP + high - tall, each - gap, tall)
        bar.append(_tip(label, count))
        if count:
            yield bar
    for at in _labelled([label for label, _ in shown.bars], each):
        yield text("tick", LEFT + (at + 0.5) * each, HEIGHT - 6, shown.bars[at][0])


def _tip(label: str, count: int) -> etree._Element:
    title = etree.Element("title")
    title.text = f"{label}: {count:,}"
    return title


def _labelled(labels: Sequence[str], each: float) -> Iterator[int]:
    """Yield which bars have their label below them: round years, as many as there is room for."""
    if not labels:
        return
    room = (max(map(wide, labels)) + 14) / each
    step = round_step(room)
    years = [int(label) for label in labels] if all(map(str.isdigit, labels)) else []
    half = wide(labels[0]) / 2 / each
    for at in range(len(labels)):
        round_one = years[at] % step == 0 if years and step > 1 else at % step == 0
        if round_one and at + 0.5 >= half - LEFT / each and at + 0.5 + half <= len(labels) + 0.5:
            yield at
