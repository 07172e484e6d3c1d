"""The parts that a unit of a letter may be, and the zones in which they stand."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from epistola.model import Span
from epistola.text.blocks import Unit

TOP, BODY, BOTTOM, AFTER, COVER, APPARATUS, COLOPHON = range(7)
"""Head and opener; paragraphs; closer; postscripts; what others wrote on it; what an editor
says of it; the page's own last lines."""


class State(NamedTuple):
    """A part in a zone; a signature before which no leave is taken is ``named``."""

    zone: int
    part: str


class Run(NamedTuple):
    """Units that make one part together."""

    state: State
    units: tuple[Unit, ...]

    @property
    def span(self) -> Span:
        """What the units cover together."""
        return Span(self.units[0].span.start, self.units[-1].span.end)


OPENER = frozenset({"dateline", "address", "salute", "rule"})
CLOSER = frozenset({"valediction", "signed", "named", "dateline", "address"})
SOLID = frozenset({State(BODY, "p"), State(BODY, "ornament")})
"""Parts that may stand between an opener and a closer, as one must (TEI P5, 4.2)."""
KINDS = MappingProxyType(
    {
        "number": "head",
        "heading": "head",
        "dated": "dateline",
        "named": "signed",
        "introduction": "note",
        "remark": "note",
        "starred": "note",
    }
)
"""The kind of annotation that a part becomes where it has another name."""
