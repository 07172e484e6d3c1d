"""What the pictures of a report share: their frame, and how long words are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from epistola.shown.markup import H, number

LETTER = 0.6
"""The mean width of a letter of a sans-serif type, in its size; wide enough for most names."""
NARROW = 520.0
"""Pictures that are narrower than this are for a phone, and are laid out otherwise."""
SIZE = 13.0
"""The size of the type in pictures; they are drawn at the width at which they are shown."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture is called, and what it shows, for who does not see it."""

    title: str
    description: str


def picture(
    ident: str, words: Words, size: tuple[float, float], shapes: Iterable[etree._Element]
) -> etree._Element:
    """Return an SVG of ``size`` that holds ``shapes``; ``ident`` is no other picture's.

    Its title and its description name it to who does not see it (SVG 2, 5.8; WAI-ARIA
    Graphics Module).
    """
    width, height = map(number, size)
    title, description = f"{ident}-title", f"{ident}-desc"
    return H.svg(
        {
            "id": ident,
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-labelledby": title,
            "aria-describedby": description,
        },
        H.title({"id": title}, words.title),
        H.desc({"id": description}, words.description),
        *shapes,
    )


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> etree._Element:
    """Return a line of the class ``kind``."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return H.line({"class": kind, **{name: number(value) for name, value in ends.items()}})


def box(kind: str, x: float, y: float, width: float, height: float) -> etree._Element:
    """Return a rectangle of the class ``kind``."""
    sides = {"x": x, "y": y, "width": width, "height": height}
    return H.rect({"class": kind, **{name: number(value) for name, value in sides.items()}})


def disc(kind: str, x: float, y: float, radius: float, tip: str = "") -> etree._Element:
    """Return a disc of the class ``kind``; ``tip`` is shown where the mouse rests on it."""
    sides = {"cx": x, "cy": y, "r": radius}
    shape = H.circle({"class": kind, **{name: number(value) for name, value in sides.items()}})
    if tip:
        shape.append(H.title(tip))
    return shape


def text(kind: str, x: float, y: float, words: str, **more: str) -> etree._Element:
    """Return ``words`` that stand at ``x``, their feet at ``y``."""
    return H.text({"class": kind, "x": number(x), "y": number(y), **more}, words)


def fitted(words: str, width: float, size: float = SIZE) -> str:
    """Return ``words``, cut where they are wider than ``width``.

    >>> fitted("Harriet Beaufort", 200), fitted("Harriet Beaufort", 60)
    ('Harriet Beaufort', 'Harrie…')
    """
    most = max(int(width / (LETTER * size)), 2)
    return words if len(words) <= most else words[: most - 1].rstrip(" ,.;:-–") + "…"


def wide(words: str, size: float = SIZE) -> float:
    """Return about how wide ``words`` are."""
    return LETTER * size * len(words)


def steps(most: int, count: int) -> list[int]:
    """Return about ``count`` round numbers from 0 to ``most`` or just over it.

    >>> steps(37, 4), steps(3, 4), steps(0, 4)
    ([0, 10, 20, 30, 40], [0, 1, 2, 3], [0, 1])
    """
    step = round_step(most / count)
    return list(range(0, max(-(-most // step), 1) * step + 1, step))


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 ... that is not under ``least``.

    >>> [round_step(n) for n in (0, 1.5, 3, 6, 11, 120)]
    [1, 2, 5, 10, 20, 200]
    """
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step >= least:
                return step
        power *= 10
