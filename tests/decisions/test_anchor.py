"""A passage is found again in a changed text, or nowhere; a text with marks says where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.decisions.anchor import How, anchored, find
from epistola.model import Anchor, Source, Span

BEFORE = "My dear Ann, I saw [Mr. Mill] at Bath on Tuesday last, and he sends you his love."


def passage(line: str) -> tuple[Source, Span]:
    """Return a text without its brackets, and what stands between them."""
    start, end = line.index("["), line.index("]") - 1
    return Source("t", line.replace("[", "").replace("]", "")), Span(start, end)


@pytest.mark.parametrize(
    "now",
    [
        "",
        "Nothing of all that is here.",
        "My dear Ann, I saw him at Bath on Tuesday last, and he sends you his love.",
        "Mr. Mill is not at home. You will find that his brother is.",
        "My dear Ann, I saw Mr. Mill at Bath on Tuesday. " * 2,
        "Mr Mll",
    ],
)
def test_what_is_gone_or_at_two_places_is_nowhere(now: str) -> None:
    source, span = passage(BEFORE)
    anchor = anchored(source, span)
    gone = Anchor(anchor.exact, anchor.prefix, anchor.suffix, 3)
    assert find(Source("t", now), gone) is None


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("He sat [on] one of the chairs.", "He sat o one of the chairs."),
        ('He cried "Oh [Boo]! Boo! my lord, I will."', 'He cried "Oh Bo! Boo! my lord, I will."'),
        ("I am [as] tall as you are, and as old.", "I am tall as you are, and as old."),
    ],
)
def test_a_few_letters_are_not_taken_for_those_beside_them(before: str, now: str) -> None:
    assert find(Source("t", now), anchored(*passage(before))) is None


@pytest.mark.parametrize(
    ("now", "how"),
    [
        (BEFORE, How.KEPT),
        (f"{BEFORE} She is well.", How.KEPT),
        (f"Bath, 3 May.\n\n{BEFORE}", How.MOVED),
        ("My dear Ann, Mr. Hill has come. I saw [Mr. Mill] at Bath on Tuesday last.", How.MOVED),
        (BEFORE.replace("Mr. Mill", "Mr.\nMill"), How.KEPT),
        (BEFORE.replace("last", "evening"), How.KEPT),
        (BEFORE.replace("Mr. Mill", "Mr. Mills"), How.CHANGED),
        (BEFORE.replace("Mr. Mill", "Mr Mill"), How.CHANGED),
        (BEFORE.replace("Mr. Mill", "Mr. J. Mill"), How.CHANGED),
        (f"Mr. Mill. {BEFORE}", How.MOVED),
    ],
)
def test_a_passage_is_found_again(now: str, how: How) -> None:
    source, span = passage(now)
    place = find(source, anchored(*passage(BEFORE)))
    assert place is not None
    assert (place.span, place.how) == (span, how)


def test_quotation_marks_of_another_shape_are_the_same() -> None:
    source, span = passage("She said, [“Never,”] and went.")
    place = find(Source("t", 'She said, "Never," and went.'), anchored(source, span))
    assert place is not None
    assert place.span == span


def test_a_place_between_two_letters_is_found_by_what_is_around_it() -> None:
    source = Source("t", "One line here.\n\nAnother line there.")
    anchor = anchored(source, Span(16, 16))
    place = find(Source("t", f"Bath.\n\n{source.text}"), anchor)
    assert place is not None
    assert place.span == Span(23, 23)


def test_words_without_neighbours_and_place_are_found_if_they_are_there_once() -> None:
    assert find(Source("t", "I saw Mr. Mill at Bath."), Anchor("Mr. Mill")) is not None
    assert find(Source("t", "Mr. Mill, Mr. Mill"), Anchor("Mr. Mill")) is None


WORDS = st.lists(st.sampled_from("a an Ann Bath came he. I, last Mill of saw the to".split()))


@given(WORDS, st.integers(0, 40), st.integers(1, 4), st.text(max_size=30))
def test_in_the_same_text_a_passage_is_where_it_was(
    words: list[str], start: int, length: int, more: str
) -> None:
    source = Source("t", " ".join(words) + " end")
    span = Span(min(start, len(source.text) - 1), min(start + length, len(source.text)))
    if not len(span):
        return
    place = find(source, anchored(source, span))
    assert place == (span, How.KEPT)
    again = find(Source("t", source.text + more), anchored(source, span))
    assert again is None or again.span == span


@given(st.text(max_size=200), st.integers(0, 150), st.integers(0, 50), st.text(max_size=200))
def test_what_is_found_lies_in_the_text(text: str, start: int, length: int, other: str) -> None:
    source = Source("t", text)
    span = Span(min(start, len(text)), min(start + length, len(text)))
    place = find(Source("t", other), anchored(source, span))
    assert place is None or place.span in Span(0, len(other))


@given(st.text("abc de.\n", max_size=80), st.text("xyz w.\n", max_size=80))
def test_edits_elsewhere_move_nothing_away(before: str, after: str) -> None:
    passage_ = "the whole of this passage stays where it is, as do its neighbours on both sides"
    source = Source("t", f"{'k' * 40} {passage_} {'m' * 40}")
    span = Span(50, 70)
    edited = Source("t", f"{before}\n{source.text}\n{after}")
    place = find(edited, anchored(source, span))
    assert place is not None
    assert edited[place.span] == source[span]
