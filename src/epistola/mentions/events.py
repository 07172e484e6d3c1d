"""Find the names of events: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.gazetteer import Names
from epistola.mentions.capitals import scan
from epistola.mentions.phrases import listed, phrases
from epistola.model import Annotation, Letter, Source


def events(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an event, without a leading article."""
    found = scan(source, letter, names)
    for phrase in listed(found, ("event",)):
        span = found.span(phrase.first, phrase.last)
        yield Annotation(span, "event", "events.listed", certainty=0.97)
    for phrase in phrases(found, letter.language, "events"):
        span = found.span(phrase.first, phrase.last)
        yield Annotation(span, "event", f"events.{phrase.rule}", certainty=0.85)
