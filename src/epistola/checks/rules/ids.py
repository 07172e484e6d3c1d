"""Ids are unique in a file (TEI P5, att.global; XML 1.0, 3.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.checks.index import XML_ID, Index
from epistola.checks.rules.fault import Fault


def ids_are_unique(index: Index) -> Iterator[Fault]:
    """Yield each element whose ``xml:id`` an element before it has."""
    for first, element in index.repeated:
        line: object = first.sourceline
        before = f" (first in line {line})" if line else ""
        message = f"xml:id “{element.get(XML_ID)}” is used twice{before}: give each element its own"
        yield Fault("id", element, message, XML_ID)
