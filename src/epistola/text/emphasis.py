r"""Find the words that a plain text sets off by marks: ``_so_``, ``*so*``, ``=so=``, ``~so~``.

The marks are those of Project Gutenberg's and of Markdown's plain texts. They are
characters of the source, so they stay, inside the ``hi`` (TEI P5, 3.3.2). Two tildes strike
out (CommonMark's extensions agree on that): ``del``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from epistola.model import Annotation, Source, Span
from epistola.text.stretches import Stretch

LONGEST = 600
"""Longer runs between two marks are set off by no mark that we know, in characters."""


def _between(mark: str, before: str, after: str, first: str = "") -> str:
    """Return a pattern of words between two ``mark``; no blank line and no such mark inside."""
    sign = re.escape(mark[0])
    words = rf"{first}(?=[^\s{sign}])(?:[^{sign}\n]|\n(?!\s*\n)){{1,{LONGEST}}}?(?<=[^\s{sign}])"
    whole = re.escape(mark)
    return rf"(?<![{sign}\\]){before}{whole}{words}{whole}(?!{sign}){after}"


FREE_BEFORE = r"(?<![^\W_])"
FREE_AFTER = r"(?![^\W_])"


def _alone(mark: str) -> re.Pattern[str]:
    """Return the pattern of whole words between marks, letters just within the first mark."""
    opening = r"(?<![^\s(\[\"'“‘«_—–-])"
    return re.compile(_between(mark, opening, FREE_AFTER, r"(?=[\"'“‘]?[^\W_])"))


UNDERLINED = re.compile(f"{_between('_', FREE_BEFORE, '')}|{_between('_', '', FREE_AFTER)}")
"""One end may stand within a word, as in "_un_kind" and "friend_s_", but not both."""
RAISED = re.compile(r"(?<=[\w.])\^(?:\{[^{}\s]{1,16}\}|[^\W\d_]{1,3}(?![\w^]))")
"""Letters above the line: "y^r", "aff^{ly}"."""
MARKS = (
    ("**", _alone("**"), "highlight", "bold"),
    ("*", _alone("*"), "highlight", "italic"),
    ("=", _alone("="), "highlight", "bold"),
    ("~~", _alone("~~"), "deletion", "strikethrough"),
    ("~", _alone("~"), "highlight", "letterspaced"),
    ("_", UNDERLINED, "highlight", "italic"),
    ("^", RAISED, "highlight", "superscript"),
)


def emphasis(source: Source, found: Iterable[Stretch]) -> Iterator[Annotation]:
    """Yield what stands between marks in each stretch: kind ``highlight`` with ``rend``.

    Struck-out words are of the kind ``deletion``. Marks that are not closed in the same
    part of the letter set nothing off.
    """
    used = [mark for mark in MARKS if mark[0] in source.text]
    for stretch in found if used else ():
        for _, pattern, kind, rend in used:
            for match in pattern.finditer(source.text, stretch.span.start, stretch.span.end):
                yield _annotation(match, kind, rend)


def _annotation(match: re.Match[str], kind: str, rend: str) -> Annotation:
    return Annotation(Span(*match.span()), kind, f"emphasis.{rend}", {"rend": rend})
