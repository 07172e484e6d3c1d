"""The data is as the README says, and the loader finds what it should and no more."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import epistola.gazetteer
from epistola.gazetteer import Names, Shelf, bare, fold, load, read

DATA = Path(epistola.gazetteer.__file__).parent
FILES = sorted(DATA.glob("*.txt"), key=lambda path: path.name)
COMPILED = sorted(DATA.glob("*.compiled.txt"), key=lambda path: path.name)
CURATED = [path for path in FILES if path not in COMPILED]
CLASS_NAMES = (
    "army bloc capital church company country demonym event forename geography government "
    "institution newspaper party periodical person region settlement site society surname word "
    "work"
)
CLASSES = set(CLASS_NAMES.split())
MEBIBYTE = 2**20


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line[:1] != "#"]


def forms(path: Path) -> list[str]:
    return [line.partition("\t")[0] for line in lines(path)]


def test_every_class_has_a_file_and_every_file_a_class() -> None:
    assert set(load().table) == CLASSES


def test_the_data_is_small() -> None:
    assert sum(path.stat().st_size for path in FILES) <= 3 * MEBIBYTE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_forms_are_sorted_and_said_once(path: Path) -> None:
    assert [(a, b) for a, b in pairwise(forms(path)) if a >= b] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_forms_and_names_are_folded(path: Path) -> None:
    said = [part for line in lines(path) for part in line.split("\t")]
    assert [part for part in said if not part or fold(part) != part] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_line_has_one_tab_at_most(path: Path) -> None:
    assert [line for line in lines(path) if line.count("\t") > 1] == []


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_compiled_lists_hold_bare_forms_that_are_not_kept_by_hand(path: Path) -> None:
    by_hand = path.with_name(path.name.replace(".compiled", ""))
    assert not {"\t", "#"} & set(path.read_text("utf-8"))
    assert not by_hand.exists() or set(forms(path)).isdisjoint(forms(by_hand))


@pytest.mark.parametrize("name", sorted(CLASSES - {"capital"}))
def test_a_variant_leads_to_a_name_of_its_class(name: str) -> None:
    table = load().table[name]
    assert {to for to in table.values() if to and table.get(to) != ""} == set()


def test_a_capital_leads_to_a_state() -> None:
    assert [
        (form, state)
        for form, state in load().table["capital"].items()
        if not load().known(state, "country", "region", "institution")
    ] == []


def test_adjectives_and_peoples_are_no_places() -> None:
    places = set().union(*(load().table[name] for name in ("country", "region", "bloc")))
    assert places & set(load().table["demonym"]) == set()


def test_forms_of_names_begin_with_a_capital_or_a_particle() -> None:
    small = ("de ", "d'", "von ", "vom ", "van ", "l'", "affaire ", "mer ", "earthquake ")
    odd = [
        (path.name, form)
        for path in CURATED
        for form in forms(path)
        if form[:1].islower() and not form.startswith(small)
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("The", "person"),
        ("However", "surname"),
        ("Suppose", "settlement"),
        ("Letter", "forename"),
        ("French", "country"),
        ("Popular Front", "event"),
        ("london", "settlement"),
        ("Red", "army"),
        ("Second World", "event"),
        ("", "word"),
        ("Soviet union", "country"),
    ],
)
def test_is_not_known(form: str, name: str) -> None:
    assert name not in load().classes(form)
    assert not load().known(form, name)


@pytest.mark.parametrize(
    ("form", "name", "canonical"),
    [
        ("Stalin", "person", "Joseph Stalin"),
        ("Karl Marx", "person", "Karl Marx"),
        ("Goethe", "person", "Johann Wolfgang von Goethe"),
        ("USSR", "country", "Soviet Union"),
        ("Ottoman Empire", "region", "Ottoman Empire"),
        ("Petrograd", "settlement", "St Petersburg"),
        ("Quai d\u2019Orsay", "capital", "France"),
        ("Red\nArmy", "army", "Red Army"),
        ("House of  Commons", "government", "House of Commons"),
        ("Comintern", "institution", "Communist International"),
        ("CPGB", "party", "Communist Party of Great Britain"),
        ("World War II", "event", "Second World War"),
        ("Cuban Missile Crisis", "event", "Cuban Missile Crisis"),
        ("Das Kapital", "work", "Capital"),
        ("N. Rh. Z.", "newspaper", "Neue Rheinische Zeitung"),
        ("Edinburgh Review", "periodical", "Edinburgh Review"),
        ("Bessy", "forename", "Bessy"),
        ("O'Brien", "surname", "O'Brien"),
        ("MacDonald", "surname", "MacDonald"),
        ("Müller", "surname", "Müller"),
        ("Trotskyists", "demonym", "Trotskyists"),
        ("However", "word", "However"),
        ("Thames", "geography", "Thames"),
        ("West", "bloc", "West"),
    ],
)
def test_is_known(form: str, name: str, canonical: str) -> None:
    assert name in load().classes(form)
    assert load().known(form, "church", name)
    assert load().canonical(form, name) == canonical


def test_a_form_may_be_of_several_classes() -> None:
    assert load().classes("Washington") >= {"capital", "settlement", "surname"}


def test_adding_leaves_the_names_it_starts_from() -> None:
    names = Names({"person": {"Marx": "Karl Marx"}})
    grown = names.adding([("person", "Paul  Flint", ""), ("crew", "Beagle", "HMS Beagle")])
    assert grown.classes("Paul Flint") == {"person"}
    assert grown.canonical("Beagle", "crew") == "HMS Beagle"
    assert grown.canonical("Marx", "person") == "Karl Marx"
    assert names.classes("Paul Flint") == frozenset()


def test_what_is_kept_by_hand_wins(tmp_path: Path) -> None:
    compiled, by_hand = tmp_path / "a.compiled.txt", tmp_path / "a.txt"
    compiled.write_text("Leningrad\nOmsk\n", "utf-8")
    by_hand.write_text("Leningrad\tSt Petersburg\nSt Petersburg\n", "utf-8")
    shelf = Shelf(compiled, by_hand)
    assert dict(shelf) == {"Leningrad": "St Petersburg", "Omsk": "", "St Petersburg": ""}


def test_a_class_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    shelf = Shelf(path)
    path.write_text("Omsk\n", "utf-8")
    assert "Omsk" in shelf


def test_comments_and_empty_lines_are_no_forms() -> None:
    assert read("# places\n\nOmsk\n") == {"Omsk": ""}


@pytest.mark.parametrize("form", ["Genève", "Hôtel de Ville", "Ægypten", "Łódź"])
def test_folding_and_baring_are_idempotent(form: str) -> None:
    assert fold(fold(form)) == fold(form)
    assert bare(bare(form)) == bare(form)
