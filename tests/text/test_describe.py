"""What a page says of its text: genre, author, addressee, title; what is no letter first."""

from __future__ import annotations

import pytest

from epistola.model import Letter, Source
from epistola.text.describe import describe
from epistola.text.letter import structure

PROSE = "Bread is dear, and those who bake it have none, which is a thing to be mended soon."
PAGE = "Jo Bly\n\n{title}\n\nAuthor: Jo Bly\nSource: The Loaf, Volume 3, no 4, 1909.\n\n{prose}"


def described(text: str) -> Letter:
    source = Source("a", text)
    return describe(source, structure(source, "en"), "en")


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (PROSE, ""),
        (PAGE.format(title="On Bread", prose=PROSE), ""),
        (PAGE.format(title="The Letters of the Law", prose=PROSE), ""),
        (PAGE.format(title="Review: On Bread", prose=PROSE), "review"),
        (PAGE.format(title="Speech on Bread", prose=PROSE), "speech"),
        (PAGE.format(title="Letter: On Bread", prose=PROSE), "letterToJournal"),
        (PAGE.format(title="Letter: On Bread", prose="Dear Tom,\n\n" + PROSE), "letter"),
        (f"Ely, 3 May 1801\n\nDear Tom,\n\n{PROSE}\n\nYours ever,\nJO", "letter"),
        (f"TO MRS. MILL.\n\nEly, 3 May 1801\n\n{PROSE}", "letter"),
        (f"{PROSE}\n\nYours ever,\nJO BLY", "letter"),
    ],
)
def test_genre(text: str, genre: str) -> None:
    assert described(text).genre == genre


def test_author_and_title_of_a_page() -> None:
    letter = described(PAGE.format(title="Letter: On Bread", prose=PROSE))
    assert letter.author is not None
    assert letter.title is not None
    assert (letter.author.value, letter.title.value) == ("Jo Bly", "Letter: On Bread")
    assert [field.kind for field in letter.fields] == ["author", "source"]


def test_author_and_addressee_of_a_letter() -> None:
    letter = described(
        f"TO MRS. MILL.\n\nEly, 3 May 1801\n\nDear Anne,\n\n{PROSE}\n\nYours ever,\nJO"
    )
    assert letter.author is not None
    assert letter.addressee is not None
    assert (letter.author.value, letter.addressee.value) == ("JO", "TO MRS. MILL.")
    assert letter.title is None


@pytest.mark.parametrize(
    ("heading", "addressee"),
    [
        ("1. To bake is hard.", ""),
        ("III. On bread and what it is to do", ""),
        ("CXI.--TO MRS. MILL.", "CXI.--TO MRS. MILL."),
        ("XII. To Anne Mill", "XII. To Anne Mill"),
        ("24 — To the Earl of Ely", "24 — To the Earl of Ely"),
    ],
)
def test_the_addressee_stands_after_a_number(heading: str, addressee: str) -> None:
    letter = described(f"{heading}\n\nEly, 3 May 1801\n\n{PROSE}\n\nYours ever,\nJO BLY")
    assert (letter.addressee.value if letter.addressee else "") == addressee


def test_a_colophon_is_read_too() -> None:
    letter = described(f"{PROSE}\n\n\n\nLast updated on 7.8.2003")
    assert [field.kind for field in letter.fields] == ["updated"]
