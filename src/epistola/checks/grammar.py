"""A RELAX NG schema in XML syntax, read into patterns.

All of RELAX NG is understood (ISO/IEC 19757-2; the specification's section 4, which
simplifies a schema, is followed where it is read): grammars in grammars, ``include`` with
what it overrides, ``externalRef``, ``div``, ``combine``, ``mixed``, ``interleave``, lists,
values, name classes. A part is read when it is asked for: a letter of TEI meets a tenth of
``tei_all``. That a schema is a right one is libxml2's to say, which compiles it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from epistola.checks.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Algebra,
    Attribute,
    Data,
    Element,
    Listed,
    Names,
    Pattern,
    Value,
    elements_in,
)
from epistola.checks.rng import RNG, local_target, parse_schema

XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, eq=False, slots=True)
class Scope:
    """What the names of one ``grammar`` stand for; ``""`` is its start.

    A name has several bodies where definitions are combined, ``combined`` says how.
    """

    parent: Scope | None
    bodies: dict[str, list[etree._Element]] = field(default_factory=dict)
    combined: dict[str, str] = field(default_factory=dict)


class Grammar:
    """The patterns of one schema: where a document starts, and what each element may hold."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self.algebra = Algebra()
        self._tree = tree
        self._made: dict[etree._Element, Pattern] = {}
        self._named: dict[tuple[Scope, str], Pattern] = {}
        self._declared: dict[Element, tuple[etree._Element, Scope]] = {}
        self._contents: dict[Element, Pattern] = {}
        self._scopes: dict[etree._Element, Scope] = {}
        self._external: dict[etree._Element, etree._Element] = {}

    @cached_property
    def start(self) -> Pattern:
        """Return what a document may be: a choice of elements."""
        return self._pattern(self._tree.getroot(), Scope(None))

    def content(self, element: Element) -> Pattern:
        """Return the attributes and children that ``element`` may have."""
        found = self._contents.get(element)
        if found is None:
            node, scope = self._declared[element]
            found = self._contents[element] = self._group(_past_name(node), scope)
        return found

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Element, ...]]:
        """Return all elements of the schema that have a name, by it."""
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            for name in element.names.all_listed:
                found.setdefault(name, []).append(element)
        return {name: tuple(elements) for name, elements in found.items()}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Return all elements that a document may have somewhere, from the outermost on."""
        found = dict.fromkeys(elements_in(self.start))
        waiting = list(found)
        for element in waiting:
            fresh = [one for one in elements_in(self.content(element)) if one not in found]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
        return tuple(found)

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the elements in which each element may stand, by its name."""
        found: dict[str, dict[str, None]] = {}
        for element in self.elements:
            for child in elements_in(self.content(element)):
                for name in child.names.all_listed:
                    found.setdefault(name, {}).update(dict.fromkeys(element.names.all_listed))
        return {name: tuple(names) for name, names in found.items()}

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """Return the names of all attributes that an element may have somewhere."""
        attributes = (self.algebra.attributes(self.content(one)) for one in self.elements)
        return frozenset(n for some in attributes for one in some for n in one.names.all_listed)

    # ---- patterns

    def _pattern(self, node: etree._Element, scope: Scope) -> Pattern:
        found = self._made.get(node)
        if found is None:
            found = self._made[node] = self._read(node, scope)
        return found

    def _group(self, nodes: Iterable[etree._Element], scope: Scope) -> Pattern:
        return self.algebra.group([self._pattern(node, scope) for node in nodes])

    def _read(self, node: etree._Element, scope: Scope) -> Pattern:  # noqa: C901, PLR0911, PLR0912 - RELAX NG has that many patterns
        algebra = self.algebra
        children = list(node.iterchildren(f"{RNG}*"))
        match _tag(node):
            case "element":
                return self._element(node, scope)
            case "attribute":
                return self._attribute(node, scope)
            case "group":
                return self._group(children, scope)
            case "interleave":
                return algebra.interleave([self._pattern(one, scope) for one in children])
            case "choice":
                return algebra.choice([self._pattern(one, scope) for one in children])
            case "optional":
                return algebra.optional(self._group(children, scope))
            case "zeroOrMore":
                return algebra.optional(algebra.more(self._group(children, scope)))
            case "oneOrMore":
                return algebra.more(self._group(children, scope))
            case "mixed":
                return algebra.interleave([TEXT, self._group(children, scope)])
            case "list":
                return Listed(nullable=False, item=self._group(children, scope))
            case "ref":
                return self._reference(_name(node), scope)
            case "parentRef" if scope.parent is not None:
                return self._reference(_name(node), scope.parent)
            case "empty":
                return EMPTY
            case "text":
                return TEXT
            case "data":
                return self._data(node, scope)
            case "value":
                return _value(node)
            case "externalRef":
                return self._pattern(self._referred(node), scope)
            case "grammar":
                return self._reference("", self._scope(node, scope))
            case _:
                return NOT_ALLOWED

    def _element(self, node: etree._Element, scope: Scope) -> Pattern:
        made = Element(nullable=False, names=_names(node, _inherited(node, "ns")))
        self._declared[made] = (node, scope)
        return made

    def _attribute(self, node: etree._Element, scope: Scope) -> Pattern:
        # An attribute has a namespace only where it says so itself (4.8).
        namespace = node.get("ns", "") if node.get("name") else _inherited(node, "ns")
        value = list(_past_name(node))
        return Attribute(
            nullable=False,
            names=_names(node, namespace),
            value=self._group(value, scope) if value else TEXT,
        )

    def _data(self, node: etree._Element, scope: Scope) -> Pattern:
        excluded = [
            self._pattern(one, scope)
            for outer in node.iterchildren(f"{RNG}except")
            for one in outer.iterchildren(f"{RNG}*")
        ]
        params = [(one.get("name", ""), one.text or "") for one in node.iterchildren(f"{RNG}param")]
        return Data(
            nullable=False,
            type=node.get("type", "").strip(),
            library=_inherited(node, "datatypeLibrary"),
            params=tuple(params),
            excluded=self.algebra.choice(excluded) if excluded else None,
        )

    def _reference(self, name: str, scope: Scope) -> Pattern:
        found = self._named.get((scope, name))
        if found is None:
            # A definition that needs itself outside of any element is no schema (4.19).
            self._named[scope, name] = NOT_ALLOWED
            bodies = [
                self._group(body.iterchildren(f"{RNG}*"), scope)
                for body in scope.bodies.get(name, ())
            ]
            joined = scope.combined.get(name) == "interleave"
            found = (self.algebra.interleave if joined else self.algebra.choice)(bodies)
            self._named[scope, name] = found
        return found

    # ---- grammars

    def _scope(self, node: etree._Element, parent: Scope) -> Scope:
        found = self._scopes.get(node)
        if found is None:
            found = self._scopes[node] = Scope(parent)
            self._declare(found, node, frozenset())
        return found

    def _declare(self, scope: Scope, node: etree._Element, passed: frozenset[str]) -> None:
        """Enter what ``node`` (a grammar, div or include) defines, except what is ``passed``."""
        for child in node.iterchildren(f"{RNG}*"):
            match _tag(child):
                case "define" | "start" as kind:
                    name = _name(child) if kind == "define" else ""
                    if name not in passed:
                        scope.bodies.setdefault(name, []).append(child)
                        if child.get("combine"):
                            scope.combined[name] = child.get("combine", "").strip()
                case "div":
                    self._declare(scope, child, passed)
                case "include":
                    own = frozenset(_defined(child))
                    self._declare(scope, self._referred(child), passed | own)
                    self._declare(scope, child, passed)

    def _referred(self, node: etree._Element) -> etree._Element:
        """Return the schema that an include or externalRef names."""
        found = self._external.get(node)
        if found is None:
            found = self._external[node] = parse_schema(local_target(node)).getroot()
            if _tag(node) == "externalRef" and node.get("ns") and found.get("ns") is None:
                found.set("ns", node.get("ns", ""))
        return found


def _defined(node: etree._Element) -> Iterator[str]:
    """Yield the names that an include defines itself, so that they are not included."""
    for child in node.iterchildren(f"{RNG}*"):
        match _tag(child):
            case "define":
                yield _name(child)
            case "start":
                yield ""
            case "div":
                yield from _defined(child)


# ---- names and values


def _tag(node: etree._Element) -> str:
    return str(node.tag).removeprefix(RNG)


def _name(node: etree._Element) -> str:
    return node.get("name", "").strip()


def _past_name(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the patterns in an element or attribute: all but the class of its name."""
    children = node.iterchildren(f"{RNG}*")
    if node.get("name") is None:
        next(children, None)
    return children


def _inherited(node: etree._Element, name: str) -> str:
    """Return the attribute ``ns`` or ``datatypeLibrary`` of ``node`` or the nearest above it."""
    while node is not None:
        value = node.get(name)
        if value is not None:
            return value.strip()
        above = node.getparent()
        if above is None:
            return ""
        node = above
    return ""


def _names(node: etree._Element, namespace: str) -> Names:
    if node.get("name") is not None:
        return Names((_qualified(node, _name(node), namespace),))
    return _name_class(next(node.iterchildren(f"{RNG}*")))


def _name_class(node: etree._Element) -> Names:
    match _tag(node):
        case "name":
            return Names((_qualified(node, (node.text or "").strip(), _inherited(node, "ns")),))
        case "anyName":
            return Names(namespace="*", excluded=_excluded(node))
        case "nsName":
            return Names(namespace=_inherited(node, "ns"), excluded=_excluded(node))
        case _:
            return Names(others=tuple(map(_name_class, node.iterchildren(f"{RNG}*"))))


def _excluded(node: etree._Element) -> tuple[Names, ...]:
    return tuple(
        _name_class(one)
        for outer in node.iterchildren(f"{RNG}except")
        for one in outer.iterchildren(f"{RNG}*")
    )


def _qualified(node: etree._Element, name: str, namespace: str) -> str:
    """Return a name of the schema as lxml writes it; a prefix means what it does there."""
    prefix, _, local = name.rpartition(":")
    if prefix:
        namespace = XML if prefix == "xml" else node.nsmap.get(prefix, "")
    return f"{{{namespace}}}{local}" if namespace else local


def _value(node: etree._Element) -> Value:
    kind = node.get("type")
    return Value(
        nullable=False,
        text=node.text or "",
        type=kind.strip() if kind else "token",
        library=_inherited(node, "datatypeLibrary") if kind else "",
        namespace=_inherited(node, "ns"),
    )
