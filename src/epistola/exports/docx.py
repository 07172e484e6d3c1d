"""A document for word processors, which pandoc writes."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.exports import LettersFormat, Part
from epistola.exports.book import book
from epistola.exports.gathered import Letters


def write(letters: Letters) -> Iterator[Part]:
    """Yield the file; raises ExportError where pandoc is not installed."""
    yield from book(letters, "docx", linked=False)


FORMAT = LettersFormat(
    write,
    "A document for word processors (DOCX), by pandoc",
    ".docx",
    keeps="text in paragraphs, notes, italics and the like, correspondents, register with letters",
    loses="parts of a letter but for headings, verse lines, certainty, what a name is tagged as",
)
