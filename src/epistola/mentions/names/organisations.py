"""Find the names of organisations: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.names.capitals import ORGANISATIONS, PLACES, Scan, scan, words_of
from epistola.mentions.names.persons import in_persons, people
from epistola.mentions.names.phrases import (
    Name,
    free,
    in_works,
    is_place,
    listed,
    listed_small,
    phrases,
    within,
    words_in,
)
from epistola.mentions.names.places import acts
from epistola.model import Annotation, Letter, Source, Span

ACRONYM = re.compile(r"\s?\((?:the\s)?[\"']?(?P<form>[A-Z](?:[A-Za-z&]|\.\s?){1,8})[\"']?[),;]")
EXPANDED = re.compile(r"(?P<form>[A-Z][A-Z&]{1,7})\s\((?:the\s)?$")
# What some parties have after their initials: "CPSU(B)".
BRANCH = re.compile(r"\([A-Z]{1,2}[A-Za-z-]{0,3}\)")
ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th|d)\s$")
LONGEST_ORDINAL = 6
LONGEST_EXPANDED = 16


def organisations(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an organisation; ``values["type"]`` is its class where one is known.

    A capital that acts as a government is one too, with ``metonymy="place"``.
    """
    found, code = scan(source, letter, names), letter.language
    persons, taken = in_persons(found, letter), set[int]()
    result = free(_holders(found, letter, persons), taken)
    taken |= in_works(found, code)
    result += free(_leading(found, code), taken)
    result += free((name for name in _keyword(found, code) if name.rule == "firm"), taken)
    taken |= persons
    meetings = frozenset(words_in(phrases(found, code, "events")))
    for claims in (
        _longest(found, code),
        (c for c in _known(found) if c.first not in meetings or found.sort(c.first) not in "OE"),
    ):
        result += free((c for c in claims if not is_place(found, c.first, c.last)), taken)
    result += free(_numbered(found, code), taken)
    result += free(_governments(found, code), taken)
    result += free(_acronyms(found, result), taken - persons)  # initials look like a person's
    result += _led(found, letter)
    for org in sorted(result, key=lambda name: name.first):
        rule = f"organisations.{org.rule}"
        yield Annotation(_span(found, org, code), "org", rule, _values(org), None, org.certainty)


def _keyword(found: Scan, code: str) -> Iterator[Name]:
    """Yield names that hold a word for an organisation: "Royal Society", "Bank of Ireland"."""
    for name in phrases(found, code, "organisations"):
        yield Name(name.first, name.last, name.rule, 0.8)


def _longest(found: Scan, code: str) -> list[Name]:
    """Return names of several words, listed or with a keyword, the longer first."""
    claims = [*listed(found, ORGANISATIONS, 0.9), *_keyword(found, code)]
    claims += listed_small(found, code, ORGANISATIONS)
    claims += _tailed(found, code)
    sites = phrases(found, code, "places")
    claims = [_joined(claim, claims) for claim in claims]
    claims = [_doubtful(found, claim) for claim in claims if not within(claim, sites)]
    return sorted(claims, key=lambda name: (name.first - name.last, -name.end, name.first))


@cache
def _tail(code: str) -> re.Pattern[str] | None:
    """Return the pattern of the small words of a name: " communiste", " des lettres"."""
    adjectives = "|".join(sorted(words_of(code, "organisations", "adjectives")))
    joining = "|".join(load(code)["organisations"].get("tail", ()))
    if not adjectives:
        return None
    return re.compile(
        rf"(?:\s(?:{adjectives})\b)+|\s(?:{joining})\s[^\W\d_]+\b(?:\s(?:{adjectives})\b)?"
    )


def _tailed(found: Scan, code: str) -> Iterator[Name]:
    """Yield keywords with small words that make a name: "Ligue communiste"."""
    keywords, tail = words_of(code, "organisations", "of"), _tail(code)
    for at, word in enumerate(found.words if tail else ()):
        if word.form in keywords and not word.opens and tail:
            match = tail.match(found.source.folded, word.end)
            if match and found.source.folded[match.end() - 1].islower():
                yield Name(at, at, "tailed", 0.8, end=match.end())


def _joined(claim: Name, claims: Iterable[Name]) -> Name:
    """Return a claim with a listed name that runs into it: "Marsham and Lisle Steam Company"."""
    firsts = (c.first for c in claims if c.rule == "listed" and c.first < claim.first <= c.last)
    return replace(claim, first=min([claim.first, *firsts]))


def _doubtful(found: Scan, claim: Name) -> Name:
    """Return a claim on what is a journal's name too, less certain without an article."""
    journal = found.names.known(found.text(claim.first, claim.last), "newspaper", "periodical")
    return replace(claim, certainty=0.8) if journal and not found.before(claim.first) else claim


def _numbered(found: Scan, code: str) -> Iterator[Name]:
    """Yield what a number in figures makes one of many: "the 42nd Regiment"."""
    numbered = words_of(code, "organisations", "numbered")
    for at, word in enumerate(found.words):
        if word.form in numbered and _ordinal(found, at):
            last = at
            while found.joint(last) == " " and found.form(last + 1) in numbered:
                last += 1
            yield Name(at, last, "numbered", 0.8)


def _ordinal(found: Scan, at: int) -> int:
    """Return how long the number in figures before word ``at`` is, 0 where there is none."""
    start = found.words[at].start
    number = ORDINAL.search(found.source.folded, max(0, start - LONGEST_ORDINAL), start)
    return len(number[0]) if number else 0


def _led(found: Scan, letter: Letter) -> Iterator[Name]:
    """Yield what is called after a person: "the Marsham group"."""
    code = letter.language
    led, governing = (words_of(code, "organisations", key) for key in ("led", "governing"))
    the = words_of(code, "places", "the")
    for person in people(found, letter):
        if person.first == person.last and found.sort(person.first) in "Ff":
            continue
        after = found.after(person.last)
        if after in led and found.before(person.first) in the and found.joint(person.last) != "'":
            kind = "government" if after in governing else ""
            yield Name(person.first, person.last, "led", 0.75, kind)


def _known(found: Scan) -> Iterator[Name]:
    """Yield single words that the gazetteer knows and that are no common words."""
    forms = _single(found.names)
    for at, word in enumerate(found.words):
        if word.form in forms and found.sort(at) not in "WwqXfFG":
            yield Name(at, at, "known", 0.8, forms[word.form])


@lru_cache(maxsize=4)
def _single(names: Names) -> Mapping[str, str]:
    """Return the class of every organisation that is called by one word."""
    return {
        form: kind
        for kind in reversed(ORGANISATIONS)
        for form in names.table.get(kind, ())
        if " " not in form
    }


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
    """Yield the short forms that stand in brackets after a name, or before it, everywhere."""
    forms = {form: org.kind for org in known if (form := _short_form(found, org))}
    stopped = [form for form in forms if "." in form]
    for at, word in enumerate(found.words):
        if word.form in forms:
            yield Name(at, at, "acronym", 0.95, forms[word.form])
        for form in stopped:
            if found.source.folded.startswith(form, word.start):
                last = at + form.count(".") - 1
                yield Name(at, min(last, len(found.words) - 1), "acronym", 0.95, forms[form])


def _short_form(found: Scan, org: Name) -> str:
    """Return the acronym of a name: "NRL" in "National Radical League (NRL)"."""
    text, start = found.source.folded, found.words[org.first].start
    match = ACRONYM.match(text, org.end or found.words[org.last].end)
    if match is None and text[max(0, start - 1) : start] in "( ":
        match = EXPANDED.search(text, max(0, start - LONGEST_EXPANDED), start)
        match = match if match and text[start] == match["form"][0] else None
    form = match["form"] if match else ""
    capitals = sum(letter.isupper() for letter in form)
    return form if capitals > 1 and not found.names.known(form, *PLACES) else ""


def _values(org: Name) -> dict[str, str]:
    values = {"type": org.kind} if org.kind else {}
    return values | {"metonymy": "place"} if org.rule == "capital" else values


def _span(found: Scan, org: Name, code: str) -> Span:
    """Return the span with what belongs to the name and has no capital.

    That is the word that makes a capital a government ("Moscow leadership"), the stop of
    "Co.", a party's branch ("CPSU(B)") and the number of a regiment.
    """
    span = found.span(org.first, org.last)
    if org.rule in ("leadership", "led"):
        after = found.after(org.last)
        return Span(span.start, found.source.folded.index(after, span.end) + len(after))
    stopped = found.sort(org.last) == "I" or found.form(org.last) in words_of(
        code, "places", "stopped"
    )
    end = org.end or span.end + (stopped and found.follows(org.last, "."))
    if found.form(org.last).isupper() and (branch := BRANCH.match(found.source.folded, end)):
        end = branch.end()
    numbered = words_of(code, "organisations", "numbered")
    counted = not numbered.isdisjoint(found.form(at) for at in range(org.first, org.last + 1))
    return Span(span.start - (_ordinal(found, org.first) if counted else 0), end)
