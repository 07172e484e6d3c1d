"""Write the text of a marked-up file: words, the blocks between blank lines, highlighting."""

from __future__ import annotations

from dataclasses import dataclass, field

from epistola.model import Annotation, Span
from epistola.text.opened import Opened
from epistola.text.read import as_source


@dataclass(slots=True)
class Page:
    """What has been written so far; local to the reading of one file."""

    rule: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Annotation] = field(default_factory=list)
    prefix: str = ""
    gap: str = "\n\n"

    def put(self, text: str) -> None:
        """Add ``text`` where the page ends, with the line ends of a source."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not self.pieces:
            text = text.removeprefix("\ufeff")
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def block(self) -> None:
        """End a block: what follows stands after ``gap``, and after what begins its line.

        Both are for this block alone.
        """
        if self.pieces:
            self.put(self.gap)
        self.put(self.prefix)
        self.prefix, self.gap = "", "\n\n"

    def highlight(self, start: int, rend: str) -> None:
        """Say that all since ``start`` is highlighted so."""
        if start < self.length:
            span = Span(start, self.length)
            self.marks.append(Annotation(span, "highlight", self.rule, {"rend": rend}))

    def opened(self, name: str, digest: str) -> Opened:
        """Return the page as what was opened; raises ReadError where there is no text in it."""
        return Opened(as_source("".join(self.pieces) + "\n", name, digest), marks=tuple(self.marks))
