"""Is a document valid by the edition's schema? And if not, in words that help an editor.

libxml2's verdict can be trusted, its messages cannot: never a column, never what was
expected. It does say which element, though, so what is wrong there is read from the
grammar itself: which children, attributes and values that element may have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import get_ident
from typing import Any

from lxml import etree

from epistola.model import Finding, Severity

TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
ATTRIBUTE = f"{RNG}attribute"
XML = "{http://www.w3.org/XML/1998/namespace}"

NAME = re.compile(r"[^\W\d][\w.-]*")
"""About what may be an ``xml:id``."""

OWNER = re.compile(
    r"(?:Element|Datatype element) (\S+) (?:failed to validate attributes|has child elements)"
)
"""Messages that name the element meant, where the path may be that of a child."""

POSITION = re.compile(r", line \d+, column \d+$")
"""What libxml2 repeats at the end of its message."""

STEP = re.compile(r"/([^/\[]+)(?:\[(\d+)\])?")
"""A step of the path by which libxml2 says which element is meant."""

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
    """What the schema says of one attribute: its closed list, or else its datatype.

    ``excludes`` are the attributes that may not stand beside it.
    """

    values: tuple[str, ...]
    datatype: str
    required: bool
    excludes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Content:
    """What the schema says of one element: the names of its children, text, attributes.

    ``required`` are the children that it must have, in the order of the schema.
    """

    children: frozenset[str]
    required: tuple[str, ...]
    text: bool
    attributes: Mapping[str, Attribute]


def check_schema(document: bytes | etree._ElementTree) -> list[Finding]:
    """Return what is invalid in ``document``, one finding a line at the most.

    A tree is serialised and parsed afresh, so lines are those of the file it would
    become. A document that is not even well-formed has one finding, "xml".
    """
    data = document if isinstance(document, bytes) else etree.tostring(document, encoding="UTF-8")
    try:
        tree = etree.ElementTree(etree.fromstring(data, safe_parser()))
    except etree.XMLSyntaxError as error:
        return [malformed(error)]
    validator = _validator(get_ident())
    if validator.validate(tree):
        return []
    return list(_findings(tree, validator.error_log))


def safe_parser() -> etree.XMLParser:
    """Return a parser that reads nothing but what it is given, and expands no entity.

    It collects no ids: an id used twice is a finding, where lxml would stop at it.
    """
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)
    # With collect_ids off, lxml asks for a document type's files, whatever load_dtd says.
    parser.resolvers.add(_Nothing())
    return parser


def malformed(error: etree.XMLSyntaxError) -> Finding:
    """Return the finding that a document is no XML, and where it ceases to be."""
    line, column = error.position
    message = f"not well-formed XML: {POSITION.sub('', str(error.msg))}"
    return Finding(Severity.ERROR, "xml", message, line=line or 1, column=column or 1)


class _Nothing(etree.Resolver):
    """Stands for every file that a document wants to have read with it."""

    def resolve(self, *asked: Any) -> Any:
        """Answer (URL, public identifier, context) with an empty file."""
        return self.resolve_string("", asked[-1], base_url="")


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
        node = _meant(tree, entry)
        line = _line(node, entry)
        if line not in told:
            told.add(line)
            message = entry.message if node is None else _message(node, entry)
            yield Finding(Severity.ERROR, "schema", message, line=line, column=1)


def _line(node: etree._Element | None, entry: etree._LogEntry) -> int:
    line = entry.line if node is None else node.sourceline
    return line if isinstance(line, int) else entry.line


def _meant(tree: etree._ElementTree, entry: etree._LogEntry) -> etree._Element | None:
    """Return the element that ``entry`` is about.

    Of some errors the path is that of a child, and the name in the message is right.
    """
    node = _node(tree, entry)
    named = OWNER.match(entry.message)
    if node is None or named is None or _local(node) == named[1]:
        return node
    return next((one for one in node.iterancestors("*") if _local(one) == named[1]), None)


def _node(tree: etree._ElementTree, entry: etree._LogEntry) -> etree._Element | None:
    """Return the element at libxml2's path: ``/*/*[2]/tei:p[1]``.

    A step is ``*`` for an element of a default namespace, and counts all elements;
    else it is the name as written, and counts those of that name.
    """
    steps = STEP.findall(entry.path or "")
    node = tree.getroot()
    for name, number in steps[1:]:
        same = [child for child in node.iterchildren("*") if name in ("*", _written(child))]
        if len(same) < int(number or 1):
            return None
        node = same[int(number or 1) - 1]
    return node if steps else None


def _written(node: etree._Element) -> str:
    return f"{node.prefix}:{_local(node)}" if node.prefix else _local(node)


def _bad_attribute(node: etree._Element, message: str) -> str:
    found = re.match(r"Invalid attribute (\S+) for element", message)
    name = found[1] if found else ""
    name = name if node.get(name) is not None else f"xml:{name}"
    value = node.get(name.replace("xml:", XML), "")
    known = contents()[_local(node)].attributes.get(name)
    if known is None:
        return f"{_shown(node)} has no attribute {name.removeprefix('xml:')}"
    return _bad_value(node, name, value, known)


def _bad_value(node: etree._Element, name: str, value: str, known: Attribute) -> str:
    if known.datatype == "ID" and NAME.fullmatch(value):
        return f"{name}=“{value}” of {_shown(node)} is the id of another element too"
    excluded = [other for other in known.excludes if node.get(other) is not None]
    if excluded:
        return f"{_shown(node)} has {excluded[0]}, so it may not have {name}"
    return f"{name}=“{value}” of {_shown(node)} is not {_form(known)}"


def _form(attribute: Attribute) -> str:
    if attribute.values:
        return f"one of {', '.join(attribute.values)}"
    return FORMS.get(attribute.datatype, "a value of the right form")


def _bad_attributes(node: etree._Element, _: str) -> str:
    known = contents()[_local(node)].attributes
    for name, one in known.items():
        if one.required and node.get(name) is None:
            return f"{_shown(node)} lacks the attribute {name}"
        if one.required and one.values and node.get(name) not in one.values:
            return _bad_value(node, name, node.get(name, ""), one)
    return f"{_shown(node)} lacks an attribute, or one has a value of the wrong form"


def _misplaced(node: etree._Element, _: str) -> str:
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
    parents = {parent for parent, one in contents().items() if name in one.children}
    return f", only in {_listed(parents)}" if len(parents) <= FEW else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _incomplete(node: etree._Element, _: str) -> str:
    content = contents()[_local(node)]
    present = {_local(child) for child in node.iterchildren("*")}
    missing = [name for name in content.required if name not in present]
    if missing:
        return f"{_shown(node)} is incomplete; it lacks <{missing[0]}>"
    few = len(content.children) <= FEW
    return f"{_shown(node)} is incomplete" + few * f"; it may hold {_listed(content.children)}"


def _another_root(node: etree._Element, _: str) -> str:
    return f"{_shown(node)} may not be the outermost element; that is <TEI>"


def _another_namespace(node: etree._Element, _: str) -> str:
    return f"{_shown(node)} is not in the namespace of TEI"


def _text_misplaced(node: etree._Element, _: str) -> str:
    return f"{_shown(node)} may not hold text directly"


def _bad_text(node: etree._Element, _: str) -> str:
    return f"{_shown(node)} may not hold “{node.text or ''}”"


def _elements_in_text(node: etree._Element, _: str) -> str:
    return f"{_shown(node)} may hold text only"


MESSAGES: Mapping[str, Callable[[etree._Element, str], str]] = {
    "RELAXNG_ERR_INVALIDATTR": _bad_attribute,
    "RELAXNG_ERR_ATTRVALID": _bad_attributes,
    "RELAXNG_ERR_ELEMWRONG": _misplaced,
    "RELAXNG_ERR_EXTRACONTENT": _misplaced,
    "RELAXNG_ERR_ELEMNAME": _another_root,
    "RELAXNG_ERR_ELEMNONS": _another_namespace,
    "RELAXNG_ERR_ELEMWRONGNS": _another_namespace,
    "RELAXNG_ERR_TEXTWRONG": _text_misplaced,
    "RELAXNG_ERR_NOELEM": _incomplete,
    "RELAXNG_ERR_TYPEVAL": _bad_text,
    "RELAXNG_ERR_DATATYPE": _bad_text,
    "RELAXNG_ERR_DATAELEM": _elements_in_text,
}
"""What to say for each of libxml2's errors, given the element and libxml2's own words."""


def _message(node: etree._Element, entry: etree._LogEntry) -> str:
    say = MESSAGES.get(entry.type_name)
    return say(node, entry.message) if say else f"{_shown(node)}: {entry.message}"


def _shown(node: etree._Element) -> str:
    return f"<{_local(node)}>"


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


# ---- reading the grammar


def _content(element: etree._Element, defines: Mapping[str, etree._Element]) -> Content:
    children: dict[str, bool] = {}
    attributes: dict[str, Attribute] = {}
    text = False
    for pattern, required in _leaves(element, defines, required=True):
        match etree.QName(pattern).localname:
            case "element":
                name = pattern.get("name", "")
                children[name] = required or children.get(name, False)
            case "attribute":
                attributes[pattern.get("name", "")] = _attribute(pattern, required=required)
            case _:
                text = True
    needed = tuple(name for name, required in children.items() if required)
    return Content(frozenset(children), needed, text, attributes)


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
    datatypes = list(pattern.iter(f"{RNG}ref", f"{RNG}data"))
    datatype = datatypes[0].get("name") or datatypes[0].get("type") if datatypes else ""
    values = () if datatypes else tuple(one.text or "" for one in pattern.iter(f"{RNG}value"))
    return Attribute(values, datatype or "", required, _excluded(pattern))


def _excluded(pattern: etree._Element) -> frozenset[str]:
    """Return the attributes in the other branches of a choice that ``pattern`` is in."""
    branch = pattern
    for parent in pattern.iterancestors(f"{RNG}*"):
        if parent.tag == f"{RNG}choice":
            others = [one for one in parent if one is not branch]
            found = [one.get("name", "") for other in others for one in other.iter(ATTRIBUTE)]
            return frozenset(found)
        branch = parent
    return frozenset()
