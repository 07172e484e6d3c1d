"""CMIF: valid against its own schema, and what correspSearch wants is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from correspondence import BEN, NUMBERS, crowded, document, edition, exported, tree
from epistola.exports.cmif import FORMAT
from epistola.model import Finding
from jing import jing
from shared import shared

T = "{http://www.tei-c.org/ns/1.0}"
SAID = [
    "url=https://example.org/cmif.xml",
    "letter=https://example.org/{name}.html",
    "licence=https://creativecommons.org/licenses/by/4.0/",
    "editor=A. & B. Editor",
    "date=2026-05-03",
]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from epistola.__main__ import main  # noqa: PLC0415 - only where the data are

    odd = shared("data", "tei", "cmi-customization.odd")
    guidelines = shared("data", "tei", "p5subset_4.9.0a.xml")
    folder = tmp_path_factory.mktemp("cmif")
    assert main(["schema", "build", str(odd), "-o", str(folder), "--source", str(guidelines)]) == 0
    return folder / "cmi-customization.rng"


@pytest.mark.parametrize("said", [[], SAID])
def test_it_is_valid(said: list[str], schema: Path, tmp_path: Path) -> None:
    seed = Path(__file__).parents[2] / "tei"
    sources = [edition(tmp_path / "edition"), seed, crowded(tmp_path)]
    written = [tmp_path / f"{number}.cmif.xml" for number in range(len(sources))]
    for source, path in zip(sources, written, strict=True):
        path.write_bytes(exported(FORMAT, source, said))
    assert jing(schema, written) == []
    assert all(etree.RelaxNG(etree.parse(schema)).validate(etree.parse(path)) for path in written)


def test_who_wrote_to_whom(tmp_path: Path) -> None:
    root = tree(exported(FORMAT, edition(tmp_path / "e"), SAID))
    a, b, c = root.iter(f"{T}correspDesc")
    assert [one.get("ref") for one in (a, b, c)] == [
        f"https://example.org/{name}.html" for name in "abc"
    ]
    sent, received = a.findall(f"{T}correspAction")
    assert [(e.tag[len(T) :], dict(e.attrib), e.text) for e in sent] == [
        ("persName", {"ref": NUMBERS[0]}, "Ada Hale"),
        ("placeName", {"ref": "https://www.geonames.org/2644688"}, "Leeds"),
        ("date", {"when": "1848-05-03"}, None),
    ]
    ben = {"ref": "https://www.wikidata.org/entity/Q855", "cert": "low"}
    assert [(dict(e.attrib), e.text) for e in received] == [(ben, BEN)]
    assert [dict(e.attrib) for e in c.iter(f"{T}date")] == [
        {"notBefore": "1849", "notAfter": "1850-02"}
    ]
    source = root.find(f".//{T}bibl")
    assert source is not None
    assert {one.get("source") for one in (a, b, c)} == {
        f"#{source.get('{http://www.w3.org/XML/1998/namespace}id')}"
    }


def test_what_is_mentioned(tmp_path: Path) -> None:
    root = tree(exported(FORMAT, edition(tmp_path / "e")))
    first = next(root.iter(f"{T}correspDesc"))
    assert [(e.get("type"), e.get("target")) for e in first.iterfind(f"{T}note/{T}ref")] == [
        ("cmif:mentionsPlace", "https://www.geonames.org/2644688"),
        ("cmif:mentionsPerson", f"https://d-nb.info/gnd/{NUMBERS[1]}"),
        ("cmif:mentionsBibl", "https://doi.org/10.1000/182"),
        ("cmif:mentionsPerson", NUMBERS[0]),
        ("cmif:hasLanguage", "en"),
    ]


def told(path: Path, *said: str) -> dict[str, str]:
    found: list[Finding] = []
    exported(FORMAT, path, said, found.append)
    return {finding.code: finding.message for finding in found}


def test_what_is_lacking_is_told(tmp_path: Path) -> None:
    found = told(edition(tmp_path / "e"))
    assert {"no-url", "no-licence", "no-editor", "no-date", "no-letter"} <= found.keys()
    assert found["other-number"].startswith("known to Wikidata alone: Ben")
    assert "GeoNames: Nether & Over" in found["no-number-place"]
    assert "no-url" not in told(edition(tmp_path / "f"), *SAID)


def test_a_mistyped_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    name = '<persName ref="https://d-nb.info/gnd/118540239">A</persName>'
    action = f'<correspAction type="sent">{name}</correspAction>'
    path.write_text(document("x", action, "<p>Yes.</p>"), "utf-8")
    assert "118540239" in told(path)["mistyped-number"]


def test_names_may_point_to_an_authority_themselves(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    text = '<p><persName ref="http://viaf.org/viaf/7/">A\nB</persName> <name>C</name></p>'
    path.write_text(document("x", "", text), "utf-8")
    ref = tree(exported(FORMAT, path)).find(f".//{T}note/{T}ref")
    assert ref is not None
    assert (ref.get("target"), ref.text) == ("https://viaf.org/viaf/7", "A B")


def test_the_same_letters_give_the_same_bytes(tmp_path: Path) -> None:
    path = edition(tmp_path / "e")
    assert exported(FORMAT, path) == exported(FORMAT, path)
