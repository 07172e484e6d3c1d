from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from documents import RNG, Documents
from epistola.checks.odd import TEI, load_odd, relaxng
from jing import jing
from schema_cases import INVALID, VALID
from shared import shared

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCHEMA = SCHEMAS / "letter.rng"
ROUNDS = 20
"""How many random elements of each name; some hundreds find nothing more."""


def parse(document: bytes) -> etree._ElementTree:
    return etree.ElementTree(etree.fromstring(document, etree.XMLParser(collect_ids=False)))


def starting_at(grammar: etree._ElementTree, names: Iterable[str]) -> etree.RelaxNG:
    """Compile ``grammar`` so that any of the elements ``names`` may be the outermost."""
    start = grammar.getroot().find(f"{RNG}start")
    assert start is not None
    start[:] = [etree.Element(f"{RNG}choice")]
    start[0].extend(etree.Element(f"{RNG}ref", name=name) for name in names)
    return etree.RelaxNG(grammar)


@pytest.fixture(scope="module")
def names() -> list[str]:
    return Documents(etree.parse(SCHEMA), 0).names


@pytest.fixture(scope="module")
def tei_all(names: list[str]) -> etree.RelaxNG:
    """TEI's own schema, as it is published; it takes some seconds to compile."""
    grammar = etree.parse(shared("data", "tei", "tei_all_4.12.0.rng"))
    return starting_at(grammar, [*names, "schemaSpec"])


@pytest.fixture(scope="module")
def own() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


@pytest.mark.parametrize("document", [row[0] for row in INVALID.values()], ids=INVALID)
def test_refuses(own: etree.RelaxNG, document: bytes) -> None:
    assert not own.validate(parse(document))


@pytest.mark.parametrize("document", VALID.values(), ids=VALID)
def test_allows(own: etree.RelaxNG, document: bytes) -> None:
    assert own.validate(parse(document)), own.error_log


@pytest.mark.parametrize("document", VALID.values(), ids=VALID)
def test_what_it_allows_is_tei(tei_all: etree.RelaxNG, document: bytes) -> None:
    assert tei_all.validate(parse(document)), tei_all.error_log


def test_a_careful_editor_s_encoding_is_valid(own: etree.RelaxNG) -> None:
    document = shared("target", "seed-letter.xml").read_bytes()
    assert own.validate(parse(document)), own.error_log


def test_jing_gives_the_same_verdicts(own: etree.RelaxNG, tmp_path: Path) -> None:
    source = Documents(etree.parse(SCHEMA), 1871, size=40)
    spoiled = [etree.tostring(source.spoiled("TEI")) for _ in range(200)]
    documents = [*(row[0] for row in INVALID.values()), *VALID.values(), *spoiled]
    paths = write(tmp_path, documents)
    refused = {line.split(".xml:")[0] for line in jing(SCHEMA, paths)}
    assert refused == {
        str(path.with_suffix(""))
        for path, document in zip(paths, documents, strict=True)
        if not own.validate(parse(document))
    }


def write(folder: Path, documents: Iterable[bytes]) -> list[Path]:
    paths = []
    for number, document in enumerate(documents):
        paths.append(folder / f"{number:03}.xml")
        paths[-1].write_bytes(document)
    return paths


def test_it_only_narrows_tei(names: list[str], tei_all: etree.RelaxNG) -> None:
    """Whatever our grammar allows, TEI's allows: random elements of every name."""
    source = Documents(etree.parse(SCHEMA), 1848)
    own = starting_at(etree.parse(SCHEMA), names)
    for _ in range(ROUNDS):
        for name in names:
            document = etree.tostring(source.element(name))
            assert own.validate(parse(document)), ("not ours", own.error_log, document)
            assert tei_all.validate(parse(document)), (tei_all.error_log, document)


def test_an_odd_that_widens_tei_is_caught(tei_all: etree.RelaxNG) -> None:
    """The proof can fail: let ``p`` hold ``p``, and it does."""
    odd = (SCHEMAS / "letter.odd").read_text("utf-8")
    wider = odd.replace('<elementRef key="lg"/>', '<elementRef key="p"/>', 1)
    grammar = relaxng(load_odd(etree.ElementTree(etree.fromstring(wider.encode()))))
    source = Documents(grammar, 1848)
    documents = [etree.tostring(source.element("p")) for _ in range(ROUNDS)]
    assert not all(tei_all.validate(parse(document)) for document in documents)


def test_the_odd_is_tei(tei_all: etree.RelaxNG) -> None:
    assert tei_all.validate(etree.parse(SCHEMAS / "letter.odd")), tei_all.error_log


EXAMPLES = "{http://www.tei-c.org/ns/Examples}"


def examples() -> list[tuple[str, bytes]]:
    """The examples of the ODD, each with the element it is for, as TEI."""
    odd = etree.parse(SCHEMAS / "letter.odd", etree.XMLParser(collect_ids=False))
    spaces = (EXAMPLES.strip("{}").encode(), TEI.strip("{}").encode())
    return [
        (spec.get("ident", ""), etree.tostring(one, with_tail=False).replace(*spaces))
        for spec in odd.iter(f"{TEI}elementSpec")
        for egxml in spec.iter(f"{EXAMPLES}egXML")
        for one in egxml
    ]


def test_every_example_is_valid(names: list[str]) -> None:
    own = starting_at(etree.parse(SCHEMA), names)
    for name, example in examples():
        assert own.validate(parse(example)), (name, own.error_log)


def test_it_loads_quickly() -> None:
    """Every run of the program reads it; about 40 ms on a quiet machine."""
    grammar = SCHEMA.read_bytes()
    assert len(grammar) < 150_000
    assert b"documentation" not in grammar
