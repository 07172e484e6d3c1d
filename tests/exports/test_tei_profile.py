"""TEI of other sorts: valid where the profile is, and with every word of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from correspondence import BEN, MOSHE, crowded, document, edition, exported_folder, tree
from epistola.exports.gathered import gather
from epistola.exports.tei_profile import FORMAT
from jing import jing
from shared import shared

T = "{http://www.tei-c.org/ns/1.0}"
ROOT = Path(__file__).parents[2]
SCHEMAS = {
    "all": "tei_all_4.12.0.rng",
    "simple": "tei_simplePrint_4.9.0a.rng",
    "back": "tei_all_4.12.0.rng",
    "dta": "tei_all_4.12.0.rng",
}


def sources(folder: Path) -> list[Path]:
    return [ROOT / "tei", ROOT / "tests/letters", edition(folder / "edition"), crowded(folder)]


@pytest.mark.parametrize("names", ["own", "rs"])
@pytest.mark.parametrize("profile", SCHEMAS)
def test_it_is_valid_and_has_all_the_words(profile: str, names: str, tmp_path: Path) -> None:
    schema = shared("data", "tei", SCHEMAS[profile])
    written: list[Path] = []
    for number, source in enumerate(sources(tmp_path)):
        before = {letter.name: letter.text.split() for letter in gather(source)}
        made = exported_folder(FORMAT, source, [f"profile={profile}", f"names={names}"])
        assert made.keys() == {f"{name}.xml" for name in before}
        for name, data in made.items():
            path = tmp_path / profile / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
            (after,) = gather(path)
            assert after.text.split() == before[path.stem], path
    assert jing(schema, written) == []


@pytest.mark.parametrize("profile", SCHEMAS)
def test_nothing_points_to_a_file_beside_it(profile: str, tmp_path: Path) -> None:
    for data in exported_folder(FORMAT, edition(tmp_path / "e"), [f"profile={profile}"]).values():
        root = tree(data)
        ids = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter()}
        words = [w for e in root.iter(etree.Element) for w in e.get("ref", "").split()]
        assert words
        assert all(w.startswith("https://") or w.removeprefix("#") in ids for w in words)


def one(profile: str, folder: Path, *more: str) -> etree._Element:
    said = [f"profile={profile}", *more]
    return tree(exported_folder(FORMAT, edition(folder / "e"), said)["a.xml"])


def test_entries_are_brought_in(tmp_path: Path) -> None:
    root = one("all", tmp_path)
    off = root.find(f"{T}standOff")
    assert off is not None
    assert [e.tag[len(T) :] for e in off] == ["listPerson", "listPlace", "listBibl"]
    names = ["".join(map(str, e.itertext())) for e in off.iter(f"{T}persName")]
    assert names == ["Ada Hale", BEN, MOSHE]
    assert [e.get("ref") for e in root.iter(f"{T}signed") for e in e] == ["#person-hale"]


def test_an_id_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    path = edition(tmp_path / "e") / "letters" / "a.xml"
    path.write_text(path.read_text("utf-8").replace("<p>I", '<p xml:id="person-cohen">I'), "utf-8")
    root = tree(exported_folder(FORMAT, tmp_path / "e")["a.xml"])
    refs = [e.get("ref") for e in root.iter(f"{T}persName") if "Cohen" in str(e.text)]
    assert refs == ["#person-cohen-2"]


def test_registers_in_back(tmp_path: Path) -> None:
    root = one("back", tmp_path)
    assert root.find(f"{T}standOff") is None
    (division,) = root.findall(f"{T}text/{T}back/{T}div")
    assert [e.tag[len(T) :] for e in division] == ["listPerson", "listPlace", "listBibl"]


def test_names_as_rs(tmp_path: Path) -> None:
    root = one("back", tmp_path, "names=rs")
    signed = root.find(f".//{T}signed")
    assert signed is not None
    assert [(e.tag, e.get("type"), e.get("ref")) for e in signed] == [
        (f"{T}rs", "person", "#person-hale")
    ]
    assert root.find(f".//{T}listPerson//{T}persName") is not None


def test_addresses_in_place_of_registers(tmp_path: Path) -> None:
    root = one("dta", tmp_path)
    assert root.find(f"{T}standOff") is None
    found = {str(e.get("ref")) for e in root.iter(f"{T}persName", f"{T}placeName")}
    assert found == {
        "https://d-nb.info/gnd/118540238",
        "https://d-nb.info/gnd/118575449",
        "https://www.wikidata.org/entity/Q855",
        "https://www.geonames.org/2644688",
    }


def test_simple_print_says_it_with_what_it_has(tmp_path: Path) -> None:
    root = one("simple", tmp_path)
    assert [e.get("type") for e in root.iter(f"{T}name") if e.get("ref") == "#place-leeds"] == [
        "place", "place"
    ]  # fmt: skip
    notes = ["".join(map(str, n.itertext())) for n in root.iter(f"{T}note") if n.get("subtype")]
    assert notes == ["Ada, Leeds, 1848-05-03", "Ben"]
    assert root.find(f".//{T}listPerson/{T}person/{T}p/{T}name") is not None
    assert root.find(f".//{T}sourceDesc/{T}listBibl/{T}bibl/{T}title") is not None


def test_what_simple_print_has_not_leaves_its_words(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    text = """<p>a <damage>b <ex>c</ex></damage> d<certainty locus="name"/> e
    <mentioned>f</mentioned></p>"""
    path.write_text(document("x", "", text), "utf-8")
    (data,) = exported_folder(FORMAT, path, ["profile=simple"]).values()
    paragraph = tree(data).find(f".//{T}text//{T}p")
    assert paragraph is not None
    assert "".join(map(str, paragraph.itertext())).split() == list("abcdef")
    assert [e.tag for e in paragraph] == [f"{T}hi"]
