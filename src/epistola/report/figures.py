"""A picture in the page: as it is drawn wide and narrow, its legend, its numbers."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from epistola.shown.markup import H

WIDE, NARROW = 880.0, 350.0
"""The widths at which pictures are drawn: for a desk, for a phone."""
Drawing = Callable[[str, float], etree._Element]  # noqa: SLF001 - lxml has no public name for it
"""Draws a picture with an id, so many units wide."""


def heading(ident: str, words: str) -> etree._Element:
    """Return the heading of a section, to which links lead."""
    return H.h2({"id": ident}, words)


def figure(
    ident: str, draw: Drawing, *below: etree._Element, narrow: Drawing | None = None
) -> etree._Element:
    """Return a picture as it is drawn for a wide and for a narrow window, and what is below it.

    ``narrow`` draws it for the narrow one, where that shows less. One of the two is shown.
    """
    return H.figure(
        H.div({"class": "wide"}, draw(f"{ident}-wide", WIDE)),
        H.div({"class": "narrow"}, (narrow or draw)(f"{ident}-narrow", NARROW)),
        *below,
    )


def numbers(shown: etree._Element, words: str = "The picture in numbers") -> etree._Element:
    """Return a table or a list that is folded away till it is asked for."""
    return H.details(H.summary(words), shown)


def legend(*entries: tuple[str, str]) -> etree._Element:
    """Return what the colours of a picture mean: their class, and words."""
    marks = [
        H.li(H.span({"class": f"mark {kind}", "aria-hidden": "true"}), t) for kind, t in entries
    ]
    return H.ul({"class": "legend"}, *marks)
