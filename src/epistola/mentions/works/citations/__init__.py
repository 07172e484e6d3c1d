"""Find citations as scholars write them, in notes, in lists, and where the text is full of proof.

A note is a paragraph that opens with a number, or one under a heading such as "Notes"; there
every way to cite is read. Elsewhere only a citation that proves itself is: with its title and
its year in brackets, and pages, a volume or a printer besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from epistola.gazetteer import Names
from epistola.mentions.works.citations.claims import claimed
from epistola.mentions.works.citations.grammar import FIRST, Citation, citation_at
from epistola.mentions.works.citations.parts import View
from epistola.mentions.works.citations.words import lists_of, words_of
from epistola.model import Annotation, Letter, Source, Span

PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n[ \t]*\S[^\n]*)*")
NUMBERED = re.compile(r"[\[(]?\d{1,3}[\])]?\.?\s+(?=\S)")
MARKS = ".,:;([\"'—–-"
"""What may stand between a word and the citation that it leads to."""
REACH = 40
"""Characters before a citation that are looked at."""
NEAR = 4
"""Characters between two citations of which the first leads to the second, less one."""
LEADING = frozenset(".;:(—–-")
PROOF = re.compile(r"[(\[](?:[^()\[\]]{0,80}[ ,])?(?:1[4-9]|20)\d\d[)\]]")
"""A year in brackets, without which nothing outside a note is a citation."""
FULL = frozenset(
    {"scope", "citedRange", "editor", "translator", "edition", "series", "publisher", "pubPlace"}
)
"""Parts of which a citation in running prose has one at least, besides title and year."""


def citations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the citations of ``source`` as references, each followed by its parts.

    A line of metadata is no citation: what it says is read elsewhere.
    """
    headings = lists_of(letter.language)
    listed = False
    for match in PARAGRAPH.finditer(source.folded):
        text = match.group()
        listed = listed or text.strip(" *_:#").lower() in headings
        number = NUMBERED.match(text)
        if not (listed or number or PROOF.search(text)):
            continue
        view = View(text, words_of(letter.language), names, noted=listed or number is not None)
        for span, found in _found(view, number.end() if number else 0):
            whole = Span(match.start() + span.start, match.start() + span.end)
            if not any(whole.overlaps(field.span) for field in letter.fields):
                yield from claimed(source, match.start(), span, found)


def _found(view: View, at: int) -> Iterator[tuple[Span, Citation]]:
    """Yield the citations from ``at`` on, none inside another."""
    first, last = at, -NEAR
    while start := view.words.start.search(view.text, at):
        begin = _begin(view, start)
        at = start.end() + 1
        if view.text[begin].islower() and view.text[max(0, begin - 2)].isalpha():
            continue  # "von" after a word is no part of a name
        led = (FIRST if begin == first else _is_led(view, begin, last)) if view.noted else 0
        found = citation_at(view, begin, led=led)
        if found and (view.noted or _is_proven(found)):
            yield Span(begin, found.end), found
            at = last = found.end


def _begin(view: View, start: re.Match[str]) -> int:
    """Return where a citation begins: after a bracket, unless that holds its year."""
    begin = start.start()
    bracketed = view.text[begin] in "([" and not view.text[begin + 1].isdecimal()
    return begin + 1 if bracketed else begin


def _is_led(view: View, at: int, last: int) -> bool:
    """Return whether a citation is likely at ``at``, by what stands before it."""
    before = view.text[max(0, at - REACH) : at].rstrip()
    said = before.rstrip(MARKS)
    start = len(said)
    while start and said[start - 1].isalpha():
        start -= 1
    if said[start:].lower() in view.words.signals:
        return True
    marks = before[len(said) :]
    if not marks or view.text[at - 1] in "\"'":
        return at - last < NEAR
    return not LEADING.isdisjoint(marks)


def _is_proven(found: Citation) -> bool:
    """Return whether a citation in running prose says enough to be one."""
    kinds = {piece.kind for piece in found.pieces}
    if found.form == "law":
        return "scope" in kinds
    return found.form == "work" and {"title", "date"} <= kinds and bool(kinds & FULL)
