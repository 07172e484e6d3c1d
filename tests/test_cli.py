"""The command line as its user sees it: exit codes, what is written, and what is said."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from epistola import __version__, pipeline
from epistola.__main__ import main
from epistola.model import Finding, Severity, Span
from epistola.pipeline import encode as encode_text
from epistola.text.opened import Opened
from epistola.tree.read import projection

LETTER = "Bonn, 3 May 1848.\n\nDear Sir,\n\nI am well.\n\nYours truly,\nJohn Smith\n"
DANGLING = '<p xmlns="http://www.tei-c.org/ns/1.0" ref="#b"/>'
SHOWN = ("text", "structure", "letter", "mentions", "resolved", "tree")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in an empty folder: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, "utf-8")
    return path


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every text that speaks of a fault have one, on its first letter."""

    def encode(opened: Opened, **settings: object) -> object:
        made = encode_text(opened, **settings)  # type: ignore[arg-type]
        at = opened.source.text.find("fault")
        severity = Severity.ERROR if at >= 0 else Severity.WARNING
        finding = Finding(severity, "test", "look here", Span(max(at, 0), max(at, 0) + 5))
        return replace(made, findings=(finding,))

    monkeypatch.setattr(pipeline, "encode", encode)


def words(xml: Path) -> list[str]:
    texts = etree.parse(xml).getroot().iter("{http://www.tei-c.org/ns/1.0}text")
    return [word for text in texts for word in projection(text).split()]


# What cannot be run: one sentence, exit code 2, and nothing written.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["encode", "none.txt"], "none.txt: error: read: there is no such file\n"),
        (["encode", "empty.txt"], "empty.txt: error: read: there is no text in it\n"),
        (["encode", "bell.txt"], "bell.txt:2:3: error: read: the character U+0007 is not allowed"),
        (["encode", "scan.pdf"], "scan.pdf: error: read: this is a PDF file: convert it to plain"),
        (["encode", "letter.txt", "--encoding", "klingon"], "“klingon” is no encoding"),
        (["encode", "letter.txt", "--encoding", "utf-32"], "error: read: it is not utf-32"),
        (
            ["encode", "letter.txt", "--language", "xx"],
            "“xx” is not known; there are de, en, fr, it",
        ),
        (["encode", "letter.txt", "--date", "3 May"], "“3 May” is no date; write it as"),
        (["encode", "letter.txt", "--date", "2026-02-30"], "“2026-02-30” is no date"),
        (["encode", "letter.txt", "--date", "20260224"], "“20260224” is no date"),
        (["encode", "letter.txt", "--edition", "none"], "none"),
        (["encode", "letter.txt", "--edition", "folder"], "edition.toml"),
        (["encode", "letter.txt", "bell.txt"], "2 texts need a folder to go to: name one with -o"),
        (
            ["encode", "letter.txt", "bell.txt", "-o", "scan.pdf"],
            "is a file, but a folder",
        ),
        (["encode", "letter.txt", "-o", "scan.pdf/"], "is a file, but a folder"),
        (["encode", "letter.txt", "-o", "letter.txt"], "letter.txt would be overwritten"),
        (["encode", "letter.txt", "letter.txt", "-o", "out"], "would both be written to"),
        (["encode", "folder", "-o", "out"], "folder: there are no *.txt files in this folder"),
        (["encode", "letter.txt", "-o", "scan.pdf/a.xml"], "error: write: it cannot be written"),
        (["encode"], "name a text or a folder: epistola encode letter.txt"),
        (["encode", "letter.txt", "--colour"], "No such option"),
        (["check", "none.xml"], "none.xml: error: read: there is no such file"),
        (["check", "folder"], "folder: there are no *.xml files in this folder"),
        (["show", "letter.txt"], "Missing option '--stage'"),
        (["show", "--stage", "tree", "empty.txt"], "empty.txt: error: read: there is no text"),
    ],
)
def test_what_cannot_be_run(
    run: Run, letter: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "bell.txt").write_bytes(b"Sir,\nI \x07 am\n")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run(*arguments)
    assert said in err
    assert "Traceback" not in err
    assert code == 2
    assert (out, sorted(tmp_path.rglob("*"))) == ("", before)
    assert letter.read_text("utf-8") == LETTER


@pytest.mark.parametrize("epoch", ["soon", "1e9", "99999999999999999"])
def test_a_source_date_that_is_no_time(
    run: Run, letter: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    code, out, err = run("encode", letter.name)
    assert (code, out) == (2, "")
    assert f"SOURCE_DATE_EPOCH is “{epoch}”; it must be a number of seconds" in err


# Encoding.


def test_one_text_goes_to_standard_output(run: Run, letter: Path, tmp_path: Path) -> None:
    code, out, _ = run("encode", letter.name)
    (tmp_path / "out.xml").write_text(out, "utf-8")
    assert code == 0
    assert words(tmp_path / "out.xml") == LETTER.split()


def test_the_same_text_gives_the_same_bytes(run: Run, letter: Path) -> None:
    assert run("encode", letter.name) == run("encode", letter.name)


def test_standard_input(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("encode", "-", "-o", "a.xml", stdin=LETTER.encode())
    assert code == 0
    assert words(tmp_path / "a.xml") == LETTER.split()
    assert run("encode", "-", stdin=b"")[0::2] == (
        2,
        "<stdin>: error: read: there is no text in it\n",
    )


@pytest.mark.parametrize(
    ("output", "made"),
    [("a.xml", "a.xml"), ("out/", "out/letter.xml"), ("old", "old/letter.xml"), ("b/c", "b/c")],
)
def test_where_one_text_goes(
    run: Run, letter: Path, tmp_path: Path, output: str, made: str
) -> None:
    (tmp_path / "old").mkdir()
    assert run("encode", letter.name, "-o", output)[:2] == (0, "")
    assert words(tmp_path / made) == LETTER.split()


def test_a_folder_is_mirrored_and_only_its_texts_are_read(run: Run, tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/b/a.txt", "in/b/c.d.txt", "in/notes.md", "in/b/e.xml", "one.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LETTER, "utf-8")
    (tmp_path / "in/folder.txt").mkdir()
    code, out, err = run("encode", "in", "one.txt", "-o", "out")
    made = sorted(str(p.relative_to(tmp_path / "out")) for p in tmp_path.rglob("out/**/*.xml"))
    assert (code, out, made) == (0, "", ["a.xml", "b/a.xml", "b/c.d.xml", "one.xml"])
    assert err.splitlines()[-1].startswith("4 texts: 4 good (")


def test_clashes_are_told_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(LETTER, "utf-8")
    code, _, err = run("encode", "a", "b/x.txt", "-o", "out")
    assert code == 2
    assert "a/x.txt and b/x.txt would both be written to out/x.xml: rename one" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("faulty")
def test_an_error_keeps_a_file_from_being_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sir,\nno fault of mine", "utf-8")
    (tmp_path / "a.xml").write_text("<old/>", "utf-8")
    code, out, err = run("encode", "a.txt", "-o", "a.xml")
    assert (code, out, err) == (1, "", "a.txt:2:4: error: test: look here\n")
    assert (tmp_path / "a.xml").read_text("utf-8") == "<old/>"


@pytest.mark.usefixtures("faulty")
def test_one_bad_text_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    texts = {"a": b"", "b": b"fault", "c": LETTER.encode(), "d": b"\xe9t\xe9 comme hiver"}
    (tmp_path / "in").mkdir()
    for name, raw in texts.items():
        (tmp_path / "in" / f"{name}.txt").write_bytes(raw)
    code, _, err = run("encode", "in", "-o", "out")
    assert code == 2
    assert [line.split(": ")[0:3] for line in err.splitlines()] == [
        ["in/a.txt", "error", "read"],
        ["in/b.txt:1:1", "error", "test"],
        ["in/c.txt:1:1", "warning", "test"],
        ["in/d.txt", "warning", "encoding"],
        ["in/d.txt:1:1", "warning", "test"],
        ["4 texts", "2 good, 1 with errors, 1 not read or written (2 errors, 3 warnings)"],
    ]
    assert sorted(p.name for p in (tmp_path / "out").glob("*.xml")) == ["c.xml", "d.xml"]


def test_the_date_is_the_callers_or_none(
    run: Run, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "2001-09-09" not in run("encode", letter.name)[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert "2001-09-09" in run("encode", letter.name)[1]
    out = run("encode", letter.name, "--date", "2026-11-24")[1]
    assert "2026-11-24" in out
    assert "2001-09-09" not in out


# Writing.


def test_a_new_file_has_the_usual_permissions(run: Run, letter: Path, tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        run("encode", letter.name, "-o", "a.xml")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.xml").stat().st_mode & 0o777 == 0o640


def test_an_old_file_keeps_its_permissions_and_its_links(
    run: Run, letter: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.xml"
    old.write_text("<old/>", "utf-8")
    old.chmod(0o604)
    (tmp_path / "link.xml").symlink_to(old)
    assert run("encode", letter.name, "-o", "link.xml")[0] == 0
    assert (tmp_path / "link.xml").is_symlink()
    assert old.stat().st_mode & 0o777 == 0o604
    assert words(old) == LETTER.split()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    run: Run, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xml").write_text("<old/>", "utf-8")

    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("encode", letter.name, "-o", "a.xml")
    said = "a.xml: error: write: it cannot be written: No space left on device"
    assert (code, err.splitlines()[-1]) == (2, said)
    assert (tmp_path / "a.xml").read_text("utf-8") == "<old/>"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xml", "letter.txt"]


def test_what_is_no_plain_file_is_not_replaced(run: Run, letter: Path) -> None:
    assert run("encode", letter.name, "-o", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


# Checking.


def test_check_names_line_and_column_of_what_is_no_xml(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a>\n<b></a>", "utf-8")
    code, out, err = run("check", "a.xml")
    assert (code, out) == (1, "")
    said = "a.xml:2:8: error: xml: not well-formed XML: </a> stands where <b>"
    assert err.splitlines()[0].startswith(said)
    assert err.splitlines()[-1] == "1 file: 0 good, 1 with errors (1 error, no warnings)"


@pytest.mark.parametrize(
    ("bomb", "said"),
    [
        (
            '<!DOCTYPE a [<!ENTITY e SYSTEM "letter.txt">]><a ref="#b">&e;</a>',
            "a.xml:1:62: error: unsafe: the entity e would be read from another file",
        ),
        (
            f'<!DOCTYPE a SYSTEM "faulty.dtd">{DANGLING}',
            "ref=“#b” points at nothing",
        ),
        (
            f'<!DOCTYPE a SYSTEM "http://localhost:9/n">{DANGLING}',
            "ref=“#b” points at nothing",
        ),
    ],
)
def test_check_reads_nothing_but_the_file(run: Run, letter: Path, bomb: str, said: str) -> None:
    letter.with_name("faulty.dtd").write_text("<!Bonn", "utf-8")
    letter.with_name("a.xml").write_text(bomb, "utf-8")
    code, _, err = run("check", "a.xml")
    assert code == 1
    assert said in err
    assert "Bonn" not in err


def test_check_as_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in/b").mkdir(parents=True)
    (tmp_path / "in/b/a.xml").write_text("<a", "utf-8")
    (tmp_path / "in/c.txt").write_text("<a", "utf-8")
    code, out, err = run("check", "in", "none.xml", "--json")
    first, second = json.loads(out)
    assert (code, err) == (2, "")
    keys = ["file", "line", "column", "severity", "code", "message", "expected", "fix"]
    assert list(first) == keys
    assert (first["file"], first["line"], first["severity"]) == ("in/b/a.xml", 1, "error")
    assert (second["file"], second["line"], second["code"]) == ("none.xml", 0, "read")


def test_what_encode_makes_passes_the_check(run: Run, letter: Path) -> None:
    assert run("encode", letter.name, "-o", "a.xml")[0] == 0
    assert run("check", "a.xml") == (0, "", "1 file: 1 good (no errors, no warnings)\n")
    assert run("check", "a.xml", "--json") == (0, "[]\n", "")
    raw = letter.with_name("a.xml").read_bytes()
    assert run("check", "-", stdin=raw)[0] == 0


# Showing.


@pytest.mark.parametrize("stage", SHOWN)
def test_every_stage_can_be_shown(run: Run, letter: Path, stage: str) -> None:
    code, out, err = run("show", "--stage", stage, letter.name)
    assert (code, err) == (0, "")
    assert out.strip() or stage in {"mentions", "resolved"}


def test_text_is_shown_with_its_lines_numbered(run: Run, letter: Path) -> None:
    out = run("show", "--stage", "text", letter.name)[1]
    assert out.splitlines()[:3] == ["1  Bonn, 3 May 1848.", "2", "3  Dear Sir,"]


# Manners.


@pytest.mark.parametrize("command", ["encode", "check", "show"])
def test_every_command_has_a_help_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"For example:\n    epistola {command} " in out


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"epistola, version {__version__}\n", "")


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("no_colour", ["", "1"])
def test_colour_is_for_terminals_that_want_it(
    run: Run, letter: Path, monkeypatch: pytest.MonkeyPatch, no_colour: str
) -> None:
    monkeypatch.setenv("NO_COLOR", no_colour)
    assert "\x1b" not in run("encode", letter.name)[2]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = run("encode", letter.name)[2]
    coloured = "letter.txt:1:1: \x1b[33m\x1b[1mwarning\x1b[0m: test: look here\n"
    assert err == ("letter.txt:1:1: warning: test: look here\n" if no_colour else coloured)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("encode a.txt > /dev/full", "Error: standard output cannot be written to: No space left"),
        ("encode a.txt >&-", "Error: standard output is closed"),
        ("encode - <&-", "<stdin>: error: read: standard input is closed"),
        ("check - <&-", "<stdin>: error: read: standard input is closed"),
    ],
)
def test_streams_that_fail(letter: Path, command: str, said: str) -> None:
    letter.with_name("a.txt").write_text(LETTER, "utf-8")
    shell = f"{sys.executable} -m epistola {command}"
    done = subprocess.run(  # noqa: S602 - a redirection is what is tested
        shell, shell=True, cwd=letter.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(said)
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr


def test_names_and_letters_that_a_terminal_lacks(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text("Sir, \u2014 ƛ", "utf-8")
    path.with_suffix(".xml").write_text("<a", "utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    command = [sys.executable, "-m", "epistola", "show", "--stage", "text", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - ours
    assert done.stdout.decode() == "1  Sir, \u2014 ƛ\n"
    code, _, err = run("check", str(path.with_suffix(".xml")))
    assert (code, "\ufffd.xml:1:" in err) == (1, True)
    code, out, _ = run("check", str(path.with_suffix(".xml")), "--json")
    assert (code, "\ufffd.xml" in out) == (1, True)


def test_several_texts_show_a_bar_on_a_terminal(
    run: Run, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter.with_name("b.txt").write_text(LETTER, "utf-8")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    code, _, err = run("encode", "letter.txt", "b.txt", "-o", "out")
    assert code == 0
    assert "Encoding" in err


def test_a_run_that_is_stopped_ends_in_one_line(
    run: Run, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "encode", stop)
    code, _, err = run("encode", letter.name, "-o", "a.xml")
    assert (code, err.strip()) == (130, "epistola: stopped")
    assert not letter.with_name("a.xml").exists()


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER * 2_000, "utf-8")
    command = f"{sys.executable} -m epistola show --stage text a.txt | head -n 1"
    done = subprocess.run(  # noqa: S602 - a pipe is what is tested
        command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("    1  Bonn, 3 May 1848.\n", "")
