"""Find the names of places: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import PLACES, Scan, in_titles, scan, words_of
from epistola.mentions.persons import taken_by_persons
from epistola.mentions.phrases import listed, phrases, small_places
from epistola.model import Annotation, Letter, Source, Span

NUMBER = re.compile(r"(?<![\w.])(?:No\.?\s?)?\d{1,3}[a-d]?[.,]?\s$", re.IGNORECASE)
STOPPED = frozenset(("St", "Stt", "Str", "Sq", "Sqre", "Rd", "Ave"))


@dataclass(frozen=True, slots=True)
class Place:
    """A place's name as words of a scan, its class, and the rule that found it."""

    first: int
    last: int
    rule: str
    certainty: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that show what is a place."""

    into: frozenset[str]
    to: frozenset[str]
    numbered: frozenset[str]
    alone: frozenset[str]
    suffixes: tuple[str, ...]
    states: frozenset[str]
    governing: frozenset[str]
    governed: frozenset[str]
    acting: frozenset[str]


@cache
def place_words(code: str) -> Words:
    """Return the words of the language ``code`` that show what is a place."""
    table = load(code).get("places", {})
    into, to, numbered, alone, suffixes, states, governing, governed, acting = (
        words_of(table, key)
        for key in "in to numbered alone suffixes states governing governed acting".split()
    )
    return Words(
        into,
        into | to,
        numbered,
        alone,
        tuple(sorted(suffixes)),
        states,
        governing,
        governed,
        acting,
    )


def places(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of a place; ``values["type"]`` is its class where one is known."""
    found = scan(source, letter, names)
    words = place_words(letter.language)
    for place in sites(found, letter):
        values = {"type": place.kind} if place.kind else {}
        yield Annotation(
            _span(found, place, words), "place", f"places.{place.rule}", values, None, place.certainty
        )


@lru_cache(maxsize=4)
def sites(found: Scan, letter: Letter) -> tuple[Place, ...]:
    """Return the places of a scan, none inside another, in the order of the text."""
    taken = set(taken_by_persons(found, letter)) | set(in_titles(found))
    words = place_words(letter.language)
    result: list[Place] = []
    for claims in (
        _listed(found, taken),
        _keyword(found, letter),
        _lower(found, letter),
        _headed(found),
        _single(found, words),
        _after(found, words),
    ):
        result += _free(claims, taken)
    named = frozenset(taken_by_persons(found, letter)) | {
        at for place in result for at in range(place.first, place.last + 1)
    }
    result += _free(_address(found, named), taken)
    forms = {found.words[place.first].form for place in result if place.first == place.last}
    result += _free(_again(found, forms), taken)
    return tuple(sorted(result, key=lambda place: place.first))


def _free(claims: Iterable[Place], taken: set[int]) -> list[Place]:
    kept = []
    for place in claims:
        words = range(place.first, place.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(place)
    return kept


def _listed(found: Scan, taken: set[int]) -> Iterator[Place]:
    for phrase in listed(found, PLACES):
        if phrase.first not in taken:
            yield Place(phrase.first, phrase.last, "listed", 0.95, phrase.rule)


def _keyword(found: Scan, letter: Letter) -> Iterator[Place]:
    for phrase in phrases(found, letter.language, "places"):
        yield Place(phrase.first, phrase.last, phrase.rule, 0.85)


def _lower(found: Scan, letter: Letter) -> Iterator[Place]:
    """Yield "Bow street", "Grove house": the keyword small, as older letters have it."""
    for at in small_places(found, letter.language):
        yield Place(at, at, "lower", 0.7)


def _headed(found: Scan) -> Iterator[Place]:
    """Yield the place of a dateline: what opens a line and has a date after it."""
    for at, word in enumerate(found.words):
        if not word.heads or found.sort(at) not in "NAspbqPw":
            continue
        last = at
        while last + 1 < len(found.words) and found.joint(last) in " -" and found.sort(last + 1) in "NspbqPwW":
            last += 1
        if not word.form.isupper() and _dates(found, last):
            yield Place(at, last, "dateline", 0.85)


def _address(found: Scan, named: frozenset[int]) -> Iterator[Place]:
    """Yield what fills a line under a person or a place in an address."""
    text = found.source.folded
    for at, word in enumerate(found.words):
        if not at or at - 1 not in named or not word.heads or found.sort(at) not in "NAspbq":
            continue
        lines = text[found.words[at - 1].end : word.start]
        if lines.count("\n") == 1 and not lines.strip(" \n.,") and re.match(r"[.,]?\s*(\n|$)", text[word.end :word.end + 4]):
            yield Place(at, at, "address", 0.75)


def _dates(found: Scan, last: int) -> bool:
    """Return whether a figure or the name of a month or day follows the word ``last``."""
    text, end = found.source.folded, found.words[last].end
    rest = text[end : end + 24].lstrip(" .,\n[(")
    return rest[:1].isdigit() or (last + 1 < len(found.words) and found.sort(last + 1) == "X")


def _single(found: Scan, words: Words) -> Iterator[Place]:
    for at, word in enumerate(found.words):
        sort, before = found.sort(at), found.before(at)
        if sort == "P" and not acts(found, words, at):
            kind = _class(found, at)
            if kind != "bloc" or before == "the":
                yield Place(at, at, "known", 0.95, kind)
        elif sort in "pb" and not acts(found, words, at):
            rule, certainty = ("known", 0.85) if before in words.to else ("bare", 0.6)
            yield Place(at, at, rule, certainty, _class(found, at))
        elif sort == "q" and before in words.to and not word.opens:
            yield Place(at, at, "word", 0.8, _class(found, at))
        elif sort in "NAs" and word.form.endswith(words.suffixes) and len(word.form) > 7:
            yield Place(at, at, "suffix", 0.9, "region")
        elif sort == "D" and found.after(at) in words.states:
            yield Place(at, at, "state", 0.7, "country")
        elif word.form in words.alone and before in words.to and found.joint(at) not in " o-":
            yield Place(at, at, "alone", 0.7)


def _after(found: Scan, words: Words) -> Iterator[Place]:
    """Yield unknown words after "in", "at" and the like, unless they own something."""
    for at, word in enumerate(found.words):
        if found.sort(at) != "N" or found.before(at) not in words.into or word.form.isupper():
            continue
        if found.joint(at) not in "' -d" and not found.source.folded.startswith("'", word.end):
            yield Place(at, at, "after", 0.6)


def _again(found: Scan, forms: set[str]) -> Iterator[Place]:
    for at, word in enumerate(found.words):
        if word.form in forms and found.sort(at) in "NAspbq" and not word.opens:
            yield Place(at, at, "again", 0.7)


def acts(found: Scan, words: Words, at: int) -> bool:
    """Return whether a capital stands for its government: "imposed by Moscow"."""
    if not found.names.known(found.words[at].form, "capital"):
        return False
    text, word = found.source.folded, found.words[at]
    before = text[max(0, word.start - 30) : word.start].split()
    governed = len(before) > 1 and before[-1] in ("by", "to", "from") and before[-2] in words.governed
    after = found.after(at)
    owns = text.startswith("'s", word.end) and after in words.governing
    return governed or owns or after in words.acting


def _class(found: Scan, at: int) -> str:
    form = found.words[at].form
    return next((name for name in PLACES if form in found.names.table.get(name, ())), "")


def _span(found: Scan, place: Place, words: Words) -> Span:
    """Return the span with a house number, a small keyword and the stop of "St."."""
    span, text = found.span(place.first, place.last), found.source.folded
    start, end = span.start, span.end
    last = found.words[place.last].form
    if place.rule in ("lower", "state"):
        end = text.index(found.after(place.last), end) + len(found.after(place.last))
    elif last in STOPPED and text[end : end + 1] == ".":
        end += 1
    if last in words.numbered or place.rule == "lower":
        number = NUMBER.search(text[max(0, start - 10) : start])
        start -= len(number[0]) if number else 0
    return Span(start, end)
