"""``epistola check`` as its user sees it: which schema, which format, fixes, watching."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from epistola import encode
from epistola.__main__ import main
from shared import shared

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
TEXT = "Bonn, 3 May 1848.\n\nDear Sir,\n\nI am well.\n\nYours truly,\nJohn Smith\n"
NOTE = f'<grammar xmlns="{RNG}"><start><element name="note"><text/></element></start></grammar>'
LONG = (
    f'<schema xmlns="{SCH}"><pattern><rule context="note">'
    '<assert id="short" test="string-length() lt 5" role="warning">too long</assert>'
    "</rule></pattern></schema>"
)

needs_saxon = pytest.mark.skipif(not find_spec("saxonche"), reason="needs saxonche")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run ``epistola check`` in an empty folder: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good letter, one with a misspelt element, a note, its schema, and rules."""
    good = encode(TEXT).to_bytes().decode()
    files = {
        "good.xml": good,
        "bad.xml": good.replace("<closer", "<closr").replace("</closer", "</closr"),
        "note.xml": "<note>a long note</note>",
        "short.xml": "<note>ab</note>",
        "note.rng": NOTE,
        "note.sch": LONG,
        "note.rnc": "start = element note { text }",
        "broken.rng": f'<grammar xmlns="{RNG}"><start><ref name="x"/></start></grammar>',
        "letter.txt": TEXT,
        "other.txt": TEXT.replace("well", "ill"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


# What cannot be run: one sentence, exit code 2.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["note.xml", "--schema", "none.rng"], "none.rng: the schema cannot be read: No such file"),
        (["note.xml", "--schema", "note.rnc"], "convert it with trang: trang note.rnc note.rng"),
        (["note.xml", "--schema", "note.sch"], "this is Schematron: give it with --schematron"),
        (["note.xml", "--schema", "note.xml"], "this is no RELAX NG schema"),
        (["note.xml", "--schema", "letter.txt"], "the schema is no well-formed XML"),
        (["note.xml", "--schematron", "none.sch"], "none.sch: the schema cannot be read"),
        (["note.xml", "--schematron", "note.rng"], "this is no Schematron schema"),
        (["note.xml", "--catalog", "note.rng"], "this is no OASIS XML catalogue"),
        (["note.xml", "--schemas", "none"], "does not exist"),
        (["good.xml", "--source", "none.txt"], "none.txt: there is no such file"),
        (["good.xml", "bad.xml", "--source", "letter.txt"], "--source is for one file, and there"),
        (["good.xml", "--source", "letter.txt", "--no-rules"], "leave out --no-rules"),
        (["-", "--fix"], "standard input can be neither mended nor watched"),
        (["-", "--watch"], "standard input can be neither mended nor watched"),
        (["good.xml", "--watch", "--json"], "--watch goes with none of"),
        (["good.xml", "--format", "html"], "Invalid value for '--format'"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_run(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("folder")
def test_a_broken_schema(run: Run) -> None:
    code, _, err = run("note.xml", "--schema", "broken.rng")
    assert code == 2
    assert "broken.rng" in err.splitlines()[0]


@pytest.mark.usefixtures("folder")
def test_without_saxon(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "saxonche", None)
    from epistola.checks import schematron  # noqa: PLC0415 - its memory is what is tested

    vars(schematron)["_saxon"].cache_clear()
    code, _, err = run("note.xml", "--schema", "note.rng", "--schematron", "note.sch")
    assert code == 2
    assert "pip install 'epistola[schematron]'" in err.splitlines()[0]
    vars(schematron)["_saxon"].cache_clear()


# By which schema.


@pytest.mark.usefixtures("folder")
def test_the_schema_given(run: Run) -> None:
    assert run("note.xml", "--schema", "note.rng")[0] == 0
    assert run("note.xml")[0] == 1


def test_the_schema_that_the_file_names(run: Run, folder: Path) -> None:
    instruction = f'<?xml-model href="note.rng" schematypens="{RNG}"?>'
    (folder / "note.xml").write_text(f"{instruction}<note>x</note>")
    assert run("note.xml") == (0, "", "1 file: 1 good (no errors, no warnings)\n")
    (folder / "note.rng").rename(folder / "moved.rng")
    code, _, err = run("note.xml", "good.xml")
    assert code == 2
    assert err.splitlines()[0].startswith("note.xml: error: schema-choice: the schema note.rng, na")
    assert err.splitlines()[-1].startswith("2 files: 1 good, 1 not read or written")


@needs_saxon
def test_schematron(run: Run, folder: Path) -> None:
    with_rules = ["--schema", "note.rng", "--schematron", "note.sch"]
    code, _, err = run("note.xml", "short.xml", *with_rules)
    assert code == 0
    assert err.splitlines()[0] == "note.xml:1:1: warning: short: too long"
    instruction = f'<?xml-model href="note.sch" schematypens="{SCH}"?>'
    (folder / "note.xml").write_text(f"{instruction}<note>a long note</note>")
    assert "note.xml:1:82: warning: short" in run("note.xml", "--schema", "note.rng")[2]


def test_tei_all_is_compiled_at_once(run: Run, folder: Path) -> None:
    schema = str(shared("data", "tei", "tei_all_4.12.0.rng"))
    before = time.process_time()
    assert run("good.xml", "--schema", schema)[0] == 0
    assert run("bad.xml", "--schema", schema)[0] == 1
    assert time.process_time() - before < 3  # compiled whole, it takes six seconds
    assert (folder / "good.xml").exists()


@pytest.mark.usefixtures("folder")
def test_the_source(run: Run) -> None:
    assert run("good.xml", "--source", "letter.txt")[0] == 0
    code, _, err = run("good.xml", "--source", "other.txt")
    assert code == 1
    assert "wording" in err


def test_rules_can_be_left_out(run: Run, folder: Path) -> None:
    good = (folder / "good.xml").read_text("utf-8")
    (folder / "good.xml").write_text(good.replace("<salute", '<salute corresp="#none"', 1))
    assert run("good.xml")[0] == 1
    assert run("good.xml", "--no-rules")[0] == 0


# How it is shown.


@pytest.mark.usefixtures("folder")
def test_text_says_what_may_stand_there_and_the_fix(run: Run) -> None:
    code, out, err = run("bad.xml")
    lines = err.splitlines()
    assert (code, out) == (1, "")
    assert lines[0].startswith("bad.xml:")
    assert any(line.startswith("    fix: “closr” becomes “closer”") for line in lines)


@pytest.mark.usefixtures("folder")
def test_every_format_tells_the_same(run: Run) -> None:
    code, out, err = run("good.xml", "bad.xml", "none.xml", "--format", "json")
    assert (code, err) == (2, "")
    objects = json.loads(out)
    assert run("good.xml", "bad.xml", "none.xml", "--json")[1] == out
    sarif = json.loads(run("good.xml", "bad.xml", "none.xml", "--format", "sarif")[1])
    results = sarif["runs"][0]["results"]
    assert [one["message"]["text"] for one in results] == [one["message"] for one in objects]
    github = run("good.xml", "bad.xml", "none.xml", "--format", "github")[1].splitlines()
    assert len(github) == len(objects)
    junit = etree.fromstring(
        run("good.xml", "bad.xml", "none.xml", "--format", "junit")[1].encode()
    )
    cases = [(case.get("name"), [child.tag for child in case]) for case in junit.iter("testcase")]
    assert cases == [
        ("good.xml", []),
        ("bad.xml", ["failure", "system-out"]),
        ("none.xml", ["error"]),
    ]


@pytest.mark.usefixtures("folder")
def test_a_table_and_a_bar_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "│" not in run("good.xml", "bad.xml")[2]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    err = run("good.xml", "bad.xml", "none.xml")[2]
    assert "Checking" in err
    rows = [line.split("│")[1:3] for line in err.splitlines() if line.startswith("│")]
    assert [[cell.strip() for cell in row] for row in rows] == [["bad.xml", "1"], ["none.xml", "1"]]


# Fixes.


def test_fixes_are_applied_and_shown(run: Run, folder: Path) -> None:
    code, out, err = run("bad.xml", "good.xml", "--fix")
    assert code == 0
    assert (folder / "bad.xml").read_bytes() == (folder / "good.xml").read_bytes()
    assert "\n-" in out
    assert "<closr" in out
    assert "+++ " in out
    assert "no errors" in err
    assert run("bad.xml", "--fix") == (0, "", "1 file: 1 good (no errors, no warnings)\n")


def test_a_dry_run_writes_nothing(run: Run, folder: Path) -> None:
    before = (folder / "bad.xml").read_bytes()
    code, out, err = run("bad.xml", "--fix", "--dry-run")
    assert (code, "<closr" in out) == (1, True)
    assert err == run("bad.xml")[2]
    assert run("bad.xml", "--dry-run")[1] == out
    assert (folder / "bad.xml").read_bytes() == before


@pytest.mark.usefixtures("folder")
def test_other_formats_are_not_mixed_with_a_diff(run: Run) -> None:
    assert run("bad.xml", "--fix", "--json")[1] == "[]\n"


def test_a_file_that_cannot_be_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    before = (folder / "bad.xml").read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    code, out, err = run("bad.xml", "--fix")
    assert (code, out) == (2, "")
    assert "bad.xml: error: write: it cannot be written: No space left on device" in err
    assert (folder / "bad.xml").read_bytes() == before


# Watching.


@pytest.fixture
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    # A shell lets what it runs in the background ignore Ctrl-C, and so does all that this starts.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    run = "import sys; from epistola.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", f"{heard}; {run}", "check", "good.xml", "--watch"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        yield process
        process.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_a_file_is_checked_again_when_it_is_saved(
    watching: subprocess.Popen[str], folder: Path
) -> None:
    assert watching.stderr is not None
    assert watching.stderr.readline().startswith("1 file: 1 good")
    (folder / "good.xml").write_bytes((folder / "bad.xml").read_bytes())
    lines = [watching.stderr.readline() for _ in range(3)]
    assert lines[0] == "\n"
    assert lines[1].endswith("  good.xml\n")
    assert lines[2].startswith("good.xml:")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=20) == 0
    assert "Traceback" not in watching.stderr.read()
