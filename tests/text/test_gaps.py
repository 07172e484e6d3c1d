"""What the words of a bracket tell of a gap."""

from __future__ import annotations

import pytest

from epistola.text.gaps import gap_values


@pytest.mark.parametrize(
    ("language", "inner", "expected"),
    [
        ("en", "lost", None),
        ("en", "the missing money", None),
        ("en", "word", None),
        ("en", "torn by grief", None),
        ("en", "3", None),
        ("en", "illegible", {"reason": "illegible"}),
        ("en", "Word illegible", {"reason": "illegible", "unit": "word"}),
        ("en", "two words illegible", {"reason": "illegible", "unit": "word", "quantity": "2"}),
        ("en", "3 lines torn away", {"reason": "damage", "unit": "line", "quantity": "3"}),
        (
            "en",
            "several pages missing",
            {"reason": "lost", "unit": "page", "extent": "several pages"},
        ),
        ("en", "The paper is here torn away.", {"reason": "damage"}),
        ("en", "half a page left blank", None),
        ("en", "one line blank", {"reason": "blank", "unit": "line", "quantity": "1"}),
        ("en", "two words erased", {"reason": "cancelled", "unit": "word", "quantity": "2"}),
        ("en", "...", {"reason": "omitted"}),
        ("en", "…", {"reason": "omitted"}),
        ("de", "zwei Wörter unleserlich", {"reason": "illegible", "unit": "word", "quantity": "2"}),
        ("de", "Blatt abgerissen", {"reason": "damage"}),
        ("fr", "deux mots illisibles", {"reason": "illegible", "unit": "word", "quantity": "2"}),
        ("fr", "papier déchiré", {"reason": "damage"}),
    ],
)
def test_gap_values(language: str, inner: str, expected: dict[str, str] | None) -> None:
    assert gap_values(inner, language) == expected
