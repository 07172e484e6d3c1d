"""Find the names of places: what the gazetteer knows, and names that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import (
    ORGANISATIONS,
    PLACES,
    SURE_PLACES,
    Scan,
    scan,
    words_of,
)
from epistola.mentions.names.persons import in_persons
from epistola.mentions.names.phrases import (
    Name,
    free,
    in_works,
    is_place,
    listed,
    listed_small,
    phrases,
    small_places,
    street_start,
    streets,
    within,
    words_in,
)
from epistola.model import Annotation, Letter, Source, Span

NUMBER = re.compile(r"(?<![\w.])(?:n[or]\.?\s?)?\d{1,3}[a-d]?[.,]?\s$", re.IGNORECASE)
DATE = re.compile(
    r"[.,:]?\s{1,3}(?:[\[(]?(?:1\d|20)\d\d\b"
    r"|(?:\d{1,2}\s?(?:st|nd|rd|th|d|h)?[.,]?\s)?(?P<month>[A-Z]\w+))"
)
LINE_END = re.compile(r"[.,]?[ \t]*(?:\n|$)")
NUMBER_AFTER = re.compile(r"(?:(?<=str)\.|,)?\s\d{1,3}[a-d]?\b(?!\.?\s?[A-Z\d])")
SHORTEST_WITH_SUFFIX = 8


def places(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of a place; ``values["type"]`` is its class where one is known."""
    found = scan(source, letter, names)
    for place in sites(found, letter):
        mention = place_mention(found, place, letter.language)
        above = mention.certainty < ABOVE_DATE and _is_above_date(source, letter, mention.span)
        yield replace(mention, certainty=ABOVE_DATE) if above else mention


def place_mention(found: Scan, place: Name, code: str) -> Annotation:
    """Return the mention that ``place`` is, with what belongs to the name around its words."""
    span, rule = _span(found, place, code), f"places.{place.rule}"
    values = {"type": place.kind} if place.kind else {}
    return Annotation(span, "place", rule, values, None, place.certainty)


def _is_above_date(source: Source, letter: Letter, span: Span) -> bool:
    """Return whether a place fills the line above the date of a letter."""
    date = letter.dateline.span if letter.dateline and letter.addressee else None
    if date is None or not span.end <= date.start <= span.end + len(".,\n"):
        return False
    starts = source.position(span.start)[1] == 1 and source.position(date.start)[1] == 1
    return starts and source.text[date.start] not in "(["


ABOVE_DATE = 0.9
"""More than a line above is worth as a heading."""


@lru_cache(maxsize=4)
def sites(found: Scan, letter: Letter) -> tuple[Name, ...]:
    """Return the places of a scan, none inside another, in the order of the text."""
    code, persons = letter.language, in_persons(found, letter)
    taken = {*persons, *in_works(found, code), *_inside(found, code)}
    result: list[Name] = []
    for claims in (
        streets(found, code),
        _listed(found, code),
        _keyword(found, code),
        _small(found, code),
        _datelines(found, code),
        _known(found, code),
        _after(found, code),
    ):
        result += free(claims, taken)
    result += free(_addresses(found, persons, result), taken)
    single = (place for place in result if place.first == place.last and place.rule != "after")
    forms = {found.form(place.first) for place in single}
    result += free(_again(found, forms), taken)
    return tuple(sorted(result, key=lambda place: place.first))


def _inside(found: Scan, code: str) -> Iterator[int]:
    """Yield the words of longer names that a place is no mention in: "London Peace Society"."""
    longer = [*phrases(found, code, "organisations"), *phrases(found, code, "events")]
    longer += listed(found, (*ORGANISATIONS, "event"))
    sites = phrases(found, code, "places")
    return words_in(
        name
        for name in longer
        if not is_place(found, name.first, name.last) and not within(name, sites)
    )


def _listed(found: Scan, code: str) -> Iterator[Name]:
    """Yield names of several words that the gazetteer knows."""
    yield from listed_small(found, code, PLACES)
    for name in listed(found, PLACES, 0.9):
        if is_place(found, name.first, name.last):
            yield replace(name, certainty=0.95) if name.kind in SURE_PLACES else name


def _keyword(found: Scan, code: str) -> Iterator[Name]:
    """Yield names that hold a word for a place: "Wimpole Street", "Isle of Wight"."""
    for name in phrases(found, code, "places"):
        yield Name(name.first, name.last, name.rule, 0.8)


def _small(found: Scan, code: str) -> Iterator[Name]:
    """Yield "Bow street", "Grove house": the keyword small, as older letters have it."""
    named = small_places(found, code).difference(words_in(streets(found, code)))
    return (Name(at, at, "small", 0.7) for at in sorted(named))


def _datelines(found: Scan, code: str) -> Iterator[Name]:
    """Yield what opens a line and has a date after it."""
    for at, word in enumerate(found.words):
        if not found.starts_line(at) or found.sort(at) not in "NAspbqPw" or word.form.isupper():
            continue
        last = at
        while found.joint(last) in " -" and found.sort(last + 1) in "NspbqPwW":
            last += 1
        if _dated(found, last, code):
            yield Name(at, last, "dateline", 0.8)


def _dated(found: Scan, last: int, code: str) -> bool:
    """Return whether a year, a month or a day of the week follows word ``last``."""
    date = DATE.match(found.source.folded, found.words[last].end)
    if not date:
        return False
    return not date["month"] or date["month"] in words_of(code, "persons", "calendar")


def _known(found: Scan, code: str) -> Iterator[Name]:
    """Yield single words that the gazetteer knows, that end as places do, or that "in" marks."""
    to = words_of(code, "places", "in", "to")
    for at, word in enumerate(found.words):
        sort, before = found.sort(at), found.before(at)
        if sort in "Ppb" and is_place(found, at, at):
            yield from _listed_word(found, code, at)
        elif sort == "q" and before in to and not word.opens and not _is_paper(found, at):
            yield Name(at, at, "word", 0.8, class_of(found, at))
        elif sort in "NAsU" and _has_suffix(word.form, code):
            yield Name(at, at, "suffix", 0.9, " ".join(words_of(code, "places", "suffixed")))
        elif sort == "D" and found.after(at) in words_of(code, "places", "states"):
            yield Name(at, at, "state", 0.7, "country")
        elif word.form in words_of(code, "places", "alone") and before in to and _ends(found, at):
            yield Name(at, at, "alone", 0.5)


def _is_paper(found: Scan, at: int) -> bool:
    """Return whether a word is a journal's name: "in Tribune"."""
    return found.names.known(found.form(at), "newspaper", "periodical")


def _listed_word(found: Scan, code: str, at: int) -> Iterator[Name]:
    kind, before = class_of(found, at), found.before(at)
    bound = found.form(at) in words_of(code, "places", "bound")
    whole = found.joint(at) not in " -" and before in words_of(code, "places", "the")
    if acts(found, code, at) or (bound and not whole) or _is_forename(found, code, at):
        return
    if found.sort(at) == "P":
        yield Name(at, at, "known", 0.95 if kind in SURE_PLACES else 0.9, kind)
    elif before in words_of(code, "places", "in", "to"):
        yield Name(at, at, "known", 0.8, kind)


def _is_forename(found: Scan, code: str, at: int) -> bool:
    """Return whether a town's name stands where a person's does: "Edwin Arlington Robinson"."""
    if found.names.known(found.form(at), *SURE_PLACES) or found.joint(at) != " ":
        return False
    after = found.sort(at + 1) in "sS"
    first = bool(at) and found.joint(at - 1) == " " and found.sort(at - 1) == "F"
    return after and (first or found.before(at) not in words_of(code, "places", "in", "to"))


def _has_suffix(form: str, code: str) -> bool:
    suffixes = tuple(words_of(code, "places", "suffixes"))
    return len(form) >= SHORTEST_WITH_SUFFIX and form.endswith(suffixes)


def _ends(found: Scan, at: int) -> bool:
    return found.joint(at) not in " o-"


def _after(found: Scan, code: str) -> Iterator[Name]:
    """Yield unknown words after "in", "at" and the like, or "going to", that own nothing."""
    into = words_of(code, "places", "in")
    doctrines = tuple(words_of(code, "persons", "doctrines"))
    for at, word in enumerate(found.words):
        if found.sort(at) != "N" or word.form.isupper():
            continue
        if found.before(at) not in into and not _is_reached(found, code, at):
            continue
        if _is_paper(found, at) or word.form.endswith(doctrines):
            continue
        if _ends(found, at) and not found.follows(at, "'"):
            yield Name(at, at, "after", 0.5)


@cache
def _motion(code: str) -> re.Pattern[str]:
    """Return the pattern of what leads to a place: "going back to ", "came from "."""
    going, ends = (words_of(code, "places", key) for key in ("going", "goals"))
    if not going:
        return NEVER
    return re.compile(rf"\b(?:{'|'.join(going)})\s(?:\w+\s)?(?:{'|'.join(ends)})\s$")


def _is_reached(found: Scan, code: str, at: int) -> bool:
    """Return whether somebody goes to word ``at`` or comes from it."""
    start = found.words[at].start
    return bool(_motion(code).search(found.source.folded, max(0, start - LONGEST_GOVERNED), start))


def _addresses(found: Scan, persons: frozenset[int], places_: Iterable[Name]) -> Iterator[Name]:
    """Yield what fills a line under a person or a place, as in an address."""
    text, named = found.source.folded, persons | set(words_in(places_))
    for at in range(1, len(found.words)):
        word, above = found.words[at], found.words[at - 1]
        if not word.heads or at - 1 not in named or found.sort(at) not in "NAspbq":
            continue
        if text[above.end : word.start].strip(" .,") == "\n" and LINE_END.match(text, word.end):
            named |= {at}
            yield Name(at, at, "address", 0.7)


def _again(found: Scan, forms: set[str]) -> Iterator[Name]:
    """Yield words that are places elsewhere in the letter."""
    for at, word in enumerate(found.words):
        if word.form in forms and found.sort(at) in "NAspbq" and not word.opens:
            yield Name(at, at, "again", 0.7)


@cache
def _governed(code: str) -> re.Pattern[str]:
    """Return the pattern of what comes before a government: "imposed by"."""
    verbs, by = (sorted(words_of(code, "places", key)) for key in ("governed", "by"))
    return re.compile(rf"\b(?:{'|'.join(verbs)})\s(?:{'|'.join(by)})\s$") if verbs else NEVER


NEVER = re.compile(r"(?!)")
LONGEST_GOVERNED = 30


def acts(found: Scan, code: str, at: int) -> bool:
    """Return whether a capital stands for its government: "imposed by Moscow"."""
    if not found.names.known(found.form(at), "capital"):
        return False
    start = found.words[at].start
    if _governed(code).search(found.source.folded[max(0, start - LONGEST_GOVERNED) : start]):
        return True
    owned = "governing" if found.follows(at, "'s") else "acting"
    return found.after(at) in words_of(code, "places", owned)


def class_of(found: Scan, at: int) -> str:
    """Return the class of places that knows word ``at``, or nothing."""
    form = found.form(at)
    return next((name for name in PLACES if form in found.names.table.get(name, ())), "")


def _span(found: Scan, place: Name, code: str) -> Span:
    """Return the span with a house number, a keyword written small and the stop of "St."."""
    span, text = found.span(place.first, place.last), found.source.folded
    start, end, last = span.start, place.end or span.end, found.form(place.last)
    numbered = words_of(code, "places", "numbered")
    if place.rule in ("small", "state"):
        after = found.after(place.last)
        end = text.index(after, end) + len(after)
    elif _is_stopped(found, place.last, code) and found.follows(place.last, "."):
        end += 1
    sited = place.kind == "site"
    if place.rule == "street":
        start = street_start(found, code, place.first)
    if place.rule in ("small", "street") or sited or {last, found.form(place.first)} & numbered:
        number = NUMBER.search(text[max(0, start - 10) : start])
        counted = sited and number and number[0].rstrip().endswith(".")  # "5. Capitol"
        start -= len(number[0]) if number and not counted else 0
    if _takes_number(place, last, code) and (number := NUMBER_AFTER.match(text, end)):
        end = number.end()
    return Span(start, end)


def _takes_number(place: Name, last: str, code: str) -> bool:
    """Return whether the number of a house follows the name of its street: "Kantstraße 12"."""
    after = tuple(words_of(code, "places", "numbered_after"))
    street = place.kind == "site" or last.lower().endswith(after)
    return bool(after) and street and place.rule != "dateline"


def _is_stopped(found: Scan, at: int, code: str) -> bool:
    """Return whether the stop after word ``at`` is part of a name: "Vernon St.", "U.S.A."."""
    return found.sort(at) == "I" or found.form(at) in words_of(code, "places", "stopped")
