"""Read a text as a row of letters, one for each word, number or mark that dates are made of.

"the 12th of May, 1798" is ``tOoM,Y``. What word has what letter is data (``[dates]``), so
that patterns over the letters are the same for every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from epistola import language

# What the letters stand for. Marks stand for themselves, but for < ( and [, > ) and ],
# ~ every dash, ! the end of a paragraph or sentence.
#   D O N K T Z  a day: 4, 4th, fourth, four, twenty(-), and a number of two figures beyond 31
#   Y E e #      a year 1000-2099, a decade (1890s), ('90s), a date in figures alone
#   M A m        a month; one that may be another word; one that lacks its capital letter
#   W V S s F R  a weekday, cut short; a season, without capital; a feast; a republican month
#   C r          "century"; a small roman number
#   o t i n p f u b & B P Q L X I k h y l   words, see SMALL_WORDS; H is t with a capital
#   G J          the style of a calendar; an era (A.D.)
#   a q          a word that may follow a year; what is counted by the thousand
#   w c          any other word; one with a capital letter

SMALL_WORDS = {
    "of": "o", "the": "t", "in": "i", "on": "n", "by": "p", "from": "f", "to": "u",
    "between": "b", "and": "&", "before": "B", "after": "P", "about": "Q", "part": "L",
    "onwards": "X", "relative": "I", "nearby": "k", "hours": "h", "year_of": "y",
    "locators": "l", "measures": "q", "century": "C", "not_weekday": "j", "decades": "e",
    "function_words": "a",
}  # fmt: skip
"""Keys of ``[dates]`` and the letter of their words; a later key does not overrule an earlier."""


MARKS = {mark: mark for mark in ",.:;/&'"} | dict.fromkeys(("-", "--", "–", "—"), "~")
MARKS |= dict.fromkeys("([", "<") | dict.fromkeys(")]", ">") | dict.fromkeys('?!"', "!")

TOKEN = re.compile(
    r"[A-Z]\.[ ]?[A-Z]\.(?![^\W\d_])"  # O.S.
    r"|[^\W\d_]+"
    r"|[£$€]\s?\d[\d,.]*|\d{1,3}(?:,\d{3})+(?!\d)"  # sums
    r"|(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![\d/])"  # 11.8.2003
    r"|\d+(?:'?[^\W\d_]{1,4}(?![^\W\d_])|\^\{?[^\W\d_]{1,3}\}?)?"
    r"|\n[ \t]*\n\s*|--+|[^\w\s]"
)
NUMBER = re.compile(r"(\d+)\^?\{?('?[^\W\d_]*)")
FIGURES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
ROMANS = {
    f"{tens}{ones}": 10 * len(tens) + number
    for tens in ("", "X", "XX")
    for number, ones in enumerate(("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    if tens or ones
}
"""Roman numbers from 1 to 29: the years of the Republic, and centuries."""
YEARS = range(1000, 2100)
ROMAN_YEARS = range(1400, 2100)
MONTHS = range(1, 13)
DAYS = range(1, 32)
CENTURIES = range(1, 22)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as letters: one letter, one span and one number for each of its tokens."""

    text: str
    letters: str
    spans: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of one language stand for."""

    table: Mapping[str, tuple[str, int]]
    order: str
    gregorian: str
    ordinals: frozenset[str]
    endings: frozenset[str]
    decades: frozenset[str]
    full: frozenset[str]
    feasts: re.Pattern[str]
    heads: Mapping[str, tuple[str, int]]
    days: Mapping[str, str]


@cache
def words_of(code: str) -> Words:
    """Return what the words of the language ``code`` stand for."""
    data = language.load(code)["dates"]
    feasts = sorted(data["feasts"], key=len, reverse=True)
    phrases = "|".join(feast.replace(" ", r"\s+") for feast in feasts)
    table = _table(data)
    heads = {head: table.get(head, ("c", 0)) for head in _heads(feasts)}
    return Words(
        table=table | dict.fromkeys(heads, ("F", 0)),
        order=data["order"],
        gregorian=data["gregorian"],
        ordinals=frozenset(data["ordinal_endings"].split()),
        endings=frozenset(form for form in data["ordinal_endings"].split() if len(form) > 1),
        decades=frozenset(data["decade_endings"].split()),
        full=frozenset(forms.split()[0] for forms in (*data["months"], *data["weekdays"])),
        feasts=re.compile(rf"(?i:{phrases})(?!\w)"),
        heads=heads,
        days=data["feasts"],
    )


def _heads(feasts: list[str]) -> frozenset[str]:
    """Return the first words of feasts, as they may be written."""
    heads = {re.split(r"\W", feast)[0] for feast in feasts}
    return frozenset(form for head in heads for form in (head.capitalize(), head.upper()))


def _table(data: language.Language) -> dict[str, tuple[str, int]]:
    """Return letter and number of each word, as it may be written."""
    table: dict[str, tuple[str, int]] = {mark: (letter, 0) for mark, letter in MARKS.items()}
    for key, letter, small in NUMBERED:
        for number, forms in enumerate(data[key], 1):
            _enter(table, forms, letter, number, small if data["capitals"] else "")
    for form, number in data["tens"].items():
        _enter(table, form, "N" if form.endswith("th") else "T", number)
    _enter(table, data["republican"], "R")
    for form in data["months_or_words"].split():
        for written in (form, form.capitalize()):
            table[written] = (table[written][0].replace("M", "A"), table[written][1])
    for key, letter in SMALL_WORDS.items():
        _enter(table, data[key], letter)
    table |= {form.capitalize(): ("H", 0) for form in data["the"].split()}
    table |= {data["julian"]: ("G", 0), data["gregorian_style"]: ("G", 1), data["eras"]: ("J", 0)}
    if data["roman_numbers"]:
        table |= {roman: ("r", number) for roman, number in ROMANS.items()}
        table |= {f"{roman}e": ("O", number) for roman, number in ROMANS.items()}
    table.pop("", None)
    return table


NUMBERED = (
    ("months", "M", "m"),
    ("weekdays", "W", "w"),
    ("weekdays_short", "V", "w"),
    ("seasons", "S", "s"),
    ("ordinals", "N", ""),
    ("cardinals", "K", ""),
)
"""Lists of ``[dates]`` whose order is a number: letter, and letter without a capital."""


def _enter(
    table: dict[str, tuple[str, int]], forms: str, letter: str, number: int = 0, small: str = ""
) -> None:
    for form in forms.split():
        table.setdefault(form, (small or letter, number))
        table.setdefault(form.capitalize(), (letter, number))
        table.setdefault(form.upper(), (letter, number))


def read(text: str, words: Words) -> Reading:
    """Return ``text`` (folded) as letters."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    numbers: list[int] = []
    get, skip = words.table.get, 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        token = match.group()
        if token in words.endings and letters and letters[-1] == "D":  # "20 th"
            letters[-1], spans[-1] = "O", (spans[-1][0], end)
            continue
        letter, number = get(token) or _other(token, words)
        if letter == "F":
            feast = words.feasts.match(text, start)
            end = skip = feast.end() if feast else end
            letter, number = ("F", 0) if feast else words.heads[token]
        letters.append(letter)
        numbers.append(number)
        spans.append((start, end))
    return Reading(text, "".join(letters), tuple(spans), tuple(numbers))


def _other(token: str, words: Words) -> tuple[str, int]:
    """Return letter and number of a token that is in no list."""
    char = token[0]
    if char.isdecimal():
        return _figure(token, words)
    if char.isalpha():
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
    figures = [FIGURES[char] for char in token] + [0]
    total = sum(-a if a < b else a for a, b in pairwise(figures))
    return total if total in ROMAN_YEARS else 0


def order_of(reading: Reading) -> str:
    """Return the order of day and month that the text's own dates in figures prove, if any."""
    orders = set()
    for letter, (start, end) in zip(reading.letters, reading.spans, strict=True):
        if letter == "#":
            first, second, _ = map(int, re.split(r"[./-]", reading.text[start:end]))
            if first in DAYS and second in DAYS and (first in MONTHS) != (second in MONTHS):
                orders.add("mdy" if first in MONTHS else "dmy")
    return orders.pop() if len(orders) == 1 else ""
