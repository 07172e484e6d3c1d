"""An index of letters: what it says of each, that it is valid, and what it wants."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from epistola.__main__ import main
from epistola.checks.odd import load_odd, relaxng, serialise
from epistola.exports.cmif import authority, lacks
from exported import CORRESPONDENCE, PERSONS, edition, read_one, tei
from shared import shared

EDITION = Path(__file__).parents[2] / "tei"
SAID = [
    *("--set", "url=https://example.org/cmif.xml", "--set", "editor=Bly & Roe"),
    *("--set", "licence=https://creativecommons.org/licenses/by/4.0/"),
]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.RelaxNG:
    guidelines = shared("data", "tei", "p5subset_4.9.0a.xml")
    odd = load_odd(shared("data", "tei", "cmi-customization.odd"), guidelines)
    path = tmp_path_factory.mktemp("cmif") / "cmif.rng"
    path.write_bytes(serialise(relaxng(odd)))
    return etree.RelaxNG(etree.parse(path))


def exported(path: Path, *more: str) -> etree._ElementTree:
    out = path.parent / "index-of-letters.xml"
    assert main(["export", "cmif", str(path), "-o", str(out), *SAID, *more]) == 0
    return etree.parse(out)


def described(tree: etree._ElementTree) -> list[str]:
    found = tree.iterfind(".//{*}correspDesc/*")
    return [etree.tostring(e, encoding="unicode", with_tail=False) for e in found]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("<persName>Bell</persName>", ""),
        ('<persName ref="#p-mill">Mill</persName>', ""),
        ('<persName ref="#p-bell">Bell</persName>', "https://d-nb.info/gnd/11"),
        ('<persName ref="https://viaf.org/viaf/7">Bell</persName>', "https://viaf.org/viaf/7"),
        ('<persName ref="https://example.org/7">Bell</persName>', ""),
        ('<persName ref="psn://7">Bell</persName>', ""),
        ('<placeName ref="#p-ely">Ely</placeName>', ""),
        (
            '<placeName ref="https://viaf.org/viaf/7 https://www.geonames.org/2649911">Ely</placeName>',
            "https://www.geonames.org/2649911",
        ),
    ],
)
def test_whose_number_a_name_has(name: str, found: str, tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei(f"<p>{name}</p>", beside=PERSONS))
    assert authority(letter.mentions[0]) == found


def test_what_is_said_of_a_letter(tmp_path: Path, schema: etree.RelaxNG) -> None:
    body = '<p><persName ref="#p-bell">Ada</persName>, <persName ref="#p-bell">Bell</persName></p>'
    document = tei(body, beside=PERSONS, more=CORRESPONDENCE, attributes=' xml:lang="en"')
    (tmp_path / "a b.xml").write_text(document, "utf-8")
    tree = exported(tmp_path / "a b.xml", "--set", "letters=https://example.org/l/")
    assert schema.validate(tree), schema.error_log
    (one,) = tree.iterfind(".//{*}correspDesc")
    assert one.get("ref") == "https://example.org/l/a%20b.xml"
    tei_space = ' xmlns="http://www.tei-c.org/ns/1.0"'
    assert [said.replace(tei_space, "") for said in described(tree)] == [
        '<correspAction type="sent"><persName ref="https://d-nb.info/gnd/11">Bell</persName>'
        '<placeName>Ely</placeName><date when="1840-05-03"/></correspAction>',
        '<correspAction type="received"><persName cert="low">Mill</persName></correspAction>',
        '<note><ref type="cmif:mentionsPerson" target="https://d-nb.info/gnd/11">Ada Bell</ref>'
        '<ref type="cmif:hasLanguage" target="en"/><ref type="cmif:isAvailableAsTEIfile"'
        ' target="https://example.org/l/a%20b.xml"/></note>',
    ]


@pytest.mark.parametrize("value", ["notBefore='1840' notAfter='1841'", "from='1840' to='1841'"])
@pytest.mark.parametrize("cert", ["", "high", "medium", "low", "unknown"])
def test_every_certainty_and_date_is_valid(
    value: str, cert: str, tmp_path: Path, schema: etree.RelaxNG
) -> None:
    said = f'cert="{cert}"' if cert else ""
    who = f"<orgName {said}>A &amp; B</orgName><date {value} {said}>then</date><note>x</note>"
    more = f'<correspAction type="sent">{who}</correspAction><correspAction type="forwarded"/>'
    header = f"<profileDesc><correspDesc>{more}</correspDesc></profileDesc>"
    (tmp_path / "a.xml").write_text(tei("<p>x</p>", more=header), "utf-8")
    tree = exported(tmp_path / "a.xml")
    assert schema.validate(tree), schema.error_log
    assert [e.get("cert") for e in tree.iter("{*}orgName")] == [
        "low" if cert not in {"", "high"} else None
    ]


def test_the_edition_that_ships_is_valid(tmp_path: Path, schema: etree.RelaxNG) -> None:
    out = tmp_path / "cmif.xml"
    assert main(["export", "cmif", str(EDITION), "-o", str(out), *SAID]) == 0
    assert schema.validate(etree.parse(out)), schema.error_log


def test_anyone_s_letters_are_valid(tmp_path: Path, schema: etree.RelaxNG) -> None:
    out = tmp_path / "cmif.xml"
    folder = shared("data", "letters", "german")
    assert main(["export", "cmif", str(folder), "-o", str(out), *SAID]) == 0
    tree = etree.parse(out)
    assert schema.validate(tree), schema.error_log
    assert len(list(tree.iter("{*}correspDesc"))) == len(list(folder.glob("*.xml")))


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("", ["no-correspondents"]),
        (
            '<profileDesc><correspDesc><correspAction type="sent"><date when="1840"/>'
            "</correspAction></correspDesc></profileDesc>",
            ["no-correspondents"],
        ),
        (CORRESPONDENCE, ["no-authority", "no-authority"]),
        (
            '<profileDesc><correspDesc><correspAction type="sent"><persName ref="#p-bell">B'
            "</persName></correspAction></correspDesc></profileDesc>",
            ["no-date"],
        ),
    ],
)
def test_what_is_wanted(header: str, codes: list[str], tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei("<p>x</p>", beside=PERSONS, more=header))
    assert [finding.code for finding in lacks(letter)] == codes


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([], "add --set url=https://…/cmif.xml --set licence="),
        (SAID[2:], "add --set url=https://…/cmif.xml\n"),
        (SAID, "no letter says in its correspDesc who sent or received it"),
    ],
)
def test_an_index_that_cannot_be_made(
    said: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, out = edition(tmp_path / "e"), tmp_path / "out.xml"
    assert main(["export", "cmif", str(home), "-o", str(out), *said]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()
