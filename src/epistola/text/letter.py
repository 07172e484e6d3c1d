"""Find the parts of a letter: what opens it, its paragraphs, what closes it.

Each unit of the text (a paragraph, or a line that was meant as one) may be any part;
how ill it looks as each is a cost. A letter is a walk through zones (top, body,
bottom, after and so on). The cheapest walk over the whole letter is its structure, so
that no single line decides alone and nothing is left over: what looks like no part
is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from epistola.model import Annotation, Report, Source, Span, ignore
from epistola.text.anchors import tied
from epistola.text.blocks import Unit, page_breaks, units
from epistola.text.look import looks
from epistola.text.notes import Section, section_parts, sections
from epistola.text.pages import page_numbers
from epistola.text.parts.annotate import annotate, runs_of, sound
from epistola.text.parts.cuts import cut
from epistola.text.parts.states import COLOPHON, Run
from epistola.text.parts.walk import walk


def structure(source: Source, language: str, report: Report = ignore) -> list[Annotation]:
    """Return the parts of ``source`` as annotations; every word stands in one of them.

    Kinds: letter, head, byline, provenance, list, glossList, label, item, opener,
    address, addrLine, dateline, salute, p, ornament, note, anchor, closer, valediction,
    signed, trailer, postscript, endorsement, envelope, notes, colophon, pageBreak. Notes
    and markers that are not tied to each other are reported.
    """
    numbers = {number.span for number in page_numbers(source, language)}
    found = tuple(unit for unit in units(source) if unit.span not in numbers)
    breaks = [Annotation(span, "pageBreak", "letter.formFeed") for span in page_breaks(source)]
    if not found:
        return breaks
    gathered = sections(source, found, language)
    start, end = (gathered[0].start, gathered[-1].end) if gathered else (len(found), len(found))
    walked = cut(source, (*found[:start], *found[end:]), language)
    runs = runs_of(walked, walk(looks(source, walked, language)))
    rest = [run for run in runs if gathered and run.span.start >= found[start].span.start]
    text = sound(runs[: len(runs) - len(rest)])
    colophon = [run for run in rest if run.state.zone == COLOPHON]
    parts = [
        *annotate(source, [*text, *colophon], language),
        *_notes(source, found, gathered, rest, language),
    ]
    return [*tied(source, parts, report), *breaks]


def _notes(
    source: Source,
    found: Sequence[Unit],
    gathered: Sequence[Section],
    rest: Sequence[Run],
    language: str,
) -> Iterator[Annotation]:
    """Yield the sections of notes, a division each; what is left between belongs to them."""
    starts = [found[section.start].span.start for section in gathered]
    last = [run.span for run in rest if run.state.zone != COLOPHON]
    for at, section in enumerate(gathered):
        stop = gathered[at + 1].start if at + 1 < len(gathered) else section.end
        loose = [unit.span for unit in found[section.end : stop]]
        loose += last if at + 1 == len(gathered) else []
        end = max(found[section.end - 1].span.end, *(span.end for span in loose), 0)
        yield Annotation(Span(starts[at], end), "notes", "notes.section")
        yield from section_parts(source, found, section, language)
        yield from (Annotation(span, _loose(source[span]), "notes.rest") for span in loose)


def _loose(text: str) -> str:
    return "p" if any(char.isalnum() for char in text) else "ornament"
