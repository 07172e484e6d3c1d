"""Tell whether the gold tags a letter throughout, or has not got so far.

In editions that grow, some letters have tags in their first lines only. Of what is found in
the rest of such a letter nobody can say whether it is right.
"""

from __future__ import annotations

import re

from epistola.evaluate.gold import Gold

NAMES = frozenset({"person", "place", "org"})
CAPITAL = re.compile(r"(?<=[a-z,;&] )[A-Z][a-z]{2,}")
"""A word with a capital within a sentence."""
LEAST = 0.25
FEW = 10
"""Of fewer words nothing can be told."""


def is_tagged_throughout(gold: Gold) -> bool:
    """Return whether names cover enough of the words with a capital within a sentence.

    In a letter that is tagged throughout they are two of three of them (titles of address,
    months and nouns are the third), seldom fewer than one; in others they are one of ten.
    """
    words = [word.start() for word in CAPITAL.finditer(gold.text)]
    spans = [mention.span for mention in gold.mentions if mention.kind in NAMES]
    within = sum(any(span.start <= word < span.end for span in spans) for word in words)
    return len(words) < FEW or within >= LEAST * len(words)
