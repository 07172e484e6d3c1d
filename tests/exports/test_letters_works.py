"""What a letter cites comes out in every format: who translated it, its edition, its series."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.exports import bibtex, csl, ris
from epistola.exports.works import works
from epistola.pipeline import encode
from epistola.registers.bibliography.csl import read_item, write_item
from epistola.registers.bibliography.work import Name, Work

LETTER = """Leeds, 3 May 1918.

Dear Sir,

The notes are below.

Yours, Ann Wren

Notes

1 A. Bly, Owls at Home, trans. C. Dale, 2nd ed., Kent Studies in Owls, 12 (Leeds: Owl Press, 1976), p. 9.

2 A. Bly and G. Poe, ‘On Wrens’, Owl Review 12 (1976) 45-67, 50.

3 G. Poe, ‘On Feet’, in C. Dale (ed.), Birds at Home (Leeds: Owl Press, 1988) 77-99.

4 G. Poe, ‘On Wings’, Owl Review 13 (1977) 12.
"""  # noqa: E501 - a note is one line


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Work]:
    path = tmp_path / "letter.xml"
    path.write_bytes(encode(LETTER).to_bytes())
    return {work.title: work for work in works(path)}


def surnames(names: tuple[Name, ...]) -> list[str]:
    return [name.literal or name.family for name in names]


def test_a_book(made: dict[str, Work]) -> None:
    book = made["Owls at Home"]
    assert (book.kind, book.edition, book.series, book.series_number) == (
        "book", "2nd ed.", "Kent Studies in Owls", "12"
    )  # fmt: skip
    assert (book.place, book.publisher, book.date.when) == ("Leeds", "Owl Press", "1976")
    assert [surnames(book.by(role)) for role in ("author", "translator")] == [
        ["Bly"],
        ["Dale"],
    ]


def test_a_part_of_a_book(made: dict[str, Work]) -> None:
    part = made["On Feet"]
    assert (part.kind, part.container, surnames(part.by("editor"))) == (
        "bookSection", "Birds at Home", ["Dale"]
    )  # fmt: skip
    assert surnames(part.by("author")) == ["Poe"]


def test_pages_of_a_work_are_its_own(made: dict[str, Work]) -> None:
    pages = {title: work.scope("page") for title, work in made.items() if title != "Owl Review"}
    assert pages == {"Owls at Home": "", "On Wrens": "45-67", "On Feet": "77-99", "On Wings": ""}


def test_all_authors_are_kept(made: dict[str, Work]) -> None:
    assert surnames(made["On Wrens"].by("author")) == ["Bly", "Poe"]


def test_csl_has_them(made: dict[str, Work]) -> None:
    item = write_item(made["Owls at Home"])
    told = ("edition", "collection-title", "collection-number")
    assert [item[field] for field in told] == ["2nd ed.", "Kent Studies in Owls", "12"]
    assert item["translator"] == [{"family": "Dale", "given": "C."}]
    assert "".join(csl.write([made["Owls at Home"]])).count("Kent Studies") == 1
    assert write_item(read_item(item)) == item


def test_bibtex_and_ris_have_them(made: dict[str, Work]) -> None:
    written = "".join(bibtex.write([made["Owls at Home"]]))
    for field in ("translator = {", "edition = {2nd ed.}", "series = {", "number = {12}"):
        assert field in written
    lines = "".join(ris.write([made["Owls at Home"]])).splitlines()
    assert {"A4  - Dale, C.", "ET  - 2nd ed.", "T3  - Kent Studies in Owls", "SV  - 12"} <= {*lines}
