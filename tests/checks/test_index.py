from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from epistola.checks.index import NOT, ONLY, POINTERS, Index, index, points
from epistola.checks.library import Library
from epistola.safe import parse
from shared import shared

TEI = "{http://www.tei-c.org/ns/1.0}"


def indexed(piece: str) -> Index:
    return index(parse(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{piece}</TEI>'.encode()))


def test_everything_is_found_by_name_in_order() -> None:
    known = indexed('<p xml:id="a" n="1"><hi/></p><!-- x --><p xml:id="b" n="2"/>')
    assert [one.get("n") for one in known.all("p", "hi")] == ["1", "2", None]
    assert list(known.ids) == ["a", "b"]
    assert [value for _, value in known.attributes["n"]] == ["1", "2"]


def test_examples_give_their_ids_only() -> None:
    known = indexed(
        '<egXML xmlns="http://www.tei-c.org/ns/Examples"><p xml:id="a" ref="#b"/></egXML>'
    )
    assert (list(known.ids), known.pointers, list(known.all("p"))) == (["a"], (), [])


def test_pointers_are_taken_apart_and_keys_count_as_uses() -> None:
    known = indexed('<p corresp="#a x.xml#b"/><rs key="c"/><date from="#d"/><span from="#e"/>')
    assert [one.address for one in known.pointers] == ["#a", "x.xml#b", "#e"]
    assert known.used == {"a", "e", "c"}


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ('<application ident="epistola"/>', True),
        ('<application ident="other"/>', False),
        ("<p>epistola</p>", False),
    ],
)
def test_a_file_says_who_made_it(piece: str, *, expected: bool) -> None:
    assert indexed(piece).is_ours is expected


def test_the_library_reads_a_file_once(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="a"/></TEI>')
    library = Library()
    assert library.ids(tmp_path, "persons.xml") == {"a": "person"}
    file.unlink()
    (tmp_path / "below").mkdir()
    assert library.ids(tmp_path / "below", "../persons.xml") is None
    assert library.ids(tmp_path, "persons.xml") == {"a": "person"}
    assert Library().ids(tmp_path, "persons.xml") is None


@pytest.mark.parametrize(
    "name", ["none.xml", "text.txt", "bad.xml", "folder.xml", "a%00.xml", f"{'x' * 5000}.xml"]
)
def test_the_library_leaves_what_it_cannot_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text("<a/>")
    (tmp_path / "bad.xml").write_text("<a>")
    (tmp_path / "folder.xml").mkdir()
    assert Library().ids(tmp_path, name) is None


def datatypes(guidelines: etree._ElementTree) -> dict[str, dict[str, set[str]]]:
    """Which datatypes an attribute has, and on which elements, by TEI's own specification."""
    classes = {one.get("ident"): one for one in guidelines.iter(f"{TEI}classSpec")}

    def attributes(spec: etree._Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for member in spec.iterfind(f"{TEI}classes/{TEI}memberOf"):
            if member.get("key", "").startswith("att."):
                found |= attributes(classes[member.get("key")])
        for one in spec.iterfind(f".//{TEI}attDef"):
            datatype = one.find(f"{TEI}datatype/{TEI}dataRef")
            gone = one.get("mode") == "delete" or datatype is None
            found[one.get("ident", "")] = (
                "" if datatype is None or gone else datatype.get("key", "")
            )
        return found

    result: dict[str, dict[str, set[str]]] = {}
    shared_by_all = attributes(classes["att.global"])
    for spec in guidelines.iter(f"{TEI}elementSpec"):
        for name, datatype in (shared_by_all | attributes(spec)).items():
            result.setdefault(name, {}).setdefault(datatype, set()).add(spec.get("ident", ""))
    return result


def test_the_pointers_are_those_of_the_guidelines() -> None:
    found = datatypes(etree.parse(shared("data", "tei", "p5subset_4.9.0a.xml")))
    wrong = [
        (element, attribute)
        for attribute, by_type in found.items()
        for datatype, elements in by_type.items()
        for element in elements
        if points(element, attribute) != (datatype == "teidata.pointer")
        and attribute not in {"xml:base", "location"}
        and datatype  # without one, the attribute is declared in prose
    ]
    assert wrong == []
    assert {*ONLY, *NOT} <= {*found}
    assert set(found) >= POINTERS
