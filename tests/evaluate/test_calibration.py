"""Whether a certainty means what it says."""

from __future__ import annotations

import pytest

from epistola.evaluate.calibration import BINS, Right, calibrate, verdicts
from judging import judged

GOLD = "[person Mr Finch], [person Ann], Rose, [place Ely], [place Hull]"
MADE = (
    "Mr [person certainty=.99 Finch], [person certainty=.8 Ann], [person certainty=.8 Rose],"
    " [place certainty=.5 Ely], Hull"
)


def test_bands() -> None:
    bands = calibrate([judged(GOLD, MADE)], ["person", "place"]).bands
    assert bands["person"] == {
        "none": Right(made=1, exact=0, core=1, overlap=1),
        "medium": Right(made=2, exact=1, core=1, overlap=1),
        "low": Right(0, 0, 0, 0),
    }
    assert bands["place"]["low"] == Right(1, 1, 1, 1)
    assert bands[""]["medium"] == bands["person"]["medium"]
    assert sum(right.made for right in bands[""].values()) == 4


def test_bins() -> None:
    bins = calibrate([judged(GOLD, MADE)], ["person", "place"]).bins
    assert len(bins) == BINS
    assert [(one.low, one.made, one.exact) for one in bins if one.made] == [
        (0.5, 1, 1),
        (0.8, 2, 1),
        (0.9, 1, 0),
    ]
    assert bins[8].mean == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("gold", "made", "error"),
    [
        ("Ann", "Ann", 0),
        ("[person Ann]", "[person certainty=1 Ann]", 0),
        ("Ann", "[person certainty=1 Ann]", 1),
        ("[person Ann]", "[person certainty=.7 Ann]", 0.3),
        ("[person Ann] Rose", "[person certainty=.5 Ann] [person certainty=.5 Rose]", 0),
        ("[person Ann] Rose", "[person certainty=.9 Ann] [person certainty=.5 Rose]", 0.3),
    ],
)
def test_the_expected_error(gold: str, made: str, error: float) -> None:
    assert calibrate([judged(gold, made)], ["person"]).error == pytest.approx(error)


def test_other_kinds_are_not_asked() -> None:
    letter = judged("[person Ann]", "[place certainty=.9 Ann]")
    assert calibrate([letter], ["person"]).bands[""]["medium"].made == 0


def test_a_verdict_is_given_on_each_made_mention() -> None:
    first, second = verdicts(
        judged("[person Ann Finch] Rose", "[person Ann] Finch [person Rose]"), "person"
    )
    assert (first.exact, first.core, first.overlap) == (False, False, True)
    assert (second.exact, second.core, second.overlap) == (False, False, False)
