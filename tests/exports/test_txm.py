"""Letters in tokens: valid TEI, and the very same text."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from lxml import etree

from epistola.exports import txm
from epistola.exports.entries import XML_ID, T
from epistola.exports.gathered import Letters, gather
from epistola.exports.tokens import tokens
from epistola.pipeline import encode
from epistola.text.read import as_source
from jing import jing
from laws.strategies import letters as plain_letters
from odd_letters import MANY, document, documents, exported, letters_in, many
from shared import shared

ROOT = Path(__file__).parents[2]
TEI_ALL = "data/tei/tei_all_4.12.0.rng"


def made(folder: Path, letters: Letters) -> Letters:
    """The letters in tokens, written and read."""
    folder.mkdir()
    for name, content in exported(txm.FORMAT, letters).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8", newline="")
    return gather(folder)


def joined(root: etree._Element) -> str:
    """What the tokens of a text make without white space, but for the elements without tokens."""
    text = root.find(f"{T}text")
    assert text is not None
    return "".join("".join(map(str, e.itertext())) for e in text.iter(f"{T}w", f"{T}pc"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>So, <hi>un</hi>kind.</p>",
            '<p><w xml:id="w_one_1" join="right">So</w><pc xml:id="w_one_2">,</pc>'
            ' <hi><w xml:id="w_one_3" part="I" join="right">un</w></hi>'
            '<w xml:id="w_one_3.6" part="F" join="right">kind</w><pc xml:id="w_one_4">.</pc></p>',
        ),
        (
            "<p>1<lb/>2<!-- x --> &amp;</p>",
            '<p><w xml:id="w_one_1">1</w><lb/><w xml:id="w_one_2">2</w><!-- x -->'
            ' <pc xml:id="w_one_3">&amp;</pc></p>',
        ),
        (
            "<p><choice><sic>teh</sic><corr>the</corr></choice></p>",
            '<p><choice><sic><w xml:id="w_one_1">teh</w></sic><corr>the</corr></choice></p>',
        ),
        (
            '<p xml:id="w_one_1">See <gap><desc>torn off</desc></gap></p>',
            '<p xml:id="w_one_1"><w xml:id="ww_one_1">See</w> <gap><desc>torn off</desc></gap></p>',
        ),
    ],
)
def test_tokens(body: str, expected: str, tmp_path: Path) -> None:
    text = exported(txm.FORMAT, letters_in(tmp_path, document(body)))["one.xml"]
    assert text[text.index("<body>") + 6 : text.index("</body>")] == expected


@settings(max_examples=60)
@given(documents)
def test_the_text_and_the_mentions_are_the_same(written: str) -> None:
    with TemporaryDirectory() as folder:
        letters = letters_in(Path(folder, "in"), written)
        before = list(letters)
        assume(before)
        for one, other in zip(before, made(Path(folder, "out"), letters), strict=True):
            assert other.text == one.text
            assert joined(other.root) == "".join(one.text.split())
            told = [[(m.span, m.kind, m.key) for m in each.mentions] for each in (one, other)]
            assert told[0] == told[1]


@settings(max_examples=25)
@given(plain_letters.filter(lambda source: "\f" not in source))
def test_the_text_of_what_we_encode_is_the_same(source: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "in", "one.xml")
        path.parent.mkdir()
        path.write_bytes(encode(as_source("one", source)).to_bytes())
        before = list(gather(path.parent))
        assume(before)
        (other,) = made(Path(folder, "out"), gather(path.parent))
        assert other.text == before[0].text


def test_tokens_have_ids_of_their_own_in_order(tmp_path: Path) -> None:
    (one,) = made(tmp_path / "out", letters_in(tmp_path / "in", document()))
    found = [str(e.get(XML_ID)) for e in one.root.iter(f"{T}w", f"{T}pc")]
    whole = [e for e in one.root.iter(f"{T}w", f"{T}pc") if e.get("part", "I") == "I"]
    assert len(set(found)) == len(found)
    assert len(whole) == len(tokens(one.text))


def test_join_says_where_no_space_is(tmp_path: Path) -> None:
    (one,) = made(tmp_path / "out", letters_in(tmp_path / "in", document()))
    spaced = "".join(
        "".join(map(str, e.itertext())) + (" " if e.get("join") != "right" else "")
        for e in one.root.iter(f"{T}w", f"{T}pc")
    )
    assert spaced.split() == one.text.split()


def test_what_is_written_is_valid_by_tei_itself(tmp_path: Path) -> None:
    tei_all = shared(TEI_ALL)
    letters = [letters_in(tmp_path / "in", document()), gather(ROOT / "tei")]
    letters += [gather(path) for path in sorted((ROOT / "tests/letters").glob("*.xml"))]
    for number, some in enumerate(letters):
        if list(some):
            folder = tmp_path / f"out{number}"
            made(folder, some)
            assert jing(tei_all, sorted(folder.rglob("*.xml"))) == []


def test_a_person_that_is_mentioned_very_often(tmp_path: Path) -> None:
    (one,) = made(tmp_path / "out", letters_in(tmp_path / "in", many()))
    assert len(one.mentions) == MANY
