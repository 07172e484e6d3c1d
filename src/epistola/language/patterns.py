"""Words of a language as alternatives of a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: str | Iterable[str]) -> str:
    r"""Return the alternatives that match any of ``words``, the longest first; none, if none is.

    >>> any_of("vol volume"), any_of(["op. cit"]), any_of("")
    ('volume|vol', 'op\\.\\ cit', '(?!)')
    """
    row = words.split() if isinstance(words, str) else words
    ordered = sorted(row, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or "(?!)"


def any_phrase(phrases: Iterable[str]) -> str:
    """Return the same for phrases, whose words any white space may part."""
    return any_of(phrases).replace(r"\ ", r"\s+")
