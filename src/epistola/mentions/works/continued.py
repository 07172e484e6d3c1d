"""Find quotations of several paragraphs: each opens with the mark, the last alone closes it.

So printers of English, German and French set them. What has no closing mark at all, or is
followed by a paragraph without an opening one, is left alone. The pieces are joined when all
mentions have settled: each points to the next and to the one before (TEI P5, 17.3).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from epistola.model import Annotation, Source, Span

PARAGRAPH = re.compile(r"[^\s](?:[^\n]|\n(?![ \t]*\n))*")
CLOSING: Mapping[str, str] = MappingProxyType({"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'})
MANY = 40
"""Paragraphs of one quotation, at most."""


def continued(source: Source) -> Iterator[tuple[Span, ...]]:
    """Yield each quotation of several paragraphs as its pieces, without the marks."""
    text = source.text
    paragraphs = [Span(*match.span()) for match in PARAGRAPH.finditer(text)]
    at = 0
    while at < len(paragraphs) - 1:
        pieces = _pieces(text, paragraphs[at : at + MANY])
        if pieces:
            yield pieces
        at += len(pieces) or 1


def _pieces(text: str, paragraphs: list[Span]) -> tuple[Span, ...]:
    """Return the pieces of the quotation that the first paragraph leaves open, if it does."""
    opening = text[paragraphs[1].start] if len(paragraphs) > 1 else ""
    if opening not in CLOSING:
        return ()
    start = _left_open(text, paragraphs[0], opening)
    if start is None:
        return ()
    pieces = [Span(start, paragraphs[0].end)]
    for paragraph in paragraphs[1:]:
        if text[paragraph.start] != opening:
            return ()
        inner = paragraph.start + 1
        end = _closed(text, Span(inner, paragraph.end), opening)
        pieces.append(Span(inner, paragraph.end if end is None else end))
        if end is not None:
            return tuple(pieces)
    return ()


def _left_open(text: str, paragraph: Span, opening: str) -> int | None:
    """Return where a quotation begins that does not end in ``paragraph``."""
    at = paragraph.start
    while (start := text.find(opening, at, paragraph.end)) >= 0:
        inner = start + 1
        end = _closed(text, Span(inner, paragraph.end), opening)
        if end is None:
            return inner if _opens(text, start) and inner < paragraph.end else None
        at = end + 1
    return None


def _opens(text: str, at: int) -> bool:
    """Return whether a mark at ``at`` stands before a word and not after one."""
    return (at == 0 or not text[at - 1].isalnum()) and not text[at + 1 : at + 2].isspace()


def _closed(text: str, inner: Span, opening: str) -> int | None:
    """Return where the quotation that begins at ``inner`` ends, if it ends within it."""
    closing, depth = CLOSING[opening], 1
    for at in range(inner.start, inner.end):
        char = text[at]
        if char in closing and not (opening == "‘" and _is_apostrophe(text, at)):
            depth -= 1
        elif char == opening:
            depth += 1
        if not depth:
            return at
    return None


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at + 1 : at + 2].isalnum() or text[at - 1 : at] == "s"


def chained(annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Return ``annotations`` with the pieces of each quotation joined, where all of them stand.

    The value ``piece`` of a piece ("3/1/2": the first of two, of what begins at offset 3) becomes
    ``id``, ``next`` and ``prev``.
    """
    pieces = [a for a in annotations if "piece" in a.values]
    if not pieces:
        return tuple(annotations)
    paragraphs = sorted(a.span for a in annotations if a.kind == "p")
    chains: dict[str, list[Annotation]] = {}
    for piece in pieces:
        chains.setdefault(piece.values["piece"].split("/")[0], []).append(piece)
    joined: dict[Annotation, Annotation] = {}
    for number, chain in enumerate(chains.values(), start=1):
        whole = len(chain) == int(chain[0].values["piece"].split("/")[2])
        if whole and all(_is_in(piece.span, paragraphs) for piece in chain):
            joined |= dict(zip(chain, _joined(chain, number), strict=True))
    return tuple(joined.get(a, a) for a in annotations)


def _is_in(span: Span, paragraphs: Sequence[Span]) -> bool:
    at = bisect_right(paragraphs, Span(span.start, span.start + len(span) * 2)) - 1
    return any(span in paragraph for paragraph in paragraphs[max(0, at - 1) : at + 1])


def _joined(chain: Sequence[Annotation], number: int) -> list[Annotation]:
    ids = [f"quote{number}-{at}" for at in range(1, len(chain) + 1)]
    values = [{"id": name} for name in ids]
    for one, (this, after) in enumerate(pairwise(ids)):
        values[one]["next"] = f"#{after}"
        values[one + 1]["prev"] = f"#{this}"
    return [replace(piece, values=own) for piece, own in zip(chain, values, strict=True)]
