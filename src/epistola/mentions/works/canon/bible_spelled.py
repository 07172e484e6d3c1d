"""Read chapters that are spelled out: "the 4th chapter of Isaiah", "the 23d Psalm"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from epistola import language
from epistola.mentions.works.canon.bible import CERTAINTY, Books, books_of
from epistola.mentions.works.canon.numbered import WORD
from epistola.mentions.works.canon.readings import Reading, figures
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

LONGEST = 4
"""Words in the name of a book, at most."""
LONG_LABEL = 5
"""Letters of a label that is a word ("chapter") and no abbreviation, at least."""
GOES_ON = re.compile(r"'s|-|[ ][A-ZÀ-Þ]")
"""After a name that is not a book's: "Daniel Deronda", "Mark's"."""
NUMBER = r"(?P<n>\d{1,3}|[ivxlc]+|[IVXLC]+)"


class Words(NamedTuple):
    """How one language spells a chapter out; ``nth`` is the number before it."""

    chapter: re.Pattern[str]
    psalm: re.Pattern[str]
    nth: re.Pattern[str]
    ordinals: dict[str, str]
    tens: dict[str, int]


@cache
def _words(code: str) -> Words | None:
    data = language.load(code).get("bible")
    if data is None:
        return None
    ordinals = {word: str(n) for n, word in enumerate(data["ordinals"].split(), 1)}
    written = "|".join(sorted(ordinals, key=len, reverse=True))
    labels = [label for label in data["chapter"].split() if len(label) >= LONG_LABEL]
    label = "|".join(form for label in labels for form in (label, label.capitalize()))
    of, fill, saint = (
        "|".join(re.escape(word) for word in data[key].split()) for key in ("of", "fill", "saint")
    )
    named = rf"(?:{of})(?:(?<=')|[ \n])(?:(?:{fill})[ \n]){{0,3}}(?P<saint>(?:{saint})\.?[ ])?"
    return Words(
        re.compile(rf"(?:{label})(?![^\W_])(?:\.?[ \n]{NUMBER}(?![^\W_]))?(?P<of>[ \n]{named})"),
        re.compile(rf"{data['psalm']}(?![^\W_])"),
        re.compile(
            rf"(?<![^\W_])(?P<tens>\w+-\n?)?"
            rf"(?P<nth>\d{{1,3}}[a-zè]{{0,3}}\.?|(?:{written})[nrs]?)[ \n]$"
        ),
        ordinals,
        {word: 10 * n for n, word in enumerate(data["tens"].split(), 2)},
    )


def spelled(text: str, code: str) -> Iterator[Reading]:
    """Yield the chapters of books of the Bible that ``text`` spells out."""
    words = _words(code)
    if words is None:
        return
    books = books_of(code)
    for match in words.chapter.finditer(text):
        yield from _chapter(text, match, words, books)
    for match in words.psalm.finditer(text):
        yield from _psalm(text, match, words, books)


def _before(text: str, start: int, words: Words) -> tuple[int, str]:
    """Return where the ordinal before ``start`` begins, and its number if there is one."""
    match = words.nth.search(text, max(0, start - 26), start)
    if match is None:
        return start, ""
    digits = "".join(char for char in match["nth"] if char.isdecimal())
    word = match["nth"]
    number = digits or words.ordinals.get(word) or words.ordinals.get(word[:-1], "")
    if match["tens"]:
        tens = words.tens.get(match["tens"].rstrip("-\n").lower())
        number = str(tens + int(number)) if tens and number else ""
    return match.start(), number


def _psalm(text: str, match: re.Match[str], words: Words, books: Books) -> Iterator[Reading]:
    start, number = _before(text, match.start(), words)
    name, chapters = books.names[match.group()]
    if number and 0 < int(number) <= chapters:
        scope = Scope(Span(start, match.start() - 1), "chapter", number)
        span, title = Span(start, match.end()), Span(*match.span())
        yield Reading("bible", span, name, title, (scope,), CERTAINTY)


def _chapter(text: str, match: re.Match[str], words: Words, books: Books) -> Iterator[Reading]:
    start, number = match.start(), figures(match["n"] or "")
    if not number:
        start, number = _before(text, match.start(), words)
    found = _named(text, match.end(), books)
    if found is None or not number or not 0 < int(number) <= found[2]:
        return
    end, name, _ = found
    title = Span(match.start("saint") if match["saint"] else match.end(), end)
    scope = Scope(Span(start, match.start("of")), "chapter", number)
    yield Reading("bible", Span(start, end), name, title, (scope,), CERTAINTY)


def _named(text: str, at: int, books: Books) -> tuple[int, str, int] | None:
    """Return the end of the name of a book at ``at``, the book and its chapters."""
    row = list(WORD.finditer(text, at, at + 40))[:LONGEST]
    if not row or row[0].start() != at:
        return None
    for size in range(len(row), 0, -1):
        first, *rest = (word.group() for word in row[:size])
        key = " ".join([books.numerals.get(first, first) if rest else first, *rest])
        if key in books.names:
            end = row[size - 1].end()
            return None if GOES_ON.match(text, end) else (end, *books.names[key])
    return None
