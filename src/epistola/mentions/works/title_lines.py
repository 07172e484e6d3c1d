"""Read the lines in which a page says where it comes from: "Source: Nature, Volume 13, no 4".

What they name first is a work, after its editors and authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from epistola.gazetteer import Names
from epistola.mentions.dates.grammar import dates
from epistola.mentions.works.quotes import quotations
from epistola.mentions.works.scopes import Scope, scopes
from epistola.mentions.works.title_words import (
    CAPITAL,
    SURE,
    WORD,
    Words,
    has_shape,
    title_at,
    trimmed,
    weight,
    words_of,
)
from epistola.model import Annotation, Field, Letter, Source, Span

AUTHOR = re.compile(
    rf"(?P<author>(?:{CAPITAL}[\w'.-]*\s+){{1,4}}{CAPITAL}[\w'-]+)(?:,\s+|:\s+)(?P<next>[^,;:(\n]*)"
)
SEGMENT = re.compile(r"(?P<title>[^\W_](?:(?!(?<!\b[A-Z])\.\s|\s+\()[^,;:\n\"])+)")
END_OF_VALUE = re.compile(r"(?<=[\d)])[.;]\s+(?=[A-Z][a-z]+\b)")
"""Where a credit goes on in the same line: "pp. 459-80. Scanned by ..."."""


def value_of(source: Source, field: Field, words: Words) -> Span:
    """Return what a line on the source says, without "in", its final stop and credits after it."""
    lead = words.patterns.leading.match(source.folded, field.value.start, field.value.end)
    start = lead.end() if lead else field.value.start
    text = source.folded[start : field.value.end]
    cut = END_OF_VALUE.search(text)
    text = text[: cut.start()] if cut else text
    return Span(start, start + len(text.rstrip(" \n.;,")))


def label_of(source: Source, field: Field) -> str:
    """Return the first word of a line's label in lower case."""
    match = WORD.search(source.folded, field.span.start, field.value.start)
    return match.group().lower() if match else ""


EDITORS = re.compile(
    rf"(?P<editors>{CAPITAL}[^():\n]{{3,60}}?)\s+\((?:eds?|Hgg?|Hrsgg?|éds?)\.?\),\s+"
)


def authors_of_field(
    source: Source, field: Field, letter: Letter, names: Names
) -> tuple[Annotation, ...]:
    """Return the editors and authors whose names open a line of metadata, with their role.

    "Georgi Plekhanov, Selected ...": an author is a known name, the writer of the page, or two
    or three words before a title of more than one.
    """
    words = words_of(letter.language)
    value = value_of(source, field, words)
    found: list[Annotation] = []
    editors = EDITORS.match(source.folded, value.start, value.end)
    if editors:
        found.append(_responsible(Span(*editors.span("editors")), "editor"))
    start = editors.end() if editors else value.start
    match = AUTHOR.match(source.folded, start, value.end)
    if match and _is_author(match["author"], match["next"].strip(), letter, names, words):
        found.append(_responsible(Span(*match.span("author")), "author"))
    return tuple(found)


def _responsible(span: Span, role: str) -> Annotation:
    return Annotation(span, role, "titles.field", {"role": role}, None, SURE)


def _is_author(name: str, follows: str, letter: Letter, names: Names, words: Words) -> bool:
    row = name.split()
    writer = letter.author.value.split() if letter.author else []
    if names.known(row[0], "forename") or row[-1] in writer[-1:]:
        return True
    if {word.lower() for word in row} & (
        words.joints | words.journals | words.books | words.publisher
    ):
        return False
    titled = weight(follows, words) > 1 and has_shape(follows, words)
    printed = follows.rpartition(" ")[2].lower() in words.publisher
    return titled and not printed and not any(char.isdecimal() for char in follows)


def titles_of_lines(
    source: Source, letter: Letter, names: Names, words: Words
) -> Iterator[Annotation]:
    """Yield the works that lines of metadata name: "Source: Wild Oats, Volume 13"."""
    fields = [
        field
        for field in letter.fields
        if field.kind == "source" and label_of(source, field) not in words.other_labels
    ]
    if not fields:
        return
    located = scopes(source, letter.language)
    days = {found.span.start: found for found in dates(source, letter, names)}
    for field in fields:
        value = value_of(source, field, words)
        authors = authors_of_field(source, field, letter, names)
        start = _after_marks(source, authors[-1].span.end, words) if authors else value.start
        for quotation in quotations(source):
            span = trimmed(source, quotation.inner)
            if span and quotation.outer in value and quotation.mark != "italic":
                yield title_at(span, "field", "a", SURE)
                start = _after_marks(source, quotation.outer.end, words)
        end = min(
            (at.span.start for at in located if at.span.start >= start), default=field.value.end
        )
        end = min([end, *(at for at in days if at > start)])
        span = _segment(source, start, min(end, value.end), words)
        if span:
            rest = [scope for scope in located if scope.span in value]
            yield title_at(span, "field", _level_of_field(source, span, rest, days), SURE)


AFTER_MARKS = re.compile(r"(?:\s+\(\w+\.?\))?[,.;:]?\s*")


def _after_marks(source: Source, end: int, words: Words) -> int:
    """Return where the next words begin, after a comma and an "in"."""
    match = AFTER_MARKS.match(source.folded, end)
    lead = words.patterns.leading.match(source.folded, match.end() if match else end)
    return lead.end() if lead else end


def _segment(source: Source, start: int, end: int, words: Words) -> Span | None:
    """Return the work that a line of metadata opens with at ``start``, up to a comma or bracket."""
    match = SEGMENT.match(source.folded, start, end)
    span = trimmed(source, Span(*match.span("title"))) if match else None
    if span is None:
        return None
    text = source.folded[span.start : span.end]
    first = re.split(r"[\s']", text)[0]
    if first in words.foreign_articles:
        text = text[:1].upper() + text[1:]
    return span if has_shape(text, words) and first.lower() not in words.no_source else None


TO_DATE = re.compile(r"[\"'_]?[,;.]?\s*\(?")


def _level_of_field(
    source: Source, span: Span, located: Sequence[Scope], days: Mapping[int, Annotation]
) -> str:
    """Return j where a number of issue or a day, month or season follows, else m."""
    if any(scope.unit == "issue" for scope in located):
        return "j"
    at = TO_DATE.match(source.folded, span.end)
    day = days.get(at.end()) if at else None
    return "j" if day and not source[day.span].isdecimal() else "m"
