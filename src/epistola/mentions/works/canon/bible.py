"""Read the books of the Bible with chapter and verse: "1 Cor. xiii. 4-7", "Joh. 3, 16".

A form that is also the name of a person ("John") or another word ("Acts") proves itself by
how its numbers are written; no book has more chapters than the table says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from epistola import language
from epistola.mentions.works.canon.numbered import forms_before
from epistola.mentions.works.canon.readings import Candidate, Reading, figures
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

MOST_VERSES = 176
CERTAINTY, CHAPTER_ALONE = 0.97, 0.96
ROMAN_NUMBER = r"[ivxlc]{1,8}|[IVXLC]{1,8}"
NUMBER = rf"(?:\d{{1,3}}|{ROMAN_NUMBER})"
RANGE = r"(?:[ \n]?[-–—]{1,2}[ \n]?\d{1,3}(?![\d:]))?"
NO_VERSE = re.compile(r"[ \n]?(?:[ap]\. ?m\b|[ap]m\b|[%£$€°]|o'clock)|\d|,\d|[^\W_]")
BEFORE_WORD = re.compile(r"(?<![^\W_])(?P<word>[^\W\d_]+)(?P<stop>\.?) ?$")
CLOSES = frozenset(".,;:)]\"'")
ABBREVIATED = re.compile(r"e\b|\.? ?e\.")


@dataclass(frozen=True, slots=True)
class Books:
    """The books as one language calls them.

    ``names`` maps each form to the book and its chapters; ``people`` and ``words`` are forms that
    mean a person or another word besides; ``money`` those that also count it.
    """

    names: dict[str, tuple[str, int]]
    lasts: frozenset[str]
    numerals: dict[str, str]
    people: frozenset[str]
    words: frozenset[str]
    money: frozenset[str]
    saints: frozenset[str]
    cues: frozenset[str]
    leading: re.Pattern[str]
    comma: bool
    chapter: re.Pattern[str]
    verse: re.Pattern[str]
    more: re.Pattern[str]


class Book(NamedTuple):
    """A book that a text names: where, how surely (plain, cited, person, word), its chapters."""

    start: int
    name: str
    chapters: int
    form: str
    manner: str


class Locus(NamedTuple):
    """Chapter and verse as written: ``style`` is how the verse is told from the chapter."""

    scopes: tuple[Scope, ...]
    end: int
    chapter: str
    style: str
    tight: bool


@cache
def books_of(code: str) -> Books:
    """Return the books of the Bible in the language ``code``; none where it has no table."""
    data = language.load(code).get("bible", {})
    names: dict[str, tuple[str, int]] = {}
    for book, line in data.get("books", {}).items():
        chapters, *others = line.split(", ")
        number = f"{book[0]} " if book[0].isdecimal() else ""
        for form in (book.removeprefix(number), *others):
            names[form if form[0].isdecimal() else number + form] = (book, int(chapters))
    words = {key: frozenset(data.get(key, "").split()) for key in WORDS}
    numerals = {w: n for n, key in NUMERALS.items() for w in [n, *data.get(key, "").split()]}
    leading = "|".join(map(re.escape, data.get("leading", ["(?!)"])))
    return Books(
        names=names,
        lasts=frozenset(form.rsplit(" ", 1)[-1] for form in names),
        numerals=numerals,
        people=words["people"], words=words["words"], money=words["money"],
        saints=words["saint"], cues=words["cues"],
        leading=re.compile(rf"(?<![^\W_])(?:{leading})[ \n]$"),
        comma=bool(data.get("comma")),
        **_patterns(data),
    )  # fmt: skip


WORDS = ("people", "words", "money", "saint", "cues")
NUMERALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}


def _patterns(data: dict[str, str]) -> dict[str, re.Pattern[str]]:
    chapter, verse, follow = (
        "|".join(sorted(data.get(key, "").split(), key=len, reverse=True)) or "(?!)"
        for key in ("chapter", "verse", "following")
    )
    tail = rf"(?P<n>\d{{1,3}}{RANGE})(?P<following>[ ]?(?:{follow})(?![^\W_])\.?)?"
    return {
        "chapter": re.compile(
            rf"(?P<label>(?i:{chapter})\.?[ \n])?(?P<n>{NUMBER}(?![^\W_])"
            rf"(?:\.?[ \n]?[-–—]{{1,2}}[ \n]?{NUMBER}(?![^\W_:])(?![ \n]?:))?)"
        ),
        "verse": re.compile(
            rf"(?P<mark>[ ]?:[ \n]?|\.[ \n]?|,[ \n]?){tail}(?![^\W_])"
            rf"|(?P<label>[.,;]{{0,2}}[ \n](?i:{verse})\.?[ \n]?)"
            rf"(?P<m>(?:\d{{1,3}}|{ROMAN_NUMBER}){RANGE})(?![^\W_])"
        ),
        "more": re.compile(
            rf"[,.][ \n]?{tail}(?=[.;,)\]\"'\n]|$|[ ](?:and|und|et)\b)(?!\.\d)"
            rf"|[;,][ \n]?(?P<c>\d{{1,3}}):(?P<v>\d{{1,3}}{RANGE})(?![^\W_])"
        ),
    }


def bible_at(candidate: Candidate) -> Reading | None:
    """Return the passage of a book whose name ends with the word of ``candidate``."""
    books = books_of(candidate.language)
    if candidate.text[candidate.start : candidate.end] not in books.lasts:
        return None
    book = _book(candidate, books)
    locus = locus_at(candidate.text, candidate.at, books, book.chapters) if book else None
    if book is None or locus is None or not _is_passage(candidate, book, locus, books):
        return None
    certainty = CERTAINTY if locus.style else CHAPTER_ALONE
    span, title = Span(book.start, locus.end), Span(book.start, candidate.end)
    return Reading("bible", span, book.name, title, locus.scopes, certainty)


def _book(candidate: Candidate, books: Books) -> Book | None:
    for start, form in forms_before(candidate.text, candidate.end):
        first, _, rest = form.partition(" ")
        number = books.numerals.get(first, "") if rest else ""
        key = f"{number} {rest}" if number else form
        if key in books.names:
            return _told(candidate, Book(start, *books.names[key], key, ""), books)
    return None


def _told(candidate: Candidate, book: Book, books: Books) -> Book | None:
    """Return the book with what stands before it: "St. John", "Epistle to the Romans"."""
    text = candidate.text
    if lead := books.leading.search(text, max(0, book.start - 30), book.start):
        return book._replace(start=lead.start(), manner="cited")
    before = BEFORE_WORD.search(text, max(0, book.start - 20), book.start)
    word = before["word"] if before else ""
    numbered, bare = book.form[0].isdecimal(), book.form.split(" ")[-1]
    if before and word in books.saints and bare in books.people:
        return book._replace(start=before.start(), manner="cited")
    if bare in books.people and not numbered:
        named = before and word[0].isupper() and not before["stop"]
        if before and named and word.lower() not in books.cues:
            return None
        return book._replace(manner="cited" if word.lower() in books.cues - SMALL else "person")
    if bare in books.words:
        return book._replace(manner="person" if numbered else "word")
    return book._replace(manner="plain")


SMALL = frozenset({"and", "by", "from", "in", "of", "on", "und", "et", "de", "the", "with", "mit"})
"""Cues that stand before any name."""


def locus_at(text: str, at: int, books: Books, chapters: int) -> Locus | None:
    """Return the chapter at ``at`` and the verses after it."""
    verse = books.verse.match(text, at - 1) if chapters == 1 else None
    if verse and verse["label"]:
        return _one_chapter(text, verse)
    chapter = books.chapter.match(text, at)
    number = figures(chapter["n"].replace(".", "")) if chapter else ""
    if not chapter or not number:
        return None
    if chapters == 1 and "-" not in number and int(number) > 1:
        scope = Scope(Span(*chapter.span("n")), "verse", number)
        return Locus((scope,), chapter.end(), chapter["n"], "", tight=False)
    if int(number.split("-")[-1]) > chapters or number.startswith("0"):
        return None
    scope = Scope(Span(chapter.start(), chapter.end()), "chapter", number)
    labelled = "label" if chapter["label"] else ""
    found = Locus((scope,), chapter.end(), chapter["n"], labelled, tight=False)
    verse = books.verse.match(text, chapter.end()) if "-" not in number else None
    return _with_verses(text, found, verse, books) if verse else found


def _one_chapter(text: str, verse: re.Match[str]) -> Locus:
    """Return a verse of a book that has one chapter: "Jude, ver. 3"."""
    start = verse.start() + _blank(verse["label"])
    scope = Scope(Span(start, verse.end()), "verse", figures(verse["m"]))
    return Locus((scope,), verse.end(), text[start : verse.end()], "label", tight=False)


def _with_verses(text: str, found: Locus, verse: re.Match[str], books: Books) -> Locus:
    written = verse["n"] or verse["m"]
    number = figures(written)
    if (
        not number
        or not _is_verse(number)
        or (not verse["m"] and NO_VERSE.match(text, verse.end()))
    ):
        return found
    mark = verse["mark"] or ""
    style = "label" if verse["label"] else mark.strip()
    if style == "," and not books.comma and found.chapter[0].isdecimal():
        return found  # "Gen. 1, 2" is two chapters to an English reader
    start = verse.start("n") if verse["n"] else verse.start("label") + _blank(verse["label"])
    span = Span(start, verse.end())
    scopes = (*found.scopes, Scope(span, "verse", number))
    tight = mark == mark.strip()
    whole = found._replace(scopes=scopes, end=verse.end(), style=style or found.style, tight=tight)
    return _with_more(text, whole, books)


def _blank(label: str) -> int:
    return len(label) - len(label.lstrip(".,; \n"))


def _is_verse(number: str) -> bool:
    ends = number.split("-")
    return all(0 < int(end) <= MOST_VERSES and end[0] != "0" for end in ends)


def _with_more(text: str, found: Locus, books: Books) -> Locus:
    """Return the passage with what follows it: "13:4, 7", "5:3; 6:7"."""
    while match := books.more.match(text, found.end):
        number = figures(match["n"] or match["v"])
        if not _is_verse(number):
            break
        key = "n" if match["n"] else "v"
        verse = Scope(Span(match.start(key), match.end()), "verse", number)
        before = (Scope(Span(*match.span("c")), "chapter", match["c"]),) if match["c"] else ()
        found = found._replace(scopes=(*found.scopes, *before, verse), end=match.end())
    return found


def _is_passage(candidate: Candidate, book: Book, locus: Locus, books: Books) -> bool:
    """Return whether the numbers after a name are chapter and verse, as far as it needs proof."""
    if locus.style in {":", "label"}:
        return True
    roman = not locus.chapter[0].isdecimal()
    if not locus.style:
        return _is_chapter(candidate, book, locus, roman=roman)
    return any(_proofs(candidate, book, locus, books, roman=roman))


def _proofs(
    candidate: Candidate, book: Book, locus: Locus, books: Books, *, roman: bool
) -> Iterator[bool]:
    """Yield what makes "v. 3", "5.3" and "5,3" chapter and verse."""
    dotted = candidate.text[candidate.end] in (".," if books.comma else ".")
    if roman:
        yield locus.chapter.islower() or book.manner in {"plain", "cited"} or dotted
    elif locus.style == ",":
        yield book.form not in books.money
    else:
        yield book.manner == "plain" and (locus.tight or dotted)
        yield locus.tight and book.manner == "cited"


def _is_chapter(candidate: Candidate, book: Book, locus: Locus, *, roman: bool) -> bool:
    """Return whether a number alone is a chapter: "Psalm 23", "Joel iii"."""
    after = candidate.text[locus.end : locus.end + 1]
    if roman and len(locus.chapter) > 1:
        return locus.chapter.islower() or book.manner == "plain"
    if roman:
        ends = not after or after in CLOSES
        rest = candidate.text[locus.end : locus.end + 5]
        return book.manner == "plain" and locus.chapter.islower() and ends and not _goes_on(rest)
    return book.manner == "plain"


def _goes_on(rest: str) -> bool:
    """Return whether "i" begins "i.e."."""
    return bool(ABBREVIATED.match(rest.lstrip(". ")))
