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
from epistola.mentions.works.citations.words import words_of
from epistola.model import Annotation, Letter, Source, Span

PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n[ \t]*\S[^\n]*)*")
NUMBERED = re.compile(r"[\[(]?\d{1,3}[\])]?\.?\s+(?=\S)")
BEFORE = re.compile(r"(?P<word>[^\W\d_]*)(?P<mark>[.,:;(\[\"'—–-]*)\s*$")
PROOF = re.compile(r"[(\[](?:[^()\[\]]{0,80}[ ,])?(?:1[4-9]|20)\d\d[)\]]")
"""A year in brackets, without which nothing outside a note is a citation."""


def citations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the citations of ``source`` as references, each followed by its parts."""
    view = View(source.folded, words_of(letter.language), names)
    listed = False
    for match in PARAGRAPH.finditer(view.text):
        heading = match.group().strip(" *_:#").lower()
        listed = heading in view.words.lists or (listed and len(heading) > 0)
        number = NUMBERED.match(view.text, match.start())
        noted = listed or number is not None
        if noted or PROOF.search(view.text, match.start(), match.end()):
            start = number.end() if number else match.start()
            part = View(view.text[: match.end()], view.words, names, noted)
            for span, found in _found(part, start):
                if not any(span.overlaps(field.span) for field in letter.fields):
                    yield from claimed(source, span, found)


def _found(view: View, at: int) -> Iterator[tuple[Span, Citation]]:
    """Yield the citations from ``at`` on, none inside another."""
    first, last = at, -1
    while start := view.words.start.search(view.text, at):
        begin = start.start()
        if view.text[begin] in "([" and not view.text[begin + 1].isdecimal():
            begin += 1
        if view.text[begin].islower() and view.text[begin - 2 : begin - 1].isalpha():
            at = start.end() + 1  # "von" after a word is no part of a name
            continue
        led = (FIRST if begin == first else _is_led(view, begin, last)) if view.noted else 0
        found = citation_at(view, begin, led=led)
        if found and (view.noted or _is_proven(view, found)):
            yield Span(begin, found.end), found
            at = last = found.end
        else:
            at = start.end() + 1


def _is_led(view: View, at: int, last: int) -> bool:
    """Return whether a citation is likely at ``at``, by what stands before it."""
    before = BEFORE.search(view.text, max(0, at - 40), at)
    if before is None or not before["mark"] or view.text[max(0, at - 1)] in "\"'":
        return before is not None and (at - last < 4 or before["word"].lower() in view.words.signals)
    return any(mark in ".;:(—–-" for mark in before["mark"]) or before["word"].lower() in view.words.signals


def _is_proven(view: View, found: Citation) -> bool:
    """Return whether a citation in running prose says enough to be one."""
    kinds = [piece.kind for piece in found.pieces]
    if found.form == "law":
        return "scope" in kinds
    full = {"scope", "editor", "publisher", "pubPlace"} & set(kinds)
    return found.form == "work" and "title" in kinds and "date" in kinds and bool(full)
