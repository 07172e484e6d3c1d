"""Decide what a hyphen at the end of a line is: part of a word, or the printer's alone.

"to-" above "morrow" is one word; whether it is "tomorrow" or "to-morrow" the letter's own
words say first, then those of the language (TEI P5, 3.2.2: ``lb`` with ``break``). Where
neither knows, nothing is claimed: ``maybe``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from epistola import gazetteer
from epistola.model import Annotation, Source, Span
from epistola.text.stretches import Stretch

CUT = re.compile(
    r"(?P<first>(?:[^\W\d_]+[-'’])*[^\W\d_]{1,})(?P<hyphen>[-‐¬⸗])[ \t]*(?P<line>\n)[ \t]*"
    r"(?P<rest>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)
"""A word that goes on below; "=" is no hyphen here, since it sets words off."""
WRITTEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SOFT = frozenset("¬⸗")
"""Signs that part a word at the end of a line and never stand within it."""
CLASSES = ("word", "forename", "surname", "settlement", "region", "country", "person", "site")


def hyphens(source: Source, found: Iterable[Stretch]) -> Iterator[Annotation]:
    """Yield the line breaks within words: kind ``lineBreak`` with ``break``, and ``hyphen``.

    ``break`` is "no" where a word goes on, else "maybe". A ``hyphen`` is the printer's; one
    that belongs to its word ("to-morrow") is left as a letter of it.
    """
    for stretch in found:
        for match in CUT.finditer(source.text, stretch.span.start, stretch.span.end):
            yield from _cut(source, match)


def _cut(source: Source, match: re.Match[str]) -> Iterator[Annotation]:
    first, rest = match["first"], match["rest"]
    certain = match["hyphen"] in SOFT
    whole = certain or is_one_word(first, rest, written(source))
    if whole:
        yield Annotation(Span(*match.span("hyphen")), "hyphen", "hyphens.printer")
    broken = {"break": "maybe" if whole is None else "no"}
    yield Annotation(Span(*match.span("line")), "lineBreak", "hyphens.line", broken)


@lru_cache(maxsize=4)
def written(source: Source) -> Counter[str]:
    """Return how often each word stands in ``source``, in small letters."""
    return Counter(word.lower() for word in WRITTEN.findall(source.folded))


def is_one_word(first: str, rest: str, words: Counter[str]) -> bool | None:
    """Return whether ``first`` and ``rest`` are one word without a hyphen, if that is clear.

    ``words`` are those of the letter. A word that the letter writes in one way elsewhere is
    written so here; else a known word is a word, and two known words are a compound.

    >>> is_one_word("morn", "ing", Counter(["morning"])), is_one_word("so", "so", Counter())
    (True, False)
    """
    joined, parted = (first + rest).lower(), f"{first}-{rest}".lower()
    if words[joined] != words[parted]:
        return words[joined] > words[parted]
    if _is_known(first + rest):
        return True
    if len(rest) == 1 or not _is_known(rest) or not _is_known(first.rpartition("-")[2]):
        return True if _is_piece(first, rest) else None
    return False


def _is_piece(first: str, rest: str) -> bool:
    """Return whether neither half is a word: no compound is made of such."""
    return "-" not in first + rest and rest.islower() and not (_is_known(first) or _is_known(rest))


def _is_known(word: str) -> bool:
    known = gazetteer.load().known
    return known(word.title(), *CLASSES) or known(word.lower(), "word")
