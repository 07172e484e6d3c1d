"""Find the names of organisations: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import ORGANISATIONS, Scan, scan, words_of
from epistola.mentions.names.persons import in_persons
from epistola.mentions.names.phrases import Name, free, in_works, is_place, listed, phrases
from epistola.mentions.names.places import acts
from epistola.model import Annotation, Letter, Source, Span

ACRONYM = re.compile(r"\s?\(([A-Z][A-Z.&]{1,7})\)")


def organisations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an organisation; ``values["type"]`` is its class where one is known.

    A capital that acts as a government is one too, with ``metonymy="place"``.
    """
    found, code = scan(source, letter, names), letter.language
    persons, taken = in_persons(found, letter), set[int]()
    result = free(_holders(found, letter, persons), taken)
    taken |= in_works(found, code)
    result += free(_leading(found, code), taken)
    taken |= persons
    for claims in (
        listed(found, ORGANISATIONS, 0.9),
        _keyword(found, code),
        _known(found),
    ):
        result += free((c for c in claims if not is_place(found, c.first, c.last)), taken)
    result += free(_governments(found, code), taken)
    result += free(_acronyms(found, result), taken)
    for org in sorted(result, key=lambda name: name.first):
        rule = f"organisations.{org.rule}"
        yield Annotation(_span(found, org, code), "org", rule, _values(org), None, org.certainty)


def _keyword(found: Scan, code: str) -> Iterator[Name]:
    """Yield names that hold a word for an organisation: "Royal Society", "Bank of Ireland"."""
    for name in phrases(found, code, "organisations"):
        yield Name(name.first, name.last, name.rule, 0.8)


def _known(found: Scan) -> Iterator[Name]:
    """Yield single words that the gazetteer knows and that are no common words."""
    tables = [(name, found.names.table.get(name, {})) for name in ORGANISATIONS]
    for at, word in enumerate(found.words):
        kind = next((name for name, forms in tables if word.form in forms), "")
        if kind and found.sort(at) not in "WwqXfF":
            yield Name(at, at, "known", 0.8, kind)


def _leading(found: Scan, code: str) -> Iterator[Name]:
    """Yield the government that is called by its capital: "the Moscow leadership"."""
    leading = words_of(code, "organisations", "leading")
    for at, word in enumerate(found.words):
        led = found.after(at) in leading and not found.follows(at, "'")
        if led and found.names.known(word.form, "capital"):
            yield Name(at, at, "leadership", 0.8, "government")


def _governments(found: Scan, code: str) -> Iterator[Name]:
    """Yield capitals that stand for a government: "imposed by Moscow"."""
    for at in range(len(found.words)):
        if acts(found, code, at):
            yield Name(at, at, "capital", 0.8, "government")


def _holders(found: Scan, letter: Letter, persons: frozenset[int]) -> Iterator[Name]:
    """Yield who holds the rights, where the page names somebody who is no person."""
    for line in letter.fields:
        if line.kind == "rights":
            inside = (
                at
                for at, word in enumerate(found.words)
                if line.value.start <= word.start < line.value.end and at not in persons
            )
            yield from (Name(first, last, "rights", 0.9) for first, last in _runs(found, inside))


def _runs(found: Scan, words: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the names of two words or more that ``words`` make."""
    run: list[int] = []
    for at in words:
        if run and (at != run[-1] + 1 or found.joint(run[-1]) not in " -o"):
            if len(run) > 1:
                yield run[0], run[-1]
            run = []
        if run or found.sort(at) != "X":
            run.append(at)
    if len(run) > 1:
        yield run[0], run[-1]


def _acronyms(found: Scan, known: Iterable[Name]) -> Iterator[Name]:
    """Yield what a bracket after a name gives as its short form, wherever it stands."""
    matches = (
        (ACRONYM.match(found.source.folded, found.words[org.last].end), org) for org in known
    )
    forms = {match[1]: org.kind for match, org in matches if match}
    for at, word in enumerate(found.words):
        if word.form in forms:
            yield Name(at, at, "acronym", 0.95, forms[word.form])


def _values(org: Name) -> dict[str, str]:
    values = {"type": org.kind} if org.kind else {}
    return values | {"metonymy": "place"} if org.rule == "capital" else values


def _span(found: Scan, org: Name, code: str) -> Span:
    """Return the span with the word that makes a capital a government, or the stop of "Co."."""
    span = found.span(org.first, org.last)
    if org.rule == "leadership":
        after = found.after(org.last)
        return Span(span.start, found.source.folded.index(after, span.end) + len(after))
    stopped = found.form(org.last) in words_of(code, "places", "stopped")
    return Span(span.start, span.end + (stopped and found.follows(org.last, ".")))
