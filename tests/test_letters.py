"""Every letter in tests/letters encodes to the .xml and the .findings beside it.

OVERRIDE=1 python -m pytest tests/test_letters.py   writes them anew; read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from epistola import encode
from epistola.model import ignore
from epistola.shown.lines import finding_line
from epistola.text.read import read

LETTERS = sorted(Path(__file__).with_name("letters").glob("*.txt"))
LANGUAGES = {"winter": "de"}


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_letter(path: Path) -> None:
    source = read(path, None, ignore)
    encoding = encode(source, language=LANGUAGES.get(path.stem, "en"))
    lines = [finding_line(finding, path.name, source) for finding in encoding.findings]
    same_as(path.with_suffix(".xml"), encoding.to_bytes().decode())
    same_as(path.with_suffix(".findings"), "".join(f"{line}\n" for line in lines))


def same_as(expected: Path, actual: str) -> None:
    if os.environ.get("OVERRIDE") == "1":
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")
