"""Which schema a file is checked by, and that none is ever fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from epistola.checks.schemas import (
    Catalogue,
    Choice,
    SchemaError,
    Shelf,
    choose,
    load_catalogue,
    models,
)
from epistola.checks.tailored import Tailored

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
AWAY = "https://example.org/schemas/tei_lite.rng"
ALL = "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"


def tree(*instructions: str) -> etree._ElementTree:
    lines = "\n".join(f"<?xml-model {one}?>" for one in instructions)
    return etree.ElementTree(etree.fromstring(f"{lines}\n<TEI/>"))


def model(href: str, namespace: str = RNG) -> str:
    return f'href="{href}" type="application/xml" schematypens="{namespace}"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.rng", "b.rng", "a.sch", "tei_lite.rng", "a b.rng"):
        (tmp_path / name).write_text(f'<element xmlns="{RNG}" name="a"><empty/></element>')
    (tmp_path / "letters").mkdir()
    return tmp_path


def chosen(place: Path, *instructions: str, **shelf: object) -> Choice:
    return choose(tree(*instructions), place / "letters" / "a.xml", Shelf(**shelf))  # type: ignore[arg-type]


# What is refused, in one sentence.


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("none.rng", "the schema none.rng, named in line 1, is not there: name a copy with --sch"),
        ("../a.rnc", "a.rnc: this is RELAX NG in compact syntax; convert it with trang: trang a."),
        ("../a.xsd", "a.xsd: this is no RELAX NG; a RELAX NG schema (*.rng) is needed"),
    ],
)
def test_what_a_file_names_and_cannot_be_used(folder: Path, href: str, why: str) -> None:
    for name in ("a.rnc", "a.xsd"):
        (folder / name).write_text("")
    with pytest.raises(SchemaError, match=re.escape(why)):
        chosen(folder, model(href))


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.rng", None, "the schema cannot be read: No such file or directory"),
        ("a.rng", "<grammar", "the schema is no well-formed XML"),
        ("a.rng", "<grammar/>", "this is no RELAX NG schema: its outermost element is grammar"),
        ("a.sch", "", "this is Schematron: give it with --schematron"),
        ("a.rnc", "", "convert it with trang: trang a.rnc a.rng"),
    ],
)
def test_a_schema_that_cannot_be_used(
    tmp_path: Path, name: str, text: str | None, why: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(SchemaError, match=re.escape(str(path)) + ".*" + re.escape(why)):
        Tailored(path)


# Which one it is.


def test_no_instruction_means_the_shipped_schema(folder: Path) -> None:
    assert chosen(folder) == Choice()


def test_the_option_wins(folder: Path) -> None:
    given = folder / "b.rng"
    assert chosen(folder, model("../a.rng"), model(AWAY), schema=given) == Choice(given)


@pytest.mark.parametrize(
    ("href", "name"),
    [("../a.rng", "a.rng"), ("../a%20b.rng", "a b.rng"), ("../letters/../b.rng", "b.rng")],
)
def test_a_schema_beside_the_file(folder: Path, href: str, name: str) -> None:
    choice = chosen(folder, model(href))
    assert choice.schema is not None
    assert choice.schema.samefile(folder / name)
    assert choice.findings == ()


def test_a_schema_by_its_whole_path(folder: Path) -> None:
    path = folder / "a.rng"
    assert chosen(folder, model(str(path))).schema == path
    assert chosen(folder, model(path.as_uri())).schema == path


@pytest.mark.parametrize(
    ("instruction", "languages"),
    [
        (model("a.rng"), ["relaxng"]),
        (model("a.sch", SCH), ["schematron"]),
        (model("a.rng", SCH), ["schematron"]),
        ("href='a.rng'", ["relaxng"]),
        ("href='a.sch'", ["schematron"]),
        ("href='a.rnc' type='application/relax-ng-compact-syntax'", ["relaxng"]),
        ("href='a.xsd' schematypens='http://www.w3.org/2001/XMLSchema'", [""]),
        ("title='none'", []),
    ],
)
def test_languages(instruction: str, languages: list[str]) -> None:
    assert [one.language for one in models(tree(instruction))] == languages


def test_instructions_are_read_with_their_escapes_and_lines() -> None:
    first, second = models(tree('href = "a&amp;b.rng"', model("c.rng")))
    assert (first.href, first.line, second.href, second.line) == ("a&b.rng", 1, "c.rng", 2)


def test_an_address_is_looked_up_in_the_folder_by_its_name(folder: Path) -> None:
    choice = chosen(folder, model(AWAY), folder=folder)
    assert choice.schema == folder / "tei_lite.rng"
    (told,) = choice.findings
    assert "tei_lite.rng, found in" in told.message
    assert chosen(folder, model("nowhere/a.rng"), folder=folder).schema == folder / "a.rng"


def test_what_is_away_is_not_fetched(folder: Path) -> None:
    choice = chosen(folder, model(AWAY))
    assert choice.schema is None
    (told,) = choice.findings
    assert f"by the letter.rng that ships, for {AWAY} is not fetched; name a copy" in told.message
    assert (told.line, told.severity) == (1, "info")


def test_the_shipped_schema_stands_for_all_of_tei_without_a_word(folder: Path) -> None:
    choice = chosen(folder, model(ALL))
    assert (choice.schema, choice.findings, len(choice.doubt)) == (None, (), 1)


def test_the_shipped_schema_need_not_be_where_the_file_says(folder: Path) -> None:
    assert chosen(folder, model("../../schemas/letter.rng")) == Choice()


def test_only_the_first_grammar_is_used(folder: Path) -> None:
    choice = chosen(folder, model("../a.rng"), model("../a.rng"), model("../b.rng"))
    assert choice.schema is not None
    assert [one.message for one in choice.findings] == [
        "not checked by ../b.rng too: the first schema named is the one used"
    ]


def test_schematron_that_the_file_names(folder: Path) -> None:
    choice = chosen(folder, model("../a.sch", SCH))
    assert [path.resolve() for path in choice.offered] == [folder / "a.sch"]
    given = folder / "b.sch"
    assert chosen(folder, model("../a.sch", SCH), schematrons=(given,)).offered == ()
    for href, why in [("none.sch", "is not on this machine"), ("../a.rng", "no Schematron file")]:
        (told,) = chosen(folder, model(href, SCH)).findings
        assert why in told.message


# Catalogues.


def catalogue(folder: Path, entries: str, name: str = "catalog.xml") -> Path:
    path = folder / name
    namespace = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
    path.write_text(f'<catalog xmlns="{namespace}">{entries}</catalog>')
    return path


@pytest.mark.parametrize(
    "entry",
    [
        f'<uri name="{AWAY}" uri="a.rng"/>',
        f'<system systemId="{AWAY}" uri="a.rng"/>',
        '<uriSuffix uriSuffix="tei_lite.rng" uri="a.rng"/>',
        f'<group xml:base="letters/"><uri name="{AWAY}" uri="../a.rng"/></group>',
        f'<uri name="{AWAY}" uri="a.rng"/><uri name="{AWAY}" uri="b.rng"/>',
        f'<nextCatalog catalog="more.xml"/><uri name="{AWAY}x" uri="b.rng"/>',
        '<rewriteURI uriStartString="https://example.org/" rewritePrefix="none/"/>'
        '<rewriteURI uriStartString="https://example.org/schemas/tei_lite" rewritePrefix="a"/>',
    ],
)
def test_a_catalogue_says_where_a_schema_is(folder: Path, entry: str) -> None:
    catalogue(folder, f'<uri name="{AWAY}" uri="a.rng"/><nextCatalog catalog="c.xml"/>', "more.xml")
    loaded = load_catalogue(catalogue(folder, entry, "c.xml"))
    choice = chosen(folder, model(AWAY), catalogue=loaded)
    assert choice.schema is not None
    assert choice.schema.resolve() == folder / "a.rng"
    assert "as the catalogue says" in choice.findings[0].message


def test_a_catalogue_that_does_not_know(folder: Path) -> None:
    loaded = load_catalogue(catalogue(folder, '<uri name="urn:x" uri="a.rng"/>'))
    assert loaded.resolve(AWAY) is None
    assert Catalogue().resolve(AWAY) is None
    assert chosen(folder, model(AWAY), catalogue=loaded).schema is None


def test_what_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "c.xml"
    path.write_text("<catalog/>")
    with pytest.raises(SchemaError, match="this is no OASIS XML catalogue"):
        load_catalogue(path)
