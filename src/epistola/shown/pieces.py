"""How the division of a book looks: a line for each letter, and for what stands between."""

from __future__ import annotations

from epistola.model import Source, Span
from epistola.shown.lines import shortened
from epistola.text.split import Piece


def piece_line(piece: Piece, source: Source) -> str:
    """Return ``number  line  how sure  “heading”  first words`` of a piece of a book.

    What is no letter has a dash for its number.
    """
    line, _ = source.position(piece.heading.start)
    number = str(piece.number) if piece.is_letter else "-"
    sure = f"{piece.certainty:.2f}" if piece.is_letter else "    "
    heading = shortened(source[piece.heading])
    rest = shortened(source[Span(piece.heading.end, piece.span.end)])
    return f"{number:>5}  line {line:<6} {sure}  “{heading}”  {rest}".rstrip()
