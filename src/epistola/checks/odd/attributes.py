"""What attributes an element has: its own, and those of its classes, at any depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from epistola.checks.odd.collect import Odd, memberships
from epistola.checks.odd.merge import merged_attribute
from epistola.checks.odd.nodes import TEI, OddError, needed


class Given(NamedTuple):
    """An attribute: its complete attDef, and which element or class declares it."""

    definition: etree._Element
    by: str


def own_attributes(spec: etree._Element) -> dict[str, etree._Element]:
    """Return the attDefs in ``spec`` itself, those that only take something away included."""
    return {needed(one, "ident"): one for one in spec.iter(f"{TEI}attDef")}


def attribute_classes(odd: Odd, spec: etree._Element) -> list[str]:
    """Return the attribute classes that ``spec`` is a member of, without theirs."""
    return [
        key
        for key in dict.fromkeys(memberships(spec))
        if odd.has(spec, odd.classes, key) and odd.classes[key].get("type") == "atts"
    ]


def inherited(odd: Odd, spec: etree._Element) -> dict[str, Given]:
    """Return what the classes of ``spec`` give it, before it changes anything.

    Raises OddError where two classes give an attribute that ``spec`` says nothing about.
    """
    own = own_attributes(spec)
    found: dict[str, Given] = {}
    for key in attribute_classes(odd, spec):
        for name, given in attributes(odd, odd.classes[key]).items():
            if name not in own and found.setdefault(name, given).by != given.by:
                message = f"{given.by} gives {spec.get('ident')} the attribute {name}"
                raise OddError(spec, f"{message} a second time, after {found[name].by}")
            found[name] = given
    return found


def attributes(odd: Odd, spec: etree._Element) -> dict[str, Given]:
    """Return all attributes of an element or a class, complete, the inherited ones first."""
    before = inherited(odd, spec)
    found = dict(before)
    for name, definition in own_attributes(spec).items():
        if definition.get("mode") == "delete":
            found.pop(name, None)
        else:
            found[name] = Given(completed(definition, before), needed(spec, "ident"))
    return found


def completed(definition: etree._Element, before: Mapping[str, Given]) -> etree._Element:
    """Return ``definition`` with what it leaves unsaid taken from the class it changes."""
    base = before.get(needed(definition, "ident"))
    if base is None or definition.get("mode") != "change":
        return definition
    return merged_attribute(base.definition, definition)
