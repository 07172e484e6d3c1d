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
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from epistola.gazetteer import Names
from epistola.mentions.dates.values import (
    Found,
    Value,
    after,
    before,
    century,
    day,
    day_to_day,
    days_of_month,
    decade,
    feast,
    figures,
    month_to_month,
    named,
    nothing,
    onwards,
    season,
    spaced_figures,
    years,
)
from epistola.mentions.dates.words import Reading, order_of, read, words_of
from epistola.model import Annotation, Field, Letter, Source, Span

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
BEFORE_FUNCTION = r"(?=[,.:;>!~toipuf&aXyn\"'b]|$)"


def dates(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the dates of ``source``, one annotation for each whole date, in order.

    Titles and references ask for them too, so they are found once, then kept.
    """
    yield from _kept(source, letter, names)


@lru_cache(maxsize=4)
def _kept(source: Source, letter: Letter, names: Names) -> tuple[Annotation, ...]:
    return tuple(_dates(source, letter, names))


def _dates(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    words = words_of(letter.language)
    reading = read(source.folded, words)
    order = words.order or order_of(reading)
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
    found = list(_dates(whole, Letter(code), Names({})))
    return found[0].values if len(found) == 1 else None


# ---------------------------------------------------------------- grammar

RANGE_OF_DAYS = (
    rf"{NO_LABEL}{WEEKDAY}{DMY}{THEN_YEAR}?[~u]{WEEKDAY}{DMY}{THEN_YEAR}?"
    rf"|{WEEKDAY}{MDY}{THEN_YEAR}?[~u]{WEEKDAY}{MDY}{THEN_YEAR}?"
)
DAYS_OF_MONTH = (
    rf"{NO_LABEL}{DAY}[~&u]{DAY}o?t?{MONTH}{THEN_YEAR}?"
    rf"|{MONTH}{DAY}[~&u]{DAY}(?![qM]){THEN_YEAR}?"
)
ONE_DAY = (
    rf"{WEEKDAY}{NO_LABEL}{DMY}(?:{THEN_YEAR}|{SHORT_YEAR})?{STYLE}"
    rf"|{WEEKDAY}{MDY}(?:{THEN_YEAR}{STYLE}|{SHORT_YEAR}|(?![q/])(?!~[DON]))"
    rf"|{WEEKDAY}{MONTH}{SEP}(?:K|TK|T~K){THEN_YEAR}|K{MONTH}{THEN_YEAR}"
)
DAY_AND_YEAR = rf"(?:{NO_LABEL}{DMY}|{MDY}){THEN_YEAR}"
CENTURIES = r"[tH]?(?:L~?)?(?:T~)?[DON]\.?(?:[~&u][DON]\.?)?~?C(?!<?J)"
DECADES = r"[tH]?(?:L~?)?E(?:[~&u]E)?|[tH]L?~?'?e|'e"
RANGE_OF_YEARS = r"(?<!l)Y[~/](?:Y|[DZ](?![~/\d.]))|(?<=f)YuY|bY&Y"
PART_OF_YEAR = r"[tH]?L(?:o?i?t?(?:yo?)?|~)Y(?!q)"
IN_YEAR = rf"(?<=[i<y])Y(?!q)(?!\.[DZ])|(?<=[opuf])Y{BEFORE_FUNCTION}"
LONE_YEAR = r"(?<![^!])Y(?=\.?(?:!|$))|(?<=Y&)Y|(?<=c,)Y(?=[.,;>!]|$)|(?<=[Yo],)Y(?=[&,])"
RELATIVE = r"(?:[WV]\.?,?)?[tH]?[DON]\.?I\.?|W,?tO(?=[,.:;!>nt]|$)"
ORDINAL = r"(?<=[inopufBPQ&~])tO(?=[,.:;!>toipuf&a~n]|$)"
BARE_MONTH = r"kM\.?|(?:(?<=[inopufBPtkab~&L])|(?<=Lo)|(?<=,))[MA](?![OD])\.?|M(?![OD])\.?"

RULES: tuple[tuple[str, str, Callable[[Found], Value | None], float], ...] = (
    # name, letters, values, certainty; the first that fits wins, so the longer stands first
    ("figures", r"#", figures, 0.97),
    ("figures_spaced", r"D\.D\.Y", spaced_figures, 0.9),
    ("day_to_day", RANGE_OF_DAYS, day_to_day, 0.97),
    ("days", DAYS_OF_MONTH, days_of_month, 0.97),
    ("before_day", rf"B~?t?{DAY_AND_YEAR}", before, 0.95),
    ("after_day", rf"P~?t?{DAY_AND_YEAR}", after, 0.95),
    ("day", ONE_DAY, day, 0.99),
    ("republican", r"[tH]?[DON]\.?R(?:,?y?r)?|yr", nothing, 0.95),
    ("month_to_month", rf"{MONTH}{THEN_YEAR}?[~/u]{MONTH}{THEN_YEAR}", month_to_month, 0.97),
    ("before_month", rf"B~?{MONTH}{THEN_YEAR}", before, 0.95),
    ("after_month", rf"P~?{MONTH}{THEN_YEAR}", after, 0.95),
    ("month_onwards", rf"{MONTH}{THEN_YEAR}X", onwards, 0.97),
    ("month", rf"{PART}{MONTH}{THEN_YEAR}", named, 0.98),
    ("feast", r"(?:[WV]\.?,?)?F(?:,?o?Y)?", feast, 0.9),
    ("season", r"[tH]?L?[Ss],?o?t?y?o?Y(?:[~/][DZY])?", season, 0.8),
    ("decades", DECADES, decade, 0.96),
    ("century", CENTURIES, century, 0.96),
    ("years", RANGE_OF_YEARS, years, 0.95),
    ("onwards", r"Y~?X", onwards, 0.97),
    ("before_year", rf"B~Y|Bt?(?:yo?)?Y{BEFORE_FUNCTION}", before, 0.95),
    ("after_year", rf"P~Y|Pt?(?:yo?)?Y{BEFORE_FUNCTION}", after, 0.95),
    ("about_year", rf"Q\.?{YEAR}{BEFORE_FUNCTION}", named, 0.7),
    ("part_of_year", PART_OF_YEAR, named, 0.95),
    ("era", r"JY", named, 0.97),
    ("year", IN_YEAR, named, 0.96),
    ("lone_year", LONE_YEAR, named, 0.95),
    ("relative", RELATIVE, nothing, 0.95),
    ("ordinal", ORDINAL, nothing, 0.9),
    ("weekday", r"k?W\.?h|k?W(?!'w)(?![jc])", nothing, 0.95),
    ("bare_month", BARE_MONTH, named, 0.93),
)

FIRST = "[DONTKYE#eMAmWVSsFRtHLBPQbkyJ']"
"""What a date may begin with; most tokens do not, and are passed over at once."""
GRAMMAR = re.compile(
    f"(?={FIRST})(?:" + "|".join(f"(?P<{name}>{letters})" for name, letters, _, _ in RULES) + ")"
)
VALUE = {name: value for name, _, value, _ in RULES}
CERTAINTY = {name: certainty for name, _, _, certainty in RULES}
CONTRADICTED = 0.6
"""How sure a date is whose weekday was another one."""
LONELY = frozenset({"bare_month"})
"""Rules that find a single word, which may be somebody's name or part of one."""


def _stands_alone(found: Found, names: Names) -> bool:
    """Return whether a single word of the calendar is no name and no part of one."""
    letters = found.reading.letters
    after = letters[found.last : found.last + 1]
    before = letters[found.first - 1 : found.first] if found.first else "!"
    return before != "c" and not (after == "c" and names.known(found.text, "forename"))


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
    return CERTAINTY[rule] if date.fromisoformat(when).isoweekday() == weekdays[0] else CONTRADICTED


def _years_of_fields(
    reading: Reading, fields: tuple[Field, ...], taken: set[int]
) -> Iterator[Annotation]:
    """Yield years in lines of metadata, where a number of four figures is hardly anything else."""
    for field in fields:
        at = bisect_left(reading.spans, (field.span.start, 0))
        while at < len(reading.spans) and reading.spans[at][1] <= field.span.end:
            start, end = reading.spans[at]
            if reading.letters[at] == "Y" and at not in taken and reading.letters[at - 1] != "l":
                value = {"when": str(reading.numbers[at])}
                yield Annotation(Span(start, end), "date", "dates.year_of_field", value, None, 0.95)
            at += 1
