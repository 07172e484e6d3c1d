"""Dumps of GeoNames: what is taken of them, and what is said of a file that is none."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.gazetteer import Names
from epistola.gazetteer.geonames import Choice, compiled, in_order, opened
from epistola.gazetteer.table import GazetteerError

SHIPPED = Names(
    {
        "word": dict.fromkeys(["Reading", "Of"], ""),
        "demonym": {"French": ""},
        "surname": {"Burton": ""},
        "forename": {"Florence": ""},
        "person": {},
        "party": {"Solidarity": ""},
        "settlement": {"Cologne": "", "Köln": "Cologne"},
        "country": {"Georgia": ""},
        "region": {},
        "site": {},
        "geography": {},
        "bloc": {},
        "capital": {},
    }
)


def line(
    name: str,
    inhabitants: int = 5_000,
    others: str = "",
    sort: str = "P.PPL",
    *,
    number: int = 7,
    country: str = "DE",
) -> bytes:
    feature, code = sort.split(".")
    values = [str(number), name, name, others, "51.5", "-0.25", feature, code, country]
    return "\t".join([*values, *[""] * 5, str(inhabitants), *[""] * 4]).encode() + b"\n"


def rows(*lines: bytes, choice: Choice | None = None) -> list[tuple[str, ...]]:
    return list(compiled(lines, "a.txt", choice or Choice(), SHIPPED))


def forms(*lines: bytes, choice: Choice | None = None) -> list[tuple[str, ...]]:
    return [row[:3] for row in rows(*lines, choice=choice)]


@pytest.mark.parametrize(
    "place",
    [
        line("Mossgate", 999),
        line("Reading", 99_999),
        line("Of", 40_000),
        line("Burton", 14_999),
        line("Florence", 14_999),
        line("Ely", 14_999),
        line("Solidarity", 500_000),
        line("Georgia", 500_000),
        line("Springfield Georgia"),
        line("Reading", 9_000_000, sort="A.ADM1"),
        line("Mossgate", sort="A.ADM4"),
        line("Mossgate", sort="H.STM"),
        line("Mossgate District"),
        line("Москва", 9_000_000),
        line("Mossgate 2"),
    ],
)
def test_is_left_out(place: bytes) -> None:
    assert rows(place) == []


@pytest.mark.parametrize(
    ("place", "sort"),
    [
        (line("Mossgate"), "settlement"),
        (line("St. Moss"), "settlement"),
        (line("Reading", 100_000), "settlement"),
        (line("Burton", 15_000), "settlement"),
        (line("Ely", 15_000), "settlement"),
        (line("Mossgate", 0, sort="A.PCLI"), "country"),
        (line("Mossgate", 0, sort="A.ADM1"), "region"),
        (line("Mossgate", sort="P.PPLX"), "site"),
    ],
)
def test_is_taken(place: bytes, sort: str) -> None:
    ((form, kind, *rest),) = rows(place)
    assert (form, kind) == (place.decode().split("\t")[1], sort)
    assert rest == ["", "GeoNames", "https://www.geonames.org/7", "51.50000 -0.25000"]


def test_other_names_lead_to_the_name() -> None:
    place = line("Mossgate", 500_000, "Moosthor,MOS,Москва,French,Reading,,Moosthor,link:x,moss")
    assert forms(place) == [("Moosthor", "settlement", "Mossgate"), ("Mossgate", "settlement", "")]


def test_what_ships_keeps_its_names() -> None:
    assert forms(line("Köln", others="Cologne,Colonia")) == [
        ("Cologne", "settlement", ""),
        ("Colonia", "settlement", "Cologne"),
    ]


def test_places_of_one_name_have_no_number() -> None:
    found = rows(line("Mossgate", number=1, others="Moss"), line("Mossgate", number=2))
    assert found == [
        ("Moss", "settlement", "Mossgate", "", "", ""),
        ("Mossgate", "settlement", "", "", "", ""),
    ]


def test_a_name_that_is_anothers_other_name_is_its_own() -> None:
    found = forms(line("Mossgate", others="Fenby"), line("Fenby"))
    assert found == [("Fenby", "settlement", ""), ("Mossgate", "settlement", "")]


def test_an_other_name_of_two_places_leads_to_neither() -> None:
    found = forms(line("Mossgate", others="Altstadt"), line("Fenby", others="Altstadt"))
    assert found[0] == ("Altstadt", "settlement", "")


def test_the_choice_is_kept() -> None:
    lines = [line("Mossgate", country="AT"), line("Fenby", 10), line("Wold", 0, sort="T.MT")]
    assert forms(*lines, choice=Choice(countries=frozenset({"AT"}))) == [
        ("Mossgate", "settlement", "")
    ]
    assert forms(*lines, choice=Choice(frozenset("PT"), inhabitants=0))[:2] == [
        ("Wold", "geography", ""),
        ("Fenby", "settlement", ""),
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Rome,settlement\n", "a.txt:2: is no line of a dump of GeoNames, as it has 1 values"),
        (b"\t" * 17 + b"\n", "a.txt:2: .* as it has 18 values, not 19"),
        (line("M\u00e4x").decode().encode("latin-1"), "a.txt:2: .* as it is not in UTF-8"),
        (line("Max").replace(b"51.5", b"north"), "a.txt:2: .* as it has no number where one"),
    ],
)
def test_what_is_no_dump_is_told_with_its_line(raw: bytes, said: str) -> None:
    with pytest.raises(GazetteerError, match=said):
        rows(line("Mossgate"), raw)


def test_a_dump_may_be_packed(tmp_path: Path) -> None:
    packed = tmp_path / "DE.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "what it is")
        archive.writestr("DE.txt", line("Mossgate"))
    handle, size = opened(packed)
    assert (list(handle), size) == ([line("Mossgate")], len(line("Mossgate")))


@pytest.mark.parametrize("names", [["readme.txt"], ["DE.txt", "AT.txt"]])
def test_an_archive_without_one_dump_is_told(names: list[str], tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    with pytest.raises(GazetteerError, match=r"texts besides a readme\.txt, and one is wanted"):
        opened(packed)


@given(
    st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"))), st.integers(1, 5)
)
def test_the_order_is_the_same_however_much_is_in_memory(lines: list[str], room: int) -> None:
    assert list(in_order(lines, room)) == sorted(lines)


def test_memory_is_what_one_run_needs() -> None:
    def peak(room: int) -> int:
        tracemalloc.start()
        for _ in in_order((f"Mossgate {n % 977}\tsettlement" for n in range(40_000)), room):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(2_000) < peak(40_000) / 4
