"""Authority files: what is read, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.reconcile.authority import AuthorityError, load_authority
from epistola.reconcile.card import Card, Point, Years
from epistola.reconcile.numbers import Number

HEADER = "id,name,variants,type,birth,death,place,lat,lon"


def file(folder: Path, text: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.csv:1: there is no column “id”"),
        ("id;birth\n", "a.csv:1: there is no column “name”"),
        ("id,name,brith\n", "a.csv:1: the column “brith” is not known"),
        ("id,name,uri\n", "a.csv:1: the column “id” is there twice"),
        ("id,name\n7,Jo Bly\n", "a.csv:2: “7” is no address"),
        ("id,name\nhttps://viaf.org/viaf/7\n", "a.csv:2: there are 1 cells, and the header has 2"),
        ("id,name\n,Jo Bly\n", "a.csv:2: the id is empty"),
        ("id,name\n\nhttps://viaf.org/viaf/7,\n", "a.csv:3: the name is empty"),
        (f"{HEADER}\nhttps://a.org/1,Jo,,human,,,,,\n", "the type “human” is not known"),
        (f"{HEADER}\nhttps://a.org/1,Jo,,person,soon,,,,\n", "birth is “soon”"),
        (f"{HEADER}\nhttps://a.org/1,Ely,,place,,,,52.4,\n", "lat and lon are “52.4” and “”"),
        (f"{HEADER}\nhttps://a.org/1,Ely,,place,,,,520,0\n", "write degrees"),
        ('id,name\nhttps://a.org/1,"Jo\n', "a.csv:"),
    ],
)
def test_faults_name_the_line_and_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AuthorityError) as caught:
        load_authority(file(tmp_path, text))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.csv", None, "none.csv: it cannot be read"),
        ("none.xml", None, "none.xml: cannot be read"),
        ("a.xml", "<TEI>", "a.xml:1:6: not well-formed XML"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, text: str | None, said: str) -> None:
    if text is not None:
        file(tmp_path, text, name)
    with pytest.raises(AuthorityError) as caught:
        load_authority(tmp_path / name)
    assert said in str(caught.value)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="save it as “CSV UTF-8”"):
        load_authority(file(tmp_path, "id,name\nhttps://a.org/1,Zoë\n", encoding="cp1252"))


def test_a_whole_line(tmp_path: Path) -> None:
    text = (
        f"{HEADER}\nhttps://viaf.org/viaf/7|https://d-nb.info/gnd/118540238,Bly,Jo Bly|J. Bly,"
        "person,c. 1790,1850-02-01,Kent|England,51.2,0.7\n"
    )
    assert load_authority(file(tmp_path, text)) == (
        Card(
            "person",
            ("Bly", "Jo Bly", "J. Bly"),
            Years(1790, 1850),
            frozenset(["kent", "england"]),
            Point(51.2, 0.7),
            (),
            (
                Number("VIAF", "https://viaf.org/viaf/7"),
                Number("GND", "https://d-nb.info/gnd/118540238"),
            ),
        ),
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_a_spreadsheet_saves(tmp_path: Path, mark: str) -> None:
    rows = [["uri", "Name", "authority"], ["7", '"Bly, Jo, 1790-"', "VIAF"]]
    text = "\r\n".join(mark.join(row) for row in rows)
    card = load_authority(file(tmp_path, text, encoding="utf-8-sig"))[0]
    assert (card.names, card.years) == (("Bly, Jo, 1790-",), Years(1790, None))
    assert card.numbers == (Number("VIAF", "7"),)


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text></TEI>"""


@pytest.mark.parametrize(
    ("entry", "card"),
    [
        (
            '<listPerson><person xml:id="a"><persName>Bly, Jo, 1790-1850</persName>'
            '<idno type="VIAF">http://viaf.org/viaf/7</idno><birth><settlement>Ely</settlement>'
            "</birth><idno>8</idno></person></listPerson>",
            Card(
                "person",
                ("Bly, Jo, 1790-1850", "Jo Bly"),
                Years(1790, 1850),
                numbers=(Number("VIAF", "http://viaf.org/viaf/7"),),
            ),
        ),
        (
            '<listPlace><place xml:id="a"><placeName>Ely</placeName><country>England</country>'
            "<location><geo>52.4 0.26</geo></location><listPlace><place xml:id='b'><placeName>"
            "Quay</placeName><region>Fens</region><idno type='GeoNames'>9</idno></place>"
            '</listPlace><idno cert="low">https://sws.geonames.org/7</idno></place></listPlace>',
            Card(
                "place",
                ("Ely",),
                around=frozenset(["england"]),
                point=Point(52.4, 0.26),
                numbers=(Number("GeoNames", "https://sws.geonames.org/7", "low"),),
            ),
        ),
        (
            '<listBibl><biblStruct xml:id="a"><analytic><title level="a">On Bread</title><author>'
            '<persName>Jo Bly</persName></author><idno type="DOI">10.1/x</idno></analytic><monogr>'
            '<title level="j">Loaf</title><idno type="ISSN">1</idno><imprint><date when="1822"/>'
            "</imprint></monogr></biblStruct></listBibl>",
            Card(
                "work",
                ("On Bread",),
                Years(1822, 1822),
                makers=("Jo Bly",),
                numbers=(Number("DOI", "10.1/x"),),
            ),
        ),
        (
            '<listEvent><event xml:id="a" from="1848-02" to="1849"><label>Rising</label></event>'
            "</listEvent>",
            Card("event", ("Rising",), Years(1848, 1849)),
        ),
    ],
)
def test_entries_of_a_register(tmp_path: Path, entry: str, card: Card) -> None:
    found = load_authority(file(tmp_path, TEI.format(entry), "r.xml"))[0]
    assert found == card
