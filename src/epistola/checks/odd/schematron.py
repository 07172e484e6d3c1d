"""The ISO Schematron schema of an ODD: the rules in its constraintSpecs, one pattern each.

TEI Guidelines, 22.5.2. A constraint holds patterns, rules, or bare assertions, which are
about the element, the attribute or the members of the class that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from epistola.checks.odd.attributes import own_attributes
from epistola.checks.odd.collect import Odd
from epistola.checks.odd.nodes import (
    BASE,
    SCHEMATRON,
    TEI,
    OddError,
    children,
    name_of,
    needed,
    tag,
)

SCH = f"{{{SCHEMATRON}}}"
NAMESPACES: Any = {None: SCHEMATRON}
"""Any, for the stubs of lxml know no default namespace."""

BARE = frozenset({"assert", "report", "let"})
"""What needs a rule around it."""


def schematron(odd: Odd) -> etree._ElementTree:
    """Return the ISO Schematron (queryBinding xslt2) of all constraints of ``odd``.

    Elements and attributes are called by the prefix ``tei`` in generated contexts.

    Raises OddError where a constraint holds anything but Schematron.
    """
    schema = etree.Element(f"{SCH}schema", {"queryBinding": "xslt2"}, NAMESPACES)
    etree.SubElement(schema, f"{SCH}title").text = f"Rules of {odd.schema.get('ident', 'the ODD')}"
    patterns = list(_patterns(odd))
    spaces = {"tei": odd.namespace, **_spaces(odd)}
    for prefix, uri in spaces.items():
        etree.SubElement(schema, f"{SCH}ns", {"prefix": prefix, "uri": uri})
    _number(patterns)
    schema.extend(patterns)
    etree.cleanup_namespaces(schema)
    _indent(schema, 0)
    return etree.ElementTree(schema)


def _specs(odd: Odd) -> Iterator[etree._Element]:
    for kind in (odd.elements, odd.classes, odd.macros, odd.datatypes):
        yield from kind.values()


def _constraints(odd: Odd) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Yield each constraintSpec with what it stands in; none for one that stands alone."""
    for one in odd.constraints:
        yield one, None
    for spec in _specs(odd):
        for one in spec.iter(f"{TEI}constraintSpec"):
            owner = one.getparent()
            gone = owner is not None and owner.get("mode") == "delete"
            if not gone and one.get("mode") != "delete":
                yield one, owner


def _patterns(odd: Odd) -> Iterator[etree._Element]:
    for spec, owner in _constraints(odd):
        for constraint in children(spec, "constraint"):
            yield from _pattern(odd, spec, owner, _held(constraint))


def _held(constraint: etree._Element) -> list[etree._Element]:
    held = [one for one in constraint if isinstance(one.tag, str)]
    for one in held:
        if not one.tag.startswith(SCH) or tag(one) not in {"ns", "pattern", "rule", *BARE}:
            raise OddError(one, f"{tag(one)} in constraint is not supported")
    return held


def _pattern(
    odd: Odd, spec: etree._Element, owner: etree._Element | None, held: list[etree._Element]
) -> Iterator[etree._Element]:
    name = "-".join([*_path(owner), needed(spec, "ident")])
    yield from (_named(_clean(one), name) for one in held if tag(one) == "pattern")
    rules = [_clean(one) for one in held if tag(one) == "rule"]
    bare = [_clean(one) for one in held if tag(one) in BARE]
    if bare:
        context = _context(odd, spec, owner)
        rules.append(etree.Element(f"{SCH}rule", {"context": context}, NAMESPACES))
        rules[-1].extend(bare)
    if rules:
        pattern = _named(etree.Element(f"{SCH}pattern", {}, NAMESPACES), name)
        pattern.extend(rules)
        yield pattern


def _path(owner: etree._Element | None) -> list[str]:
    """Return the names of what a constraint stands in: an element, and its attribute."""
    if owner is None:
        return []
    outer = owner.iterancestors(*(f"{TEI}{kind}" for kind in OWNERS))
    return [needed(one, "ident") for one in (*outer, owner)]


OWNERS = ("elementSpec", "classSpec", "macroSpec", "dataSpec")


def _context(odd: Odd, spec: etree._Element, owner: etree._Element | None) -> str:
    """Return what bare assertions are about (TEI Guidelines, 22.5.2)."""
    if owner is None or tag(owner) in {"macroSpec", "dataSpec"}:
        raise OddError(spec, "an assertion here needs a rule around it, which says its context")
    if tag(owner) != "attDef":
        return " | ".join(f"tei:{name}" for name in _elements(odd, owner))
    holder = next(owner.iterancestors(*(f"{TEI}{kind}" for kind in OWNERS)))
    attribute = name_of(owner)
    return " | ".join(f"tei:{name}/@{attribute}" for name in _elements(odd, holder, attribute))


def _elements(odd: Odd, spec: etree._Element, attribute: str = "") -> list[str]:
    """Return the elements that ``spec`` is or, a class, has: those that keep ``attribute``."""
    if tag(spec) == "elementSpec":
        return [name_of(spec)]
    found: list[str] = []
    for name in odd.members.get(needed(spec, "ident"), ()):
        member = odd.elements.get(name, odd.classes.get(name))
        own = {} if member is None else own_attributes(member)
        deleted = attribute in own and own[attribute].get("mode") == "delete"
        if member is not None and not deleted:
            found += _elements(odd, member, attribute)
    return list(dict.fromkeys(found))


def _spaces(odd: Odd) -> dict[str, str]:
    found: dict[str, str] = {}
    for spec, _ in _constraints(odd):
        for one in spec.iter(f"{SCH}ns"):
            prefix, uri = needed(one, "prefix"), needed(one, "uri")
            if found.setdefault(prefix, uri) != uri:
                raise OddError(one, f"the prefix {prefix} stands for two namespaces")
    return found


def _clean(node: etree._Element) -> etree._Element:
    copy = deepcopy(node)
    copy.tail = None
    for one in list(copy.iter(f"{SCH}ns")):
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    for one in copy.iter(etree.Element):
        if BASE in one.attrib:
            del one.attrib[BASE]
        for name in EXPRESSIONS & set(map(str, one.attrib)):
            one.set(name, _unwrapped(one.get(name, "")))
    return copy


EXPRESSIONS = frozenset({"context", "test", "value", "select"})
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
RUN = re.compile(r"\s{2,}")


def _unwrapped(expression: str) -> str:
    """Return an XPath expression on one line, as the ODD may break it; strings stay as they are."""
    parts = QUOTED.split(expression)
    return "".join(one if n % 2 else RUN.sub(" ", one) for n, one in enumerate(parts)).strip()


def _named(pattern: etree._Element, name: str) -> etree._Element:
    pattern.set("id", pattern.get("id") or name.replace(":", "."))
    return pattern


def _number(patterns: Iterable[etree._Element]) -> None:
    """Make ids that several patterns have different."""
    seen: dict[str, int] = {}
    for one in patterns:
        name = one.get("id", "")
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            one.set("id", f"{name}-{seen[name]}")


def _indent(node: etree._Element, depth: int) -> None:
    """Put what is inside ``node`` on lines of its own, down to the assertions.

    Their text stays as it is written, but for its white space.
    """
    if tag(node) not in {"schema", "pattern", "rule"}:
        _tidy(node)
        return
    if not len(node):
        return
    node.text = "\n" + "  " * (depth + 1)
    for one in node:
        _indent(one, depth + 1)
        one.tail = "\n" + "  " * (depth + 1)
    node[-1].tail = "\n" + "  " * depth


def _tidy(node: etree._Element) -> None:
    """Make runs of white space in the text of an assertion single spaces."""
    for one in node.iter(etree.Element):
        one.text = _single(one.text) if one.text else None
        if one is not node and one.tail:
            one.tail = _single(one.tail)
    if not len(node) and node.text:
        node.text = node.text.strip()


def _single(text: str) -> str:
    start, end = text[:1].isspace(), text[-1:].isspace()
    middle = " ".join(text.split())
    return f"{' ' * start}{middle}{' ' * (end and bool(middle))}"
