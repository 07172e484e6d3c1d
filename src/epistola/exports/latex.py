"""LaTeX of letters, which pandoc writes, for XeLaTeX or LuaLaTeX."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.exports import LettersFormat, Part
from epistola.exports.book import book
from epistola.exports.gathered import Letters


def write(letters: Letters) -> Iterator[Part]:
    """Yield the file; raises ExportError where pandoc is not installed."""
    yield from book(letters, "latex-smart", "--top-level-division=chapter", "-Vdocumentclass=book")


FORMAT = LettersFormat(
    write,
    "LaTeX, to be printed, by pandoc",
    ".tex",
    keeps="text in paragraphs, notes, italics and the like, correspondents, register with letters",
    loses="parts of a letter but for headings, verse lines, certainty, what a name is tagged as",
)
