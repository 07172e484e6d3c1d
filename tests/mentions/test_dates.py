"""Dates, whole and in parts: what is tagged, and with what value."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.gazetteer import Names
from epistola.mentions.dates.grammar import dates, normal_form
from epistola.model import Annotation, Field, Letter, Source, Span
from marks import claims, marked

NAMES = Names({"forename": {"June": "", "April": "", "August": "", "May": ""}})

# No dates: words and numbers that only look like them.
NOT_DATES = r"""
May I come on the morrow?
You may march at once; the sun sat low.
March on, my friend!
Miss June Haver is here.
I saw August Weismann.
Sarah May sends her love.
it cost £1848 and 1,871 men died
of 2000 men only 1500 came
He marched with 1812 horse.
by 1500 francs a year
an army of 1914 soldiers
page 1848 of the ledger
We live at 1600 Holloway Road.
the Sunday Times
Sunday School is over.
in her thirties
the spring of hope, the winter of despair
at Christmas we dance
He is second to none.
the first man and the last
for 2-7-4 you may have it
see section 1.2.3 of the act
the 52nd Regiment marched
a sum of 12.50 in all
Room 1904b is mine, and 3² is nine, ½ a loaf.
one may in ten go
the fourth of them left
be that as it may, the first is gone
one of the 4 may come
they march 12 miles a day
"""

ENGLISH = r"""
[date when=1798-11-12 Novr. 12th 1798]
[date when=1841-12-01 Decr 1st 1841]
[date when=1720-09-03 7ber 3d 1720]
[date when=1720-10-03 8ber 3d. 1720]
[date when=1699-12-30 Xber 30th 1699]
[date when=1819-02-10 Feby 10th 1819.]
[date when=1820-03-20 March 20 th 1820]
[date when=1819-01-09 Jany 9th 1819.]
[date when=1812-02-20 Febr: 20th.1812]
[date when=1812-08-14 August 14, 1812]
[date when=1791-08-31 31st August 1791]
[date when=1812-07-24 July 24th. 1812]
[date when=1816-08-23 August 23d. 1816]
[date when=1798-05-12 the 12th of May, 1798]
[date when=1798-05-12 12 May 1798]
[date when=1798-05-12 12. May 1798]
[date when=1798-05-12 May 12 1798]
[date when=1798-05-12 May 12th, 1798]
[date when=1798-05-12 MAY 12, 1798]
[date when=1798-05-12 May the 12th, 1798]
[date when=1798-05-12 the twelfth of May, 1798]
[date when=1798-05-12 the 12th May 1798]
[date when=1798-05-12 12 May, 1798]
[date when=1798-05-21 the twenty-first of May, 1798]
[date when=1798-05-21 May twenty-first, 1798]
[date when=1819-03-02 March two, 1819]
[date when=1815-04-05 five April 1815]
[date when=1819-02-17 February Seventeen 1819]
[date when=1916-05-08 May 08,1916]
Leeds, [date when=1916-04-17 17 April 1916].
[date when=1917-01-01 January 01, 1917]
[date when=--06-04 Monday, 4th June]
[date when=--06-04 4 June] we sail
[date when=--06-04 June 4]: we sail
Your letter of [date when=--11-29 November 29th] came.
We meet on [date when=--12-01 the first of December].
We sail on [date when=--07-18 July eighteenth] and land on [date when=--04-21 April twenty-first].
[date when=--02-29 29 February] comes again.
[date when=1596-10-04 Friday, Oct. 4th, 1596]
TAVISTOCK HOUSE, _[date when=1851-10-04 Saturday, Oct. 4th, 1851]._
[date when=1871-05-04 Thursday, May 4, 1871]
[date when=1871-05-04 Thursday, the 4th of May, 1871]
[date when=1871-05-04 Thursday 4 May 1871]
[date when=1871-05-04 Thurs. May 4th 1871]
[date when=1871-05-04 Thursday evening, 4 May 1871]
[date when=1871-05-04 Thursday morning. May 4th, 1871]
[date when=1915-12-15 Dec. 15, 1915.]
[date when=--01-31 Jan. 31.]
[date when=1893-10-21 October 21st \[1893\]]
[date when=1912-06-05 June 5 (1912)]
[date when=1798-05-12 the 12th of may 1798]
[date when=--05-12 the 12th of may], we
[date when=1798-05-12 may 12 1798]
He died on [date when=--05-12 12 May]. In [date when=1799 1799] she died.
[date when=1914-09-21 Sep. 21, 1914]
[date when=1914-09-21 Sept. 21, 1914]
[date when=1914-09-21 Septr. 21, 1914]
I wrote in [date when=--12 Dec.] and again.
I wrote in [date when=--12 December]. Then no more.
[date when=1871-05 May 1871]
[date when=1871-05 May, 1871]
[date when=1871-05 May of 1871]
In [date when=1871-05 May of 1871] Paris fell.
[date when=1889-08 August of 1889]
In [date when=--05 May] we walk; in [date when=--03 March] we ride.
The [date when=--06 June] number is out.
since [date when=--03 March], so I suppose
[date when=--08 last August] and [date when=--06 next June]
[date when=--07 July] and [date when=--08 August] were wet.
the end of [date when=--01 January]
[date when=1871-05 the end of May 1871]
[date when=1848-05 early in May 1848]
[date when=1848 early in 1848]
[date when=1848 late 1848]
[date when=1848 the end of 1848]
[date when=1848 the middle of the year 1848]
[date when=1848 mid-1848]
in [date when=1935 1935] and after
In [date when=1848 1848] we hoped.
[date from=1917 since 1917] nothing
during [date when=1917 1917] nothing
Of [date when=1848 1848] I say nothing; of [date when=1789 1789], much.
by [date when=1900 1900], if we live
[date to=1945 until 1945].
the year [date when=1848 1848]
in the year [date when=1848 1848]
([date when=1909 1909])
\[[date when=1909 1909], sic\]
(London, [date when=1871 1871])
Printed at Leeds, [date when=1839 1839].
in [date when=2017 2017] & [date when=2018 2018]
for [date when=1916 1916] and [date when=1917 1917]. We
in [date when=1848 MDCCCXLVIII]
in [date when=1066 A.D. 1066] then
from [date from=1917 1917 onwards] of reconciling
[date from=1917 1917 onward]
[date from=1917-05 May 1917 onwards]
The [date notAfter=1935 pre-1936] joiners
the [date notBefore=1945 post-1945] order
[date notAfter=1899 before 1900], it was said
[date notBefore=1917 after 1917], it was said
[date notAfter=1819-08-22 before 23 Aug. 1819]
[date notAfter=1819-02-28 before 1 March 1819]
[date notAfter=1818-12-31 before January 1st, 1819]
[date notAfter=1871-04 before May 1871]
[date notAfter=1870-12 before January 1871]
[date notBefore=1871-05-03 after 3 May 1871]
[date notBefore=1871-05 after May 1871]
during [date from=1930 to=1939 the 1930s]
[date from=1890 to=1899 the 1890's]
[date notBefore=1930 notAfter=1939 the early 1930s]
[date notBefore=1930 notAfter=1939 the mid-1930s]
[date notBefore=1890 notAfter=1919 the 1890s and 1910s]
[date from=1890 to=1909 the 1890s and 1900s]
[date notBefore=1900 notAfter=1999 the 1900s]
in [date the thirties] we starved
in [date the '30s] we starved
[date from=1844 to=1845 1844–45]
[date from=1844 to=1845 1844-5]
[date from=1861 to=1865 1861-1865]
[date from=1899 to=1902 1899—1902]
[date notBefore=1872 notAfter=1873 1872/73]
[date notBefore=1861 notAfter=1865 between 1861 and 1865]
from [date from=1861 to=1865 1861 to 1865]
from [date from=1861 to=1865 1861 until 1865]
[date from=1871-05-17 to=1871-05-18 17 & 18 May 1871]
[date from=1871-05-17 to=1871-05-18 17 and 18 May 1871]
[date from=1871-05-17 to=1871-05-18 17-18 May 1871]
[date from=1871-05-17 to=1871-05-20 the 17th to the 20th of May 1871]
[date from=1871-05-17 to=1871-05-20 May 17-20, 1871]
[date notBefore=1899-04-23 notAfter=1899-04-30 April 23 and 30, 1899]
[date from=--05-17 to=--05-18 17-18 May]
[date from=1871-05-03 to=1871-06-04 3 May to 4 June 1871]
[date from=1871-05-03 to=1871-06-04 3 May – 4 June 1871]
[date from=1871-05-03 to=1871-06-04 May 3 to June 4, 1871]
[date from=1870-12-30 to=1871-01-02 30 December 1870 to 2 January 1871]
[date from=1922-07 to=1922-09 July-September 1922]
[date from=1884-01 to=1884-06 Jan-June 1884]
[date from=1870-12 to=1871-01 December 1870 to January 1871]
[date from=1701 to=1800 the eighteenth century]
[date from=1701 to=1800 the 18th century]
[date from=1701 to=1900 the 18th and 19th centuries]
[date from=1501 to=1700 the sixteenth and seventeenth centuries]
[date notBefore=1801 notAfter=1900 the early nineteenth century]
[date from=2001 to=2100 the twenty-first century]
[date notBefore=2011-06 notAfter=2011-09 Summer 2011].
[date notBefore=1848-06 notAfter=1848-09 the summer of 1848]
[date notBefore=1923-09 notAfter=1923-12 the Autumn of 1923]
[date notBefore=1848-03 notAfter=1848-06 early spring of 1848]
[date notBefore=1843-12 notAfter=1844-03 the winter of 1843-44]
[date notBefore=1843-12 notAfter=1844-03 Winter 1843/44]
[date notBefore=1843-01 notAfter=1844-03 Winter 1843]
[date when=1843-12-25 Christmas Day 1843]
[date when=1843-12-25 Christmas Day, 1843]
[date when=1843-12-24 Christmas Eve 1843]
[date when=1843 Christmas 1843]
[date when=--12-25 Christmas Day] was cold
[date when=1844-01-01 New Year's Day, 1844]
[date when=1843-12-31 New Year’s Eve 1843]
[date when=1843-03-25 Lady Day 1843]
[date when=1843-09-29 Michaelmas Day 1843]
[date when=1843-04-16 Easter Sunday 1843]
[date when=1843-04-14 Good Friday, 1843]
[date when=1916-04-24 Easter Monday, 1916]
[date when=1900-06-03 Whit Sunday 1900]
[date when=2000-04-24 Easter Monday 2000]
[date Easter Sunday 1700]
[date Easter Monday] is a holiday
[date when=1843 Easter 1843]
[date the 12th inst.]
[date the 12th inst.], and
[date the 30th ult.], and
[date 3d prox.], and
[date the 5th instant]
We dine on [date Monday].
We dine [date next Tuesday] or [date last Friday].
[date Monday Evening]
[date Friday morning.]
[date Monday the 15th], when
He paid on [date the 15th], as agreed.
your letter of [date the 17th], which came
your letter of the 17th regiment
[date when=1713-01-21 calendar=#julian 10 Jan. 1712/13]
[date when=1713-01-21 calendar=#julian 10 January 1712/1713]
[date when=1713-01-21 calendar=#julian Jan. 10th, 1712/13]
[date when=1700-02-11 calendar=#julian 1 Feb. 1699/1700]
[date when=1699-05-13 calendar=#julian 3 May 1699 O.S.]
[date calendar=#julian 3 March 1699 O.S.]
[date when=1699-05-13 calendar=#julian 3 May 1699 (O.S.)]
[date when=1753-03-03 calendar=#gregorian 3 March 1753, N.S.]
[date when=--06-04 June 4, '98]
[date when=--06-16 16 June '63]
[date when=2003 11.8.2003]
[date when=2007-07-29 29.7.2007]
[date when=2007-07-29 7/29/2007]
[date when=2007-07-29 29/7/2007]
[date when=2007 1/9/2007]
[date when=2007-09-09 9/9/2007]
[date 1/9/07]
[date when=2018-01-11 2018-01-11]
[date 31 June 1840]
[date 29 February 1900]
[date when=1904-02-29 29 February 1904]
[date 30 February]
No. 4 [date when=1871-05 May 1871]
no 4, [date notBefore=2011-06 notAfter=2011-09 Summer 2011]
[date 9 Thermidor]
p. 4 [date when=1871-05-03 May 3, 1871]
"""

FRENCH = r"""
Paris, [date when=1871-05-03 le 3 mai 1871]
[date when=1830-01-01 1er janvier 1830]
[date when=1830-01-01 le premier janvier 1830]
[date when=1830-08-15 15 août 1830]
[date when=1830-08-15 15 aoust 1830]
[date when=1839-12-18 18 décembre 1839]
[date when=1839-12-18 mercredi 18 décembre 1839]
[date when=1830-10-04 4 8bre 1830]
[date when=--05-03 le 3 mai] nous partons
[date when=1830-05 mai 1830]
en [date when=--01 janvier] il neige
en [date when=1848 1848], tout
[date from=1701 to=1800 le XVIIIe siècle]
[date when=1794-07-27 calendar=#republican le 9 thermidor an II]
l'[date from=1798-09-22 to=1799-09-22 calendar=#republican an VII]
[date when=2003-08-11 11/8/2003]
[date when=--09-01 1/9/07]
Il marche et dit : mars et Jupiter
trois hommes et sept femmes
"""

GERMAN = r"""
[date when=1871-05-03 3. Mai 1871]
[date when=1871-05-03 den 3. Mai 1871]
[date when=1820-06-04 den 4ten Juni 1820]
[date when=1820-01-04 4. Jänner 1820]
[date when=1820-02-04 4. Hornung 1820]
[date when=1800-07-30 Mittwoch, 30. Julius 1800]
[date when=1820-06-04 d. 4. Juni 1820]
[date when=1820-03-23 den 23 ten März 1820]
Moritz August von Thümmel
[date when=--06-04 am 4. Juni] reisen wir
im [date when=--03 März] und im [date when=--05 Mai]
im [date when=1820-03 März 1820]
[date when=2003-08-11 11.8.2003]
[date when=2003-08-11 11. 8. 2003]
[date from=1701 to=1800 das 18. Jahrhundert]
[date from=1920 to=1929 die 1920er Jahre]
im Jahre [date when=1848 1848]
am [date Karfreitag]
Der [date when=--05 Mai] ist gekommen
"""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row]


def found(source: Source, code: str = "en") -> list[Annotation]:
    return list(dates(source, Letter(code), NAMES))


@pytest.mark.parametrize("row", rows(NOT_DATES))
def test_is_no_date(row: str) -> None:
    assert claims(Source("row", row), found(Source("row", row))) == []


@pytest.mark.parametrize(
    ("code", "row"),
    [
        (code, row)
        for code, table in (("en", ENGLISH), ("fr", FRENCH), ("de", GERMAN))
        for row in rows(table)
    ],
)
def test_date(code: str, row: str) -> None:
    source, expected = marked(row)
    assert claims(source, found(source, code)) == claims(source, expected)


def test_there_are_enough_rows() -> None:
    assert len(rows(ENGLISH)) + len(rows(FRENCH)) + len(rows(GERMAN)) >= 200


@pytest.mark.parametrize("row", rows(ENGLISH))
def test_a_date_may_be_broken_over_two_lines(row: str) -> None:
    source, _ = marked(row)
    broken = Source("broken", source.text.replace(" ", "\n"))
    assert [(a.span, a.values) for a in found(broken)] == [
        (a.span, a.values) for a in found(source)
    ]


@pytest.mark.parametrize(
    "row", ["[date when=1916-04-17 17 April 1916.]\n\nDear Ann", "[date Monday .]\nDear Ann"]
)
def test_a_date_that_is_all_of_its_line_keeps_the_stop(row: str) -> None:
    source, expected = marked(row)
    assert claims(source, found(source)) == claims(source, expected)


def test_the_stop_of_a_wrapped_sentence_is_not_the_dates() -> None:
    source = Source("letter", "We sail on the\n12th of May.\n\nGoodbye")
    assert [source[a.span] for a in found(source)] == ["the\n12th of May"]


def test_a_blank_line_ends_a_date() -> None:
    source = Source("letter", "I sail on the 12th\n\nMay 1798 was wet.")
    assert [source[a.span] for a in found(source)] == ["the 12th", "May 1798"]


def test_a_date_of_the_page_proves_the_order_of_day_and_month() -> None:
    source = Source("page", "Scanned 29.7.2007, proofread 1.8.2007.")
    assert [a.values["when"] for a in found(source)] == ["2007-07-29", "2007-08-01"]


def test_a_page_that_contradicts_itself_proves_no_order() -> None:
    source = Source("page", "Scanned 29/7/2007, proofread 7/29/2007, checked 1/8/2007.")
    assert found(source)[-1].values == {"when": "2007"}


def test_a_wrong_weekday_lowers_certainty() -> None:
    right, wrong = (found(Source("", f"{day}, 4 May 1871"))[0] for day in ("Thursday", "Friday"))
    assert wrong.values == right.values
    assert wrong.certainty < 0.75 < right.certainty


def test_a_weekday_before_the_calendar_changed_is_not_checked() -> None:
    assert found(Source("", "Monday, 4 May 1671"))[0].certainty > 0.95


def test_a_line_of_metadata_has_years_that_prose_has_not() -> None:
    text = "Source: Owl Books 1904 Leeds"
    line = Field("source", Span(0, len(text)), Span(8, len(text)), Span(0, 6))
    source = Source("page", text)
    assert found(source) == []
    by_line = dates(source, Letter(fields=(line,)), NAMES)
    assert [(source[a.span], dict(a.values)) for a in by_line] == [("1904", {"when": "1904"})]


@pytest.mark.parametrize("row", [row for row in rows(ENGLISH) if "when=1" in row])
def test_a_normal_form_is_its_own_normal_form(row: str) -> None:
    _, expected = marked(row)
    for annotation in expected:
        when = annotation.values["when"]
        assert normal_form(f"in {when}") == {"when": when} or len(when) == len("1871-05")


WORDS = (
    "the 3 12th May may June 1848 1848/49 '98 of , . ; - – & to from before Monday Easter Christmas"
)
WORDS += " Day eighteenth century first 1930s Summer inst. O.S. c. early no ( ) 11.8.2003 I in and"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_dates_of_any_words_keep_to_the_text_and_to_the_calendar(words: list[str]) -> None:
    source = Source("any", " ".join(words))
    annotations = found(source)
    for one, other in pairwise(annotations):
        assert one.span.end <= other.span.start
    for annotation in annotations:
        assert source[annotation.span].strip() == source[annotation.span] != ""
        values = dict(annotation.values)
        values.pop("calendar", None)
        for form in values.values():
            assert W3C.fullmatch(form)
            if len(form) == len("1848-05-12"):
                date.fromisoformat(form)
        assert values.get("from", "") <= values.get("to", "~")
        assert values.get("notBefore", "") <= values.get("notAfter", "~")


W3C = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?")


def test_no_form_is_more_precise_than_its_words() -> None:
    for phrase in ("in May", "in May 1871", "in 1871"):
        when = found(Source("", f"We sailed {phrase}."))[-1].values["when"]
        assert len(when.removeprefix("--")) <= len("1871-05")
