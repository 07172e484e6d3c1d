"""Web annotations: what they say, where Recogito sees them, and that they lose nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings

from browser import chromium
from epistola.exports import chosen, webanno
from epistola.exports.letters import ExportedLetter
from epistola.imports.merged import merge
from epistola.imports.webanno import read
from odd_letters import (
    MANY,
    again,
    bare,
    document,
    documents,
    exported,
    is_said_once,
    letters_in,
    many,
    mentions_in,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RECOGITO = Path(__file__).parents[1] / (
    "browser/node_modules/@recogito/text-annotator/dist/text-annotator.umd.js"
)
ANCHORED = """([text, annotations]) => {
  document.body.innerHTML = '<div id="letter" style="white-space: pre-wrap"></div>';
  const letter = document.getElementById('letter');
  letter.textContent = text;
  const adapter = RecogitoJS.W3CTextFormat('letter.txt', letter);
  const anno = RecogitoJS.createTextAnnotator(letter, {adapter, annotatingEnabled: false});
  anno.setAnnotations(annotations);
  const anchors = anno.state.store.all().map(one => [
    one.id, one.target.selector[0].range.toString(),
    one.bodies.filter(body => body.purpose === 'tagging').map(body => body.value)[0],
  ]);
  return [anchors, JSON.stringify(anno.getAnnotations())];
}"""
"""Shows a text, lets Recogito anchor annotations in it, and returns the words that each is on,
and what Recogito writes."""

BUNDLED = "window.process = {env: {NODE_ENV: 'production'}};"
"""What programs that pack modules for browsers put in their way."""


def written(letter: ExportedLetter, *said: str) -> bytes:
    return "".join(webanno.annotated(letter, chosen(webanno.FORMAT, said))).encode()


def test_an_annotation(tmp_path: Path) -> None:
    body = '<p>𝕳 saw <persName ref="#p-bell" cert="low">Bell</persName>.</p>'
    files = exported(webanno.FORMAT, letters_in(tmp_path, document(body)), "base=http://e.org/")
    assert files["one.txt"] == "𝕳 saw Bell."
    (one,) = json.loads(files["one.jsonld"])
    assert one == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://e.org/one.jsonld#m1",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "person"},
            {"type": "SpecificResource", "purpose": "identifying", "source": "one.xml#p-bell"},
            {"type": "TextualBody", "purpose": "describing", "value": "cert=low"},
        ],
        "target": {
            "source": "http://e.org/one.txt",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Bell",
                    "prefix": "𝕳 saw ",
                    "suffix": ".",
                },
                {"type": "TextPositionSelector", "start": 6, "end": 10},
            ],
        },
    }


def test_positions_may_count_as_javascript_does(tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, document("<p>𝕳 saw <persName>𝕭ell</persName>.</p>"))
    (one,) = json.loads(written(letter, "positions=utf-16"))
    selector = one["target"]["selector"][1]
    text = letter.text.encode("utf-16-le")
    assert text[2 * selector["start"] : 2 * selector["end"]].decode("utf-16-le") == "𝕭ell"


def test_a_letter_without_names_has_an_empty_list(tmp_path: Path) -> None:
    files = exported(webanno.FORMAT, letters_in(tmp_path, document("<p>Nobody.</p>")))
    assert json.loads(files["one.jsonld"]) == []


@pytest.mark.parametrize("said", ["positions=code-points", "positions=utf-16"])
@settings(max_examples=40)
@given(letter=documents)
def test_the_way_there_and_back_loses_nothing(said: str, letter: str) -> None:
    with TemporaryDirectory() as folder:
        for one in letters_in(Path(folder), letter):
            marks, findings = read(written(one, said), one)
            assert (findings, len(marks)) == ([], len(one.mentions))
            assert not merge(one, marks).is_changed
            assume(is_said_once(one))
            naked = bare(Path(folder) / "bare", one)
            merged = merge(naked, marks)
            assert (merged.findings, merged.added) == ((), len(one.mentions))
            assert mentions_in(again(Path(folder) / "bare", merged, naked)) == mentions_in(one)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not RECOGITO.is_file():
        pytest.skip("needs Recogito: npm ci --prefix tests/browser")
    with chromium() as started:
        yield started


def anchored(browser: Browser, letter: ExportedLetter) -> tuple[list[tuple[str, str, str]], bytes]:
    page = browser.new_page()
    try:
        page.add_script_tag(content=BUNDLED)
        page.add_script_tag(path=RECOGITO)
        made = json.loads(written(letter, "positions=utf-16"))
        found: list[Any]
        found, again = page.evaluate(ANCHORED, [letter.text, made])
        anchors = [(str(one), str(words), str(kind)) for one, words, kind in found]
        return anchors, str(again).encode()
    finally:
        page.close()


def test_recogito_anchors_them_to_the_same_words(browser: Browser, tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, document())
    anchors, written_there = anchored(browser, letter)
    found = {one: (words, kind) for one, words, kind in anchors}
    assert found == {
        f"one.jsonld#m{number}": (mention.text, mention.kind)
        for number, mention in enumerate(letter.mentions, 1)
    }
    marks, findings = read(written_there, letter)
    assert (len(marks), findings) == (len(letter.mentions), [])
    assert not merge(letter, marks).is_changed


def test_what_recogito_writes_comes_into_a_letter(browser: Browser, tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, document())
    _, written_there = anchored(browser, letter)
    naked = bare(tmp_path / "bare", letter)
    marks, _ = read(written_there, naked)
    merged = merge(naked, marks)
    assert mentions_in(again(tmp_path / "bare", merged, naked)) == mentions_in(letter)


def test_recogito_anchors_many(browser: Browser, tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, many(300))
    found, _ = anchored(browser, letter)
    assert len(found) == 300
    assert {(words, kind) for _, words, kind in found} == {("Bell", "person")}


def test_a_person_that_is_mentioned_very_often(tmp_path: Path) -> None:
    (letter,) = letters_in(tmp_path, many())
    marks, findings = read(written(letter), letter)
    assert (len(marks), findings) == (MANY, [])
    assert not merge(letter, marks).is_changed
