"""A static tree of files that answers as Distributed Text Services 1.0, from any web server.

The parts of a letter are cited by their place: "1.3" is the third block of its first division.
Its header says so in a ``citeStructure`` (TEI P5, 2.3.6.5), for programs that serve it themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from epistola.exports import Choice, File, FolderFormat
from epistola.exports.entries import T
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Named
from epistola.exports.profiles.local import made_local
from epistola.tree.element import E

CONTEXT = "https://dtsapi.org/context/v1.0.json"
WRAPPER = "https://w3id.org/dts/api#"
HEAD: Mapping[str, str] = MappingProxyType({"@context": CONTEXT, "dtsVersion": "1.0"})
ROOT = "letters"
"""The id of the collection that holds all letters."""
BODY = "/TEI/text/body"
DIVISION, BLOCK = "division", "block"

Said = dict[str, object]
"""An object of JSON."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a letter that can be cited: how, what it is, and its element."""

    ref: str
    kind: str
    level: int
    parent: str | None
    element: etree._Element


def write(letters: Letters) -> Iterator[File]:
    """Yield the files of all endpoints: those of each letter, then the collection's."""
    base = letters.choices["base"].rstrip("/") + "/"
    register = {entry.key: entry for entry in letters.register}
    members: list[Said] = []
    for letter in letters:
        root = made_local(letter, register)
        found = list(units(root))
        cite(root)
        resource = {**_resource(letter, root), **_endpoints(base)}
        members.append(resource)
        yield File(f"document/{letter.name}.xml", [_document(root)])
        for unit in found:
            yield File(f"document/{letter.name}/{unit.ref}.xml", [_passage(unit)])
        yield File(f"navigation/{letter.name}.json", [_navigation(resource, found, base)])
        yield File(f"collection/{letter.name}.json", [_json({**HEAD, **resource})])
    yield File(f"collection/{ROOT}.json", [_json(_collection(letters, members, base))])
    entry = {"@id": f"{base}index.json", "@type": "EntryPoint", **_endpoints(base)}
    yield File("index.json", [_json({**HEAD, **entry})])


def units(root: etree._Element) -> Iterator[Unit]:
    """Yield the parts of a letter that can be cited, each before those in it."""
    body = root.find(f"{T}text/{T}body")
    blocks = [] if body is None else list(body.iterchildren(etree.Element))
    nested = has_divisions(root)
    for number, block in enumerate(blocks, 1):
        yield Unit(str(number), DIVISION if nested else BLOCK, 1, None, block)
        inner = block.iterchildren(etree.Element) if nested else ()
        for place, child in enumerate(inner, 1):
            yield Unit(f"{number}.{place}", BLOCK, 2, str(number), child)


def has_divisions(root: etree._Element) -> bool:
    """Return whether the body of a letter is divided, and holds nothing besides its divisions."""
    body = root.find(f"{T}text/{T}body")
    blocks = [] if body is None else list(body.iterchildren(etree.Element))
    return bool(blocks) and all(block.tag == f"{T}div" for block in blocks)


def cite(root: etree._Element) -> None:
    """Say in the header of a letter how its parts are cited."""
    header = root.find(f"{T}teiHeader")
    if header is None:
        return
    described = header.find(f"{T}encodingDesc")
    if described is None:
        described = E.encodingDesc()
        header.insert(1, described)
    described.append(E.refsDecl({"default": "true"}, _structure(nested=has_divisions(root))))


def _structure(*, nested: bool) -> etree._Element:
    unit = DIVISION if nested else BLOCK
    outer = E.citeStructure({"unit": unit, "match": f"{BODY}/*", "use": "position()"})
    if nested:
        inner = {"unit": BLOCK, "match": "*", "use": "position()", "delim": "."}
        outer.append(E.citeStructure(inner))
    return outer


# ---- the endpoints


def _endpoints(base: str) -> Said:
    return {
        "collection": f"{base}collection/{{+id}}.json",
        "navigation": f"{base}navigation/{{+resource}}.json",
        "document": f"{base}document/{{+resource}}{{/ref}}.xml",
    }


def _resource(letter: ExportedLetter, root: etree._Element) -> Said:
    """Return what a collection says of a letter."""
    date = letter.date.dating if letter.date is not None else {}
    core = {
        "creator": [_called(one) for one in letter.sender],
        "date": "/".join(dict.fromkeys(date.values())),
        "language": letter.language,
    }
    nested = has_divisions(root)
    inner = {"citeStructure": [{"@type": "CiteStructure", "citeType": BLOCK}]} if nested else {}
    outer = {"@type": "CiteStructure", "citeType": DIVISION if nested else BLOCK, **inner}
    return {
        "@id": letter.name,
        "@type": "Resource",
        "title": letter.title,
        "totalParents": 1,
        "totalChildren": 0,
        "mediaTypes": ["application/tei+xml"],
        "dublinCore": {name: value for name, value in core.items() if value},
        "citationTrees": [{"@type": "CitationTree", "citeStructure": [outer]}],
    }


def _called(one: Named) -> str:
    return (one.entry.name if one.entry else "") or " ".join(one.text.split()) or one.key


def _navigation(resource: Said, found: list[Unit], base: str) -> str:
    members = [
        {
            "@type": "CitableUnit",
            "identifier": unit.ref,
            "level": unit.level,
            "parent": unit.parent,
            "citeType": unit.kind,
        }
        for unit in found
    ]
    own = {"@id": f"{base}navigation/{resource['@id']}.json", "@type": "Navigation"}
    return _json({**HEAD, **own, "resource": resource, "member": members})


def _collection(letters: Letters, members: list[Said], base: str) -> Said:
    own = {
        "@id": ROOT,
        "@type": "Collection",
        "title": letters.title or letters.name,
        "totalParents": 0,
        "totalChildren": len(members),
    }
    return {**HEAD, **own, **_endpoints(base), "member": members}


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _passage(unit: Unit) -> bytes:
    """Return a part of a letter as the document endpoint gives it."""
    names = {"dts": WRAPPER}
    tei = E.TEI()
    wrapper = etree.SubElement(tei, f"{{{WRAPPER}}}wrapper", {"ref": unit.ref}, nsmap=names)
    inner = deepcopy(unit.element)
    inner.tail = None
    wrapper.append(inner)
    return _document(tei)


def _json(value: Said) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


FORMAT = FolderFormat(
    write,
    "Distributed Text Services 1.0, as files for a web server",
    ".json",
    keeps="letters as TEI, whole and block by block; title, senders, date and language",
    loses="nothing of the TEI; front and back can be had with the whole letter only",
    choices=(Choice("base", ("/dts/",), "the address at which the folder will lie"),),
)
