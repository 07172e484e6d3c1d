"""Describe the manuscript or typescript that an editor names (TEI P5, 11)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.model import Sidecar
from epistola.tree.element import XML, E
from epistola.tree.facts import Facts

SOURCE = "src-manuscript"


def manuscript(facts: Facts) -> Iterator[etree._Element]:
    """Yield the ``msDesc``, where the sidecar says where the letter is kept or how it looks."""
    said = facts.letter.sidecar
    parts = [*_physical(said), *_history(said)]
    kept = list(_kept(said))
    if kept or parts:
        identified = kept or [E.idno({"type": "local"}, facts.source.name)]
        yield E.msDesc({f"{XML}id": SOURCE}, E.msIdentifier(*identified), *parts)


def _kept(said: Sidecar) -> Iterator[etree._Element]:
    """Yield where the letter is kept, from the town down to the shelf mark."""
    if said.settlement:
        yield E.settlement(said.settlement)
    if said.repository:
        yield E.repository(said.repository)
    if said.collection:
        yield E.collection(said.collection)
    if said.shelfmark:
        yield E.idno({"type": "shelfmark"}, said.shelfmark)


def _physical(said: Sidecar) -> Iterator[etree._Element]:
    hand = [E.handDesc(E.p(said.hand))] if said.hand else []
    typed = [E.typeDesc(E.p(said.typescript))] if said.typescript else []
    if hand or typed:
        yield E.physDesc(*hand, *typed)


def _history(said: Sidecar) -> Iterator[etree._Element]:
    if said.provenance:
        yield E.history(E.provenance(said.provenance))
