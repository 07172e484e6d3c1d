"""Find block quotations: prose that is stepped in on every line, or marked with ">".

The paragraphs stay paragraphs, within ``quote type="block"`` (TEI P5, 3.3.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from epistola.model import Annotation, Source, Span
from epistola.text.paragraphs import Measure, Paragraph, runs

STEPPED = 2
LEAST_WORDS = 12
MARK = ">"


def extracts(source: Source, found: Sequence[Paragraph], set_: Measure) -> Iterator[Annotation]:
    """Yield one ``extract`` around each run of paragraphs that are set as quotations."""
    for group in runs(found, lambda paragraph: is_extract(source, paragraph, set_)):
        if any(p not in group for p in found[: found.index(group[0])]):
            span = Span(group[0].part.span.start, group[-1].part.span.end)
            yield Annotation(span, "extract", "extracts.stepped")


def is_extract(source: Source, paragraph: Paragraph, set_: Measure) -> bool:
    """Return whether ``paragraph`` is prose of two lines or more, set as a quotation."""
    lines = paragraph.lines
    if all(source[line.span].startswith(MARK) for line in lines):
        return True
    if len(lines) < 2 or len(source[paragraph.part.span].split()) < LEAST_WORDS:
        return False
    full = sum(line.indent + len(line.span) > set_.width * 2 // 3 for line in lines[:-1])
    stepped = all(line.indent >= set_.indent + STEPPED for line in lines)
    even = len({line.indent for line in lines[1:]}) == 1
    return stepped and even and full * 4 >= (len(lines) - 1) * 3
