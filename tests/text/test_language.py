"""In which language a letter is: told of short texts, old ones and capitals, and how surely."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.language import codes, frequent, name_of
from epistola.model import Finding
from epistola.text.language import chosen, tell

TABLE = Path(__file__).with_name("languages.tsv")
ROWS = [
    (code, text)
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
    for code, text in [line.split("\t")]
]
DUTCH = next(text for code, text in ROWS if code == "nl")
FRENCH = next(text for code, text in ROWS if code == "fr")
UNCLEAR = "Smith, Brown & Lee, Boston. 24.3.1901: 17, 18, 23."


@pytest.mark.parametrize(("code", "text"), ROWS)
def test_told_and_sure(code: str, text: str) -> None:
    told = tell(text)
    assert told.code == code
    assert told.is_sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1848",
        UNCLEAR,
        "Hyvä ystävä, sain eilen kirjeesi ja kiitän sinua sydämestäni; lapset voivat hyvin.",
        "Kedves barátom, tegnap megkaptam leveledet, és szívből köszönöm; a gyerekek jól vannak.",
        "Cariad fach, mae'r plant yn iawn a'r tywydd yn oer iawn yma heddiw.",
    ],
)
def test_not_sure(text: str) -> None:
    assert not tell(text).is_sure


def test_one_of_some() -> None:
    assert tell(FRENCH, ["de", "it"]).code != "fr"
    assert tell(FRENCH, ["de", "fr"]).code == "fr"


def test_a_long_text_is_told_by_its_pieces() -> None:
    assert tell("1.\n" * 5000 + FRENCH).code == "fr"


@pytest.mark.parametrize("code", codes())
def test_each_language_with_words_can_be_told(code: str) -> None:
    assert code in frequent()
    assert name_of(code) != code


def test_no_word_stands_twice() -> None:
    for code, row in frequent().items():
        assert len(set(row.words)) == len(row.words), code


@pytest.mark.parametrize(
    ("text", "usual", "among", "expected"),
    [
        (FRENCH, "", (), ("fr", "fr")),
        (FRENCH, "de", (), ("fr", "fr")),
        (UNCLEAR, "", (), ("en", "en")),
        (UNCLEAR, "de", (), ("de", "de")),
        (UNCLEAR, "", ("fr", "de"), ("fr", "fr")),
        (FRENCH, "", ("de",), ("de", "de")),
        (FRENCH, "", ("de", "fr"), ("fr", "fr")),
        (DUTCH, "", (), ("en", "nl")),
        (DUTCH, "de", (), ("de", "nl")),
    ],
)
def test_chosen(text: str, usual: str, among: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert chosen(text, usual, among) == expected


def test_a_language_without_words_is_reported() -> None:
    findings: list[Finding] = []
    chosen(DUTCH, report=findings.append)
    assert [finding.code for finding in findings] == ["unknown-language"]
    assert "in Dutch, of which no words are known" in findings[0].message
    assert "those of English" in findings[0].message
