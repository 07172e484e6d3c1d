"""The numbers: of two markings of one line, and beside those of the shared scorer."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.evaluate import rates, score
from epistola.evaluate.gold import read_gold
from epistola.evaluate.links import (
    Links,
    b_cubed,
    measure_links,
)
from epistola.evaluate.made import made_mentions
from epistola.evaluate.rates import Tally, total
from epistola.evaluate.score import Judged, Measure, judge, tally
from epistola.language import load
from epistola.model import Source
from epistola.pipeline import stages
from epistola.tree.document import serialise
from judging import judged
from scorer import scorer
from shared import shared


@pytest.mark.parametrize(
    ("gold", "made", "kind", "expected"),
    [
        ("Ann", "Ann", "person", Tally()),
        ("[person Ann]", "Ann", "person", Tally(gold=1)),
        ("Ann", "[person Ann]", "person", Tally(made=1)),
        ("[person Ann]", "[place Ann]", "person", Tally(gold=1)),
        ("[person Ann]", "[person Ann]", "person", Tally(1, 1, 1, 1, 1, 1)),
        ("[person Mr Finch]", "Mr [person Finch]", "person", Tally(1, 1, 0, 1, 1, 1)),
        ("[person Ann Finch]", "[person Ann] Finch", "person", Tally(1, 1, 0, 0, 1, 1)),
        ("[person Ann Finch]", "[person Ann] [person Finch]", "person", Tally(1, 2, 0, 0, 2, 1)),
        ("[person Ann][person Finch]", "[person AnnFinch]", "person", Tally(2, 1, 0, 0, 1, 2)),
        ("[place the Hague]", "the [place Hague]", "place", Tally(1, 1, 1, 1, 1, 1)),
    ],
)
def test_tally(gold: str, made: str, kind: str, expected: Tally) -> None:
    assert tally(judged(gold, made), kind) == expected


@pytest.mark.parametrize(
    ("gold", "made", "counted"),
    [
        ("[person Ann Finch] and Ann", "[person Ann Finch] and [person Ann]", 1),
        ("[person Ann] and Ann Finch", "[person Ann] and [person Ann Finch]", 1),
        ("[person Ann] and Rose", "[person Ann] and [person Rose]", 2),
        ("Ann and Rose", "[person Ann] and [person Rose]", 2),
    ],
)
def test_a_repeated_name_is_left_out_where_only_the_first_is_tagged(
    gold: str, made: str, counted: int
) -> None:
    assert tally(judged(gold, made, Measure(first_mention=True)), "person").made == counted


def test_mentions_less_certain_are_left_out() -> None:
    letter = judged("Ann, Rose", "[person certainty=.5 Ann], [person Rose]", Measure(least=0.75))
    assert tally(letter, "person").made == 1


def test_levels_are_compared_where_both_give_one() -> None:
    gold = "[title level=m Emma] [title level=a Ode] [title level=j Times] [title Rose]"
    made = "[title level=m Emma] [title level=m Ode] [title Times] [title level=m Rose]"
    assert judged(gold, made).levels == (1, 2)


def test_rates() -> None:
    numbers = Tally(gold=4, made=2, exact=1, core=2, made_met=2, gold_met=3)
    assert astuple(rates.exact(numbers)) == pytest.approx((0.5, 0.25, 1 / 3))
    assert astuple(rates.core(numbers)) == pytest.approx((1, 0.5, 2 / 3))
    assert astuple(rates.overlap(numbers)) == pytest.approx((1, 0.75, 6 / 7))
    assert rates.exact(Tally()) == rates.Rates(0.0, 0.0, 0.0)


def test_kinds_that_the_gold_has_not_are_not_rated() -> None:
    numbers = {"person": Tally(2, 2, 1), "org": Tally(0, 5), "place": Tally(2, 1, 1)}
    assert rates.rated(numbers) == ["person", "place"]
    assert rates.micro(numbers) == rates.exact(Tally(4, 3, 2))
    assert rates.macro(numbers) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert rates.macro({}) == 0.0


@pytest.mark.parametrize(
    ("gold", "made", "precision", "recall"),
    [
        ({}, {1: "x"}, 0, 0),
        ({1: "a"}, {1: "x"}, 1, 1),
        ({1: "a", 2: "b"}, {1: "x", 2: "x"}, 1 / 2, 1),
        ({1: "a", 2: "a"}, {1: "x", 2: "y"}, 1, 1 / 2),
        ({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x", 4: "x"}, 5 / 9, 1),
    ],
)
def test_b_cubed(
    gold: dict[int, str], made: dict[int, str], precision: float, recall: float
) -> None:
    found = b_cubed(gold, made)
    assert astuple(found)[:2] == pytest.approx((precision, recall))


# ---- laws

WORDS = st.sampled_from(["Ann", "the Fox", "“Ely”", "Mr. Finch", "May 3", "nobody", "Rose’s", "a"])
LINES = st.lists(st.tuples(WORDS, st.sampled_from(["", "person", "place", "date"])), max_size=8)


def line(parts: list[tuple[str, str]]) -> str:
    return " ".join(f"[{kind} {word}]" if kind else word for word, kind in parts)


@given(LINES)
def test_what_is_made_as_the_gold_is_right(parts: list[tuple[str, str]]) -> None:
    letter = judged(line(parts), line(parts))
    for kind in letter.gold:
        numbers = tally(letter, kind)
        assert {numbers.made, numbers.exact, numbers.made_met, numbers.gold_met} == {numbers.gold}


@given(LINES, st.data())
def test_numbers_keep_their_order(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    kinds = st.sampled_from(["", "person", "place", "date"])
    made = [(word, data.draw(kinds)) for word, _ in parts]
    for first in (False, True):
        measure = Measure(kinds=score.KINDS, first_mention=first)
        letter = judged(line(parts), line(made), measure)
        for kind in letter.gold:
            numbers = tally(letter, kind)
            assert numbers.exact <= numbers.made_met <= numbers.made
            assert numbers.exact <= numbers.gold_met <= numbers.gold
            assert numbers.exact <= len(set(letter.made_cores[kind]))


# ---- beside the shared scorer


@pytest.mark.parametrize("corpus", ["edgeworth", "mitford", "lowell"])
def test_the_numbers_are_those_of_the_shared_scorer(corpus: str, tmp_path: Path) -> None:
    """The scorer reads the trees of all letters, we count spans; the numbers are the same.

    But for three things. The scorer knows few feasts: it is taught ours. It takes no full
    stop from a word with an accent: one title in a thousand is exact by us alone. And of
    titles of address it knows 45, while we take all that the language's data have, so that
    `core` may be a little higher, and with it the number of linked persons compared.
    """
    other: Any = scorer()
    feasts = "|".join(load("en")["dates"]["feasts"]).replace("'", "['’]")
    known = rf"{other.CALENDAR.pattern}|\b(?:{feasts})\b"
    other.CALENDAR = re.compile(known, re.IGNORECASE)
    folder = shared("data", "letters", corpus)
    measure = Measure(first_mention=corpus == "lowell")
    letters = [judged_and_written(path, measure, tmp_path) for path in golds(folder)]
    pairs = other.Pairs(folder, tmp_path, None)
    theirs = other.score(
        pairs, measure.kinds, other.solid_mentions, first_mention=measure.first_mention
    )
    assert theirs["files"] == len(letters)
    assert theirs["unfaithful"] == 0
    for kind in measure.kinds:
        ours = total(tally(letter, kind) for letter in letters)
        row = theirs[kind]
        assert (ours.gold, ours.made) == (row["gold"], row["made"]), kind
        assert astuple(rates.exact(ours)) == pytest.approx(row["exact"], abs=0.003)
        assert astuple(rates.overlap(ours)) == pytest.approx(row["overlap"])
        assert row["core"][2] <= rates.core(ours).f <= row["core"][2] + 0.005
    assert [sum(n) for n in zip(*(one.levels for one in letters), strict=True)] == theirs["levels"]
    same_links(measure_links(letter.linked for letter in letters), other.links(pairs))


def golds(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.xml"))


def judged_and_written(path: Path, measure: Measure, folder: Path) -> Judged:
    """Judge a letter, and write its tree."""
    gold = read_gold(path, measure.languages)
    source = Source(path.stem, gold.text)
    (folder / path.name).write_bytes(serialise(stages(source).tree))
    return judge(path.stem, gold, made_mentions(source, measure.languages), measure)


def same_links(ours: Links, theirs: dict[str, Any]) -> None:
    assert ours.gold == theirs["gold"]
    assert ours.linked == pytest.approx(theirs["linked"], rel=0.005)
    assert astuple(ours.within) == pytest.approx(theirs["within"], abs=0.005)
    assert astuple(ours.across) == pytest.approx(theirs["across"], abs=0.005)
