"""Letters that are not to be exported, and what is told of those that are."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from epistola.__main__ import main
from epistola.exports.checked import check_letters, findings_of
from epistola.exports.gathered import gather
from exported import OURS, PERSONS, read_one, tei

EDITION = Path(__file__).parents[2] / "tei"


def codes(path: Path) -> list[str]:
    return [one.code for _, found in check_letters(gather(path)) for one in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>So.</p>", []),
        ('<p><persName ref="#p-bell">Bell</persName></p>', []),
        ('<p><persName ref="https://example.org/1">Bell</persName></p>', []),
        ('<p><persName ref="#nobody">Bell</persName></p>', ["no-entry"]),
        ('<p><persName key="71">Bell</persName></p>', ["no-entry"]),
        ('<p><name type="ship">Rose</name></p>', ["unknown-kind"]),
        ("<p><persName/>So.</p>", ["empty-name"]),
        ("<p><app><lem>a</lem><rdg>b</rdg></app></p>", ["passed-over"]),
        (
            "<listPerson><person xml:id='x'><persName>X</persName></person></listPerson>",
            ["no-letter"],
        ),
    ],
)
def test_anyone_s_letter(body: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei(body, beside=PERSONS), "utf-8")
    assert codes(tmp_path / "a.xml") == found


def test_anyone_s_letter_need_not_be_valid(tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei("<nonsense>So.</nonsense>"))
    assert letter.text == "So."
    assert findings_of(letter) == []


def test_our_letter_must_be_valid(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<nonsense>So.</nonsense>", more=OURS), "utf-8")
    assert any(code.startswith("schema") for code in codes(tmp_path / "a.xml"))


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    return copytree(EDITION, tmp_path / "tei")


def test_our_letter_must_have_the_words_of_its_source(
    seed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert codes(seed) == []
    letter = seed / "letters/ratner-2011.xml"
    letter.write_text(letter.read_text("utf-8").replace("brief comments", "brief remarks"), "utf-8")
    out = seed.parent / "out"
    assert main(["export", "html", str(seed), "-o", str(out)]) == 1
    said = capsys.readouterr().err
    assert "ratner-2011.xml: error: wording: the encoding has “remarks”" in said
    assert not out.exists()
    assert main(["export", "html", str(seed), "-o", str(out), "--unchecked"]) == 0
    assert "wording" in capsys.readouterr().err
    assert (out / "index.html").is_file()


def test_our_letter_must_point_at_something(seed: Path) -> None:
    letter = seed / "letters/ratner-2011.xml"
    whole = letter.read_text("utf-8")
    letter.write_text(whole.replace('ref="#person-otter"', 'ref="#person-nobody"'), "utf-8")
    assert "pointer" in codes(seed)
