"""Read what stands around a work in a citation: pages, and who printed it where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.mentions.works.citations.people import People, people_at
from epistola.mentions.works.citations.words import CAPITAL, YEAR, YEARS, Words
from epistola.mentions.works.title_words import PLACES
from epistola.model import NOTHING, Span

BRACKET = re.compile(rf",?\s+\((?P<before>[^()]{{0,120}}?)(?P<date>{YEARS})\)")
BARE = re.compile(
    rf"[.,]\s+(?P<before>(?:{CAPITAL}[^,;()\n\d]{{1,50}},\s+)?{CAPITAL}[^,;:()\n\d]{{1,40}}"
    rf"(?::\s+{CAPITAL}[^;:()\n\d]{{1,50}})?),?\s+(?P<date>{YEARS})(?!\w)"
)
"""An imprint without brackets: ", Berlin 1978", ". London: Owl Press, 1990"."""
DATE_ONLY = re.compile(rf",\s+(?P<date>{YEAR})(?=[.;)]|,\s|\s*$|\n)")
PIECE = re.compile(r"[^\s,;:](?:[^,;:]*[^\s,;:])?")
LONGEST_EDITION = 15
"""Years in which the volumes of one edition appear, at most."""
LABEL = re.compile(r"^[^\d]*?(?=\d|\b[ivxlIVXL]+\b)")


class Piece(NamedTuple):
    """A part of a citation: its kind, where it stands, and its values."""

    kind: str
    span: Span
    values: Mapping[str, str] = NOTHING


class Read(NamedTuple):
    """What was read of a citation, and where that ends."""

    pieces: tuple[Piece, ...]
    end: int

    def then(self, other: Read | None) -> Read:
        """Return this and what was read after it."""
        return Read((*self.pieces, *other.pieces), other.end) if other else self


class View(NamedTuple):
    """The text that is read, its words, the names that are known, and whether it is a note."""

    text: str
    words: Words
    names: Names
    noted: bool = False


def scope(view: View, span: Span, unit: str) -> Piece:
    """Return a volume or a page, its number without its label.

    "Particularly p. 9" is a passage that is cited, whatever it is in.
    """
    kind = "citedRange" if view.words.especially.match(view.text, span.start) else "scope"
    number = LABEL.sub("", view.text[span.start : span.end])
    number = view.words.follows.sub("", number).rstrip(" .")
    return Piece(kind, span, {"unit": unit, "n": re.sub(r"\s?[-–—]\s?", "-", number)})


def pages_at(view: View, at: int, *, labelled: bool = False) -> Read | None:
    """Return the pages that follow ``at``: ", pp. 80–1", " 56, 61", " 3 (9 ff.)"."""
    pattern = view.words.labelled if labelled else view.words.pages
    match = pattern.match(view.text, at)
    if match is None:
        return None
    found = Read((scope(view, Span(*match.span("page")), "page"),), match.end())
    while match := view.words.more.match(view.text, found.end):
        spans = [Span(*match.span(key)) for key in ("page", "inner", "third") if match[key]]
        found = Read((*found.pieces, *(scope(view, span, "page") for span in spans)), match.end())
    return found


def people_pieces(people: People, kind: str) -> tuple[Piece, ...]:
    """Return each person as what ``kind`` says, or as an editor, and as a person."""
    kind = "editor" if people.edited else kind
    persons = [Piece("person", span) for span in people.spans] if people.persons else []
    return (*(Piece(kind, span) for span in people.spans), *persons)


def year(span: Span, written: str) -> Piece:
    """Return a date: a year, or the years from the first to the last."""
    ends = re.findall(r"\d+", written)
    if len(ends) == 1:
        return Piece("date", span, {"when": ends[0]})
    last = ends[0][: 4 - len(ends[1])] + ends[1]
    return Piece("date", span, {"from": ends[0], "to": last})


def imprint_at(view: View, at: int) -> Read | None:
    """Return "(2nd ed., 1993)", "(Owl Press, Leeds, 1976)", ", Berlin 1978", ", 1978"."""
    match = BRACKET.match(view.text, at)
    if match is None:
        match = _bare(view, at) or DATE_ONLY.match(view.text, at)
    if match is None or _is_life(match["date"]):
        return None
    date = year(Span(*match.span("date")), match["date"])
    before = match.groupdict().get("before") or ""
    printed = _printed(view, match.start("before"), before) if before else ()
    return Read((*printed, date), match.end())


def _is_life(years: str) -> bool:
    """Return whether a bracket holds the years of a life, not those of an edition."""
    ends = year(Span(0, 0), years).values
    return "to" in ends and int(ends["to"]) - int(ends["from"]) > LONGEST_EDITION


def _bare(view: View, at: int) -> re.Match[str] | None:
    """Return an imprint without brackets if it names a place, or a publisher after a colon."""
    match = BARE.match(view.text, at)
    if match is None:
        return None
    last = re.split(r",\s+", match["before"])[-1]
    return match if ": " in match["before"] or view.names.known(last, *PLACES) else None


def _printed(view: View, start: int, before: str) -> Iterator[Piece]:
    """Yield what a bracket says before the year: editors, the publisher, the places."""
    places: list[Span] = []
    matches = PIECE.finditer(before)
    parts = [Span(start + match.start(), start + match.end()) for match in matches]
    for nth, part in enumerate(parts):
        known = _helper(view, part)
        if known is not None:
            yield from known
        elif _is_publisher(view, parts, nth):
            yield Piece("publisher", part)
        elif view.text[part.start].isupper():
            places.append(part)
    if places:
        yield Piece("pubPlace", Span(places[0].start, places[-1].end))


def _helper(view: View, part: Span) -> tuple[Piece, ...] | None:
    """Return the editors, the translators or the edition in ``part``, None for anything else."""
    edited = view.words.edited.match(view.text, part.start, part.end)
    translated = view.words.translated.match(view.text, part.start, part.end)
    mark = edited or translated
    people = people_at(view.text, mark.end(), view.words, view.names) if mark else None
    if people and edited:
        return people_pieces(people, "editor")
    if people:
        return people_pieces(people, "translator")
    edition = view.words.edition.match(view.text, part.start, part.end)
    return (Piece("edition", Span(*edition.span())),) if edition else None


def _is_publisher(view: View, parts: list[Span], nth: int) -> bool:
    """Return whether a part names a publisher: by its last word, its place, or its capitals."""
    text = _text(view, parts[nth])
    if text.split()[-1].lower().rstrip(".") in view.words.publisher:
        return True
    if nth and view.text[parts[nth - 1].end] == ":":
        return True
    if nth or len(parts) == 1 or view.names.known(text, *PLACES):
        return False
    return text.isupper() or view.names.known(_text(view, parts[1]), *PLACES)


def _text(view: View, span: Span) -> str:
    return view.text[span.start : span.end]
