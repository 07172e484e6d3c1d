"""Find the names of events: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.language.patterns import any_of
from epistola.mentions.names.capitals import SURE_PLACES, Scan, scan, words_of
from epistola.mentions.names.phrases import in_works, listed, listed_small, phrases
from epistola.model import Annotation, Letter, Source, Span

NAMED = "SsNApbPD"
PLACED = "SsNpbqPD"
TOWNS = "Ppb"
YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[-\u2013/]\d{1,4})?(?![\w/-])")
LONGEST_JOINING = 6
LONGEST_BEFORE = 40
"""Characters in which the words before a year or a place stand."""

Claim = tuple[int, Annotation]
"""An event and the capitalised word at which it begins, none where it has no capital."""
NO_WORD = -1


def events(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of an event, without a leading article; the longest where two overlap."""
    found, code = scan(source, letter, names), letter.language
    titles = in_works(found, code)
    rules = (_listed, _keyword, _small, _placed, _dated, _plain)
    claims = [claim for rule in rules for claim in rule(found, code)]
    end = 0
    for first, event in sorted(claims, key=lambda claim: (claim[1].span.start, -claim[1].span.end)):
        if first not in titles and event.span.start >= end:
            end = event.span.end
            yield event


def _event(span: Span, rule: str, certainty: float) -> Annotation:
    return Annotation(span, "event", f"events.{rule}", certainty=certainty)


def _listed(found: Scan, code: str) -> Iterator[Claim]:
    """Yield events that the gazetteer knows."""
    for name in listed(found, ("event",)):
        yield name.first, _event(found.span(name.first, name.last), "listed", 0.95)
    for name in listed_small(found, code, ("event",)):
        yield name.first, _event(Span(found.words[name.first].start, name.end), "listed", 0.95)
    for at, word in enumerate(found.words):
        if found.names.known(word.form, "event"):
            yield at, _event(found.span(at, at), "known", 0.8)


def _keyword(found: Scan, code: str) -> Iterator[Claim]:
    """Yield names that hold a word for an event: "Peace of Amiens", "Crimean War"."""
    for name in phrases(found, code, "events"):
        yield name.first, _event(found.span(name.first, name.last), name.rule, 0.85)


@cache
def _tail(code: str) -> re.Pattern[str]:
    """Return the pattern of what makes an event of a name: " missile crisis", " treaty with"."""
    between, small, joined = (
        any_of(words_of(code, "events", key)) for key in ("between", "small", "with")
    )
    return re.compile(
        rf"(?:\s(?:{between}))?\s(?P<small>{small})\b(?:\s(?P<with>{joined})\s(?=[A-Z]))?"
    )


@cache
def _month_tail(code: str) -> re.Pattern[str]:
    """Return the pattern of what makes an event of a month: " revolution"."""
    return re.compile(rf"\s(?:{any_of(words_of(code, 'events', 'monthly'))})\b")


def _small(found: Scan, code: str) -> Iterator[Claim]:
    """Yield a name with a keyword written small: "Cuban missile crisis", "X-Y treaty with Z"."""
    text, tails, month_tails = found.source.folded, _tail(code), _month_tail(code)
    months, towned = words_of(code, "persons", "calendar"), words_of(code, "events", "towned")
    for at, word in enumerate(found.words):
        if found.sort(at) == "X":
            if word.form in months and (tail := month_tails.match(text, word.end)):
                yield at, _event(Span(word.start, tail.end()), "small", 0.85)
        elif found.sort(at) in NAMED and (tail := tails.match(text, word.end)):
            if tail["small"] in towned and found.sort(at) not in TOWNS:
                continue
            end = found.words[at + 1].end if tail["with"] else tail.end()
            first = _first(found, at)
            yield first, _event(Span(found.words[first].start, end), "small", 0.75)


def _first(found: Scan, at: int) -> int:
    """Return the first word of the name that ends with word ``at``: "Franco-Prussian"."""
    first = at
    while first and found.joint(first - 1) == "-" and found.sort(first - 1) in NAMED:
        first -= 1
    whole = first and found.joint(first - 1) == " " and found.sort(first - 1) in NAMED + "W"
    if whole and found.names.known(found.text(first - 1, at), "demonym", "settlement", "region"):
        return first - 1
    return first


# ---------------------------------------------------------------- "the battle of Waterloo"


@cache
def _of_place(code: str) -> re.Pattern[str]:
    """Return the pattern of a keyword before a place: "battle of the "."""
    placed = any_of(words_of(code, "events", "placed"))
    joining, the = any_of(_joining(code)), any_of(_the(code))
    return re.compile(rf"\b(?P<what>{placed})\s(?:{joining})(?:\s|(?<='))(?:{the}\s)?$")


def _joining(code: str) -> frozenset[str]:
    return words_of(code, "events", "joining")


def _the(code: str) -> frozenset[str]:
    return words_of(code, "places", "the")


def _placed(found: Scan, code: str) -> Iterator[Claim]:
    """Yield "battle of" and the like before a place or an unknown name."""
    joining = _joining(code) | _the(code)
    agreed, text = words_of(code, "events", "agreed"), found.source.folded
    for at, word in enumerate(found.words):
        ending = text[max(0, word.start - LONGEST_JOINING) : word.start].split()
        if found.sort(at) not in PLACED or not joining.intersection(ending[-1:]):
            continue
        before = _of_place(code).search(text, max(0, word.start - LONGEST_BEFORE), word.start)
        if before is None or (before["what"] in agreed and not _is_town(found, at)):
            continue
        last = at
        while found.joint(last) in " -" and found.sort(last + 1) in PLACED + "G":
            last += 1
        yield at, _event(Span(before.start(), found.words[last].end), "placed", 0.8)


def _is_town(found: Scan, at: int) -> bool:
    """Return whether agreements are called by word ``at``: a town, but no country."""
    known, form = found.names.known, found.form(at)
    return known(form, "settlement", "capital") or not known(form, *SURE_PLACES)


# ---------------------------------------------------------------- "the 1848 Revolution"


@cache
def _before_year(code: str) -> re.Pattern[str]:
    """Return the pattern of what a year may follow: "Revolution of "."""
    solemn = load(code)["events"].get("solemn", ())
    return re.compile(
        rf"\b(?:{any_of({*_dated_words(code), *solemn})})\s(?:{any_of(_joining(code))})\s$"
    )


@cache
def _after_year(code: str) -> re.Pattern[str]:
    """Return the pattern of what may follow a year: " General Strike"."""
    return re.compile(rf"\s(?:{any_of(_dated_words(code))})\b")


def _dated_words(code: str) -> set[str]:
    words = load(code)["events"].get("dated", ())
    return {*words, *(word.title() for word in words)}


def _dated(found: Scan, code: str) -> Iterator[Claim]:
    """Yield a keyword that a year makes a name: "the 1848 Revolution", "Revolution of 1848"."""
    text, starts = found.source.folded, [word.start for word in found.words]
    determiners = words_of(code, "persons", "determiners")
    for year in YEAR.finditer(text):
        start, end = year.span()
        before = text[max(0, start - LONGEST_BEFORE) : start]
        if before[-1:].strip(" \n(\"'"):
            continue
        after = _after_year(code).match(text, end)
        if after and determiners.intersection(before.split()[-1:]):
            end = after.end()
        elif named := _before_year(code).search(before):
            start += named.start() - len(before)
        else:
            continue
        first = bisect_left(starts, start)
        inside = first < len(starts) and starts[first] < end
        yield first if inside else NO_WORD, _event(Span(start, end), "dated", 0.8)


# ---------------------------------------------------------------- without any capital


def _plain(found: Scan, code: str) -> Iterator[Claim]:
    """Yield names that are written without a capital too: "first world war"."""
    for name in load(code).get("events", {}).get("plain", "").split(";"):
        at = found.source.folded.find(name.strip()) if name.strip() else -1
        while at >= 0:
            end = at + len(name.strip())
            yield NO_WORD, _event(Span(at, end), "plain", 0.8)
            at = found.source.folded.find(name.strip(), end)
