"""Claim what a citation is made of: the reference, and its parts inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from epistola.gazetteer import fold
from epistola.mentions.works.citations.grammar import Citation
from epistola.mentions.works.citations.parts import Piece
from epistola.mentions.works.ranges import WHOLE, is_extent, kind_of_range
from epistola.model import Annotation, Source, Span

ROLES = frozenset({"author", "editor", "translator"})
NAMED = frozenset({"author", "editor", "translator", "edition", "publisher", "pubPlace"})
"""Parts of which the first one's words are a value."""
CERTAINTY = {"work": 0.96, "back": 0.95, "year": 0.9, "page": 0.8, "law": 0.9}


def claimed(source: Source, offset: int, span: Span, found: Citation) -> Iterator[Annotation]:
    """Yield the reference at ``span`` and its parts; all places count from ``offset``."""
    rule = f"citations.{found.form}"
    certainty = CERTAINTY[found.form]
    pieces = [piece._replace(span=_moved(piece.span, offset)) for piece in ranged(found.pieces)]
    values = values_of(source, pieces)
    yield Annotation(_moved(span, offset), "reference", rule, values, None, certainty)
    for piece in pieces:
        if piece.kind != "cue":
            role = {"role": piece.kind} if piece.kind in ROLES else {}
            values = {**piece.values, **role}
            yield Annotation(piece.span, piece.kind, rule, values, None, certainty)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def ranged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` with each page as where the work is printed, or as what is cited."""
    levels = [piece.values["level"] for piece in pieces if piece.kind == "title"]
    printed = "j" in levels or levels[:1] == ["a"]
    found: list[Piece] = []
    for piece in pieces:
        unit = piece.values.get("unit", "")
        if piece.kind == "scope":
            kind = kind_of_range(unit, printed=printed)
            found.append(piece._replace(kind=kind))
            printed = printed and unit in WHOLE  # the pages after the first ones are cited
        else:
            found.append(piece)
    return found


def values_of(source: Source, pieces: Sequence[Piece]) -> dict[str, str]:
    """Return what a resolver needs to know of a citation."""
    values: dict[str, str] = {}
    for piece in _outside_series(source, pieces, values):
        text = fold(source[piece.span])
        if piece.kind == "title":
            _name(values, piece, text)
        elif piece.kind in {"scope", "citedRange"}:
            _place(values, piece)
        elif piece.kind == "date":
            values.setdefault("date", "/".join(piece.values.values()))
        elif piece.kind in NAMED:
            values.setdefault(piece.kind, text)
        elif piece.kind == "cue":
            values |= {"cue": text.lower().rstrip(".")}
            values |= {"note": piece.values["note"]} if piece.values["note"] else {}
    return values


def _outside_series(
    source: Source, pieces: Sequence[Piece], values: dict[str, str]
) -> Iterator[Piece]:
    """Yield the parts of the work itself; put the title and number of its series into values."""
    series = [piece.span for piece in pieces if piece.kind == "series"]
    for piece in pieces:
        if not any(piece.span in span for span in series):
            yield piece
        elif piece.kind == "title":
            values["series"] = fold(source[piece.span])
        elif piece.kind == "scope":
            values["seriesNumber"] = piece.values["n"]


def _place(values: dict[str, str], piece: Piece) -> None:
    """Put a volume or a page into ``values``; the first and last of an article's as its extent."""
    unit, number = piece.values["unit"], piece.values["n"]
    values.setdefault(unit, number)
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
