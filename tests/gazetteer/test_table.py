"""A user's table of names: what it may look like, and what is said of one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.gazetteer import Facts, Names
from epistola.gazetteer.table import COLUMNS, GazetteerError, parsed, read_table, written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.csv:1: the heading lacks “form”"),
        ("Rome,settlement\n", "a.csv:1: the heading lacks “form”"),
        ("form,kind\n", "a.csv:1: the heading lacks “class”"),
        ("form,class,nmae\n", "a.csv:1: no column “nmae” is known; there are form, class, name"),
        ("form,class,form\n", "a.csv:1: the column “form” is there twice"),
        ("form,class\nRome,city\n", "a.csv:2: no class “city” is known; there are army, bloc"),
        ("form,class\n\n,settlement\n", "a.csv:3: there is no form"),
        ("form,class\nRome,settlement,x\n", "a.csv:2: there are 3 values for 2 columns"),
        ('form,class\n"Rome"x,settlement\n', "a.csv:2: is no line of a CSV file"),
        (f"form,class\n{'x' * 201},work\n", "a.csv:2: this is longer than any name"),
        ("form,class,geo\nRome,settlement,41N\n", "a.csv:2: geo is “41N”; write latitude"),
        ("form,class,idno\nFlint,person,118\n", "a.csv:2: it is not said whose number “118” is"),
        ("form,class,authority\nFlint,person,GND\n", "a.csv:2: an authority gives a number"),
        (
            "form,class,authority,idno\nFlint,person,the GND,1\n",
            "a.csv:2: the authority is “the GND”; write one word",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_its_remedy(text: str, said: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        parsed(text, "a.csv")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_separator_is_what_the_heading_has(separator: str) -> None:
    text = "# ours\n\nform,class,name,note\nUSSR,country,Soviet Union,x\n".replace(",", separator)
    assert parsed(text, "").table == {"country": {"USSR": "Soviet Union"}}


def test_forms_are_folded_and_values_may_hold_the_separator() -> None:
    text = 'Form,Class\n"Flint, Snow  & Co.",company\nO’Dowd,person\n'
    assert parsed(text, "").table == {
        "company": {"Flint, Snow & Co.": ""},
        "person": {"O'Dowd": ""},
    }


def test_facts_are_those_of_the_thing() -> None:
    text = (
        "form,class,name,authority,idno,geo\n"
        "Flint,person,Paul Flint,GND,118,\n"
        "Mossgate,settlement,,,https://example.org/7,55.9 -3.2\n"
        "Mossgate,country,,,,\n"
    )
    assert parsed(text, "").facts == {
        ("person", "Paul Flint"): Facts("GND", "118"),
        ("settlement", "Mossgate"): Facts("URI", "https://example.org/7", "55.9 -3.2"),
    }


def test_a_name_of_two_things_has_no_facts() -> None:
    text = "form,class,authority,idno\nJohn Snow,person,GND,1\nJohn Snow,person,GND,2\n"
    assert parsed(text, "").facts == {}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"form,class\nK\xf6ln,settlement\n", "a.csv:2: is not in UTF-8; save the table as UTF-8"),
        (b"form,class\nRome\x01,settlement\n", "a.csv:2: holds a control character"),
    ],
)
def test_what_is_no_text_is_told(raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(raw)
    with pytest.raises(GazetteerError, match=said):
        read_table(tmp_path / "a.csv")


def test_a_byte_order_mark_is_no_part_of_the_heading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfform,class\r\nRome,settlement\r\n")
    assert read_table(tmp_path / "a.csv").table == {"settlement": {"Rome": ""}}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read: No such file"):
        read_table(tmp_path / "a.csv")


NAME = st.text("abc ÄÖ,;\t\"'-", min_size=1).map(lambda text: f"X{' '.join(text.split())}X")


@given(st.dictionaries(NAME, st.tuples(NAME, st.sampled_from(["", "1.5 -2"])), min_size=1))
def test_what_is_written_is_read_again(things: dict[str, tuple[str, str]]) -> None:
    rows = [(form, "work", f"The {name}", "", "", geo) for form, (name, geo) in things.items()]
    read = parsed(b"".join(written(rows)).decode(), "")
    assert read.table["work"] == {form: f"The {name}" for form, (name, _) in things.items()}
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_a_listing_wins_over_what_ships_and_over_an_earlier_one() -> None:
    names = Names({"country": {"Ruritania": "", "Zenda": ""}})
    one = parsed("form,class,name\nRuritania,country,Strelsau\n", "")
    two = parsed("form,class,name,authority,idno\nRuritania,country,Zenda,GND,5\n", "")
    grown = names.listing([one, two])
    assert grown.canonical("Ruritania", "country") == "Zenda"
    assert grown.facts == {("country", "Zenda"): Facts("GND", "5")}
    assert names.canonical("Ruritania", "country") == "Ruritania"
    assert names.listing([]) is names
