from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from epistola.checks.wording import check_wording
from epistola.model import Severity, Source, Span
from epistola.tree.read import projection
from shared import shared

TEI = "http://www.tei-c.org/ns/1.0"


def text(inside: str) -> etree._Element:
    return etree.fromstring(f'<text xmlns="{TEI}"><body>{inside}</body></text>')


@pytest.mark.parametrize(
    ("inside", "source", "message", "at"),
    [
        ("<p>I am here</p>", "I was here", "has “am” where the source has “was” (word 2)", (2, 5)),
        ("<p>I am</p>", "I am\n\nhere", "ends where the source has “here” (word 3)", (6, 10)),
        ("<p>I am here</p>", "I am\n", "has “here” where the source ends (word 3)", (5, 5)),
        ("", "Sir", "ends where the source has “Sir” (word 1)", (0, 3)),
        ("<p>b a</p>", "a b", "has “b” where the source has “a” (word 1)", (0, 1)),
        ("<p>Mr<hi>.</hi> Marx</p>", "Mr . Marx", "has “Mr.” where the source has “Mr”", (0, 2)),
        ("<p><date>1848</date>.</p>", "1848 .", "has “1848.” where the source has “1848”", (0, 4)),
        ("<p>\u2019</p>", "'", "has “\u2019” where the source has “'”", (0, 1)),
        ("<p>a<supplied>b</supplied></p>", "a", "has “ab” where the source has “a”", (0, 1)),
        ("<p>a</p><note>b</note>", "a", "has “b” where the source ends", (1, 1)),
        ("<p>a<corr>b</corr></p>", "ab", "has “a” where the source has “ab”", (0, 2)),
    ],
)
def test_the_first_word_that_differs_is_named(
    inside: str, source: str, message: str, at: tuple[int, int]
) -> None:
    (finding,) = check_wording(text(inside), Source("a", source))
    assert message in finding.message
    assert (finding.severity, finding.code, finding.span) == (Severity.ERROR, "wording", Span(*at))


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        ("<p>I\n  am</p>", "I am"),
        ("<head>A</head><p>b</p>", "A\n\nb"),
        ("<p>a<lb/>b<pb/>c<cb/>d<milestone unit='x'/>e</p>", "a\nb\fc d e"),
        ("<p>a<lb break='no'/>b</p>", "a\nb"),
        ("<opener><salute>Sir,</salute><dateline>Bonn</dateline></opener>", "Sir,\nBonn"),
        ("<p><persName>Mr <hi>M</hi>arx</persName>\u2019s</p>", "Mr Marx\u2019s"),
        ("<p>a <sic>teh</sic><corr>the</corr> b</p>", "a teh b"),
        ("<p>a <choice><orig>ye</orig><reg>the</reg></choice> b</p>", "a ye b"),
        ("<p><choice><abbr>Xtian</abbr><expan>Christian</expan></choice></p>", "Xtian"),
        ("<p>a <supplied resp='#e'>lost</supplied> b</p>", "a b"),
        ("<p>a <supplied>[lost]</supplied> b</p>", "a [lost] b"),
        ("<p>a<note type='editorial'>c</note> b <note>d</note></p>", "a b d"),
        ("<p>a<!-- b --><?c d?> e</p>", "a e"),
        ("<p>a\u00a0b</p>", "a b"),
        ("<gap><desc>[...]</desc></gap>", "[...]"),
    ],
)
def test_what_counts_as_the_sources_words(inside: str, source: str) -> None:
    assert check_wording(text(inside), Source("a", source)) == []


@given(st.text("ab \n\f\u2019", min_size=1), st.integers(0, 50), st.sampled_from("abc"))
def test_a_word_changed_anywhere_is_found(source: str, at: int, letter: str) -> None:
    assert check_wording(paragraph(source), Source("a", source)) == []
    changed = source[:at] + letter + source[at:]
    findings = check_wording(paragraph(changed), Source("a", source))
    assert bool(findings) == (changed.split() != source.split())


def paragraph(words: str) -> etree._Element:
    element = etree.Element("p")
    element.text = words.replace("\f", " ")
    return element


def scorer() -> ModuleType:
    path = shared("score", "tei_score.py")
    spec = importlib.util.spec_from_file_location("tei_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("place", ["target", "data/letters", "data/tei/tei_test"])
def test_the_projection_is_the_scorers(place: str) -> None:
    reading = scorer().Reading
    paths = sorted(shared(*place.split("/")).rglob("*.xml"))
    compared = 0
    for path in paths[:: max(1, len(paths) // 60)]:
        root = etree.parse(path, etree.XMLParser(collect_ids=False, recover=True)).getroot()
        if texts := outermost_texts(root):
            words = [word for element in texts for word in projection(element).split()]
            assert words == reading(root, gold=False).text.split(), path
            compared += 1
    assert compared


def outermost_texts(root: etree._Element) -> list[etree._Element]:
    name = f"{{{TEI}}}text"
    return [e for e in root.iter(name) if next(e.iterancestors(name), None) is None]


def test_the_target_holds_the_seed_letter() -> None:
    root = etree.parse(shared("target", "seed-letter.xml")).getroot()
    (element,) = root.iterchildren(f"{{{TEI}}}text")
    seed = (Path(__file__).parents[2] / "tei/sources/ratner-2011.txt").read_text("utf-8")
    assert check_wording(element, Source("ratner-2011", seed)) == []
