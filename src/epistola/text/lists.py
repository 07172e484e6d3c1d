"""Find lists: "1. ...", "2. ..." one below the other, or lines that begin with a bullet.

Numbers must follow each other from one (or a); the numbers and bullets stay in the items
(TEI P5, 3.8). Numbered sections of some length are left as paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from epistola.model import Annotation, Source, Span
from epistola.text.paragraphs import Line, Paragraph, runs

NUMBERED = re.compile(r"(?P<open>[(\[]?)(?P<n>\d{1,2}|[a-h])(?P<close>[.)\]]{1,2})[ \t]+(?=\S)")
BULLET = re.compile(r"(?P<bullet>[-•·])[ \t]+(?=\S)|(?P<star>\*)[ \t]+(?=[^\s*])")
LEAST_BULLETS = 3
LEAST_PARAGRAPHS = 3
LONGEST = 400
"""An item that is a paragraph of more characters is a section rather than an item."""


class Opening(NamedTuple):
    """How an item opens: its style, and its number from one (none where there is a bullet)."""

    style: str
    number: int


def lists(
    source: Source, found: Sequence[Paragraph]
) -> Iterator[tuple[list[Paragraph], list[Annotation]]]:
    """Yield runs of paragraphs that are lists, each with what it becomes.

    Kinds ``list`` with ``type``, ``item`` with ``n``; ``p`` for the words before the list.
    """
    done: set[int] = set()
    for group in runs(found, lambda paragraph: opening(source, paragraph.lines[0]) is not None):
        for items in _numbered_runs(source, group):
            done |= {paragraph.at for paragraph in items}
            spans = [paragraph.part.span for paragraph in items]
            yield items, list(_list(spans, "numbered"))
    for paragraph in found:
        if paragraph.at not in done and (made := _within(source, paragraph)):
            yield [paragraph], made


def opening(source: Source, line: Line) -> Opening | None:
    """Return how ``line`` opens as an item of a list, if it does."""
    text = source[line.span]
    if match := NUMBERED.match(text):
        n = int(match["n"]) if match["n"].isdecimal() else ord(match["n"]) - ord("a") + 1
        sort = "1" if match["n"].isdecimal() else "a"
        return Opening(match["open"] + sort + match["close"], n)
    match = BULLET.match(text)
    return Opening(match["bullet"] or match["star"], 0) if match else None


def _numbered_runs(source: Source, group: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the runs of numbered paragraphs that count from one and are short."""
    run: list[Paragraph] = []
    style = ""
    for paragraph in [*group, None]:
        found = opening(source, paragraph.lines[0]) if paragraph else None
        goes_on = found is not None and run and found == Opening(style, len(run) + 1)
        if paragraph and goes_on:
            run.append(paragraph)
            continue
        if len(run) >= LEAST_PARAGRAPHS and all(len(p.part.span) <= LONGEST for p in run):
            yield run
        starts = paragraph is not None and found is not None and found.number == 1
        run = [paragraph] if paragraph and starts else []
        style = found.style if found else ""


def _within(source: Source, paragraph: Paragraph) -> list[Annotation]:
    """Return the list that the lines of one paragraph make, with the words before it."""
    openings = [opening(source, line) for line in paragraph.lines]
    first = next((at for at, found in enumerate(openings) if found is not None), None)
    if first is None:
        return []
    style = openings[first]
    starts = [at for at, o in enumerate(openings) if o and style and o.style == style.style]
    numbers = [o.number for at in starts if (o := openings[at])]
    counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
    bulleted = set(numbers) == {0} and len(numbers) >= LEAST_BULLETS
    if not counted and not (bulleted and first + len(starts) == len(openings)):
        return []
    lines = paragraph.lines
    ends = [lines[at - 1].span.end for at in starts[1:]] + [lines[-1].span.end]
    spans = [Span(lines[at].span.start, end) for at, end in zip(starts, ends, strict=True)]
    before = Span(lines[0].span.start, lines[first - 1].span.end) if first else None
    head = [Annotation(before, "p", paragraph.part.rule)] if before else []
    return [*head, *_list(spans, "numbered" if counted else "bulleted")]


def _list(spans: Sequence[Span], sort: str) -> Iterator[Annotation]:
    whole = Span(spans[0].start, spans[-1].end)
    yield Annotation(whole, "list", f"lists.{sort}", {"type": sort})
    for n, span in enumerate(spans, 1):
        values = {"n": str(n)} if sort == "numbered" else {}
        yield Annotation(span, "item", f"lists.{sort}", values)
