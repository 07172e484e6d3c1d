"""Read what points back to an earlier citation: "op. cit., n. 7, pp. 80–1", "(oben N. 7) 175"."""

from __future__ import annotations

import re

from epistola.mentions.works.citations.parts import Piece, Read, View, pages_at, year
from epistola.mentions.works.citations.words import YEAR
from epistola.model import Span

BRACKETED_YEAR = re.compile(rf",?\s+\((?P<date>{YEAR})\)")
JOIN = re.compile(r",?\s+")
COMMA = re.compile(r",?(?=\s)")


def back_at(view: View, at: int, *, joined: bool = False) -> Read | None:
    """Return the words that point back at ``at``, after a space or comma where ``joined``.

    The piece ``cue`` holds the words, and the number of an earlier note as its value.
    """
    bracket = view.words.bracketed_note.match(view.text, at) if joined else None
    if bracket:
        cue = Piece(
            "cue", Span(bracket.start() + 1, bracket.end()), {"note": bracket["note"] or ""}
        )
        again = view.words.back.match(view.text, bracket.end() + 1)
        return _paged(view, Read((cue,), again.end() if again else bracket.end()), labelled=False)
    if joined:
        join = JOIN.match(view.text, at)
        if join is None:
            return None
        at = join.end()
    match = view.words.back.match(view.text, at)
    return _cited(view, match) if match else None


def _cited(view: View, match: re.Match[str]) -> Read:
    """Return "op. cit." with the year, the note and the pages after it."""
    end, pieces = match.end(), list[Piece]()
    dated = BRACKETED_YEAR.match(view.text, end)
    if dated:
        pieces.append(year(Span(*dated.span("date")), dated["date"]))
        end = dated.end()
    note = view.words.above.match(view.text, end)
    end = note.end() if note else end
    cue = Piece("cue", Span(*match.span()), {"note": note["note"] if note else ""})
    return _paged(view, Read((cue, *pieces), end), labelled=True)


def _paged(view: View, read: Read, *, labelled: bool) -> Read:
    pages = pages_at(view, read.end, labelled=labelled)
    return read.then(pages)
