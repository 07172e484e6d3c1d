"""``epistola evaluate``: what it prints, writes and refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.cli_evaluate import spread

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text></TEI>'
LETTER = TEI.format(
    "<opener><dateline><placeName>London</placeName>, <date>3 May 1848</date></dateline></opener>"
    "<p>I dined with <persName ref='#finch'>Mr. Thomas Finch</persName> of"
    " <placeName>Liverpool</placeName>, and saw <persName ref='#quill'>old Quill</persName>.</p>"
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run ``epistola evaluate`` beside a gold edition of two letters: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    Path("gold/more").mkdir(parents=True)
    Path("gold/one.xml").write_text(LETTER, "utf-8")
    Path("gold/more/one.xml").write_text(LETTER.replace("Quill", "Mills"), "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["evaluate", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


def test_the_numbers_are_printed(run: Run) -> None:
    code, out, err = run("gold")
    assert (code, err) == (0, "")
    row = next(line.split() for line in out.splitlines() if line.startswith("  persons "))
    assert row[1] == "4"
    assert "Certainty: expected calibration error" in out
    assert "of 4 gold mentions compared" in out


def test_on_a_terminal_there_is_the_same_table(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")
    code, out, _ = run("gold")
    assert code == 0
    assert "persons" in out
    assert "─" in out


def test_letters_of_one_name_are_told_apart(run: Run) -> None:
    report = Path("new/report.json")
    assert run("gold", "--json", str(report))[0] == 0
    before = report.read_bytes()
    assert sorted(json.loads(before)["letters"]) == ["more/one", "one"]
    assert run("gold", "--json", str(report))[0] == 0
    assert report.read_bytes() == before


def test_one_file_is_a_gold_edition_too(run: Run) -> None:
    code, out, _ = run("gold/one.xml", "--kinds", "place", "--errors", "3")
    assert code == 0
    assert "persons  " not in out


def test_the_page_is_written(run: Run) -> None:
    assert run("gold", "--html", "page.html")[0] == 0
    assert b"What Epistola finds in <em>gold</em>" in Path("page.html").read_bytes()


def test_only_tags_of_some_certainty_count(run: Run) -> None:
    made = {}
    for least in ("low", "medium", "high"):
        assert run("gold", "--min-cert", least, "--json", "a.json")[0] == 0
        kinds = json.loads(Path("a.json").read_bytes())["kinds"]
        made[least] = sum(kind["made"] for kind in kinds.values())
    assert made["low"] >= made["medium"] >= made["high"] > 0
    assert made["low"] > made["high"]


def test_an_edition_brings_its_names(run: Run) -> None:
    Path("gold/one.xml").write_text(LETTER.replace("Liverpool", "Zabbleby"), "utf-8")
    Path("mine/registers").mkdir(parents=True)
    Path("mine/edition.toml").write_text('[edition]\ntitle = "Mine"\n', "utf-8")
    place = '<listPlace><place xml:id="z"><placeName>Zabbleby</placeName></place></listPlace>'
    register = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>{place}</standOff></TEI>'
    Path("mine/registers/places.xml").write_text(register, "utf-8")
    found = []
    for options in ([], ["--edition", "mine"]):
        assert run("gold/one.xml", *options, "--json", "a.json")[0] == 0
        found.append(json.loads(Path("a.json").read_bytes())["letters"]["one"]["place"][2])
    assert found == [1, 2]


def test_a_loss_is_told_and_ends_with_1(run: Run) -> None:
    assert run("gold", "--json", "before.json")[0] == 0
    code, out, _ = run("gold", "--compare", "before.json", "--tolerance", "0")
    assert code == 0
    assert "Since the earlier report" in out
    code, _, err = run("gold", "--compare", better("before.json"), "--tolerance", "0.001")
    assert code == 1
    assert "epistola: persons: exact F −" in err
    assert run("gold", "--compare", "before.json")[0] == 0
    assert run("gold", "--compare", "before.json", "--tolerance", "1")[0] == 0


def better(report: str) -> str:
    """Make a report say that all persons were found."""
    said = json.loads(Path(report).read_bytes())
    for letter in said["letters"].values():
        letter["person"] = [2, 2, 2, 2, 2, 2]
    Path(report).write_text(json.dumps(said), "utf-8")
    return report


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run) -> None:
    Path("gold/bad.xml").write_text("<TEI/>", "utf-8")
    Path("gold/stub.xml").write_text(TEI.format("<p>Sir</p>"), "utf-8")
    code, out, err = run("gold")
    assert code == 2
    assert "gold/bad.xml: error: gold: there is no letter in it" in err
    assert "gold/stub.xml: info: gold: it is passed over" in err
    assert "persons" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("empty", "Error: empty: there are no *.xml files in this folder"),
        ("stubs", "Error: stubs: there is no letter of a gold edition in it: TEI with names"),
        ("nowhere", "Path 'nowhere' does not exist"),
        ("gold --kinds person,ship", "“person,ship” is no list of kinds; there are person"),
        ("gold --kinds ,", "“,” is no list of kinds"),
        ("gold --languages english", "“english” is no list of languages"),
        ("gold --language xx", "“xx” is not known"),
        ("gold --limit 0", "0 is not in the range"),
        ("gold --tolerance 0.1", "--tolerance goes with --compare"),
        ("gold --compare nothing.json", "Error: nothing.json: there is no such file"),
        ("gold --compare gold/one.xml", "gold/one.xml: it is no report of an evaluation"),
    ],
)
def test_what_is_refused(arguments: str, message: str, run: Run) -> None:
    for name in ("empty", "stubs"):
        Path(name).mkdir()
    Path("stubs/a.xml").write_text(TEI.format("<p>Sir</p>"), "utf-8")
    code, out, err = run(*arguments.split())
    assert (code, out) == (2, "")
    assert message in err


def test_a_report_of_another_measure_is_refused(run: Run) -> None:
    assert run("gold", "--first-mention", "--json", "before.json")[0] == 0
    code, _, err = run("gold", "--compare", "before.json")
    assert code == 2
    assert "before.json: it was made with another --first-mention" in err


def test_what_cannot_be_written_is_told(run: Run) -> None:
    code, _, err = run("gold", "--json", "gold/one.xml/report.json")
    assert code == 2
    assert "it cannot be written" in err


def test_some_letters_are_taken_from_all_over() -> None:
    files = [Path(str(number)) for number in range(10)]
    assert spread(files, 3) == [Path("0"), Path("3"), Path("6")]
    assert spread(files, 10) == spread(files, None) == spread(files, 99) == files
