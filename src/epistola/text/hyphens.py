"""Decide what a hyphen at the end of a line is: part of a word, or the printer's alone.

"to-" above "morrow" is one word; whether it is "tomorrow" or "to-morrow" the letter's own
words say first, then those of the language and its habits (TEI P5, 3.2.2: ``lb`` with
``break``). Where neither knows, nothing is claimed: ``maybe``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from epistola import gazetteer
from epistola import language as languages
from epistola.model import Annotation, Source, Span
from epistola.text.stretches import Stretch

END = re.compile(r"(?P<hyphen>[-‐¬⸗])[ \t]*(?P<line>\n)")
"""A hyphen that ends a line; "=" is none here, since it sets words off."""
FIRST = re.compile(r"(?:[^\W\d_]+[-'’])*[^\W\d_]+$")
REST = re.compile(r"[ \t]*(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)")
LONGEST = 60
WRITTEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SOFT = frozenset("¬⸗")
"""Signs that part a word at the end of a line and never stand within it."""
CLASSES = ("forename", "surname", "settlement", "region", "country", "person", "site")
SHORTEST = 3
"""Halves with fewer letters are no evidence of a compound."""


class _Habits(NamedTuple):
    """How a language uses hyphens: see ``[hyphens]`` in its file."""

    compounds: bool
    joined: frozenset[str]
    alike: frozenset[str]


@cache
def _habits(language: str) -> _Habits:
    data = languages.load(language)["hyphens"]
    return _Habits(
        data["compounds"], frozenset(data["joined"].split()), frozenset(data["alike"].split())
    )


def hyphens(source: Source, found: Iterable[Stretch], language: str) -> Iterator[Annotation]:
    """Yield the line breaks within words: kind ``lineBreak`` with ``break``, and ``hyphen``.

    ``break`` is "no" where a word goes on, else "maybe". A ``hyphen`` is the printer's; one
    that belongs to its word ("to-morrow") is left as a letter of it.
    """
    cuts = [cut for stretch in found for cut in _cuts(source, stretch.span)]
    if not cuts:
        return
    words = written(source)
    breaks = any(_is_broken(cut.first, cut.rest, words) for cut in cuts)
    for cut in cuts:
        yield from _told(cut, words, language, breaks=breaks)


class _Cut(NamedTuple):
    """A word with a hyphen and the end of a line in it."""

    first: str
    rest: str
    sign: str
    hyphen: Span
    line: Span


def _cuts(source: Source, span: Span) -> Iterator[_Cut]:
    for end in END.finditer(source.text, span.start, span.end):
        first = FIRST.search(source.text[max(span.start, end.start() - LONGEST) : end.start()])
        rest = REST.match(source.text, end.end(), span.end)
        if first and rest:
            hyphen, line = Span(*end.span("hyphen")), Span(*end.span("line"))
            yield _Cut(first[0], rest["word"], end["hyphen"], hyphen, line)


def _told(cut: _Cut, words: Counter[str], language: str, *, breaks: bool) -> Iterator[Annotation]:
    sure = cut.sign in SOFT
    whole = sure or is_one_word(cut.first, cut.rest, words, language, breaks=breaks)
    if whole:
        yield Annotation(cut.hyphen, "hyphen", "hyphens.printer")
    broken = {"break": "maybe" if whole is None else "no"}
    yield Annotation(cut.line, "lineBreak", "hyphens.line", broken)


def written(source: Source) -> Counter[str]:
    """Return how often each word stands in ``source``, in small letters."""
    return Counter(word.lower() for word in WRITTEN.findall(source.folded))


def is_one_word(
    first: str, rest: str, words: Counter[str], language: str, *, breaks: bool
) -> bool | None:
    """Return whether ``first`` and ``rest`` are one word without a hyphen, if that is clear.

    ``words`` are those of the letter, and ``breaks`` says that its printer breaks words at
    the ends of lines. A word that the letter writes in one way elsewhere is written so here;
    else the language decides by its words and habits.
    """
    joined, parted = (first + rest).lower(), f"{first}-{rest}".lower()
    if words[joined] != words[parted]:
        return words[joined] > words[parted]
    habits = _habits(language)
    if parted in habits.alike:
        return _as_alike(habits.alike, words)
    if rest.lower() in habits.joined or rest[0].isupper() > first.isupper():
        return False
    two = habits.compounds and _are_two(first, rest)
    if _is_known(first + rest):
        return breaks or not two
    if two:
        return False
    sure = not habits.compounds and (breaks or not habits.joined)
    return True if sure else None


def _as_alike(alike: frozenset[str], words: Counter[str]) -> bool | None:
    """Return whether the letter writes others of the kind as one word: "today", "to-night"."""
    parted = sum(words[word] for word in alike)
    joined = sum(words[word.replace("-", "")] for word in alike)
    return None if parted == joined else joined > parted


def _is_broken(first: str, rest: str, words: Counter[str]) -> bool:
    """Return whether these are halves of one word and of nothing else."""
    whole = _is_known(first + rest) or (first + rest).lower() in words
    return whole and not _are_two(first, rest)


def _are_two(first: str, rest: str) -> bool:
    long = min(len(first), len(rest)) >= SHORTEST
    return long and _is_word(first.rpartition("-")[2]) and _is_word(rest)


def _is_known(word: str) -> bool:
    return _is_word(word) or _is_name(word)


def _is_word(word: str) -> bool:
    known = gazetteer.load().known
    return known(word.title(), "word") or known(word.lower(), "word")


def _is_name(word: str) -> bool:
    return word[0].isupper() and gazetteer.load().known(word.title(), *CLASSES)
