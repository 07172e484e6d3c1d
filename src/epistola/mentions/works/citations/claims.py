"""Claim what a citation is made of: the reference, and its parts inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from epistola.gazetteer import fold
from epistola.mentions.works.citations.grammar import Citation
from epistola.mentions.works.citations.parts import Piece
from epistola.mentions.works.ranges import WHOLE, is_extent, key_of_unit, kind_of_range
from epistola.model import Annotation, Source, Span

ROLES = frozenset({"author", "editor", "translator"})
NAMED = frozenset({"author", "editor", "translator", "edition", "publisher", "pubPlace"})
"""Parts of which the first one's words are a value."""
CERTAINTY = {"work": 0.96, "back": 0.95, "year": 0.9, "page": 0.8, "law": 0.9}
REPORT = 0.97
"""How certain it is that what stands between volume and page is a report: "347 U.S. 483" names no
country."""


def claimed(source: Source, offset: int, span: Span, found: Citation) -> Iterator[Annotation]:
    """Yield the reference at ``span`` and its parts; all places count from ``offset``."""
    rule = f"citations.{found.form}"
    certainty = CERTAINTY[found.form]
    pieces = ranged(found.pieces, offset)
    values = values_of(source, pieces)
    yield Annotation(_moved(span, offset), "reference", rule, values, None, certainty)
    for kind, place, own in pieces:
        if kind != "cue":
            told = {**own, "role": kind} if kind in ROLES else own
            reported = found.form == "law" and own.get("level") == "j"
            yield Annotation(place, kind, rule, told, None, REPORT if reported else certainty)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def ranged(pieces: Sequence[Piece], offset: int = 0) -> list[Piece]:
    """Return ``pieces`` with each page as where the work is printed, or as what is cited.

    Their places count from ``offset``.
    """
    levels = [piece.values["level"] for piece in pieces if piece.kind == "title"]
    printed = "j" in levels or levels[:1] == ["a"]
    found: list[Piece] = []
    for kind, span, values in pieces:
        if kind == "scope":
            whole = values["unit"] in WHOLE
            kind = kind_of_range(values["unit"], printed=printed)  # noqa: PLW2901 - the same piece
            printed = printed and whole  # the pages after the first ones are cited
        found.append(Piece(kind, _moved(span, offset), values))
    return found


def values_of(source: Source, pieces: Sequence[Piece]) -> dict[str, str]:
    """Return what a resolver needs to know of a citation."""
    values: dict[str, str] = {}
    for piece in _outside_series(source, pieces, values):
        kind = piece.kind
        if kind == "title":
            _name(values, piece, fold(source[piece.span]))
        elif kind in {"scope", "citedRange"}:
            _place(values, piece)
        elif kind == "date":
            values.setdefault("date", "/".join(piece.values.values()))
        elif kind in NAMED and kind not in values:
            values[kind] = fold(source[piece.span])
        elif kind == "cue":
            values["cue"] = fold(source[piece.span]).lower().rstrip(".")
            values |= {"note": piece.values["note"]} if piece.values["note"] else {}
    return values


def _outside_series(
    source: Source, pieces: Sequence[Piece], values: dict[str, str]
) -> Iterator[Piece]:
    """Yield the parts of the work itself; put the title and number of its series into values."""
    series = [piece.span for piece in pieces if piece.kind == "series"]
    for piece in pieces:
        if not series or not any(piece.span in span for span in series):
            yield piece
        elif piece.kind == "title":
            values["series"] = fold(source[piece.span])
        elif piece.kind == "scope":
            values["seriesNumber"] = piece.values["n"]


def _place(values: dict[str, str], piece: Piece) -> None:
    """Put a volume or a page into ``values``; the first and last of an article's as its extent."""
    unit, number = piece.values["unit"], piece.values["n"]
    values.setdefault(key_of_unit(unit), number)
    if piece.kind == "scope" and unit == "page" and is_extent(number):
        values.setdefault("extent", number)


def _name(values: dict[str, str], piece: Piece, text: str) -> None:
    """Put the title of a work, or of what it is in, into ``values``."""
    level = piece.values["level"]
    if level == "j":
        values.setdefault("journal", text)
    elif "title" in values:
        values.setdefault("book", text)
    else:
        values |= {"title": text, "level": level}
