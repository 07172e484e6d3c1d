"""Find block quotations: prose stepped in on every line that says it is quoted, or ">".

A line by itself that is stepped in, amid paragraphs that are not, is set off as one, too.

An indented paragraph alone is as often an editor's, so it must be announced by a colon or a
dash, or open with a quotation mark. The paragraphs stay paragraphs, within ``quote
type="block"`` (TEI P5, 3.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from epistola.model import LIKELY, Annotation, Source, Span
from epistola.text.paragraphs import COLUMNS, Measure, Paragraph, announced, runs

STEPPED = 2
LEAST_WORDS = 12
LEAST_LINE = 3
"""A line set off has so many words; one with fewer is rather a heading."""
MARK = ">"
CLOSED = re.compile(r"[\"”“»«][.,;!?]?$")
OPENING = ('"', "“", "„", "«", "»")


def extracts(source: Source, found: Sequence[Paragraph], set_: Measure) -> Iterator[Annotation]:
    """Yield one ``extract`` around each run of paragraphs that are set as quotations."""
    before = {paragraph.at + 1: paragraph for paragraph in found}
    for group in runs(found, lambda paragraph: is_set_off(source, paragraph, set_)):
        first = group[0]
        last = before.get(first.at)
        span = Span(first.part.span.start, group[-1].part.span.end)
        if last is not None and _is_quoted(source, last, span):
            yield Annotation(span, "extract", "extracts.stepped")
    for paragraph in _lone(source, found, set_):
        yield Annotation(paragraph.part.span, "extract", "extracts.line", certainty=LIKELY)


def _lone(source: Source, found: Sequence[Paragraph], set_: Measure) -> Iterator[Paragraph]:
    """Yield the lines set off between paragraphs, or announced, where none steps in its first."""
    full = [paragraph for paragraph in found if len(paragraph.lines) > 1]
    if any(paragraph.lines[0].indent > paragraph.lines[1].indent for paragraph in full):
        return
    for above, paragraph, below in zip(found, found[1:], [*found[2:], None], strict=False):
        first = paragraph.lines[0]
        far = set_.indent + STEPPED <= first.indent < set_.width // 2
        worded = len(source[first.span].split()) >= LEAST_LINE
        amid = _is_next(above, paragraph, set_) and (
            announced(source, above) or (below is not None and _is_next(below, paragraph, set_))
        )
        if len(paragraph.lines) == 1 and far and worded and amid:
            yield paragraph


def _is_next(other: Paragraph, paragraph: Paragraph, set_: Measure) -> bool:
    """Return whether ``other`` is right above or below, and is no such line itself."""
    return abs(other.at - paragraph.at) == 1 and _is_flush(other, set_)


def _is_flush(paragraph: Paragraph, set_: Measure) -> bool:
    return len(paragraph.lines) > 1 and paragraph.lines[0].indent <= set_.indent


def is_set_off(source: Source, paragraph: Paragraph, set_: Measure) -> bool:
    """Return whether ``paragraph`` is prose of two lines or more that is stepped in."""
    lines = paragraph.lines
    if _is_marked(source, paragraph):
        return True
    words = source[paragraph.part.span]
    if len(lines) == 1 or len(words.split()) < LEAST_WORDS or COLUMNS.search(words):
        return False
    full = sum(line.indent + len(line.span) > set_.width * 2 // 3 for line in lines[:-1])
    stepped = all(line.indent >= set_.indent + STEPPED for line in lines)
    even = len({line.indent for line in lines[1:]}) == 1
    return stepped and even and full * 4 >= (len(lines) - 1) * 3


def _is_marked(source: Source, paragraph: Paragraph) -> bool:
    return all(source[line.span].startswith(MARK) for line in paragraph.lines)


def _is_quoted(source: Source, last: Paragraph, span: Span) -> bool:
    """Return whether the paragraph before announces a quotation, or ``span`` says it is one."""
    text = source[span]
    if text.startswith(MARK) or (text.startswith(OPENING) and CLOSED.search(text)):
        return True
    return announced(source, last)
