"""What went wrong, and with which words."""

from __future__ import annotations

import pytest

from epistola.evaluate.confusions import AROUND, LONGEST, Piece, confusions, matrix
from epistola.evaluate.score import KINDS
from judging import judged


@pytest.mark.parametrize(
    ("gold", "made", "expected"),
    [
        ("Ann", "Ann", []),
        ("[person Ann]", "[person Ann]", []),
        ("[person Ann]", "Ann", [("missed", "person", "", "Ann", "")]),
        ("Ann", "[person Ann]", [("wrong", "person", "person", "", "Ann")]),
        ("[person Ann]", "[place Ann]", [("kind", "person", "place", "Ann", "Ann")]),
        ("[person Ann Fox]", "Ann [place Fox]", [("kind", "person", "place", "Ann Fox", "Fox")]),
        ("[person Ann Fox]", "[person Ann] Fox", [("span", "person", "person", "Ann Fox", "Ann")]),
        (
            "[title Life of [person Ann]]",
            "[title Life of Ann]",
            [("missed", "person", "", "Ann", "")],
        ),
        (
            "[person Ann] [person Fox]",
            "[place Ann Fox]",
            [("missed", "person", "", "Fox", ""), ("kind", "person", "place", "Ann", "Ann Fox")],
        ),
    ],
)
def test_faults(gold: str, made: str, expected: list[tuple[str, ...]]) -> None:
    found = confusions([judged(gold, made)], KINDS)
    assert [(f.sort, f.kind, f.made_kind, f.gold, f.made) for f in found] == expected


def test_the_most_frequent_come_first() -> None:
    one = judged("[person Rose] [person Ann]", "Rose Ann", name="one")
    two = judged("\n[person Rose]", "\nRose", name="two")
    rose, ann = confusions([one, two], KINDS)
    assert (rose.gold, [i.letter for i in rose.instances]) == ("Rose", ["one", "two"])
    assert ann.gold == "Ann"


def test_the_matrix() -> None:
    letter = judged("[person Ann] [person Ely] [place Rose]", "[place Ann] [place Ely] [org Rose]")
    assert matrix(confusions([letter], KINDS)) == {("person", "place"): 2, ("place", "org"): 1}


def test_the_words_around() -> None:
    letter = judged("I saw\n[person Ann Fox] go", "I saw\n[person certainty=.8 rule=x Ann] Fox go")
    (instance,) = confusions([letter], KINDS)[0].instances
    assert (instance.rule, instance.certainty) == ("x", 0.8)
    assert instance.context == (
        Piece("I saw "),
        Piece("Ann", gold=True, made=True),
        Piece(" Fox", gold=True),
        Piece(" go"),
    )


def test_the_words_around_are_few_and_whole() -> None:
    line = f"{'word ' * 100}[person Ann]{' word' * 100}"
    (found,) = confusions([judged(line, line.replace("[person Ann]", "Ann"))], KINDS)
    before, _, after = found.instances[0].context
    assert before.text.startswith("… word ")
    assert after.text.endswith(" word …")
    assert max(len(before.text), len(after.text)) <= AROUND + 2


def test_of_a_long_mention_the_middle_is_left_out() -> None:
    name = "Ann " * 100 + "Fox"
    (found,) = confusions([judged(f"[person {name}]", name)], KINDS)
    assert len(found.gold) <= LONGEST
    assert found.gold.startswith("Ann Ann")
    assert found.gold.endswith("Ann Fox")
