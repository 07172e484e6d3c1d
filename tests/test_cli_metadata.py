"""What an editor says beside the texts, on the command line: refusals first."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.__main__ import main

LETTER = "Dear Tom,\n\nI am well, and you are well, as I hope and as you say.\n\nYours ever,\nAnn\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(LETTER, "utf-8")
    return tmp_path


def test_a_faulty_sidecar_keeps_its_own_letter_from_being_written(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "in/a.toml").write_text('autor = "Ann"', "utf-8")
    assert main(["encode", "in", "-o", "out"]) == 2
    assert "in/a.toml, line 1: autor: no such key; did you mean “author”?" in capfd.readouterr().err
    assert [path.name for path in (folder / "out").glob("*.xml")] == ["b.xml"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("file,autor\n", "t.csv, line 1: autor: no such key; did you mean “author”?"),
        ("file,author\nc.txt,Jo\n", "t.csv, line 2: file: there is no text “c.txt”; did you"),
    ],
)
def test_a_faulty_table_is_refused_before_anything_is_written(
    folder: Path, capfd: pytest.CaptureFixture[str], table: str, message: str
) -> None:
    (folder / "t.csv").write_text(table, "utf-8")
    assert main(["encode", "in", "-o", "out", "--metadata", "t.csv"]) == 2
    assert message in capfd.readouterr().err
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("folder")
def test_a_table_that_is_not_there(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["encode", "in/a.txt", "--metadata", "no.csv"]) == 2
    assert "no.csv: no such file" in capfd.readouterr().err


def test_the_sidecar_comes_before_the_table(folder: Path) -> None:
    (folder / "in/a.toml").write_text('author = "Ann Lee"', "utf-8")
    (folder / "t.csv").write_text("file,author,place\na.txt,Jo,Ely\nb.txt,Bo Mill,\n", "utf-8")
    assert main(["encode", "in", "-o", "out", "--metadata", "t.csv"]) == 0
    first, second = ((folder / f"out/{name}.xml").read_text("utf-8") for name in ("a", "b"))
    assert ">Ann Lee</persName></author>" in first
    assert ">Ely</placeName>" in first
    assert ">Bo Mill</persName></author>" in second


def test_show_reads_it_too(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "in/a.toml").write_text('title = "A Word"', "utf-8")
    assert main(["show", "--stage", "letter", "in/a.txt"]) == 0
    assert "A Word  (-, sidecar)" in capfd.readouterr().out
