"""``epistola export``, as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bibliographies import SAMPLES, register
from epistola.__main__ import main

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
    assert [said.count(word) for word in ("keeps:", "loses:", "bibtex")] == [3, 3, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["csl"], "name a format and a file"),
        (["endnote", "x.xml"], "no format “endnote” is known; there are csl, bibtex, ris"),
        (["csl", "no.xml"], "no.xml: cannot be read: No such file"),
        (["csl", "empty"], "empty: there is no biblStruct with an xml:id"),
        (["ris", "broken.xml", "-o", "out.ris"], "broken.xml:1:"),
        (["csl", "works.xml", "-o", "file/out.json"], "file/out.json: it cannot be written"),
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
    register(tmp_path, SAMPLES)
    before = sorted(tmp_path.rglob("*"))
    assert main(["export", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


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
