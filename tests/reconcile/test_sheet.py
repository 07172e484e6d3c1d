"""The review sheet, there and back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.model import Finding
from epistola.reconcile.card import Card
from epistola.reconcile.catalogue import Catalogue
from epistola.reconcile.document import Change, Fate, read_document
from epistola.reconcile.numbers import Number
from epistola.reconcile.propose import Subject, judge
from epistola.reconcile.review import decided, rows_of
from epistola.reconcile.sheet import COLUMNS, Row, SheetError, marked, read_sheet, rows, written

ROW = Row(
    *("r.xml", "a", "person", "Jo Bly", "1790-", "VIAF", "7", "Bly, Jo", "high", "100", "same name")
)


def saved(folder: Path, data: bytes | str) -> Path:
    path = folder / "sheet.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))).map(str.strip)


@given(st.lists(st.builds(replace, st.just(ROW), names=cells, label=cells, evidence=cells)))
def test_a_sheet_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, some: list[Row]
) -> None:
    assert read_sheet(saved(tmp_path_factory.mktemp("s"), written(some))) == tuple(some)


def test_a_spreadsheet_may_save_it_in_its_own_way(tmp_path: Path) -> None:
    lines = list(csv.reader(io.StringIO(written([ROW]).decode("utf-8-sig"))))
    lines[1][-1] = " Yes "
    german = "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines)
    row = read_sheet(saved(tmp_path, german))[0]
    assert (row.accepted, row.refused) == (True, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no column “file”"),
        ("id,name\n", "there is no column “file”: this is no review sheet"),
        ("file,entry,authority,id,accept\nr.xml,a,VIAF,7,perhaps\n", ":2: accept is “perhaps”"),
        ("file,entry,authority,id,accept\nr.xml,a,VIAF,,yes\n", ":2: entry, authority and id"),
        ('file,entry,authority,id,accept\nr.xml,"a\n', "sheet.csv:"),
        ("file,entry,authority,id,accept\nr.xml,a,VIAF,7,\xff\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_sheet(saved(tmp_path, text))
    assert said in str(caught.value)


def test_there_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="it cannot be read: No such file"):
        read_sheet(tmp_path / "none.csv")


def test_candidates_of_the_undecided_are_rows_too() -> None:
    cards = [Card("person", ("Bly, Jo",), numbers=(Number("VIAF", n),)) for n in "78"]
    verdicts = judge([Subject("r.xml", "a", Card("person", ("Jo Bly",)))], Catalogue(cards, "en"))
    assert [(row.id, row.cert, row.evidence) for row in rows(verdicts)] == [
        ("7", "", "several fit: same name"),
        ("8", "", "several fit: same name"),
    ]


def test_marks_are_carried_over() -> None:
    before = [replace(ROW, file="elsewhere/r.xml", id="https://viaf.org/viaf/7", accept="no")]
    after = list(marked([ROW, replace(ROW, id="8")], before))
    assert [row.accept for row in after] == ["no", ""]


def test_the_columns_are_documented() -> None:
    text = (Path(__file__).parents[2] / "docs/reconcile.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in text] == []


# What a sheet asks of a file.

TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><titleStmt><title>x</title></titleStmt>'
    '</teiHeader><listPerson><person xml:id="a"><persName>Jo Bly</persName>{}</person></listPerson>'
    "</TEI>"
)
YES, NO = replace(ROW, accept="yes"), replace(ROW, accept="no")


@pytest.mark.parametrize(
    ("numbers", "rows", "changes", "codes"),
    [
        ("", [YES], [Change("a", Number("VIAF", "7"), Fate.ACCEPTED)], []),
        ("", [NO], [Change("a", Number("VIAF", "7"), Fate.REFUSED)], []),
        ("", [YES, YES], [Change("a", Number("VIAF", "7"), Fate.ACCEPTED)], []),
        ("", [YES, replace(YES, id="8")], [], ["contradicted-number"]),
        ("", [replace(YES, entry="z")], [], ["sheet-entry"]),
        ('<idno type="VIAF">8</idno>', [YES], [], ["contradicted-number"]),
        (
            '<idno type="VIAF">7</idno>',
            [YES],
            [Change("a", Number("VIAF", "7"), Fate.ACCEPTED)],
            [],
        ),
        (
            '<idno type="VIAF" cert="low" resp="#m">8</idno>',
            [YES],
            [
                Change("a", Number("VIAF", "7"), Fate.ACCEPTED),
                Change("a", Number("VIAF", "8", "low"), Fate.REFUSED),
            ],
            [],
        ),
    ],
)
def test_what_is_decided(
    numbers: str, rows: list[Row], changes: list[Change], codes: list[str]
) -> None:
    notes: list[Finding] = []
    document = read_document(TEXT.format(numbers).encode(), "r.xml")
    assert decided(document, rows, notes.append) == changes
    assert [note.code for note in notes] == codes


@pytest.mark.parametrize(
    ("file", "names", "count"),
    [
        ("r.xml", ["r.xml"], 1),
        ("elsewhere/r.xml", ["r.xml"], 1),
        ("elsewhere/r.xml", ["r.xml", "elsewhere/r.xml"], 0),
        ("elsewhere/r.xml", ["r.xml", "b/r.xml"], 0),
        ("s.xml", ["r.xml"], 0),
    ],
)
def test_which_rows_are_about_a_file(file: str, names: list[str], count: int) -> None:
    document = read_document(TEXT.format("").encode(), "r.xml")
    assert len(rows_of(document, names, [replace(ROW, file=file)])) == count
