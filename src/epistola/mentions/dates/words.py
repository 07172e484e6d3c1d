"""Say what letter each word of a language is read as, where dates are made of letters.

"the 12th of May, 1798" is ``tOoM,Y``. What word has what letter is data (``[dates]``), so
that patterns over the letters are the same for every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from epistola import language

# What the letters stand for. Marks stand for themselves, but for < ( and [, > ) and ],
# ~ every dash, ! the end of a paragraph or sentence.
#   D O N K T Z  a day: 4, 4th, fourth, four, twenty(-), and a number of two figures beyond 31
#   Y E e #      a year 1000-2099, a decade (1890s), ('90s), a date in figures alone
#   M A m        a month; one that may be another word; one that lacks its capital letter
#   W V S s F R  a weekday, cut short; a season, without capital; a feast; a republican month
#   C r          "century"; a small roman number
#   G J U        the style of a calendar; an era (A.D.), another one (B.C.)
#   k d I 5      last, next; yesterday, to-morrow; the inst.; a year named so ("d. J.")
#   1 7 3 y 6    "day", "week", "month", "year", and "years" where they are a decade's
#   g            a king by whose years one counts ("Eliz."), or his "reign"
#   o t i n p f u 8 9 b & v B P Q L X h l   words, see SMALL_WORDS; H is t with a capital
#   a z 2 q      a word that may follow a year; one that tells one of many ("every"); whose
#                it is ("our"); what is counted by the thousand
#   j w c        what a Sunday is of; any other word; one with a capital letter

SMALL_WORDS = {
    "of": "o", "in": "i", "on": "n", "by": "p", "from": "f", "since": "8", "until": "9",
    "to": "u", "between": "b", "and": "&", "or": "v", "before": "B", "after": "P",
    "about": "Q", "part": "L", "onwards": "X", "hours": "h", "day_words": "1",
    "week_words": "7", "month_words": "3", "year_of": "y", "decade_of": "6", "regnal": "g",
    "locators": "l", "measures": "q", "century": "C", "not_weekday": "j", "one_of_many": "z",
    "possessives": "2", "function_words": "a",
}  # fmt: skip
"""Keys of ``[dates]`` and the letter of their words; a later key does not overrule an earlier."""

COUNTED = {
    "the": ("t", 0), "this": ("t", 1), "last": ("k", -1), "next": ("k", 1),
    "instant": ("I", 0), "ultimo": ("I", -1), "proximo": ("I", 1),
    "yesterday": ("d", -1), "tomorrow": ("d", 1),
}  # fmt: skip
"""Words that also have a number: how far they point ahead or, below nought, back."""

MORROW = 9
"""The number of "morrow", which is a day only after "to"."""

PHRASES = {
    "julian": ("G", 0), "gregorian_style": ("G", 1), "eras": ("J", 0), "other_eras": ("U", 0),
    "weeks": ("7", 0), "before_yesterday": ("d", -2), "after_tomorrow": ("d", 2),
    "this_month": ("I", 0), "last_month": ("I", -1), "next_month": ("I", 1),
    "this_year": ("5", 0), "last_year": ("5", -1), "next_year": ("5", 1),
}  # fmt: skip
"""Keys of ``[dates.phrases]``, whose entries may be of many words: letter and number."""

NUMBERED = (
    ("months", "M", "m"),
    ("weekdays", "W", "w"),
    ("weekdays_short", "V", "w"),
    ("seasons", "S", "s"),
    ("ordinals", "N", ""),
    ("cardinals", "K", ""),
    ("decades", "e", ""),
    ("republican", "R", ""),
)
"""Lists of ``[dates]`` whose order is a number: letter, and letter without a capital."""

MARKS = {mark: mark for mark in ",.:;/&'"} | dict.fromkeys(("-", "--", "–", "—"), "~")
MARKS |= dict.fromkeys("([", "<") | dict.fromkeys(")]", ">") | dict.fromkeys('?!"', "!")

FEAST = "F"
HEAD = re.compile(r"[A-Z]\.[ ]?[A-Z]\.|[^\W\d_]+", re.IGNORECASE)
"""The first token of a phrase."""

ROMANS = {
    f"{tens}{ones}": 10 * len(tens) + number
    for tens in ("", "X", "XX")
    for number, ones in enumerate(("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    if tens or ones
}
"""Roman numbers from 1 to 29: the years of the Republic, months, and centuries."""

Table = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of one language stand for.

    ``table`` has letter and number of each word; a word that may open a phrase has ``F``
    there, and its own letter in ``heads``. ``days`` has the day of each feast, ``timid``
    are feasts that alone are no date ("Christmas"); ``plural`` is how words in the plural
    end, "" where that shows nothing.
    """

    table: Mapping[str, tuple[str, int]]
    order: str
    gregorian: str
    ordinals: frozenset[str]
    endings: frozenset[str]
    decades: frozenset[str]
    full: frozenset[str]
    phrase: re.Pattern[str]
    phrases: Mapping[str, tuple[str, int]]
    heads: Mapping[str, tuple[str, int]]
    days: Mapping[str, str]
    timid: frozenset[str]
    plural: str


@cache
def words_of(code: str) -> Words:
    """Return what the words of the language ``code`` stand for."""
    data = language.load(code)["dates"]
    phrases = _phrases(data)
    table = _table(data)
    heads = {head: table.get(head, _unknown(head)) for head in _heads(phrases, data["capitals"])}
    return Words(
        table=table | dict.fromkeys(heads, (FEAST, 0)),
        order=data["order"],
        gregorian=data["gregorian"],
        ordinals=frozenset(data["ordinal_endings"].split()),
        endings=frozenset(form for form in data["ordinal_endings"].split() if len(form) > 1),
        decades=frozenset(data["decade_endings"].split()),
        full=frozenset(forms.split()[0] for forms in (*data["months"], *data["weekdays"])),
        phrase=re.compile(rf"(?i:{'|'.join(map(_pattern, _longest_first(phrases)))})(?!\w)"),
        phrases={solid(phrase): meaning for phrase, meaning in phrases.items()},
        heads=heads,
        days={solid(feast): day for feast, day in data["feasts"].items()},
        timid=frozenset(map(solid, data["timid_feasts"].split())),
        plural=data["plural"],
    )


def solid(phrase: str) -> str:
    """Return the form by which a phrase is looked up: small, without spaces.

    >>> solid("Lady Day"), solid("O. S.")
    ('ladyday', 'o.s.')
    """
    return "".join(phrase.split()).lower()


def _unknown(word: str) -> tuple[str, int]:
    """Return letter and number of a word that is in no list."""
    return ("c", 0) if word[0].isupper() else ("w", 0)


def _phrases(data: language.Language) -> Table:
    """Return letter and number of all phrases, feasts among them."""
    found: Table = dict.fromkeys(data["feasts"], (FEAST, 0))
    for key, meaning in PHRASES.items():
        found |= dict.fromkeys(data["phrases"].get(key, ()), meaning)
    for phrase, number in data["phrases"].get("ordinals", {}).items():
        found[phrase] = ("O", number)
    return found


def _longest_first(phrases: Table) -> list[str]:
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def _pattern(phrase: str) -> str:
    """Return ``phrase`` as a pattern: after a full stop a space may lack, elsewhere it may not."""
    return re.escape(phrase).replace(r"\.\ ", r"\.\s*").replace(r"\ ", r"\s+")


def _heads(phrases: Table, capitals: bool) -> frozenset[str]:  # noqa: FBT001 - one caller
    """Return the first words of phrases, as they may be written."""
    heads: set[str] = set()
    for phrase, (letter, _) in phrases.items():
        for form in {phrase, phrase.replace(". ", ".")}:
            match = HEAD.match(form)
            head = match[0] if match else form
            heads |= {head.capitalize(), head.upper()}
            if letter != FEAST or not capitals:
                heads.add(head)
    return frozenset(heads)


def _table(data: language.Language) -> Table:
    """Return letter and number of each word, as it may be written."""
    table: Table = {mark: (letter, 0) for mark, letter in MARKS.items()}
    for key, letter, small in NUMBERED:
        for number, forms in enumerate(data[key], 1):
            _enter(table, forms, letter, number, small if data["capitals"] else "")
    for form, number in data["tens"].items():
        _enter(table, form, "N" if form.endswith("th") else "T", number)
    for form in data["months_or_words"].split():
        for written in (form, form.capitalize()):
            table[written] = (table[written][0].replace("M", "A"), table[written][1])
    _enter(table, data["morrow"], "d", MORROW)
    _enter(table, data["reign"], "g", 1)
    for key, (letter, number) in COUNTED.items():
        _enter(table, data[key], letter, number)
    for key, letter in SMALL_WORDS.items():
        _enter(table, data[key], letter)
    for word in (*data["the"].split(), *data["this"].split()):
        table[word.capitalize()] = ("H", table[word][1])
    return _with_romans(table)


def _with_romans(table: Table) -> Table:
    for (roman, number), ending in product(ROMANS.items(), ("", "e", "th", "ème")):
        table.setdefault(roman + ending, ("O" if ending else "r", number))
    table.pop("", None)
    return table


def _enter(table: Table, forms: str, letter: str, number: int = 0, small: str = "") -> None:
    for form in forms.split():
        own = letter if form[0].isdecimal() else small or letter  # 7ber has no capital to lack
        table.setdefault(form, (own, number))
        for written in _with_capitals(form):
            table.setdefault(written, (letter, number))


def _with_capitals(form: str) -> Iterator[str]:
    yield form.capitalize()
    yield form.upper()
