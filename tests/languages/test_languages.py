"""Each language: its file is whole, and a table shows what is found of it, stage by stage.

A table is NAME.tsv in this folder, NAME being the language's name in small letters; a row has
the stage and a line in the notation of tests/marks.py. See docs/languages.md.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from epistola import gazetteer, language
from epistola.gazetteer import Names
from epistola.language.complete import faults as faults_of
from epistola.language.complete import unlike
from epistola.mentions.dates.grammar import dates
from epistola.mentions.foreign import foreign
from epistola.mentions.names.organisations import organisations
from epistola.mentions.names.persons import persons
from epistola.mentions.names.places import places
from epistola.mentions.works.references import references
from epistola.mentions.works.titles import titles
from epistola.model import Annotation, Letter, Source
from epistola.text.letter import structure
from marks import in_order, marked

TABLES = sorted(Path(__file__).parent.glob("*.tsv"))
CODES = {row.name.lower(): code for code, row in language.frequent().items()}
Recogniser = Callable[[Source, Letter, Names], Iterable[Annotation]]
STAGES: dict[str, tuple[Recogniser, frozenset[str]]] = {
    "dates": (dates, frozenset({"date"})),
    "persons": (persons, frozenset({"person", "persons"})),
    "places": (places, frozenset({"place"})),
    "organisations": (organisations, frozenset({"org"})),
    "titles": (titles, frozenset({"title"})),
    "references": (references, frozenset({"reference", "scope", "citedRange"})),
    "foreign": (foreign, frozenset({"foreign"})),
}
PARTS = frozenset(
    "head byline dateline address salute p valediction signed postscript note".split()
)


def rows() -> Iterator[tuple[str, str, str]]:
    for table in TABLES:
        for line in table.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                stage, row = line.split("\t")
                yield CODES[table.stem], stage, row.replace("\\n", "\n")


def found_in(source: Source, code: str, stage: str) -> Iterator[Annotation]:
    if stage == "parts":
        yield from (a for a in structure(source, code) if a.kind in PARTS)
        return
    recognise, kinds = STAGES[stage]
    found = recognise(source, Letter(code), gazetteer.load())
    yield from (a for a in found if a.kind in kinds)


@pytest.mark.parametrize(("code", "stage", "row"), list(rows()))
def test_what_is_found(code: str, stage: str, row: str) -> None:
    source, wanted = marked(row)
    kinds = PARTS if stage == "parts" else STAGES[stage][1]
    wanted = [a for a in wanted if a.kind in kinds]
    found = in_order(found_in(source, code, stage))
    assert [(a.kind, source[a.span]) for a in found] == [(a.kind, source[a.span]) for a in wanted]
    for mine, theirs in zip(found, wanted, strict=True):
        assert theirs.values.items() <= mine.values.items()


@pytest.mark.parametrize("code", language.codes())
def test_a_language_has_every_word_that_the_code_asks_for(code: str) -> None:
    assert list(faults_of(code)) == []


def test_what_lacks_is_said_in_one_sentence() -> None:
    broken = copy.deepcopy(language.load(language.PATTERN))
    del broken["dates"]["months"]
    broken["persons"]["titles"] = []
    del broken["rights"]
    assert list(unlike("xx", broken)) == [
        "xx.toml: [dates] lacks “months”; write its words, or “months = []” if there are none",
        "xx.toml: [persons] “titles” must be a text, as in en.toml",
        "xx.toml: lacks “rights”; write its words, or “rights = {}” if there are none",
    ]


def test_a_table_is_of_a_language_there_is() -> None:
    assert {CODES[table.stem] for table in TABLES} <= set(language.codes())
