"""Find the names of organisations: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

from collections.abc import Iterator

from epistola.gazetteer import Names
from epistola.mentions.capitals import Scan, scan
from epistola.mentions.persons import taken_by_persons
from epistola.mentions.phrases import Phrase, listed, phrases
from epistola.model import Annotation, Letter, Source

ORGANISATIONS = ("party", "army", "church", "society", "government", "company", "institution")


def organisations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an organisation; ``values["type"]`` is its class where one is known."""
    found = scan(source, letter, names)
    for phrase in phrases(found, letter.language, "organisations"):
        yield _annotation(found, phrase, f"organisations.{phrase.rule}", 0.85)
    for phrase in listed(found, ORGANISATIONS):
        yield _annotation(found, phrase, "organisations.listed", 0.95, phrase.rule)
    for at, word in enumerate(found.words):
        kind = next((n for n in ORGANISATIONS if word.form in found.names.table.get(n, ())), "")
        if kind:
            yield _annotation(found, Phrase(at, at, kind), "organisations.known", 0.9, kind)


def _annotation(
    found: Scan, phrase: Phrase, rule: str, certainty: float, kind: str = ""
) -> Annotation:
    values = {"type": kind} if kind else {}
    span = found.span(phrase.first, phrase.last)
    return Annotation(span, "org", rule, values, certainty=certainty)
