"""Read who helped a work and in which form it came: editors, translators, edition, series."""

from __future__ import annotations

import re

from epistola.mentions.works.citations.parts import Piece, Read, View, people_pieces, scope
from epistola.mentions.works.citations.people import people_at
from epistola.model import Span

STOP = re.compile(r"[,.]\s+")
MOST = 4
"""The most that stands between a title and its imprint: editor, translator, edition, series."""


def helped_at(view: View, at: int) -> Read:
    """Return what stands after a title: ", ed. G. Bly, trans. A. Ott, 2nd ed., Owl Studies, 4".

    Where nothing does, it ends where it began.
    """
    read = Read((), at)
    for _ in range(MOST):
        more = _help_at(view, read.end)
        if more is None:
            break
        read = read.then(more)
    return read


def _help_at(view: View, at: int) -> Read | None:
    comma = STOP.match(view.text, at)
    if comma is None:
        return marked_series_at(view, at)
    start = comma.end()
    return _helpers_at(view, start) or _edition_at(view, start) or _series_at(view, start)


def _helpers_at(view: View, at: int) -> Read | None:
    """Return the editors in "ed. G. Bly", the translators in "übers. von A. Ott"."""
    for kind, words in (("editor", view.words.edited), ("translator", view.words.translated)):
        mark = words.match(view.text, at)
        people = people_at(view.text, mark.end(), view.words, view.names) if mark else None
        if people:
            return Read(people_pieces(people, kind), people.end)
    return None


def _edition_at(view: View, at: int) -> Read | None:
    match = view.words.edition.match(view.text, at)
    return Read((Piece("edition", Span(*match.span())),), match.end()) if match else None


def _series_at(view: View, at: int) -> Read | None:
    match = view.words.series.match(view.text, at)
    return _series_read(view, match) if match else None


def marked_series_at(view: View, at: int) -> Read | None:
    """Return "(= Owl Studies, vol. 4)" after a title or after its year."""
    match = view.words.marked_series.match(view.text, at)
    return _series_read(view, match) if match else None


def _series_read(view: View, match: re.Match[str]) -> Read:
    """Return a series: all of it, its title, its number."""
    title = Span(*match.span("title"))
    number = [Span(*match.span("number"))] if match["number"] else []
    whole = Span(title.start, (number or [title])[0].end)
    pieces = [Piece("series", whole), Piece("title", title, {"level": "s"})]
    pieces += [scope(view, span, "volume") for span in number]
    return Read(tuple(pieces), match.end())
