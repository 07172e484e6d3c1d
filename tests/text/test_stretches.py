"""Which part the words of a text stand in."""

from __future__ import annotations

import pytest

from epistola.text.stretches import stretches
from marks import marked


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[letter plain]", []),
        ("[letter [p one] [p two]]", [("p", "one", True), ("p", "two", True)]),
        ("[p [salute Sir],--I]", [("salute", "Sir", True), ("p", ",--I", False)]),
        (
            "[p so [note he] then]",
            [("p", "so ", False), ("note", "he", True), ("p", " then", False)],
        ),
        ("[p so[anchor *] then]", [("p", "so* then", True)]),
        (
            "[opener [dateline Bath] [salute Sir]]",
            [("dateline", "Bath", True), ("salute", "Sir", True)],
        ),
        (
            "[note [label 1.] [p So.] [p No.]]",
            [("note", " ", False), ("p", "So.", True), ("note", " ", False), ("p", "No.", True)],
        ),
    ],
)
def test_stretches(line: str, expected: list[tuple[str, str, bool]]) -> None:
    source, parts = marked(line)
    found = list(stretches(parts))
    assert [(s.kind, source[s.span], s.whole) for s in found] == expected


def test_what_is_around() -> None:
    _, parts = marked("[opener [dateline Bath] [salute Sir]]")
    assert [stretch.outer for stretch in stretches(parts)] == ["opener", "opener"]
