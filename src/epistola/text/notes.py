"""Find the notes of a text: how one opens, and the section in which they are gathered.

A note opens with its label: "[3]", "3.", "(3)", "*", "[Footnote 3:". A section of notes is
a heading of one word ("Notes", a word of the language) with labelled notes below it, after
the text and with nothing after it but the page's own last lines (TEI P5, 3.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from epistola import language as languages
from epistola.model import Annotation, Source, Span
from epistola.text.blocks import SPACE, Unit

LABELS = (
    ("bracket", re.compile(r"\[(?P<n>\d{1,3}\*?|[A-Z]|\*{1,3}|[†‡§])\](?=\s*\S)")),
    ("round", re.compile(r"\((?P<n>\d{1,3}|\*{1,3})\)(?=\s*\S)")),
    ("dotted", re.compile(r"(?:\[\]\{#[^}\s]{0,40}\})?(?P<n>\d{1,3}\*?)[.)](?=\s+\S)")),
    ("bare", re.compile(r"(?P<n>\d{1,3})(?=\s+[^\W\d_a-z])")),
    ("raised", re.compile(r"(?P<n>[¹²³⁰⁴-⁹]{1,3})(?=\s*\S)")),
    ("star", re.compile(r"(?P<n>\*{1,3}|[†‡§])(?=\s?[^\s*†‡§])")),
)
"""How a note may open, by style; "[]{#1.}" is what is left of an anchor in Markdown."""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
ANYWHERE = frozenset({"bracket", "star"})
"""Styles that open a note outside a section of notes, too; the others number lists."""
FARTHEST_FIRST = 4
"""A section's first note is among this many units below its heading."""
LARGEST_STEP = 3
"""Numbers of notes that follow each other differ by this at most; one may be lost."""
LONGEST_HEADING = 24
LONGEST_REST = 1200
"""More text than this after the last note is no page's last lines, in characters."""
LEAST_BEFORE = 60
"""A text has at least this many characters in one unit before its notes."""
TAIL = 60


class Label(NamedTuple):
    """What a note opens with: how it is written, its number or sign, and where."""

    style: str
    number: str
    span: Span


class Section(NamedTuple):
    """A run of units that is a heading and the notes below it, as positions among the units.

    ``notes`` are the first positions of the notes, with their labels, and the first of all
    is ``start`` where there is no heading; ``end`` is the position after the last note.
    """

    start: int
    end: int
    notes: tuple[tuple[int, Label], ...]


class _Words(NamedTuple):
    headings: frozenset[str]
    footnote: re.Pattern[str]
    editor: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    words = languages.load(language)["notes"]
    opening = "|".join(map(re.escape, words["footnote"]))
    editor = "|".join(map(re.escape, words["editor"]))
    return _Words(
        frozenset(words["heading"]),
        re.compile(
            rf"\[(?:{opening})(?:\s+(?P<n>\d{{1,3}}|[A-Z]|\*{{1,3}}))?\s*:(?=\s*\S)", re.IGNORECASE
        ),
        re.compile(rf"[\W_](?:{editor})\.?[)\]\s.]*$", re.IGNORECASE),
    )


def label(source: Source, span: Span, language: str, styles: frozenset[str]) -> Label | None:
    """Return the label with which ``span`` opens, in one of ``styles`` or as "[Footnote 3:"."""
    if match := _words(language).footnote.match(source.text, span.start, span.end):
        return Label("footnote", match["n"] or "", Span(*match.span()))
    for style, pattern in LABELS:
        if style in styles and (match := pattern.match(source.text, span.start, span.end)):
            return Label(style, match["n"].translate(RAISED), Span(*match.span()))
    return None


ALL = frozenset(style for style, _ in LABELS)


def sections(source: Source, units: Sequence[Unit], language: str) -> list[Section]:
    """Return the sections of notes with which the text ends; none where there is no such."""
    starts = [at for at, _ in enumerate(units) if _is_heading(source, units, at, language)]
    found: list[Section] = []
    for start, stop in pairwise([*starts, len(units)]):
        section = _section(source, units[:stop], start + 1, language)
        if section is None:
            continue
        if found and not _is_rest(units[found[-1].end : start]):
            found = []
        found.append(section._replace(start=start))
    found = found or list(_unheaded(source, units, language))
    if not found or not _is_rest(units[found[-1].end :]):
        return []
    before = units[: found[0].start]
    return found if any(len(unit.span) >= LEAST_BEFORE for unit in before) else []


def _unheaded(source: Source, units: Sequence[Unit], language: str) -> Iterator[Section]:
    """Yield the section without a heading that the text ends with, if its markers are there.

    Numbered paragraphs are notes only if the text before has nearly all the numbers in
    square brackets.
    """
    dotted = frozenset({"dotted"})
    for start in range(len(units) - 1, 0, -1):
        first = label(source, units[start].span, language, dotted)
        if first is None or first.number != "1" or units[start - 1].block == units[start].block:
            continue
        section = _section(source, units, start, language)
        if section is not None:
            marked = set(MARKED.findall(source.text, 0, units[start].span.start))
            numbers = [label.number for _, label in section.notes]
            if sum(n in marked for n in numbers) >= ANSWERED * len(numbers):
                yield section
        return


MARKED = re.compile(r"(?<=\S)[ ]?\[(\d{1,3})\](?!\w)")
ANSWERED = 0.8
"""The least share of numbered paragraphs that markers answer, if they are notes."""


def _is_heading(source: Source, units: Sequence[Unit], at: int, language: str) -> bool:
    unit = units[at]
    alone = at == 0 or units[at - 1].block != unit.block
    if not alone or len(unit.span) > LONGEST_HEADING:
        return False
    return source[unit.span].strip(" \t:.[]*_-").lower() in _words(language).headings


def _is_rest(units: Sequence[Unit]) -> bool:
    """Return whether these are few enough words to be no part of the text."""
    return sum(len(unit.span) for unit in units) <= LONGEST_REST


def _section(source: Source, units: Sequence[Unit], first: int, language: str) -> Section | None:
    """Return the section of notes of which the first opens at ``first`` or soon after."""
    notes: list[tuple[int, Label]] = []
    for at in range(first, len(units)):
        styles = frozenset({notes[0][1].style}) if notes else ALL
        found = label(source, units[at].span, language, styles)
        if found and (_follows(notes[-1][1], found) if notes else _is_first(found)):
            notes.append((at, found))
        elif not notes and at - first >= FARTHEST_FIRST - 1:
            break
    if not notes:
        return None
    last = notes[-1][0]
    block = units[last].block
    end = next((i for i in range(last, len(units)) if units[i].block != block), len(units))
    return Section(first, end, tuple(notes))


def _is_first(label: Label) -> bool:
    """Return whether notes may begin with this label; the first one or two may be lost."""
    return label.style == "bracket" or _value(label) <= LARGEST_STEP


def _value(label: Label) -> int:
    """Return the number of a label; zero for a sign or a letter."""
    digits = label.number.rstrip("*")
    return int(digits) if digits.isdecimal() else 0


def _follows(before: Label, after: Label) -> bool:
    """Return whether a note so labelled may come next; a list within a note begins anew."""
    if before.style != after.style:
        return False
    step = _value(after) - _value(before)
    return after.style in {"bracket", "footnote"} or 0 <= step <= LARGEST_STEP


def section_parts(
    source: Source, units: Sequence[Unit], section: Section, language: str
) -> Iterator[Annotation]:
    """Yield the heading, the paragraphs before the first note, and the notes of a section."""
    starts = [at for at, _ in section.notes]
    if section.start < starts[0]:
        yield Annotation(units[section.start].span, "head", "notes.head")
    for block in _blocks(units[section.start + 1 : starts[0]]):
        yield Annotation(block, "p", "notes.preface")
    for (start, found), stop in zip(section.notes, [*starts[1:], section.end], strict=True):
        yield from note_parts(source, _blocks(units[start:stop]), found, "end", language)


def _blocks(units: Sequence[Unit]) -> list[Span]:
    """Return the span of each block of ``units``."""
    blocks = (list(block) for _, block in groupby(units, lambda unit: unit.block))
    return [Span(block[0].span.start, block[-1].span.end) for block in blocks]


def note_parts(
    source: Source, blocks: Sequence[Span], found: Label | None, place: str, language: str
) -> Iterator[Annotation]:
    """Yield a note, its label, and its paragraphs where it has more than one."""
    whole = Span(blocks[0].start, blocks[-1].end)
    editor = place == "margin" or _words(language).editor.search(source[whole][-TAIL:])
    values = {"type": "source"} if editor else {}
    values |= {"place": place}
    if found and found.number:
        values["n"] = found.number
    yield Annotation(whole, "note", "notes.note", values)
    start = whole.start
    if found and _stands_free(source, found.span):
        yield Annotation(found.span, "label", "notes.label")
        start = whole.end - len(source[Span(found.span.end, whole.end)].lstrip(SPACE))
    if len(blocks) > 1:
        for block in blocks:
            yield Annotation(Span(max(start, block.start), block.end), "p", "notes.p")


def _stands_free(source: Source, span: Span) -> bool:
    """Return whether white space is around: a label is a block, whose borders part words."""
    before, after = source.text[max(0, span.start - 1) : span.start], source.text[span.end]
    return before in {"", *SPACE} and after in SPACE


def inline_notes(source: Source, span: Span, language: str) -> Iterator[Annotation]:
    """Yield the notes that stand in brackets within a paragraph: "[Footnote: Of 1805.]"."""
    at = span.start
    while found := _words(language).footnote.search(source.text, at, span.end):
        close = CLOSE.search(source.text, found.end(), span.end)
        if close is None or close.group() == "[":
            at = found.end()
            continue
        at = close.end()
        opening = Label("footnote", found["n"] or "", Span(*found.span()))
        yield from note_parts(source, [Span(found.start(), at)], opening, "inline", language)


CLOSE = re.compile(r"[\[\]]")
