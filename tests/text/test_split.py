"""Where the letters of a book begin; every row is a small book of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.language import codes
from epistola.model import Source
from epistola.text.headings import roman
from epistola.text.split import Piece, split
from laws.strategies import letters, pieces

PROSE = "The coach was late, and the inn was so full of people that nobody there knew the other."
MORE = "I have bread and cheese, and the rain has gone by, so that we shall walk to Ely tomorrow."


def book(*texts: str) -> str:
    return "\n\n\n".join(texts)


def letter(*above: str, close: str = "Yours ever,\n\nJ. MILL.") -> str:
    return "\n\n".join((*above, PROSE, MORE, *([close] if close else [])))


def shown(text: str, language: str | None = None) -> list[str]:
    """The first line of each piece, with a dash before what is no letter."""
    source = Source("book", text)
    return [
        ("" if piece.is_letter else "- ") + source[piece.heading].strip().split("\n")[0]
        for piece in split(source, language)
    ]


NONE = {
    "prose is no letter": book(PROSE, MORE, PROSE),
    "a list is no row of letters": book("1. Bread.\n2. Cheese.\n3. Rain.", PROSE, MORE),
    "chapters are no letters": book(
        "CHAPTER I.", PROSE, MORE, "CHAPTER II.", MORE, PROSE, "CHAPTER III.", PROSE
    ),
    "one word": "Bread",
}

BOOKS = {
    "numbered letters": (
        book(
            letter("LETTER I.", "Ely, 3 May 1801.", "DEAR ANNE,"),
            letter("LETTER II.", "Ely, 5 May 1801.", "DEAR ANNE,"),
            letter("LETTER III.", "Ely, 9 May 1801.", "DEAR ANNE,", close=""),
        ),
        ["LETTER I.", "LETTER II.", "LETTER III."],
    ),
    "a number, then to whom": (
        book(
            letter("14.", "TO MRS. ARKWELL.", "Ely, 3 May 1801.", close=""),
            letter("15.", "TO MR. BLY.", "Ely, 3 May 1801.", close=""),
            letter("16.", "TO MRS. ARKWELL.", close=""),
        ),
        ["14.", "15.", "16."],
    ),
    "from one to the other": (
        book(
            letter("_Arkwell to Mill._", "LONDON, _3 May 1801_.", "DEAR MILL,--So it is."),
            letter("_Mill to Arkwell._", "_5 May 1801_.", close="J. M."),
            letter("_Arkwell to Mill._", "LONDON, _9 May 1801_."),
        ),
        ["_Arkwell to Mill._", "_Mill to Arkwell._", "_Arkwell to Mill._"],
    ),
    "no headings but the day": (
        book(
            letter("Ely, 3 May 1801.", "Dear Anne,"),
            letter("Ely, 5 May 1801.", "Dear Anne,"),
            letter("Ely, 9 May 1801.", "Dear Anne,"),
            letter("Ely, 12 May 1801.", "Dear Anne,"),
        ),
        ["Ely, 3 May 1801.", "Ely, 5 May 1801.", "Ely, 9 May 1801.", "Ely, 12 May 1801."],
    ),
    "a day within a letter opens none": (
        book(
            letter("_To Anne Mill._", "Ely, 3 May 1801.", "Dear Anne,", close=""),
            "5 May.",
            letter(PROSE),
            letter("_To Anne Mill._", "Ely, 9 May 1801.", "Dear Anne,"),
            letter("_To Jo Bly._", "Ely, 12 May 1801.", "Dear Jo,"),
            letter("_To Jo Bly._", "Ely, 13 May 1801.", "Dear Jo,"),
            letter("_To Jo Bly._", "Ely, 14 May 1801.", "Dear Jo,"),
            letter("_To Anne Mill._", "Ely, 19 May 1801.", "Dear Anne,"),
        ),
        ["_To Anne Mill._", "_To Anne Mill._", *["_To Jo Bly._"] * 3, "_To Anne Mill._"],
    ),
    "preface and chapters stand between": (
        book(
            "PREFACE",
            PROSE,
            letter("LETTER I.", "DEAR ANNE,"),
            "CHAPTER II.\n\nTHE YEARS IN ELY",
            letter("LETTER II.", "DEAR ANNE,"),
            letter("LETTER III.", "DEAR ANNE,"),
        ),
        ["- PREFACE", "LETTER I.", "- CHAPTER II.", "LETTER II.", "LETTER III."],
    ),
    "an editor's words stand between": (
        book(
            letter("LETTER I.", "DEAR ANNE,"),
            "[The next letter is lost, but for its cover, which Mrs. Arkwell kept in a box.]",
            letter("LETTER III.", "DEAR ANNE,"),
            letter("LETTER IV.", "DEAR ANNE,"),
        ),
        ["LETTER I.", "- [The next letter is lost, but for its cover, which Mrs. Arkwell kept in a "
         "box.]", "LETTER III.", "LETTER IV."],
    ),
    "a postscript stays": (
        book(
            letter("LETTER I.", "DEAR ANNE,") + "\n\nP.S. And the cheese.\n\n[1] Of May.",
            letter("LETTER II.", "DEAR ANNE,") + "\n\nMiss MILL,\n  The Mill, Ely",
            letter("LETTER III.", "DEAR ANNE,"),
        ),
        ["LETTER I.", "LETTER II.", "LETTER III."],
    ),
    "German": (
        book(
            letter("12.", "An Anne Müller.", "Weimar, den 3. Mai 1801.", close="Ihr Jo Bly"),
            letter("13.", "An Jo Bly.", "Weimar, den 4. Mai 1801.", close="Deine Anne"),
            letter("14.", "An Anne Müller.", "Jena, den 3. Juni 1801.", close="Ihr Jo Bly"),
        ),
        ["12.", "13.", "14."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_a_text_without_letters_is_one_piece(text: str) -> None:
    source = Source("book", text)
    assert not any(piece.is_letter for piece in split(source))


@pytest.mark.parametrize(("text", "wanted"), BOOKS.values(), ids=BOOKS)
def test_where_letters_begin(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


def test_letters_are_numbered_and_what_stands_between_is_not() -> None:
    text, _ = BOOKS["preface and chapters stand between"]
    pieces_found = split(Source("book", text), "en")
    assert [piece.number for piece in pieces_found] == [0, 1, 0, 2, 3]
    assert all(0.5 < piece.certainty <= 1 for piece in pieces_found)


def whole(text: str, found: tuple[Piece, ...]) -> bool:
    """The pieces, joined, are the book, and each begins where a line does."""
    joined = "".join(text[piece.span.start : piece.span.end] for piece in found)
    starts = [piece.span.start for piece in found]
    return joined == text and all(at == 0 or text[at - 1] == "\n" for at in starts)


@given(st.lists(letters | pieces, max_size=8), st.sampled_from((None, *codes())))
def test_nothing_of_a_book_vanishes(texts: list[str], language: str | None) -> None:
    text = "\n\n".join(texts)
    found = split(Source("book", text), language)
    assert whole(text, found)
    assert [p.number for p in found if p.is_letter] == [
        at for at, _ in enumerate((p for p in found if p.is_letter), 1)
    ]
    assert all(piece.heading in piece.span for piece in found)


@given(st.text())
def test_any_text_can_be_split(text: str) -> None:
    assert whole(text, split(Source("book", text)))


@pytest.mark.parametrize(
    ("text", "value"),
    [("IV", 4), ("XC", 90), ("CXXIX", 129), ("IIII", 4), ("VX", 0), ("MIX", 1009)],
)
def test_roman_numbers(text: str, value: int) -> None:
    assert roman(text) == value
