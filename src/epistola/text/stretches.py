"""Where the words of a text stand: the stretches that belong to one part of it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from epistola.model import Annotation, Span

WORDED = frozenset(
    "head byline p note item cell line addrLine dateline salute valediction signed trailer".split()
)
"""Parts of a letter that hold words and no other part of it, but for notes and segments."""
CLEAR = frozenset({"anchor", "pageBreak", "pageNumber"})
"""What stands within a stretch and does not end it."""


class Stretch(NamedTuple):
    """A run of characters that stand in one part and in none of the parts within it.

    ``kind`` is the part's, ``outer`` that of the part around it, if any; ``whole`` says
    that the part has no other characters.
    """

    span: Span
    kind: str
    outer: str = ""
    whole: bool = True


def stretches(parts: Iterable[Annotation]) -> Iterator[Stretch]:
    """Yield the stretches of the worded ``parts``, in the order of the text.

    Of two parts that cover the same words the outer one comes first in ``parts``.
    """
    opened: list[Annotation] = []
    here = 0
    for part in sorted(_solid(parts), key=lambda a: (a.span.start, -a.span.end)):
        while opened and opened[-1].span.end <= part.span.start:
            yield from _stretch(opened, here, opened[-1].span.end)
            here = max(here, opened.pop().span.end)
        yield from _stretch(opened, here, part.span.start)
        here = max(here, part.span.start)
        opened.append(part)
    while opened:
        yield from _stretch(opened, here, opened[-1].span.end)
        here = max(here, opened.pop().span.end)


def _solid(parts: Iterable[Annotation]) -> Iterator[Annotation]:
    return (part for part in parts if part.kind not in CLEAR and len(part.span))


def _stretch(opened: list[Annotation], start: int, end: int) -> Iterator[Stretch]:
    if not opened or start >= end or opened[-1].kind not in WORDED:
        return
    span = Span(start, end)
    outer = opened[-2].kind if len(opened) > 1 else ""
    yield Stretch(span, opened[-1].kind, outer, span == opened[-1].span)
