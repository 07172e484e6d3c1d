"""``epistola register`` as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.model import Entry, EntryId
from epistola.registry.append import append

PEOPLE = [
    Entry(EntryId(f"person-{name.lower()}"), "person", (f"{name} Hale", f"Mr. {name} Hale"))
    for name in ("Jo", "Tom")
]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "edition.toml").write_text("[edition]\n", "utf-8")
    append(tmp_path / "registers", PEOPLE)
    return tmp_path


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        (["merge", "person-jo", "person-tom"], 0, "person-tom stands for person-jo too"),
        (["rename", "person-jo", "person-joe"], 0, "person-jo is person-joe now"),
        (["split", "person-jo", "Mr. Jo Hale", "--id", "person-x"], 0, "person-x is an entry"),
        (["merge", "person-jo", "person-nobody"], 2, "no register has an entry “person-nobody”"),
        (["rename", "person-jo", "person-tom"], 2, "is taken"),
    ],
)
def test_commands(
    edition: Path, capsys: pytest.CaptureFixture[str], row: list[str], code: int, said: str
) -> None:
    assert main(["register", *row, "--edition", str(edition)]) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert "registers" in shown


def test_no_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "merge", "a", "b", "--edition", str(tmp_path)]) != 0
    assert "edition.toml" in capsys.readouterr().err


def test_a_register_broken_by_hand(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edition / "registers/persons.xml"
    path.write_text(path.read_text("utf-8").replace("</person>", "", 1), "utf-8")
    before = path.read_bytes()
    assert main(["register", "merge", "person-jo", "person-tom", "--edition", str(edition)]) != 0
    assert f"{path}:" in capsys.readouterr().err
    assert path.read_bytes() == before
