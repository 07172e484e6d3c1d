"""What is learned is the same each time, is used, and never seen where it is measured."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from epistola.edition import Edition
from epistola.evaluate.gold import Gold, Mention, read_gold
from epistola.mentions.learned.features import Ruled, rows, ruled
from epistola.mentions.learned.model import (
    PARTLY,
    RIGHT,
    RULES_ALONE,
    WRONG,
    Model,
    ModelError,
    models_in,
    sums,
)
from epistola.model import Annotation, Source, Span
from epistola.pipeline import recognised
from epistola.training.examples import Example, fold_of, from_gold, from_text
from epistola.training.fit import Fold, cases_of, fit, held_back, unseen, verdict
from epistola.training.texts import TextsError, plain_letters
from training_gold import write

ENGLISH = frozenset({"en"})


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    folder = write(tmp_path_factory.mktemp("gold"), 24)
    golds = [read_gold(path, ENGLISH) for path in sorted(folder.iterdir())]
    return [example for gold in golds if (example := from_gold(gold, "en"))]


@pytest.fixture(scope="module")
def folds(examples: Sequence[Example]) -> list[Fold]:
    return list(held_back(examples, []))


@pytest.fixture(scope="module")
def model(examples: Sequence[Example], folds: Sequence[Fold]) -> Model:
    return fit(examples, [], folds)


def test_every_word_in_capitals_has_a_row_and_a_label(examples: Sequence[Example]) -> None:
    for example in examples:
        assert len(example.rows) == len(example.labels) == len(example.found.words)
        named = {
            example.found.text(at, at) for at, label in enumerate(example.labels) if label != "O"
        }
        assert "Garden" not in named
        assert named & {"Bath", "Dublin", "Ely", "Norwich", "Leeds"}


def test_a_name_begins_with_a_b(examples: Sequence[Example]) -> None:
    labels = [label for example in examples for label in ["O", *example.labels]]
    for before, label in pairwise(labels):
        if label.startswith("I"):
            assert before[2:] == label[2:]


def test_the_same_letters_give_the_same_weights(
    examples: Sequence[Example], folds: Sequence[Fold], model: Model
) -> None:
    assert fit(examples, [], folds) == model


def test_each_letter_is_held_out_once(examples: Sequence[Example], folds: Sequence[Fold]) -> None:
    parts = [example.name for fold in folds for example in fold.part]
    assert sorted(parts) == sorted(example.name for example in examples)
    assert len({fold_of(name, 5) for name in parts}) > 1
    assert unseen(folds, 0).tagger == folds[0].tagger != folds[1].tagger


def test_what_is_learned_is_used(model: Model) -> None:
    source = Source("a", "Dear Madam,\n\nI saw Miss Wren at Bath, and the Garden was green.\n")
    with_model = recognised(source, Edition(models={"en": model}), "en").known.annotations
    without = recognised(source, Edition(models=RULES_ALONE), "en").known.annotations
    other = recognised(source, Edition(models={"de": model}), "en").known.annotations
    assert without == other
    assert [(a.span, a.kind) for a in with_model] == [(a.span, a.kind) for a in without]
    assert {a.certainty for a in with_model if a.kind == "person"} != {
        a.certainty for a in without if a.kind == "person"
    }


def test_only_persons_and_places_are_touched(model: Model) -> None:
    text = "Dear Madam,\n\nThe Bank of Ireland wrote to Robert Ling on 3 May 1820.\n"
    made = recognised(Source("a", text), Edition(models={"en": model}), "en").mentions
    without = recognised(Source("a", text), Edition(models=RULES_ALONE), "en").mentions
    assert [a for a in made if a.kind not in {"person", "place"}] == [
        a for a in without if a.kind not in {"person", "place"}
    ]


@pytest.mark.parametrize("text", ["\n", "no capital at all\n", "1820\n"])
def test_a_text_without_capitals_is_left_alone(model: Model, text: str) -> None:
    source = Source("a", text)
    made = recognised(source, Edition(models={"en": model}), "en").mentions
    assert made == recognised(source, Edition(models=RULES_ALONE), "en").mentions


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Garden", WRONG),
        ("Finch", PARTLY),
        ("Mr. Finch", RIGHT),
        ("Mr. Finch's", RIGHT),
        ("Mr. Finch's Garden", PARTLY),
    ],
)
def test_verdicts(name: str, answer: str) -> None:
    text = "I saw Mr. Finch's Garden, and told Lady Thrale of it."
    spans = [Span(6, 15), Span(35, 46)]
    gold = Gold("a", text, tuple(Mention(span, "person") for span in spans))
    example = from_gold(gold, "en")
    assert example
    at = text.index(name)
    assert verdict(Annotation(Span(at, at + len(name)), "person"), example) == answer


def test_the_judge_sees_all_names_of_the_rules(examples: Sequence[Example], model: Model) -> None:
    for example in examples:
        ruled_names = [a for a in example.settled if a.kind in {"person", "persons", "place"}]
        assert len(list(cases_of(example, model))) >= len(ruled_names) > 0


def test_a_letter_that_is_not_tagged_throughout_teaches_nothing() -> None:
    text = "He saw " + ", ".join(["Mr. Finch", "Ann Dace", "Mrs. Hollis", "Dr. Corby"] * 4)
    assert from_gold(Gold("a", text, (Mention(Span(7, 16), "person"),)), "en") is None


def test_a_plain_letter_is_labelled_by_the_rules() -> None:
    example = from_text(Source("a", "I saw Mr. Finch at Bath."), "en")
    assert [label for label in example.labels if label != "O"] == [
        "B-person", "I-person", "B-place",
    ]  # fmt: skip


def test_rows_say_what_the_rules_say() -> None:
    example = from_text(Source("b", "I saw Mr. Finch."), "en")
    said = ruled(example.found, example.settled)
    assert said[-1] == Ruled("person", "persons.titled", "I")
    assert "rule=Ipersons.titled" in rows(example.found, example.settled, "en")[-1]


# ---- what is read


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "there is no letter in it"),
        ("not JSON\n", ":1: each line must be a JSON object"),
        ('{"id": "a", "text": "b"}\n{"id": "a"}\n', ":2: each line must be a JSON object"),
        ("[]\n", ":1: each line must be a JSON object"),
    ],
)
def test_plain_letters_that_cannot_be_read(tmp_path: Path, lines: str, message: str) -> None:
    path = tmp_path / "letters.jsonl"
    path.write_text(lines, "utf-8")
    with pytest.raises(TextsError, match=message):
        plain_letters(path, 3)


def test_plain_letters_are_drawn_by_name(tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / f"{name}.txt").write_text(f"Dear {name}", "utf-8")
    few = plain_letters(tmp_path, 3)
    assert [source.name for source in few] == [s.name for s in plain_letters(tmp_path, 8)][:3]


def test_no_model_where_none_is(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no model in it"):
        models_in(tmp_path)
    with pytest.raises(ModelError, match="no model: No such file"):
        models_in(tmp_path / "none")


def test_a_damaged_model_is_refused(tmp_path: Path, model: Model) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "weights.sha256").write_text(sums(model), "utf-8")
    (folder / "judge.crf").write_bytes(model.judge)
    (folder / "tagger.crf").write_bytes(model.tagger)
    assert models_in(tmp_path) == {"en": model}
    (folder / "tagger.crf").write_bytes(model.tagger[:-1])
    with pytest.raises(ModelError, match="a file is damaged"):
        models_in(tmp_path)
    (folder / "weights.sha256").unlink()
    with pytest.raises(ModelError, match="No such file"):
        models_in(tmp_path)
