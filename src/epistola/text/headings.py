"""How the blocks of a book of letters look: what stands in their headings, what they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from epistola import language as languages
from epistola.model import Source, Span
from epistola.text.numerals import added
from epistola.text.words import Words as PartWords
from epistola.text.words import addresses, cues
from epistola.text.words import words_of as part_words

BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
WORD = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")
NUMBERED = re.compile(
    r"(?:(?P<word>[^\W\d_]{1,9})\.?\s+)?(?P<number>[IVXLCDM]+(?![^\W_])|\d{1,4}(?![\w-]))\s*"
    r"(?P<stop>[.:)]|--|[—–]|-(?=[A-Z]))?[\s.:–—-]*"
)
RUNS_ON = re.compile(r"[^\W\d_]+\.?\s+[^\W_]+\s*[.:]?\s?(?:--|[—–])")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
EMPHASIS = str.maketrans("", "", "_*=")
RUN_IN = re.compile(r"[^\n.;?]{2,70}?(?:[,:!.]\s?(?:--|[—–])|[:,!])")
NOTE = re.compile(r"(?:[-–—=]{3,}\s*)?(?:\[\d{1,3}[\]:]|\[[A-Z]\]\s|[*†‡§]\s?[^\W_]|\(\d{1,3}\)\s)")
MARKER = re.compile(r"\s?\[(?:\d{1,3}|[A-Z*])\]")

STOP = re.compile(r"\.\s|\.?\s?(?:--|[—–])")
LONGEST_HEADING = 160
LONGEST_DATE = 60
EDITORIAL = 300
"""How many characters of a paragraph are looked at for what only an editor says."""
MOST_LINES = 4
LONGEST_NAME = 48
LONGEST_SALUTE = 80
FEW_WORDS = 3
INITIALS = frozenset("CDLM")
"""Numbers that before a name are rather the first letter of another: "L. BROWN"."""
TAIL = 90
"""How many characters at the end of a block are looked at for a farewell."""
FIRST_YEAR = 1000
"""A number from here on is a year, and counts no letters."""

Key = tuple[str, ...]
"""What the headings of a series have in common: their marks, kind of number, and words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language by which blocks of a book are known."""

    letter: PartWords
    leave: frozenset[str]
    farewell: frozenset[str]
    notes: tuple[str, ...]
    sidenotes: tuple[str, ...]
    heading: frozenset[str]
    between: frozenset[str]
    calendar: frozenset[str]
    small: frozenset[str]
    parts: frozenset[str]
    number: frozenset[str]
    editorial: tuple[str, ...]


@cache
def words_of(language: str) -> Words:
    """Return the words of ``language`` by which blocks of a book are known."""
    table = languages.load(language)
    letter, book, parts = table["letter"], table["book"], part_words(language)
    books = [languages.table(code, "book") for code in languages.codes()]
    return Words(
        letter=parts,
        leave=parts.leaving,
        farewell=frozenset(letter["valediction"]),
        notes=tuple(letter["footnote"]),
        sidenotes=tuple(letter["sidenote"]),
        heading=frozenset(letter["heading"]),
        between=frozenset(letter["between"]),
        calendar=parts.calendar | parts.weekdays,
        small=frozenset((*letter["particles"], *letter["between"], *letter["heading"])),
        parts=frozenset(part for book in books for part in book["parts"].split()),
        number=frozenset(book["number"].split()),
        editorial=tuple(book["editorial"]),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines, and what they look like.

    ``gap`` counts the blank lines above; ``key`` is the series its heading may belong to,
    none where it looks like no heading; ``number`` its number there, or 0. ``salute``:
    it is, or begins with, a salutation. ``dated``: it is short and gives a day. ``leave``:
    it ends as a letter ends. ``name``: it may be a signature. ``after``: a postscript, a
    note, an ornament. ``part``: the heading of a part of a book. ``titled``: it may be
    a line of a heading or an address. ``aside``: what an editor
    puts in brackets or steps to the right, or where he speaks of letters. ``prose``: none
    of the short kinds.
    """

    span: Span
    gap: int
    key: Key | None = None
    number: int = 0
    salute: bool = False
    dated: bool = False
    leave: bool = False
    name: bool = False
    after: bool = False
    part: bool = False
    titled: bool = False
    aside: bool = False
    prose: bool = False


def blocks(source: Source, language: str) -> tuple[Block, ...]:
    """Return the blocks of ``source``, in order; each begins where a line does."""
    words = words_of(language)
    found: list[Block] = []
    end = 0
    for match in BLOCK.finditer(source.folded):
        gap = source.folded.count("\n", end, match.start())
        found.append(_block(source, Span(*match.span()), gap, words))
        end = match.end()
    return tuple(found)


def _block(source: Source, span: Span, gap: int, words: Words) -> Block:
    raw = source.folded[span.start : span.end]
    text = raw.translate(EMPHASIS).strip()
    lower = text[:120].lower()
    opening = _openings(lower)
    after = _is_after(text, lower, words)
    short = text.count("\n") < MOST_LINES and len(text) <= LONGEST_HEADING and not after
    salute = not after and _is_salute(text, words)
    part = short and _is_part(text, words)
    dated = not part and _is_dated(text if short else _first_words(text), words)
    name = short and _is_name(text, words)
    key, number = (None, 0) if salute or part else _heading(raw, text, words, short=short)
    firm = key is not None and key[-1] not in WEAK
    leave = not (salute or firm or number) and _takes_leave(text, opening, words)
    if leave:
        key = None
    elif salute:
        key = ("", "", "salute")
    elif dated and short:
        key = _dateline(raw.strip(), key)
    aside = not (key or dated or name or (leave and short)) and _is_aside(raw, text, words)
    return Block(
        span=span,
        gap=gap,
        key=key,
        number=number,
        salute=salute,
        dated=dated,
        leave=leave and not aside,
        name=name,
        after=after,
        part=part,
        titled=short and _is_titled(text, words),
        aside=aside,
        prose=not short,
    )


def _openings(lower: str) -> set[str]:
    """Return the first word, the first two ... of ``lower``, without marks."""
    first = lower.replace("--", " ").replace("—", " ").split()[:5]
    plain = [word.strip(",;:!.()[]\"'") for word in first]
    return {" ".join(plain[:count]) for count in range(1, len(plain) + 1)}


def _is_after(text: str, lower: str, words: Words) -> bool:
    """Return whether a block is a postscript, a note at the foot, or an ornament."""
    if not any(char.isalnum() for char in text):
        return True
    if not cues(text, words.letter).isdisjoint(("postscript", "signed")):
        return True
    return lower.startswith(words.notes) or NOTE.match(text) is not None


def _is_salute(text: str, words: Words) -> bool:
    if not addresses(text, words.letter, surely=True):
        return False
    if len(text) <= LONGEST_SALUTE:
        few = len(WORD.findall(text)) <= FEW_WORDS
        return text.endswith((",", ":", "-", "—", "–", "!", ",]")) or (few and text.endswith("."))
    run_in = RUN_IN.match(text)
    if run_in is None:
        return False
    last = WORD.findall(run_in[0])[-1:]
    return run_in[0].endswith(("-", "—", "–")) or (bool(last) and last[0][0].isupper())


def _first_words(text: str) -> str:
    """Return what stands before the first stop of a paragraph, if it is short: "_May 3._ We"."""
    stop = STOP.search(text, 0, LONGEST_DATE)
    return text[: stop.start()] if stop else ""


def _is_dated(text: str, words: Words) -> bool:
    """Return whether a short block names a month, a weekday or a year and is no sentence."""
    found = WORD.findall(text)
    lower = [word.lower() for word in found]
    large = sum(word[0].isupper() or word in words.small for word in found)
    if large < HALF * len(found) or text.endswith(("?", "!")):
        return False
    return not words.calendar.isdisjoint(lower) or (bool(found) and YEAR.search(text) is not None)


def _takes_leave(text: str, opening: set[str], words: Words) -> bool:
    """Return whether a block ends as a letter ends: "I am yours,", "your affectionate JANE"."""
    tail = [word.lower() for word in WORD.findall(text[-TAIL:])][-8:]
    if not words.leave.isdisjoint(tail):
        return text.count("\n") < MOST_LINES or not words.leave.isdisjoint(tail[-5:])
    return len(text) <= LONGEST_HEADING and not words.farewell.isdisjoint(opening)


def _is_name(text: str, words: Words) -> bool:
    """Return whether a block may be a signature: one or two short lines of capitals."""
    found = WORD.findall(text)
    if not found or len(text) > LONGEST_NAME or any(char.isdecimal() for char in text):
        return False
    return all(word[0].isupper() or word in words.small for word in found)


def _is_titled(text: str, words: Words) -> bool:
    """Return whether a short block is all names and titles, or a line without a stop."""
    found = WORD.findall(text)
    large = sum(word[0].isupper() or word in words.small for word in found)
    one = "\n" not in text and not text.endswith((".", "!", "?", ",", ";", "-", "—"))
    return one or large >= MOSTLY * len(found)


def _is_part(text: str, words: Words) -> bool:
    """Return whether a block heads a part of a book that is no letter: "CHAPTER II."."""
    found = [word.lower() for word in WORD.findall(text[:60])]
    if not found or not text[0].isupper():
        return False
    capital = text.split("\n", maxsplit=1)[0].isupper() or len(found) <= MOST_LINES
    return capital and found[0] in words.parts


def _is_aside(raw: str, text: str, words: Words) -> bool:
    """Return whether a paragraph is an editor's: bracketed, stepped in, or about letters."""
    if text.startswith("[") or all(line.startswith("   ") for line in raw.split("\n")):
        return True
    opening = " ".join(text[:EDITORIAL].lower().split())
    return any(phrase in opening for phrase in words.editorial)


def _heading(raw: str, text: str, words: Words, *, short: bool) -> tuple[Key | None, int]:
    """Return the series that a block's heading may belong to, and its number in it.

    A heading that numbers a letter as such may run into what follows: "Letter 2.--This".
    """
    text = MARKER.sub("", text)
    line = text.split("\n", maxsplit=1)[0].strip()
    if line.lower().startswith(words.sidenotes) and short:
        return ("sidenote",), 0
    first = raw.lstrip()[:1]
    mark = first if first in {"_", "[", "(", "=", "*"} else ""
    kind, number, rest = _number(line, words)
    if " " in kind and (short or RUNS_ON.match(line)):
        return (mark, kind, ""), number
    if kind and _number(text.rpartition("\n")[2], words)[0] and "\n" in text:
        return None, 0  # a list
    if not short or not (kind or line[:1].isupper() or line[:1] in "[(\"'"):
        return None, 0
    form = _form(_number(text, words)[2], words)
    if form == "sentence" and "\n" in text and line.endswith((".", ":", ",", "]", ")")):
        form = _form(rest, words)
    return (None, 0) if form == "sentence" or not (kind or form) else ((mark, kind, form), number)


def _number(line: str, words: Words) -> tuple[str, int, str]:
    """Return kind and value of the number that a heading begins with, and the rest of it."""
    match = NUMBERED.match(line.lstrip("[("))
    if match is None:
        return "", 0, line
    word = (match["word"] or "").lower()
    rest = line.lstrip("[(")[match.end() :].strip("]). ")
    value = int(match["number"]) if match["number"].isdecimal() else roman(match["number"])
    if (word and word not in words.number) or not 0 < value < FIRST_YEAR:
        return "", 0, line
    if not word and rest and (not match["stop"] or match["number"] in INITIALS):
        return "", 0, line
    kind = "arabic" if match["number"].isdecimal() else "roman"
    return f"{word} {kind}".strip(), value, rest


def roman(text: str) -> int:
    """Return the value of a Roman number, 0 where it is none.

    >>> roman("XLIV"), roman("IIII"), roman("CIVIL")
    (44, 4, 0)
    """
    return added(text) if ROMAN.fullmatch(text) else 0


def _form(rest: str, words: Words) -> str:
    """Return how the words of a heading look: "to" whom, "X to Y", capitals, a name, a sentence."""
    found: list[str] = WORD.findall(rest)
    if not found:
        return ""
    first = found[0].lower()
    large = sum(word[0].isupper() or word in words.small for word in found)
    named = first in words.heading and len(found) > 1 and found[1][0].isupper()
    if large < (HALF if named else MOSTLY) * len(found) or not found[0][0].isupper():
        return "sentence"
    if first in words.heading and len(found) > 1:
        return first
    shout = rest.isupper()
    if any((word.lower() if shout else word) in words.between for word in found[1:-1]):
        return "between"
    if shout:
        return "capitals"
    return "titled" if len(rest) < TAIL and "\n" not in rest else "sentence"


MOSTLY = 0.7
"""How many words of a heading begin with a capital, but for small ones ..."""
HALF = 0.5
"""... and how many where its first words say whom it is to."""


WEAK = frozenset({"dateline", "capitals", "titled", "salute"})
"""Headings that open a letter only where no other heading stands above them."""


def _dateline(raw: str, key: Key | None) -> Key:
    """Return the series of a block that gives a day: a heading's own, or that of datelines."""
    if key is not None and (key[1:2] != ("",) or key[-1] not in WEAK):
        return key
    return ("[" if raw.startswith("[") else "", "", "dateline")
