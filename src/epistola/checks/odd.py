"""From a self-contained ODD to RELAX NG.

An ODD ("one document does it all", TEI Guidelines, chapter 22) declares a schema in
TEI. This compiler reads the kind that says everything itself: every element complete,
with its own classes, macros and datatypes in the same file, so that nothing has to be
merged with the Guidelines. ``SUPPORTED`` lists what it understands; anything else is
refused by name and line, for a constraint that is skipped in silence is a schema that lies.

    python -m epistola.checks.odd schemas/letter.odd schemas/letter.rng
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RNG = "http://relaxng.org/ns/structure/1.0"
DOCUMENTATION = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

NAMESPACES: Any = {None: RNG, "a": DOCUMENTATION}
"""Any, for the stubs of lxml know no default namespace."""

PROSE = frozenset({"gloss", "desc", "remarks", "exemplum", "listRef", "constraintSpec"})
"""What a grammar has no use for: prose, and rules that RELAX NG cannot say."""

OCCURS = "minOccurs maxOccurs"
CONTENT = "sequence alternate elementRef classRef macroRef dataRef textNode empty valList"
SUPPORTED: Mapping[str, tuple[str, str]] = {
    "schemaSpec": (
        "ident start ns",
        "moduleRef specGrpRef elementSpec classSpec macroSpec dataSpec",
    ),
    "specGrp": ("xml:id n", "elementSpec classSpec macroSpec dataSpec"),
    "specGrpRef": ("target", ""),
    "moduleRef": ("key include", ""),
    "elementSpec": ("ident module mode", "classes content attList"),
    "classSpec": ("ident module mode type", "classes attList"),
    "macroSpec": ("ident module mode", "content"),
    "dataSpec": ("ident module mode", "content"),
    "classes": ("mode", "memberOf"),
    "memberOf": ("key", ""),
    "content": ("", CONTENT),
    "sequence": (OCCURS, CONTENT),
    "alternate": (OCCURS, CONTENT),
    "elementRef": (f"key {OCCURS}", ""),
    "classRef": (f"key {OCCURS}", ""),
    "macroRef": ("key", ""),
    "dataRef": ("key name restriction", "dataFacet"),
    "dataFacet": ("name value", ""),
    "textNode": ("", ""),
    "empty": ("", ""),
    "attList": ("org", "attDef attList"),
    "attDef": ("ident mode usage", "datatype valList"),
    "datatype": ("maxOccurs", "dataRef"),
    "valList": ("type mode", "valItem"),
    "valItem": ("ident mode", ""),
}
"""Each construct with the attributes and the children it may have, prose aside."""

VALUES: Mapping[tuple[str, str], str] = {
    ("elementSpec", "mode"): "add change replace",
    ("classSpec", "mode"): "add change replace",
    ("macroSpec", "mode"): "add change replace",
    ("dataSpec", "mode"): "add change replace",
    ("classes", "mode"): "replace",
    ("classSpec", "type"): "atts model",
    ("attList", "org"): "choice group",
    ("attDef", "mode"): "add change replace delete",
    ("attDef", "usage"): "opt rec req",
    ("valList", "type"): "closed semi open",
    ("valList", "mode"): "add replace",
    ("valItem", "mode"): "add",
}
"""The values supported where an attribute has others too."""

REPEATS: Mapping[tuple[str, str], str] = {
    ("0", "1"): "optional",
    ("0", "unbounded"): "zeroOrMore",
    ("1", "unbounded"): "oneOrMore",
}


class OddError(ValueError):
    """An ODD says something that this compiler cannot do, or that makes no sense."""

    def __init__(self, node: etree._Element, problem: str) -> None:
        super().__init__(f"line {node.sourceline}: {problem}")


@dataclass(frozen=True)
class Odd:
    """The declarations of an ODD, each kind by name and in the order of the file.

    ``members`` lists, for each class, the elements and classes that belong to it.
    """

    schema: etree._Element
    elements: Mapping[str, etree._Element]
    classes: Mapping[str, etree._Element]
    macros: Mapping[str, etree._Element]
    datatypes: Mapping[str, etree._Element]
    members: Mapping[str, tuple[str, ...]]


def compile_odd(odd: etree._ElementTree | str | Path) -> etree._ElementTree:
    """Return the RELAX NG grammar (XML syntax) that ``odd`` declares.

    The grammar has one ``define`` for each element, class, macro and datatype, under
    its name in the ODD.

    Raises OddError where the ODD uses what is not supported.
    """
    tree = etree.parse(odd, _parser()) if isinstance(odd, str | Path) else odd
    declared = _declarations(tree)
    grammar = _pattern(
        "grammar",
        *_described(declared.schema),
        _start(declared),
        *(_element(declared, spec) for spec in declared.elements.values()),
        *(_class(declared, spec) for spec in declared.classes.values()),
        *(_macro(declared, spec) for spec in declared.macros.values()),
        *(_macro(declared, spec) for spec in declared.datatypes.values()),
        datatypeLibrary=XSD,
        ns=declared.schema.get("ns", ""),
    )
    etree.indent(grammar)
    return etree.ElementTree(grammar)


def serialise(grammar: etree._ElementTree) -> bytes:
    """Return ``grammar`` as the bytes that are kept in a file."""
    return etree.tostring(grammar, encoding="UTF-8", xml_declaration=True) + b"\n"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(collect_ids=False, remove_comments=True, remove_pis=True)


# ---- reading the declarations


def _declarations(tree: etree._ElementTree) -> Odd:
    schemas = list(tree.iter(f"{TEI}schemaSpec"))
    if len(schemas) != 1:
        raise OddError(tree.getroot(), f"one schemaSpec is wanted, there are {len(schemas)}")
    specs = list(_specs(schemas[0]))
    for node in [schemas[0], *specs]:
        _refuse_unsupported(node)
    elements = _by_name(specs, "elementSpec")
    _refuse_other_modules(schemas[0], elements)
    return Odd(
        schemas[0],
        elements,
        _by_name(specs, "classSpec"),
        _by_name(specs, "macroSpec"),
        _by_name(specs, "dataSpec"),
        _members(specs),
    )


def _specs(schema: etree._Element) -> Iterator[etree._Element]:
    """Yield the declarations of ``schema`` and of the groups it refers to, in order."""
    for child in schema.iterchildren(f"{TEI}*"):
        if _tag(child) == "specGrpRef":
            group = _group(child)
            _refuse_unsupported(group)
            yield from _declared(group)
    yield from _declared(schema)


def _declared(parent: etree._Element) -> list[etree._Element]:
    kinds = ("elementSpec", "classSpec", "macroSpec", "dataSpec")
    return [child for child in parent.iterchildren(f"{TEI}*") if _tag(child) in kinds]


def _group(reference: etree._Element) -> etree._Element:
    target = reference.get("target", "")
    groups = reference.getroottree().iter(f"{TEI}specGrp")
    for group in groups:
        if f"#{group.get(f'{XML}id')}" == target:
            return group
    raise OddError(reference, f"there is no specGrp “{target}”")


def _by_name(specs: Iterable[etree._Element], tag: str) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for spec in specs:
        if _tag(spec) == tag and found.setdefault(_needed(spec, "ident"), spec) is not spec:
            raise OddError(spec, f"{tag} “{spec.get('ident')}” is declared twice")
    return found


def _members(specs: Iterable[etree._Element]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for spec in specs:
        for key in _memberships(spec):
            found[key] = (*found.get(key, ()), _needed(spec, "ident"))
    return found


def _memberships(spec: etree._Element) -> list[str]:
    return [_needed(member, "key") for member in spec.iterfind(f"{TEI}classes/{TEI}memberOf")]


def _refuse_unsupported(node: etree._Element) -> None:
    attributes, children = (words.split() for words in SUPPORTED[_tag(node)])
    for name, value in node.items():
        _refuse_attribute(node, str(name).replace(XML, "xml:"), str(value), attributes)
    for child in node:
        if not isinstance(child.tag, str) or _tag(child) in PROSE:
            continue
        if _tag(child) not in children or not child.tag.startswith(TEI):
            raise OddError(child, f"{_tag(child)} in {_tag(node)} is not supported")
        _refuse_unsupported(child)


def _refuse_attribute(node: etree._Element, name: str, value: str, known: list[str]) -> None:
    if name not in known:
        raise OddError(node, f"the attribute {name} of {_tag(node)} is not supported")
    values = VALUES.get((_tag(node), name))
    if values is not None and value not in values.split():
        raise OddError(node, f"{name}=“{value}” of {_tag(node)} is not supported")


def _refuse_other_modules(schema: etree._Element, elements: Mapping[str, etree._Element]) -> None:
    """Refuse an ODD that takes an element from the Guidelines, or forgets to name its own."""
    included = {
        name: module
        for module in schema.iterfind(f"{TEI}moduleRef")
        for name in module.get("include", "").split()
    }
    for name, module in included.items():
        if name not in elements:
            raise OddError(module, f"“{name}” is included, and there is no elementSpec of it")
    for name, spec in elements.items():
        if name not in included and spec.get("mode") != "add":
            raise OddError(spec, f"“{name}” is not in the include of any moduleRef")


# ---- writing the grammar


def _start(odd: Odd) -> etree._Element:
    names = _needed(odd.schema, "start").split()
    return _pattern(
        "start", _choice([_reference(odd.schema, odd.elements, name) for name in names])
    )


def _element(odd: Odd, spec: etree._Element) -> etree._Element:
    name = _needed(spec, "ident")
    body = [*_described(spec), *_content(odd, spec), *_inherited(odd, spec), *_own(odd, spec)]
    return _pattern("define", _pattern("element", *body, name=name), name=name)


def _inherited(odd: Odd, spec: etree._Element) -> list[etree._Element]:
    """Return the attributes of the classes of ``spec``, those that it declares itself left out."""
    own = _attributes(spec)
    patterns: list[etree._Element] = []
    seen: set[str] = set()
    for key in _memberships(spec):
        given = _attributes(_known(spec, odd.classes, key))
        if odd.classes[key].get("type") != "atts":
            continue
        if seen.intersection(given):
            raise OddError(spec, f"{key} gives {spec.get('ident')} an attribute a second time")
        seen.update(given)
        if own.keys().isdisjoint(given):
            patterns.append(_pattern("ref", name=key))
        else:
            patterns += [_attribute(odd, given[name]) for name in given if name not in own]
    return patterns


def _class(odd: Odd, spec: etree._Element) -> etree._Element:
    name = _needed(spec, "ident")
    if spec.get("type") == "atts":
        if _memberships(spec):
            raise OddError(spec, "an attribute class in another class is not supported")
        return _pattern("define", *(_own(odd, spec) or [_pattern("empty")]), name=name)
    members = odd.members.get(name, ())
    if not members:
        raise OddError(spec, f"the class {name} has no members")
    known = {**odd.elements, **odd.classes}
    return _pattern(
        "define", _choice([_reference(spec, known, member) for member in members]), name=name
    )


def _macro(odd: Odd, spec: etree._Element) -> etree._Element:
    return _pattern("define", *_content(odd, spec), name=_needed(spec, "ident"))


def _content(odd: Odd, spec: etree._Element) -> list[etree._Element]:
    content = spec.find(f"{TEI}content")
    if content is None:
        raise OddError(spec, f"{spec.get('ident')} has no content; an ODD of this kind is complete")
    return _patterns(odd, content)


def _patterns(odd: Odd, parent: etree._Element) -> list[etree._Element]:
    return [PATTERNS[_tag(child)](odd, child) for child in parent.iterchildren(f"{TEI}*")]


def _sequence(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, _patterns(odd, node))


def _alternate(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, [_choice(_patterns(odd, node))])


def _element_ref(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, [_reference(node, odd.elements, _needed(node, "key"))])


def _class_ref(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, [_reference(node, odd.classes, _needed(node, "key"))])


def _macro_ref(odd: Odd, node: etree._Element) -> etree._Element:
    return _reference(node, odd.macros, _needed(node, "key"))


def _data_ref(odd: Odd, node: etree._Element) -> etree._Element:
    if node.get("name") is None:
        if node.get("restriction") is not None or len(node):
            raise OddError(node, "a dataRef with key takes no restriction and no dataFacet here")
        return _reference(node, odd.datatypes, _needed(node, "key"))
    facets = [_pattern("param", _needed(one, "value"), name=_needed(one, "name")) for one in node]
    restriction = node.get("restriction")
    if restriction is not None:
        facets.append(_pattern("param", restriction, name="pattern"))
    return _pattern("data", *facets, type=_needed(node, "name"))


def _text_node(_: Odd, __: etree._Element) -> etree._Element:
    return _pattern("text")


def _empty(_: Odd, __: etree._Element) -> etree._Element:
    return _pattern("empty")


def _value_list(_: Odd, node: etree._Element) -> etree._Element:
    return _choice(_values(node))


PATTERNS: Mapping[str, Callable[[Odd, etree._Element], etree._Element]] = {
    "sequence": _sequence,
    "alternate": _alternate,
    "elementRef": _element_ref,
    "classRef": _class_ref,
    "macroRef": _macro_ref,
    "dataRef": _data_ref,
    "textNode": _text_node,
    "empty": _empty,
    "valList": _value_list,
}


def _attributes(spec: etree._Element) -> dict[str, etree._Element]:
    return {_needed(one, "ident"): one for one in spec.iter(f"{TEI}attDef")}


def _own(odd: Odd, spec: etree._Element) -> list[etree._Element]:
    """Return the attributes that ``spec`` declares itself."""
    lists = spec.iterchildren(f"{TEI}attList")
    return [pattern for one in lists for pattern in _att_list(odd, one)]


def _att_list(odd: Odd, node: etree._Element) -> list[etree._Element]:
    patterns: list[etree._Element] = []
    for child in node.iterchildren(f"{TEI}attList", f"{TEI}attDef"):
        if _tag(child) == "attList":
            patterns += _att_list(odd, child)
        elif child.get("mode") != "delete":
            patterns.append(_attribute(odd, child))
    if node.get("org") == "choice":
        return [_choice(patterns)]
    return patterns if _tag(_parent(node)) != "attList" else [_pattern("group", *patterns)]


def _attribute(odd: Odd, definition: etree._Element) -> etree._Element:
    name = _needed(definition, "ident")
    attribute = _pattern("attribute", *_described(definition), _value(odd, definition), name=name)
    return attribute if definition.get("usage") == "req" else _pattern("optional", attribute)


def _value(odd: Odd, definition: etree._Element) -> etree._Element:
    datatype = definition.find(f"{TEI}datatype")
    if datatype is None or len(datatype) != 1:
        raise OddError(definition, f"the attribute {definition.get('ident')} has no datatype")
    one = _choice([*_listed(definition), *_patterns(odd, datatype)][: _closed(definition)])
    most = datatype.get("maxOccurs", "1")
    if most not in ("1", "unbounded"):
        raise OddError(datatype, f"maxOccurs=“{most}” of datatype is not supported")
    return one if most == "1" else _pattern("list", _pattern("oneOrMore", one))


def _listed(definition: etree._Element) -> list[etree._Element]:
    values = definition.find(f"{TEI}valList")
    if values is None or values.get("type", "open") == "open":
        return []
    return _values(values)


def _closed(definition: etree._Element) -> int | None:
    """Return -1, to leave the datatype out, where the list of values is all there is."""
    values = definition.find(f"{TEI}valList")
    return -1 if values is not None and values.get("type") == "closed" else None


def _values(node: etree._Element) -> list[etree._Element]:
    return [_pattern("value", _needed(item, "ident")) for item in node.iterfind(f"{TEI}valItem")]


def _repeated(node: etree._Element, patterns: list[etree._Element]) -> etree._Element:
    bounds = (node.get("minOccurs", "1"), node.get("maxOccurs", "1"))
    if bounds == ("1", "1"):
        return patterns[0] if len(patterns) == 1 else _pattern("group", *patterns)
    if bounds not in REPEATS:
        raise OddError(node, f"{bounds[0]} to {bounds[1]} times is not supported")
    return _pattern(REPEATS[bounds], *patterns)


def _pattern(tag: str, *inside: etree._Element | str, **attributes: str) -> etree._Element:
    pattern = etree.Element(f"{{{RNG}}}{tag}", attributes, NAMESPACES)
    for one in inside:
        if isinstance(one, str):
            pattern.text = one
        else:
            pattern.append(one)
    return pattern


def _choice(patterns: list[etree._Element]) -> etree._Element:
    return patterns[0] if len(patterns) == 1 else _pattern("choice", *patterns)


def _reference(
    node: etree._Element, known: Mapping[str, etree._Element], name: str
) -> etree._Element:
    _known(node, known, name)
    return _pattern("ref", name=name)


def _described(spec: etree._Element) -> list[etree._Element]:
    """Return what ``spec`` says of itself, for editors that show it."""
    desc = spec.find(f"{TEI}desc")
    if desc is None:
        return []
    documentation = etree.Element(f"{{{DOCUMENTATION}}}documentation")
    documentation.text = " ".join("".join(map(str, desc.itertext())).split())
    return [documentation]


def _known(node: etree._Element, known: Mapping[str, etree._Element], name: str) -> etree._Element:
    if name not in known:
        raise OddError(node, f"“{name}” is not declared")
    return known[name]


def _needed(node: etree._Element, name: str) -> str:
    value = node.get(name)
    if value is None:
        raise OddError(node, f"{_tag(node)} needs the attribute {name}")
    return value


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    if parent is None:
        raise OddError(node, f"{_tag(node)} stands alone")
    return parent


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname


def main(arguments: list[str]) -> int:
    """Compile the ODD that the first argument names into the file that the second names."""
    if len(arguments) != 2:  # noqa: PLR2004 - the two that the message names
        sys.stderr.write("usage: python -m epistola.checks.odd ODD RNG\n")
        return 2
    odd, rng = map(Path, arguments)
    rng.write_bytes(serialise(compile_odd(odd)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
