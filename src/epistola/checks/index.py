"""One walk over a tree, after which every rule looks things up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from lxml import etree

from epistola.checks.library import Ids, Library

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XML_ID = f"{XML}id"
SPACES = frozenset({TEI[:-1], ""})
"""TEI's namespace, and none: that is a TEI file whose root forgot to say so."""

POINTERS = frozenset(
    """
    active adj adjFrom adjTo ana calendar change children class code copyOf corresp datcat
    datingMethod datingPoint decls domains edRef end exclude fVal facs feats filter follow
    fromUnit given hand inst lemmaRef mergedIn mutual new next nymRef origin parent parts
    passive perf period prev property ref rendition replyTo require resp sameAs scheme
    scribeRef scriptRef select since source spanTo start synch target targetDatcat targetEnd
    toUnit toWhom unitRef uri url valueDatcat where who wit
    """.split()
)
"""Attributes whose datatype is teidata.pointer (TEI P5, appendix C and D)."""

ONLY: Mapping[str, frozenset[str]] = {
    "from": frozenset({"app", "arc", "rt", "span"}),
    "to": frozenset({"app", "arc", "rt", "span"}),
    "value": frozenset({"eLeaf", "eTree", "iNode", "leaf", "node", "root", "triangle"}),
}
"""Attributes that point on these elements, and are dates or words on all others."""

NOT: Mapping[str, frozenset[str]] = {
    "active": frozenset({"interaction"}),
    "class": frozenset({"attRef"}),
    "new": frozenset({"shift"}),
    "passive": frozenset({"interaction"}),
    "require": frozenset({"anyElement"}),
    "scheme": frozenset(
        "att constraintSpec gi localProp rendition styleDefDecl tag unicodeProp unihanProp".split()
    ),
    "start": frozenset({"schemaSpec"}),
    "where": frozenset({"move"}),
}
"""Attributes that point on all elements but these."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """One of the addresses in an attribute: ``#id``, ``file.xml#id``, ``https://...``."""

    element: etree._Element
    attribute: str
    address: str


@dataclass(frozen=True)
class Index:
    """What a file holds, by name.

    ``ids`` has the first element with each id, ``repeated`` the others with the first.
    ``elements`` are those of TEI by their names, ``attributes`` those of TEI's elements,
    each in the order of the file. ``folder`` is where the file lies, if it lies anywhere.
    """

    root: etree._Element
    ids: Mapping[str, etree._Element]
    repeated: Sequence[tuple[etree._Element, etree._Element]]
    elements: Mapping[str, Sequence[etree._Element]]
    attributes: Mapping[str, Sequence[tuple[etree._Element, str]]]
    folder: Path | None = None
    library: Library | None = None

    @cached_property
    def pointers(self) -> Sequence[Pointer]:
        """Return all addresses in attributes that point, attribute by attribute."""
        return tuple(_pointers(self.attributes))

    @cached_property
    def used(self) -> frozenset[str]:
        """Return all ids of this file that something in it points at, by pointer or key."""
        local = {one.address[1:] for one in self.pointers if one.address.startswith("#")}
        keys = {word for _, value in self.attributes.get("key", ()) for word in value.split()}
        return frozenset(local | keys)

    @cached_property
    def is_ours(self) -> bool:
        """Return whether this encoding's own rules hold: Epistola stands in its appInfo."""
        return any(one.get("ident") == "epistola" for one in self.all("application"))

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield TEI's elements of these names."""
        for name in names:
            yield from self.elements.get(name, ())

    def target(self, address: str) -> etree._Element | None:
        """Return the element of this file that ``#id`` means."""
        return self.ids.get(address[1:]) if address.startswith("#") else None

    def beside(self, reference: str) -> Ids | None:
        """Return the ids of another file, or None where it is not there to be read."""
        if self.folder is None or self.library is None:
            return None
        return self.library.ids(self.folder, reference)


def index(
    tree: etree._ElementTree | etree._Element,
    path: Path | None = None,
    library: Library | None = None,
) -> Index:
    """Return the index of ``tree``, in one walk.

    Elements of other namespaces, as in TEI's examples, are no part of the text: of them
    only the ids are kept.
    """
    root = tree if isinstance(tree, etree._Element) else tree.getroot()  # noqa: SLF001 - its name
    ids: dict[str, etree._Element] = {}
    repeated: list[tuple[etree._Element, etree._Element]] = []
    elements: dict[str, list[etree._Element]] = {}
    attributes: dict[str, list[tuple[etree._Element, str]]] = {}
    for element in root.iter("*"):
        space, _, name = element.tag.rpartition("}")
        ours = space in SPACES
        if ours:
            elements.setdefault(name, []).append(element)
        for attribute, value in cast("list[tuple[str, str]]", element.items()):
            if ours:
                attributes.setdefault(attribute, []).append((element, value))
            if attribute == XML_ID and ids.setdefault(value, element) is not element:
                repeated.append((ids[value], element))
    folder = path.parent if path else None
    return Index(root, ids, repeated, elements, attributes, folder, library)


def points(element: str, attribute: str) -> bool:
    """Return whether ``attribute`` is a pointer on the TEI element of that name.

    >>> points("span", "from"), points("date", "from"), points("gi", "scheme")
    (True, False, False)
    """
    if attribute in ONLY:
        return element in ONLY[attribute]
    return attribute in POINTERS and element not in NOT.get(attribute, ())


def local_name(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return element.tag.rpartition("}")[2]


def words_of(element: etree._Element, enough: int = 200) -> str:
    """Return the words that ``element`` holds, white space made single, as far as is ``enough``."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(str(piece[:enough]))
        length += len(piece)
        if length > enough:
            break
    return " ".join("".join(pieces).split())


def _pointers(attributes: Mapping[str, Sequence[tuple[etree._Element, str]]]) -> Iterator[Pointer]:
    for attribute, uses in attributes.items():
        if attribute not in POINTERS and attribute not in ONLY:
            continue
        everywhere = attribute not in ONLY and attribute not in NOT
        for element, value in uses:
            if everywhere or points(local_name(element), attribute):
                for address in value.split():
                    yield Pointer(element, attribute, address)
