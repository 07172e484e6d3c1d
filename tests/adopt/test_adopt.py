"""What somebody corrected in a letter's TEI comes back: a correction, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from epistola.adopt.adopt import Adopted, adopt
from epistola.adopt.claims import Claim, claims
from epistola.decisions.anchor import anchored
from epistola.edition import Edition
from epistola.mentions.learned.model import RULES_ALONE
from epistola.model import Action, Decision, Source, Span
from epistola.pipeline import Encoding, encode
from epistola.text.read import ReadError

LETTER = (
    "Bonn, 3 May 1848.\n\nDear Sir,\n\nI saw Mr. Mill in Paris teh other day, and Ann Lee recd my"
    " lettre there.\n\nYours truly,\nJohn Smith\n"
)
SOURCE = Source("letter", LETTER)
RULES = Edition(models=RULES_ALONE)


def make(decisions: Sequence[Decision] = ()) -> Encoding:
    return encode(SOURCE, edition=RULES, decisions=decisions)


FILE = make().to_bytes().decode()
MILL = re.search("<persName[^>]*>Mr. Mill</persName>(?= in)", FILE)[0]  # type: ignore[index]
PARIS = re.search("<placeName[^>]*>Paris</placeName>(?= teh)", FILE)[0]  # type: ignore[index]
LEE = re.search("<persName[^>]*>Ann Lee</persName>(?= recd)", FILE)[0]  # type: ignore[index]


def adopted(*changes: tuple[str, str], known: Sequence[Decision] = ()) -> Adopted:
    """Change the file of the letter, and adopt that."""
    text = FILE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return adopt(text.encode(), make, known)


def said(made: Adopted) -> list[tuple[str, str, str]]:
    return [(str(d.action), d.kind, d.target.exact) for d in made.decisions]


def all_claims(encoding: Encoding) -> dict[tuple[Span, str], Claim]:
    text = encoding.tree.find("{*}text")
    assert text is not None
    return claims(text, SOURCE)


def test_nothing_changed_is_nothing_adopted() -> None:
    assert adopted() == Adopted((), ())


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"no XML", "not well-formed"),
        (b"<TEI/>", "no TEI document"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "no TEI document"),
        (b'<text xmlns="http://www.tei-c.org/ns/1.0"/>', "no TEI document"),
    ],
)
def test_what_is_no_letter_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        adopt(raw, make)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("teh other", "the other", "it has “the” where the text has “teh” (word 13)"),
        ("there.</p>", "there</p>", "it has “there” where the text has “there.”"),
        ("Dear Sir,", "Dear good Sir,", "it has “good” where the text has “Sir,”"),
        (">John Smith</persName></signed>", ">John</persName></signed>", "it ends where"),
        (
            ">John Smith</persName></signed>",
            ">John Smith</persName> Esq.</signed>",
            "it has “Esq.” where the text ends",
        ),
    ],
)
def test_other_words_are_told_with_their_line_and_nothing_is_adopted(
    old: str, new: str, message: str
) -> None:
    made = adopted((old, new), (PARIS, "Paris"))
    assert made.decisions == ()
    (finding,) = made.findings
    assert finding.message.startswith(message)
    assert finding.line > 100


CORRECTIONS = {
    "a tag taken away": ((PARIS, "Paris"), [("reject", "place", "Paris")]),
    "a new tag": (
        ("lettre", '<foreign xml:lang="fr">lettre</foreign>'),
        [("add", "foreign", "lettre")],
    ),
    "another kind": (
        (LEE, '<orgName ref="#org-lee">Ann Lee</orgName>'),
        [("relabel", "org", "Ann Lee")],
    ),
    "other bounds": (
        (MILL, 'Mr. <persName ref="#person-mill">Mill</persName>'),
        [("retag", "person", "Mill")],
    ),
    "another entry": (
        (LEE, '<persName ref="#person-lee-a">Ann Lee</persName>'),
        [("accept", "person", "Ann Lee")],
    ),
    "no entry": ((LEE, "<persName>Ann Lee</persName>"), [("accept", "person", "Ann Lee")]),
    "certain now": (
        (LEE, '<persName ref="#person-lee">Ann Lee</persName>'),
        [("accept", "person", "Ann Lee")],
    ),
    "another date": (
        ('<date when="1848-05-03">3 May 1848</date>.', '<date when="1848-05">3 May 1848</date>.'),
        [("accept", "date", "3 May 1848")],
    ),
    "no date": (
        ('<date when="1848-05-03">3 May 1848</date>.', "<date>3 May 1848</date>."),
        [("accept", "date", "3 May 1848")],
    ),
    "a correction": (
        ("teh", "<choice><sic>teh</sic><corr>the</corr></choice>"),
        [("choice", "sic", "teh")],
    ),
    "a correction on lines of its own": (
        ("teh", "<choice>\n  <sic>teh</sic>\n  <corr>the</corr>\n</choice>"),
        [("choice", "sic", "teh")],
    ),
    "a regular form": (
        ("lettre", "<choice><orig>lettre</orig><reg>letter</reg></choice>"),
        [("choice", "orig", "lettre")],
    ),
    "an abbreviation": (
        ("recd", "<choice><abbr>recd</abbr><expan>rec<ex>eive</ex>d</expan></choice>"),
        [("choice", "abbr", "recd")],
    ),
    "an error without a correction": (("teh", "<sic>teh</sic>"), [("add", "sic", "teh")]),
    "a note": (
        ("lettre", 'lettre<note type="editorial">It is <hi>lost</hi>.</note>'),
        [("note", "remark", "lettre")],
    ),
    "a note at the head of a paragraph": (
        (">I saw", '><note type="editorial">So.</note>I saw'),
        [("note", "remark", "")],
    ),
    "what the page sets off": (("other", "<hi>other</hi>"), [("add", "highlight", "other")]),
    "a part of the letter": (
        ("<salute>Dear Sir,</salute>", "Dear Sir,"),
        [("reject", "salute", "Dear Sir,")],
    ),
}


@pytest.mark.parametrize(("change", "wanted"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_becomes_a_decision_that_brings_it_back(
    change: tuple[str, str], wanted: list[tuple[str, str, str]]
) -> None:
    made = adopted(change)
    assert said(made) == wanted
    assert [f.message for f in made.findings] == []
    again = make(made.decisions)
    assert again.is_sound
    assert adopt(FILE.replace(*change).encode(), make, made.decisions).decisions == ()
    assert adopt(again.to_bytes(), make, made.decisions) == Adopted((), ())


LOST = {
    "a tag that this encoding lacks": (("lettre", "<emph>lettre</emph>"), "<emph> is no tag"),
    "an attribute": ((LEE, LEE.replace("<persName", '<persName type="x"')), "type of the person"),
    "an address elsewhere": (
        (LEE, '<persName ref="https://example.org/1">Ann Lee</persName>'),
        "ref of the person",
    ),
    "a comment": (("lettre", "lettre<!-- sic -->"), "a comment is not kept"),
    "words supplied": (("lettre", 'lettre<supplied resp="#e"> to</supplied>'), "<supplied>"),
    "a second reading": (
        ("teh", "<choice><sic>teh</sic><corr>the</corr><corr>his</corr></choice>"),
        "<corr> is not kept",
    ),
    "the header": (("automatic structuring", "manual structuring"), "<titleStmt> in the header"),
    "an entry": (("<placeName>Bonn</placeName>", "<placeName>Bonna</placeName>"), "place-bonn"),
}


@pytest.mark.parametrize(("change", "message"), LOST.values(), ids=LOST)
def test_what_cannot_be_kept_is_told_with_its_line(change: tuple[str, str], message: str) -> None:
    made = adopted(change)
    found = [f for f in made.findings if message in f.message]
    assert len(found) == 1
    assert found[0].code == "not-adopted"
    assert found[0].line > 0


def test_what_tei_does_not_allow_is_told_and_the_rest_adopted() -> None:
    made = adopted(("Sir,</salute>", "<p>Sir,</p></salute>"), (PARIS, "Paris"))
    assert said(made) == [("reject", "place", "Paris")]
    (finding,) = made.findings
    assert (finding.code, finding.line > 0) == ("not-adopted", True)


def test_a_file_of_another_version_is_told() -> None:
    text = re.sub('ident="epistola" version="[^"]*"', 'ident="epistola" version="0.0"', FILE)
    codes = [f.code for f in adopt(text.encode(), make).findings]
    assert codes == ["other-version"]


def test_who_corrected_is_whom_the_file_names_else_whom_the_caller_does() -> None:
    text = FILE.replace(
        "teh", '<choice><sic>teh</sic><corr resp="#al">the</corr></choice>'
    ).replace(PARIS, "Paris")
    text = text.replace(
        "</titleStmt>",
        '<respStmt xml:id="al"><resp>notes</resp><name>Ann Lee</name></respStmt></titleStmt>',
    )
    made = adopt(text.encode(), make, creator="Zoe", created="2026-11-24")
    assert {d.kind: d.creator for d in made.decisions} == {"sic": "Ann Lee", "place": "Zoe"}
    assert {d.created for d in made.decisions} == {"2026-11-24"}


def test_a_decision_taken_back_in_the_file_is_decided_anew() -> None:
    start = LETTER.index("teh")
    old = Decision(Action.CHOICE, anchored(SOURCE, Span(start, start + 3)), "sic", text="the")
    assert said(adopt(FILE.encode(), make, [old])) == [("reject", "sic", "teh")]


# --- any corrections at all --------------------------------------------------------------

NAMES = ("persName", "placeName", "orgName", "term", "title", "date", "hi", "sic")


@st.composite
def corrected(draw: st.DrawFn) -> bytes:
    """The file with tags around random words taken away, and others put there."""
    text = FILE
    for tag in (MILL, PARIS, LEE):
        if draw(st.booleans()):
            text = text.replace(tag, re.sub("<[^>]*>", "", tag))
    for word in ("teh", "other", "day", "recd", "lettre"):
        name = draw(st.sampled_from([*NAMES, ""]))
        if name:
            text = text.replace(f" {word}", f" <{name}>{word}</{name}>")
    return text.encode()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corrected())
def test_adopted_and_encoded_it_says_the_same(raw: bytes) -> None:
    made = adopt(raw, make)
    text = etree.fromstring(raw, etree.XMLParser(collect_ids=False)).find("{*}text")
    assert text is not None
    again = make(made.decisions)
    wanted, have = claims(text, SOURCE), all_claims(again)
    assert made.findings == ()
    assert wanted.keys() == have.keys()
    assert adopt(raw, make, made.decisions).decisions == ()
