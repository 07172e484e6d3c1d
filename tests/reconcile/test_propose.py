"""One candidate or none, how certain, and why."""

from __future__ import annotations

import pytest

from epistola.reconcile.card import NO_YEARS, Card, Point, Years, years_in
from epistola.reconcile.catalogue import Catalogue
from epistola.reconcile.numbers import Number
from epistola.reconcile.propose import (
    Proposal,
    Subject,
    Verdict,
    findings,
    judge,
    proposals,
    undisputed,
)


def person(name: str, number: str = "", years: Years = NO_YEARS) -> Card:
    numbers = (Number("VIAF", number),) if number else ()
    return Card("person", (name,), years if any(years) else years_in(name), numbers=numbers)


def subject(card: Card, name: str = "e", named_in: Years = NO_YEARS) -> Subject:
    return Subject("r.xml", name, card, 3, 5, named_in)


def verdict(entry: Card, *cards: Card, named_in: Years = NO_YEARS) -> Verdict:
    return judge([subject(entry, named_in=named_in)], Catalogue(cards, "en"))[0]


def told(found: Verdict) -> str:
    """The certainty and number of what is proposed, else why nothing is."""
    if found.best is None:
        return str(found.reason)
    return f"{found.best.certainty} {' '.join(n.value for n in found.best.card.numbers)}".strip()


SCOTT = person("Scott, Walter, Sir, 1771-1832", "1")
SON = person("Scott, Walter, 1801-1847", "2")
LAMB = person("Lamb, Mary", "3")


@pytest.mark.parametrize(
    ("entry", "cards", "expected"),
    [
        (person("Jane Doe"), [SCOTT, LAMB], "nothing like it"),
        (person("John Scott"), [SCOTT], "nothing like it"),
        (person("Walter Scott, 1700-1750"), [SCOTT], "nothing like it"),
        (person("Walter Scott"), [SCOTT, SON], "several fit"),
        (person("Lamb"), [LAMB], "its name alone says too little"),
        (person("Walter Scott"), [SCOTT], "medium 1"),
        (person("Walter Scott", years=Years(1771, 1832)), [SCOTT, SON], "high 1"),
        (person("Walter Scott", years=Years(1772, 1832)), [SCOTT, SON], "high 1"),
        (person("Walter Scott", years=Years(1771, None)), [SCOTT, SON], "high 1"),
        (person("Walter Scoott", years=Years(1771, 1832)), [SCOTT, SON], "high 1"),
        (person("Walter Scott", years=Years(1771, 1850)), [SCOTT], "low 1"),
        (person("Walter Scott", years=Years(1760, 1832)), [SCOTT], "low 1"),
        (person("Scott", years=Years(1771, 1832)), [SCOTT], "medium 1"),
        (person("M. Lamb"), [LAMB], "medium 3"),
        (person("Walter Scott"), [SCOTT, person("Scott, Walter, Sir", "1")], "medium 1"),
        (person("Another Name", "1"), [SCOTT, SON], "high 1"),
    ],
)
def test_persons(entry: Card, cards: list[Card], expected: str) -> None:
    assert told(verdict(entry, *cards)) == expected


@pytest.mark.parametrize(
    ("named_in", "expected"),
    [
        (NO_YEARS, "several fit"),
        (Years(1790, 1790), "medium 1"),  # the son is not born
        (Years(1750, 1840), "nothing like it"),
        (Years(1840, 1840), "several fit"),
    ],
)
def test_nobody_is_named_before_he_is_born(named_in: Years, expected: str) -> None:
    assert told(verdict(person("Walter Scott"), SCOTT, SON, named_in=named_in)) == expected


def test_a_common_name_says_less() -> None:
    rare = [person(f"Person{at}, Quentin", str(at)) for at in range(1, 200)]
    common = [person(f"Smith, {name}", name) for name in map("Given{:03}".format, range(400))]
    johns = [person(f"Other{at}, John", f"j{at}") for at in range(200)]
    cards = [*rare, *common, *johns, person("Smith, John", "js"), person("Quill, Oz", "oq")]
    assert told(verdict(person("Oz Quill"), *cards)) == "medium oq"
    assert told(verdict(person("John Smith"), *cards)) == "its name alone says too little"


def place(name: str, country: str = "", point: Point | None = None, number: str = "") -> Card:
    numbers = (Number("GeoNames", number),) if number else ()
    around = frozenset([country] if country else [])
    return Card("place", (name,), NO_YEARS, around, point, numbers=numbers)


NEWPORT = place("Newport", "wales", Point(51.6, -3.0), "1")


@pytest.mark.parametrize(
    ("entry", "cards", "expected"),
    [
        (place("Bath"), [NEWPORT], "nothing like it"),
        (place("Newport", "wales"), [person("Newport")], "nothing like it"),
        (place("Newport", "", Point(41.5, -71.3)), [NEWPORT], "nothing like it"),
        (place("Newport"), [NEWPORT], "low 1"),
        (place("Newport", "ireland"), [NEWPORT], "its name alone says too little"),
        (place("Newport", "wales"), [NEWPORT, place("Newport", "ireland")], "medium 1"),
        (place("Newport", "wales"), [NEWPORT, place("Newport", "wales")], "several fit"),
        (place("Newport", "", Point(51.6, -3.1)), [NEWPORT, place("Newport")], "high 1"),
    ],
)
def test_places(entry: Card, cards: list[Card], expected: str) -> None:
    assert told(verdict(entry, *cards)) == expected


def work(title: str, maker: str = "", number: str = "", when: int | None = None) -> Card:
    numbers = (Number("Wikidata", number),) if number else ()
    makers = (maker,) if maker else ()
    return Card("work", (title,), Years(when, when), makers=makers, numbers=numbers)


LETTERS = work("Letters from the North", "Bly, Jo, 1790-1850", "Q1", 1822)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (work("Letters from the South", "Jo Bly"), "nothing like it"),
        (work("Letters from the North", "Ann Day"), "nothing like it"),
        (work("Letters from the North"), "medium Q1"),
        (work("Letters from the North", "Jo Bly"), "high Q1"),
        (work("Letters from the North", when=1822), "high Q1"),
        (work("Letters from the North", when=1850), "nothing like it"),
    ],
)
def test_works(entry: Card, expected: str) -> None:
    assert told(verdict(entry, LETTERS)) == expected


def test_one_card_is_not_given_to_two_entries() -> None:
    entries = [subject(person("Mary Lamb"), "a"), subject(person("Lamb, Mary"), "b")]
    found = judge(entries, Catalogue([LAMB], "en"))
    assert [told(one) for one in found] == ["another entry fits the same"] * 2
    assert "“b”: “Lamb, Mary”" in next(findings(found[0])).message


def test_a_card_goes_to_the_entry_that_it_clearly_fits_better() -> None:
    entries = [subject(person("Walter Scott"), "a"), subject(person("Scott, W., 1771-1832"), "b")]
    found = judge(entries, Catalogue([SCOTT], "en"))
    assert [told(one) for one in found] == ["another entry fits the same", "high 1"]


def test_the_order_of_cards_and_entries_is_irrelevant() -> None:
    cards = [SCOTT, SON, LAMB, person("Scott, Wm", "9")]
    entries = [subject(person(n), n) for n in ("Walter Scott", "M. Lamb", "W. Scott, 1801-1847")]
    one = judge(entries, Catalogue(cards, "en"))
    other = judge(entries[::-1], Catalogue(cards[::-1], "en"))[::-1]
    assert [told(v) for v in one] == [told(v) for v in other]


# Numbers that are there already.


def test_what_is_known_is_not_proposed_again_and_brings_more() -> None:
    card = Card("person", ("Scott, Walter",), numbers=(Number("VIAF", "1"), Number("GND", "g")))
    entry = subject(Card("person", ("W. Scott",), numbers=(Number("VIAF", "1"),)))
    found = judge([entry], Catalogue([card], "en"))[0]
    assert [(one.number.value, one.match.certainty) for one in proposals(found)] == [("g", "high")]


def test_what_follows_from_a_doubtful_number_is_as_doubtful() -> None:
    card = Card("person", ("Scott, Walter",), numbers=(Number("VIAF", "1"), Number("GND", "g")))
    entry = subject(Card("person", ("W. Scott",), numbers=(Number("VIAF", "1", "low"),)))
    found = judge([entry], Catalogue([card], "en"))[0]
    assert [one.match.certainty for one in proposals(found)] == ["low"]


def test_a_contradiction_is_a_finding() -> None:
    entry = Card("person", ("Walter Scott",), Years(1771, 1832), numbers=(Number("VIAF", "8"),))
    found = judge([subject(entry)], Catalogue([SCOTT], "en"))[0]
    assert list(proposals(found)) == []
    assert [(f.code, f.line, f.column) for f in findings(found)] == [("contradicted-number", 3, 5)]


def test_sources_that_disagree_propose_nothing() -> None:
    entry = subject(person("Walter Scott"))
    other = person("Scott, Walter, Sir, 1771-1832", "99")
    every: list[Proposal] = []
    for card in (SCOTT, other, SCOTT):
        every += proposals(judge([entry], Catalogue([card], "en"))[0])
    agreed, disputed = undisputed(every)
    assert (agreed, [f.code for _, f in disputed]) == ([], ["undecided-number"])
    agreed, disputed = undisputed([every[0], every[2]])
    assert ([one.number.value for one in agreed], disputed) == (["1"], [])
