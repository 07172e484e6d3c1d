"""Read chapters that are spelled out: "the 4th chapter of Isaiah", "the 23d Psalm"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from epistola import language
from epistola.mentions.works.canon.bible import CERTAINTY, Books, books_of
from epistola.mentions.works.canon.candidates import WORD
from epistola.mentions.works.canon.readings import Reading, figures
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

LONGEST = 4
"""Words in the name of a book, at most."""
GOES_ON = re.compile(r"'s|-|[ ][A-ZÀ-Þ]")
LONG_LABEL = 5


class Words(NamedTuple):
    """How one language spells a chapter out."""

    chapter: re.Pattern[str]
    psalm: re.Pattern[str]
    ordinals: dict[str, str]


@cache
def _words(code: str) -> Words | None:
    data = language.load(code).get("bible")
    if data is None:
        return None
    ordinals = {word: str(n) for n, word in enumerate(data["ordinals"].split(), 1)}
    labels = "|".join(label for label in data["chapter"].split() if len(label) >= LONG_LABEL)
    words = "|".join(sorted(ordinals, key=len, reverse=True))
    nth = rf"(?<![^\W_])(?P<nth>\d{{1,3}}(?:st|n?d|r?d|th|\.|e|er|ème)|(?:{words})(?:[nrs])?)[ \n]"
    of = "|".join(re.escape(word) for word in data["of"].split())
    saint = "|".join(data["saint"].split())
    named = rf"[ \n](?:(?:{of})[ \n])(?:(?:the|Book|Buch|livre|of|der|des|de|la|Prophet\w*)[ \n]){{0,3}}(?P<saint>(?:{saint})\.?[ ])?"
    number = r"(?P<n>\d{1,3}|[ivxlc]+|[IVXLC]+)"
    return Words(
        re.compile(rf"(?i:{labels})(?:\.?[ \n]{number})?(?={named})(?P<named>{named})"),
        re.compile(rf"{nth}(?P<title>{data['psalm']})(?![^\W_])"),
        ordinals,
    )._replace(chapter=re.compile(rf"(?P<label>(?:{nth})?(?<![^\W_])(?i:{labels})(?:\.?[ \n]{number})?){named}"))


def spelled(text: str, code: str) -> Iterator[Reading]:
    """Yield the chapters of books of the Bible that ``text`` spells out."""
    words = _words(code)
    if words is None:
        return
    books = books_of(code)
    for match in words.chapter.finditer(text):
        yield from _chapter(text, match, words, books)
    for match in words.psalm.finditer(text):
        name, chapters = books.names[match["title"]]
        if 0 < (n := int(_nth(match["nth"], words) or 0)) <= chapters:
            title, scope = Span(*match.span("title")), Scope(Span(*match.span("nth")), "chapter", str(n))
            yield Reading("bible", Span(*match.span()), name, title, (scope,), CERTAINTY)


def _nth(written: str, words: Words) -> str:
    digits = "".join(char for char in written if char.isdecimal())
    stem = written.rstrip("nrs") if written not in words.ordinals else written
    return digits or words.ordinals.get(written) or words.ordinals.get(stem, "")


def _chapter(text: str, match: re.Match[str], words: Words, books: Books) -> Iterator[Reading]:
    number = _nth(match["nth"], words) if match["nth"] else figures(match["n"] or "")
    found = _named(text, match.end(), books)
    if found is None or not number or not 0 < int(number) <= found[2]:
        return
    end, name, _ = found
    title = Span(match.start("saint") if match["saint"] else match.end(), end)
    scope = Scope(Span(*match.span("label")), "chapter", number)
    yield Reading("bible", Span(match.start(), end), name, title, (scope,), CERTAINTY)


def _named(text: str, at: int, books: Books) -> tuple[int, str, int] | None:
    """Return the end of the name of a book at ``at``, the book and its chapters."""
    row = [word for word in WORD.finditer(text, at, at + 40)][:LONGEST]
    for size in range(len(row), 0, -1):
        forms = [word.group() for word in row[:size]]
        key = " ".join([books.numerals.get(forms[0], forms[0]) if size > 1 else forms[0], *forms[1:]])
        if row[0].start() == at and key in books.names and not GOES_ON.match(text, row[size - 1].end()):
            return (row[size - 1].end(), *books.names[key])
    return None
