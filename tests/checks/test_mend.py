"""Fixes are applied together, again and again, and never to the words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from epistola.checks.mend import mend
from epistola.model import Edit, Finding, Severity, Span

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def replacing(raw: bytes, *pairs: tuple[str, str]) -> list[Finding]:
    """A finding for each place where the first of a pair stands; the second is its fix."""
    text = raw.decode()
    found = []
    for old, new in pairs:
        at = text.find(old)
        if at >= 0:
            edit = Edit(Span(at, at + len(old)), new)
            found.append(Finding(Severity.ERROR, "test", old, fix=(edit,)))
    return found


def document(body: str) -> bytes:
    return f"<TEI {TEI}><text>{body}</text></TEI>".encode()


def mended(body: str, *pairs: tuple[str, str]) -> tuple[str, int, int]:
    def check(raw: bytes) -> Sequence[Finding]:
        return replacing(raw, *pairs)

    made = mend(document(body), check)
    text = made.raw.decode().partition("<text>")[2].partition("</text>")[0]
    return text, made.fixes, len(made.findings)


# What is not done.


@pytest.mark.parametrize(
    ("body", "pair"),
    [
        ("<p>one two</p>", ("two", "three")),
        ("<p>one two</p>", (" two", "")),
        ("<p>one two</p>", ("one two", "two one")),
        ("<p>one two</p>", ("one two", "onetwo")),
        ("<p>one<lb/>two</p>", ("<lb/>", "")),
        ("<p>one two</p>", ("</p>", "")),
        ("<p>one two</p>", ("<p>", "<q>")),
    ],
)
def test_words_are_never_touched(body: str, pair: tuple[str, str]) -> None:
    assert mended(body, pair) == (body, 0, 1)


def test_a_bad_fix_does_not_keep_the_good_ones() -> None:
    pairs = [("two", "three"), ("<hi>", "<hi n='1'>")]
    assert mended("<p>one two <hi>x</hi></p>", *pairs)[:2] == (
        "<p>one two <hi n='1'>x</hi></p>",
        1,
    )


def test_a_fix_that_comes_back_is_left_after_some_rounds() -> None:
    text, fixes, left = mended("<p><lb n='1'/></p>", ("n='1'", "n='2'"), ("n='2'", "n='1'"))
    assert (text, fixes, left) == ("<p><lb n='2'/></p>", 1, 1)


def test_the_header_may_be_put_in_order_but_not_lose_anything() -> None:
    def swap(raw: bytes) -> Sequence[Finding]:
        return replacing(raw, ("<b>x</b><a>y</a>", "<a>y</a><b>x</b>"), ("<c>z</c>", ""))

    raw = f"<TEI {TEI}><teiHeader><b>x</b><a>y</a><c>z</c></teiHeader></TEI>".encode()
    assert b"<teiHeader><a>y</a><b>x</b><c>z</c></teiHeader>" in mend(raw, swap).raw


# What is done.


def test_a_file_without_fixes_stays_as_it_is() -> None:
    raw = document("<p>one</p>")
    assert mend(raw, lambda _: []).raw is raw


def test_fixes_go_together_and_reveal_others() -> None:
    pairs = [("<persname>", "<persName>"), ("</persname>", "</persName>")]
    findings = replacing(document("<p><persname>x</persname></p>"), *pairs)
    whole = Finding(Severity.ERROR, "name", "", fix=tuple(one.fix[0] for one in findings))

    def check(raw: bytes) -> Sequence[Finding]:
        if b"persname" in raw:
            return [whole]
        return replacing(raw, ("<p>", "<p n='1'>")) if b"<p>" in raw else []

    made = mend(document("<p><persname>x</persname></p>"), check)
    assert made.raw == document("<p n='1'><persName>x</persName></p>")
    assert (made.fixes, made.findings) == (2, ())


def test_fixes_that_overlap_wait_for_the_next_round() -> None:
    text, fixes, left = mended(
        "<p><a b='1' c='2'/></p>", ("b='1' c", "b='1' d"), ("b='1'", "e='1'"), ("c=", "x=")
    )
    assert (text, fixes, left) == ("<p><a e='1' d='2'/></p>", 2, 0)
