"""Laws that hold for every text and every set of annotations."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from epistola.mentions.settle import settle
from epistola.model import Annotation, Finding, Letter, Severity, Source
from epistola.pipeline import encode
from epistola.text.read import ReadError
from epistola.tree.body import DIVISIONS, build_text
from epistola.tree.read import read_text
from laws.strategies import annotated, letters
from shared import shared

slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def body_of(raw: bytes) -> etree._Element:
    text = etree.fromstring(raw, etree.XMLParser(collect_ids=False)).find("{*}text")
    assert text is not None
    return text


@slow
@given(letters)
def test_no_character_is_added_lost_or_moved(text: str) -> None:
    source, _ = read_text(body_of(encode(text).to_bytes()))
    assert source.text == text


@slow
@given(letters)
def test_every_output_validates(text: str) -> None:
    encoding = encode(text)
    errors = [f for f in encoding.findings if f.severity is Severity.ERROR]
    assert errors == []


@settings(slow, max_examples=60)
@given(letters)
def test_every_output_is_valid_tei(text: str) -> None:
    tei_all().assertValid(etree.fromstring(encode(text).to_bytes()))


@cache
def tei_all() -> etree.RelaxNG:
    path: Path = shared("data", "tei", "tei_all_4.12.0.rng")
    return etree.RelaxNG(etree.parse(str(path)))


@slow
@given(letters)
def test_the_same_input_gives_the_same_bytes(text: str) -> None:
    assert encode(text).to_bytes() == encode(text).to_bytes()


@slow
@given(letters)
def test_reading_back_and_building_again_changes_nothing(text: str) -> None:
    encoding = encode(text)
    once = body_of(encoding.to_bytes())
    source, found = read_text(once)
    again = build_text(source, encoding.letter, found)
    assert etree.tostring(again) == etree.tostring(once, with_tail=False)


@slow
@given(letters)
def test_what_is_encoded_is_what_was_found(text: str) -> None:
    encoding = encode(text)
    _, read = read_text(body_of(encoding.to_bytes()))
    misplaced = {f.span for f in encoding.findings if f.code in {"misplaced", "crossing"}}
    found = {(a.span, a.kind, a.entry) for a in encoding.annotations if a.kind not in DIVISIONS}
    back = {(a.span, a.kind, a.entry) for a in read if a.kind not in DIVISIONS}
    assert back <= found
    assert {span for span, _, _ in found - back} <= misplaced


@given(annotated())
def test_every_annotation_is_encoded_or_reported(case: tuple[Source, list[Annotation]]) -> None:
    source, annotations = case
    findings: list[Finding] = []
    text = build_text(source, Letter(), annotations, report=findings.append)
    same, encoded = read_text(text)
    assert same.text == source.text
    whole = [a for a in encoded if a.kind == "letter"]
    assert len(encoded) - len(whole) + len(findings) == len(annotations)


@given(annotated())
def test_settling_keeps_or_reports(case: tuple[Source, list[Annotation]]) -> None:
    source, annotations = case
    findings: list[Finding] = []
    settled = settle(source, annotations, findings.append)
    assert set(settled) <= set(annotations)
    assert len(settled) + len(findings) == len(annotations)
    assert settle(source, settled) == settled


@given(annotated(), st.randoms(use_true_random=False))
def test_order_of_annotations_does_not_matter(
    case: tuple[Source, list[Annotation]], rng: random.Random
) -> None:
    source, annotations = case
    shuffled = list(annotations)
    rng.shuffle(shuffled)
    assert settle(source, shuffled) == settle(source, annotations)
    built = [build_text(source, Letter(), order) for order in (shuffled, annotations)]
    assert etree.tostring(built[0]) == etree.tostring(built[1])


@pytest.mark.parametrize(
    "text", ["]]>", "&amp;", "-", "[", "1", "\u0085a", "\u00a0a\u00a0", "\f\fa\f"]
)
def test_texts_of_hardly_anything(text: str) -> None:
    encoding = encode(text)
    assert encoding.is_sound
    assert read_text(body_of(encoding.to_bytes()))[0].text == text


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\f"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="no text"):
        encode(text)
