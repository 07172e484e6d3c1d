"""What a source's editor says in brackets; what may be the writer's own comes first."""

from __future__ import annotations

import pytest

from epistola.text.brackets import brackets
from marks import claims, in_order, marked
from stretched import stretched

NOTE = "note type=source place=inline"


@pytest.mark.parametrize(
    "line",
    [
        "he went \\[so he told me\\] to the house",
        "the King \\[George\\] was there",
        "a f\\[oe\\]tus and \\[OE\\]dipus",
        "so he said\\[3\\] and\\[A\\] then",
        "in 1848\\[5\\] it was",
        "it is \\[soon?\\] now",
        "it is \\[lost\\]",
        "\\[I wrote this at the inn.\\]",
        "\\[1\\] So.",
        "[gap reason=illegible [gapWords \\[illegible\\]]] of it",
        "aff[supplied \\[ectionate\\]]ly, [supplied \\[H\\]]owever",
        "in 18[supplied \\[45\\]] and 1[supplied \\[8\\]]45",
        "I hope [supplied \\[to\\]] see you; but [supplied \\[it is\\]] late",
        "a wrod [" + NOTE + " \\[sic\\]] and [" + NOTE + " \\[_sic!_\\]]",
        "Mr. [unclear Bell] [" + NOTE + " \\[?\\]] came",
        "it is [unclear \\[? soon\\]] now",
        "he is [deletion \\[crossed out: very\\]] good [addition \\[inserted: too\\]]",
        "so [note type=source place=margin \\[Sidenote: Of May.\\]] he said",
        "[" + NOTE + " \\[The rest of the letter is in his hand.\\]]",
        "a term [" + NOTE + " \\[a kind of bread. – Ed.\\]] of it",
    ],
)
def test_in_a_paragraph(line: str) -> None:
    source, expected = marked(line)
    found = in_order(brackets(source, stretched(source), "en"))
    assert claims(source, found) == claims(source, expected)


@pytest.mark.parametrize(
    "line",
    [
        "Bath,\\[3\\] 6 May, 1801",
        "\\[Postmark, Bath\\]",
        "Bath, \\[Mr. Bell's house\\]",
        "Bath, \\[12\\] May",
        "Bath, 3 May [supplied \\[1801\\]]",
        "[supplied \\[London, May 3, 1801?\\]]",
        "Bath, [supplied \\[probably June 1801\\]]",
    ],
)
def test_in_a_dateline(line: str) -> None:
    source, expected = marked(line)
    found = in_order(brackets(source, stretched(source, "dateline", "opener"), "en"))
    assert claims(source, found) == claims(source, expected)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "de",
            "er hat [supplied \\[es\\]], [gap reason=illegible [gapWords \\[unleserlich\\]]]",
        ),
        ("fr", "je crois [supplied \\[que\\]] oui [note type=source place=inline \\[sic\\]]"),
    ],
)
def test_other_languages(language: str, line: str) -> None:
    source, expected = marked(line)
    found = in_order(brackets(source, stretched(source), language))
    assert claims(source, found) == claims(source, expected)
