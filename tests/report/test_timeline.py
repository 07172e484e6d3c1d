from __future__ import annotations

from itertools import pairwise

import pytest

from epistola.report.sent import UNDATED, When
from epistola.report.timeline import draw, said, timeline


def of_years(*years: int) -> dict[When, int]:
    return {When(year, told=True): 1 for year in years}


@pytest.mark.parametrize("months", [{}, {UNDATED: 3}, {When(told=True): 1}])
def test_without_a_year_there_is_no_bar(months: dict[When, int]) -> None:
    shown = timeline(months)
    assert shown.bars == ()
    assert said(shown).description == "No letter has a date."
    assert draw("t", shown, 880).findall("rect") == []


def test_years_without_letters_are_there_too() -> None:
    shown = timeline(of_years(1800, 1803))
    assert shown.unit == "year"
    assert shown.bars == (("1800", 1), ("1801", 0), ("1802", 0), ("1803", 1))


def test_one_year_is_shown_by_the_month() -> None:
    shown = timeline({When(1800, 4, told=True): 2, When(1800, told=True): 3})
    assert shown.unit == "month"
    assert len(shown.bars) == 12
    assert shown.bars[3] == ("Apr 1800", 2)
    assert shown.inexact == 3


def test_centuries_are_shown_by_the_decade() -> None:
    shown = timeline(of_years(*range(1600, 1800, 3)))
    assert shown.unit == "decade"
    assert shown.bars[0] == ("1600s", 4)
    assert sum(count for _, count in shown.bars) == 67


def test_outliers_are_told_and_not_drawn() -> None:
    shown = timeline({**of_years(*range(1800, 1820)), When(1111, told=True): 3})
    assert shown.outside == ((1111, 3),)
    assert shown.bars[0][0] == "1800"


@pytest.mark.parametrize("width", [350, 880])
def test_each_letter_is_in_a_bar_and_labels_do_not_meet(width: float) -> None:
    shown = timeline(of_years(*range(1790, 1850)))
    picture = draw("t", shown, width)
    assert len(picture.findall("rect")) == 60
    ends = [float(one.get("x", "0")) for one in picture.findall("text[@class='tick']")]
    assert len(ends) > 3
    assert min(b - a for a, b in pairwise(ends)) > 34
