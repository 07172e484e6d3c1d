from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from epistola.report.letter import grade
from epistola.report.sent import UNDATED, When, when
from epistola.report.things import spoken
from report_made import NS, action, from_to, read, register, tei

REGISTER = register(
    '<listPerson><person xml:id="ann"><persName><forename>Ann</forename><surname>Bell</surname>'
    '</persName></person><person xml:id="old" sameAs="#ann"><persName>Nan</persName></person>'
    '</listPerson><listPlace><place xml:id="bath"><placeName>Bath</placeName><location>'
    "<geo>51.38 -2.36</geo></location></place></listPlace>"
)
COPY = '<person xml:id="a" sameAs="registers.xml#ann"><persName>Ann</persName></person>'


@pytest.mark.parametrize(
    "xml",
    [
        REGISTER,
        f"<TEI {NS}><teiHeader/></TEI>",
        f"<TEI {NS}><teiHeader/><text><body><listPerson><person/></listPerson></body></text></TEI>",
        f'<TEI {NS}><text><body><listBibl><bibl xml:id="b"/></listBibl></body></text></TEI>',
        "<html><body><p>I saw Ann.</p></body></html>",
    ],
)
def test_what_is_no_letter(xml: str) -> None:
    assert read(xml) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<p>Well.</p>", []),
        ("<p><persName/></p>", []),
        ("<p><rs>the house</rs> and <name>Fido</name></p>", []),
        ('<note type="editorial"><persName>Ann</persName></note>', []),
        ("<p><bibl>a book of hers</bibl></p>", []),
        ('<p><bibl corresp="#src-print">this</bibl></p>', []),
        ("<p><persName>Ann</persName></p>", [("person", "Ann", 1, 0)]),
        ("<p><persName>Ann</persName>, <persName>ann</persName></p>", [("person", "Ann", 2, 0)]),
        ('<p><persName ref="#x">Ann</persName></p>', [("person", "Ann", 1, 1)]),
        ('<p><persName ref="#x">Ann</persName>, <persName key="#x">she</persName></p>',
         [("person", "Ann", 2, 2)]),
        ('<p><persName ref="#x" xml:id="n1">Ann</persName>'
         '<persName ref="#x" prev="#n1">Bell</persName></p>', [("person", "Ann", 1, 1)]),
        ("<p><placeName>Bath, <country>England</country></placeName></p>",
         [("place", "Bath, England", 1, 0)]),
        ('<p><placeName ref="#b">Bath, <country ref="#e">England</country></placeName></p>',
         [("place", "Bath, England", 1, 1), ("place", "England", 1, 1)]),
        ('<p><bibl corresp="#w">Ann’s <title>Helen</title></bibl></p>',
         [("work", "Ann’s Helen", 1, 1)]),
        ("<p><bibl>in her <title>Helen</title></bibl></p>", [("work", "Helen", 1, 0)]),
        ('<p><rs type="person" ref="#x">her mother</rs></p>', [("person", "her mother", 1, 1)]),
    ],
)  # fmt: skip
def test_what_is_named(text: str, named: list[tuple[str, str, int, int]]) -> None:
    (letter,) = read(tei(text))
    found = [(m.named.thing.kind, m.named.form, m.times, m.linked) for m in letter.mentions]
    assert found == named


@pytest.mark.parametrize("pointer", ["#a", "registers.xml#ann", "registers.xml#old"])
def test_copies_and_retired_entries_are_their_register_s(tmp_path: Path, pointer: str) -> None:
    tmp_path.joinpath("registers.xml").write_text(REGISTER, "utf-8")
    text = f'<p><persName ref="{pointer}">Nan</persName></p>'
    (letter,) = read(tei(text, entries=COPY), tmp_path / "a.xml")
    thing = letter.mentions[0].named.thing
    assert (thing.name, thing.key) == ("Ann Bell", f"{tmp_path / 'registers.xml'}#ann")


def test_registers_that_point_at_each_other_come_to_an_end(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        entry = f'<person xml:id="x" sameAs="{other}.xml#x"><persName>Ann</persName></person>'
        tmp_path.joinpath(f"{name}.xml").write_text(register(entry), "utf-8")
    (letter,) = read(tei('<p><persName ref="a.xml#x">Ann</persName></p>'), tmp_path / "letter.xml")
    assert letter.mentions[0].named.thing.name == "Ann"


def test_entries_of_letters_are_one_by_number_or_name() -> None:
    def key(entry: str) -> str:
        text = '<p><persName ref="#a">she</persName></p>'
        (letter,) = read(tei(text, entries=f'<person xml:id="a">{entry}</person>'))
        return letter.mentions[0].named.thing.key

    number = "<idno>https://viaf.org/viaf/1</idno>"
    assert key("<persName>Ann</persName>") == key("<persName> ann </persName>")
    assert key("<persName>Ann</persName>") != key("<persName>Nan</persName>")
    assert key(f"<persName>Ann</persName>{number}") == key(f"<persName>Nan</persName>{number}")


def test_a_prefix_is_expanded(tmp_path: Path) -> None:
    tmp_path.joinpath("registers.xml").write_text(REGISTER, "utf-8")
    prefix = '<prefixDef ident="p" matchPattern="(.+)" replacementPattern="registers.xml#$1"/>'
    xml = tei('<p><persName ref="p:ann">she</persName></p>')
    xml = xml.replace("<teiHeader>", f"<teiHeader><encodingDesc>{prefix}</encodingDesc>")
    (letter,) = read(xml, tmp_path / "a.xml")
    assert letter.mentions[0].named.thing.name == "Ann Bell"


def test_a_place_lies_where_its_own_entry_says(tmp_path: Path) -> None:
    tmp_path.joinpath("registers.xml").write_text(REGISTER, "utf-8")
    corresp = action("sent", '<placeName ref="registers.xml#bath">Bath</placeName>')
    (letter,) = read(tei(corresp=corresp), tmp_path / "a.xml")
    assert letter.sent.origins[0].thing.point == (51.38, -2.36)


def test_who_writes_to_whom() -> None:
    (letter,) = read(tei(corresp=from_to("Ann Bell", "Mary Hale", "1819-04-02"), title="No. 1"))
    assert [one.form for one in letter.sent.senders] == ["Ann Bell"]
    assert [one.form for one in letter.sent.receivers] == ["Mary Hale"]
    assert letter.sent.when == When(1819, 4, told=True)
    assert (letter.title, letter.words) == ("No. 1", 1)


def test_an_index_of_correspondence_has_a_letter_for_each_description() -> None:
    described = "".join(
        f"<correspDesc>{from_to('A', 'B', year)}</correspDesc>" for year in ("1801", "1802")
    )
    xml = f"<TEI {NS}><teiHeader><profileDesc>{described}</profileDesc></teiHeader></TEI>"
    assert [one.sent.when.year for one in read(xml)] == [1801, 1802]


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (tei(), UNDATED),
        (tei("<p>I saw her on <date when='1819'>that day</date>.</p>"), UNDATED),
        (tei(corresp=action("received", '<date when="1819"/>')), UNDATED),
        (tei("<opener><dateline><date when='1819-04'/></dateline></opener>"),
         When(1819, 4, told=True)),
        (tei().replace("<profileDesc>", "<profileDesc><creation><date when='1820'/></creation>"),
         When(1820, None, told=True)),
    ],
)  # fmt: skip
def test_where_the_date_is_from(xml: str, told: When) -> None:
    assert read(xml)[0].sent.when == told


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ("", UNDATED),
        ('when="soon"', UNDATED),
        ('when="--05-01"', UNDATED),
        ('notAfter="2011-09"', When(told=True)),
        ('from="1819" to="1821"', When(told=True)),
        ('when="1819-13"', UNDATED),
        ('from="1819-01" to="1819-03"', When(1819, None, told=True)),
        ('notBefore="1819-04-02" notAfter="1819-04-09"', When(1819, 4, told=True)),
        ('when-iso="1819-04-02T10:00"', When(1819, 4, told=True)),
        ('when="-0044-03-15"', When(-44, 3, told=True)),
    ],
)
def test_dates_are_no_more_exact_than_they_are(attributes: str, told: When) -> None:
    assert when(etree.fromstring(f"<date {attributes}/>")) == told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ann Bell", "Ann Bell"),
        ("Scott, Walter, 1771-1832", "Walter Scott"),
        ("", ""),
        ("ירושלמי, חנה", "חנה ירושלמי"),
    ],
)
def test_names_as_one_says_them(name: str, said: str) -> None:
    assert spoken(name) == said


@pytest.mark.parametrize(
    ("cert", "expected"),
    [
        ("", "right"),
        ("low", "low"),
        ("0.2", "low"),
        ("1", "high"),
        ("right", "unknown"),
        ("?", "unknown"),
    ],
)
def test_grades(cert: str, expected: str) -> None:
    assert grade(cert) == expected
