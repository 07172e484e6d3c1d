"""Say what a text is, from its parts: who wrote it, to whom, whether it is a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from epistola.model import NOTHING_SAID, Annotation, Fact, Field, Letter, Sidecar, Source, Span
from epistola.text.edges import edge_fields
from epistola.text.genre import genre_of
from epistola.text.metadata import read_fields

BY = re.compile(r"(?:by|von|par)\s+", re.IGNORECASE)
YEAR = re.compile(r"[,\s]*\(?\d{4}\)?[.,:]?$")


def describe(
    source: Source, parts: Sequence[Annotation], language: str, sidecar: Sidecar = NOTHING_SAID
) -> Letter:
    """Return what the page says of the text that ``parts`` are the structure of.

    What an editor says in ``sidecar`` comes before it.
    """
    fields = tuple(_fields(source, parts, language))
    lines = tuple(edge_fields(source, [field.span for field in fields], language))
    parts = [part for part in parts if not any(part.span in field.span for field in lines)]
    fields = tuple(sorted((*fields, *lines), key=lambda field: field.span))
    heads = [a for a in parts if a.kind == "head" and a.rule == "letter.head"]
    titles = tuple(_fact(source, head.span, head.rule) for head in heads)
    author = _author(source, parts, fields)
    addressed = "letter" if sidecar.addressee else ""
    return Letter(
        language=language,
        genre=sidecar.genre or genre_of(source, parts, titles, fields, language) or addressed,
        author=_said(sidecar.author) or author,
        addressee=_said(sidecar.addressee) or _addressee(source, parts),
        title=_said(sidecar.title) or (titles[0] if titles else None),
        subtitles=titles[1:],
        dateline=_first(source, parts, "dateline"),
        fields=fields,
        sidecar=sidecar,
    )


def _said(value: str) -> Fact | None:
    """Return what an editor says as a fact; it stands nowhere on the page."""
    return Fact(value, None, "sidecar") if value else None


def _fact(source: Source, span: Span, rule: str) -> Fact:
    return Fact(" ".join(source[span].split()), span, rule)


def _first(source: Source, parts: Sequence[Annotation], kind: str) -> Fact | None:
    found = next((a for a in parts if a.kind == kind), None)
    return _fact(source, found.span, found.rule) if found else None


def _fields(source: Source, parts: Sequence[Annotation], language: str) -> Iterator[Field]:
    """Yield the lines of metadata above the text, then those of the colophon."""
    label: Span | None = None
    for part in parts:
        if part.kind == "label":
            label = part.span
        elif part.kind == "item":
            line = Span(label.start if label else part.span.start, part.span.end)
            yield from read_fields(source, line, language) or [Field("source", line, line)]
            label = None
    colophon = next((a.span for a in parts if a.kind == "colophon"), None)
    for part in parts:
        if colophon and part.kind == "p" and part.span in colophon:
            yield from read_fields(source, part.span, language)


def _author(source: Source, parts: Sequence[Annotation], fields: Sequence[Field]) -> Fact | None:
    """Return the author: as a line of metadata names him, else the byline, else who signed."""
    for field in fields:
        if field.kind == "author":
            return _fact(source, field.value, "describe.label")
    for kind in ("byline", "signed"):
        found = next((a for a in parts if a.kind == kind), None)
        if found is not None:
            span = _name(source, found.span)
            return _fact(source, span, f"describe.{kind}")
    return None


def _name(source: Source, span: Span) -> Span:
    """Return ``span`` without "by" before a name and without a year after it."""
    text = source[span]
    by = BY.match(text)
    year = YEAR.search(text)
    start = span.start + (by.end() if by else 0)
    end = span.start + year.start() if year and year.start() > 0 else span.end
    return Span(start, max(start, end))


def _addressee(source: Source, parts: Sequence[Annotation]) -> Fact | None:
    """Return whom the letter addresses: in its heading, else in its salutation."""
    for kind, rule in (("head", "letter.heading"), ("salute", "")):
        found = next((a for a in parts if a.kind == kind and a.rule.startswith(rule)), None)
        if found is not None:
            return _fact(source, found.span, f"describe.{rule or 'salute'}")
    return None
