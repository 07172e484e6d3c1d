"""Make HTML and SVG as trees: ``H.p("I saw ", H.b("Ann"))``; no words go into markup as markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, cast

from lxml import etree
from lxml.builder import ElementMaker


class Maker(Protocol):
    """Makes elements of HTML or SVG."""

    def __getattr__(self, tag: str) -> Callable[..., etree._Element]:
        """Return a function that makes elements called ``tag``."""
        ...


H: Final = cast("Maker", ElementMaker())
"""Makes HTML, and SVG within it, where no namespace is declared."""

LEAST = 0.05
"""What is shorter is nothing."""


def number(value: float) -> str:
    """Return a length as SVG writes it, to a tenth of a unit.

    >>> number(3.0), number(2.46), number(-0.01)
    ('3', '2.5', '0')
    """
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= LEAST else "0"
