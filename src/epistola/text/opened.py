"""What a file lets in: its text, and what the file itself says of that text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from epistola.model import Annotation, Decision, Fact, Letter, Report, Source, Span, ignore
from epistola.text.gutenberg import Ebook
from epistola.text.letter import structure


@dataclass(frozen=True, slots=True)
class Opened:
    """A source, and what is known of it before it is read.

    ``head`` is the stretch of header lines above the letter, as a mail has them, if any;
    ``author``, ``addressee``, ``date`` and ``title`` are what they say; ``book`` is the
    electronic book that the text was taken from, and ``file`` all that was in its file;
    ``marks`` are what its file says
    of its look; ``structure`` is that of a text that somebody structured by hand;
    ``decisions`` are what an editor decided about it.
    """

    source: Source
    head: Span | None = None
    author: Fact | None = None
    addressee: Fact | None = None
    date: Fact | None = None
    title: Fact | None = None
    book: Ebook | None = None
    file: Source | None = None
    marks: tuple[Annotation, ...] = ()
    structure: tuple[Annotation, ...] | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def place(self) -> tuple[Source, int]:
        """Return the text in which lines are counted, and where the source begins in it."""
        if self.file is not None and self.book is not None:
            return self.file, self.book.text.start
        return self.source, 0


def parts(opened: Opened, language: str, report: Report = ignore) -> list[Annotation]:
    """Return the structure of what was opened: header lines are no part of the letter."""
    if opened.structure is not None:
        return list(opened.structure)
    if opened.head is None:
        return [*structure(opened.source, language, report), *opened.marks]
    start = opened.head.end
    body = Source(opened.source.name, opened.source.text[start:])
    found = structure(body, language, lambda finding: report(replace(finding, span=None)))
    moved = [replace(part, span=_moved(part.span, start)) for part in found]
    whole = next((at for at, part in enumerate(moved) if part.kind == "letter"), None)
    if whole is not None:
        moved[whole] = replace(moved[whole], span=Span(0, moved[whole].span.end))
    else:
        moved.insert(0, Annotation(Span(0, start), "letter", "opened.head"))
    return [*moved, Annotation(opened.head, "provenance", "opened.head")]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def stated(letter: Letter, opened: Opened) -> Letter:
    """Return ``letter`` with what the file states, which comes before what the text shows.

    What an editor says of it comes before both.
    """
    if opened.head is None:
        return letter
    said = letter.sidecar
    return replace(
        letter,
        genre=letter.genre if said.genre or letter.is_letter else "letter",
        author=letter.author if said.author else opened.author or letter.author,
        addressee=letter.addressee if said.addressee else opened.addressee or letter.addressee,
        dateline=letter.dateline if said.date else opened.date or letter.dateline,
        title=letter.title if said.title else opened.title or letter.title,
    )
