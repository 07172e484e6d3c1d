"""Cut a source into the units of which a letter's structure is made.

A block is a run of lines between blank lines. Within it a line break is either
soft (the line was full, so the next word had to go below) or hard (the next word
would have fitted: the writer meant the break). A unit is what stands between two
hard breaks: a paragraph, or a line of an address, or a signature.

Whether lines are full is decided over the whole text: blocks of several lines that all
end where the next word would not have fitted show that it is wrapped, and how widely
(a text may have letters and notes of two widths). A block that does not show it itself
is measured by the nearest one that does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from epistola.model import Source, Span

LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
SPACE = " \t\n\f"
"""White space as XML has it. Other characters that print as nothing (no-break space, next
line) are text to XML, and so belong into a unit."""
NARROWEST = 40
"""No text is held to be wrapped more narrowly than this many characters."""
WIDEST = 130
"""Lines longer than this are paragraphs, and no text's width."""
USUAL = 56
"""A text of which no block shows its width is wrapped at this one or a wider one."""
LEAST_LINES = 3
"""Two lines do not show that a block is wrapped: the first is always the full one."""
LEAST_FULL = 0.8
"""The least share of full lines in a block that is wrapped; printed ones are ragged."""
SLACK = 6
"""A full line falls short of the width by this much at most, next word included."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands between two hard breaks.

    ``span`` excludes the white space around it; ``block`` counts blocks from zero;
    ``indent`` is the white space before its first line; ``lines`` how many it has.
    """

    span: Span
    block: int
    indent: int = 0
    lines: int = 1


def units(source: Source) -> tuple[Unit, ...]:
    """Return the units of ``source`` in order; together they hold all its words."""
    blocks = list(_blocks(source))
    widths = _widths(source, blocks)
    found: list[Unit] = []
    for at, (lines, width) in enumerate(zip(blocks, widths, strict=True)):
        for before, line in zip([None, *lines], lines, strict=False):
            unit = _unit(source, line, at)
            if before is not None and _soft(source, before, line, width):
                found[-1] = _joined(found[-1], unit)
            else:
                found.append(unit)
    return tuple(_closed(source, found))


def _blocks(source: Source) -> Iterator[list[Span]]:
    """Yield the lines of each block."""
    lines: list[Span] = []
    for match in LINE.finditer(source.text):
        line = Span(*match.span())
        if lines and _blank_between(source, lines[-1], line):
            yield lines
            lines = []
        lines.append(line)
    if lines:
        yield lines


def _widths(source: Source, blocks: Sequence[Sequence[Span]]) -> list[int]:
    """Return the width by which each block's lines are measured."""
    shown = [(at, width) for at, lines in enumerate(blocks) if (width := _shown(source, lines))]
    if not shown:
        return [_usual(source, blocks)] * len(blocks)
    places = [at for at, _ in shown]
    widths = []
    for at in range(len(blocks)):
        after = bisect_left(places, at)
        near = shown[max(0, after - 1) : after + 1]
        widths.append(min(near, key=lambda place: abs(place[0] - at))[1])
    return widths


def _shown(source: Source, lines: Sequence[Span]) -> int:
    """Return the width to which a block is wrapped if its lines show it, else zero.

    Lines that all begin with a capital are verse or a list of names.
    """
    if len(lines) < LEAST_LINES:
        return 0
    texts = [source[line].strip() for line in lines]
    width = max(len(source[line].rstrip()) for line in lines)
    if not NARROWEST <= width <= WIDEST or not any(text[0].islower() for text in texts[1:]):
        return 0
    full = sum(_soft(source, before, line, width) for before, line in pairwise(lines))
    return width if full >= LEAST_FULL * (len(lines) - 1) else 0


def _usual(source: Source, blocks: Sequence[Sequence[Span]]) -> int:
    """Return the width of a text of which no block shows it: that of its longest lines."""
    lengths = sorted(len(source[line].rstrip()) for lines in blocks for line in lines)
    return max(USUAL, lengths[len(lengths) * 9 // 10] if lengths else 0)


def _closed(source: Source, found: list[Unit]) -> Iterator[Unit]:
    """Yield the units, each with the blank characters around it that XML takes for text."""
    start = 0
    for at, unit in enumerate(found):
        end = found[at + 1].span.start if at + 1 < len(found) else len(source.text)
        before = source.text[start : unit.span.start] if at == 0 else ""
        after = source.text[unit.span.end : end]
        span = Span(
            unit.span.start - len(before.lstrip(SPACE)), unit.span.end + len(after.rstrip(SPACE))
        )
        yield replace(unit, span=span)
        start = span.end


def page_breaks(source: Source) -> Iterator[Span]:
    """Yield the span of each form feed."""
    for match in re.finditer("\f", source.text):
        yield Span(*match.span())


def _blank_between(source: Source, before: Span, after: Span) -> bool:
    gap = source.text[before.end : after.start]
    return gap.count("\n") > 1 or "\f" in gap


def _unit(source: Source, line: Span, block: int) -> Unit:
    raw = source[line]
    indent = len(raw) - len(raw.lstrip())
    return Unit(Span(line.start + indent, line.start + len(raw.rstrip())), block, indent)


def _joined(unit: Unit, line: Unit) -> Unit:
    return Unit(Span(unit.span.start, line.span.end), unit.block, unit.indent, unit.lines + 1)


def _soft(source: Source, before: Span, after: Span, width: int) -> bool:
    """Return whether the first word of ``after`` would not have fitted on ``before``.

    A line stepped far to the right starts something new, however full the one before; and
    one of few words that ends at the right is not full.
    """
    first = _unit(source, before, 0)
    second = _unit(source, after, 0)
    word = source[second.span].split(maxsplit=1)[0]
    stepped = second.indent > first.indent + 3 and second.indent > width // 4
    if stepped or 2 * (len(first.span) + 1 + len(word)) < width:
        return False
    return len(source[before].rstrip()) + 1 + len(word) > width - SLACK
