"""Look closer at the parts of a letter: its blocks, pages and lines, marks and brackets.

What is looked for is a choice of the edition's (``Details``); the order is one literal, here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from epistola.model import Annotation, Source
from epistola.text.blocks import SPACE
from epistola.text.brackets import brackets
from epistola.text.capitals import capitals
from epistola.text.emphasis import emphasis
from epistola.text.extracts import extracts
from epistola.text.hyphens import hyphens
from epistola.text.lines import line_breaks
from epistola.text.lists import lists
from epistola.text.pages import numbered, page_numbers, rejoined
from epistola.text.paragraphs import Paragraph, measure, paragraphs
from epistola.text.stretches import stretches
from epistola.text.tables import tables
from epistola.text.verse import verse


@dataclass(frozen=True, slots=True)
class Details:
    """What of a page's look an edition encodes.

    ``line_breaks`` keeps every line (words cut at a line's end are always told); ``blocks``
    are verse, lists, tables and block quotations; ``highlighting`` is marks and capitals;
    ``brackets`` what a source's editor says in square brackets.
    """

    line_breaks: bool = False
    blocks: bool = True
    highlighting: bool = True
    brackets: bool = True


def detailed(
    source: Source, parts: Sequence[Annotation], language: str, wanted: Details
) -> list[Annotation]:
    """Return the parts of a letter with what is within them, as ``wanted``."""
    numbers = page_numbers(source, language)
    whole = rejoined(source, list(numbered(source, parts, numbers)), numbers)
    if wanted.blocks:
        whole = _with_blocks(source, whole, language)
    inside = list(_within(source, [*whole, *numbers], language, wanted))
    return [*whole, *numbers, *inside]


def _with_blocks(source: Source, parts: Sequence[Annotation], language: str) -> list[Annotation]:
    """Return ``parts``, paragraphs that are lists, tables or verse as what they are."""
    free = paragraphs(source, parts)
    set_ = measure(free)
    made: dict[int, list[Annotation]] = {}
    for reading in (lists(source, free), tables(source, free), verse(source, free, set_, language)):
        for group, becomes in reading:
            taken = any(paragraph.at in made for paragraph in group)
            if not taken and _holds_all(source, group, becomes):
                made |= {paragraph.at: [] for paragraph in group} | {group[0].at: becomes}
    rest = [paragraph for paragraph in free if paragraph.at not in made]
    return list(_replaced(source, parts, made, rest))


def _holds_all(source: Source, group: Sequence[Paragraph], becomes: Sequence[Annotation]) -> bool:
    """Return whether what a block is made of leaves no character that XML takes for text."""
    here = group[0].part.span.start
    for leaf in (a.span for a in becomes if a.kind in LEAVES):
        if source.text[here : leaf.start].strip(SPACE):
            return False
        here = leaf.end
    return not source.text[here : group[-1].part.span.end].strip(SPACE)


LEAVES = frozenset({"p", "line", "item", "cell"})
"""The parts of a block that hold its words."""


def _replaced(
    source: Source,
    parts: Sequence[Annotation],
    made: dict[int, list[Annotation]],
    rest: Sequence[Paragraph],
) -> Iterator[Annotation]:
    quoted = {a.span.start: a for a in extracts(source, rest, measure(rest))}
    for at, part in enumerate(parts):
        if part.kind == "p" and part.span.start in quoted and at not in made:
            yield quoted[part.span.start]
        yield from made.get(at, [part])


def _within(
    source: Source, parts: Sequence[Annotation], language: str, wanted: Details
) -> Iterator[Annotation]:
    found = list(stretches(parts))
    cut = list(hyphens(source, found, language))
    yield from cut
    if wanted.line_breaks:
        yield from line_breaks(source, found, cut)
    if wanted.brackets:
        yield from brackets(source, found, language)
    if wanted.highlighting:
        yield from emphasis(source, found)
        yield from capitals(source, found)
