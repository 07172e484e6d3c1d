"""A document as the explaining sees it: elements and stretches of text, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from epistola.checks.patterns import local, namespace_of


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """A stretch of text: that of ``origin`` itself, or the one that follows it."""

    text: str
    origin: etree._Element
    is_tail: bool

    @property
    def is_blank(self) -> bool:
        """Return whether it is white space as XML knows it."""
        return not self.text.strip(" \t\r\n")


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """An element; ``origin`` is where it stands in lxml's tree."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Node | Words, ...]
    origin: etree._Element

    @property
    def tokens(self) -> tuple[Node | Words, ...]:
        """Return the children that a content model is about: all but white space."""
        return tuple(one for one in self.children if isinstance(one, Node) or not one.is_blank)

    @property
    def has_words(self) -> bool:
        """Return whether there is any text in it, at any depth."""
        return any(part.strip() for part in self.origin.itertext())

    @property
    def shown(self) -> str:
        """Return the name as a message shows it."""
        return f"<{local(self.name)}>"


def read_node(element: etree._Element) -> Node:
    """Return ``element`` and all it holds."""
    return Node(
        str(element.tag),
        {str(name): str(value) for name, value in element.attrib.items()},
        tuple(_children(element)),
        element,
    )


def _children(element: etree._Element) -> Iterator[Node | Words]:
    if element.text:
        yield Words(element.text, element, is_tail=False)
    for child in element:
        if isinstance(child.tag, str):
            yield read_node(child)
        if child.tail:
            yield Words(child.tail, child, is_tail=True)


def moved(node: Node, wrong: str, right: str) -> Node:
    """Return ``node`` as it would be if the namespace ``wrong`` were ``right`` in all of it."""
    name = f"{{{right}}}{local(node.name)}" if namespace_of(node.name) == wrong else node.name
    children = tuple(
        moved(one, wrong, right) if isinstance(one, Node) else one for one in node.children
    )
    return replace(node, name=name, children=children)
