"""Who holds something for certain, or not (TEI P5, 22.1: att.global.responsibility)."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.checks.index import Index, local_name
from epistola.checks.rules.fault import Fault

NO_CLAIM = frozenset({"certainty", "precision", "respons"})
"""Elements whose whole sense is ``cert``, or that have no ``resp``."""


def certainty_is_someones(index: Index) -> Iterator[Fault]:
    """Yield each ``cert`` without ``resp``: a degree of certainty that nobody answers for."""
    for element, value in index.attributes.get("cert", ()):
        if element.get("resp") is None and local_name(element) not in NO_CLAIM:
            message = f"cert=“{value}” without resp: say who judges so, as resp=“#resp-editor”"
            yield Fault("certainty", element, message, "cert")
