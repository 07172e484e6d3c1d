"""Find the names of events: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import Scan, in_titles, scan, words_of
from epistola.mentions.phrases import listed, phrases
from epistola.model import Annotation, Letter, Source, Span

NAMED = "FfSsNApbPqDw"


@dataclass(frozen=True, slots=True)
class Event:
    """The span of an event's name, and the rule that found it."""

    span: Span
    rule: str
    certainty: float


def events(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an event, without a leading article."""
    found = scan(source, letter, names)
    titles = frozenset(in_titles(found))
    free = 0
    claims = [*_listed(found, titles), *_keyword(found, letter, titles), *_lower(found, letter)]
    for event in sorted(claims, key=lambda event: (event.span.start, -event.span.end)):
        if event.span.start >= free:
            free = event.span.end
            yield Annotation(
                event.span, "event", f"events.{event.rule}", certainty=event.certainty
            )


def _listed(found: Scan, titles: frozenset[int]) -> Iterator[Event]:
    for phrase in listed(found, ("event",)):
        if phrase.first not in titles:
            yield Event(found.span(phrase.first, phrase.last), "listed", 0.97)
    for at, word in enumerate(found.words):
        if at not in titles and found.names.known(word.form, "event"):
            yield Event(found.span(at, at), "known", 0.9)


def _keyword(found: Scan, letter: Letter, titles: frozenset[int]) -> Iterator[Event]:
    for phrase in phrases(found, letter.language, "events"):
        if phrase.first not in titles:
            yield Event(found.span(phrase.first, phrase.last), phrase.rule, 0.85)


@cache
def _tail(code: str) -> re.Pattern[str]:
    """Return the pattern of what follows a name to make an event of it: " missile crisis"."""
    table = load(code).get("events", {})
    between, lower = words_of(table, "between"), words_of(table, "lower")
    return re.compile(
        rf"(?:\s(?:{_any(between)}))?\s(?:{_any(lower)})\b(?:\s(?:{_any(words_of(table, 'with'))})\s(?=[A-Z]))?"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"


def _lower(found: Scan, letter: Letter) -> Iterator[Event]:
    """Yield a name with a small keyword: "the Cuban missile crisis", "X-Y treaty with Z"."""
    tail, text = _tail(letter.language), found.source.folded
    for at, word in enumerate(found.words):
        if found.sort(at) not in NAMED or not text.startswith((" ", "\n"), word.end):
            continue
        if match := tail.match(text, word.end):
            first = at
            while first and found.joint(first - 1) in "-" and found.sort(first - 1) in NAMED:
                first -= 1
            end = found.words[at + 1].end if text[match.end() - 1].isspace() else match.end()
            yield Event(Span(found.words[first].start, end), "lower", 0.8)
