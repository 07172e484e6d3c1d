"""An edition's own bibliography, in CSL-JSON or BibTeX, as entries of its register."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from epistola.checks.document import check_document
from epistola.edition import EditionError, load_edition
from epistola.model import Entry
from epistola.pipeline import encode
from epistola.registers.load import RegisterError, load_registers

ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD1234",
        "type": "article-journal",
        "title": "The Harbour Lamps",
        "container-title": "Annals of Light",
        "author": [{"family": "Vogt", "given": "Clara"}],
        "issued": {"date-parts": [["1911", 3]]},
        "volume": 7,
        "abstract": "On lamps.",
        "accessed": {"date-parts": [["2020", 1, 2]]},
    },
    {"id": "hale1840", "type": "book", "title": "On Lakes", "note": "tex.x: 1\nA map."},
]
BIBTEX = r"""% kept by hand
@string{annals = "Annals of Light"}
@article{vogt:lamps,
  author = {Vogt, Clara and {Board of Lights}}, title = "The {H}arbour {L}amps \& {\ss}",
  journal = annals, volume = 7, number = 2, pages = {3--9}, year = 1911, month = mar }
@book{hale, author = "Ada van Hale", title = {On Lakes}, date = {1840/1842}, publisher = {H}}
"""
LETTER = "Leeds, 3 May 1920.\n\nDear Sir,\n\n{}\n\nYours, A. B.\n"


def loaded(folder: Path, name: str, text: str) -> tuple[Entry, ...]:
    folder.joinpath(name).write_text(text, "utf-8")
    return load_registers(folder)


def test_csl_json_of_zotero(tmp_path: Path) -> None:
    lamps, lakes = loaded(tmp_path, "works.json", json.dumps(ZOTERO))
    assert (lamps.id, lakes.id) == ("work-abcd1234", "work-hale1840")
    assert (lamps.kind, lamps.names, lamps.home) == ("work", ("The Harbour Lamps",), "")
    assert lamps.values["journal"] == "Annals of Light"
    assert lamps.values["author"] == "Clara Vogt"
    assert '<date when="1911-03"/>' in lamps.record
    assert '<note n="accessed">2020-01-02</note>' in lamps.record
    assert "<note>tex.x: 1</note><note>A map.</note>" in lakes.record


def test_bibtex(tmp_path: Path) -> None:
    lamps, lakes = loaded(tmp_path, "works.bib", BIBTEX)
    assert (lamps.id, lakes.id) == ("work-vogt-lamps", "work-hale")
    assert lamps.names == ("The Harbour Lamps & ß",)
    assert "<orgName>Board of Lights</orgName>" in lamps.record
    assert lamps.values["issue"] == "2"
    assert lamps.values["page"] == "3–9"
    assert '<date when="1911-03"/>' in lamps.record
    assert '<date from="1840" to="1842"/>' in lakes.record
    assert "<nameLink>van</nameLink> <surname>Hale</surname>" in lakes.record


def test_ids_do_not_change_with_what_follows(tmp_path: Path) -> None:
    before = [entry.id for entry in loaded(tmp_path, "works.json", json.dumps(ZOTERO))]
    more = [*ZOTERO, {"id": "hale-1840", "type": "book", "title": "x"}]
    more.append({"id": "hale 1840", "type": "book", "title": "y"})
    after = [entry.id for entry in loaded(tmp_path, "works.json", json.dumps(more))]
    assert after == [*before, "work-hale-1840", "work-hale-1840-2"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("w.json", "[", r"w\.json:1:2: this is no JSON: .*; export it again as CSL JSON"),
        ("w.json", "[" * 200_000, "nested too deep|this is no JSON"),
        ("w.json", "3", r"w\.json: this is no list of works: export it as CSL JSON"),
        ("w.json", '[{"title": "x"}]', "entry 1 is no item of CSL-JSON with an id: give it one"),
        ("w.json", '[{"id": "a", "author": "x"}]', r"entry 1 \(“a”\): author must be a list"),
        ("w.json", '[{"id": "a", "issued": 3}]', r"entry 1 \(“a”\): issued must be a date"),
        ("w.json", '[{"id": "a", "title": ["x"]}]', r"\(“a”\): title must be a text"),
        ("w.json", '[{"id": "a"}, {"id": "a"}]', "entry 2: the id “a” is used twice"),
        ("w.json", '[{"id": "a", "title": "\\u0001"}]', "“a” holds a character that XML forbids"),
        ("w.bib", "@book{a, title={x}}\n@book{a, title={y}}", r"w\.bib:2: the key “a” is used"),
        ("w.bib", "\n@book{a, title={x}\n@book{b, title={y}}", r"w\.bib:2: the entry .*@book"),
        ("w.bib", "@article{a, title={x", r"w\.bib:1: the entry that begins with “@article"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        loaded(tmp_path, name, text)


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("w.bib").write_bytes("@book{a, title={é}}".encode("latin-1"))
    with pytest.raises(RegisterError, match=r"w\.bib: it is not in UTF-8"):
        load_registers(tmp_path)


def test_without_its_reader_bibtex_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "bibtexparser"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    with pytest.raises(RegisterError, match=r"w\.bib: to read BibTeX, install epistola\[bibtex\]"):
        loaded(tmp_path, "w.bib", BIBTEX)


def test_an_id_in_two_files_is_told(tmp_path: Path) -> None:
    loaded(tmp_path, "a.bib", "@book{x, title={A}}")
    with pytest.raises(RegisterError, match=r"the id “work-x” is used twice, here and in a\.bib"):
        loaded(tmp_path, "b.json", '[{"id": "x", "title": "A"}]')


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "registers").mkdir()
    (tmp_path / "edition.toml").write_text('[edition]\ntitle = "T"\n', "utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "text"), [("w.bib", BIBTEX), ("w.json", json.dumps(ZOTERO))])
def test_a_title_in_a_letter_is_that_of_the_bibliography(
    edition: Path, name: str, text: str
) -> None:
    (edition / "registers" / name).write_text(text, "utf-8")
    made = encode(LETTER.format("I have read “On Lakes” again."), edition=load_edition(edition))
    assert made.is_sound
    written = " ".join(made.to_bytes().decode().split())
    entry = "work-hale" if name == "w.bib" else "work-hale1840"
    assert f'ref="#{entry}"' in written
    assert f'<biblStruct type="book" xml:id="{entry}"' in written
    assert [f for f in check_document(made.to_bytes()) if f.severity != "info"] == []


def test_an_edition_says_what_is_wrong(edition: Path) -> None:
    (edition / "registers/w.json").write_text("{", "utf-8")
    with pytest.raises(EditionError, match=r"w\.json:1:2: this is no JSON"):
        load_edition(edition)
