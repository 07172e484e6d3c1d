"""What other programs make of what is exported."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON

from bibliographies import SAMPLES, register
from epistola.__main__ import main
from epistola.exports.works import works
from epistola.pipeline import encode
from epistola.registers.bibliography import read_bibliography
from epistola.registers.bibliography.csl import DATES, IDNOS, KINDS, NEAREST, OTHERS, ROLES, SCOPES
from epistola.safe import parse
from epistola.text.read import as_source
from shared import shared

TEI = Path(__file__).parents[2] / "tei"
TEXTS = {"id", "type", "title", "container-title", "collection-title", "collection-number"}
TEXTS |= {"edition", "publisher", "publisher-place", "language", "note", "genre", *OTHERS}
TEXTS |= {*SCOPES.values(), *IDNOS.values()}
PARTS = {"family", "given", "suffix", "non-dropping-particle", "literal"}


def fault(item: dict[str, Any]) -> str:
    """Why the JSON schema of CSL refuses an item; nothing where it does not."""
    if item.get("type") not in {*KINDS.values(), *NEAREST} or not item.get("id"):
        return "type or id"
    for field, value in item.items():
        if field in TEXTS:
            good = isinstance(value, str)
        elif field in ROLES:
            good = all(name and set(name) <= PARTS for name in value)
        else:
            good = field in {"issued", *DATES} and is_date(value)
        if not good:
            return f"{field}: {value}"
    return ""


def is_date(value: dict[str, Any]) -> bool:
    parts = value.get("date-parts", [[1]])
    whole = all(1 <= len(part) <= 3 and all(type(n) is int for n in part) for part in parts)
    return whole and len(parts) <= 2 and set(value) <= {"date-parts", "season", "circa", "literal"}


@pytest.mark.parametrize(
    "item",
    [
        {"type": "book"},
        {"id": "a", "type": "journalArticle"},
        {"id": "a", "type": "book", "volume": 3},
        {"id": "a", "type": "book", "author": [{"name": "A"}]},
        {"id": "a", "type": "book", "issued": {"date-parts": [[1848, "5"]]}},
        {"id": "a", "type": "book", "journal": "J"},
    ],
)
def test_what_is_no_csl_is_seen(item: dict[str, Any]) -> None:
    assert fault(item)


def exported(wanted: str, path: Path, folder: Path) -> str:
    target = folder / f"out.{wanted}"
    assert main(["export", wanted, str(path), "-o", str(target)]) == 0
    return target.read_bytes().decode()


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty letters, encoded, and beside them the register that ships and works of all kinds."""
    folder = tmp_path_factory.mktemp("letters")
    for path in sorted(shared("data/letters/lowell").glob("*.xml"))[:20]:
        made = encode(as_source(running_text(path), path.stem))
        folder.joinpath(path.name).write_bytes(made.to_bytes())
    shutil.copy(TEI / "registers/works.xml", folder)
    shutil.copy(TEI / "registers/persons.xml", folder)
    register(folder, SAMPLES, "samples.xml")
    return folder


def running_text(path: Path) -> str:
    """The paragraphs of a letter; its entities are declared elsewhere, and passed over."""
    body = parse(path.read_bytes(), recover=True).find(".//{*}body")
    assert body is not None
    blocks = (" ".join("".join(map(str, p.itertext())).split()) for p in body.iter("{*}p"))
    return "\n\n".join(filter(None, blocks)) + "\n"


def test_csl_is_as_its_schema_has_it(letters: Path, tmp_path: Path) -> None:
    items = json.loads(exported("csl", letters, tmp_path))
    assert len(items) > 20
    assert [found for found in map(fault, items) if found] == []
    assert len({item["id"] for item in items}) == len(items)


def test_csl_is_rendered_by_citeproc_py(letters: Path, tmp_path: Path) -> None:
    items = json.loads(exported("csl", letters, tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of fields that it does not know
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatters.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"].lower())]))
        rendered = [str(entry) for entry in bibliography.bibliography()]
    assert_rendered(items, rendered)


def test_csl_is_rendered_by_pandoc(letters: Path, tmp_path: Path) -> None:
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("needs pandoc: apt-get install pandoc")
    items = json.loads(exported("csl", letters, tmp_path))
    text = "---\nnocite: '@*'\n---\n"
    command = [pandoc, "--citeproc", f"--bibliography={tmp_path / 'out.csl'}", "-t", "plain"]
    command += ["--wrap=none", "-f", "markdown"]
    source = tmp_path / "out.csl"
    command[2] = f"--bibliography={source.rename(source.with_suffix('.json'))}"
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    assert_rendered(items, [line for line in done.stdout.split("\n") if line])


def assert_rendered(items: Sequence[dict[str, Any]], rendered: Sequence[str]) -> None:
    """An entry each, in which its title stands."""
    assert len(rendered) == len(items)
    everything = plain(" ".join(rendered))
    assert [i["title"] for i in items if plain(i["title"]) not in everything] == []


def plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def test_bibtex_is_parsed(letters: Path, tmp_path: Path) -> None:
    exported("bibtex", letters, tmp_path)
    path = (tmp_path / "out.bibtex").rename(tmp_path / "out.bib")
    read = list(read_bibliography(path))
    assert len(read) == len(list(works(letters)))


def test_ris_is_read_by_rispy(letters: Path, tmp_path: Path) -> None:
    records = rispy.loads(exported("ris", letters, tmp_path))
    made = list(works(letters))
    assert [record["title"] for record in records] == [work.title for work in made]
    (lamp,) = (record for record in records if record["id"] == "work-lamp")
    assert lamp["authors"] == ["de Groot, Jan", "Board of Lights"]
    assert (lamp["start_page"], lamp["end_page"], lamp["year"]) == ("5", "17", "1911")
    assert lamp["date"] == "1911/03//"
