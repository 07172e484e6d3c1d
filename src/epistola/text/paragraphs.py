"""Look at the paragraphs of a letter line by line: how wide they are set, how far stepped in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median_low
from typing import NamedTuple

from epistola.model import Annotation, Source, Span
from epistola.text.blocks import NARROWEST

LINE = re.compile(r"(?P<indent>[ \t]*)(?P<words>[^\s](?:[^\n\f]*[^\s])?)")
COLUMNS = re.compile(r"\t(?<=\S\t)|   (?<=\S   )|\.(?: ?\.){3}")
"""What parts the cells of a table: tabs, wide spaces, rows of dots."""
ANNOUNCED = re.compile(r"[:—–]\s*$|[,:]?--\s*$")
NEAR = 20
HOLDERS = frozenset({"letter"})
"""Parts whose paragraphs may turn out to be verse, lists and tables."""


class Line(NamedTuple):
    """A line of the source, without the white space around it, and how far it is stepped in."""

    span: Span
    indent: int


class Paragraph(NamedTuple):
    """A paragraph that stands by itself in a letter, with its lines; ``at`` is its place."""

    at: int
    part: Annotation
    lines: tuple[Line, ...]


class Measure(NamedTuple):
    """How the prose of a letter is set: its widest usual line, and its left edge."""

    width: int
    indent: int


def paragraphs(source: Source, parts: Sequence[Annotation]) -> list[Paragraph]:
    """Return the paragraphs among ``parts`` that stand in a letter and hold no other part."""
    free = _free(parts)
    return [
        Paragraph(at, part, lines)
        for at, part in enumerate(parts)
        if at in free and (lines := lines_of(source, part.span))
    ]


def _free(parts: Sequence[Annotation]) -> set[int]:
    """Return the places of the paragraphs directly in a letter that no other part is in."""
    free: set[int] = set()
    opened: list[int] = []
    for at in sorted(range(len(parts)), key=lambda i: (parts[i].span.start, -parts[i].span.end)):
        part = parts[at]
        if part.kind in STAYING or not len(part.span):
            continue
        opened = [i for i in opened if parts[i].span.end > part.span.start]
        free -= set(opened)
        if part.kind == "p" and all(parts[i].kind in HOLDERS for i in opened):
            free.add(at)
        opened.append(at)
    return free


STAYING = frozenset({"anchor"})
"""What may stand in a line of verse, in an item, or in a cell."""


def lines_of(source: Source, span: Span) -> tuple[Line, ...]:
    """Return the lines of ``span``; the first one's white space stands before it."""
    start = 1 + max(source.text.rfind(end, 0, span.start) for end in "\n\f")
    return tuple(
        Line(
            Span(max(span.start, match.start("words")), match.end("words")),
            len(match["indent"].expandtabs()),
        )
        for match in LINE.finditer(source.text, start, span.end)
    )


def measure(found: Sequence[Paragraph]) -> Measure:
    """Return how the prose among ``found`` is set; lines that are never full measure nothing."""
    lines = [line for paragraph in found for line in paragraph.lines]
    if not lines:
        return Measure(NARROWEST, 0)
    lengths = sorted(line.indent + len(line.span) for line in lines)
    width = max(NARROWEST, lengths[len(lengths) * 9 // 10])
    full = [line.indent for line in lines if line.indent + len(line.span) > width * 3 // 4]
    return Measure(width, median_low(full) if full else 0)


def announced(source: Source, before: Paragraph | None) -> bool:
    """Return whether the paragraph ``before`` ends so that what follows is told by it."""
    if before is None:
        return False
    start, end = before.part.span.start, before.part.span.end
    return ANNOUNCED.search(source.text, max(start, end - NEAR), end) is not None


Test = Callable[[Paragraph], bool]


def runs(found: Sequence[Paragraph], test: Test) -> list[list[Paragraph]]:
    """Return the runs of neighbours in ``found`` that pass ``test``; parts between end a run."""
    groups: list[list[Paragraph]] = []
    last = -2
    for paragraph in found:
        if not test(paragraph):
            continue
        if groups and paragraph.at == last + 1:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        last = paragraph.at
    return groups
