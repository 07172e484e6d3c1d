from __future__ import annotations

from pathlib import Path

import pytest

from epistola.__main__ import main
from report_made import from_to, register, tei

SEED = Path(__file__).parents[1] / "tei"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "letters"
    path.mkdir()
    path.joinpath("a.xml").write_text(tei("<p>I saw <persName>Ann</persName>.</p>"), "utf-8")
    path.joinpath("b.xml").write_text(tei(corresp=from_to("Ann", "Bo", "1819")), "utf-8")
    path.joinpath("persons.xml").write_text(register("<listPerson/>"), "utf-8")
    return path


def test_a_folder_has_a_report(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "report.html"
    assert main(["report", str(folder), "-o", str(output)]) == 0
    text = output.read_text("utf-8")
    assert "<bdi>letters</bdi>" in text
    assert "2 letters, 4 words, 1819." in text
    assert 'href="../letters/a.xml"' in text
    assert "What the checks find" in text


def test_the_seed_s_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "report.html"
    assert main(["report", str(SEED), "-o", str(output)]) == 0
    text = output.read_text("utf-8")
    assert "<bdi>Letters: a sample edition</bdi>" in text
    assert "1 letter with a date that is not exact to a year." in text
    assert "<bdi>Paul Flewers</bdi>" in text
    assert "written" in capsys.readouterr().err


def test_checks_can_be_left_out(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    assert main(["report", str(folder), "--no-check", "-o", str(output)]) == 0
    assert "What the checks find" not in output.read_text("utf-8")


def test_it_goes_to_standard_output(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["report", str(folder), "--title", "Ann’s", "-o", "-"]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"<!DOCTYPE html>")
    assert "<title>Ann’s: a report</title>".encode() in out


def test_a_broken_file_is_told_and_the_rest_reported(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("c.xml").write_text("<TEI>", "utf-8")
    output = tmp_path / "report.html"
    assert main(["report", str(folder), "-o", str(output)]) == 2
    assert "c.xml:1:" in capsys.readouterr().err
    assert "1 file could not be read" in output.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "a report is on files"),
        (["{folder}", "-o", "-", "--open"], "--open shows a file"),
        (["{empty}"], "no *.xml files"),
        (["{broken}"], "not well-formed TOML"),
        (["{folder}", "-o", "{folder}/a.xml/report.html"], "cannot be written"),
        (["{folder}/z.xml", "-o", "{folder}/r.html"], "z.xml: cannot be read"),
    ],
)
def test_what_cannot_be_done(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    empty, broken = folder.parent / "empty", folder.parent / "broken"
    empty.mkdir()
    broken.joinpath("letters").mkdir(parents=True)
    broken.joinpath("edition.toml").write_text("title = ", "utf-8")
    broken.joinpath("letters/a.xml").write_text(tei(), "utf-8")
    names = {"folder": str(folder), "empty": str(empty), "broken": str(broken)}
    assert main(["report", *(argument.format(**names) for argument in arguments)]) == 2
    assert said in capsys.readouterr().err
