"""Write the names in a letter with other elements, and leave out elements without their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from epistola.exports.addresses import addresses, preferred
from epistola.exports.entries import T
from epistola.exports.letters import ExportedLetter, is_register

NAMES: Mapping[str, str] = MappingProxyType(
    {"persName": "person", "placeName": "place", "geogName": "place", "orgName": "org"}
    | {"eventName": "event", "objectName": "object"}
)
"""The element of a name -> the ``@type`` of the ``rs`` that stands for it."""
PREFERRED = ("GND", "GeoNames", "VIAF", "Wikidata")
"""The authorities whose address is written in the place of an entry, the best first."""


def as_rs(root: etree._Element) -> None:
    """Write each name in the text of a letter, but not in a register, as ``rs`` with a type."""
    text = root.find(f"{T}text")
    for element in [] if text is None else list(text.iter(*(f"{T}{name}" for name in NAMES))):
        if any(map(is_register, element.iterancestors())):
            continue
        own = element.attrib.pop("type", "")
        element.attrib.pop("subtype", "")
        kind = NAMES[local(element)]
        element.tag = f"{T}rs"
        element.set("type", kind)
        if own:
            element.set("subtype", str(own))


def with_addresses(root: etree._Element, letter: ExportedLetter) -> None:
    """Point from names to authorities, and to no entry: their ``@ref`` is an address, or gone."""
    of = {f"#{one.local or one.entry.id}": list(addresses(one)) for one in letter.entries}
    for element in list(root.iter(etree.Element)):
        for name in ("ref", "corresp", "key"):
            words = str(element.get(name, "")).split()
            found = [preferred(of[word], PREFERRED) or next(iter(of[word]), "") for word in words
                     if word in of]  # fmt: skip
            if not found:
                continue
            kept = [word for word in words if word not in of] + list(filter(None, found))
            if kept:
                element.set(name, " ".join(kept))
            else:
                del element.attrib[name]


def unwrap(element: etree._Element) -> None:
    """Take ``element`` out of its tree, and leave its words and elements where they stood."""
    parent = element.getparent()
    if parent is None:
        return
    before, at = element.getprevious(), parent.index(element)
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
        _add(parent, before, element.text)
    else:
        _add(parent, before, (element.text or "") + (element.tail or ""))
    element.tail = None
    parent[at : at + 1] = children


def drop(element: etree._Element) -> None:
    """Take ``element`` out of its tree with its words, and leave what stands behind it."""
    parent = element.getparent()
    if parent is not None:
        _add(parent, element.getprevious(), element.tail)
        element.tail = None
        parent.remove(element)


def drop_all(root: etree._Element, names: Iterable[str]) -> None:
    """Take all elements of these names out of ``root``, with their words."""
    for element in list(root.iter(*(f"{T}{name}" for name in names))):
        drop(element)


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _add(parent: etree._Element, before: etree._Element | None, words: str | None) -> None:
    if before is None:
        parent.text = (parent.text or "") + (words or "")
    else:
        before.tail = (before.tail or "") + (words or "")
