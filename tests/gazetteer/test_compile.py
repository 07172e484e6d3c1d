"""The long lists are compiled from small sources as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.gazetteer import compile as compiling
from epistola.gazetteer.compile import Sources, cased, people, plain, ranking, tiers, words


def found(**tier: str) -> Sources:
    kept = {name: tuple(forms.split(", ")) for name, forms in tier.items()}
    return Sources(
        tiers={"full": (), "given": (), "settlement": (), "short": ()} | kept,
        surnames=("smith", "obrien", "stone"),
        forenames=(("mary",), ("john",)),
        words=frozenset({"stone", "reading", "mark"}),
    )


def test_tiers_are_told_by_their_headings() -> None:
    text = "#!gazetteer 6\n#!tier full 2\nada lovelace\nann lee\n#!tier short 1\nlovelace\n"
    assert tiers(text)["full"][:2] == ("ada lovelace", "ann lee")
    assert "lovelace" in tiers(text)["short"]


def test_a_ranking_keeps_the_order_of_the_census() -> None:
    assert ranking("SMITH  1.006  1.006  1\nJONES  0.621  1.627  2\n") == ("smith", "jones")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("so so", set()),
        ("so so so", {"so"}),
        ("Kent Kent Kent Kent kent kent kent", set()),
        ("isn't isn't isn't", {"isn't"}),
        ("ship's ship's ship's", set()),
        ("x x x", set()),
        ("SO so so", set()),
    ],
)
def test_a_word_is_what_is_often_written_without_a_capital(text: str, counted: set[str]) -> None:
    assert set(words([text])) == counted


@pytest.mark.parametrize(
    ("name", "capitals"),
    [
        ("stoke on trent", "Stoke on Trent"),
        ("aix-en-provence", "Aix-en-Provence"),
        ("la rochelle", "La Rochelle"),
        ("king's lynn", "King's Lynn"),
        ("val-d'isère", "Val-d'Isère"),
        ("l'aquila", "L'Aquila"),
        ("robert e. lee", "Robert E. Lee"),
        ("vincent van gogh", "Vincent van Gogh"),
    ],
)
def test_capitals_are_put_back(name: str, capitals: str) -> None:
    assert cased(name) == capitals


@pytest.mark.parametrize(
    "name", ["plato", "catherine of aragon", "henry viii", "pope leo", "owen 2nd", "ж щ"]
)
def test_no_forename_and_surname(name: str) -> None:
    assert list(people(found(full=name))) == []


def test_words_and_places_are_no_settlements_of_the_list() -> None:
    listed = compiling.settlements(found(settlement="reading, smith, london, tring, abbey of foix"))
    assert list(listed) == ["Tring"]


def test_a_forename_that_is_a_word_is_listed_if_it_is_common() -> None:
    assert set(compiling.forenames(found(given="mark, orla"))) == {"Orla", "Mary", "John"}


def test_surnames_have_their_apostrophe_from_people() -> None:
    listed = set(compiling.surnames(found(full="flann o'brien, edna o'brien, jo hapax")))
    assert {"Smith", "O'Brien", "Stone"} <= listed
    assert {"Obrien", "Hapax"}.isdisjoint(listed)


@pytest.mark.parametrize("person", ["Homer", "Francis of Assisi", "Louis XIV", "Queen Anne"])
def test_not_plain(person: str) -> None:
    assert not plain(person)


def test_the_lists_are_written_without_what_is_kept_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "word.txt").write_text("Dear\n", "utf-8")
    monkeypatch.setattr(compiling, "HERE", tmp_path)
    compiling.write("word", iter(["Dear", "Yet", "As", "Yet"]))
    assert (tmp_path / "word.compiled.txt").read_text("utf-8") == "As\nYet\n"
