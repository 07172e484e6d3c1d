"""What every part of the compiler needs of an ODD's nodes, and how it refuses one."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RNG = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
BASE = f"{XML}base"


class OddError(ValueError):
    """An ODD says something that this compiler cannot do, or that makes no sense.

    ``file`` is the path of the file at fault, empty where it was not read from one.
    """

    def __init__(self, node: etree._Element, problem: str) -> None:
        self.file = node.base or ""
        super().__init__(f"line {node.sourceline}: {problem}")


def tag(node: etree._Element) -> str:
    """Return the name of ``node`` without its namespace."""
    return etree.QName(node).localname


def needed(node: etree._Element, name: str) -> str:
    """Return the attribute ``name`` of ``node``.

    Raises OddError where there is none.
    """
    value = node.get(name)
    if value is None:
        raise OddError(node, f"{tag(node)} needs the attribute {name}")
    return value


def children(node: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Yield the children of ``node`` that are in the namespace of TEI and called one of ``tags``.

    Without tags, all that are in that namespace.
    """
    return node.iterchildren(*(f"{TEI}{name}" for name in tags or "*"))


def child(node: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of ``node`` called ``name``."""
    return node.find(f"{TEI}{name}")


def copied(node: etree._Element) -> etree._Element:
    """Return a copy of ``node`` that still knows its file and its lines, for errors."""
    copy = deepcopy(node)
    copy.tail = None
    if node.base:
        copy.set(BASE, node.base)
    return copy


def name_of(spec: etree._Element) -> str:
    """Return the name that documents use for what ``spec`` declares: its altIdent, else its ident.

    TEI Guidelines, 22.5.1.
    """
    other = child(spec, "altIdent")
    return needed(spec, "ident") if other is None else "".join(map(str, other.itertext())).strip()


def words(node: etree._Element | None) -> str:
    """Return the text of ``node`` with its white space made single spaces."""
    return "" if node is None else " ".join("".join(map(str, node.itertext())).split())


def described(spec: etree._Element) -> etree._Element | None:
    """Return the ``desc`` of ``spec``: the English one where there are several."""
    found = list(children(spec, "desc"))
    english = [one for one in found if one.get(f"{XML}lang", "en").startswith("en")]
    return next(iter([*english, *found]), None)


def parse_odd(path: Path) -> etree._ElementTree:
    """Return the XML file at ``path``, read without a network and without expanding entities.

    Raises OSError, and etree.XMLSyntaxError where it is no XML.
    """
    parser = etree.XMLParser(
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    return etree.ElementTree(
        etree.fromstring(path.read_bytes(), parser, base_url=str(path)),
    )


def serialise(tree: etree._ElementTree) -> bytes:
    """Return ``tree`` as the bytes that are kept in a file."""
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True) + b"\n"
