"""Say what is missing where a source says so in brackets: "[two lines torn away]".

The words are those of a language; all of a bracket's words must be of them, and one must
say why (TEI P5, 12.3.3: ``gap`` with ``reason``, ``unit``, ``quantity``, ``extent``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from epistola import language as languages
from epistola.model import NOTHING

WORD = re.compile(r"[^\W\d_]+|\d+")
DOTS = re.compile(r"\s*(?:\.\s?){2,}\.?\s*|\s*…\s*|\s*[-–—]{2,}\s*")
"""What stands for words that are left out: "[...]", "[…]", "[---]"."""
MOST_WORDS = 10


class _Words(NamedTuple):
    reasons: Mapping[str, str]
    alone: frozenset[str]
    units: Mapping[str, str]
    numbers: Mapping[str, str]
    several: frozenset[str]
    fillers: frozenset[str]


@cache
def _words(language: str) -> _Words:
    words = languages.load(language)["brackets"]
    return _Words(
        _turned(words["reasons"]),
        frozenset(words["alone"].split()),
        _turned(words["units"]),
        MappingProxyType({w: str(n) for n, w in enumerate(words["numbers"].split(), 1)}),
        frozenset(words["several"].split()),
        frozenset(words["fillers"].split()),
    )


def _turned(table: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words of each value with their key."""
    return MappingProxyType({word: key for key, words in table.items() for word in words.split()})


def gap_values(inner: str, language: str) -> Mapping[str, str] | None:
    """Return the attributes of the gap that the words ``inner`` tell of, or none.

    >>> dict(gap_values("two words illegible", "en") or {})
    {'reason': 'illegible', 'unit': 'word', 'quantity': '2'}
    """
    if DOTS.fullmatch(inner):
        return {"reason": "omitted"}
    tokens = [token.lower() for token in WORD.findall(inner)]
    words = _words(language)
    reasons = [words.reasons[token] for token in tokens if token in words.reasons]
    if not reasons or len(tokens) > MOST_WORDS or not _all_known(tokens, words):
        return None
    extent = _extent(tokens, words)
    sure = any(token in words.alone for token in tokens) or "unit" in extent
    return {"reason": reasons[0], **extent} if sure else None


def _all_known(tokens: Sequence[str], words: _Words) -> bool:
    return all(
        token in words.reasons
        or token in words.units
        or token in words.numbers
        or token in words.several
        or token in words.fillers
        or token.isdecimal()
        for token in tokens
    )


def _extent(tokens: Sequence[str], words: _Words) -> Mapping[str, str]:
    """Return ``unit`` and ``quantity`` (or ``extent``, where no number is said)."""
    at = next((i for i, token in enumerate(tokens) if token in words.units), None)
    if at is None:
        return NOTHING
    values = {"unit": words.units[tokens[at]]}
    before = tokens[at - 1] if at else ""
    if before in words.numbers or before.isdecimal():
        values["quantity"] = words.numbers.get(before, before)
    elif before in words.several:
        values["extent"] = f"{before} {tokens[at]}"
    return values
