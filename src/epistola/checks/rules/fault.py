"""What a rule yields: which element is at fault, and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree


class Fault(NamedTuple):
    """A breach of the rule ``code`` by ``element``, or by one attribute of it.

    ``expected`` names what may stand there, the likeliest first; ``instead`` is what the
    whole value of the attribute should be, where that is sure.
    """

    code: str
    element: etree._Element
    message: str
    attribute: str = ""
    expected: tuple[str, ...] = ()
    instead: str | None = None


def shortened(words: str, width: int = 40) -> str:
    """Return ``words``, cut where they are long.

    >>> shortened("a long story", 7)
    'a long…'
    """
    return words if len(words) <= width else f"{words[: width - 1]}…"
