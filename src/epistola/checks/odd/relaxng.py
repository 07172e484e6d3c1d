"""The RELAX NG grammar of an ODD.

One ``define`` for each element, class, macro and datatype, under its name in the ODD;
content models are kept as they are written, so that an editor who reads the grammar
finds the ODD again. Those that cannot be reached from the start are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from epistola.checks.odd.attributes import (
    Given,
    attribute_classes,
    attributes,
    completed,
    inherited,
    own_attributes,
)
from epistola.checks.odd.collect import Odd
from epistola.checks.odd.nodes import RNG, OddError, child, children, name_of, needed, tag

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
EXCEPTIONS = "http://www.tei-c.org/ns/1.0 teix:egXML"
"""What ``anyElement`` leaves out unless told otherwise (TEI Guidelines, schemaSpec)."""

NAMESPACES: Any = {None: RNG}
"""Any, for the stubs of lxml know no default namespace."""


def relaxng(odd: Odd) -> etree._ElementTree:
    """Return the RELAX NG grammar (XML syntax) that ``odd`` declares.

    What refers to an element that is left out, or to a class without members, cannot stand:
    such a branch of an alternation is gone, and a sequence that needs it is gone as a whole.

    Raises OddError where a declaration makes no sense.
    """
    defines = {
        **{name: _element(odd, spec) for name, spec in odd.elements.items()},
        **{name: _class(odd, spec) for name, spec in odd.classes.items()},
        **{name: _macro(odd, spec) for name, spec in odd.macros.items()},
        **{name: _macro(odd, spec) for name, spec in odd.datatypes.items()},
        **{_any_name(odd, node): _any(odd, node) for node in _any_elements(odd)},
    }
    start = _start(odd)
    grammar = _pattern("grammar", start, datatypeLibrary=XSD, ns=odd.namespace)
    reached = _reached(start, defines)
    grammar.extend(defines[name] for name in defines if name in reached)
    etree.cleanup_namespaces(grammar)
    etree.indent(grammar)
    return etree.ElementTree(grammar)


def _reached(start: etree._Element, defines: Mapping[str, etree._Element]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for one in waiting.pop().iter(f"{{{RNG}}}ref"):
            name = needed(one, "name")
            if name not in reached:
                reached.add(name)
                waiting.append(defines[name])
    return reached


def _start(odd: Odd) -> etree._Element:
    names = odd.schema.get("start", "TEI").split()
    for name in names:
        if name not in odd.elements:
            raise OddError(odd.schema, f"the schema starts with “{name}”, which is not declared")
    return _pattern("start", _choice([_pattern("ref", name=name) for name in names]))


# ---- declarations


def _element(odd: Odd, spec: etree._Element) -> etree._Element:
    name = needed(spec, "ident")
    element = _pattern("element", *_content(odd, spec), *_attributes(odd, spec), name=name_of(spec))
    if spec.get("ns") is not None:
        element.set("ns", spec.get("ns", ""))
    return _pattern("define", element, name=name)


def _class(odd: Odd, spec: etree._Element) -> etree._Element:
    name = needed(spec, "ident")
    if spec.get("type") == "atts":
        return _pattern("define", *(_attributes(odd, spec) or [_pattern("empty")]), name=name)
    if odd.alone and not odd.members.get(name):
        raise OddError(spec, f"the class {name} has no members")
    found = _members(odd, spec, None)
    return _pattern("define", _one_of(found), name=name)


def _macro(odd: Odd, spec: etree._Element) -> etree._Element:
    return _pattern("define", *_content(odd, spec), name=needed(spec, "ident"))


def _members(
    odd: Odd, spec: etree._Element, reference: etree._Element | None
) -> list[etree._Element]:
    """Return references to the members of a model class, those that lead to nothing left out."""
    names = list(odd.members.get(needed(spec, "ident"), ()))
    if reference is not None:
        names = _limited(reference, names)
    return [
        _pattern("ref", name=name)
        for name in names
        if name in odd.elements or (name in odd.classes and _inhabited(odd, name))
    ]


def _limited(reference: etree._Element, names: list[str]) -> list[str]:
    wanted, unwanted = reference.get("include"), reference.get("except", "").split()
    for name in [*(wanted or "").split(), *unwanted]:
        if name not in names:
            raise OddError(reference, f"“{name}” is no member of {reference.get('key')}")
    return [
        name
        for name in names
        if (wanted is None or name in wanted.split()) and name not in unwanted
    ]


def _inhabited(odd: Odd, name: str, above: frozenset[str] = frozenset()) -> bool:
    """Return whether any element belongs to the class ``name``, be it by a class within."""
    return name not in above and any(
        member in odd.elements
        or (member in odd.classes and _inhabited(odd, member, above | {name}))
        for member in odd.members.get(name, ())
    )


# ---- content


def _content(odd: Odd, spec: etree._Element) -> list[etree._Element]:
    content = child(spec, "content")
    if content is None:
        raise OddError(spec, f"{spec.get('ident')} has no content")
    found = _in_order(_patterns(odd, content))
    return list(found) if tag(found) == "group" else [found]


def _patterns(odd: Odd, parent: etree._Element) -> list[etree._Element]:
    return [PATTERNS[tag(one)](odd, one) for one in children(parent)]


def _in_order(patterns: list[etree._Element]) -> etree._Element:
    """Return all of ``patterns`` one after the other, simplified (RELAX NG, 4.20 and 4.21)."""
    if any(tag(one) == "notAllowed" for one in patterns):
        return _pattern("notAllowed")
    return _group([one for one in patterns if tag(one) != "empty"] or [_pattern("empty")])


def _one_of(patterns: list[etree._Element]) -> etree._Element:
    """Return a choice of ``patterns``, simplified: what cannot stand is no choice."""
    possible = [one for one in patterns if tag(one) != "notAllowed"]
    some = [one for one in possible if tag(one) != "empty"]
    if not possible:
        return _pattern("notAllowed")
    if len(some) == len(possible):
        return _choice(some)
    return _pattern("optional", _choice(some)) if some else _pattern("empty")


def _sequence(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, _in_order(_patterns(odd, node)))


def _alternate(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, _one_of(_patterns(odd, node)))


def _referred(node: etree._Element, *, there: bool) -> etree._Element:
    """Return a reference to what ``node`` names, or what cannot stand where it is left out."""
    name = needed(node, "key")
    return _repeated(node, _pattern("ref", name=name) if there else _pattern("notAllowed"))


def _element_ref(odd: Odd, node: etree._Element) -> etree._Element:
    return _referred(node, there=odd.has(node, odd.elements, needed(node, "key")))


EXPANDED: Mapping[str, str | None] = {
    "sequence": None,
    "sequenceOptional": "optional",
    "sequenceRepeatable": "oneOrMore",
    "sequenceOptionalRepeatable": "zeroOrMore",
}
"""How often each member may stand, where a class is expanded into a sequence."""


def _class_ref(odd: Odd, node: etree._Element) -> etree._Element:
    key = needed(node, "key")
    there = odd.has(node, odd.classes, key) and _inhabited(odd, key)
    expand = node.get("expand", "alternation")
    limited = node.get("include") is not None or node.get("except") is not None
    if not there or (expand == "alternation" and not limited):
        return _referred(node, there=there)
    members = _members(odd, odd.classes[key], node)
    if expand == "alternation":
        return _repeated(node, _one_of(members))
    wrapper = EXPANDED[expand]
    wrapped = [_pattern(wrapper, one) for one in members] if wrapper else members
    return _repeated(node, _in_order(wrapped))


def _macro_ref(odd: Odd, node: etree._Element) -> etree._Element:
    return _referred(node, there=odd.has(node, odd.macros, needed(node, "key")))


def _data_ref(odd: Odd, node: etree._Element) -> etree._Element:
    restriction, name = node.get("restriction"), node.get("name")
    facets = [_pattern("param", needed(one, "value"), name=needed(one, "name")) for one in node]
    if restriction is not None:
        facets.append(_pattern("param", restriction, name="pattern"))
    if name is None:
        return _repeated(node, _known_datum(odd, node, facets))
    return _repeated(node, _pattern("data", *facets, type=name))


def _known_datum(odd: Odd, node: etree._Element, facets: list[etree._Element]) -> etree._Element:
    """Return a datatype of the ODD; one that is restricted further is written out."""
    key = needed(node, "key")
    if key not in odd.datatypes:
        raise OddError(node, f"“{key}” is not declared")
    if not facets:
        return _pattern("ref", name=key)
    [*inside] = _content(odd, odd.datatypes[key])
    if len(inside) != 1 or tag(inside[0]) != "data":
        raise OddError(node, f"a restriction of {key} is not supported: it is no single datatype")
    inside[0].extend(facets)
    return inside[0]


def _text_node(_: Odd, __: etree._Element) -> etree._Element:
    return _pattern("text")


def _empty(_: Odd, __: etree._Element) -> etree._Element:
    return _pattern("empty")


def _value_list(_: Odd, node: etree._Element) -> etree._Element:
    return _choice(_values(node))


def _any_element(odd: Odd, node: etree._Element) -> etree._Element:
    return _repeated(node, _pattern("ref", name=_any_name(odd, node)))


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
    "anyElement": _any_element,
}
"""What each part of a content model becomes."""


# ---- elements of other vocabularies


def _any_elements(odd: Odd) -> Iterator[etree._Element]:
    for spec in (*odd.elements.values(), *odd.macros.values()):
        content = child(spec, "content")
        if content is not None:
            yield from content.iter("{*}anyElement")


def _any_name(odd: Odd, node: etree._Element) -> str:
    """Return the name of the pattern for ``node``: one for each set of names allowed."""
    needs, exceptions = _any_limits(odd, node)
    kinds = list(dict.fromkeys(_any_limits(odd, one) for one in _any_elements(odd)))
    return f"anyElement.{kinds.index((needs, exceptions)) + 1}"


def _any_limits(odd: Odd, node: etree._Element) -> tuple[str, str]:
    default = odd.schema.get("defaultExceptions", EXCEPTIONS)
    return node.get("require", ""), node.get("except", default)


def _any(odd: Odd, node: etree._Element) -> etree._Element:
    """Return an element of any name that ``node`` allows, with anything in it."""
    name = _any_name(odd, node)
    inside = _choice([_pattern("text"), _pattern("ref", name=name)])
    attribute = _pattern("zeroOrMore", _pattern("attribute", _pattern("anyName")))
    names = _any_names(node, *_any_limits(odd, node))
    return _pattern(
        "define",
        _pattern("element", names, attribute, _pattern("zeroOrMore", inside)),
        name=name,
    )


def _any_names(node: etree._Element, needs: str, exceptions: str) -> etree._Element:
    if needs:
        return _choice([_pattern("nsName", ns=one) for one in needs.split()])
    left_out = [_name_class(node, one) for one in exceptions.split()]
    return _pattern("anyName", *([_pattern("except", *left_out)] if left_out else []))


def _name_class(node: etree._Element, name: str) -> etree._Element:
    """Return the names that one exception stands for: a namespace, or an element with a prefix."""
    prefix, colon, local = name.partition(":")
    if not colon or local.startswith("//"):
        return _pattern("nsName", ns=name)
    space = {"teix": EXAMPLES, **node.nsmap}.get(prefix)
    if space is None:
        raise OddError(node, f"the prefix of “{name}” is not declared")
    return _pattern("name", local, ns=space)


# ---- attributes


def _attributes(odd: Odd, spec: etree._Element) -> list[etree._Element]:
    """Return the attributes of an element or class: those of its classes, then its own.

    What it declares itself stands instead of what a class says.
    """
    patterns = _inherited(odd, spec, frozenset())
    before = inherited(odd, spec)
    for one in children(spec, "attList"):
        patterns += _att_list(odd, one, before, frozenset())
    return patterns


def _inherited(odd: Odd, spec: etree._Element, skip: frozenset[str]) -> list[etree._Element]:
    """Return what the classes of ``spec`` give it, without the names in ``skip``.

    A class all of whose attributes are wanted is referred to; of others, what is left is
    written out.
    """
    patterns: list[etree._Element] = []
    skip = skip | own_attributes(spec).keys()
    for key in attribute_classes(odd, spec):
        owner = odd.classes[key]
        names = attributes(odd, owner).keys()
        if names and names.isdisjoint(skip):
            patterns.append(_pattern("ref", name=key))
        elif not names <= skip:
            patterns += _inherited(odd, owner, skip)
            before = inherited(odd, owner)
            for one in children(owner, "attList"):
                patterns += _att_list(odd, one, before, skip)
        skip |= names
    return patterns


def _att_list(
    odd: Odd, node: etree._Element, before: Mapping[str, Given], skip: frozenset[str]
) -> list[etree._Element]:
    patterns: list[etree._Element] = []
    for one in children(node, "attList", "attRef", "attDef"):
        name = one.get("ident", one.get("name", ""))
        if tag(one) == "attList":
            inside = _att_list(odd, one, before, skip)
            grouped = len(inside) > 1 and node.get("org") == "choice"
            patterns += [_pattern("group", *inside)] if grouped else inside
        elif tag(one) == "attRef":
            patterns += _att_ref(odd, one)
        elif one.get("mode") != "delete" and name not in skip:
            patterns.append(_attribute(odd, completed(one, before)))
    return [_choice(patterns)] if patterns and node.get("org") == "choice" else patterns


def _att_ref(odd: Odd, node: etree._Element) -> list[etree._Element]:
    key, name = needed(node, "class"), needed(node, "name")
    if not odd.has(node, odd.classes, key):
        return []
    given = attributes(odd, odd.classes[key]).get(name)
    if given is None:
        raise OddError(node, f"the class {key} has no attribute “{name}”")
    return [_attribute(odd, given.definition)]


def _attribute(odd: Odd, definition: etree._Element) -> etree._Element:
    attribute = _pattern("attribute", _value(odd, definition), name=name_of(definition))
    if definition.get("ns") is not None:
        attribute.set("ns", definition.get("ns", ""))
    return attribute if definition.get("usage") == "req" else _pattern("optional", attribute)


def _value(odd: Odd, definition: etree._Element) -> etree._Element:
    datatype, values = child(definition, "datatype"), child(definition, "valList")
    kind = values.get("type", "open") if values is not None else "open"
    listed = _values(values) if values is not None and kind != "open" else []
    given = _patterns(odd, datatype) if datatype is not None and kind != "closed" else []
    if kind == "closed" and not listed:
        raise OddError(definition, f"the attribute {definition.get('ident')} can have no value")
    one = _choice([*listed, *given]) if listed or given else _pattern("text")
    if datatype is None or not (listed or given):
        return one
    repeated = _repeated(datatype, one)
    return repeated if _bounds(datatype)[1] == 1 else _pattern("list", repeated)


def _values(node: etree._Element) -> list[etree._Element]:
    items = [one for one in children(node, "valItem") if one.get("mode") != "delete"]
    return [_pattern("value", name_of(one)) for one in items]


# ---- patterns


REPEATS: Mapping[tuple[int, int | None], str] = {
    (0, 1): "optional",
    (0, None): "zeroOrMore",
    (1, None): "oneOrMore",
}


def _repeated(node: etree._Element, pattern: etree._Element) -> etree._Element:
    """Return ``pattern`` as often as ``node`` says."""
    least, most = _bounds(node)
    if most == 0 or tag(pattern) == "empty" or (tag(pattern) == "notAllowed" and least == 0):
        return _pattern("empty")
    if (least, most) == (1, 1) or tag(pattern) == "notAllowed":
        return pattern
    parts = list(pattern) if tag(pattern) == "group" else [pattern]
    if (least, most) in REPEATS:
        return _pattern(REPEATS[least, most], *parts)
    copies = [deepcopy(pattern) for _ in range(least)]
    if most is None:
        return _group([*copies, _pattern("zeroOrMore", *parts)])
    further: list[etree._Element] = []
    for _ in range(most - least):
        further = [_pattern("optional", *deepcopy(parts), *further)]
    return _group([*copies, *further])


def _bounds(node: etree._Element) -> tuple[int, int | None]:
    least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
    try:
        bounds = (int(least), None if most == "unbounded" else int(most))
    except ValueError:
        raise OddError(node, f"{least} to {most} times is no number of times") from None
    if bounds[1] is not None and not 0 <= bounds[0] <= bounds[1] <= MANY:
        raise OddError(node, f"{least} to {most} times is not supported")
    return bounds


MANY = 100
"""The largest number of times that is written out."""


def _pattern(kind: str, *inside: etree._Element | str, **given: str) -> etree._Element:
    pattern = etree.Element(f"{{{RNG}}}{kind}", given, NAMESPACES)
    for one in inside:
        if isinstance(one, str):
            pattern.text = one
        else:
            pattern.append(one)
    return pattern


def _group(patterns: list[etree._Element]) -> etree._Element:
    return patterns[0] if len(patterns) == 1 else _pattern("group", *patterns)


def _choice(patterns: list[etree._Element]) -> etree._Element:
    return patterns[0] if len(patterns) == 1 else _pattern("choice", *patterns)
