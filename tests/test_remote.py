"""Texts and editions that are not on this machine: fsspec's memory stands for all such places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from epistola.__main__ import main

upath = pytest.importorskip(
    "upath", reason="needs universal_pathlib: pip install 'epistola[remote]'"
)
TEXT = "Leeds, 3 May 1845.\n\nDear Ann,\n\nI saw Mr. Hale.\n\nYours,\nTom Pell\n"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place with two texts, one in a folder."""
    monkeypatch.chdir(tmp_path)
    place = upath.UPath("memory://bucket")
    for name in ("a.txt", "sub/b.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(TEXT)
    yield place
    place.fs.rm("/", recursive=True)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere://a", "nowhere://a: it cannot be reached"),
        ("memory://bucket/none.txt", "there is no such file"),
        ("memory://bucket/a.txt", "a.txt would be overwritten"),
    ],
)
def test_what_cannot_be_reached(
    bucket: Path, capfd: pytest.CaptureFixture[str], place: str, message: str
) -> None:
    assert main(["encode", place, "-o", "memory://bucket/a.txt"]) == 2
    assert message in capfd.readouterr().err
    assert (bucket / "a.txt").read_text() == TEXT


def test_a_folder_elsewhere_is_encoded_as_one_here(
    bucket: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt"):
        (tmp_path / "in" / name).write_text(TEXT, "utf-8")
    assert main(["encode", "in", "-o", "out"]) == 0
    assert main(["encode", str(bucket), "-o", "memory://bucket/tei"]) == 0
    for name in ("a.xml", "sub/b.xml"):
        assert (bucket / "tei" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    capfd.readouterr()
    assert main(["encode", str(bucket), "-o", "memory://bucket/tei"]) == 0
    assert "2 unchanged" in capfd.readouterr().err


def test_one_letter_goes_elsewhere(bucket: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["encode", "a.txt", "-o", "memory://bucket/one.xml"]) == 0
    assert main(["encode", "a.txt", "-o", "one.xml"]) == 0
    assert (bucket / "one.xml").read_bytes() == (tmp_path / "one.xml").read_bytes()
