"""The text and the names of a gold edition, in the notation of marks.py.

Two line feeds part blocks, one parts lines; they are written "¶" and "/" here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from epistola.evaluate.gold import GoldError, read_gold
from epistola.model import Finding, Severity
from marks import marked
from scorer import scorer
from shared import shared

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'
ENGLISH = frozenset({"en"})

NAMES = [
    ("<p>I saw <hi>Mr Finch</hi>.</p>", "I saw Mr Finch."),
    ("<p>my <rs type='person'>old friend</rs></p>", "my old friend"),
    ("<p>a <name>Rose</name>, a <name type='ship'>Fly</name></p>", "a Rose, a Fly"),
    ("<p>Here <note>by <persName>Ann</persName></note>it is</p>", "Here it is"),
    ("<p>I saw <persName>Mr Finch</persName>.</p>", "I saw [person Mr Finch]."),
    ("<p><name type='Pers'>Ann</name></p>", "[person Ann]"),
    ("<p><settlement>Ely</settlement></p>", "[place Ely]"),
    ("<p>the <rs type='org'>the “Odd Club”</rs></p>", "the [org the “Odd Club”]"),
    ("<p><persName><persName>Ann</persName> Finch</persName></p>", "[person [person Ann] Finch]"),
    ("<p><eventName>Fair</eventName></p>", "[event Fair]"),
    ("<p><bibl>a <title>Play</title></bibl></p>", "[reference a [title Play]]"),
    ("<p><date>3<hi>d</hi> May</date> <orgName>Bank</orgName></p>", "[date 3d May] [org Bank]"),
]  # fmt: skip

TEXTS = [
    ("<p>one\n   two</p>", "one two"),
    ("<p>one</p>  <p>two</p>", "one¶two"),
    ("<opener><dateline>Ely</dateline><salute>Sir</salute></opener><p>x</p>", "Ely/Sir¶x"),
    ("<p>one <lb/> two</p>", "one/two"),
    ("<p>im<lb break='no'/>possible</p>", "impossible"),
    ("<p>a <choice><sic>teh</sic><corr>the</corr></choice> b</p>", "a the b"),
    ("<p><choice><abbr>Wm</abbr><expan>William</expan></choice></p>", "William"),
    ("<p><choice><unclear>a</unclear><unclear>b</unclear></choice></p>", "a"),
    ("<p><app><rdg>one</rdg><lem>two</lem></app></p>", "two"),
    ("<p><app><rdg>one</rdg><rdg>two</rdg></app></p>", "one"),
    ("<p>a<gap><desc>hole</desc></gap> <del>b</del> <supplied>c</supplied></p>", "a c"),
    ("<p xml:lang='fr'>non</p><p xml:lang='en-GB'>yes</p><p>so</p>", "yes¶so"),
    ("<p>the <foreign xml:lang='fr'>mot</foreign></p>", "the mot"),
    ("<div type='notes'><p>a</p></div><div><head>b</head><p>c</p></div>", "b¶c"),
    ("<!-- no --><p>a<!-- no --> b<?no?></p>", "a b"),
    ("<p>a</p><floatingText><body><p>b</p></body></floatingText>", "a¶b"),
]  # fmt: skip


def gold_file(folder: Path, body: str) -> Path:
    path = folder / "letter.xml"
    path.write_text(TEI.format(body), "utf-8")
    return path


@pytest.mark.parametrize(("body", "expected"), NAMES)
def test_names(body: str, expected: str, tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path, body), ENGLISH)
    source, wanted = marked(expected)
    assert gold.text == f"{source.text}\n"
    assert [(m.span, m.kind) for m in gold.mentions] == [(a.span, a.kind) for a in wanted]


@pytest.mark.parametrize(("body", "expected"), TEXTS)
def test_texts(body: str, expected: str, tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path, body), ENGLISH)
    assert gold.text == expected.replace("¶", "\n\n").replace("/", "\n") + "\n"


def test_what_is_said_of_a_name(tmp_path: Path) -> None:
    body = "<p><title level='j' ref='#times'>The Times</title> <persName key='a'>Ann</persName></p>"
    title, person = read_gold(gold_file(tmp_path, body), ENGLISH).mentions
    assert (title.ref, title.level) == ("#times", "j")
    assert (person.ref, person.level) == ("a", "")


def test_a_text_without_body(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<text><p>Sir</p></text>", "utf-8")
    assert read_gold(path, ENGLISH).text == "Sir\n"


@pytest.mark.parametrize(
    ("before", "body", "text"),
    [
        ("\n\n<?xml version='1.0'?>", "<p>Sir</p>", "Sir\n"),
        ("<!DOCTYPE TEI [<!ENTITY all SYSTEM 'all.xml'>]>", "<p>Sir &all;</p>", "Sir\n"),
        ("<!DOCTYPE TEI [<!ENTITY d '–'>]>", "<p>a &d; b</p>", "a – b\n"),
    ],
)
def test_what_stands_before_and_outside(before: str, body: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text(before + TEI.format(body), "utf-8")
    (tmp_path / "all.xml").write_text("never read", "utf-8")
    findings: list[Finding] = []
    assert read_gold(path, ENGLISH, findings.append).text == text
    assert findings == []


@pytest.mark.parametrize("closing", ["</hi>", ""])
def test_a_deep_file_is_read(closing: str, tmp_path: Path) -> None:
    body = f"<p>{'<hi>' * 240}Ann{closing * 240}</p>"
    assert read_gold(gold_file(tmp_path, body), ENGLISH).text == "Ann\n"


def test_a_file_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="nested more than 256 deep"):
        read_gold(gold_file(tmp_path, "<hi>" * 9_000), ENGLISH)


def test_what_is_not_well_formed_is_read_and_told(tmp_path: Path) -> None:
    findings: list[Finding] = []
    path = gold_file(tmp_path, "\n<p>I saw <persName>Ann</persName> <b>\nhere</p>")
    gold = read_gold(path, ENGLISH, findings.append)
    assert gold.text == "I saw Ann here\n"
    (finding,) = findings
    assert (finding.severity, finding.line) == (Severity.WARNING, 3)
    assert finding.message.endswith("it is read as far as it can be made out")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        ("", "the file is empty"),
        ("Sir, I am well.", "there is no element in it"),
        ("<TEI/>", "a gold edition has its text in <body>"),
        ("<?xml version='1.0' encoding='utf-7'?><TEI/>", "save the file as UTF-8"),
    ],
)
def test_what_cannot_be_read(content: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(GoldError, match=message):
        read_gold(path, ENGLISH)


@pytest.mark.parametrize("corpus", ["edgeworth", "mitford", "lowell"])
def test_gold_is_read_as_the_shared_scorer_reads_it(corpus: str) -> None:
    other = scorer()
    for path in sorted(shared("data", "letters", corpus).rglob("*.xml")):
        theirs = other.Reading(other.parse(path), gold=True)
        ours = read_gold(path, ENGLISH)
        assert ours.text == f"{theirs.text}\n", path
        end = len(theirs.text)
        names = sorted((min(s, end), min(e, end), kind) for s, e, kind in theirs.names)
        assert sorted((m.span.start, m.span.end, m.kind) for m in ours.mentions) == names, path
