"""An edition from its beginning: init, encode --edition, status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from epistola.__main__ import main
from epistola.corpus.journal import journal
from epistola.edition import load_edition
from epistola.pipeline import encode

TEXT = "Leeds, 3 May 1845.\n\nDear Ann,\n\nI saw {name} on Monday.\n\nYours ever,\nTom Pell\n"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of two letters, in the folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "e"]) == 0
    for letter, name in (("a", "Mr. Hale"), ("b", "Mrs. Byron")):
        (tmp_path / "e/sources" / f"{letter}.txt").write_text(TEXT.format(name=name), "utf-8")
    return tmp_path / "e"


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    code = main(arguments)
    return code, *capfd.readouterr()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["init", "e"], "e/edition.toml is there already; edit it"),
        (["init", "e/edition.toml"], "is a file"),
        (["init", "f", "--language", "xx"], "“xx” is not known; there are"),
        (["encode"], "name a text or a folder"),
        (["encode", "--edition", "e", "-o", "out"], "go to e/letters: leave out -o"),
        (["encode", "--edition", "e", "--jobs", "0"], "0 is not in the range"),
        (["status", "e/sources"], "e/sources/sources: no such folder; put the texts"),
        (["status", "none"], "does not exist"),
        (["encode", "-", "--watch"], "standard input cannot be watched"),
    ],
)
def test_what_cannot_be_done(
    edition: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    before = sorted(edition.rglob("*"))
    code, out, err = said(capfd, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert sorted(edition.rglob("*")) == before


def test_what_is_begun_is_an_edition(tmp_path: Path) -> None:
    title = 'Letters of "Ann" \\ Bly'
    assert main(["init", str(tmp_path / "e"), "--title", title, "--language", "de"]) == 0
    made = load_edition(tmp_path / "e")
    assert (made.title, made.language, made.grow) == (title, "de", True)


def test_how_letters_stand(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert said(capfd, "status", "e")[1].startswith("2 letters: 2 new;")
    assert said(capfd, "encode", "--edition", "e", "--date", "2026-11-24")[0] == 0
    assert said(capfd, "status", "e")[1].startswith("2 letters: 2 checked;")
    (edition / "sources/a.toml").write_text('author = "Tom Pell"', "utf-8")
    (edition / "sources/c.txt").write_text("Dear Ann,\n\nYours,\nT.\n", "utf-8")
    letter = edition / "letters/b.xml"
    letter.write_bytes(letter.read_bytes().replace(b"Monday", b"Tuesday"))
    _, out, _ = said(capfd, "status", "e")
    assert out.splitlines()[0].startswith("3 letters: 1 new, 1 changed, 1 changed by hand;")
    assert "epistola adopt" in out
    code, _, err = said(capfd, "encode", "--edition", "e", "--date", "2026-11-24")
    assert code == 0
    assert "e/sources/b.txt: warning: changed-by-hand" in err
    assert b"Tuesday" in letter.read_bytes()


def test_a_letter_with_errors_is_failing(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (edition / "sources/b.txt").write_bytes(b" ")
    assert said(capfd, "encode", "--edition", "e")[0] == 2
    code, out, _ = said(capfd, "status", "e")
    assert code == 1
    assert "1 failing" in out


def test_two_runs_at_once(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with journal(edition):
        for command in (["encode", "--edition", "e"], ["status", "e"]):
            code, _, err = said(capfd, *command)
            assert code == 2
            assert "another run is writing to e; wait until it ends" in err


def test_a_register_broken_by_hand(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said(capfd, "encode", "--edition", "e")
    letters = {path: path.read_bytes() for path in (edition / "letters").glob("*.xml")}
    (edition / "registers/persons.xml").write_text("<TEI><standOff>", "utf-8")
    code, _, err = said(capfd, "encode", "--edition", "e")
    assert code == 2
    assert "e/registers/persons.xml:1" in err
    assert {path: path.read_bytes() for path in letters} == letters


FULL = """
import resource, signal, sys
from epistola.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
raise SystemExit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be limited here")
@pytest.mark.parametrize("size", [0, 4096, 16_384])
def test_a_full_disk(edition: Path, size: int) -> None:
    """Nothing can grow beyond ``size`` bytes: journal, letters, or neither can be written."""
    for at in range(40):
        (edition / f"sources/{at}.txt").write_text(TEXT.format(name="Mr. Hale") * 20, "utf-8")
    command = [sys.executable, "-c", FULL, str(size), "encode", "--edition", "e"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(  # noqa: S603 - our own script
        command, cwd=edition.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr
    assert not list(edition.rglob("*.part"))
    assert main(["encode", "--edition", "e"]) == 0
    assert len(list((edition / "letters").glob("*.xml"))) == 42


@contextmanager
def as_nobody() -> Iterator[None]:
    """Do without root's right to write anywhere."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such user here")
@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("letters", "a.txt: error: write: it cannot be written: Permission denied"),
        (".epistola", ".epistola/journal.sqlite: cannot be written:"),
    ],
)
def test_a_folder_that_may_not_be_written(
    capfd: pytest.CaptureFixture[str], folder: str, message: str
) -> None:
    with TemporaryDirectory() as work:
        edition = Path(work) / "e"
        main(["init", str(edition)])
        (edition / "sources/a.txt").write_text(TEXT.format(name="Mr. Hale"), "utf-8")
        (edition / ".epistola").mkdir()
        Path(work).chmod(0o755)
        for path in edition.iterdir():
            path.chmod(0o777)
        encode("Sir,\n\nI am.\n")  # what is loaded late is loaded now
        (edition / folder).chmod(0o555)
        with as_nobody():
            code, _, err = said(capfd, "encode", "--edition", str(edition))
        assert code == 2
        assert message in err
        assert not list((edition / "letters").iterdir())
