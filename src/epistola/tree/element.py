"""Make TEI elements: ``E.p("I saw ", E.persName("Mr. Marx"))``.

lxml keeps the words of an element in two places, ``text`` and ``tail``; its element
maker hides that, here with types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol, cast

from lxml import etree
from lxml.builder import ElementMaker

TEI: Final = "http://www.tei-c.org/ns/1.0"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"

Child = str | etree._Element | Mapping[str, str]  # noqa: SLF001 - lxml names the type so
"""What an element is made of: words, elements, attributes."""


class Maker(Protocol):
    """Makes elements of TEI, by name or as an attribute of that name."""

    def __call__(self, tag: str, *children: Child) -> etree._Element:
        """Return an element ``tag`` made of ``children``."""
        ...

    def __getattr__(self, tag: str) -> Callable[..., etree._Element]:
        """Return a function that makes elements called ``tag``."""
        ...


E: Final = cast("Maker", ElementMaker(namespace=TEI, nsmap={None: TEI}))
