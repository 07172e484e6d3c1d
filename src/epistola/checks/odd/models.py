"""What a content model comes to, for readers: which elements and whether text, and its shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from epistola.checks.odd.collect import Odd
from epistola.checks.odd.nodes import child, children, tag

MARKS = {("0", "1"): "?", ("0", "unbounded"): "*", ("1", "unbounded"): "+", ("1", "1"): ""}
BETWEEN = {"sequence": ", ", "alternate": " | "}


class Held(NamedTuple):
    """What an element may hold: elements by name, and whether text."""

    elements: frozenset[str]
    text: bool


def holds(odd: Odd, spec: etree._Element) -> Held:
    """Return which elements may stand in ``spec``, and whether text may."""
    found: set[str] = set()
    text = False
    waiting, seen = [spec], {spec}
    while waiting:
        content = child(waiting.pop(), "content")
        for node in content.iter() if content is not None else ():
            match tag(node):
                case "textNode" | "dataRef" | "valList":
                    text = True
                case "elementRef":
                    found.add(node.get("key", ""))
                case "classRef":
                    found |= _members(odd, node.get("key", ""), frozenset())
                case "macroRef":
                    macro = odd.macros.get(node.get("key", ""))
                    if macro is not None and macro not in seen:
                        seen.add(macro)
                        waiting.append(macro)
    return Held(frozenset(found & odd.elements.keys()), text)


def _members(odd: Odd, key: str, above: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for name in odd.members.get(key, ()):
        if name in odd.elements:
            found.add(name)
        elif name in odd.classes and name not in above:
            found |= _members(odd, name, above | {key})
    return found


def model_words(content: etree._Element | None) -> Iterator[str]:
    """Yield a content model as words and marks: ``( a , b? )``, names as words of their own."""
    inside = list(children(content)) if content is not None else []
    for number, one in enumerate(inside):
        if number:
            yield ", "
        yield from _part(one)


def _part(node: etree._Element) -> Iterator[str]:
    kind = tag(node)
    if kind in BETWEEN:
        yield "("
        for number, one in enumerate(children(node)):
            if number:
                yield BETWEEN[kind]
            yield from _part(one)
        yield ")"
    elif kind == "valList":
        yield " | ".join(f"“{one.get('ident')}”" for one in children(node, "valItem"))
    else:
        yield _name(node)
    yield _mark(node)


def _name(node: etree._Element) -> str:
    match tag(node):
        case "textNode":
            return "text"
        case "anyElement":
            return "any element"
        case "dataRef":
            facet = node.get("restriction")
            return node.get("key") or f"{node.get('name')}{f' /{facet}/' if facet else ''}"
        case kind:
            return node.get("key", kind)


def _mark(node: etree._Element) -> str:
    bounds = (node.get("minOccurs", "1"), node.get("maxOccurs", "1"))
    return MARKS.get(bounds, f"{{{bounds[0]},{bounds[1]}}}")
