"""Cut a source into the units of which a letter's structure is made.

A block is a run of lines between blank lines. Within it a line break is either
soft (the line was full, so the next word had to go below) or hard (the next word
would have fitted: the writer meant the break). A unit is what stands between two
hard breaks: a paragraph, or a line of an address, or a signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from epistola.model import Source, Span

LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
SPACE = " \t\n\f"
"""White space as XML has it. Other characters that print as nothing (no-break space, next
line) are text to XML, and so belong into a unit."""
NARROWEST = 56
"""No text is held to be wrapped more narrowly than this many characters."""


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
    lines = [Span(*match.span()) for match in LINE.finditer(source.text)]
    width = _width(lines)
    found: list[Unit] = []
    block = -1
    previous: Span | None = None
    for line in lines:
        fresh = previous is None or _blank_between(source, previous, line)
        block += fresh
        unit = _unit(source, line, block)
        if previous is not None and not fresh and _soft(source, previous, line, width):
            found[-1] = _joined(found[-1], unit)
        else:
            found.append(unit)
        previous = line
    return tuple(_closed(source, found))


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


def _width(lines: list[Span]) -> int:
    """Return the width to which most of a text is wrapped, in characters."""
    lengths = sorted(len(line) for line in lines)
    return max(NARROWEST, lengths[len(lengths) * 9 // 10] if lengths else 0)


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

    A line stepped far to the right starts something new, however full the one before.
    """
    first = _unit(source, before, 0)
    second = _unit(source, after, 0)
    word = source[second.span].split(maxsplit=1)[0]
    stepped = second.indent > first.indent + 3 and second.indent > width // 4
    return not stepped and len(source[before].rstrip()) + 1 + len(word) > width - 6
