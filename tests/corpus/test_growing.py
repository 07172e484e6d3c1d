"""The letters of an edition together: their register grows, and what it tells of them is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.checks.relaxng import check_schema
from epistola.corpus.usage import FOLDER

LETTER = "Leeds, {day} May 1845.\n\nDear {whom},\n\n{text}\n\nYours ever,\nTom Pell\n"
TEXTS = {
    "a": ("Mary", "I saw Mr. John Hale at Leeds on Monday. He is well."),
    "b": ("Mary", "Mr. Hale has gone to Whitby, and will not be back."),
    "c": ("Ann", "The roads are bad and I have no news of anybody."),
}


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition of three letters, encoded once."""
    folder = tmp_path / "e"
    assert main(["init", str(folder)]) == 0
    for at, (name, (whom, text)) in enumerate(TEXTS.items()):
        letter = LETTER.format(day=at + 3, whom=whom, text=text)
        (folder / f"sources/{name}.txt").write_text(letter, "utf-8")
    assert main(["encode", "--edition", str(folder)]) == 0
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = sorted([*folder.glob("letters/*.xml"), *folder.glob("registers/*.xml")])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def again(folder: Path) -> set[str]:
    """Encode the edition again, and return the files that have changed."""
    before = files(folder)
    assert main(["encode", "--edition", str(folder)]) == 0
    after = files(folder)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def entries(folder: Path) -> list[str]:
    text = (folder / "registers/persons.xml").read_text("utf-8")
    return re.findall(r'<person xml:id="([^"]+)"', text)


def test_nothing_changes_where_nothing_has(edition: Path) -> None:
    assert again(edition) == set()


def test_a_letter_of_no_new_name_changes_alone(edition: Path) -> None:
    path = edition / "sources/c.txt"
    path.write_text(path.read_text("utf-8").replace("bad", "very bad"), "utf-8")
    assert again(edition) == {"letters/c.xml"}


def test_letters_share_an_entry(edition: Path) -> None:
    assert entries(edition).count("person-hale") == 1
    for name in ("a", "b"):
        text = (edition / f"letters/{name}.xml").read_text("utf-8")
        assert 'ref="#person-hale"' in text
        assert 'sameAs="../registers/persons.xml#person-hale"' in text


def test_what_is_made_is_valid_and_the_register_too(edition: Path) -> None:
    for name, data in files(edition).items():
        assert check_schema(data) == [], name
    assert main(["check", str(edition / "letters"), str(edition / "registers")]) == 0


def test_an_id_that_was_given_stays(edition: Path) -> None:
    before = entries(edition)
    for name in "01":
        text = LETTER.format(day=20, whom="Ann", text="Mr. Josiah Hale came with Dr. Byron.")
        (edition / f"sources/{name}.txt").write_text(text, "utf-8")
    again(edition)
    assert entries(edition)[: len(before)] == before
    assert len(entries(edition)) > len(before)
    assert again(edition) == set()


def test_a_register_changed_by_hand_reaches_its_letters_alone(edition: Path) -> None:
    path = edition / "registers/persons.xml"
    text = path.read_text("utf-8")
    named = re.sub(
        r'(<person xml:id="person-hale".*?</persName>)',
        r"\1<sex value=\"m\"/>",
        text,
        flags=re.DOTALL,
    )
    path.write_text(named.replace('value=\\"m\\"', 'value="m"'), "utf-8")
    assert again(edition) == {"letters/a.xml", "letters/b.xml"}


def test_one_entry_that_an_editor_merges_is_one_in_the_letters(edition: Path) -> None:
    path = edition / "sources/b.txt"
    path.write_text(path.read_text("utf-8").replace("Mr. Hale", "Dr. Byron"), "utf-8")
    again(edition)
    assert "person-byron" in entries(edition)
    merged = ["register", "merge", "person-byron", "person-hale", "--edition", str(edition)]
    assert main(merged) == 0
    again(edition)
    assert 'ref="#person-hale"' in (edition / "letters/b.xml").read_text("utf-8")


def test_without_its_memory_an_edition_is_made_again_alike(edition: Path) -> None:
    before = files(edition)
    for path in (edition / FOLDER).iterdir():
        path.unlink()
    assert main(["encode", "--edition", str(edition)]) == 0
    assert files(edition) == before


def test_a_letter_alone_is_encoded_as_in_its_edition(edition: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.xml"
    text = str(edition / "sources/b.txt")
    assert main(["encode", text, "--edition", str(edition), "-o", str(alone)]) == 0
    assert alone.read_bytes() == (edition / "letters/b.xml").read_bytes()


def test_decisions_outlast_a_run(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    letter = edition / "letters/b.xml"
    text = letter.read_text("utf-8")
    corrected = re.sub(r"<placeName[^>]*>(Whitby)</placeName>", r"\1", text)
    assert corrected != text
    letter.write_text(corrected, "utf-8")
    assert main(["adopt", str(letter), "--by", "Ann Lee"]) == 0
    assert main(["encode", "--edition", str(edition), "--force"]) == 0
    assert "Whitby</placeName>" not in letter.read_text("utf-8")
    capfd.readouterr()
    assert main(["status", str(edition)]) == 0
    assert "3 letters" in capfd.readouterr().out
