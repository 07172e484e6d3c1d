"""Read a cited work: its title, what it appeared in, who edited and printed it, the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from epistola.mentions.works.citations.back import back_at
from epistola.mentions.works.citations.helped import helped_at, marked_series_at
from epistola.mentions.works.citations.journals import (
    QUOTES,
    journal_at,
    pages_after,
    past,
    report_read,
    title_piece,
)
from epistola.mentions.works.citations.parts import (
    Piece,
    Read,
    View,
    imprint_at,
    pages_at,
    people_pieces,
    scope,
)
from epistola.mentions.works.citations.people import People, people_at
from epistola.mentions.works.citations.words import CAPITAL, ROMAN
from epistola.model import Span

AFTER_MARK = re.compile(r"[,.?!]?\s+")
AFTER_TITLE = re.compile(r"[,.]\s+|(?<=[?!])\s+")
COMMA = re.compile(r"[,:]\s+")
LONGEST = 260
"""Characters of the longest title."""
CLOSES = re.compile(r"(?=[,.;:]|\s+[(\[]|\s+[a-z]+:?\s|\s*$|\s+[A-Z])")
STARTS = re.compile(rf"[\"']?{CAPITAL}|\d{{1,4}}\s[^\W\d]")
WEIGHTY = re.compile(r"[^\W\d_][\w'-]{4,}")
BARE_VOLUME = re.compile(rf"\s+(?P<volume>{ROMAN})$")
BEFORE_BRACKET = re.compile(r"\s+\(")
ENDS_SENTENCE = re.compile(
    r"[a-zà-ÿ)\"']{3}[.?]\s+(?P<next>[^\W\d_]+)|;\s+[A-Z](?:\.|[\w'-]+(?:/|,\s))"
    r"|[.:]\s+\d{1,3}\.\s+[A-Z]"
)
"""Where a sentence, a citation or an item of a list ends; ``next`` is the word after a sentence."""
FIGURE = re.compile(r"\d")
REACH = 40
"""How far after a title the first figure stands: that of its year, or of a page."""
MARKS = 12
"""Marks in the longest title at which it might end."""
SHORT = 60
"""Characters of a title that may be in small letters all through."""
PRINTED = 2
"""Parts of an imprint that is full: a place, or a publisher, with the year."""
SENTENCES = 2
"""Sentences in the longest title."""


def work_at(view: View, at: int) -> Read | None:
    """Return the work whose title begins at ``at``, if what follows shows that it is one."""
    if at >= len(view.text):
        return None
    if view.text[at] in QUOTES:
        return _quoted(view, at) or (_plain(view, at) if STARTS.match(view.text, at) else None)
    return _plain(view, at) if STARTS.match(view.text, at) else None


def _quoted(view: View, at: int) -> Read | None:
    """Return a work whose title stands in marks: an article, or else a book."""
    text, mark = view.text, view.text[at]
    limit = min(len(text), at + LONGEST)
    end = text.find(mark, at + 1, limit)
    while end > 0:
        span = Span(at + 1, len(text[:end].rstrip(" ,.")))
        if CLOSES.match(text, end + 1) and _may_be(view, span):
            read = _article(view, span, end + 1, marked=True) or _book(view, span, end + 1)
            if read:
                return read
        end = text.find(mark, end + 1, limit)
    return None


def _plain(view: View, at: int) -> Read | None:
    """Return a work whose title is not marked; it ends where something else reads on."""
    for end in _breaks(view, at):
        span = Span(at + (view.text[at] in QUOTES), end)
        if not _may_be(view, span):
            continue
        read = _article(view, span, end) or _book(view, span, end)
        if read:
            return read
    return None


def _may_be(view: View, span: Span) -> bool:
    """Return whether words may be a title: no date, no half of a bracket, no whole story."""
    title = view.text[span.start : span.end]
    if title.count("(") != title.count(")") or view.words.calendar.search(title):
        return False
    if title[:1].islower() or (title[:1].isdecimal() and len(title.split()) < SENTENCES + 2):
        return False
    return len(ENDS_SENTENCE.findall(title)) < SENTENCES and len(title) > 1


def _breaks(view: View, at: int) -> Iterator[int]:
    """Yield where a title without marks may end, nearest first."""
    if FIGURE.search(view.text, at, at + LONGEST + REACH) is None:
        return
    for match in islice(view.words.breaks.finditer(view.text, at + 2, at + LONGEST), MARKS):
        title = view.text[at : match.start()]
        if _ends_before(view, title):
            return
        yield match.start()


def _ends_before(view: View, title: str) -> bool:
    """Return whether a sentence ends in ``title``, so that it is none."""
    return any(
        match["next"] is None or match["next"].lower() in view.words.signals
        for match in ENDS_SENTENCE.finditer(title)
    )


def _article(view: View, span: Span, end: int, *, marked: bool = False) -> Read | None:
    """Return an article: in a journal, in a book, or, in marks, of a year and its report."""
    first = Read((title_piece(span, "a"),), end)
    report = view.words.report.match(view.text, past(view.text, end)) if marked else None
    if report:
        return first.then(pages_after(view, report_read(view, report)))
    comma = (AFTER_MARK if marked else AFTER_TITLE).match(view.text, end)
    journal = journal_at(view, comma.end()) if comma else None
    if journal:
        return first.then(journal)
    helped = helped_at(view, end) if marked else None
    if helped and helped.pieces:
        first, end = first.then(helped), helped.end
    within = view.words.within.match(view.text, end)
    if within is None or not (marked or within["colon"] or view.text[end] in ",."):
        return None
    host = host_at(view, within.end())
    return first.then(host) if host else None


def host_at(view: View, at: int) -> Read | None:
    """Return what an article is in: an earlier work, an edited book, a journal, a book."""
    again = back_at(view, at)
    if again:
        return _host_by_same(view, again) or again
    people = people_at(view.text, at, view.words, view.names)
    edited = _edited_host(view, at, people) if people else None
    return edited or journal_at(view, at) or _hosting_book(view, at)


def _host_by_same(view: View, again: Read) -> Read | None:
    """Return the book in "ders., Owls", by who wrote the part of it; the words are no cue then."""
    mark = view.words.editor.match(view.text, again.end)
    comma = COMMA.match(view.text, mark.end() if mark else again.end)
    book = work_at(view, comma.end()) if comma and len(again.pieces) == 1 else None
    return _as_book(book) if book else None


def _edited_host(view: View, at: int, people: People) -> Read | None:
    """Return a book that is called by its editors, with its title, its pages, or neither."""
    editors = Read(people_pieces(people, "editor"), people.end)
    comma = COMMA.match(view.text, people.end)
    named = people.edited or len(people.spans) > 1 or "." in view.text[at : people.end]
    book = work_at(view, comma.end()) if comma and named else None
    rest = (
        back_at(view, people.end, joined=True)
        or (_as_book(book) if book else None)
        or pages_at(view, people.end)
    )
    return editors.then(rest) if rest else None


def _hosting_book(view: View, at: int) -> Read | None:
    if not STARTS.match(view.text, at):
        return None
    for end in _breaks(view, at):
        book = _book(view, Span(at, end), end, hosting=True)
        if book:
            return book
    return None


def _as_book(read: Read) -> Read:
    """Return ``read`` with its first title as that of a book."""
    first = next(piece for piece in read.pieces if piece.kind == "title")
    book = title_piece(first.span, "m")
    return Read(tuple(book if piece is first else piece for piece in read.pieces), read.end)


def _book(view: View, span: Span, end: int, *, hosting: bool = False) -> Read | None:
    """Return a book: its title, its volume, who edited and printed it and when, the pages."""
    title = _volume_after(view, span, end)
    with_volume = title.end > end or len(title.pieces) > 1
    helped = helped_at(view, title.end)
    title = title.then(helped)
    pages = pages_at(view, title.end, labelled=True)
    title = title.then(pages)
    printed = imprint_at(view, title.end) or back_at(view, title.end, joined=True)
    if printed is None:
        return title if pages and view.noted else None
    full = helped.pieces or with_volume or hosting or len(printed.pieces) >= PRINTED
    if not full and not is_named(view, span):
        return None
    series = marked_series_at(view, printed.end)
    return title.then(printed).then(series).then(pages_at(view, (series or printed).end))


def _volume_after(view: View, span: Span, end: int) -> Read:
    """Return a title with the volume after it, whether that has a label or not."""
    labelled = view.words.volume.match(view.text, end)
    if labelled:
        return Read((title_piece(span, "m"), *_volumes(view, labelled)), labelled.end())
    bare = BARE_VOLUME.search(view.text[span.start : end])
    if bare is None or BEFORE_BRACKET.match(view.text, end) is None:
        return Read((title_piece(span, "m"),), end)
    title = title_piece(Span(span.start, span.start + bare.start()), "m")
    place = Span(span.start + bare.start("volume"), span.start + bare.end("volume"))
    return Read((title, scope(view, place, "volume")), end)


def _volumes(view: View, match: re.Match[str]) -> Iterator[Piece]:
    for key in ("volume", "issue"):
        if match[key]:
            yield scope(view, Span(*match.span(key)), key)


def is_named(view: View, span: Span) -> bool:
    """Return whether the words of a title have capitals as in a name, or it is short, in a note."""
    text = view.text[span.start : span.end]
    if view.noted and len(text) < SHORT:
        return True
    weighty: list[str] = WEIGHTY.findall(text) or [text]
    capital = sum(word[0].isupper() for word in weighty)
    return 2 * capital >= len(weighty)
