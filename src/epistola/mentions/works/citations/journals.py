"""Read where an article is printed: a journal or a law report, its volume, its year, the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from epistola.mentions.works.citations.parts import Piece, Read, View, pages_at, scope, year
from epistola.mentions.works.title_words import PLACES
from epistola.model import Span

QUOTES = "\"'"
UNITS = {"volume": "volume", "issue": "issue", "number": "issue", "page": "page", "second": "page"}
"""Which unit each group of a pattern for journals holds."""


def title_piece(span: Span, level: str) -> Piece:
    """Return the title at ``span``, of a work of this level."""
    return Piece("title", span, {"level": level})


def past(text: str, at: int) -> int:
    """Return where the next word begins."""
    while at < len(text) and text[at] in ", \n":
        at += 1
    return at


def report_read(view: View, match: re.Match[str]) -> Read:
    """Return "(1991) 25 Owl L.R. 32" as its parts."""
    pieces = [year(Span(*match.span("date")), match["date"])]
    if match["volume"]:
        pieces.append(scope(view, Span(*match.span("volume")), "volume"))
    pieces.append(title_piece(Span(*match.span("journal")), "j"))
    pieces.append(scope(view, Span(*match.span("page")), "page"))
    return Read(tuple(pieces), match.end())


def pages_after(view: View, read: Read) -> Read:
    """Return ``read`` with the pages that follow its first one."""
    more = view.words.more.match(view.text, read.end)
    if more is None:
        return read
    spans = [Span(*more.span(key)) for key in ("page", "inner", "third") if more[key]]
    return Read((*read.pieces, *(scope(view, span, "page") for span in spans)), more.end())


def journal_at(view: View, at: int) -> Read | None:
    """Return a journal with its volume, its year and the pages."""
    for pattern in view.words.journals:
        match = pattern.match(view.text, at)
        if match and not view.names.known(match["journal"], *PLACES):
            read = Read(tuple(journal_pieces(view, match)), match.end())
            return read.then(pages_at(view, match.end()))
    return None


def journal_pieces(view: View, match: re.Match[str]) -> Iterator[Piece]:
    """Yield the parts that a pattern for journals has found."""
    for key in match.groupdict():
        if not match[key]:
            continue
        span = Span(*match.span(key))
        if key == "date":
            figures = re.search(r"\d{4}.*", match[key], re.DOTALL)
            start = figures.start() if figures else 0
            yield year(Span(span.start + start, span.end), match[key][start:])
        elif key == "journal":
            yield title_piece(span, "j")
        else:
            yield scope(view, span, UNITS[key])
