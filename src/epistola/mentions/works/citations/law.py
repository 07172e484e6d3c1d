"""Read laws and cases: "Owls Act 1981 (Kent)", "Dove v. Hawk (1991) 25 Owl L.R. 32"."""

from __future__ import annotations

import re

from epistola.mentions.works.citations.journals import journal_pieces, report_read
from epistola.mentions.works.citations.parts import Piece, Read, View, imprint_at, year
from epistola.model import Span

COURT = re.compile(r"\s+\((?P<place>[A-Z][\w.]{1,11})\)")
COMMA = re.compile(r",?\s+")


def law_at(view: View, at: int, *, led: int) -> Read | None:
    """Return a statute, a case, or where a case without a name is reported.

    ``led`` is that of ``citation_at``: without it, a law must be where it is printed.
    """
    return (
        _statute(view, at)
        if led and view.words.statute.match(view.text, at)
        else _case(view, at, led=led)
    )


def _statute(view: View, at: int) -> Read | None:
    match = view.words.statute.match(view.text, at)
    if match is None or match.group().split()[0].lower() in view.words.no_names:
        return None
    spans = {key: Span(*match.span(key)) for key in ("title", "date", "pubPlace")}
    title = Piece("title", spans["title"], {"level": "m"})
    where = Piece("pubPlace", spans["pubPlace"])
    return Read((title, year(spans["date"], match["date"]), where), match.end())


def _case(view: View, at: int, *, led: int) -> Read | None:
    match = view.words.case.match(view.text, at)
    if match is None or match.group().split()[0].lower() in view.words.signals:
        return _report(view, at, named=False)
    title = Read((Piece("title", Span(*match.span("title")), {"level": "m"}),), match.end())
    comma = COMMA.match(view.text, match.end())
    rest = _report(view, comma.end(), named=True) if comma else None
    rest = rest or imprint_at(view, match.end())
    return title.then(rest) if rest or led else None


def _report(view: View, at: int, *, named: bool) -> Read | None:
    """Return where a case is printed; without its name only if a volume is told."""
    american = view.words.american.match(view.text, at) if named else None
    if american:
        return Read(tuple(journal_pieces(view, american)), american.end())
    match = view.words.report.match(view.text, at)
    if match is None or not (named or match["volume"]):
        return None
    return _court(view, report_read(view, match))


def _court(view: View, read: Read) -> Read:
    """Return a report with its court after it: "32 (C.A.)"."""
    match = COURT.match(view.text, read.end)
    if match is None:
        return read
    return Read((*read.pieces, Piece("pubPlace", Span(*match.span("place")))), match.end())
