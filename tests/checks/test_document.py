"""A file is checked by its form, its schema and the rules, in the order of the file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree

from epistola import encode
from epistola.checks.document import Demands, check_document, prepare
from epistola.checks.schemas import SchemaError, Shelf
from epistola.checks.tailored import LARGE, PATIENCE, Tailored
from epistola.model import Severity, Source

RNG = "http://relaxng.org/ns/structure/1.0"
LETTER = "Bonn, 3 May 1848.\n\nDear Sir,\n\nI am well.\n\nYours truly,\nJohn Smith\n"


@pytest.fixture(scope="module")
def letter() -> str:
    return encode(LETTER).to_bytes().decode()


def large(folder: Path, count: int = LARGE) -> Path:
    """A schema with many elements, the first of which may hold all the others."""
    names = [f"e{number}" for number in range(1, count)]
    anything = "".join(f'<ref name="{name}"/>' for name in names)
    defines = "".join(
        f'<define name="{name}"><element name="{name}"><optional><attribute name="a{name}"/>'
        "</optional></element></define>"
        for name in names
    )
    path = folder / "large.rng"
    path.write_text(
        f'<grammar xmlns="{RNG}"><start><element name="e0"><zeroOrMore><choice>{anything}</choice>'
        f"</zeroOrMore></element></start>{defines}</grammar>"
    )
    return path


def parsed(text: str) -> etree._ElementTree:
    return etree.ElementTree(etree.fromstring(text))


# A whole file.


def test_what_is_no_xml_has_one_finding() -> None:
    (found,) = check_document(b"<a>\n<b></a>")
    assert (found.code, found.line, found.severity) == ("xml", 2, Severity.ERROR)


def test_files_are_checked_in_threads(letter: str) -> None:
    spoiled = letter.replace("<closer", "<closr", 1).replace("</closer", "</closr", 1)
    files = [letter.encode(), spoiled.encode()] * 20
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(check_document, files))
    assert found == [check_document(raw) for raw in files]


def test_a_good_letter(letter: str) -> None:
    assert check_document(letter.encode()) == []


def test_findings_are_in_the_order_of_the_file(letter: str) -> None:
    spoiled = letter.replace("<salute", '<salute corresp="#none" foo="x"', 1)
    spoiled = spoiled.replace("<closer", "<closr", 1).replace("</closer", "</closr", 1)
    found = check_document(spoiled.encode())
    places = [(one.line, one.column) for one in found]
    assert places == sorted(places)
    codes = {one.code.partition(".")[0] for one in found}
    assert {"schema", "pointer"} <= codes


def test_rules_can_be_left_out(letter: str) -> None:
    spoiled = letter.replace("<salute", '<salute corresp="#none"', 1).encode()
    assert [one.code for one in check_document(spoiled)] == ["pointer"]
    assert check_document(spoiled, Demands(rules=False)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('when="1848-05-03"', 'when="1848-02-30"', "schema.bad-date", "February 1848 has 29 days"),
        ("<salute", '<salute xml:id="p1"', "schema.duplicate-id", "is used twice"),
        ('xml:lang="en"', 'xml:lang="the English"', "schema.bad-value", "a language code such as"),
        ("<salute", '<salute corresp=""', "schema.bad-value", "an address without spaces"),
    ],
)
def test_what_schema_and_rules_both_find_is_told_once(
    letter: str, old: str, new: str, code: str, words: str
) -> None:
    found = check_document(letter.replace(old, new, 1).encode())
    (told,) = (one for one in found if one.code != "schema-choice")
    assert told.code == code
    assert words in told.message


def test_faults_at_one_place_are_all_told(letter: str) -> None:
    spoiled = letter.replace("<salute", '<salute corresp="#a #b"', 1)
    assert [one.code for one in check_document(spoiled.encode())] == ["pointer", "pointer"]
    spoiled = letter.replace("<salute", '<salute cert="hihg"', 1)
    codes = [one.code for one in check_document(spoiled.encode())]
    assert {"schema.bad-value", "certainty"} <= set(codes)


def test_the_source_is_compared(letter: str) -> None:
    assert check_document(letter.encode(), Demands(source=Source("a", LETTER))) == []
    other = Source("a", LETTER.replace("well", "ill"))
    assert [one.code for one in check_document(letter.encode(), Demands(source=other))] == [
        "wording"
    ]


def test_the_doubt_is_told_only_of_an_invalid_file(letter: str) -> None:
    assert "tei_all.rng" in letter
    spoiled = letter.replace("<closer", "<closr", 1).replace("</closer", "</closr", 1)
    found = check_document(spoiled.encode())
    assert "schema-choice" in [one.code for one in found]


def test_a_schema_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "a.rng"
    path.write_text(f'<element xmlns="{RNG}" name="a"><text/></element>')
    demands = Demands(Shelf(schema=path))
    assert check_document(b"<a>x</a>", demands) == []
    (found,) = check_document(b"<a>\n <b/></a>", demands)
    assert (found.line, found.column, found.code.partition(".")[0]) == (2, 2, "schema")


def test_a_schema_that_is_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.rng"
    demands = Demands(Shelf(schema=path))
    for name, is_valid in (("a", True), ("bb", False)):
        path.write_text(f'<element xmlns="{RNG}" name="{name}"><text/></element>')
        assert (check_document(b"<a>x</a>", demands) == []) == is_valid


def test_a_schema_from_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "a.rng"
    path.write_text(f'<grammar xmlns="{RNG}"><include href="http://localhost:9/b.rng"/></grammar>')
    with pytest.raises(SchemaError, match="not a local file"):
        check_document(b"<a/>", Demands(Shelf(schema=path)))


def test_entities_are_read_for_the_verdict(tmp_path: Path) -> None:
    path = tmp_path / "a.rng"
    path.write_text(f'<element xmlns="{RNG}" name="a"><empty/></element>')
    demands = Demands(Shelf(schema=path))
    found = check_document(b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", demands)
    assert [one.severity for one in found] == [Severity.ERROR]


def test_schemas_are_loaded_before_any_file(tmp_path: Path) -> None:
    for shelf in (Shelf(schema=tmp_path / "a.rng"), Shelf(schematrons=(tmp_path / "a.sch",))):
        with pytest.raises(SchemaError, match="cannot be read"):
            prepare(Demands(shelf))
    prepare(Demands())


# Schemas cut to measure.


def test_a_large_schema_is_cut_and_grows(tmp_path: Path) -> None:
    told: list[str] = []
    schema = Tailored(large(tmp_path), told.append)
    first = schema.fitted(parsed("<e0><e1/></e0>"))
    assert schema.fitted(parsed("<e0><e1/><e1/></e0>")) is first
    other = schema.fitted(parsed("<e0><e2/></e0>"))
    assert other is not first
    assert schema.fitted(parsed("<e0><e1/><e2/></e0>")) is other
    assert told == []


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        ("<e0/>", True),
        ("<e0><e7 ae7=''/><e9/></e0>", True),
        ("<e0><e7 ae8=''/></e0>", False),
        ("<e1/>", False),
        ("<e0><f/></e0>", False),
        ("<e0>text</e0>", False),
    ],
)
def test_the_verdict_is_that_of_the_whole(tmp_path: Path, document: str, verdict: bool) -> None:  # noqa: FBT001 - a verdict
    schema = Tailored(large(tmp_path))
    assert schema.fitted(parsed(document)).validate(parsed(document)) == verdict


def test_after_many_cuts_the_whole_is_compiled_once(tmp_path: Path) -> None:
    told: list[str] = []
    schema = Tailored(large(tmp_path), told.append)
    validators = {
        id(schema.fitted(parsed(f"<e0><e{number}/></e0>"))): number
        for number in range(PATIENCE + 20)
    }
    assert len(validators) <= PATIENCE + 1
    assert told == ["compiling large.rng, about 3 s once"]


def test_a_small_schema_is_never_cut(tmp_path: Path) -> None:
    schema = Tailored(large(tmp_path, LARGE - 1))
    first = schema.fitted(parsed("<e0><e1/></e0>"))
    assert schema.fitted(parsed("<e0><e2/></e0>")) is first
