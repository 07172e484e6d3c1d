"""Find the names of places: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import PLACES, STRONG, Scan, scan, words_of
from epistola.mentions.persons import people, taken_by_persons
from epistola.mentions.phrases import Phrase, listed, phrases
from epistola.model import Annotation, Letter, Source, Span

NUMBER = re.compile(r"(?:\bNo\.?\s?)?\b\d{1,4}[a-d]?[.,]?\s$", re.IGNORECASE)


@cache
def prepositions(code: str) -> frozenset[str]:
    """Return the words that stand before places and not before persons."""
    return words_of(load(code).get("places", {}), "in")


def places(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of a place; ``values["type"]`` is its class where one is known."""
    found = scan(source, letter, names)
    persons = taken_by_persons(found, letter)
    taken: set[int] = set()
    for phrase in phrases(found, letter.language, "places"):
        words = range(phrase.first, phrase.last + 1)
        if persons.isdisjoint(words) and taken.isdisjoint(words):
            taken.update(words)
            yield _annotation(_numbered(found, phrase), f"places.{phrase.rule}", 0.9, "")
    for phrase in listed(found, PLACES):
        words = range(phrase.first, phrase.last + 1)
        if persons.isdisjoint(words) and taken.isdisjoint(words):
            taken.update(words)
            yield _annotation(found.span(phrase.first, phrase.last), "places.listed", 0.95, phrase.rule)
    for at in range(len(found.words)):
        if at not in persons and at not in taken:
            yield from _single(found, letter, at)


def _single(found: Scan, letter: Letter, at: int) -> Iterator[Annotation]:
    sort, form = found.sort(at), found.words[at].form
    span = found.span(at, at)
    if sort in "Pp":
        kind = next(name for name in PLACES if form in found.names.table.get(name, ()))
        if kind == "bloc" and found.before(at) != "the":
            return
        yield _annotation(span, "places.known", 0.95 if sort == "P" else 0.8, kind)
    elif sort in "NAs" and form.endswith(_suffixes(letter.language)) and len(form) > 6:
        yield _annotation(span, "places.suffix", 0.9, "region")
    elif sort in "Nsw" and found.before(at) in prepositions(letter.language):
        yield _annotation(span, "places.after", 0.6, "")


@cache
def _suffixes(code: str) -> tuple[str, ...]:
    return tuple(load(code).get("places", {}).get("suffixes", "").split())


def _numbered(found: Scan, phrase: Phrase) -> Span:
    span = found.span(phrase.first, phrase.last)
    number = NUMBER.search(found.source.folded[max(0, span.start - 10) : span.start])
    return Span(span.start - len(number[0]), span.end) if number else span


def _annotation(span: Span, rule: str, certainty: float, kind: str) -> Annotation:
    values = {"type": kind} if kind else {}
    return Annotation(span, "place", rule, values, certainty=certainty)
