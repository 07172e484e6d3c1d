"""Find dates, and say what day, month, year or range they name: kind ``date``.

The text is read once as a row of letters, one for each word, number or mark ("the 12th
of May, 1798" is ``tOoM,Y``); the grammar is a list of patterns over these letters, and so
the same for every language. What word has what letter is data (``[dates]``).

Values have the names of TEI's ``att.datable.w3c`` (``when``, ``from``, ``to``,
``notBefore``, ``notAfter``) and ``calendar``, and are never more precise than the words:
"4 June" is ``--06-04``, a day that does not exist has no value. What a letter names by its
distance ("inst.", "last Tuesday") has a value only where its own date gives one. Old Style
and republican dates that say so are reckoned to the Gregorian calendar; others keep the
numbers that the letter gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from epistola.gazetteer import Names
from epistola.mentions.dates import patterns as p
from epistola.mentions.dates import values as v
from epistola.mentions.dates.days import feast, figures, republican, spaced_figures
from epistola.mentions.dates.reading import Reading, order_of, read
from epistola.mentions.dates.relative import Anchor, anchor_of, resolve
from epistola.mentions.dates.values import Found, Value
from epistola.mentions.dates.words import words_of
from epistola.model import DEFAULT_LANGUAGE, Annotation, Field, Letter, Source, Span


def dates(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the dates of ``source``, one annotation for each whole date, in order.

    Titles and references ask for them too, so they are found once, then kept.
    """
    yield from _kept(source, letter, names)


@lru_cache(maxsize=4)
def _kept(source: Source, letter: Letter, names: Names) -> tuple[Annotation, ...]:
    return tuple(_dates(source, letter, names))


def normal_form(phrase: str, code: str = DEFAULT_LANGUAGE) -> Value | None:
    """Return the values of the date that ``phrase`` is, or None where it is none.

    >>> dict(normal_form("the 12th of May, 1798") or {})
    {'when': '1798-05-12'}
    """
    whole = Source("phrase", phrase)
    found = list(_dates(whole, Letter(code), Names({})))
    return found[0].values if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A date found: by which rule, where, and what it means by its own words."""

    found: Found
    rule: str
    value: Value
    span: Span


def _dates(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    words = words_of(letter.language)
    reading = read(source.folded, words)
    claims = list(_claims(reading, letter, names))
    for claim, anchor in _anchored(source, letter, claims):
        annotation = _annotation(source, letter, claim, anchor)
        if annotation is not None:
            yield annotation
    taken = {at for c in claims for at in range(c.found.first, c.found.last)}
    yield from _years_of_fields(reading, letter.fields, taken)


def _claims(reading: Reading, letter: Letter, names: Names) -> Iterator[Claim]:
    words = words_of(letter.language)
    order = words.order or order_of(reading)
    for match in GRAMMAR.finditer(reading.letters):
        rule = match.lastgroup or ""
        found = Found(reading, match.start(), match.end(), words, order)
        if rule in LONELY and not _stands_alone(found, names):
            continue
        value = VALUE[rule](found)
        if value is not None:
            span = Span(reading.spans[found.first][0], _end(found))
            yield Claim(found, rule, value, span)


# ---------------------------------------------------------------- the letter's own date


def _anchor(letter: Letter, claims: Sequence[Claim]) -> Anchor | None:
    """Return the day or month of the letter's dateline, else of a line on when it was written."""
    written = [field.value for field in letter.fields_of("written")]
    for where in (*([letter.dateline.span] if letter.dateline else []), *written):
        own = [c for c in claims if where and c.span in where and anchor_of(c.value)]
        if own:
            return anchor_of(own[0].value) if len(own) == 1 else None
    return None


def _anchored(
    source: Source, letter: Letter, claims: Sequence[Claim]
) -> Iterator[tuple[Claim, Anchor | None]]:
    """Yield each date, with the day of the letter where the letter itself speaks on that day.

    It does not in a quotation, nor in a paragraph after another day: "January 7, 1837.
    Received yesterday a letter".
    """
    anchor = _anchor(letter, claims)
    end = _end_of_day(source.text, letter, claims) if anchor else 0
    seen = quotes = 0
    strange = False
    for claim in claims:
        passage = source.folded[seen : claim.span.start]
        seen = claim.span.start
        _, new_paragraph, rest = passage.rpartition("\n\n")
        quotes = (0 if new_paragraph else quotes) + rest.count('"')
        strange = strange and not new_paragraph
        own = claim.span.start < end and not strange and quotes % 2 == 0
        yield claim, anchor if own else None
        day = anchor_of(claim.value)
        strange = strange or (day is not None and day.day != 0 and day != anchor)


def _end_of_day(text: str, letter: Letter, claims: Sequence[Claim]) -> int:
    """Return where a letter may go on at a later day: at the next date that heads a part."""
    heads = [field.span for field in letter.fields]
    heads += [letter.dateline.span] if letter.dateline and letter.dateline.span else []
    for claim in claims:
        if not any(claim.span in head for head in heads) and _heads_a_part(text, claim):
            return claim.span.start
    return len(text)


def _heads_a_part(text: str, claim: Claim) -> bool:
    """Return whether a date opens its line, or is a full one that ends a short line."""
    if claim.rule not in OPENING or "k" in claim.found.letters:
        return False
    before = _line_before(text, claim.span)
    if before is None:
        return False
    if not before.strip(" _*[("):
        return True
    after = text[claim.span.end : claim.span.end + PARAGRAPH - len(before)]
    line, ended, _ = after.partition("\n")
    last = (ended or len(after) < PARAGRAPH - len(before)) and not line.strip(" ._*)]")
    return bool(last) and anchor_of(claim.value) is not None


def _line_before(text: str, span: Span) -> str | None:
    """Return what stands on the line before ``span``; None where that is as long as a paragraph."""
    start = max(0, span.start - PARAGRAPH)
    _, ended, before = text[start : span.start].rpartition("\n")
    return before if ended or not start else None


PARAGRAPH = 80
"""A longer line is a paragraph."""
OPENING = frozenset({"day", "weekday", "weekday_and_number", "month", "figures"})
"""Rules whose dates may stand above what was written on a later day."""


# ---------------------------------------------------------------- grammar

RULES: tuple[tuple[str, str, Callable[[Found], Value | None], float], ...] = (
    # name, letters, values, certainty; the first that fits wins, so the longer stands first
    ("figures", r"#", figures, 0.97),
    ("figures_spaced", r"D\.D\.Y", spaced_figures, 0.9),
    ("day_to_day", p.RANGE_OF_DAYS, v.day_to_day, 0.97),
    ("days", p.DAYS_OF_MONTH, v.days_of_month, 0.97),
    ("since", p.SINCE, v.onwards, 0.95),
    ("until", p.UNTIL, v.until, 0.95),
    ("before_day", rf"B~?t?{p.DAY_AND_YEAR}", v.before, 0.95),
    ("after_day", rf"P~?t?{p.DAY_AND_YEAR}", v.after, 0.95),
    ("day_near", p.DAY_NEAR, v.named, 0.97),
    ("day", p.ONE_DAY, v.day, 0.99),
    ("republican", p.REPUBLICAN, republican, 0.95),
    ("month_to_month", p.MONTH_TO_MONTH, v.month_to_month, 0.97),
    ("before_month", rf"B~?{p.MONTH}{p.THEN_YEAR}", v.before, 0.95),
    ("after_month", rf"P~?{p.MONTH}{p.THEN_YEAR}", v.after, 0.95),
    ("month_onwards", rf"{p.MONTH}{p.THEN_YEAR}X", v.onwards, 0.97),
    ("month", rf"{p.PART}{p.MONTH}{p.THEN_YEAR}", v.named, 0.98),
    ("feast", r"(?:[WV]\.?,?)?(?:kF|F(?:,?o?Y)?k?)", feast, 0.9),
    ("season", p.SEASON, v.season, 0.8),
    ("decades", p.DECADES, v.decade, 0.96),
    ("years_of_decade", p.YEARS_OF_DECADE, v.years_of_decade, 0.96),
    ("century", p.CENTURIES, v.century, 0.96),
    ("other_era", p.OTHER_ERA, v.nothing, 0.95),
    ("years", p.RANGE_OF_YEARS, v.years, 0.95),
    ("onwards", r"Y~?X", v.onwards, 0.97),
    ("before_year", rf"B~Y|Bt?(?:yo?)?Y{p.BEFORE_FUNCTION}", v.before, 0.95),
    ("after_year", rf"P~Y|Pt?(?:yo?)?Y{p.BEFORE_FUNCTION}", v.after, 0.95),
    ("about_year", rf"Q\.?{p.YEAR}{p.BEFORE_FUNCTION}", v.named, 0.7),
    ("part_of_year", p.PART_OF_YEAR, v.named, 0.95),
    ("era", r"JY|YJ", v.named, 0.97),
    ("year", p.IN_YEAR, v.named, 0.96),
    ("lone_year", p.LONE_YEAR, v.lone_year, 0.95),
    ("of_one_thing", p.OF_ONE_THING, v.of_one_thing, 0.8),
    ("short_year", p.SHORT, v.nothing, 0.9),
    ("regnal", p.REGNAL, v.nothing, 0.8),
    ("inst", p.INST, v.nothing, 0.95),
    ("weekday_and_number", p.WEEKDAY_AND_NUMBER, v.nothing, 0.95),
    ("ordinal", p.ORDINAL, v.nothing, 0.9),
    ("weekday", p.ONE_WEEKDAY, v.nothing, 0.95),
    ("month_near", p.MONTH_NEAR, v.named, 0.93),
    ("bare_month", p.BARE_MONTH, v.named, 0.93),
    ("season_near", p.SEASON_NEAR, v.nothing, 0.9),
    ("near_day", p.NEAR_DAY, v.nothing, 0.95),
)

FIRST = "[DONTKYE#eMAmWVSsFRLBPQbkyJ'89d6r]|[tH][.'DONTKLEeSsRrd6]|u~?d"
"""How a date may begin; most tokens do not, and are passed over at once."""
GRAMMAR = re.compile(
    f"(?={FIRST})(?:" + "|".join(f"(?P<{name}>{letters})" for name, letters, _, _ in RULES) + ")"
)
VALUE = {name: value for name, _, value, _ in RULES}
CERTAINTY = {name: certainty for name, _, _, certainty in RULES}
CONTRADICTED = 0.6
"""How sure a date is whose weekday was another one."""
LONELY = frozenset({"bare_month"})
"""Rules that find a single word, which may be somebody's name or part of one."""


LIKELY = frozenset({"weekday", "month_near"})
RECKONED = 0.9
"""How sure the day of "last Tuesday" is: some mean that of the week before."""
RESOLVED = frozenset({"near_day", "season_near"})
"""Rules of words that are a date only where the letter's own makes them one: "yesterday"."""


def _stands_alone(found: Found, names: Names) -> bool:
    """Return whether a single word of the calendar is no name and no part of one."""
    letters = found.reading.letters
    after = letters[found.last : found.last + 1]
    before = letters[found.first - 1 : found.first] if found.first else "!"
    return before != "c" and not (after == "c" and names.known(found.text, "forename"))


def _annotation(
    source: Source, letter: Letter, claim: Claim, anchor: Anchor | None
) -> Annotation | None:
    """Return the annotation of a date, its value resolved; a mere "yesterday" is none."""
    found, rule = claim.found, claim.rule
    value = resolve(rule, found, claim.value, anchor) if anchor else claim.value
    if rule in RESOLVED and not value:
        return None
    certainty = _certainty(found, rule, value)
    if rule in LIKELY and value != claim.value:
        certainty = min(certainty, RECKONED)
    span = _with_stop(source.text, letter, claim.span) if rule in OPENING else claim.span
    return Annotation(span, "date", f"dates.{rule}", value, None, certainty)


def _with_stop(text: str, letter: Letter, span: Span) -> Span:
    """Return the span of a date with the full stop that ends its line, if it is all of the line.

    "June 4, 1915." above a letter is a date and its stop; "London, June 4, 1915." is a line
    whose stop is not the date's.
    """
    stop = STOP_OF_LINE.match(text, span.end)
    before = _line_before(text, span) if stop else None
    if stop is None or before is None or before.strip():
        return span
    start = span.start - len(before)
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    own = letter.dateline is not None and letter.dateline.span and span in letter.dateline.span
    return Span(span.start, stop.end()) if own or not text[above:start].strip() else span


STOP_OF_LINE = re.compile(r"[ \t]?\.(?=[ \t]*(?:\n|$))")


def _end(found: Found) -> int:
    """Return the end without the full stop of a sentence; that of "Dec." belongs to it."""
    letters = found.letters.rstrip(",:;")
    last = found.first + len(letters) - 1
    start, end = found.reading.spans[last]
    if letters[-1] != ".":
        return end
    word_start, word_end = found.reading.spans[last - 1]
    word = found.reading.text[word_start:word_end].lower()
    short = letters[-2] in "MAmVIg" and word not in found.words.full
    short = short or letters.endswith(("tD.", "t.D."))  # "Montag, den 15."
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
