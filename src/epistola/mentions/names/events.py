"""Find the names of events: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import Scan, scan, words_of
from epistola.mentions.names.phrases import in_works, listed, phrases
from epistola.model import Annotation, Letter, Source, Span

NAMED = "SsNApbPD"


def events(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an event, without a leading article; the longest where two overlap."""
    found, code = scan(source, letter, names), letter.language
    titles = frozenset(in_works(found, code))
    claims = [*_listed(found), *_keyword(found, code), *_small(found, code)]
    end = 0
    for first, event in sorted(claims, key=lambda claim: (claim[1].span.start, -claim[1].span.end)):
        if first not in titles and event.span.start >= end:
            end = event.span.end
            yield event


def _event(span: Span, rule: str, certainty: float) -> Annotation:
    return Annotation(span, "event", f"events.{rule}", certainty=certainty)


def _listed(found: Scan) -> Iterator[tuple[int, Annotation]]:
    """Yield events that the gazetteer knows."""
    for name in listed(found, ("event",)):
        yield name.first, _event(found.span(name.first, name.last), "listed", 0.95)
    for at, word in enumerate(found.words):
        if found.names.known(word.form, "event"):
            yield at, _event(found.span(at, at), "known", 0.8)


def _keyword(found: Scan, code: str) -> Iterator[tuple[int, Annotation]]:
    """Yield names that hold a word for an event: "Peace of Amiens", "Crimean War"."""
    for name in phrases(found, code, "events"):
        yield name.first, _event(found.span(name.first, name.last), name.rule, 0.85)


@cache
def _tail(code: str) -> re.Pattern[str]:
    """Return the pattern of what makes an event of a name: " missile crisis", " treaty with"."""
    between, small, joined = (
        _any(words_of(code, "events", key)) for key in ("between", "small", "with")
    )
    return re.compile(rf"(?:\s(?:{between}))?\s(?:{small})\b(?:\s(?P<with>{joined})\s(?=[A-Z]))?")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def _small(found: Scan, code: str) -> Iterator[tuple[int, Annotation]]:
    """Yield a name with a keyword written small: "Cuban missile crisis", "X-Y treaty with Z"."""
    for at, word in enumerate(found.words):
        if found.sort(at) not in NAMED:
            continue
        if tail := _tail(code).match(found.source.folded, word.end):
            first = at
            while first and found.joint(first - 1) == "-" and found.sort(first - 1) in NAMED:
                first -= 1
            end = found.words[at + 1].end if tail["with"] else tail.end()
            yield first, _event(Span(found.words[first].start, end), "small", 0.75)
