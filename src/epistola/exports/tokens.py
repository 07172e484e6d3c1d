"""The text of a letter in tokens, and the mentions that each stands in.

A token is a run of letters, digits and "_", with the marks that are set on them (accents,
vowels of Hebrew), or any other character by itself; white space is none. Where a mention
begins or ends within a run, it is two tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from epistola.exports.letters import ExportedLetter, Mention
from epistola.model import Span
from epistola.tree.read import BLOCKS

TOKEN = re.compile(r"\w+|[^\w\s]")
JOINERS = "\u200c\u200d"
"""Characters that join others or keep them apart within a word."""


def tokens(text: str, borders: Iterable[int] = ()) -> list[Span]:
    """Return the tokens of ``text``, cut at ``borders``.

    >>> [text[t.start : t.end] for text in ["Cafés’, 3"] for t in tokens(text, [2])]
    ['Ca', 'fés', '’', ',', '3']
    """
    found: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if found and found[-1][1] == start and _goes_on(text[start - 1], text[start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return list(_cut(found, sorted(set(borders))))


def _goes_on(before: str, after: str) -> bool:
    return _is_mark(after) or (_is_mark(before) and (after.isalnum() or after == "_"))


def _is_mark(character: str) -> bool:
    return character in JOINERS or unicodedata.category(character).startswith("M")


def _cut(found: Iterable[tuple[int, int]], borders: list[int]) -> Iterator[Span]:
    at = 0
    for first, end in found:
        start = first
        while at < len(borders) and borders[at] <= start:
            at += 1
        while at < len(borders) and borders[at] < end:
            yield Span(start, borders[at])
            start = borders[at]
            at += 1
        yield Span(start, end)


def tokens_of(letter: ExportedLetter) -> list[Span]:
    """Return the tokens of the text of ``letter``, such that mentions are whole tokens."""
    borders = (at for m in letter.mentions for at in (m.span.start, m.span.end))
    return tokens(letter.text, borders)


def around(spans: Iterable[Span], mentions: Iterable[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Yield for each of ``spans``, which are in order, the mentions it stands in, outer first."""
    coming = list(reversed(list(mentions)))
    here: list[Mention] = []
    for span in spans:
        here = [mention for mention in here if mention.span.end > span.start]
        while coming and coming[-1].span.start <= span.start:
            here.append(coming.pop())
        yield tuple(here)


def openings(letter: ExportedLetter) -> frozenset[int]:
    """Return where in the text of ``letter`` a block (a paragraph, a verse) begins or ends."""
    blocks = (
        place.span for place in letter.places if str(place.element.tag).rpartition("}")[2] in BLOCKS
    )
    return frozenset(at for span in blocks for at in (span.start, span.end))
