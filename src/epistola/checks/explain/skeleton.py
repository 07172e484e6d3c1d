"""The least that the schema asks of a new element or attribute."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from epistola.checks.explain.faults import Judge
from epistola.checks.explain.nodes import Node
from epistola.checks.explain.values import SAMPLES, listed, types
from epistola.checks.patterns import (
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    Listed,
    More,
    Pattern,
    Value,
    local,
    namespace_of,
)

XML = "http://www.w3.org/XML/1998/namespace"
DEEPEST = 6
"""How deep a new element may be."""


def skeleton(judge: Judge, element: Element, name: str, parent: etree._Element) -> str | None:
    """Return the smallest ``name`` that ``element`` allows, to be put into ``parent``.

    None where one cannot be made, as of an attribute that nobody can guess.
    """
    made = _element(judge, element, name, DEEPEST)
    if made is None:
        return None
    prefix, added = _prefix(name, parent)
    if prefix:
        made = made.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:")
        made = made.replace(f"<{prefix}:/{prefix}:", f"</{prefix}:")
    return made.replace(local(name), f"{local(name)}{added}", 1) if added else made


def _element(judge: Judge, element: Element, name: str, depth: int) -> str | None:
    state = judge.grammar.content(element)
    attributes = ""
    for one in judge.needed(state):
        value = _value(judge, one.value, name, (one.names.all_listed or ("",))[0])
        if value is None:
            return None
        attributes += f" {_plain((one.names.all_listed or ('',))[0])}={quoteattr(value)}"
        state = judge.algebra.after_attribute(state, one)
    inside = _least(judge, judge.algebra.closed(state), depth - 1)
    if inside is None:
        return None
    shown = local(name)
    return f"<{shown}{attributes}>{inside}</{shown}>" if inside else f"<{shown}{attributes}/>"


def _least(  # noqa: PLR0911 - one for each kind of pattern
    judge: Judge, pattern: Pattern, depth: int
) -> str | None:
    """Return the least text and elements that ``pattern`` allows."""
    if pattern.nullable:
        return ""
    if depth < 0:
        return None
    match pattern:
        case Element():
            names = judge.ranked([pattern], "")
            return _element(judge, pattern, names[0], depth) if names else None
        case Choice(_, parts):
            made = [
                one for one in (_least(judge, part, depth) for part in parts) if one is not None
            ]
            return min(made, key=lambda one: one.count("<"), default=None)
        case Group(_, parts) | Interleave(_, parts):
            several = [_least(judge, part, depth) for part in parts]
            return None if None in several else "".join(filter(None, several))
        case More(_, part):
            return _least(judge, part, depth)
        case Data() | Value() | Listed():
            value = _value(judge, pattern, "", "")
            return escape(value) if value is not None else None
        case _:
            return None


def attribute_value(judge: Judge, node: Node, model: Element | None, name: str) -> str | None:
    """Return the likeliest value of the attribute ``name`` that ``node`` lacks."""
    if model is None:
        return None
    known = judge.algebra.named(judge.grammar.content(model), name)
    return next(
        (
            value
            for one in known
            if (value := _value(judge, one.value, node.name, name)) is not None
        ),
        None,
    )


def _value(judge: Judge, pattern: Pattern, element: str, name: str) -> str | None:
    """Return a value that ``pattern`` allows: one that the file has already, if there is one."""
    return next(
        (
            one
            for one in _values(judge, pattern, element, name)
            if judge.values.allows(pattern, one)
        ),
        None,
    )


def _values(judge: Judge, pattern: Pattern, element: str, name: str) -> Iterator[str]:
    seen = judge.values_seen
    if "ID" not in types(pattern):
        for owner in (element, ""):
            values = [key for key in seen if key[:2] == (owner, name)]
            yield from (key[2] for key in sorted(values, key=lambda key: -seen[key]))
    yield from listed(pattern)
    yield from SAMPLES


def attribute_name(name: str, element: etree._Element) -> str:
    """Return how ``element`` writes the attribute that lxml calls ``name``."""
    namespace = namespace_of(name)
    if not namespace or namespace == XML:
        return _plain(name)
    prefixes = [prefix for prefix, one in element.nsmap.items() if prefix and one == namespace]
    return f"{prefixes[0]}:{local(name)}" if prefixes else local(name)


def _plain(name: str) -> str:
    return f"xml:{local(name)}" if namespace_of(name) == XML else local(name)


def element_name(name: str, near: etree._Element) -> str:
    """Return how an element that lxml calls ``name`` is written beside ``near``."""
    prefix, _ = _prefix(name, near)
    return f"{prefix}:{local(name)}" if prefix else local(name)


def _prefix(name: str, near: etree._Element) -> tuple[str, str]:
    """Return the prefix for a name, and the declaration it needs where there is none."""
    namespace = namespace_of(name)
    if near.nsmap.get(None, "") == namespace:
        return "", ""
    prefixes = [prefix for prefix, one in near.nsmap.items() if prefix and one == namespace]
    return (prefixes[0], "") if prefixes else ("", f" xmlns={quoteattr(namespace)}")
