"""An e-book of letters, which pandoc writes."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.exports import LettersFormat, Part
from epistola.exports.book import book
from epistola.exports.gathered import Letters


def write(letters: Letters) -> Iterator[Part]:
    """Yield the file; raises ExportError where pandoc is not installed."""
    yield from book(letters, "epub3", "--toc", "--toc-depth=1")


FORMAT = LettersFormat(
    write,
    "E-book (EPUB 3), by pandoc",
    ".epub",
    keeps="text in paragraphs, notes, italics and the like, correspondents, register with letters",
    loses="parts of a letter but for headings, verse lines, certainty, what a name is tagged as",
)
