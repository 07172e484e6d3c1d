"""Find the names of organisations: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import Scan, in_titles, scan, words_of
from epistola.mentions.persons import taken_by_persons
from epistola.mentions.phrases import listed, phrases
from epistola.mentions.places import acts, place_words
from epistola.model import Annotation, Letter, Source, Span

ORGANISATIONS = ("party", "army", "church", "society", "government", "company", "institution")
ACRONYM = re.compile(r"\s?\(([A-Z][A-Z.&]{1,7})\)")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's name as words of a scan, its class, and the rule that found it."""

    first: int
    last: int
    rule: str
    certainty: float
    kind: str = ""


def organisations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an organisation; ``values["type"]`` is its class where one is known.

    A capital that acts as a government is one too, with ``metonymy="place"``.
    """
    found = scan(source, letter, names)
    taken = set(in_titles(found))
    result = _free(_rights(found, letter), taken)
    result += _free(_leading(found, letter), taken)
    taken |= taken_by_persons(found, letter)
    for claims in (_listed(found), _keyword(found, letter), _known(found)):
        result += _free(claims, taken)
    result += _free(_governments(found, letter), taken)
    result += _free(_acronyms(found, result), taken)
    for org in sorted(result, key=lambda org: org.first):
        span = _span(found, org, letter)
        values = {"type": org.kind} if org.kind else {}
        if org.rule == "capital":
            values["metonymy"] = "place"
        yield Annotation(span, "org", f"organisations.{org.rule}", values, None, org.certainty)


def _free(claims: Iterable[Organisation], taken: set[int]) -> list[Organisation]:
    kept = []
    for org in claims:
        words = range(org.first, org.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(org)
    return kept


def _listed(found: Scan) -> Iterator[Organisation]:
    for phrase in listed(found, ORGANISATIONS):
        yield Organisation(phrase.first, phrase.last, "listed", 0.95, phrase.rule)


def _keyword(found: Scan, letter: Letter) -> Iterator[Organisation]:
    for phrase in phrases(found, letter.language, "organisations"):
        yield Organisation(phrase.first, phrase.last, phrase.rule, 0.85)


def _known(found: Scan) -> Iterator[Organisation]:
    tables = [(name, found.names.table.get(name, {})) for name in ORGANISATIONS]
    for at, word in enumerate(found.words):
        kind = next((name for name, forms in tables if word.form in forms), "")
        if kind and found.sort(at) not in "wqXfF":
            yield Organisation(at, at, "known", 0.9, kind)


def _leading(found: Scan, letter: Letter) -> Iterator[Organisation]:
    """Yield the government called by its capital: "the Moscow leadership"."""
    leading = words_of(load(letter.language).get("organisations", {}), "leading")
    for at, word in enumerate(found.words):
        if found.after(at) in leading and found.names.known(word.form, "capital"):
            yield Organisation(at, at, "leadership", 0.8, "government")


def _governments(found: Scan, letter: Letter) -> Iterator[Organisation]:
    words = place_words(letter.language)
    for at in range(len(found.words)):
        if acts(found, words, at):
            yield Organisation(at, at, "capital", 0.8, "government")


def _rights(found: Scan, letter: Letter) -> Iterator[Organisation]:
    """Yield who holds the rights, where the page names somebody who is no person."""
    persons = taken_by_persons(found, letter)
    for line in letter.fields:
        if line.kind != "rights":
            continue
        inside = [at for at, word in enumerate(found.words) if line.value.start <= word.start < line.value.end]
        yield from _holders(found, [at for at in inside if at not in persons])


def _holders(found: Scan, inside: list[int]) -> Iterator[Organisation]:
    run: list[int] = []
    for at in inside:
        if run and (at != run[-1] + 1 or found.joint(run[-1]) not in " -o"):
            yield Organisation(run[0], run[-1], "rights", 0.9)
            run = []
        if run or found.sort(at) != "X":
            run.append(at)
    if len(run) > 1:
        yield Organisation(run[0], run[-1], "rights", 0.9)


def _acronyms(found: Scan, known: Iterable[Organisation]) -> Iterator[Organisation]:
    """Yield what stands in brackets after a name as its short form, wherever it stands."""
    text = found.source.folded
    forms = {
        match[1]: org.kind
        for org in known
        if (match := ACRONYM.match(text, found.words[org.last].end))
    }
    for at, word in enumerate(found.words):
        if word.form in forms:
            yield Organisation(at, at, "acronym", 0.95, forms[word.form])


def _span(found: Scan, org: Organisation, letter: Letter) -> Span:
    span = found.span(org.first, org.last)
    if org.rule == "leadership":
        after = found.after(org.last)
        return Span(span.start, found.source.folded.index(after, span.end) + len(after))
    if found.words[org.last].form == "Co" and found.source.folded[span.end : span.end + 1] == ".":
        return Span(span.start, span.end + 1)
    return span
