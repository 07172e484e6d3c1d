"""The parts of what is divided point at each other both ways (TEI P5, 17.7: aggregation)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from epistola.checks.index import XML_ID, Index
from epistola.checks.rules.fault import Fault

BACK: Mapping[str, str] = {"next": "prev", "prev": "next"}


def chains_hold(index: Index) -> Iterator[Fault]:
    """Yield each ``next`` or ``prev`` whose other end says something else, or nothing."""
    for way, back in BACK.items():
        for element, address in index.attributes.get(way, ()):
            target = index.target(address)
            if target is not None:
                yield from _joint(element, address, target, way, back)


def _joint(
    element: etree._Element, address: str, target: etree._Element, way: str, back: str
) -> Iterator[Fault]:
    if target is element:
        message = f"{way}=“{address}” points at its own element: let it point at the other part"
        yield Fault("chain", element, message, way)
        return
    own, answer = f"#{element.get(XML_ID)}", target.get(back)
    if answer is None:
        message = f"{way}=“{address}”, but that element has no {back}: give it {back}=“{own}”"
        if element.get(XML_ID) is None:
            message = (
                f"{way}=“{address}”, but that element has no {back}: give this one an"
                f" xml:id, and that one a {back} that points at it"
            )
        yield Fault("chain-one-way", element, message, way)
    elif answer.startswith("#") and answer != own:
        message = (
            f"{way}=“{address}”, but the {back} of that element is “{answer}”: the two should"
            " point at each other"
        )
        yield Fault("chain", element, message, way)
