"""Read a text as a row of letters, one for each word, number or mark that dates are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from epistola.mentions.dates.words import FEAST, Words, solid
from epistola.text.numerals import FIGURES, added

TOKEN = re.compile(
    r"[A-Z]\.[ ]?[A-Z]\.(?![^\W\d_])"  # O.S.
    r"|[^\W\d_]+(?:\^\{?[^\W\d_]{1,3}\}?)?"  # and Nov^r
    r"|[£$€]\s?\d[\d,.]*|\d{1,3}(?:,\d{3})+(?!\d)"  # sums
    r"|(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![\d/])"  # 11.8.2003
    r"|(?<!\d)\d{1,2}([./-])[ ]?[IVX]{1,4}\2[ ]?\d{4}(?!\d)"  # 12.XI.1798
    r"|\d+(?:'?[^\W\d_]{1,4}(?![^\W\d_])|\^\{?[^\W\d_]{1,3}\}?)?"
    r"|\n[ \t]*\n\s*|--+|[^\w\s]"
)
RAISED = str.maketrans("", "", "^{}")
NUMBER = re.compile(r"(\d+)\^?\{?('?[^\W\d_]*)")
GLUED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
"""Where a lost line break has glued two words together: "ParisJune"."""
YEARS = range(1000, 2100)
ROMAN_YEARS = range(1400, 2100)
MONTHS = range(1, 13)
DAYS = range(1, 32)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as letters: one letter, one span and one number for each of its tokens."""

    text: str
    letters: str
    spans: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]


def read(text: str, words: Words) -> Reading:
    """Return ``text`` (folded) as letters."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    numbers: list[int] = []
    get, endings, skip = words.table.get, words.endings, 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        token = match[0]
        if token in endings and letters and letters[-1] == "D":  # "20 th"
            letters[-1], spans[-1] = "O", (spans[-1][0], end)
            continue
        letter, number = get(token) or _other(token, words)
        if letter == FEAST:
            letter, number, end = _phrase(text, start, end, words)
            skip = end
        elif letter == "c" and (at := _glued(token, words)):
            letters.append("c")
            numbers.append(0)
            spans.append((start, start + at))
            letter, number = words.table[token[at:]]
            start += at
        letters.append(letter)
        numbers.append(number)
        spans.append((start, end))
    return Reading(text, "".join(letters), tuple(spans), tuple(numbers))


def _glued(token: str, words: Words) -> int:
    """Return where a month or weekday begins that has lost the space before it, or 0."""
    if token[1:].islower():
        return 0
    found = GLUED.search(token)
    at = found.start() if found else 0
    letter = words.table.get(token[at:], "c")[0] if at and len(token) - at > len("may") else "c"
    return at if letter in "MAWV" else 0


def _phrase(text: str, start: int, end: int, words: Words) -> tuple[str, int, int]:
    """Return letter, number and end of the phrase that begins here, or of its first word."""
    phrase = words.phrase.match(text, start)
    if phrase is None:
        return (*words.heads[text[start:end]], end)
    return (*words.phrases[solid(phrase[0])], phrase.end())


def _other(token: str, words: Words) -> tuple[str, int]:
    """Return letter and number of a token that is in no list."""
    char = token[0]
    if char.isdecimal():
        return _figure(token, words)
    if char.isalpha():
        if "^" in token:
            return words.table.get(token.translate(RAISED), ("w", 0))
        if char == "M" and (year := _roman(token)):
            return "Y", year
        return ("c", 0) if char.isupper() else ("w", 0)
    return ("!", 0) if char == "\n" else ("x", 0)


def _figure(token: str, words: Words) -> tuple[str, int]:
    """Return letter and number of a token that begins with a figure."""
    if token.lower() in words.table:  # 7ber
        return words.table[token.lower()]
    match = NUMBER.fullmatch(token.rstrip("}"))
    if match is None:
        return ("x", 0) if "," in token else ("#", 0)
    digits, ending = match.groups()
    number = int(digits)
    if ending in words.decades and number % 10 == 0:
        return "E" if number in YEARS else "e", number
    if ending:
        return "O" if ending in words.ordinals and number in DAYS else "x", number
    return _plain(digits, number), number


def _plain(digits: str, number: int) -> str:
    """Return the letter of a number without an ending."""
    short = len(digits) <= len("31")
    if short and number in DAYS:
        return "D"
    if short:
        return "Z" if len(digits) == len("98") else "x"
    return "Y" if number in YEARS else "x"


def _roman(token: str) -> int:
    """Return the year that ``token`` is in roman numerals, or 0."""
    if len(token) < len("MDCC") or any(char not in FIGURES for char in token):
        return 0
    total = added(token)
    return total if total in ROMAN_YEARS else 0


def order_of(reading: Reading) -> str:
    """Return the order of day and month that the text's own dates in figures prove, if any."""
    orders = set()
    for letter, (start, end) in zip(reading.letters, reading.spans, strict=True):
        if letter != "#":
            continue
        parts = re.split(r"[./-]", reading.text[start:end])
        if not all(part.isdecimal() for part in parts):
            continue  # 12.XI.1798 is in no doubt
        first, second, _ = map(int, parts)
        if first in DAYS and second in DAYS and (first in MONTHS) != (second in MONTHS):
            orders.add("mdy" if first in MONTHS else "dmy")
    return orders.pop() if len(orders) == 1 else ""
