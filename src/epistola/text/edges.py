"""Find what a page says of itself at its head and foot, whatever its lines were taken for.

The structure of a letter is one reading of all its lines; a block of credits may pass for
a paragraph in it. The header still has to say what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from epistola.model import Field, Source, Span
from epistola.text.blocks import LINE
from epistola.text.metadata import doers, read_fields

HEAD_BLOCKS = 9
FOOT_BLOCKS = 4
MOST_LINES = 14
"""A block with more lines is prose."""
LONGEST_SOURCE = 160
DATED = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
TELLING = frozenset({"credit", "source", "written", "online", "rights", "updated"})


def edge_fields(source: Source, taken: Sequence[Span], language: str) -> Iterator[Field]:
    """Yield the fields in the blocks at the head and the foot of a page, in order.

    ``taken`` are the lines that are read already. A block counts if its first line can be
    one of metadata and one of its lines is so beyond doubt: it has a label, or names those
    who did something.
    """
    found = list(_blocks(source))
    foot = max(HEAD_BLOCKS, len(found) - FOOT_BLOCKS)
    for block in [*found[:HEAD_BLOCKS], *found[foot:]]:
        fresh = [line for line in block if not any(span.overlaps(line) for span in taken)]
        if fresh and len(block) <= MOST_LINES:
            yield from _block(source, fresh, language)


def _blocks(source: Source) -> Iterator[list[Span]]:
    """Yield the lines of each block, without the white space around them."""
    block: list[Span] = []
    end = 0
    for match in LINE.finditer(source.text):
        if block and source.text.count("\n", end, match.start()) > 1:
            yield block
            block = []
        end = match.end()
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        block.append(Span(start, match.start() + len(line.rstrip())))
    if block:
        yield block


def _block(source: Source, block: Sequence[Span], language: str) -> Iterator[Field]:
    """Yield the fields of a block of metadata; a line that begins none goes on with the last."""
    read = [read_fields(source, line, language) for line in block]
    sure = any(_is_sure(source, field, language) for fields in read for field in fields)
    if not sure or not (read[0] or _is_source(source, block[0])):
        return
    last: Field | None = None
    for line, fields in zip(block, read, strict=True):
        if not fields and last is not None and not source[last.span].endswith((".", ";", ":")):
            last = _longer(last, line.end)
            continue
        if last is not None:
            yield last
        yield from fields[:-1]
        last = fields[-1] if fields else Field("source", line, line)
    if last is not None:
        yield last


def _is_sure(source: Source, field: Field, language: str) -> bool:
    if field.kind not in TELLING:
        return False
    return field.label is not None or (
        field.kind == "credit" and bool(doers(source, field, language))
    )


def _is_source(source: Source, line: Span) -> bool:
    """Return whether a line can name a source: "The Loaf, 3 September 1898."."""
    return len(line) < LONGEST_SOURCE and DATED.search(source[line]) is not None


def _longer(field: Field, end: int) -> Field:
    span, value = Span(field.span.start, end), Span(field.value.start, end)
    return replace(field, span=span, value=value)
