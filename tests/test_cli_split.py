"""Books and mailboxes on the command line: one edition a letter, or one corpus."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from epistola.__main__ import main
from epistola.checks.relaxng import check_schema
from epistola.tree.read import projection
from shared import shared

T = "{http://www.tei-c.org/ns/1.0}"
LETTER = (
    "LETTER {0}.\n\nEly, {1} May 1801.\n\nDEAR ANNE,\n\nI saw Mr. Mill in London, and the coach"
    " was so late that nobody\nwas awake but the dog.\n\nYours ever,\n\nJO BLY.\n\n\n"
)
BOOK = (
    "PREFACE\n\nThese letters were found in a box.\n\n\n"
    + LETTER.format("I", 3)
    + "CHAPTER II.\n\n\n"
    + LETTER.format("II", 5)
    + LETTER.format("III", 9)
)
NAMES = ["book-000.xml", "book-001-after.xml", "book-001.xml", "book-002.xml", "book-003.xml"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in a folder with a book: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "book.txt").write_text(BOOK, "utf-8")

    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


def words(root: etree._Element) -> list[str]:
    return [word for text in root.iter(f"{T}text") for word in projection(text).split()]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["book.txt", "--split"], "a place to go to: -o FOLDER, or -o CORPUS.xml"),
        (["book.txt", "none.txt", "--split", "-o", "a.xml"], "2 books need a folder to go to"),
        (["book.txt", "book.txt", "--split", "-o", "out"], "two books are called book"),
        ([".", "--split", "-o", "out"], ". is a folder: name the books in it"),
        (["none.txt", "--split", "-o", "out"], "none.txt: error: read: there is no such file"),
        (["book.txt", "--split", "-o", "book.txt"], "book.txt would be overwritten"),
        (["prose.txt", "--split", "-o", "taken"], "taken is a file, but a folder is needed"),
    ],
)
def test_what_cannot_be_run(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "prose.txt").write_text("It rained.", "utf-8")
    (tmp_path / "taken").write_text("x", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run("encode", *arguments)
    assert said in err
    assert (code, out, sorted(tmp_path.rglob("*"))) == (2, "", before)


def test_a_text_without_letters_is_told_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("It rained, and nobody wrote to anybody.", "utf-8")
    code, _, err = run("encode", "prose.txt", "--split", "-o", "out")
    assert (code, (tmp_path / "out").exists()) == (1, False)
    assert "prose.txt: error: split: no letter is found in it: encode it without --split" in err


def test_each_letter_is_an_edition_and_nothing_is_lost(run: Run, tmp_path: Path) -> None:
    code, out, err = run("encode", "book.txt", "--split", "-o", "out")
    assert (code, out) == (0, "")
    assert "split: 3 letters, and 2 stretches of text before or between them" in err
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == NAMES
    order = [files[0], files[2], files[1], *files[3:]]
    said = [word for file in order for word in words(etree.parse(file).getroot())]
    assert said == BOOK.split()


def test_a_book_may_be_one_corpus(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("encode", "book.txt", "--split", "-o", "all.xml")
    raw = (tmp_path / "all.xml").read_bytes()
    root = etree.fromstring(raw)
    assert code == 0
    assert root.tag == f"{T}teiCorpus"
    assert words(root) == BOOK.split()
    assert check_schema(raw) == []


def test_a_corpus_is_valid_tei_and_its_pointers_are_its_own(run: Run, tmp_path: Path) -> None:
    run("encode", "book.txt", "--split", "-o", "all.xml")
    root = etree.parse(tmp_path / "all.xml").getroot()
    schema = etree.RelaxNG(etree.parse(str(shared("data", "tei", "tei_all_4.12.0.rng"))))
    schema.assertValid(root)
    ids = [str(e.get("{http://www.w3.org/XML/1998/namespace}id")) for e in root.iter("*")]
    ids = [one for one in ids if one != "None"]
    assert len(ids) == len(set(ids))
    refs = [str(e.get("ref")) for e in root.iter(f"{T}persName", f"{T}placeName") if e.get("ref")]
    assert refs
    assert {ref.removeprefix("#") for ref in refs} <= set(ids)


def test_a_finding_has_its_line_in_the_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(BOOK.replace("saw Mr. Mill", "saw the 31 February"), "utf-8")
    _, _, err = run("encode", "book.txt", "--split", "-o", "out", "--min-cert", "high")
    places = [line for line in err.splitlines() if "book-003: " in line]
    lines = BOOK.split("\n")
    for line in places:
        number = int(line.split(":")[1])
        assert number > lines.index("LETTER III.")
    assert places


def test_letters_are_shown_before_they_are_encoded(run: Run) -> None:
    code, out, _ = run("show", "--stage", "letters", "book.txt")
    assert code == 0
    rows = [line.split("  ", 2) for line in out.splitlines()]
    assert len(rows) == 5
    assert out.splitlines()[0].split() == (
        ["-", "line", "1", "“PREFACE”", "These", "letters", "were", "found", "in", "a", "box."]
    )
    assert "    1  line 6      " in out
    assert "“LETTER III.”" in out


def test_a_mailbox_is_divided(run: Run, tmp_path: Path) -> None:
    mail = (
        "From jo Sun May  3 10:00:00 1998\nFrom: Jo Bly <jo@bly.example>\n\nDear Anne,\n\nNo.\n\n"
    )
    (tmp_path / "box.mbox").write_text(mail * 2, "utf-8")
    code, _, err = run("encode", "box.mbox")
    assert (code, "there are 2 letters in it: divide them with --split" in err) == (2, True)
    code, _, _ = run("encode", "box.mbox", "--split", "-o", "out")
    assert code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "box-001.xml",
        "box-002.xml",
    ]
    code, out, _ = run("show", "--stage", "letters", "box.mbox")
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2"]
    code, _, err = run("show", "--stage", "tree", "box.mbox")
    assert (code, "box.mbox holds 2 letters" in err) == (2, True)


def test_tei_gets_mentions_and_keeps_its_structure(run: Run, tmp_path: Path) -> None:
    header = (
        "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt><publicationStmt>"
        "<publisher>B</publisher>"
        "</publicationStmt><sourceDesc><p>C</p></sourceDesc></fileDesc></teiHeader>"
    )
    tei = f'<TEI xmlns="{T[1:-1]}">{header}<text><body><p n="7">In London.</p></body></text></TEI>'
    (tmp_path / "hand.xml").write_text(tei, "utf-8")
    code, _, err = run("encode", "hand.xml", "-o", "out.xml")
    made = (tmp_path / "out.xml").read_text("utf-8")
    assert (code, err) == (0, "")
    assert '<p n="7">In <placeName ref="#place-london"' in made
    assert (tmp_path / "hand.xml").read_text("utf-8") == tei
    code, _, err = run("encode", "hand.xml", "-o", "hand.xml")
    assert (code, "hand.xml would be overwritten" in err) == (2, True)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<html/>", "hand.xml: error: read: this is XML, but no TEI P5 document"),
        ("<TEI", "hand.xml:1:5: error: read: not well-formed XML"),
    ],
)
def test_what_is_no_tei_is_refused(run: Run, tmp_path: Path, raw: str, said: str) -> None:
    (tmp_path / "hand.xml").write_text(raw, "utf-8")
    code, out, err = run("encode", "hand.xml")
    assert (code, out) == (2, "")
    assert said in err
