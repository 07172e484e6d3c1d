"""Name the electronic book that a text was taken from (TEI P5, 2.2.7 and 3.12.2)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.text.gutenberg import Ebook
from epistola.tree.element import XML, E
from epistola.tree.layout import lay_out

HOME = "https://www.gutenberg.org/ebooks/"


def name_ebook(tree: etree._ElementTree, book: Ebook) -> None:
    """Add ``book`` to the ``sourceDesc`` of ``tree``, instead of words that name no source."""
    described = tree.find("{*}teiHeader/{*}fileDesc/{*}sourceDesc")
    if described is None:
        raise ValueError("a TEI header has a sourceDesc")
    for paragraph in described.findall("{*}p"):
        described.remove(paragraph)
    described.append(_bibliographic(book))
    header = tree.find("{*}teiHeader")
    if header is not None:
        lay_out(header, 1)


def _bibliographic(book: Ebook) -> etree._Element:
    date = [E.date(book.released)] if book.released else [E.date()]
    imprint = E.imprint(E.publisher("Project Gutenberg"), *date)
    number = (
        [E.ref({"target": f"{HOME}{book.number}"}, f"eBook #{book.number}")] if book.number else []
    )
    return E.biblStruct(
        {f"{XML}id": "src-gutenberg", "type": "book"},
        E.monogr(*_responsible(book), E.title({"level": "m"}, book.title or "Untitled"), imprint),
        *number,
        E.note(book.said),
    )


def _responsible(book: Ebook) -> Iterator[etree._Element]:
    if book.author:
        yield E.author(book.author)
    if book.editor:
        yield E.editor(book.editor)
    if book.translator:
        yield E.editor({"role": "translator"}, book.translator)
