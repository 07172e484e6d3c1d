"""A static DTS tree: its documents are resolved by dapytains to the same parts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from correspondence import crowded, document, edition, exported_folder, tree
from epistola.exports.dts import FORMAT
from epistola.files import write_folder
from jing import jing
from shared import shared

ROOT = Path(__file__).parents[2]
WRAPPER = "{https://w3id.org/dts/api#}wrapper"


def served(source: Path, folder: Path) -> dict[str, bytes]:
    files = exported_folder(FORMAT, source)
    write_folder(folder, ((name, [data]) for name, data in files.items()))
    return files


def refs(found: Iterable[Any]) -> list[tuple[str, str, int]]:
    return [
        one
        for unit in found
        for one in [(unit.ref, unit.citeType, unit.level), *refs(unit.children)]
    ]


def words(element: etree._Element) -> list[str]:
    return "".join(map(str, element.itertext())).split()


@pytest.mark.parametrize("source", ["seed", "edition", "plain"])
def test_it_resolves(source: str, tmp_path: Path) -> None:
    dapytains = pytest.importorskip("dapytains.tei.document")
    plain = tmp_path / "plain.xml"
    text = document("x", "", "<p>One.</p><p>Two.</p>")
    plain.write_text(text.replace("<div>", "").replace("</div>", ""), "utf-8")
    paths = {"seed": ROOT / "tei", "edition": tmp_path / "e", "plain": plain}
    edition(tmp_path / "e")
    files = served(paths[source], tmp_path / "dts")
    for name in [n for n in files if n.startswith("navigation/")]:
        letter = name.removeprefix("navigation/").removesuffix(".json")
        read = dapytains.Document(str(tmp_path / "dts/document" / f"{letter}.xml"))
        told = json.loads(files[name])["member"]
        expected = [(one["identifier"], one["citeType"], one["level"]) for one in told]
        assert refs(read.get_reffs()) == expected
        assert expected
        for ref, _, _ in expected:
            passage = tree(files[f"document/{letter}/{ref}.xml"])
            (wrapper,) = passage
            assert (wrapper.tag, wrapper.get("ref")) == (WRAPPER, ref)
            given = etree.fromstring(etree.tostring(read.get_passage(ref)))
            assert words(given) == words(passage)


def test_every_member_is_there(tmp_path: Path) -> None:
    files = exported_folder(FORMAT, edition(tmp_path / "e"))
    entry = json.loads(files["index.json"])
    assert (entry["@type"], entry["dtsVersion"]) == ("EntryPoint", "1.0")
    collection = json.loads(files["collection/letters.json"])
    assert [one["@id"] for one in collection["member"]] == ["a", "b", "c"]
    assert collection["totalChildren"] == 3
    assert collection["member"][0]["dublinCore"]["creator"] == ["Ada Hale"]
    for one in collection["member"]:
        for end, kind in (("collection", "json"), ("navigation", "json"), ("document", "xml")):
            assert f"{end}/{one['@id']}.{kind}" in files


def test_documents_are_valid(tmp_path: Path) -> None:
    schema = shared("data", "tei", "tei_all_4.12.0.rng")
    sources = [edition(tmp_path / "e"), ROOT / "tei", ROOT / "tests/letters", crowded(tmp_path)]
    for number, source in enumerate(sources):
        served(source, tmp_path / str(number))
    documents = [path for n in range(4) for path in (tmp_path / f"{n}/document").glob("*.xml")]
    assert jing(schema, documents) == []
