"""Find what stands in quotation marks or italics: pairs of marks and what is between them.

A single mark is also an apostrophe, so its pair is found with care: it opens at the
start of a word only, and where the word before a closing mark may be a genitive
plural ("‘The Workers’ Republic’") the pair that reaches further is taken if the rest
goes on like a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from epistola.model import Source, Span

LONGEST = 160
"""What is longer is a quotation, and no title."""

BODY = rf"(?:[^{{}}\n]|\n(?![ \t]*\n)){{{{1,{LONGEST}}}}}?"


def _pair(opening: str, closing: str, *, inside: str = "") -> re.Pattern[str]:
    """Return a pattern of one pair of marks; ``inside`` are the marks that may not stand within."""
    body = BODY.format(inside or re.escape(closing))
    return re.compile(rf"{opening}(?P<inner>{body}){closing}")


PAIRS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "“": (("double", _pair("“", "”", inside="“”")),),
    "„": (("double", _pair("„", "[“”]", inside="„“”")),),
    "«": (("double", _pair(r"«\s?", r"\s?»", inside="«»")),),
    "»": (("double", _pair("»", "«", inside="«»")),),
    '"': (("double", _pair(r'(?<![^\W_"])"(?=[^\s"])', r'(?<=\S)"(?!\w)', inside='"')),),
    "‘": (("single", _pair("‘", r"’(?!\w)", inside="‘“”")),),
    "'": (("single", _pair(r"(?<![\w'])'(?=\w)", r"(?<=\S)'(?![\w'])", inside='"')),),
    "_": (("italic", _pair(r"(?<![\w_])_(?=[^\s_])", r"(?<=[^\s_])_(?![\w_])", inside="_")),),
}
MARK = re.compile("[“„«»\"‘'_]")
FURTHER = re.compile(r"(?P<rest>(?:\s+(?:[A-Z][\w-]*|of|and|the|in|to))+)[’'](?!\w)")
"""What goes on after a genitive plural, up to the true closing mark."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A pair of marks: all of it, what is inside, and the kind of mark."""

    outer: Span
    inner: Span
    mark: str


@lru_cache(maxsize=4)
def quotations(source: Source) -> tuple[Quotation, ...]:
    """Return the short quotations and italics of ``source``, in order; one may hold another.

    Several rules ask for them, so they are found once, then kept.
    """
    text = source.text
    found: list[Quotation] = []
    closed: set[int] = set()
    for mark in MARK.finditer(text):
        if mark.start() in closed:
            continue
        for kind, pattern in PAIRS[mark.group()]:
            if match := pattern.match(text, mark.start()):
                quotation = _stretched(text, match, kind)
                closed.add(quotation.outer.end - 1)
                found.append(quotation)
    return tuple(found)


def _stretched(text: str, match: re.Match[str], kind: str) -> Quotation:
    start, end = match.span("inner")
    outer_end = match.end()
    if kind == "single" and text[end - 1] == "s":
        more = FURTHER.match(text, outer_end)
        if more and len(text[start : more.end()]) <= LONGEST:
            end, outer_end = more.end() - 1, more.end()
    return Quotation(Span(match.start(), outer_end), Span(start, end), kind)
