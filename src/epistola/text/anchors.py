"""Tie notes to the places they belong to: the markers in the text (TEI P5, 3.9.1).

A marker and a note are tied where each is the only one of its number; whatever is not so
clear is reported and left alone. The marker's own characters stay in the text, so it is a
``ref`` that holds them, and no empty ``anchor``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, pairwise

from epistola.model import Annotation, Finding, Report, Severity, Source, Span
from epistola.text.notes import RAISED

Found = tuple[str, Span]
"""A marker: its number or sign, and where it stands."""

BRACKETED = re.compile(r"(?<!#)\[(?P<n>\d{1,3}\*?|[A-Z]|\*{1,3}|[†‡§])\](?![\w(])")
OTHERS = (
    re.compile(r"(?<=[^\W\d_]|[.,;:!?)\]’”'\"])(?P<n>[¹²³⁰⁴-⁹]{1,3})(?!\w)"),
    re.compile(r"(?<=[\w.,;:!?)\]’”'\"])[ ]?(?P<n>\(\d{1,3}\))(?!\w)"),
)
"""Raised numbers and those in round brackets: markers only where notes answer them, one by one."""
STARRED = re.compile(r"(?<=[\w.,;:!?)\]’”'\"])(?P<n>\*{1,3}|[†‡§])(?![\w*])")
WORDED = frozenset(
    "head byline p note item addrLine dateline salute valediction signed trailer".split()
)
"""Parts of a letter in which a marker may stand."""


def tied(source: Source, parts: Sequence[Annotation], report: Report) -> list[Annotation]:
    """Return ``parts`` with the markers of notes, each tied to its note if that is clear.

    Kind ``anchor`` with ``id`` and ``target``; a note gets the same. Reported are a marker
    without a note, a note without a marker, and what is there twice.
    """
    notes = [a for a in parts if a.kind == "note" and a.values.get("n")]
    markers = list(_inside(parts, _markers(source, [a.values["n"] for a in notes])))
    pairs = dict(_pairs(notes, markers))
    _report(source, notes, markers, pairs, report)
    return [
        *(
            _tied_note(a, pairs[a.span][1]) if a.kind == "note" and a.span in pairs else a
            for a in parts
        ),
        *(_anchor(marker, name) for marker, name in pairs.values()),
    ]


def _markers(source: Source, numbers: Sequence[str]) -> Iterator[Found]:
    """Yield what may be a marker, given the numbers of the notes, in order."""
    known = set(numbers)
    bracketed = [
        (m["n"], Span(*m.span()))
        for m in BRACKETED.finditer(source.text)
        if m["n"][0].isdecimal() or m["n"] in known
    ]
    yield from bracketed
    if not bracketed:
        yield from next(filter(None, (_answered(source, p, numbers) for p in OTHERS)), [])
    for m in STARRED.finditer(source.text) if any(not n[0].isalnum() for n in known) else ():
        if m["n"] in known:
            yield m["n"], Span(*m.span())


def _answered(source: Source, pattern: re.Pattern[str], numbers: Sequence[str]) -> list[Found]:
    """Return the matches of ``pattern`` if they are the numbers of notes, each once, in order."""
    found = [
        (m["n"].translate(RAISED).strip("()"), Span(*m.span("n")))
        for m in pattern.finditer(source.text)
    ]
    known = set(numbers)
    values = [int(n) for n, _ in found]
    rising = all(a < b for a, b in pairwise(values))
    return found if rising and all(n in known for n, _ in found) else []


def _inside(parts: Sequence[Annotation], markers: Iterable[Found]) -> Iterator[Found]:
    """Yield the markers that stand within one part of the text that has words, in order.

    Of two parts that cover the same words the outer one comes first in ``parts``.
    """
    waiting = sorted(parts, key=lambda a: (a.span.start, -a.span.end))[::-1]
    openings = {a.span.start for a in parts if a.kind == "note"}
    opened: list[Annotation] = []
    for number, span in sorted(markers, key=lambda found: found[1]):
        while waiting and waiting[-1].span.start <= span.start:
            part = waiting.pop()
            opened = [a for a in opened if a.span.end > part.span.start]
            opened.append(part)
        around = [a for a in opened if a.span.overlaps(span)]
        inmost = around[-1] if around else None
        if inmost is None or inmost.kind not in WORDED or span.start in openings:
            continue
        if all(span in a.span for a in around):
            yield number, span


def _pairs(
    notes: Sequence[Annotation], markers: Sequence[Found]
) -> Iterator[tuple[Span, tuple[Span, str]]]:
    """Yield note, marker and name of those that are tied."""
    there = Counter(note.values["n"] for note in notes)
    times = Counter(number for number, _ in markers)
    place = dict(markers)
    for note in notes:
        number = note.values["n"]
        if number[0].isalnum() and there[number] == times[number] == 1:
            yield note.span, (place[number], number.replace("*", "-star"))
    signs = sorted(n for n in there if not n[0].isalnum() and there[n] == times[n])
    serial = count(1)
    for sign in signs:
        signed = sorted(note.span for note in notes if note.values["n"] == sign)
        marked = [span for number, span in markers if number == sign]
        both = list(zip(signed, marked, strict=True))
        if all(marker.end <= span.start for span, marker in both):
            yield from ((span, (marker, f"-sign-{next(serial)}")) for span, marker in both)


def _tied_note(note: Annotation, name: str) -> Annotation:
    return replace(note, values={**note.values, "id": f"note{name}", "target": f"#anchor{name}"})


def _anchor(span: Span, name: str) -> Annotation:
    values = {"id": f"anchor{name}", "target": f"#note{name}"}
    return Annotation(span, "anchor", "notes.anchor", values)


def _report(
    source: Source,
    notes: Sequence[Annotation],
    markers: Sequence[Found],
    pairs: Mapping[Span, tuple[Span, str]],
    report: Report,
) -> None:
    """Report every note and every marker that is not tied, and why."""
    there = Counter(note.values["n"] for note in notes)
    times = Counter(number for number, _ in markers)
    done = {marker for marker, _ in pairs.values()}
    for note in notes:
        number = note.values["n"]
        if note.span in pairs or (note.values["place"] == "inline" and not times[number]):
            continue
        if there[number] > 1:
            report(_finding("note-twice", f"{there[number]} notes are marked {number}", note.span))
        elif not times[number]:
            message = f"no marker in the text answers note {number}"
            report(_finding("note-without-marker", message, note.span))
    for number, span in markers:
        shown = source[span].strip()
        if span in done:
            continue
        if not there[number]:
            report(_finding("marker-without-note", f"no note answers the marker {shown}", span))
        elif times[number] > there[number]:
            message = f"the marker {shown} stands in {times[number]} places"
            report(_finding("marker-twice", message, span))


def _finding(code: str, message: str, span: Span) -> Finding:
    return Finding(Severity.WARNING, code, message, span)
