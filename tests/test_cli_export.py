"""``epistola export``, as its user meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from bibliographies import SAMPLES, register
from epistola.__main__ import main
from epistola.exports import (
    OWN,
    Choice,
    File,
    FolderFormat,
    FormatError,
    LettersFormat,
    Part,
    chosen,
)
from epistola.exports.gathered import Letters
from exported import edition, tei

EDITION = Path(__file__).parents[1] / "tei"


def test_an_edition_s_registers_are_exported(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "csl", str(EDITION)]) == 0
    items = json.loads(capfdbinary.readouterr().out)
    assert {"family": "Ratner", "given": "Harry"} in items[1]["author"]
    assert items[0]["id"] == "work-new-interventions"


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    source = register(tmp_path, SAMPLES)
    for wanted in ("csl", "bibtex", "ris"):
        outs = [tmp_path / f"{n}.{wanted}" for n in "ab"]
        for out in outs:
            assert main(["export", wanted, str(source), "-o", str(out)]) == 0
        assert outs[0].read_bytes() == outs[1].read_bytes() != b""


def test_what_comes_back_from_csl_is_the_same_register(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    (second / "registers").mkdir(parents=True)
    (second / "edition.toml").write_text("", "utf-8")
    out, again = second / "registers/works.json", tmp_path / "again.json"
    assert main(["export", "csl", str(register(first, SAMPLES)), "-o", str(out)]) == 0
    assert main(["export", "csl", str(second), "-o", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()


def test_formats_are_listed(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "--list"]) == 0
    said = capfdbinary.readouterr().out.decode()
    number = len(OWN)
    assert [said.count(word) for word in ("keeps:", "loses:", "bibtex")] == [number, number, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["csl"], "name a format and a file"),
        (["endnote", "x.xml"], "no format “endnote” is known; there are html, csl,"),
        (["csl", "no.xml"], "no.xml: cannot be read: No such file"),
        (["csl", "empty"], "empty: there is no biblStruct with an xml:id"),
        (["ris", "broken.xml", "-o", "out.ris"], "broken.xml:1:"),
        (["csl", "works.xml", "-o", "file/out.json"], "file/out.json: it cannot be written"),
        (["csl", "works.xml", "-o", "empty"], "empty is a folder, and this format is one file"),
        (["csl", "works.xml", "--set", "x=1"], "--set x=1: of CSL-JSON can be set: nothing"),
        (["html", "no.xml"], "no.xml: cannot be read: No such file"),
        (["html", "empty"], "empty: there are no *.xml files in this folder"),
        (["html", "broken.xml", "-o", "out.html"], "broken.xml:1:"),
        (["html", "works.xml", "-o", "out.html"], "works.xml: there is no letter in it"),
        (["csl", "works.xml", "-o", "works.xml"], "works.xml would be written over: name another"),
        (
            ["html", "letters/a.xml", "-o", "empty/../letters/a.xml"],
            "a.xml would be written over",
        ),
        (["csl", "letters", "-o", "letters/a.xml"], "letters/a.xml would be written over"),
        (["html", "letters", "-o", "file"], "file is a file, but a folder is needed"),
        (["html", "letters"], "Pages to read of several letters is a folder"),
        (["html", "letters", "-o", "file/out"], "file/out: it cannot be written"),
        (["html", "other.xml"], "other.xml: the root is <p>, and no element of TEI"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.xml").write_text("<TEI", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "other.xml").write_text("<p/>", "utf-8")
    (tmp_path / "letters").mkdir()
    for name in "ab":
        (tmp_path / f"letters/{name}.xml").write_text(tei("<p>So.</p>"), "utf-8")
    register(tmp_path, SAMPLES)
    before = sorted(tmp_path.rglob("*"))
    assert main(["export", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "letters/a.xml").read_text("utf-8") == tei("<p>So.</p>")


def test_a_file_that_fails_midway_leaves_what_was_there(tmp_path: Path) -> None:
    register(tmp_path, SAMPLES, "a.xml")
    (tmp_path / "b.xml").write_text("<TEI", "utf-8")
    out = tmp_path / "out.json"
    out.write_text("before", "utf-8")
    assert main(["export", "csl", str(tmp_path), "-o", str(out)]) == 2
    assert out.read_text("utf-8") == "before"


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--help"]) == 0
    assert "epistola export csl edition/ -o works.json" in capsys.readouterr().out


# ---- formats of letters, as another package would bring them


def names(letters: Letters) -> Iterator[Part]:
    for letter in letters:
        yield f"{letter.name}:".encode()
        yield " ".join(m.text for m in letter.mentions if m.kind == letters.choices["kind"]) + "\n"


def files(letters: Letters) -> Iterator[File]:
    for letter in letters:
        yield File(f"texts/{letter.name}.txt", [letter.text])
        if letter.text == letters.choices["stop"]:
            raise OSError(28, "No space left on device")


NAMES = LettersFormat(
    names, "Names", ".txt", "names", "the rest", (Choice("kind", ("person", "place"), "which"),)
)
FILES = FolderFormat(files, "Files", ".txt", "text", "the rest", (Choice("stop", ("",), "when"),))


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint(name.lower(), f"{__name__}:{name}", "epistola.exporters")
        for name in ("NAMES", "FILES")
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)
    monkeypatch.setattr("importlib.metadata.EntryPoint.load", lambda point: globals()[point.attr])


@pytest.mark.usefixtures("brought")
def test_a_format_of_letters_is_one_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    home = str(edition(tmp_path / "e"))
    assert main(["export", "names", home]) == 0
    assert capfdbinary.readouterr().out == b"a:Bell Roe\nb:Bell Doe\n"
    assert main(["export", "names", home, "--set", "kind=place"]) == 0
    assert capfdbinary.readouterr().out == b"a:\nb:\n"
    assert main(["export", "--list"]) == 0
    assert b"--set kind=person|place: which" in capfdbinary.readouterr().out


@pytest.mark.usefixtures("brought")
def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    home, out = str(edition(tmp_path / "e")), tmp_path / "out"
    before = sorted(tmp_path.rglob("*"))
    failing = ["export", "files", home, "-o", str(out), "--set", "stop=Bell, Doe"]
    assert main(failing) == 2
    assert sorted(tmp_path.rglob("*")) == before
    assert main(["export", "files", home, "-o", str(out)]) == 0
    assert (out / "texts/a.txt").read_text("utf-8") == "Bell, Roe"
    (out / "texts/a.txt").write_text("before", "utf-8")
    (out / "mine.txt").write_text("mine", "utf-8")
    assert main(failing) == 2
    assert (out / "texts/a.txt").read_text("utf-8") == "before"
    assert main(["export", "files", home, "-o", str(out)]) == 0
    assert (out / "texts/a.txt").read_text("utf-8") == "Bell, Roe"
    assert (out / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("kind=ship", "kind must be one of person, place"),
        ("kind", "of Names can be set: kind=…"),
        ("sort=1", "of Names can be set: kind=…"),
    ],
)
def test_what_cannot_be_chosen(said: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        chosen(NAMES, [said])


def test_any_value_may_be_given_where_none_is_named() -> None:
    assert chosen(FILES, ["stop=a=b"]) == {"stop": "a=b"}


def test_a_page_is_written_beside_the_tei(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Ely, 3 May 1801\n\nDear Sir,\n\nI saw Mr. Bell.\n", "utf-8")
    out = tmp_path / "out/letter.xml"
    assert main(["encode", str(text), "-o", str(out), "--html"]) == 0
    assert b"I saw" in out.with_suffix(".html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--html writes a page beside the TEI file: name that with -o"),
        (["-o", "a.html"], "a.html is where the page would go"),
        (["-o", "out/", "--split"], "--html goes with no --split"),
    ],
)
def test_a_page_that_has_no_place(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear Sir,\n\nSo.\n", "utf-8")
    assert main(["encode", "letter.txt", "--html", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [tmp_path / "letter.txt"]


def test_a_page_is_never_written_over_another_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "a.html"):
        (tmp_path / name).write_text("<p>Dear Sir,</p>", "utf-8")
    texts = [str(tmp_path / name) for name in ("a.txt", "a.html")]
    assert main(["encode", texts[0], "-o", f"{tmp_path / 'a.xml'}", "--html"]) == 2
    assert "a.html is there already, and is no page of ours" in capsys.readouterr().err
    assert (tmp_path / "a.html").read_text("utf-8") == "<p>Dear Sir,</p>"
