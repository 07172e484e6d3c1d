from __future__ import annotations

import time

import pytest
from lxml import etree

from epistola.report.network import Network, Node, draw, network, said, shortest
from epistola.report.tally import Tally
from report_made import from_to, summed, tei


def writing(*pairs: tuple[str, str]) -> Tally:
    return summed(tei(corresp=from_to(*pair)) for pair in pairs)


def test_without_correspondents_nothing_is_drawn() -> None:
    shown = network(writing(), 36)
    assert shown == Network((), {})
    assert draw("n", shown, 880).findall("circle") == []


def test_one_correspondent() -> None:
    shown = network(writing(("A", "A")), 36)
    assert [node.name for node in shown.nodes] == ["A"]
    assert shown.ties == {}
    assert "A: 2" in said(shown).description


def test_a_tie_has_both_directions() -> None:
    shown = network(writing(("A", "B"), ("B", "A"), ("A", "C")), 36)
    names = [node.name for node in shown.nodes]
    ties = {frozenset(names[at] for at in tie): times for tie, times in shown.ties.items()}
    assert ties == {frozenset("AB"): 2, frozenset("AC"): 1}
    assert shown.hub == names.index("A")


def test_nobody_stands_in_the_middle_of_a_ring() -> None:
    ring = [("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("E", "A")]
    shown = network(writing(*ring), 36)
    assert shown.hub is None
    assert [node.name for node in shown.nodes] in (list("ABCDE"), list("AEDCB"))


def test_who_only_receives_is_hollow() -> None:
    picture = draw("n", network(writing(("A", "B")), 36), 880)
    assert [one.get("class") for one in picture.findall("circle")] == ["node", "node hollow"]


def test_of_many_those_with_most_letters_are_drawn_and_fast() -> None:
    pairs = [(f"P{a}", f"P{(a * 7 + b) % 500}") for a in range(500) for b in range(4)]
    pairs += [("P1", f"P{b}") for b in range(30)]
    sums = writing(*pairs)
    start = time.perf_counter()
    shown = network(sums, 36)
    picture = draw("n", shown, 880)
    assert time.perf_counter() - start < 1
    assert (len(shown.nodes), shown.left) == (36, 464)
    assert "P1" in [node.name for node in shown.nodes]
    assert etree.tostring(picture) == etree.tostring(draw("n", network(sums, 36), 880))


@pytest.mark.parametrize(
    ("name", "room", "shown"),
    [
        ("Ann Mary Bell", 200, "Ann Mary Bell"),
        ("Ann Mary Bell", 90, "A. M. Bell"),
        ("Ann Mary Bell", 60, "A. Bell"),
        ("Bell", 20, "B…"),
        ("", 90, ""),
    ],
)
def test_names_get_shorter_with_the_room(name: str, room: float, shown: str) -> None:
    assert shortest(Node(name, 1, 0, person=True), room) == shown


def test_an_organisation_has_no_initials() -> None:
    assert shortest(Node("Society of Friends", 1, 0), 90) == "Society of…"
