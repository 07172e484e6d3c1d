"""Is a document valid by the edition's schema? And if not, in words that help an editor.

libxml2's verdict can be trusted, its messages cannot: never a column, never what was
expected. It does say which element, though, so what is wrong there is read from the
grammar itself: which children, attributes and values that element may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import get_ident

from lxml import etree

from epistola.model import Finding, Severity

TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"

NAME = re.compile(r"[^\W\d][\w.-]*")
"""About what may be an ``xml:id``."""

FORMS: Mapping[str, str] = {
    "ID": "a name that begins with a letter and has no spaces",
    "teidata.temporal.w3c": "a date such as 1848, 1848-03 or 1848-03-18",
    "teidata.duration.w3c": "a duration such as P3D or P2Y",
    "teidata.pointer": "an address without spaces, such as #person-marx",
    "teidata.namespace": "an address without spaces",
    "teidata.language": "a language code such as en or de-CH",
    "teidata.enumerated": "one word",
    "teidata.word": "one word",
    "teidata.name": "the name of an element or attribute",
    "teidata.count": "a whole number",
    "teidata.numeric": "a number",
    "teidata.probability": "a number from 0 to 1",
    "teidata.truthValue": "true or false",
    "teidata.version": "a version such as 4.12.0",
    "teidata.versionNumber": "a version such as 0.1",
}
"""What a value of each datatype looks like."""

FEW = 8
"""How many names a message lists; a longer list helps nobody."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What the schema says of one attribute: its closed list, or else its datatype."""

    values: tuple[str, ...]
    datatype: str
    required: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What the schema says of one element: the names of its children, text, attributes."""

    children: frozenset[str]
    text: bool
    attributes: Mapping[str, Attribute]


def check_schema(document: bytes | etree._ElementTree) -> list[Finding]:
    """Return what is invalid in ``document``, one finding a line at the most.

    A tree is serialised and parsed afresh, so lines are those of the file it would
    become. A document that is not even well-formed has one finding, "xml".
    """
    data = document if isinstance(document, bytes) else etree.tostring(document, encoding="UTF-8")
    try:
        tree = etree.ElementTree(etree.fromstring(data, _parser()))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return [Finding(Severity.ERROR, "xml", error.msg or "", line=line, column=max(column, 1))]
    validator = _validator(get_ident())
    if validator.validate(tree):
        return []
    return list(_findings(tree, validator.error_log))


def schema_path() -> Traversable:
    """Return where letter.rng is: in the package, or beside it in a source checkout."""
    installed = files("epistola").joinpath("schemas", "letter.rng")
    if installed.is_file():
        return installed
    return Path(__file__).parents[3].joinpath("schemas", "letter.rng")


@cache
def contents() -> Mapping[str, Content]:
    """Return what the schema says of every element, by name."""
    defines = {one.get("name", ""): one for one in _grammar().iter(f"{RNG}define")}
    return {
        name: _content(define[0], defines)
        for name, define in defines.items()
        if define[0].tag == f"{RNG}element"
    }


def _parser() -> etree.XMLParser:
    # Two elements of one id are a finding; a parser that collects ids stops at them.
    return etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)


def _grammar() -> etree._Element:
    return etree.fromstring(schema_path().read_bytes(), etree.XMLParser(remove_comments=True))


@cache
def _validator(_thread: int) -> etree.RelaxNG:
    """Return the schema compiled; one for each thread, as its error log is not shared."""
    return etree.RelaxNG(_grammar())


# ---- from libxml2's log to findings


def _findings(tree: etree._ElementTree, log: etree._ListErrorLog) -> Iterator[Finding]:
    told: set[int] = set()
    for entry in log:
        if entry.line not in told:
            told.add(entry.line)
            yield Finding(
                Severity.ERROR, "schema", _message(tree, entry), line=entry.line, column=1
            )


def _message(tree: etree._ElementTree, entry: etree._LogEntry) -> str:
    node = _node(tree, entry)
    if node is None:
        return entry.message
    match entry.type_name:
        case "RELAXNG_ERR_INVALIDATTR":
            return _bad_attribute(node, entry.message)
        case "RELAXNG_ERR_ATTRVALID":
            return _missing_attribute(node)
        case "RELAXNG_ERR_ELEMWRONG" | "RELAXNG_ERR_EXTRACONTENT":
            return _misplaced(node)
        case "RELAXNG_ERR_TEXTWRONG":
            return f"{_shown(node)} may not hold text directly"
        case "RELAXNG_ERR_NOELEM":
            return _incomplete(node)
        case _:
            return f"{_shown(node)}: {entry.message}"


def _node(tree: etree._ElementTree, entry: etree._LogEntry) -> etree._Element | None:
    if entry.path is None:
        return None
    found = tree.xpath(entry.path)
    return found[0] if isinstance(found, list) and isinstance(found[0], etree._Element) else None


def _bad_attribute(node: etree._Element, message: str) -> str:
    found = re.match(r"Invalid attribute (\S+) for element", message)
    name = found[1] if found else ""
    name = name if node.get(name) is not None else f"xml:{name}"
    value = node.get(name.replace("xml:", XML), "")
    known = contents()[_local(node)].attributes.get(name)
    if known is None:
        return f"{_shown(node)} has no attribute {name.removeprefix('xml:')}"
    if known.datatype == "ID" and NAME.fullmatch(value):
        return f"{name}=“{value}” of {_shown(node)} is another element’s id too"
    return f"{name}=“{value}” of {_shown(node)} is not {_form(known)}"


def _form(attribute: Attribute) -> str:
    if attribute.values:
        return f"one of {', '.join(attribute.values)}"
    return FORMS.get(attribute.datatype, "a value of the right form")


def _missing_attribute(node: etree._Element) -> str:
    known = contents()[_local(node)].attributes
    missing = [name for name, one in known.items() if one.required and node.get(name) is None]
    if not missing:
        return f"{_shown(node)} lacks an attribute, or has two that exclude each other"
    return f"{_shown(node)} lacks the attribute {' and '.join(missing)}"


def _misplaced(node: etree._Element) -> str:
    parent = node.getparent()
    if _local(node) not in contents() or not str(node.tag).startswith(TEI):
        return f"{_shown(node)} is no element of this encoding"
    if parent is None:
        return f"{_shown(node)} may not be the outermost element"
    if _local(node) not in contents()[_local(parent)].children:
        return f"{_shown(node)} may not stand in {_shown(parent)}{_elsewhere(_local(node))}"
    before = node.getprevious()
    place = "first" if before is None else f"after {_shown(before)}"
    return f"{_shown(node)} may stand in {_shown(parent)}, but not {place}"


def _elsewhere(name: str) -> str:
    parents = sorted(parent for parent, one in contents().items() if name in one.children)
    return f", only in {', '.join(parents)}" if len(parents) <= FEW else ""


def _incomplete(node: etree._Element) -> str:
    children = sorted(contents()[_local(node)].children)
    needed = f"; it may hold {', '.join(children)}" if len(children) <= FEW else ""
    return f"{_shown(node)} is incomplete{needed}"


def _shown(node: etree._Element) -> str:
    return f"<{_local(node)}>"


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


# ---- reading the grammar


def _content(element: etree._Element, defines: Mapping[str, etree._Element]) -> Content:
    children: set[str] = set()
    attributes: dict[str, Attribute] = {}
    text = False
    for pattern, required in _leaves(element, defines, required=True):
        match etree.QName(pattern).localname:
            case "element":
                children.add(pattern.get("name", ""))
            case "attribute":
                attributes[pattern.get("name", "")] = _attribute(pattern, required=required)
            case _:
                text = True
    return Content(frozenset(children), text, attributes)


def _leaves(
    pattern: etree._Element, defines: Mapping[str, etree._Element], *, required: bool
) -> Iterator[tuple[etree._Element, bool]]:
    """Yield elements, attributes and text inside ``pattern``, and whether they must be there."""
    for child in pattern.iterchildren(f"{RNG}*"):
        match etree.QName(child).localname:
            case "ref":
                yield from _leaves(defines[child.get("name", "")], defines, required=required)
            case "element" | "attribute" | "text" | "data":
                yield child, required
            case "optional" | "zeroOrMore" | "choice":
                yield from _leaves(child, defines, required=False)
            case "group" | "oneOrMore":
                yield from _leaves(child, defines, required=required)


def _attribute(pattern: etree._Element, *, required: bool) -> Attribute:
    datatypes = [one for one in pattern.iter(f"{RNG}ref", f"{RNG}data")]
    datatype = datatypes[0].get("name") or datatypes[0].get("type") if datatypes else ""
    values = () if datatypes else tuple(one.text or "" for one in pattern.iter(f"{RNG}value"))
    return Attribute(values, datatype or "", required)
