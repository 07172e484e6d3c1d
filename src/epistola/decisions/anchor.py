"""Say where a passage is so that it is found again, and find it in a text that has changed.

A passage is told by its words, by those around it and by its place (Web Annotation Data
Model, 4.2.4 and 4.2.5). It is where it was if its words still stand there; else where they
stand among the same neighbours; else where its borders are, as far as few letters tell them
apart. The best place is taken if it is the only one so good; if not, there is none. All of it
takes time linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from epistola.model import Anchor, Source, Span

CONTEXT = 32
"""How many characters around a passage are kept to find it again."""
SPACES = str.maketrans("\n\f\t\r", "    ")
KNOWN = 0.5
"""How alike the neighbours must be for the very words to be the passage."""
SURE = 0.65
"""The same for few letters, which may stand anywhere."""
AHEAD = 0.1
"""How much more alike than at any other place."""
EDGE = 32
"""So many characters of a passage tell its border, with so many beyond it: 64 are compared."""
ALIKE = 75.0
APART = 5.0
"""How alike a border must look, and how much more than any other, out of 100."""
SAME = 0.6
"""How alike the words between two borders must be to what stood there."""
TELLING = 8
"""Words so long are the passage where the neighbours on one side alone are alike, ..."""
ONE_SIDED = 0.35
"""... but count for so much less."""
TOUCH = 3
"""So many letters next to a shorter passage must be the very ones, on one side at least."""
SHORT = 4
"""Words so short are not looked for unless they are the very ones."""


class How(StrEnum):
    """How a passage was found again."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"


class Place(NamedTuple):
    """Where a passage is now, and how it was found."""

    span: Span
    how: How


def anchored(source: Source, span: Span) -> Anchor:
    """Return what tells the passage ``span`` of ``source``.

    >>> anchored(Source("a", "I saw Ann Lee here."), Span(6, 13))
    Anchor(exact='Ann Lee', prefix='I saw ', suffix=' here.', start=6)
    """
    before = source.text[max(0, span.start - CONTEXT) : span.start]
    after = source.text[span.end : span.end + CONTEXT]
    return Anchor(source[span], before, after, span.start)


def find(source: Source, anchor: Anchor) -> Place | None:
    """Return where the passage of ``anchor`` is in ``source``, or none where that is not clear."""
    text = _plain(source)
    wanted = _Wanted(*(_like(part) for part in (anchor.exact, anchor.prefix, anchor.suffix)))
    length = len(anchor.exact)
    here = anchor.start
    stands = 0 <= here <= len(text) - length and text[here : here + length] == wanted.exact
    if stands and _is_whole(text, here, wanted) and _nearness(text, here, wanted) >= KNOWN:
        return Place(Span(here, here + length), How.KEPT)
    start = _moved(text, wanted)
    if start is not None:
        return Place(Span(start, start + length), How.MOVED)
    told = length >= SHORT and bool(wanted.prefix or wanted.suffix)
    span = _between_borders(text, wanted) if told else None
    return Place(span, How.CHANGED) if span is not None else None


class _Wanted(NamedTuple):
    exact: str
    prefix: str
    suffix: str


@lru_cache(maxsize=8)
def _plain(source: Source) -> str:
    """Return the text for comparing: marks made plain, all white space one, letter by letter."""
    return source.folded.translate(SPACES)


def _like(part: str) -> str:
    return _plain(Source("", part))


# --- the very words ----------------------------------------------------------------------


def _nearness(text: str, start: int, wanted: _Wanted) -> float:
    """Return how alike the neighbours of the passage at ``start`` are to those wanted, 0 to 1."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - slow to load, seldom needed

    end = start + len(wanted.exact)
    before = text[max(0, start - len(wanted.prefix)) : start]
    after = text[end : end + len(wanted.suffix)]
    if not wanted.prefix and not wanted.suffix:
        return 1.0
    pairs = ((before, wanted.prefix), (after, wanted.suffix))
    alike = [Levenshtein.normalized_similarity(*pair) for pair in pairs if pair[1]]
    lengths = [len(side) for _, side in pairs if side]
    both = sum(a * n for a, n in zip(alike, lengths, strict=True)) / sum(lengths)
    if len(wanted.exact) >= TELLING:
        told = (a for a, n in zip(alike, lengths, strict=True) if n >= TELLING)
        return max(both, max(told, default=0.0) - ONE_SIDED)
    return both if _touches(before, after, wanted) else 0.0


def _touches(before: str, after: str, wanted: _Wanted) -> bool:
    """Return whether the very letters next to the passage are right on one side at least."""
    left, right = wanted.prefix[-TOUCH:], wanted.suffix[:TOUCH]
    return bool(left and before.endswith(left)) or bool(right and after.startswith(right))


def _moved(text: str, wanted: _Wanted) -> int | None:
    """Return where the very words stand among neighbours like theirs, if at one place only."""
    ranked = sorted(
        ((_nearness(text, at, wanted), -at) for at in _occurrences(text, wanted)), reverse=True
    )
    least = KNOWN if len(wanted.exact) >= TELLING else SURE
    if not ranked or ranked[0][0] < least:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return None
    return -ranked[0][1]


def _occurrences(text: str, wanted: _Wanted) -> Iterator[int]:
    """Yield where the very words stand; of no words, where their neighbours meet."""
    if not wanted.exact:
        joint = wanted.prefix + wanted.suffix
        yield from (at + len(wanted.prefix) for at in _all(text, joint))
        return
    yield from (at for at in _all(text, wanted.exact) if _is_whole(text, at, wanted))


def _is_whole(text: str, at: int, wanted: _Wanted) -> bool:
    """Return whether words begin and end where those wanted did: "on" is not in "one"."""
    end = at + len(wanted.exact)
    begins = wanted.prefix[-1:].isalnum() == text[at - 1 : at].isalnum() if at else True
    ends = wanted.suffix[:1].isalnum() == text[end : end + 1].isalnum()
    return begins and ends


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


# --- words that changed ------------------------------------------------------------------


def _between_borders(text: str, wanted: _Wanted) -> Span | None:
    """Return the passage between two borders that look like those wanted."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - slow to load, seldom needed

    whole = f"{wanted.prefix}{wanted.exact}{wanted.suffix}"
    first, last = len(wanted.prefix), len(wanted.prefix) + len(wanted.exact)
    start, end = _border(text, whole, first), _border(text, whole, last)
    if start is None or end is None or not start < end:
        return None
    span = _whole_words(text, start, end, wanted)
    alike = Levenshtein.normalized_similarity(wanted.exact, text[span.start : span.end])
    return span if alike >= SAME else None


def _border(text: str, wanted: str, border: int) -> int | None:
    """Return the place in ``text`` that is ``border`` in ``wanted``, if just one is like it."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, seldom needed

    needle = wanted[max(0, border - EDGE) : border + EDGE]
    at = min(border, EDGE)
    best = fuzz.partial_ratio_alignment(needle, text, score_cutoff=ALIKE)
    if best is None or len(needle) > len(text):
        return None
    start, end = best.dest_start, best.dest_end
    rival = best.score - APART
    others = (text[:start], text[end:])
    if any(fuzz.partial_ratio(needle, o, score_cutoff=rival) > 0 for o in others if o):
        return None
    return start + _through(needle, text[start:end], at)


def _through(needle: str, window: str, at: int) -> int:
    """Return where in ``window`` the place ``at`` of ``needle`` is, edit by edit."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - slow to load, seldom needed

    for step in Levenshtein.opcodes(needle, window):
        if step.src_start <= at <= step.src_end:
            if step.tag == "equal":
                return step.dest_start + at - step.src_start
            return step.dest_start if at == step.src_start else step.dest_end
    return len(window)


def _whole_words(text: str, start: int, end: int, wanted: _Wanted) -> Span:
    """Return the passage with its first and last word whole, where they were whole before."""
    exact, prefix, suffix = wanted
    if not (prefix[-1:].isalnum() and exact[0].isalnum()):
        while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while start < end - 1 and text[start].isspace():
            start += 1
    if not (exact[-1].isalnum() and suffix[:1].isalnum()):
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        while start < end - 1 and text[end - 1].isspace():
            end -= 1
    return Span(start, end)
