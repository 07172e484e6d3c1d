"""Find dates, and say what day, month, year or range they name: kind ``date``.

The text is read once as a row of letters, one for each word, number or mark ("the 12th
of May, 1798" is ``tOoM,Y``); the grammar is a list of patterns over these letters, and so
the same for every language. What word has what letter is data (``[dates]``).

Values have the names of TEI's ``att.datable.w3c`` (``when``, ``from``, ``to``,
``notBefore``, ``notAfter``) and ``calendar``, and are never more precise than the words:
"4 June" is ``--06-04``, "inst." and weekdays have none, nor has a day that does not exist.
Old Style dates keep the numbers that the letter gives, in a year that starts on 1 January.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from epistola import language
from epistola.gazetteer import Names
from epistola.model import NOTHING, Annotation, Field, Letter, Source, Span

# What the letters stand for. Marks stand for themselves, but for < ( and [, > ) and ],
# ~ every dash, ! the end of a paragraph or sentence.
#   D O N K T Z  a day: 4, 4th, fourth, four, twenty(-), and a number of two figures beyond 31
#   Y E e #      a year 1000-2099, a decade (1890s), ('90s), a date in figures alone
#   M A m        a month; one that may be another word; one that lacks its capital letter
#   W V S s F R  a weekday, cut short; a season, without capital; a feast; a republican month
#   C r          "century"; a small roman number
#   o t i n p f u b & B P Q L X I k h y l   words, see SMALL_WORDS; H is t with a capital letter
#   G J          the style of a calendar; an era (A.D.)
#   a q          a word that may follow a year; what is counted by the thousand
#   w c          any other word; one with a capital letter

SMALL_WORDS = {
    "of": "o", "the": "t", "in": "i", "on": "n", "by": "p", "from": "f", "to": "u", "between": "b", "and": "&",
    "before": "B", "after": "P", "about": "Q", "part": "L", "onwards": "X", "relative": "I",
    "nearby": "k", "hours": "h", "year_of": "y", "locators": "l", "measures": "q", "century": "C",
    "not_weekday": "j",
}  # fmt: skip
"""Keys of ``[dates]`` and the letter of their words; a later key does not overrule an earlier."""

MARKS = {",": ",", ".": ".", ":": ":", ";": ";", "/": "/", "&": "&", "'": "'", "–": "~", "—": "~"}
MARKS |= {"-": "~", "--": "~", "(": "<", "[": "<", ")": ">", "]": ">", "?": "!", "!": "!", '"': '"'}

TOKEN = re.compile(
    r"[A-Z]\.[ ]?[A-Z]\.(?![^\W\d_])"  # O.S.
    r"|[^\W\d_]+"
    r"|[£$€]\s?\d[\d,.]*|\d{1,3}(?:,\d{3})+(?!\d)"  # sums
    r"|(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![\d/])"  # 11.8.2003
    r"|\d+(?:'?[^\W\d_]{1,4}(?![^\W\d_])|\^\{?[^\W\d_]{1,3}\}?)?"
    r"|\n[ \t]*\n\s*|--+|[^\w\s]"
)
NUMBER = re.compile(r"(\d+)\^?\{?('?[^\W\d_]*)")
ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()
FIGURES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}

DAY = r"(?:[tH]\.?)?(?:[DON]|T~?N)\.?"
MONTH = r"[MAm]\.?"
YEAR = r"J?Y(?:/[DZY])?"
SEP = r"[,.:]{0,2}"
WEEKDAY = rf"(?:[WV]\.?h?{SEP}(?:h{SEP})?o?)?"
STYLE = r"(?:,?G|<G>)?"
SMALL_DMY = rf"{DAY}{SEP}(?:o?t?m\.?(?={SEP}Y)|(?<=O)o?t?m)"
DMY = rf"(?:{DAY}{SEP}o?t?[MA]\.?|{SMALL_DMY})(?!{SEP}[DO]{SEP}Y)"
SMALL_MDY = rf"m\.?,?(?:O|D(?=\.?{SEP}Y))\.?"  # "may 12th" is one; "it may, the first time" none
MDY = rf"(?:[MA]\.?{SEP}t?(?:[DON]|T~?N)\.?|{SMALL_MDY})"
THEN_YEAR = rf"(?:{SEP}{YEAR}|(?<!\.)[io]{YEAR}|,?<{YEAR}>)"
SHORT_YEAR = r",?'[DZ]"
NO_LABEL = r"(?<!l)(?<!l\.)"
PART = r"(?:[tH]?L~?o?i?t?(?:yo?)?)?"
IN_YEAR = r"(?<=[i<y])"
BEFORE_FUNCTION = r"(?=[,.:;>!~toipuf&aXyn\"'b]|$)"

Value = Mapping[str, str]


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
    decades: frozenset[str]
    full: frozenset[str]
    feasts: re.Pattern[str]
    heads: Mapping[str, tuple[str, int]]
    days: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens that the grammar knows: which rule, and what to read it with."""

    reading: Reading
    first: int
    last: int
    words: Words
    order: str

    @property
    def letters(self) -> str:
        return self.reading.letters[self.first : self.last]

    @property
    def text(self) -> str:
        start, end = self.reading.spans[self.first][0], self.reading.spans[self.last - 1][1]
        return self.reading.text[start:end]

    def numbers(self, letters: str) -> list[int]:
        """Return the numbers of those tokens that have one of ``letters``, in order."""
        row = zip(self.letters, self.reading.numbers[self.first : self.last], strict=True)
        return [number for letter, number in row if letter in letters]


def dates(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the dates of ``source``, one annotation for each whole date, in order."""
    words = _words(letter.language)
    reading = _read(source.folded, words)
    order = words.order or _order(reading)
    taken: set[int] = set()
    for match in GRAMMAR.finditer(reading.letters):
        rule = match.lastgroup or ""
        found = Found(reading, match.start(), match.end(), words, order)
        if rule in LONELY and not _stands_alone(found, names):
            continue
        value = VALUE[rule](found)
        if value is not None:
            taken.update(range(found.first, found.last))
            yield _annotation(found, rule, value)
    yield from _years_of_fields(reading, letter.fields, taken)


def normal_form(phrase: str, code: str = "en") -> Value | None:
    """Return the values of the date that ``phrase`` is, or None where it is none.

    >>> dict(normal_form("the 12th of May, 1798") or {})
    {'when': '1798-05-12'}
    """
    whole = Source("phrase", phrase)
    found = list(dates(whole, Letter(code), Names({})))
    return found[0].values if len(found) == 1 else None


# ---------------------------------------------------------------- reading


@cache
def _words(code: str) -> Words:
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
    lower = data["capitals"]
    for letter, small, key in (
        ("M", "m" if lower else "M", "months"),
        ("W", "w" if lower else "W", "weekdays"),
        ("V", "w" if lower else "V", "weekdays_short"),
        ("S", "s", "seasons"),
    ):
        for number, forms in enumerate(data[key], 1):
            _enter(table, forms, letter, number, small)
    _enter(table, data["republican"], "R")
    for number, form in enumerate(data["ordinals"], 1):
        _enter(table, form, "N", number)
    for number, form in enumerate(data["cardinals"], 1):
        _enter(table, form, "K", number)
    for form, number in data["tens"].items():
        _enter(table, form, "T" if number % 10 == 0 and not form.endswith("th") else "N", number)
    for form in data["months_or_words"].split():
        for written in {form, form.capitalize()}:
            if table[written][0] == "M":
                table[written] = ("A", table[written][1])
    for key, letter in SMALL_WORDS.items():
        _enter(table, data[key], letter)
    _enter(table, data["function_words"], "a")
    table |= {form.capitalize(): ("H", 0) for form in data["the"].split()}
    _enter(table, data["decades"], "e")
    table |= {data["julian"]: ("G", 0), data["gregorian_style"]: ("G", 1), data["eras"]: ("J", 0)}
    if data["century"].startswith("s"):
        table |= {roman: ("r", at) for at, roman in enumerate(ROMANS, 1)}
        table |= {f"{roman}e": ("O", at) for at, roman in enumerate(ROMANS, 1)}
    table.pop("", None)
    return table


def _enter(
    table: dict[str, tuple[str, int]], forms: str, letter: str, number: int = 0, small: str = ""
) -> None:
    for form in forms.split():
        table.setdefault(form, (small or letter, number))
        table.setdefault(form.capitalize(), (letter, number))
        table.setdefault(form.upper(), (letter, number))


def _read(text: str, words: Words) -> Reading:
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    numbers: list[int] = []
    get, skip = words.table.get, 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        token = match.group()
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
    if char.isdigit():
        return _figure(token, words)
    if char.isalpha():
        if len(token) > 3 and char == "M" and (year := _roman(token)):
            return "Y", year
        return ("c", 0) if char.isupper() else ("w", 0)
    return ("!", 0) if char == "\n" else ("x", 0)


def _figure(token: str, words: Words) -> tuple[str, int]:
    if token.lower() in words.table:
        return words.table[token.lower()]
    match = NUMBER.fullmatch(token.rstrip("}"))
    if not match:
        return ("#", 0) if token[-1].isdigit() and token.count(",") == 0 else ("x", 0)
    digits, ending = match.groups()
    number = int(digits)
    if ending in words.decades and number % 10 == 0:
        return ("E", number) if 1000 <= number < 2100 else ("e", number)
    if ending and ending not in words.ordinals:
        return "x", 0
    if len(digits) <= 2 and 0 < number <= 31:
        return "O" if ending else "D", number
    if ending:
        return "x", 0
    if len(digits) == 2:
        return "Z", number
    return ("Y", number) if len(digits) == 4 and 1000 <= number < 2100 else ("x", 0)


def _roman(token: str) -> int:
    """Return the year that ``token`` is in roman numerals, or 0."""
    if any(char not in FIGURES for char in token):
        return 0
    figures = [FIGURES[char] for char in token] + [0]
    total = sum(-a if a < b else a for a, b in zip(figures, figures[1:], strict=False))
    return total if 1400 < total < 2100 else 0


def _order(reading: Reading) -> str:
    """Return the order of day and month that the text's own dates in figures prove, if any."""
    orders = set()
    for letter, (start, end) in zip(reading.letters, reading.spans, strict=True):
        if letter == "#":
            first, second, _ = map(int, re.split(r"[./-]", reading.text[start:end]))
            if 12 < first < 32 and second <= 12:
                orders.add("dmy")
            elif 12 < second < 32 and first <= 12:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


# ---------------------------------------------------------------- values


LEAP_YEAR = 2000
"""Stands in for a year that is not named, so that 29 February may be a day."""


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """Return the W3C form of a date, of which the year (0) may be missing; "" if there is none."""
    try:
        date(year or LEAP_YEAR, month or 1, day or 1)
    except ValueError:
        return ""
    tail = f"-{month:02d}-{day:02d}" if day else f"-{month:02d}" if month else ""
    return f"{year:04d}{tail}" if year else f"-{tail}" if tail else ""


def _when(text: str) -> Value:
    return {"when": text} if text else NOTHING


def _range(first: str, last: str, *, sure: bool = True) -> Value:
    """Return a range, if it runs forward."""
    if not first or not last or first >= last:
        return NOTHING
    return {"from": first, "to": last} if sure else {"notBefore": first, "notAfter": last}


def _years(found: Found) -> list[int]:
    """Return the years; of a double year (1712/13) the one that begins on 1 January."""
    years: list[int] = []
    for before, letter, number in _pairs(found):
        if letter == "Y" and before == "/" and years:
            years[-1] = number
        elif letter == "Y":
            years.append(number)
        elif letter in "DZ" and before == "/" and years:
            years[-1] = _completed(years[-1], number)
    return years


def _pairs(found: Found) -> Iterator[tuple[str, str, int]]:
    letters = found.letters
    row = found.reading.numbers[found.first : found.last]
    return ((letters[at - 1 : at], letters[at], row[at]) for at in range(len(letters)))


def _completed(year: int, short: int) -> int:
    """Return the year that ``short`` is short for after ``year``: 13 after 1712 is 1713."""
    scale = 10 if short < 10 else 100
    return year - year % scale + short


def _days(found: Found) -> list[int]:
    """Return the days of the month; "twenty-first" is one, what follows a slash or ' is none."""
    days: list[int] = []
    tens = 0
    for before, letter, number in _pairs(found):
        if letter == "T":
            tens = number
        elif letter in "DONK" and before not in ("/", "'"):
            days.append(tens + number)
            tens = 0
    return days


def _calendar(found: Found) -> Value:
    styles = found.numbers("G")
    if "/" in found.letters or styles == [0]:
        return {"calendar": "#julian"}
    return {"calendar": "#gregorian"} if styles else NOTHING


def _day(found: Found) -> Value:
    month = found.numbers("MAm")[0]
    year = (_years(found) or [0])[0]
    days = _days(found)
    return {**_when(_iso(year, month, days[0])), **_calendar(found)}


def _days_of_month(found: Found) -> Value:
    (first, last), month, year = _days(found), found.numbers("MAm")[0], (_years(found) or [0])[0]
    return _range(_iso(year, month, first), _iso(year, month, last))


def _day_to_day(found: Found) -> Value:
    (first, last), (one, two) = _days(found), found.numbers("MAm")
    years = _years(found) or [0]
    return _range(_iso(years[0], one, first), _iso(years[-1], two, last))


def _month_to_month(found: Found) -> Value:
    (one, two), years = found.numbers("MAm"), _years(found)
    return _range(_iso(years[0], one), _iso(years[-1], two))


def _month(found: Found) -> Value:
    return _when(_iso((_years(found) or [0])[0], found.numbers("MAm")[0]))


def _year(found: Found) -> Value:
    return _when(_iso(_years(found)[0]))


def _double_year(found: Found) -> Value | None:
    first = found.numbers("Y")[0]
    last = (found.numbers("Y")[1:] or [_completed(first, n) for n in found.numbers("DZ")])[-1]
    if last <= first:
        return None
    return _range(
        _iso(first), _iso(last), sure="/" not in found.letters and "b" not in found.letters
    )


def _open(found: Found) -> Value:
    return {"from": _when_of(found)} if _when_of(found) else NOTHING


def _when_of(found: Found) -> str:
    months, years, days = found.numbers("MAm"), _years(found) or [0], _days(found)
    return _iso(years[0], months[0] if months else 0, days[0] if days else 0)


def _before(found: Found) -> Value:
    """Return the last year, month or day before the one named: pre-1936 is 1935 at the latest."""
    months, years, days = found.numbers("MAm"), _years(found), _days(found)
    if not years or not _when_of(found):
        return NOTHING
    if days:
        return {"notAfter": (date(years[0], months[0], days[0]) - timedelta(1)).isoformat()}
    if months:
        index = years[0] * 12 + months[0] - 2
        return {"notAfter": _iso(index // 12, index % 12 + 1)}
    return {"notAfter": _iso(years[0] - 1)}


def _after(found: Found) -> Value:
    """Return the year itself: what was "after 1917" may have been later in that year."""
    return {"notBefore": _when_of(found)} if _years(found) and _when_of(found) else NOTHING


def _about(found: Found) -> Value:
    return _when(_when_of(found))


def _decade(found: Found) -> Value:
    first, *more = found.numbers("E")
    last = (more or [first])[-1] + (99 if first % 100 == 0 and not more else 9)
    if first % 100 == 0 and not more:  # "the 1900s" may be ten years or a hundred
        return {"notBefore": _iso(first), "notAfter": _iso(last)}
    return _range(_iso(first), _iso(last), sure="L" not in found.letters)


def _century(found: Found) -> Value:
    numbers = _days(found)
    if not all(0 < number <= 21 for number in numbers):
        return NOTHING
    first, last = _iso(numbers[0] * 100 - 99), _iso(numbers[-1] * 100)
    return _range(first, last, sure="L" not in found.letters)


SEASONS = {1: (3, 6), 2: (6, 9), 3: (9, 12)}
"""First and last month of spring, summer and autumn, on the northern half of the world."""
WINTER = 4


def _season(found: Found) -> Value:
    season, first = found.numbers("Ss")[0], found.numbers("Y")[0]
    others = [_completed(first, n) for n in found.numbers("DZ")] + found.numbers("Y")[1:]
    if season == WINTER:
        if others:
            return _range(_iso(first, 12), _iso(others[-1], 3), sure=False)
        return _range(_iso(first, 1), _iso(first + 1, 3), sure=False)  # of either end of the year
    if others:
        return NOTHING
    opening, closing = SEASONS[season]
    return _range(_iso(first, opening), _iso(first, closing), sure=False)


def _figures(found: Found) -> Value | None:
    """Return the date that figures give; the year alone where the order is anyone's guess."""
    text = found.text
    first, second, third = map(int, re.split(r"[./-]", text))
    if len(text) > 4 and text[4] in "-./" and first >= 1000:
        return _when(_iso(first, second, third)) or None
    year = third if 1000 <= third < 2100 else 0
    if not year and (third > 99 or "-" in text or not text[-2:].isdigit()):
        return None  # 2-7-4 is a sum in pounds, shillings and pence; 1.2.3 a section
    possible = {
        iso
        for order, (day, month) in (("dmy", (first, second)), ("mdy", (second, first)))
        if found.order in ("", order)
        and 0 < month <= 12
        and day
        and (iso := _iso(year, month, day))
    }
    if not possible:
        return None
    return _when(possible.pop() if len(possible) == 1 else _iso(year))


def _spaced_figures(found: Found) -> Value | None:
    (day, month), (year,) = found.numbers("D"), found.numbers("Y")
    iso = _iso(year, month, day) if found.order == "dmy" and month <= 12 else ""
    return _when(iso) if iso else None


def _feast(found: Found) -> Value | None:
    """Return the day of a feast; a feast that is no one day ("Christmas") needs a year to be a date."""
    name = " ".join(_feast_words(found).split()).lower()
    when, years = found.words.days.get(name, ""), found.numbers("Y")
    if not when:
        return _when(_iso(years[0])) if years else None
    if not years:
        return _when(f"--{when}") if when[0].isdigit() else NOTHING
    if when[0].isdigit():
        return _when(f"{years[0]:04d}-{when}")
    if years[0] < 1753:  # Easter of the Julian calendar, or of the Gregorian? The words do not say.
        return NOTHING
    return _when((_easter(years[0]) + timedelta(int(when))).isoformat())


def _feast_words(found: Found) -> str:
    at = found.first + found.letters.index("F")
    start, end = found.reading.spans[at]
    return found.reading.text[start:end]


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _nothing(_: Found) -> Value:
    return NOTHING


# ---------------------------------------------------------------- grammar

RULES: tuple[tuple[str, str, Callable[[Found], Value | None], float], ...] = (
    # name, letters, values, certainty; the first that fits wins, so the longer stands first
    ("figures", r"#", _figures, 0.97),
    ("figures_spaced", r"D\.D\.Y", _spaced_figures, 0.9),
    (
        "day_to_day",
        rf"{NO_LABEL}{WEEKDAY}{DMY}(?:{THEN_YEAR})?[~u]{WEEKDAY}{DMY}(?:{THEN_YEAR})?"
        rf"|{WEEKDAY}{MDY}(?:{THEN_YEAR})?[~u]{WEEKDAY}{MDY}(?:{THEN_YEAR})?",
        _day_to_day,
        0.97,
    ),
    (
        "days",
        rf"{NO_LABEL}{DAY}[~&u]{DAY}o?t?{MONTH}(?:{THEN_YEAR})?"
        rf"|{MONTH}{DAY}[~&u]{DAY}(?![qM])(?:{THEN_YEAR})?",
        _days_of_month,
        0.97,
    ),
    ("before_day", rf"B~?t?(?:{NO_LABEL}{DMY}|{MDY}){THEN_YEAR}", _before, 0.95),
    ("after_day", rf"P~?t?(?:{NO_LABEL}{DMY}|{MDY}){THEN_YEAR}", _after, 0.95),
    (
        "day",
        rf"{WEEKDAY}{NO_LABEL}{DMY}(?:{THEN_YEAR}|{SHORT_YEAR})?{STYLE}"
        rf"|{WEEKDAY}{MDY}(?:{THEN_YEAR}{STYLE}|{SHORT_YEAR}|(?![q/])(?!~[DON]))"
        rf"|{WEEKDAY}{MONTH}{SEP}(?:K|TK|T~K){THEN_YEAR}|K{MONTH}{THEN_YEAR}",
        _day,
        0.99,
    ),
    ("republican", r"[tH]?[DON]\.?R(?:,?y?r)?|yr", _nothing, 0.95),
    ("month_to_month", rf"{MONTH}(?:{THEN_YEAR})?[~/u]{MONTH}{THEN_YEAR}", _month_to_month, 0.97),
    ("before_month", rf"B~?{MONTH}{THEN_YEAR}", _before, 0.95),
    ("after_month", rf"P~?{MONTH}{THEN_YEAR}", _after, 0.95),
    ("month_onwards", rf"{MONTH}{THEN_YEAR}X", _open, 0.97),
    ("month", rf"{PART}{MONTH}{THEN_YEAR}", _month, 0.98),
    ("feast", r"(?:[WV]\.?,?)?F(?:,?o?Y)?", _feast, 0.9),
    ("season", rf"(?:[tH]?L?)[Ss][,]?o?t?y?o?Y(?:[~/][DZY])?", _season, 0.8),
    ("decades", r"[tH]?(?:L~?)?E(?:[~&u]E)?|[tH]L?~?'?e|'e", lambda f: _decade(f) if "E" in f.letters else NOTHING, 0.96),
    ("century", r"[tH]?(?:L~?)?(?:T~)?[DON]\.?(?:[~&u][DON]\.?)?~?C(?!<?J)", _century, 0.96),
    ("years", r"(?<!l)Y[~/](?:Y|[DZ](?![~/\d.]))|(?<=f)YuY|bY&Y", _double_year, 0.95),
    ("onwards", r"Y~?X", _open, 0.97),
    ("before_year", rf"B~Y|Bt?(?:yo?)?Y{BEFORE_FUNCTION}", _before, 0.95),
    ("after_year", rf"P~Y|Pt?(?:yo?)?Y{BEFORE_FUNCTION}", _after, 0.95),
    ("about_year", rf"Q\.?{YEAR}{BEFORE_FUNCTION}", _about, 0.7),
    ("part_of_year", r"[tH]?L(?:o?i?t?(?:yo?)?|~)Y(?!q)", _year, 0.95),
    ("era", r"JY", _year, 0.97),
    ("year", rf"{IN_YEAR}Y(?!q)(?!\.[DZ])|(?<=[opuf])Y{BEFORE_FUNCTION}", _year, 0.96),
    ("year_alone", r"(?<![^!])Y(?=\.?(?:!|$))|(?<=Y&)Y|(?<=c,)Y(?=[.,;>!]|$)|(?<=[Yo],)Y(?=[&,])", _year, 0.95),
    ("relative", r"(?:[WV]\.?,?)?[tH]?[DON]\.?I\.?|W,?tO(?=[,.:;!>nt]|$)", _nothing, 0.95),
    ("ordinal", r"(?<=[inopufBPQ&~])tO(?=[,.:;!>toipuf&a~n]|$)", _nothing, 0.9),
    ("weekday", r"k?W\.?h|k?W(?!'w)(?![jc])", _nothing, 0.95),
    ("bare_month", r"kM\.?|(?:(?<=[inopufBPtkab~&L])|(?<=Lo)|(?<=,))[MA](?![OD])\.?|M(?![OD])\.?", _month, 0.93),
)  # fmt: skip

FIRST = "[DONTKYE#eMAmWVSsFRtHLBPQbkyJ']"
"""What a date may begin with; most tokens do not, and are passed over at once."""
GRAMMAR = re.compile(
    f"(?={FIRST})(?:" + "|".join(f"(?P<{name}>{letters})" for name, letters, _, _ in RULES) + ")"
)
VALUE = {name: value for name, _, value, _ in RULES}
CERTAINTY = {name: certainty for name, _, _, certainty in RULES}
LONELY = frozenset({"bare_month", "weekday"})
"""Rules that find one word, which may be somebody's name or part of one."""


def _stands_alone(found: Found, names: Names) -> bool:
    """Return whether a single word of the calendar is no name and no part of one."""
    letters = found.reading.letters
    after = letters[found.last : found.last + 1]
    before = letters[found.first - 1 : found.first] if found.first else "!"
    if after == "c" and (before == "c" or names.known(found.text, "forename")):
        return False
    return not (before == "c" and "A" in found.letters)


def _annotation(found: Found, rule: str, value: Value) -> Annotation:
    start = found.reading.spans[found.first][0]
    return Annotation(
        Span(start, _end(found)),
        "date",
        f"dates.{rule}",
        value,
        None,
        _certainty(found, rule, value),
    )


def _end(found: Found) -> int:
    """Return the end without the full stop of a sentence; that of "Dec." belongs to it."""
    letters = found.letters.rstrip(",:;")
    last = found.first + len(letters) - 1
    start, end = found.reading.spans[last]
    if letters[-1] != ".":
        return end
    word_start, word_end = found.reading.spans[last - 1]
    word = found.reading.text[word_start:word_end].lower()
    short = letters[-2] in "MAmVI" and word not in found.words.full
    return end if short and start == word_end else word_end


def _certainty(found: Found, rule: str, value: Value) -> float:
    """Return how sure the rule is, less if the weekday named was another one."""
    weekdays, when = found.numbers("WV"), value.get("when", "")
    if not weekdays or len(when) != len("1798-05-12") or when.startswith("--"):
        return CERTAINTY[rule]
    if when < found.words.gregorian or "calendar" in value:
        return CERTAINTY[rule]
    return CERTAINTY[rule] if date.fromisoformat(when).isoweekday() == weekdays[0] else 0.6


def _years_of_fields(
    reading: Reading, fields: tuple[Field, ...], taken: set[int]
) -> Iterator[Annotation]:
    """Yield years in lines of metadata, where a number of four figures is hardly anything else."""
    for field in fields:
        at = bisect_left(reading.spans, (field.span.start, 0))
        while at < len(reading.spans) and reading.spans[at][1] <= field.span.end:
            start, end = reading.spans[at]
            if reading.letters[at] == "Y" and at not in taken and reading.letters[at - 1] != "l":
                value = _when(_iso(reading.numbers[at]))
                yield Annotation(Span(start, end), "date", "dates.year_of_field", value, None, 0.95)
            at += 1
