"""Prove that an encoding holds the words of its source, all of them and no others."""

from __future__ import annotations

import re
from itertools import zip_longest

from lxml import etree

from epistola.model import Finding, Severity, Source, Span
from epistola.tree.read import projection

WORD = re.compile(r"\S+")


def check_wording(text: etree._Element, source: Source) -> list[Finding]:
    """Return a finding for the first word in which ``text`` leaves ``source``, if any.

    Its span is that word in the source, or the source's end where the encoding goes on.
    """
    encoded = projection(text).split()
    if encoded == source.text.split():
        return []
    words = zip_longest(WORD.finditer(source.text), encoded)
    for number, (match, reading) in enumerate(words, 1):
        if match is None or match[0] != reading:
            return [_differs(source, number, match, reading)]
    raise AssertionError("two lists of words differ, but in no word")


def _differs(
    source: Source, number: int, match: re.Match[str] | None, reading: str | None
) -> Finding:
    span = Span(*match.span()) if match else Span(len(source.text), len(source.text))
    encoded = f"has “{reading}”" if reading is not None else "ends"
    wanted = f"the source has “{match[0]}”" if match else "the source ends"
    message = f"the encoding {encoded} where {wanted} (word {number})"
    return Finding(Severity.ERROR, "wording", message, span)
