"""Put the letters of one book together in one file (TEI P5, 15.1, teiCorpus).

Identifiers are unique in a file: those of each letter begin with its own, and so do the
pointers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from epistola.registers.mint import slug
from epistola.tree.element import XML, E
from epistola.tree.layout import lay_out

POINTER = re.compile(r"(?<!\S)#(?=\S)")
ID = f"{XML}id"


def corpus(trees: Iterable[etree._ElementTree], title: str) -> etree._ElementTree:
    """Return a ``teiCorpus`` of the documents ``trees``, in order, called ``title``.

    The documents are not changed; each is copied with its identifiers made its own.
    """
    header = E.teiHeader(
        E.fileDesc(
            E.titleStmt(E.title(title)),
            E.publicationStmt(E.publisher("unpublished")),
            E.sourceDesc(E.p("One file, divided into its letters and what stands between them.")),
        )
    )
    root = E.teiCorpus({ID: f"corpus-{slug(title) or 'text'}"}, header)
    lay_out(header, 1)
    root.text = "\n  "
    header.tail = "\n"
    model = None
    for tree in trees:
        document = _identified(tree.getroot())
        document.tail = "\n"
        root.append(document)
        model = tree.getroot().getprevious()
    result = root.getroottree()
    if model is not None:
        root.addprevious(etree.ProcessingInstruction("xml-model", model.text or ""))
    return result


def _identified(document: etree._Element) -> etree._Element:
    """Return a copy of ``document`` whose identifiers and pointers begin with its own."""
    copied: etree._Element = etree.fromstring(etree.tostring(document, with_tail=False))
    own = copied.get(ID, "")
    for element in copied.iter("*"):
        for name, value in ((str(n), str(v)) for n, v in element.attrib.items()):
            if name == ID and element is not copied:
                element.set(name, f"{own}.{value}")
            elif "#" in value:
                element.set(name, POINTER.sub(f"#{own}.", value))
    return copied
