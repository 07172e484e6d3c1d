"""Join a quotation and the reference that follows it: kind ``cit`` (TEI P5, 3.3.3).

``cit`` holds no words of its own, so the marks and brackets between become kind ``mark``
(``pc``). It is done when all mentions have settled: what is joined then stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from epistola.model import Annotation, Source, Span

OPENING = frozenset("“„«»‘‚\"'")
BETWEEN = re.compile(r"([”“»«’‘\"'])[ \t]*\n?[ \t]*(?:([(\[])|([—–]|--)[ \t]*)")
"""From the end of a quotation to its reference: “...” (Smith ...), “...” -- Smith ..."""
CLOSING = {"(": ")", "[": "]"}


def cited(source: Source, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Return ``annotations`` with each quotation joined to the reference right after it."""
    references = {a.span.start: a for a in annotations if a.kind == "reference"}
    joined = [
        piece
        for quote in annotations
        if quote.kind == "quote"
        for piece in _joined(source, quote, references, annotations)
    ]
    if not joined:
        return tuple(annotations)
    return tuple(sorted([*annotations, *joined], key=lambda a: (a.span.start, -a.span.end)))


def _joined(
    source: Source,
    quote: Annotation,
    references: dict[int, Annotation],
    annotations: Sequence[Annotation],
) -> Iterator[Annotation]:
    text, start = source.text, quote.span.start - 1
    between = BETWEEN.match(text, quote.span.end)
    reference = references.get(between.end()) if between else None
    if between is None or reference is None or text[max(0, start)] not in OPENING:
        return
    end = reference.span.end
    before = between.span(2 if between[2] else 3)
    marks = [Span(start, start + 1), Span(*between.span(1)), Span(*before)]
    if bracket := between[2]:
        if text[end : end + 1] != CLOSING[bracket]:
            return
        marks.append(Span(end, end + 1))
        end += 1
    whole = Span(start, end)
    if not any(whole.crosses(a.span) for a in annotations):
        yield Annotation(whole, "cit", "quoted.cit")
        yield from (Annotation(mark, "mark", "quoted.cit") for mark in marks)
