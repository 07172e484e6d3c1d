"""Borrowed words and phrases: which are foreign, and in which language."""

from __future__ import annotations

import pytest

from epistola import language
from epistola.gazetteer import Names
from epistola.mentions.foreign import foreign
from epistola.model import Annotation, Letter, Source
from marks import claims, marked

ROWS = {
    "en": r"""
We go via Dover, etc., and versus nobody, per cent by per cent.
They live in a pro formality of manners.
He is a provide and a vis of steam.
an ad hoc status quo, bona fide and vice versa
([foreign lang=la vide] the crisis)
the [foreign lang=la modus vivendi] they found
a [foreign lang=la MODUS VIVENDI], and a [foreign lang=la Modus vivendi]
[foreign lang=la o tempora, o mores]!
[foreign lang=la In vino veritas], said she.
[foreign lang=fr vis-à-vis] and [foreign lang=fr vis-a-vis]
a [foreign lang=fr chef d’œuvre], a [foreign lang=fr chef d'oeuvre]
a [foreign lang=fr chef-d'œuvre]
a [foreign lang=fr coup d’état] in a [foreign lang=de Weltanschauung]
[foreign lang=it Addio], then; it was [foreign lang=it dolce far niente].
a _[foreign lang=fr tête-à-tête]_ with him
[foreign lang=la sine qua non] [foreign lang=la sine die]
""",
    "fr": r"""
Il est vis-à-vis de moi, à la mode, a priori.
Son [foreign lang=la modus vivendi] est le [foreign lang=en fair play].
""",
    "de": r"""
Der Zeitgeist weht.
Er sagte [foreign lang=fr au revoir] und [foreign lang=la nolens volens] ja.
""",
}
CASES = [(code, row) for code, table in ROWS.items() for row in table.strip().splitlines()]


def found(source: Source, code: str = "en") -> list[Annotation]:
    return list(foreign(source, Letter(code), Names({})))


@pytest.mark.parametrize(("code", "row"), CASES)
def test_foreign(code: str, row: str) -> None:
    source, expected = marked(row)
    assert claims(source, found(source, code)) == claims(source, expected)


def test_a_phrase_may_be_broken_over_two_lines() -> None:
    source = Source("letter", "a modus\nvivendi")
    assert [source[a.span] for a in found(source)] == ["modus\nvivendi"]


def test_a_phrase_does_not_cross_a_blank_line() -> None:
    assert found(Source("letter", "a modus\n\nvivendi")) == []


def test_a_letter_that_grows_in_lower_case_keeps_its_offsets() -> None:
    source = Source("letter", "İstanbul, vide the map")  # İ has a small form of two characters
    assert [source[a.span] for a in found(source)] == ["vide"]


@pytest.mark.parametrize("code", language.codes())
def test_no_language_is_foreign_to_itself(code: str) -> None:
    assert code not in language.load(code)["foreign"]
