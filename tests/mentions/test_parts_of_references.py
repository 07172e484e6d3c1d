"""Whatever the readers of references find has an element, and comes back from it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from epistola.mentions import works
from epistola.mentions.settle import HOLDS, KINDS, ONLY_INSIDE, PARTS
from epistola.mentions.works.scopes import scopes
from epistola.model import Source
from epistola.pipeline import encode
from epistola.tree.policy import POLICY

READERS = sorted(Path(works.__file__).parent.rglob("*.py"))
NO_WORDS = frozenset({"cue"})
"""Parts that tell a resolver something, and have no element: "op. cit."."""


def claimed(path: Path) -> set[str]:
    """The kinds that a reader's code names where it makes a Piece or calls for people."""
    calls = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    makers = {"Piece": 0, "people_pieces": 1}
    found: set[str] = set()
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in makers and len(call.args) > makers[name]:
            kind = call.args[makers[name]]
            found |= {str(kind.value)} if isinstance(kind, ast.Constant) else set()
    return found


def test_every_part_has_an_element() -> None:
    found = {kind for path in READERS for kind in claimed(path)} - NO_WORDS
    assert {"author", "translator", "edition", "series", "title", "date"} <= found
    assert found <= set(KINDS)
    assert found <= POLICY.keys()
    assert found <= POLICY["reference"].holds
    assert found <= HOLDS["reference"]


@pytest.mark.parametrize("kind", PARTS)
def test_every_part_stands_in_a_reference(kind: str) -> None:
    assert kind in POLICY["reference"].holds
    assert kind in HOLDS["reference"]
    assert "reference" in ONLY_INSIDE[kind]


FULL = """Leeds, 3 May 1918.

Dear Sir,

Read Hamlet, act 3, scene 2, and the Odyssey, book 3, verse 4.

Yours, A. Wren

Notes

1 A. Bly, Owls at Home, ed. G. Poe, trans. C. Dale, 2nd ed., Kent Studies in Owls, 12 (Leeds:
Owl Press, 1976), ch. 4, p. 9.

2 A. Bly, ‘On Wrens’, Owl Review, vol. 12, no. 3 (1976) 45-67, 50.
"""


def test_each_is_written() -> None:
    made = encode(FULL)
    assert made.is_sound
    written = re.sub(r"\s+", " ", made.to_bytes().decode()).partition("<text")[2]
    for element in (
        "<author>", "<editor>", '<editor role="translator">', "<edition>2nd ed.</edition>",
        '<series><title level="s">Kent Studies in Owls</title>, <biblScope unit="volume" n="12">',
        "<publisher>", "<pubPlace>", '<date when="1976">', '<title level="j"',
        '<biblScope unit="volume" n="12">', '<biblScope unit="issue" n="3">',
        '<biblScope unit="page" n="45-67">', '<citedRange unit="page" n="50">',
    ):  # fmt: skip
        assert element in written, element


def test_units_are_read_as_they_are_written() -> None:
    said = "act 3, scene 2, verse 4, line 5, col. 6, ch. 7, part 8"
    assert [(scope.unit, scope.n) for scope in scopes(Source("t", said), "en")] == [
        ("act", "3"), ("scene", "2"), ("verse", "4"), ("line", "5"), ("column", "6"),
        ("chapter", "7"), ("part", "8"),
    ]  # fmt: skip
