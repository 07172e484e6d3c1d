"""Find the page numbers that a transcriber left in the text: "[p. 12]", "[Pg 12]", "- 12 -".

The characters stay, as ``fw type="pageNum"``, behind the ``pb`` that they announce (TEI P5,
3.11.3 and 12.6). A number alone may be anything, so one that names no page counts only in
a row of pages that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from epistola import language as languages
from epistola.model import Annotation, Source, Span
from epistola.text.blocks import SPACE

BARE_LINE = re.compile(
    r"(?m)^[ \t]*(?P<number>\[(?P<a>\d{1,4})\]|\{(?P<b>\d{1,4})\}"
    r"|[-–—][ ]?(?P<c>\d{1,4})[ ]?[-–—])[ \t]*$"
)
LINE_END = re.compile(r"[\n\f]")
ENDED = re.compile(r"[.?!:;”\"'’)\]*_-]\s*$")


@cache
def _worded(language: str) -> re.Pattern[str]:
    """Return the pattern of a number in brackets that says that it is a page's."""
    words = "|".join(map(re.escape, languages.load(language)["brackets"]["page"].split()))
    number = rf"(?:{words})\.?[ ]?(?P<n>\d{{1,4}}|[ivxlc]{{1,7}})"
    return re.compile(rf"(?<!\S)(?P<number>[\[{{]{number}[\]}}])", re.IGNORECASE)


def page_numbers(source: Source, language: str) -> list[Annotation]:
    """Return the page numbers printed in ``source``: kind ``pageNumber`` with ``n``, in order.

    A number that stands right behind a form feed has no ``n``: the form feed is its page's.
    """
    found = dict(sorted([*_marked(source, language), *_in_a_row(source)], key=lambda f: f[0]))
    return [
        Annotation(span, "pageNumber", "pages.number", {} if _is_fed(source, span) else {"n": n})
        for span, n in found.items()
    ]


def numbered(
    source: Source, parts: Sequence[Annotation], numbers: Sequence[Annotation]
) -> Iterator[Annotation]:
    """Yield ``parts``, the form feeds among them with the number that stands right behind."""
    behind = {
        _before(source, number.span): n
        for number in numbers
        if not number.values
        for n in [_digits(source[number.span])]
    }
    for part in parts:
        if part.kind == "pageBreak" and part.span.end in behind:
            yield replace(part, values={"n": behind[part.span.end]})
        else:
            yield part


def _digits(text: str) -> str:
    return re.sub(r"^\W*(?:[^\W\d_]+\.?\s?)?(?=\w+\W*$)|\W+$", "", text)


def _before(source: Source, span: Span) -> int:
    """Return where the white space before ``span`` that holds no form feed begins."""
    return span.start - len(_left(source, span)) + len(_left(source, span).rstrip(" \t\n"))


def _left(source: Source, span: Span) -> str:
    return source.text[max(0, span.start - NEAR) : span.start]


NEAR = 200
"""How much text around a number is looked at, in characters."""


def _is_fed(source: Source, span: Span) -> bool:
    return _left(source, span).rstrip(" \t\n").endswith("\f")


def _marked(source: Source, language: str) -> Iterator[tuple[Span, str]]:
    """Yield what says that it is a page's number: alone in its line, or one of a row."""
    found = [(Span(*m.span("number")), m["n"]) for m in _worded(language).finditer(source.text)]
    rising = _rising([(span, int(n) if n.isdecimal() else 0) for span, n in found])
    for span, n in found:
        if span in rising or _is_alone(source, span):
            yield span, n


def _in_a_row(source: Source) -> Iterator[tuple[Span, str]]:
    """Yield numbers alone in their lines that follow each other."""
    found = [
        (Span(*m.span("number")), int(m["a"] or m["b"] or m["c"]))
        for m in BARE_LINE.finditer(source.text)
    ]
    rising = _rising(found)
    yield from ((span, str(n)) for span, n in found if span in rising)


def _rising(found: Sequence[tuple[Span, int]]) -> set[Span]:
    """Return the spans of numbers that follow each other, one by one."""
    pairs = [(a, b) for (a, m), (b, n) in pairwise(found) if m and n == m + 1]
    return {span for pair in pairs for span in pair}


def _is_alone(source: Source, span: Span) -> bool:
    before = LINE_END.split(_left(source, span))[-1]
    after = LINE_END.split(source.text[span.end : span.end + NEAR])[0]
    return not before.strip(SPACE) and not after.strip(SPACE)


def rejoined(
    source: Source, parts: Sequence[Annotation], numbers: Sequence[Annotation]
) -> list[Annotation]:
    """Return ``parts`` with each paragraph whole again that a page number had parted.

    The first half ends in no mark of a sentence's end, and the second begins small.
    """
    ends = {_end_before(source, number.span) for number in numbers}
    if not ends:
        return list(parts)
    joined: list[Annotation] = []
    for part in parts:
        last = next((at for at in range(len(joined) - 1, -1, -1) if joined[at].kind == "p"), None)
        if last is not None and _goes_on(source, joined[last], part, ends):
            whole = Span(joined[last].span.start, part.span.end)
            joined[last] = replace(joined[last], span=whole)
        else:
            joined.append(part)
    return joined


def _end_before(source: Source, span: Span) -> int:
    """Return where the text before ``span`` ends."""
    return span.start - len(_left(source, span)) + len(_left(source, span).rstrip(SPACE))


def _goes_on(source: Source, first: Annotation, second: Annotation, ends: set[int]) -> bool:
    if second.kind != "p" or first.span.end not in ends or first.span.end > second.span.start:
        return False
    few = len(source.text[first.span.end : second.span.start].split()) <= MOST_BETWEEN
    tail = source.text[max(first.span.start, first.span.end - NEAR) : first.span.end]
    return few and not ENDED.search(tail) and source.text[second.span.start].islower()


MOST_BETWEEN = 3
"""A page number has so many words at most: "[ p. 12 ]"."""
