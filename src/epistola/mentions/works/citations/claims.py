"""Claim what a citation is made of: the reference, and its parts inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from epistola.gazetteer import fold
from epistola.mentions.works.citations.grammar import Citation
from epistola.mentions.works.citations.parts import Piece
from epistola.model import Annotation, Source, Span

CERTAINTY = {"work": 0.96, "back": 0.95, "year": 0.9, "page": 0.8, "law": 0.9}
REPORT = 0.97
"""How certain it is that what stands between volume and page is a report: "347 U.S. 483" names no
country."""


def claimed(source: Source, offset: int, span: Span, found: Citation) -> Iterator[Annotation]:
    """Yield the reference at ``span`` and its parts; all places count from ``offset``."""
    rule = f"citations.{found.form}"
    certainty = CERTAINTY[found.form]
    pieces = [piece._replace(span=_moved(piece.span, offset)) for piece in found.pieces]
    values = values_of(source, pieces)
    yield Annotation(_moved(span, offset), "reference", rule, values, None, certainty)
    for piece in pieces:
        if piece.kind != "cue":
            role = {"role": piece.kind} if piece.kind in {"author", "editor"} else {}
            values = {**piece.values, **role}
            reported = found.form == "law" and piece.values.get("level") == "j"
            sure = REPORT if reported else certainty
            yield Annotation(piece.span, piece.kind, rule, values, None, sure)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def values_of(source: Source, pieces: Sequence[Piece]) -> dict[str, str]:
    """Return what a resolver needs to know of a citation."""
    values: dict[str, str] = {}
    for piece in pieces:
        text = fold(source[piece.span])
        if piece.kind == "title":
            _name(values, piece, text)
        elif piece.kind == "scope":
            values.setdefault(piece.values["unit"], piece.values["n"])
        elif piece.kind == "date":
            values.setdefault("date", "/".join(piece.values.values()))
        elif piece.kind == "author":
            values.setdefault("author", text)
        elif piece.kind == "cue":
            values |= {"cue": text.lower().rstrip(".")}
            values |= {"note": piece.values["note"]} if piece.values["note"] else {}
    return values


def _name(values: dict[str, str], piece: Piece, text: str) -> None:
    """Put the title of a work, or of what it is in, into ``values``."""
    level = piece.values["level"]
    if level == "j":
        values.setdefault("journal", text)
    elif "title" in values:
        values.setdefault("book", text)
    else:
        values |= {"title": text, "level": level}
