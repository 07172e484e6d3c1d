"""What an edition says of the languages of its letters, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola import encode
from epistola.edition import Edition, EditionError, load_edition

FRENCH = "Mon cher ami, j'ai reçu hier votre lettre et je vous en remercie de tout mon cœur."
UNCLEAR = "Smith, Brown & Lee, Boston. 24.3.1901: 17, 18, 23."


def edition(folder: Path, lines: str) -> Edition:
    folder.joinpath("edition.toml").write_text(f"[edition]\n{lines}\n", "utf-8")
    return load_edition(folder)


@pytest.mark.parametrize(
    ("lines", "text", "language"),
    [
        ("", FRENCH, "fr"),
        ("", UNCLEAR, "en"),
        ('language = "de"', FRENCH, "fr"),
        ('language = "de"', UNCLEAR, "de"),
        ('languages = ["it", "de"]', UNCLEAR, "it"),
        ('languages = ["it", "de"]\nlanguage = "de"', UNCLEAR, "de"),
        ('languages = ["de"]', FRENCH, "de"),
    ],
)
def test_the_language_of_a_letter(tmp_path: Path, lines: str, text: str, language: str) -> None:
    assert encode(text, edition=edition(tmp_path, lines)).letter.language == language


def test_what_the_caller_says_comes_first(tmp_path: Path) -> None:
    made = encode(FRENCH, edition=edition(tmp_path, 'languages = ["it"]'), language="de")
    assert made.letter.written_in == "de"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('language = "xx"', "edition.language: no words of “xx” are known; there are de, en"),
        ('languages = ["de", "xx"]', "edition.languages: no words of “xx” are known"),
        ('languages = "de"', "edition.languages must be a list of texts"),
        ('language = ["de"]', "edition.language must be a text"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(EditionError, match=message.replace(".", r"\.")):
        edition(tmp_path, lines)
