"""Quotations of several paragraphs: found by their marks, joined once they stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.mentions.works.continued import chained, continued
from epistola.model import Annotation, Source, Span
from epistola.pipeline import encode


def pieces(text: str) -> list[list[str]]:
    source = Source("t", text)
    return [[source[piece] for piece in found] for found in continued(source)]


@pytest.mark.parametrize(
    "text",
    [
        "He said: “I was there.\n\nAnd I left.”",  # the second paragraph has no mark of its own
        "He said: “I was there.”\n\n“And I left,” he said.",
        "He said: “I was there.\n\n“And I left.\n\nNobody closed it.",
        'It was 6" wide.\n\n"It was good," he said.',
        "The Workers’ club.\n\n‘Yes,’ he said.",
        "",
        "“",
    ],
)
def test_what_is_no_quotation_of_several_paragraphs(text: str) -> None:
    assert pieces(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He: “I went.\n\n“I saw.”", [["I went.", "I saw."]]),
        ('He: "I went.\n\n"I saw.\n\n"I left," and so on.', [["I went.", "I saw.", "I left,"]]),
        ("“A.” He: “I said ‘no’.\n\n“I ‘saw’.”", [["I said ‘no’.", "I ‘saw’."]]),
        ("Er: „Ich ging.\n\n„Ich kam.“", [["Ich ging.", "Ich kam."]]),
        ("Il dit : «J’allai.\n\n«Je vins.»", [["J’allai.", "Je vins."]]),
        ("“I went.\nI came.\n\n“I left.”", [["I went.\nI came.", "I left."]]),
    ],
)
def test_the_pieces_of_a_quotation(text: str, expected: list[list[str]]) -> None:
    assert pieces(text) == expected


TWO = "Sir,\n\nHe said: “I went there with him.\n\n“And I saw it all.”\n\nTom Pell\n"


def test_the_pieces_point_to_each_other() -> None:
    encoded = encode(TWO)
    spoken = list(encoded.tree.iter("{*}q", "{*}quote"))
    ids = [e.get("{http://www.w3.org/XML/1998/namespace}id") for e in spoken]
    assert encoded.findings == ()
    assert [(e.get("next"), e.get("prev")) for e in spoken] == [
        (f"#{ids[1]}", None),
        (None, f"#{ids[0]}"),
    ]


def test_pieces_of_which_one_was_left_out_are_not_joined() -> None:
    piece = Annotation(Span(4, 9), "quote", "quoted.continued", {"piece": "4/1/2"})
    assert chained([Annotation(Span(0, 9), "p", "p"), piece])[1].values == {"piece": "4/1/2"}


@given(st.text(alphabet='ab “”‘’"«»„\n', max_size=80))
def test_pieces_lie_apart_each_within_a_paragraph(text: str) -> None:
    source = Source("t", text)
    found = [piece for one in continued(source) for piece in one]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all("\n\n" not in source[piece] for piece in found)
