"""Cut a RELAX NG grammar down to the names that some documents use.

libxml2 takes six seconds to compile a grammar of the size of ``tei_all``, and most of it is
about elements that the document at hand does not have. A document that uses none but
``names`` is valid by a grammar if and only if it is valid by the same grammar in which
every element and attribute of another name is ``notAllowed``: a pattern for such an element
can take no part in matching it. What ``notAllowed`` and ``empty`` then leave of the
grammar is worked out as the standard does (RELAX NG, ISO/IEC 19757-2, 7.24 and 7.25: a
group with it is not allowed, a choice loses a branch); the rest compiles in no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"

WHOLE = (f"{RNG}div", f"{RNG}include", f"{RNG}externalRef", f"{RNG}parentRef")
"""What makes one grammar of several; one that has any of these is not cut down."""

LEAVES = frozenset(f"{RNG}{name}" for name in ("data", "list", "text", "value"))


@dataclass(frozen=True, slots=True)
class Names:
    """The local names of elements and of attributes that documents use."""

    elements: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    def __or__(self, other: Names) -> Names:
        return Names(self.elements | other.elements, self.attributes | other.attributes)

    def __le__(self, other: Names) -> bool:
        """Return whether ``other`` has all of these names."""
        return self.elements <= other.elements and self.attributes <= other.attributes


class _Nothing:
    """A pattern that has no content to write: it is not allowed, or it is empty."""


NOT_ALLOWED = _Nothing()
EMPTY = _Nothing()
Pattern = etree._Element | _Nothing  # noqa: SLF001 - lxml names its elements so


def names_in(tree: etree._ElementTree | etree._Element) -> Names:
    """Return the names that ``tree`` uses, without their namespaces."""
    elements, attributes = set[str](), set[str]()
    for element in tree.iter("{*}*"):
        elements.add(_local(element.tag))
        attributes.update(map(str, element.attrib))
    return Names(frozenset(elements), frozenset(_local(name) for name in attributes))


def specialised(grammar: etree._Element, names: Names) -> etree._Element:
    """Return a grammar with the verdicts of ``grammar`` on documents that use only ``names``.

    It is ``grammar`` itself where that is made of several files or grammars.
    """
    if not is_plain(grammar):
        return grammar
    return _Cut(grammar, names).grammar()


def is_plain(grammar: etree._Element) -> bool:
    """Return whether this is one grammar that says everything itself, and each thing once."""
    if grammar.tag != f"{RNG}grammar" or next(grammar.iter(*WHOLE), None) is not None:
        return False
    nested = list(grammar.iter(f"{RNG}grammar"))
    combined = [one for one in _patterns(grammar) if one.get("combine") is not None]
    return len(nested) == 1 and not combined and grammar.find(f"{RNG}start") is not None


class _Cut:
    """A grammar on its way to a smaller one; ``known`` are definitions that came to nothing."""

    def __init__(self, grammar: etree._Element, names: Names) -> None:
        self.root = grammar
        self.names = names
        self.defines = {one.get("name", ""): one for one in grammar.iterchildren(f"{RNG}define")}
        self.known: dict[str, _Nothing] = {}

    def grammar(self) -> etree._Element:
        """Return the definitions that can still be reached from the start."""
        self._settle()
        made = _made(self.root, [])
        todo, seen = [self._definition(made, self.root.find(f"{RNG}start"))], set[str]()
        while todo:
            for name in [one.get("name", "") for one in todo.pop().iter(f"{RNG}ref")]:
                if name in self.defines and name not in seen:
                    seen.add(name)
                    todo.append(self._definition(made, self.defines[name]))
        return made

    def _definition(self, made: etree._Element, one: etree._Element | None) -> etree._Element:
        if one is None:
            raise KeyError("a definition that is not there")
        left = self._sequence(_patterns(one))
        made.append(_made(one, _written(left)))
        return made[-1]

    def _settle(self) -> None:
        """Find the definitions that come to nothing, until no other one does."""
        while True:
            found = {
                name: result
                for name, one in self.defines.items()
                if name not in self.known
                and isinstance(result := self._nothing(_patterns(one)), _Nothing)
            }
            if not found:
                return
            self.known.update(found)

    def _nothing(self, patterns: Iterable[etree._Element]) -> _Nothing | None:
        """Return what a group of ``patterns`` comes to, if that is nothing."""
        results = [self._judged(one) for one in patterns]
        if NOT_ALLOWED in results:
            return NOT_ALLOWED
        return EMPTY if all(result is EMPTY for result in results) else None

    def _judged(self, pattern: etree._Element) -> _Nothing | None:
        tag = pattern.tag
        if tag == f"{RNG}ref":
            return self.known.get(pattern.get("name", ""))
        if tag in (f"{RNG}empty", f"{RNG}notAllowed"):
            return EMPTY if tag == f"{RNG}empty" else NOT_ALLOWED
        if tag in LEAVES:
            return None
        if tag in (f"{RNG}element", f"{RNG}attribute"):
            return self._named(pattern)
        if tag == f"{RNG}choice":
            return self._best([self._judged(one) for one in _patterns(pattern)])
        return self._repeated(pattern)

    def _best(self, results: list[_Nothing | None]) -> _Nothing | None:
        """Return what a choice of ``results`` comes to, if that is nothing."""
        if None in results:
            return None
        return EMPTY if EMPTY in results else NOT_ALLOWED

    def _named(self, pattern: etree._Element) -> _Nothing | None:
        if not self._is_used(pattern):
            return NOT_ALLOWED
        content = self._nothing(_content(pattern))
        return NOT_ALLOWED if content is NOT_ALLOWED else None

    def _repeated(self, pattern: etree._Element) -> _Nothing | None:
        result = self._nothing(_patterns(pattern))
        if result is NOT_ALLOWED and pattern.tag in (f"{RNG}optional", f"{RNG}zeroOrMore"):
            return EMPTY
        if result is EMPTY and pattern.tag == f"{RNG}mixed":
            return None
        return result

    def _is_used(self, pattern: etree._Element) -> bool:
        """Return whether a document can have what ``pattern`` names; if in doubt, it can."""
        first = next(_patterns(pattern), None)
        name = pattern.get("name")
        if name is None and first is not None and first.tag == f"{RNG}name":
            name = first.text
        if name is None:
            return True
        used = self.names.elements if pattern.tag == f"{RNG}element" else self.names.attributes
        return name.strip().rpartition(":")[2] in used

    # ---- writing what is left

    def _sequence(self, patterns: Iterable[etree._Element]) -> list[etree._Element] | _Nothing:
        """Return what is left of ``patterns``; libxml2 misjudges groups that hold ``empty``."""
        left: list[etree._Element] = []
        for pattern in patterns:
            reduced = self._reduced(pattern)
            if reduced is NOT_ALLOWED:
                return NOT_ALLOWED
            if not isinstance(reduced, _Nothing):
                left.append(reduced)
        return left or EMPTY

    def _reduced(self, pattern: etree._Element) -> Pattern:
        judged = self._judged(pattern)
        if judged is not None:
            return judged
        if pattern.tag in LEAVES or pattern.tag in (f"{RNG}attribute", f"{RNG}ref"):
            return _copied(pattern)
        if pattern.tag == f"{RNG}choice":
            return self._choice(pattern)
        left = self._sequence(_content(pattern))
        if pattern.tag in (f"{RNG}group", f"{RNG}interleave") and not isinstance(left, _Nothing):
            return _unwrapped(pattern, left)
        return _made(pattern, [*_name_class(pattern), *_written(left)])

    def _choice(self, pattern: etree._Element) -> etree._Element:
        results = [self._reduced(one) for one in _patterns(pattern)]
        left = [one for one in results if not isinstance(one, _Nothing)]
        choice = _unwrapped(pattern, left)
        if EMPTY not in results:
            return choice
        optional = etree.Element(f"{RNG}optional")
        optional.append(choice)
        return optional


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]


def _patterns(parent: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if parent is None else parent.iterchildren(f"{RNG}*")


def _name_class(pattern: etree._Element) -> list[etree._Element]:
    if pattern.tag != f"{RNG}element" or pattern.get("name") is not None:
        return []
    return [_copied(one) for one in list(_patterns(pattern))[:1]]


def _content(pattern: etree._Element) -> list[etree._Element]:
    """Return the patterns in ``pattern``, the class of its name left out."""
    patterns = list(_patterns(pattern))
    named = pattern.tag in (f"{RNG}element", f"{RNG}attribute") and pattern.get("name") is None
    return patterns[1:] if named else patterns


def _written(left: list[etree._Element] | _Nothing) -> list[etree._Element]:
    if isinstance(left, list):
        return left
    return [etree.Element(f"{RNG}{'empty' if left is EMPTY else 'notAllowed'}")]


def _copied(pattern: etree._Element) -> etree._Element:
    copy = deepcopy(pattern)
    copy.tail = None
    return copy


def _unwrapped(pattern: etree._Element, left: list[etree._Element]) -> etree._Element:
    """Return the one pattern that is ``left``, if ``pattern`` adds nothing to it."""
    return left[0] if len(left) == 1 and not pattern.attrib else _made(pattern, left)


def _made(pattern: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    attributes = {str(name): str(value) for name, value in pattern.attrib.items()}
    nsmap: Any = pattern.nsmap  # the stubs of lxml know no default namespace
    made = etree.Element(pattern.tag, attributes, nsmap=nsmap)
    made.extend(children)
    return made
