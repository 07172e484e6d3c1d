"""Find tables: lines cut by tabs, wide spaces or dots into columns that stand in line.

Three lines at least, all of as many cells, each column flush on its left, or its numbers on
their right, but for a few (TEI P5, 14.1). A row of dots between two columns belongs to the cell
before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median_low

from epistola.model import Annotation, Source, Span
from epistola.text.paragraphs import COLUMNS, Line, Paragraph

CELL = re.compile(r"\S(?:\S| (?! ))*?[ ]*(?:\.[ ]?){4,}|\S(?:\S| (?! ))*")
WIDEST = 200
"""A line with more characters is none of a table."""
LEAST_ROWS = 3
MOST = 0.75
"""The least share of a column's cells that stand in line; one may be too wide for it."""
FLUSH = 1
"""How far the edges of a column may lie apart, in characters."""
LONGEST = 60
"""A cell with more characters is a line of prose."""


def tables(
    source: Source, found: Sequence[Paragraph]
) -> Iterator[tuple[list[Paragraph], list[Annotation]]]:
    """Yield each paragraph that is a table, with what it becomes: ``table``, ``row``, ``cell``."""
    for paragraph in found:
        span = paragraph.part.span
        widest = max(len(line.span) for line in paragraph.lines)
        if len(paragraph.lines) < LEAST_ROWS or widest > WIDEST:
            continue
        if not COLUMNS.search(source[span]):
            continue
        rows = [cells(source, line) for line in paragraph.lines]
        if is_table(source, paragraph.lines, rows):
            yield [paragraph], list(_table(span, rows))


def cells(source: Source, line: Line) -> list[Span]:
    """Return the cells of ``line``: what stands between tabs or two spaces and more."""
    found = CELL.finditer(source.text, line.span.start, line.span.end)
    return [Span(m.start(), m.start() + len(m[0].rstrip())) for m in found]


def is_table(source: Source, lines: Sequence[Line], rows: Sequence[Sequence[Span]]) -> bool:
    """Return whether all ``rows`` have as many cells, two or more, that stand in columns."""
    if len({len(row) for row in rows}) != 1 or len(rows[0]) == 1:
        return False
    if any(len(cell) > LONGEST for row in rows for cell in row):
        return False
    tabbed = all("\t" in source[line.span] for line in lines)
    return tabbed or all(
        _is_flush(source, lines, [row[column] for row in rows]) for column in range(1, len(rows[0]))
    )


def _is_flush(source: Source, lines: Sequence[Line], column: Sequence[Span]) -> bool:
    """Return whether the cells of a column begin, or its numbers end, one below the other."""
    edges = [line.span.start - line.indent for line in lines]
    lefts = [cell.start - edge for cell, edge in zip(column, edges, strict=True)]
    rights = [cell.end - edge for cell, edge in zip(column, edges, strict=True)]
    numbers = sum(source.text[cell.end - 1].isdecimal() for cell in column)
    most = MOST * len(column)
    return _in_line(lefts) >= most or (numbers >= most and _in_line(rights) >= most)


def _in_line(edges: Sequence[int]) -> int:
    """Return how many edges lie where the middle one does."""
    middle = median_low(edges)
    return sum(abs(edge - middle) <= FLUSH for edge in edges)


def _table(whole: Span, rows: Sequence[Sequence[Span]]) -> Iterator[Annotation]:
    yield Annotation(whole, "table", "tables.columns")
    for row in rows:
        yield Annotation(Span(row[0].start, row[-1].end), "row", "tables.columns")
        yield from (Annotation(cell, "cell", "tables.columns") for cell in row)
