"""What a page says of its text: genre, author, addressee, title; what is no letter first."""

from __future__ import annotations

import pytest

from epistola.model import NOTHING_SAID, Letter, Sidecar, Source
from epistola.text.describe import describe
from epistola.text.letter import structure

PROSE = "Bread is dear, and those who bake it have none, which is a thing to be mended soon."
PAGE = "Jo Bly\n\n{title}\n\nAuthor: Jo Bly\nSource: The Loaf, Volume 3, no 4, 1909.\n\n{prose}"


def described(text: str, sidecar: Sidecar = NOTHING_SAID) -> Letter:
    source = Source("a", text)
    return describe(source, structure(source, "en"), "en", sidecar)


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
        (f"63.\n\nEly, Oct. 6, 1777.\n\n{PROSE} I saw you, and I told you.", "letter"),
        (f"Preface\n\n{PROSE}\n\nJO BLY\nEly, 3 May 1801", "preface"),
        (f"Addendum to the Preface\n\n{PROSE}\n\nJO BLY\nEly, 3 May 1801", "preface"),
        (f"Fellow Citizens,\n\n{PROSE}", "speech"),
        (f"Fellow Citizens,\n\n{PROSE}\n\nYours ever,\nJO BLY", "appeal"),
        (f"TO THE WORKING CLASS OF ELY\n\n{PROSE}\n\nYours ever,\nJO BLY", "appeal"),
        (PAGE.format(title="Interview with Jo Bly", prose="Dear Tom,\n\n" + PROSE), "interview"),
        (PAGE.format(title="The Ward: Election Address", prose=PROSE), "speech"),
        (PAGE.format(title="(1898)", prose=f"{PROSE}\n\n{PROSE}\n\n{PROSE} Sir John, {PROSE}"), ""),
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


def test_what_an_editor_says_comes_first() -> None:
    said = Sidecar(title="A Letter", author="Ann Lee", addressee="Tom Mill", genre="speech")
    letter = described(f"On Bread\n\nDear Jo,\n\n{PROSE}\n\nYours ever,\nJO BLY", said)
    facts = (letter.title, letter.author, letter.addressee)
    assert [fact and (fact.value, fact.span) for fact in facts] == [
        ("A Letter", None),
        ("Ann Lee", None),
        ("Tom Mill", None),
    ]
    assert letter.genre == "speech"


def test_what_has_an_addressee_is_a_letter() -> None:
    assert described(PROSE, Sidecar(addressee="Tom Mill")).genre == "letter"
