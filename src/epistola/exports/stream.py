"""Write XML of any length with flat memory: a small tree, and what is put into it on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy

from lxml import etree

Filling = Mapping[etree._Element, Iterable[etree._Element]]  # noqa: SLF001 - lxml names it so
"""An element of the small tree that is empty -> the elements to write into it, one by one."""
INDENT = "  "
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
HERE = ("put", "here")
"""The processing instruction that holds a place in the small tree."""


def stream(root: etree._Element, filling: Filling) -> Iterator[bytes]:
    r"""Yield the document that ``root`` is, with all that ``filling`` yields put into its elements.

    The elements of ``filling`` are filled in their order in the document. Elements that hold
    elements alone are set one to a line; ``root`` and what is put into it are changed in that.

    >>> root = etree.fromstring("<a><b/></a>")
    >>> print(b"".join(stream(root, {root[0]: [etree.Element("c")]})).decode(), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <a>
      <b>
        <c/>
      </b>
    </a>
    """
    places = [(element, filling[element]) for element in root.iter() if element in filling]
    for element, _ in places:
        element.append(etree.ProcessingInstruction(*HERE))
    etree.indent(root, INDENT)
    before = reversed(list(root.itersiblings(preceding=True)))
    head = [etree.tostring(one, with_tail=False) + b"\n" for one in before]
    whole = etree.tostring(root, encoding="unicode").encode()
    first, *rest = whole.split(f"<?{' '.join(HERE)}?>".encode())
    yield DECLARATION + b"".join(head) + first.rstrip()
    for (element, children), after in zip(places, rest, strict=True):
        depth = sum(1 for _ in element.iterancestors()) + 1
        yield from _written(root, children, depth)
        yield b"\n" + (INDENT * (depth - 1)).encode() + after.strip()
    yield b"\n"


def _written(
    root: etree._Element, children: Iterable[etree._Element], depth: int
) -> Iterator[bytes]:
    """Yield each of ``children`` as it is written where the namespaces of ``root`` are known."""
    bare = copy(root)
    bare.clear()
    for child in children:
        around = copy(bare)
        around.append(child)
        etree.indent(child, INDENT, level=depth)
        child.tail = None
        data = etree.tostring(around, encoding="unicode").encode()
        inner = data[data.index(b">") + 1 : data.rindex(b"</")]
        yield b"\n" + (INDENT * depth).encode() + inner
