"""The report: written, read again, held against an earlier one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from epistola.evaluate.compare import LetterChange, OtherMeasureError, compare
from epistola.evaluate.score import Measure
from epistola.evaluate.scores import ReportError, Scores, from_json, scored, to_json
from epistola.evaluate.tables import comparison_notes, comparison_table
from judging import judged

MEASURE = Measure(kinds=("person", "place"))


def scores(*pairs: tuple[str, str, str], measure: Measure = MEASURE) -> Scores:
    """The numbers of letters, each a name and two markings."""
    return scored([judged(gold, made, measure, name) for name, gold, made in pairs], measure)


BEFORE = scores(
    ("a", "[person Ann] Rose [place Ely]", "Ann [person Rose] [place Ely]"),
    ("b", "[person Fox]", "[person Fox]"),
    ("old", "[person Finch]", "Finch"),
)
NOW = scores(
    ("a", "[person Ann] Rose [place Ely]", "[person Ann] Rose [place Ely]"),
    ("b", "[person Fox]", "Fox"),
    ("new", "[person Finch]", "[person Finch]"),
)


def test_a_report_comes_back() -> None:
    again = from_json(to_json(NOW))
    assert again.of_kinds() == NOW.of_kinds()
    assert (again.measure, again.levels) == (NOW.measure, NOW.levels)
    assert to_json(replace(again, calibration=NOW.calibration)) == to_json(NOW)


def test_a_report_says_what_it_is() -> None:
    report = json.loads(to_json(NOW))
    assert (report["format"], report["version"]) == ("epistola evaluation", 1)
    assert report["kinds"]["person"]["exact"]["recall"] == pytest.approx(2 / 3)
    assert report["letters"]["a"]["place"] == [1, 1, 1, 1, 1, 1]
    assert report["calibration"]["bands"]["all"]["none"]["made"] == 3


def short_row() -> bytes:
    """A report in which a letter lacks a number."""
    report = json.loads(to_json(NOW))
    report["letters"]["a"]["person"].pop()
    return json.dumps(report).encode()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "make one with --json"),
        (b"{}", "make one with --json"),
        (b'{"format": "epistola evaluation", "version": 2}', "of version 2, and 1 is read"),
        (b'{"format": "epistola evaluation", "version": 1}', "no whole report"),
        (to_json(NOW).replace(b'"linked": 0', b'"linked": "x"'), "no whole report"),
        (to_json(NOW).replace(b'"linked": 0', b'"linked": Infinity'), "no whole report"),
        (short_row(), "no whole report"),
        (to_json(NOW).replace(b'"kinds": {', b'"k": {').replace(b'"kinds": [', b'"k": ['), "whole"),
    ],
)
def test_what_is_no_report(raw: bytes, message: str) -> None:
    with pytest.raises(ReportError, match=message):
        from_json(raw)


def test_what_has_changed() -> None:
    comparison = compare(BEFORE, NOW)
    persons, places = comparison.kinds
    assert (persons.before.gold, persons.now.gold) == (2, 2)
    assert persons.gain == pytest.approx(2 / 3 - 1 / 2)
    assert persons.letters == (LetterChange("a", 1, -1), LetterChange("b", -1, 0))
    assert (places.gain, places.letters) == (0, ())
    assert (comparison.new, comparison.gone) == (("new",), ("old",))


def test_what_has_changed_is_shown() -> None:
    comparison = compare(BEFORE, NOW)
    rows = comparison_table(comparison).rows
    assert rows[0][:4] == ("persons", ".500", ".667", "+.167")
    assert rows[1][3] == "="
    assert list(comparison_notes(comparison)) == [
        "  persons better: a (+1 right, -1 wrong)",
        "  persons worse: b (-1 right, +0 wrong)",
        "  not compared, for they are new: new",
        "  not compared, for they are gone: old",
    ]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (replace(MEASURE, first_mention=True), "another --first-mention"),
        (replace(MEASURE, languages=frozenset({"de"})), "another --languages"),
    ],
)
def test_what_cannot_be_compared(other: Measure, message: str) -> None:
    with pytest.raises(OtherMeasureError, match=message):
        compare(replace(BEFORE, measure=other), NOW)


def test_reports_on_other_letters_cannot_be_compared() -> None:
    with pytest.raises(OtherMeasureError, match="none of these letters"):
        compare(scores(("x", "[person Ann]", "Ann")), NOW)
