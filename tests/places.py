"""What stands in a place of a TEI document, as plain text."""

from __future__ import annotations

from typing import Any

from lxml import etree

TEI = {"t": "http://www.tei-c.org/ns/1.0"}


def texts(root: etree._Element | etree._ElementTree, path: str) -> list[str]:
    """The texts of the elements, or the values of the attributes, that ``path`` selects.

    >>> texts(etree.XML('<a xmlns="http://www.tei-c.org/ns/1.0"><b> c  d</b></a>'), "//t:b")
    ['c d']
    """
    found: Any = root.xpath(path, namespaces=TEI)
    values = (one.xpath("string()") if etree.iselement(one) else one for one in found)
    return [" ".join(str(value).split()) for value in values]
