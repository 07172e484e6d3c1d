"""Prove that an encoding holds the words of its source, all of them and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from epistola.model import Finding, Severity, Source, Span

# Elements that begin and end a line of the text, by TEI's own name for them.
BLOCK_NAMES = """
    ab address addrLine argument back body byline closer dateline div docDate docImprint docTitle
    epigraph figure floatingText front group head item l label lg list opener p postmark
    postscript row salute signed sp table text titlePage titlePart trailer
"""
BLOCKS = frozenset(BLOCK_NAMES.split())
BREAKS = frozenset({"cb", "lb", "milestone", "pb"})
# What an editor may set beside the source's reading (TEI Guidelines, 3.5).
EDITORIAL = frozenset({"corr", "expan", "reg"})
WORD = re.compile(r"\S+")


def projection(text: etree._Element) -> str:
    r"""Return what the source reads, as the ``<text>`` element holds it; white space is free.

    Block boundaries and breaks are white space, the boundaries of inline elements
    are nothing. An editor's additions are passed over: ``corr``, ``reg``, ``expan``,
    ``supplied`` with a ``@resp`` (without one it stands for brackets that the source
    prints) and ``note type="editorial"``; so are comments and instructions.

    >>> projection(etree.fromstring("<p>the <choice><sic>teh</sic><corr>the</corr></choice></p>"))
    '\nthe teh\n'
    """
    return "".join(_pieces(text))


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


def _pieces(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    name = element.tag.rpartition("}")[2]
    if _is_added(name, element):
        return
    if name in BREAKS:
        yield " "
        return
    edge = "\n" if name in BLOCKS else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge


def _is_added(name: str, element: etree._Element) -> bool:
    return (
        name in EDITORIAL
        or (name == "supplied" and bool(element.get("resp")))
        or (name == "note" and element.get("type") == "editorial")
    )


def _differs(
    source: Source, number: int, match: re.Match[str] | None, reading: str | None
) -> Finding:
    span = Span(*match.span()) if match else Span(len(source.text), len(source.text))
    encoded = f"has “{reading}”" if reading is not None else "ends"
    wanted = f"the source has “{match[0]}”" if match else "the source ends"
    message = f"the encoding {encoded} where {wanted} (word {number})"
    return Finding(Severity.ERROR, "wording", message, span)
