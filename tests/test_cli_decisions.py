"""``epistola adopt`` and ``epistola decisions`` as their user sees them."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from epistola.__main__ import main

LETTER = (
    "Bonn, 3 May 1848.\n\nDear Sir,\n\nI saw Mr. Mill in Paris teh other day.\n\n"
    "Yours truly,\nJohn Smith\n"
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in an edition with one letter: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    for folder in ("ed/sources", "ed/letters"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ed/edition.toml").write_text('[edition]\ntitle = "E"\n', "utf-8")
    (tmp_path / "ed/sources/a.txt").write_text(LETTER, "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    assert call("encode", "ed/sources/a.txt", "--edition", "ed", "-o", "ed/letters/a.xml")[0] == 0
    return call


def correct(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        text, number = re.subn(old, new, text)
        assert number == 1
    path.write_text(text, "utf-8")


PARIS = (r"<placeName[^>]*>Paris</placeName>(?= teh)", "Paris")
TEH = ("teh", "<choice><sic>teh</sic><corr>the</corr></choice>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("adopt", "none.xml"), "none.xml lies in no edition"),
        (("adopt", "ed/letters/none.xml"), "no text is called none.txt"),
        (("adopt", "ed/letters/a.xml", "--text", "b.txt"), "b.txt is not below"),
        (("adopt", "ed/letters/a.xml", "--date", "May"), "“May” is no date"),
        (("decisions", "ed/sources"), "0 decisions"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    _, out, err = run(*arguments)
    assert said in err
    assert "Traceback" not in out + err


def test_a_file_with_other_words_is_told_and_nothing_written(run: Run) -> None:
    correct(Path("ed/letters/a.xml"), PARIS, ("teh", "the"))
    code, out, err = run("adopt", "ed/letters/a.xml")
    assert (code, out) == (1, "")
    assert "it has “the” where the text has “teh”" in err
    assert not Path("ed/decisions").exists()


def test_a_dry_run_writes_nothing(run: Run) -> None:
    correct(Path("ed/letters/a.xml"), PARIS)
    code, out, err = run("adopt", "ed/letters/a.xml", "--dry-run")
    assert code == 0
    assert "reject place “Paris”" in out
    assert "1 decision would be written to" in err
    assert not Path("ed/decisions").exists()


def test_what_is_adopted_is_there_when_the_letter_is_encoded_again(run: Run) -> None:
    file = Path("ed/letters/a.xml")
    correct(file, PARIS, TEH)
    code, out, err = run("adopt", str(file), "--by", "Ann Lee", "--date", "2026-11-24")
    assert code == 0
    assert "choice sic “teh”, “the”" in out
    assert "2 decisions written to" in err
    assert run("encode", "ed/sources/a.txt", "--edition", "ed", "-o", str(file))[0] == 0
    text = file.read_text("utf-8")
    assert '<corr resp="#resp-editor-ann-lee">the</corr>' in text
    assert " in Paris <choice>" in text
    assert run("adopt", str(file))[2] == "nothing new to adopt\n"
    assert len(Path("ed/decisions/a.jsonl").read_text("utf-8").splitlines()) == 2


def test_show_obeys_decisions_too(run: Run) -> None:
    correct(Path("ed/letters/a.xml"), PARIS)
    run("adopt", "ed/letters/a.xml")
    out = run("show", "--stage", "mentions", "ed/sources/a.txt", "--edition", "ed")[1]
    assert "Mill" in out
    assert "“Paris”" not in out


def test_a_faulty_file_of_decisions_stops_the_letter_with_one_sentence(run: Run) -> None:
    path = Path("ed/decisions/a.jsonl")
    path.parent.mkdir()
    path.write_text("{}\n", "utf-8")
    for arguments in (("encode", "ed/sources/a.txt", "--edition", "ed"), ("decisions", "ed")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert "a.jsonl, line 1: type: it is missing" in err


def test_decisions_are_listed_with_how_they_are_found(run: Run) -> None:
    correct(Path("ed/letters/a.xml"), PARIS, TEH)
    run("adopt", "ed/letters/a.xml", "--by", "Ann Lee")
    code, out, err = run("decisions", "ed")
    assert code == 0
    assert "a.jsonl:1: kept: choice sic “teh” (Ann Lee)" in out
    assert err == "2 decisions: 2 kept\n"
    source = Path("ed/sources/a.txt")
    source.write_text("Copy.\n\n" + LETTER.replace("Paris teh other", "France"), "utf-8")
    code, out, err = run("decisions", str(source))
    assert code == 1
    assert "unplaced: choice sic “teh”" in out
    code, _, err = run("encode", str(source), "--edition", "ed", "-o", "b.xml")
    assert code == 0
    assert err.count("unplaced-decision") == 2
    assert "a.jsonl, line 1" in err


def test_decisions_on_a_text_that_is_gone_are_told(run: Run) -> None:
    correct(Path("ed/letters/a.xml"), PARIS)
    run("adopt", "ed/letters/a.xml")
    Path("ed/sources/a.txt").unlink()
    code, _, err = run("decisions", "ed")
    assert code == 2
    assert "its text, sources/a.txt, is gone" in err
