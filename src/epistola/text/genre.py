"""Decide what kind of text a page is: a letter only where the page shows it.

The title may name the genre. Else what letters have and other texts lack is counted: a
salutation, leave taken, a day and place, a heading that names an addressee, "you" and "I".
No single one is enough, for speeches have salutations, and prefaces dates and signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from epistola import language as languages
from epistola.model import Annotation, Fact, Field, Source, Span
from epistola.text.words import words_of

WORDS = re.compile(r"[^\W\d_]+")
PAUSE = re.compile(r"\s[-–—]\s|[,:;(–—]|\s-\s")
NUMERIC = re.compile(r"\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?\d{2,4}\b")
NUMBERED = re.compile(r"(?:\d{1,4}|[IVXLCDM]+)\s?[.:)–—-]")
ISSUE = re.compile(
    r"\b(?:vol|volume|no|nr|number|issue|heft|jg|bd|tome)\b\.?\s*[\divxlc]", re.IGNORECASE
)
ENOUGH = 3
"""So much must speak for a letter, and one more on a page that has a title or credits."""
EARLY = 3
"""A salutation within a later paragraph opens no letter."""
TALK = 2
MOST_TITLES = 3
LONGEST_GENRE = 4


def genre_of(
    source: Source,
    parts: Sequence[Annotation],
    titles: Sequence[Fact],
    fields: Sequence[Field],
    language: str,
) -> str:
    """Return the key of a genre in the catalogue of genres, or nothing where none shows.

    ``titles`` are the title and subtitles, ``fields`` the lines of metadata.
    """
    headings = tuple(_headings(source, parts))
    named = named_genre([*titles[:MOST_TITLES], *headings], language)
    if named and named != "letter":
        return named
    if not named and (crowd := _to_crowd(source, parts, language)):
        return crowd
    titled = any(NUMBERED.match(title.value) is None for title in titles)
    on_page = titled or any(field.kind != "updated" for field in fields)
    weight = sum(_evidence(source, parts, language)) + (ENOUGH + 1 if named else 0)
    if weight < ENOUGH + on_page:
        return ""
    printed = any(f.kind == "source" and ISSUE.search(source[f.value]) for f in fields)
    personal = any(a.kind == "salute" for a in parts) or bool(headings)
    return "letterToJournal" if printed and titles and not personal else "letter"


def named_genre(titles: Sequence[Fact], language: str) -> str:
    """Return the genre that a title or a subtitle names.

    Its words open the title or what stands after a pause in it: "Bread: A Lecture".
    """
    genres = languages.load(language)["genres"]
    for title in titles:
        for part in PAUSE.split(title.value):
            words = [word.lower() for word in WORDS.findall(part)[:LONGEST_GENRE]]
            openings = {" ".join(words[:count]) for count in range(1, len(words) + 1)}
            for genre, names in genres.items():
                if genre != "crowd" and not openings.isdisjoint(names):
                    return str(genre)
    return ""


def _evidence(source: Source, parts: Sequence[Annotation], language: str) -> Iterator[int]:
    """Yield the weight of each thing that speaks for a letter."""
    kinds = {a.kind for a in parts}
    yield 2 * (_early_salute(parts) is not None)
    yield 2 * ("valediction" in kinds)
    yield 1 * ("signed" in kinds)
    yield 1 * ("postscript" in kinds)
    yield 2 * any(_headings(source, parts))
    yield 2 * any(_is_dated(source, a, language) for a in parts if a.kind == "dateline")
    yield _number(source, parts, language)
    yield 1 * _is_talk(source, language)


def _early_salute(parts: Sequence[Annotation]) -> Annotation | None:
    """Return the salutation that opens the text, alone or in one of the first paragraphs."""
    ends = [a.span.end for a in parts if a.kind == "p"][:EARLY]
    last = max(ends, default=None)
    salutes = (a for a in parts if a.kind == "salute")
    return next((a for a in salutes if last is None or a.span.start < last), None)


def _headings(source: Source, parts: Sequence[Annotation]) -> Iterator[Fact]:
    """Yield the headings that name who writes to whom; none in brackets does."""
    for part in parts:
        if part.kind == "head" and part.rule == "letter.heading" and source[part.span][0] != "(":
            yield Fact(" ".join(source[part.span].split()), part.span, part.rule)


def _is_dated(source: Source, dateline: Annotation, language: str) -> bool:
    """Return whether a dateline names a month or a day, and is none under a title: "(1898)"."""
    if dateline.rule == "letter.dated":
        return False
    words = words_of(language)
    text = source.folded[dateline.span.start : dateline.span.end].lower()
    calendar = words.calendar | words.weekdays
    return not calendar.isdisjoint(WORDS.findall(text)) or NUMERIC.search(text) is not None


def _number(source: Source, parts: Sequence[Annotation], language: str) -> int:
    """Return how much a number above the text weighs: "63." less than "LETTER LXIII."."""
    words = languages.load(language)["letter"]["heading"]
    for part in parts:
        if part.kind == "head" and part.rule == "letter.number":
            found = [word.lower() for word in WORDS.findall(source[part.span])]
            return 2 if any(word in words for word in found) else 1
    return int(any(NUMBERED.match(source[part.span]) for part in parts if part.kind == "head"))


def _is_talk(source: Source, language: str) -> bool:
    """Return whether somebody speaks to somebody: "I" and "you", each more than once."""
    talk = languages.load(language)["letter"]["talk"]
    words = [word.lower() for word in WORDS.findall(source.folded)]
    return all(sum(word in group for word in words) >= TALK for group in map(str.split, talk))


def _to_crowd(source: Source, parts: Sequence[Annotation], language: str) -> str:
    """Return what a text is that speaks to all: a speech, or an appeal if it is signed.

    "Fellow citizens," and "To the Electors" name nobody to whom a letter could be sent.
    """
    crowd = languages.load(language)["genres"]["crowd"]
    salute = _early_salute(parts)
    spans = [salute.span] if salute else []
    spans += [a.span for a in parts if a.kind in {"head", "address"}]
    if not any(_names_crowd(source, span, crowd) for span in spans):
        return ""
    kinds = {a.kind for a in parts}
    return "appeal" if kinds & {"valediction", "signed"} else "speech"


def _names_crowd(source: Source, span: Span, crowd: Sequence[str]) -> bool:
    text = " ".join(word.lower() for word in WORDS.findall(source[span]))
    return any(f"{text} ".startswith((f"{p} of ", f"{p} and ")) or text == p for p in crowd)
