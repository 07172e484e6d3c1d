"""The header and the licence of a Project Gutenberg file, and what they say of its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.model import Finding, Source
from epistola.pipeline import encode
from epistola.text.doors import open_file
from epistola.text.gutenberg import ebook
from epistola.text.read import ReadError

HEADER = """The Project Gutenberg eBook of Letters from a Mill

This eBook is for the use of anyone anywhere.

Title: Letters from a Mill
        and a Bakery

Author: Jo Bly

Editor: Anne Mill

Release Date: May 3, 2005 [eBook #999]

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK LETTERS FROM A MILL ***
"""
TEXT = "\n\nEly, 3 May 1801.\n\nDear Anne,\n\nIt rained.\n\nYours ever,\nJo Bly\n\n\n"
FOOTER = "*** END OF THE PROJECT GUTENBERG EBOOK LETTERS FROM A MILL ***\n\nLicence.\n"
OLD = "*** START OF THIS PROJECT GUTENBERG EBOOK LETTERS ***\n"
OLDEST = "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n"


def test_a_text_that_is_no_such_file() -> None:
    assert ebook(Source("a", "The Project Gutenberg is a library.\n\n*** START ***\n")) is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (HEADER, FOOTER),
        (OLD, "*** END OF THIS PROJECT GUTENBERG EBOOK LETTERS ***\n"),
        (OLD, "End of the Project Gutenberg EBook of Letters, by Jo Bly\n"),
        (OLD, "End of Project Gutenberg's Letters, by Jo Bly\n"),
        (OLDEST, "End of the Project Gutenberg Etext of Letters\n"),
        (OLD, ""),
    ],
)
def test_the_text_is_what_stands_between(start: str, end: str) -> None:
    source = Source("a", start + TEXT + end)
    book = ebook(source)
    assert book is not None
    assert source[book.text].strip() == TEXT.strip()
    assert source[book.header] + source[book.text] + source[book.footer] == source.text


def test_what_the_header_says() -> None:
    book = ebook(Source("a", HEADER + TEXT + FOOTER))
    assert book is not None
    said = (book.title, book.author, book.editor, book.translator, book.released, book.number)
    assert said == (
        *("Letters from a Mill and a Bakery", "Jo Bly", "Anne Mill", "", "May 3, 2005", "999"),
    )


def letter(tmp_path: Path, text: str, *, gutenberg: bool) -> tuple[bytes, list[Finding]]:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    findings: list[Finding] = []
    (opened,) = open_file(path, report=findings.append, gutenberg=gutenberg)
    made = encode(opened)
    assert made.is_sound, made.findings
    return made.to_bytes(), findings


def test_with_the_option_they_describe_the_source(tmp_path: Path) -> None:
    made, findings = letter(tmp_path, HEADER + TEXT + FOOTER, gutenberg=True)
    header, _, text = made.decode().partition("<text")
    assert "Gutenberg" not in text
    assert "<publisher>Project Gutenberg</publisher>" in header
    assert '<ref target="https://www.gutenberg.org/ebooks/999">' in header
    assert "This eBook is for the use of anyone anywhere." in header
    assert [f.message.partition(" are ")[0] for f in findings] == ["lines 1 to 16 and 29 to 31"]


def test_without_it_they_are_text_and_the_option_is_named(tmp_path: Path) -> None:
    made, findings = letter(tmp_path, HEADER + TEXT + FOOTER, gutenberg=False)
    assert "Licence." in made.decode().partition("<text")[2]
    assert ["--gutenberg" in f.message for f in findings] == [True]


def test_the_option_does_nothing_to_another_text(tmp_path: Path) -> None:
    made, findings = letter(tmp_path, TEXT, gutenberg=True)
    assert (b"Gutenberg" in made, findings) == (False, [])


def test_a_file_without_any_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text between"):
        letter(tmp_path, HEADER + "\n\n" + FOOTER, gutenberg=True)
