"""Read one citation, from its first name or title to its last page.

The ways to cite are tried in one order: what points back, a work with its title, an author
with a year, an author with a page; and, without an author, a work, a law or a case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from epistola.mentions.works.citations.back import back_at
from epistola.mentions.works.citations.journals import journal_at
from epistola.mentions.works.citations.law import law_at
from epistola.mentions.works.citations.parts import (
    Piece,
    Read,
    View,
    pages_at,
    people_pieces,
    scope,
    year,
)
from epistola.mentions.works.citations.people import (
    INVERTED,
    People,
    inverted_at,
    is_word,
    organisation_at,
    people_at,
)
from epistola.mentions.works.citations.words import ROMAN, YEAR
from epistola.mentions.works.citations.works import is_named, work_at
from epistola.mentions.works.title_words import THINGS
from epistola.model import Span

TO_TITLE = re.compile(r"[,:]\s+|\s+(?=[\"'])")
TO_LISTED = re.compile(r"[.:,]\s+")
"""Between the author and the title in a bibliography, where the forename is last."""
DASH_FOR_NAME = re.compile(r"(?P<dash>[—–]{1,3}|-{3})[,.:]\s+")
"""What a list has for the author of the work before: "—, Owls at Home"."""
SHORTEST = 2
"""Letters in the shortest name that a year makes a citation."""
FIRST = 2
"""How much leads to a citation where a note begins with it."""
AFTER_YEAR = re.compile(r"[.:,]\s+")
AUTHOR_YEAR = re.compile(
    rf",?\s+(?P<bracket>\()?(?P<date>{YEAR})(?P<letter>[a-z])?(?!\w)(?(bracket)\))"
)
SENTENCE = re.compile(r"[^\n]{3,200}?(?P<stop>[.?!])\s+")
PLACE_FIRST = re.compile(
    r"(?P<pubPlace>[^\W\d_][^:.,\d]{1,40}):\s+(?P<publisher>[^.\n]{2,60})(?=\.)"
)
SHORT = re.compile(rf"\s+(?P<volume>{ROMAN})(?=\s+\d)")


class Citation(NamedTuple):
    """A citation as it was read: how, what it is made of, and where it ends.

    ``form`` is ``work``, ``back``, ``year``, ``page``, ``law``.
    """

    form: str
    pieces: tuple[Piece, ...]
    end: int


def citation_at(view: View, at: int, *, led: int) -> Citation | None:
    """Return the citation that begins at ``at``.

    ``led`` says whether what stands before makes a citation likely: a signal ("see"), another
    citation, or, as ``FIRST``, the beginning of a note. Only then may a bare name with a year
    be one.
    """
    law = law_at(view, at, led=led)
    if law:
        return _made("law", law)
    people = people_at(view.text, at, view.words, view.names)
    may_be_inverted = people and led and INVERTED.match(view.text, people.spans[0].end)
    inverted = inverted_at(view.text, at, view.words, view.names) if may_be_inverted else None
    for who, joint in ((inverted, TO_LISTED), (people, TO_TITLE)):
        found = _by_people(view, who, joint, led=led) if who else None
        if found:
            return found
    if not led:
        return None
    return _by_organisation(view, at) or _without_people(view, at)


def _by_people(view: View, people: People, joint: re.Pattern[str], *, led: int) -> Citation | None:
    first = Read(people_pieces(people, "author"), people.end)
    again = back_at(view, people.end, joined=True)
    if again:
        return _made("back", first.then(again))
    title = joint.match(view.text, people.end)
    work = work_at(view, title.end()) if title else None
    if work:
        return _made("work", first.then(work))
    return _dated(view, people, first, led=led) or _paged(view, people, first, led=led)


def _made(form: str, read: Read) -> Citation:
    return Citation(form, read.pieces, read.end)


def _dated(view: View, people: People, first: Read, *, led: int) -> Citation | None:
    """Return "Geiger 1964, S. 65", or with the title after the year."""
    match = AUTHOR_YEAR.match(view.text, people.end)
    if match is None:
        return None
    dated = first.then(Read((year(Span(*match.span("date")), match["date"]),), match.end()))
    after = AFTER_YEAR.match(view.text, match.end()) if match["bracket"] else None
    titled = _titled_after(view, after.end()) if after else None
    if titled:
        return _made("work", dated.then(titled))
    pages = pages_at(view, match.end(), labelled=not match["bracket"])
    sure = pages and (led or not match["bracket"])
    if (sure or led) and _is_free(view, people, trusted=bool(led) + bool(pages) + (led == FIRST)):
        return _made("year", dated.then(pages))
    return None


def _titled_after(view: View, at: int) -> Read | None:
    """Return the title after a year: "(1990). On owls. Owl Review, 12, 4"."""
    stop = SENTENCE.match(view.text, at)
    if stop is None:
        return None
    end = stop.start("stop") + (stop["stop"] in "?!")
    journal = journal_at(view, stop.end())
    if journal:
        return Read((Piece("title", Span(at, end), {"level": "a"}),), end).then(journal)
    printed = PLACE_FIRST.match(view.text, stop.end())
    if printed is None:
        return None
    title = Piece("title", Span(at, end), {"level": "m"})
    parts = [Piece(key, Span(*printed.span(key))) for key in ("pubPlace", "publisher")]
    return Read((title, *parts), printed.end())


def _is_free(view: View, people: People, *, trusted: int) -> bool:
    """Return whether names before a year or a page are no words, and not all of them places.

    A place that is also a surname will do where something else shows the citation, and any
    place where a note begins with it and pages follow (``trusted`` counts these things).
    """
    names = [view.text[span.start : span.end] for span in people.spans]
    if len(names[0]) <= SHORTEST or is_word(names[0], view.names):
        return False
    return not all(
        view.names.known(name, *THINGS)
        and not (trusted > 1 and view.names.known(name, "surname"))
        and trusted <= FIRST
        for name in names
    )


def _paged(view: View, people: People, first: Read, *, led: int) -> Citation | None:
    """Return "Fest/Ott I 70", "Ott 2 f.", the short form of a work that the reader knows."""
    volume = SHORT.match(view.text, people.end)
    if volume:
        first = first.then(
            Read((scope(view, Span(*volume.span("volume")), "volume"),), volume.end())
        )
    pages = pages_at(view, first.end)
    if pages is None or not led or not _is_free(view, people, trusted=led):
        return None
    labelled = view.words.labelled.match(view.text, first.end)
    follows = view.words.follows.search(view.text, first.end, pages.end)
    if labelled or follows or (volume and len(people.spans) > 1):
        return _made("page", first.then(pages))
    return None


def _by_organisation(view: View, at: int) -> Citation | None:
    body = organisation_at(view.text, at, view.words)
    title = TO_TITLE.match(view.text, body.end) if body else None
    work = work_at(view, title.end()) if title else None
    if body is None or work is None:
        return None
    return _made("work", Read(people_pieces(body, "author"), body.end).then(work))


def _without_people(view: View, at: int) -> Citation | None:
    """Return a work without its author, or with a word or a dash for him, or "id., p. 3"."""
    dash = DASH_FOR_NAME.match(view.text, at)
    if dash:
        work = work_at(view, dash.end())
        cue = Piece("cue", Span(*dash.span("dash")), {"note": ""})
        return _made("work", Read((cue,), dash.end()).then(work)) if work else None
    again = back_at(view, at)
    if again:
        titled = TO_TITLE.match(view.text, again.end)
        work = work_at(view, titled.end()) if titled and len(again.pieces) == 1 else None
        return _made("work" if work else "back", again.then(work))
    work = work_at(view, at) if view.text[at] in "\"'" else None
    named = work and is_named(view, work.pieces[0].span)
    return _made("work", work) if work and named else None
