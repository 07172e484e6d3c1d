"""However many letters are exported, no more memory is used than for a few."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from epistola.exports import (
    FolderFormat,
    LettersFormat,
    chosen,
    conll,
    csv,
    json,
    text,
    txm,
    webanno,
)
from epistola.exports.gathered import Letters, choosing
from odd_letters import letters_in, many

ALL = {"csv": csv, "json": json, "text": text, "webanno": webanno, "conll": conll, "txm": txm}


def peak(one: LettersFormat | FolderFormat, letters: Letters) -> int:
    letters = choosing(letters, chosen(one, []))
    tracemalloc.start()
    if isinstance(one, FolderFormat):
        for file in one.write(letters):
            for _ in file.parts:
                pass
    else:
        for _ in one.write(letters):
            pass
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


@pytest.mark.parametrize("name", ALL)
def test_memory_does_not_grow_with_the_letters(name: str, tmp_path: Path) -> None:
    one = ALL[name].FORMAT
    few = peak(one, letters_in(tmp_path / "few", *[many(200)] * 3))
    assert peak(one, letters_in(tmp_path / "more", *[many(200)] * 30)) < few * 1.5
