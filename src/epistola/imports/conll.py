"""Tokens with IOB2 tags of a letter's text, as ``exports.conll`` or another program writes them.

The first column is the token and the last its tag; columns between them are read if they are
those of ``exports.conll``. Tokens are found in the text one after another; where they are not
those of the letter, what is the same before and after is found by comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from urllib.parse import quote, unquote

from epistola.exports.conll import NOTHING
from epistola.exports.letters import ExportedLetter
from epistola.exports.tokens import tokens_of
from epistola.imports import ImportFileError, Mark, kind_of_label, said
from epistola.model import Finding, Span

START = "-DOCSTART-"
COLUMNS = 7
PLACE = re.compile(r"(?P<name>\S*)#char=\d+,\d+")
TAG = re.compile(r"O|(?P<first>[BISLUE])-(?P<label>\S+)")
BEGINS, ENDS = frozenset("BSU"), frozenset("SULE")


@dataclass(frozen=True, slots=True)
class Line:
    """A token: the line it is on, its word, its tags (outermost first), what is said of each."""

    number: int
    word: str
    name: str
    tags: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A name: the tokens from ``first`` to before ``end``, its label, and what is said of it."""

    first: int
    end: int
    label: str
    told: str


def read(raw: bytes, letter: ExportedLetter) -> tuple[list[Mark], list[Finding]]:
    """Return the marks of the tags in ``raw``; see ``imports.Reader``."""
    lines = _lines_of(letter, list(_documents(raw)))
    places, findings = _aligned([line.word for line in lines], letter)
    marks: list[Mark] = []
    for run in _runs(lines):
        inside = places[run.first : run.end]
        words = " ".join(line.word for line in lines[run.first : run.end])
        kind = kind_of_label(run.label)
        found = [place for place in inside if place is not None]
        if len(found) < len(inside) or not _are_together(found, letter.text):
            where = f"line {lines[run.first].number}"
            message = f"“{words}” ({where}) is left out: its words are not in the letter"
            findings.append(said("moved", message))
        elif not kind:
            message = f"“{words}” is passed over: {run.label} is no kind of mention"
            findings.append(said("no-kind", message, found[0]))
        else:
            span = Span(found[0].start, found[-1].end)
            marks.append(_mark(span, kind, run.told))
    return marks, findings


def _mark(span: Span, kind: str, told: str) -> Mark:
    said_of = dict(_pairs(told))
    pointer = said_of.get("ref") or said_of.get("key")
    values = {n.removeprefix("@"): v for n, v in said_of.items() if n.startswith("@")}
    return Mark(span, kind, pointer or None, values or None)


def _pairs(told: str) -> Iterator[tuple[str, str]]:
    for pair in told.split("&"):
        name, equals, value = pair.partition("=")
        if equals:
            yield unquote(name), unquote(value)


# ---- lines


def _documents(raw: bytes) -> Iterator[list[Line]]:
    """Yield the lines of each document in a file; raises ImportFileError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFileError(f"this is no UTF-8: {error.reason} at byte {error.start}") from None
    found: list[Line] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(START):
            if found:
                yield found
            found = []
        elif line.strip() and not line.startswith("# "):
            found.append(_line(number, line.split()))
    if found:
        yield found


def _line(number: int, cells: list[str]) -> Line:
    tag = TAG.fullmatch(cells[-1])
    if len(cells) == 1 or tag is None:
        raise ImportFileError(
            f"line {number}: “{cells[-1]}” is no tag: let a token stand first and its IOB2 tag"
            " (O, B-PERSON, I-PERSON) last"
        )
    place = PLACE.fullmatch(cells[2]) if len(cells) == COLUMNS else None
    if place is None:
        return Line(number, cells[0], "", (cells[-1],), ())
    inner = () if cells[4] == NOTHING else tuple(cells[4].split("|"))
    told = () if cells[5] == NOTHING else tuple(cells[5].split("|"))
    return Line(number, cells[0], place["name"], (cells[-1], *inner), told)


def _lines_of(letter: ExportedLetter, documents: list[list[Line]]) -> list[Line]:
    """Return the lines about ``letter``: those of its name, or the only ones that there are."""
    named = [lines for lines in documents if lines[0].name == quote(letter.name)]
    if len(named) == 1:
        return named[0]
    if len(documents) == 1:
        return documents[0]
    raise ImportFileError(
        f"there are {len(documents)} letters in it, and {len(named)} are called “{letter.name}”:"
        " leave the one that is meant"
    )


# ---- names


def _runs(lines: list[Line]) -> Iterator[Run]:
    """Yield the names, of each depth; a tag that goes on from nothing begins one (IOB1)."""
    for depth in range(max((len(line.tags) for line in lines), default=0)):
        first, label = 0, ""
        for at, line in enumerate([*lines, Line(0, "", "", (), ())]):
            tag = TAG.fullmatch(line.tags[depth]) if depth < len(line.tags) else None
            letter, here = (tag["first"], tag["label"]) if tag and tag["first"] else ("", "")
            if label and (here != label or letter in BEGINS):
                yield Run(first, at, label, _told(lines[first], depth))
                label = ""
            if here and not label:
                first, label = at, here
            if letter in ENDS:
                yield Run(first, at + 1, label, _told(lines[first], depth))
                label = ""


def _told(line: Line, depth: int) -> str:
    return line.told[depth] if depth < len(line.told) else ""


# ---- places


def _aligned(words: list[str], letter: ExportedLetter) -> tuple[list[Span | None], list[Finding]]:
    """Return where each of ``words`` stands in the text, or None, and whether they are others."""
    exact = _in_order(words, letter.text)
    if all(place is not None for place in exact) and _is_whole(exact, letter.text):
        return exact, []
    first = next((at for at, place in enumerate(exact) if place is None), len(words) - 1)
    message = f"its text is not that of the letter, first at “{words[first]}” (token {first + 1})"
    spans = tokens_of(letter)
    theirs = [letter.text[span.start : span.end] for span in spans]
    found: list[Span | None] = [None] * len(words)
    for block in SequenceMatcher(None, words, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[block.a + step] = spans[block.b + step]
    return found, [said("other-text", message)]


def _in_order(words: Iterable[str], text: str) -> list[Span | None]:
    """Return where ``words`` stand, as far as nothing but white space is between them."""
    found: list[Span | None] = []
    at = 0
    for word in words:
        start = _after_space(text, at)
        if not text.startswith(word, start):
            return [*found, None]
        at = start + len(word)
        found.append(Span(start, at))
    return found


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_whole(places: list[Span | None], text: str) -> bool:
    last = places[-1] if places else None
    return not text[last.end if last else 0 :].strip()


def _are_together(places: list[Span], text: str) -> bool:
    """Return whether nothing but white space stands between ``places``."""
    return bool(places) and all(
        not text[a.end : b.start].strip() and a.end <= b.start for a, b in pairwise(places)
    )
