"""What an editor decides beats the machine: a text, what is decided, and the tags that stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from epistola.decisions.anchor import anchored
from epistola.decisions.judge import judged
from epistola.decisions.obey import obey
from epistola.edition import Edition
from epistola.mentions.learned.model import RULES_ALONE
from epistola.mentions.settle import KINDS
from epistola.model import Action, Anchor, Annotation, Decision, Entry, EntryId, Source, Span
from epistola.pipeline import SHOWN, Encoding, encode
from epistola.registers.register import Register
from epistola.tree.body import build_text
from epistola.tree.policy import POLICY
from epistola.tree.read import projection, read_text
from laws.strategies import letters

LETTER = (
    "Bonn, 3 May 1848.\n\nDear Sir,\n\nI saw Mr. Mill in Paris teh other day, and Ann Lee recd my"
    " lettre there.\n\nYours truly,\nJohn Smith\n"
)
SOURCE = Source("letter", LETTER)
RULES = Edition(models=RULES_ALONE)


def at(words: str) -> Anchor:
    start = LETTER.index(words)
    return anchored(SOURCE, Span(start, start + len(words)))


def made(*decisions: Decision, edition: Edition = RULES, text: str = LETTER) -> Encoding:
    return encode(Source("letter", text), edition=edition, decisions=decisions)


def paragraph(encoding: Encoding) -> str:
    """Return the paragraph as TEI, without what only names the namespace."""
    text = encoding.tree.find("{*}text")
    assert text is not None
    found = next(text.iter("{*}p"))
    return etree.tostring(found, encoding="unicode", with_tail=False).replace(
        ' xmlns="http://www.tei-c.org/ns/1.0"', ""
    )


def codes(encoding: Encoding) -> list[str]:
    return [f.code for f in encoding.findings if "decision" in f.code]


ED = ' resp="#resp-editor"'


@pytest.mark.parametrize(
    ("decision", "tei"),
    [
        (Decision(Action.REJECT, at("Paris"), "place"), "in Paris teh"),
        (Decision(Action.REJECT, at("Paris")), "in Paris teh"),
        (Decision(Action.REJECT, at("Mill"), "person"), "saw Mr. Mill in"),
        (
            Decision(Action.ACCEPT, at("Mr. Mill"), "person"),
            f'<persName ref="#person-mill"{ED}>Mr. Mill</persName>',
        ),
        (
            Decision(Action.ACCEPT, at("Mr. Mill"), "person", cert="low"),
            f'<persName ref="#person-mill" cert="low"{ED}>Mr. Mill</persName>',
        ),
        (
            Decision(Action.ACCEPT, at("Mr. Mill"), "person", creator="Ann Lee"),
            '<persName ref="#person-mill" resp="#resp-editor-ann-lee">Mr. Mill</persName>',
        ),
        (
            Decision(Action.RELABEL, at("Ann Lee"), "org", was="person"),
            f'<orgName ref="#org-ann-lee"{ED}>Ann Lee</orgName>',
        ),
        (
            Decision(Action.RELINK, at("Mr. Mill"), "person", ref="person-mill-js"),
            f'<persName ref="#person-mill-js"{ED}>Mr. Mill</persName>',
        ),
        (
            Decision(Action.RELINK, at("Mr. Mill"), "person", ref=""),
            f"<persName{ED}>Mr. Mill</persName>",
        ),
        (
            Decision(Action.RETAG, at("Mill"), "person", before=at("Mr. Mill")),
            f'saw Mr. <persName ref="#person-mill"{ED}>Mill</persName>',
        ),
        (
            Decision(Action.ADD, at("lettre"), "foreign", attributes={"lang": "fr"}),
            f'<foreign xml:lang="fr"{ED}>lettre</foreign>',
        ),
        (
            Decision(Action.ADD, at("saw Mr."), "term"),
            f"I <term{ED}>saw Mr.</term> Mill in",
        ),
        (
            Decision(Action.ADD, at("Mr. Mill in Paris"), "term", ref="term-x"),
            f'<term ref="#term-x"{ED}>Mr. Mill in Paris</term>',
        ),
        (Decision(Action.ADD, at("other"), "highlight"), f"<hi{ED}>other</hi>"),
        (
            Decision(Action.CHOICE, at("teh"), "sic", text="the"),
            f"<choice><sic>teh</sic><corr{ED}>the</corr></choice>",
        ),
        (
            Decision(Action.CHOICE, at("recd"), "abbr", text="rec<ex>eive</ex>d", markup=True),
            f"<choice><abbr>recd</abbr><expan{ED}>rec<ex>eive</ex>d</expan></choice>",
        ),
        (Decision(Action.ADD, at("teh"), "sic"), f"<sic{ED}>teh</sic>"),
        (
            Decision(Action.NOTE, at("my lettre"), "remark", text="It is <lost> & gone."),
            f'lettre<note type="editorial"{ED}>It is &lt;lost&gt; &amp; gone.</note> there',
        ),
        (
            Decision(Action.NOTE, at("Mr. Mill"), "remark", text="J. S."),
            f'Mr. Mill</persName><note type="editorial"{ED}>J. S.</note> in',
        ),
        (
            Decision(Action.NOTE, at("there."), "remark", text="At Bath."),
            f'there.<note type="editorial"{ED}>At Bath.</note></p>',
        ),
        (
            Decision(Action.NOTE, at("Mr."), "remark", text="Or Mrs."),
            f'Mr.<note type="editorial"{ED}>Or Mrs.</note> Mill</persName>',
        ),
    ],
)
def test_one_decision(decision: Decision, tei: str) -> None:
    encoding = made(decision)
    assert tei in paragraph(encoding)
    assert encoding.is_sound
    assert codes(encoding) == []


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision(Action.ADD, Anchor("Mr. Hill"), "person"), "unplaced-decision"),
        (
            Decision(Action.RETAG, at("Mill"), "person", before=Anchor("Mr. Hill")),
            "unplaced-decision",
        ),
        (Decision(Action.ADD, at("Mill"), "persona"), "refused-decision"),
        (Decision(Action.REJECT, at("Mill"), "persona"), "refused-decision"),
        (Decision(Action.ADD, at("Mill"), "person", attributes={"when": "x"}), "refused-decision"),
        (Decision(Action.ADD, at("Mill"), "date", attributes={"when": "x"}), "refused-decision"),
        (Decision(Action.ADD, at("Sir,\n\nI saw"), "person"), "refused-decision"),
        (Decision(Action.ADD, at("Mill"), "scope"), "refused-decision"),
        (Decision(Action.RELINK, at("Paris"), "person", ref="place-bonn"), "refused-decision"),
        (Decision(Action.RELINK, at("Mill"), "person", ref="p1"), "refused-decision"),
        (Decision(Action.ADD, at("Mill"), "date", ref="date-x"), "refused-decision"),
        (Decision(Action.ADD, at("saw Mr."), "p"), "refused-decision"),
        (
            Decision(Action.NOTE, at("Mill"), "remark", text="<bogus/>", markup=True),
            "refused-decision",
        ),
        (
            Decision(
                Action.CHOICE, at("teh"), "sic", text='<ref target="#no">x</ref>', markup=True
            ),
            "refused-decision",
        ),
    ],
)
def test_what_cannot_be_obeyed_is_reported(decision: Decision, code: str) -> None:
    encoding = made(decision)
    assert codes(encoding) == [code]
    assert encoding.is_sound
    (finding,) = (f for f in encoding.findings if f.code == code)
    assert " ".join(decision.target.exact.split()) in finding.message


def test_a_finding_names_file_and_line() -> None:
    decision = Decision(Action.ADD, Anchor("no"), "person", file="decisions/a.jsonl", line=7)
    (finding,) = (f for f in made(decision).findings if f.code == "unplaced-decision")
    assert "decisions/a.jsonl, line 7" in finding.message


def test_markup_that_is_none_stands_as_it_is() -> None:
    decision = Decision(Action.NOTE, at("Mill"), "remark", text="a < b", markup=True)
    assert "a &lt; b</note>" in paragraph(made(decision))


def test_one_that_spoils_the_letter_takes_no_other_with_it() -> None:
    good = Decision(Action.CHOICE, at("teh"), "sic", text="the")
    bad = Decision(Action.ADD, at("Mill"), "date", attributes={"when": "sometime"})
    encoding = made(bad, good)
    assert "<corr" in paragraph(encoding)
    assert codes(encoding) == ["refused-decision"]


# --- several decisions -------------------------------------------------------------------

TAG = Decision(Action.ADD, at("Mr. Mill"), "person")


@pytest.mark.parametrize(
    ("decisions", "tei"),
    [
        ([TAG, Decision(Action.REJECT, at("Mr. Mill"), "person")], "saw Mr. Mill in"),
        ([TAG, Decision(Action.REJECT, at("Mr. Mill"))], "saw Mr. Mill in"),
        ([Decision(Action.REJECT, at("Mr. Mill"), "person"), TAG], f"{ED}>Mr. Mill</persName>"),
        ([TAG, Decision(Action.ADD, at("Mr. Mill"), "place")], f"{ED}>Mr. Mill</placeName>"),
        (
            [
                Decision(Action.ADD, at("Mr. Mill"), "person", ref="person-x"),
                Decision(Action.ACCEPT, at("Mr. Mill"), "person"),
            ],
            f'<persName ref="#person-x"{ED}>Mr. Mill</persName>',
        ),
        (
            [
                Decision(Action.CHOICE, at("teh"), "sic", text="the"),
                Decision(Action.CHOICE, at("teh"), "sic", text="The"),
            ],
            f"<choice><sic>teh</sic><corr{ED}>The</corr></choice>",
        ),
        (
            [
                Decision(Action.NOTE, at("teh"), "remark", text="One."),
                Decision(Action.NOTE, at("teh"), "remark", text="Two."),
            ],
            f'teh<note type="editorial"{ED}>Two.</note> other',
        ),
        (
            [
                Decision(Action.NOTE, at("teh"), "remark", text="One."),
                Decision(Action.REJECT, at("teh"), "remark"),
            ],
            "teh other",
        ),
    ],
)
def test_the_last_decision_on_a_passage_wins(decisions: Sequence[Decision], tei: str) -> None:
    encoding = made(*decisions)
    assert tei in paragraph(encoding)
    assert codes(encoding) == []


def test_of_two_that_cross_the_later_stands_and_the_earlier_is_reported() -> None:
    earlier = Decision(Action.ADD, at("Mr. Mill in"), "term", file="d", line=1)
    later = Decision(Action.ADD, at("in Paris"), "event", file="d", line=2)
    encoding = made(earlier, later)
    assert f"{ED}>in" in paragraph(encoding)
    assert "<term" not in paragraph(encoding)
    (finding,) = (f for f in encoding.findings if f.code == "conflicting-decisions")
    assert "d, line 1" in finding.message
    assert "d, line 2" in finding.message


# --- entries and header ------------------------------------------------------------------

MILL = Entry(EntryId("person-mill-john"), "person", ("John Mill",), {"surname": "Mill"})


def test_a_link_goes_to_the_entry_of_the_register() -> None:
    edition = Edition(models=RULES_ALONE, register=Register((MILL,)), registers="registers")
    decision = Decision(Action.RELINK, at("Ann Lee"), "person", ref="person-mill-john")
    encoding = made(decision, edition=edition)
    names = [n.text for n in encoding.tree.findall(".//{*}person/{*}persName")]
    assert "John Mill" in names


def test_an_entry_that_nothing_means_any_more_goes() -> None:
    encoding = made(Decision(Action.RELINK, at("Ann Lee"), "person", ref="person-other"))
    ids = [p.get("{http://www.w3.org/XML/1998/namespace}id") for p in people(encoding)]
    assert "person-other" in ids
    assert "person-lee" not in ids


def people(encoding: Encoding) -> list[etree._Element]:
    return encoding.tree.findall(".//{*}listPerson/{*}person")


def test_a_link_reaches_the_header() -> None:
    encoding = made(Decision(Action.RELINK, at("John Smith"), "person", ref="person-smith-j"))
    sent = encoding.tree.find(".//{*}correspAction/{*}persName")
    assert sent is not None
    assert sent.get("ref") == "#person-smith-j"


def test_the_header_says_who_decided() -> None:
    encoding = made(
        Decision(Action.ACCEPT, at("Ann Lee"), "person", creator="Zoë Ott"),
        Decision(Action.ACCEPT, at("Mr. Mill"), "person"),
        edition=Edition(models=RULES_ALONE, editor="The Editor"),
    )
    header = etree.tostring(encoding.tree, encoding="unicode")
    assert '<respStmt xml:id="resp-editor-zoe-ott">' in header
    assert "<name>Zoë Ott</name>" in header
    assert "<name>The Editor</name>" in header
    assert "was decided by that person" in header


def test_the_editor_of_the_edition_needs_no_second_name() -> None:
    edition = Edition(models=RULES_ALONE, editor="Ann Lee")
    encoding = made(Decision(Action.REJECT, at("Paris")), TAG, edition=edition)
    assert "resp-editor-ann" not in encoding.to_bytes().decode()
    own = Decision(Action.ADD, at("Mr. Mill"), "person", creator="Ann Lee")
    assert f"{ED}>Mr. Mill<" in paragraph(made(own, edition=edition))


def test_whose_a_work_is_is_not_whose_the_decision_is() -> None:
    text = "Dear Sir,\n\nI read Hor. Od. 1. 4. and then John iii. 16 again.\n"
    source = Source("letter", text)
    for words in ("Hor. Od. 1. 4", "John iii. 16"):
        start = text.index(words)
        anchor = anchored(source, Span(start, start + len(words)))
        own = Decision(Action.ACCEPT, anchor, "reference", creator="Ann Lee")
        plain = encode(source, edition=RULES).to_bytes().decode()
        made_ = encode(source, edition=RULES, decisions=[own]).to_bytes().decode()
        assert made_.count("Ann Lee") == 1
        listed = re.compile("<listBibl>.*</listBibl>", re.DOTALL)
        assert listed.findall(made_) == listed.findall(plain)


def test_without_decisions_nothing_is_said_of_editors() -> None:
    assert "resp-editor" not in made().to_bytes().decode()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("sic", "Corrections by an editor"), ("orig", "Regular forms"), ("abbr", "Regular forms")],
)
def test_the_header_tells_the_truth_about_readings(kind: str, said: str) -> None:
    plain = made().to_bytes().decode()
    assert said not in plain
    decided = made(Decision(Action.CHOICE, at("teh"), kind, text="the")).to_bytes().decode()
    assert said in decided
    assert ("No correction has been made." in decided) is (kind != "sic")


# --- other rules -------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [RULES, Edition()], ids=["rules", "model"])
def test_decisions_hold_whatever_the_rules_are(edition: Edition) -> None:
    decisions = [
        Decision(Action.REJECT, at("Paris"), "place"),
        Decision(Action.RETAG, at("Lee"), "person", before=at("Ann Lee"), ref="person-lee"),
    ]
    found = paragraph(made(*decisions, edition=edition))
    assert "in Paris teh" in found
    assert f'Ann <persName ref="#person-lee"{ED}>Lee</persName>' in found


# --- laws --------------------------------------------------------------------------------

EVERY = [*POLICY, *KINDS, "person", "place"]
slow = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def decided(draw: st.DrawFn, text: str, among: Sequence[str]) -> list[Decision]:
    """Any decisions at all about ``text``, of every action and the kinds ``among``."""
    source = Source("letter", text)
    offsets = st.integers(0, len(text))
    actions = [action for action in Action if action is not Action.WITHDRAW]
    made = []
    for _ in range(draw(st.integers(0, 5))):
        ends = sorted((draw(offsets), draw(offsets)))
        start, end = ends[0], min(ends[1], ends[0] + draw(st.integers(0, 60)))
        action = draw(st.sampled_from(actions))
        kind = draw(st.sampled_from(among))
        kind = {Action.NOTE: "remark", Action.CHOICE: "sic"}.get(action, kind)
        span = Span(start, end)
        words = st.text("a<b>&c \n", min_size=1).filter(str.strip)  # as files are read
        made.append(
            Decision(
                action,
                anchored(source, span),
                kind,
                was=draw(st.sampled_from(["", "person", "p"])),
                before=anchored(source, span) if action is Action.RETAG else None,
                ref=draw(st.sampled_from([None, "", "person-x", "work-y"])),
                text=draw(words) if action in {Action.NOTE, Action.CHOICE} else "",
                markup=draw(st.booleans()),
                creator=draw(st.sampled_from(["", "Ann Lee"])),
            )
        )
    return made


@slow
@given(st.data(), letters)
def test_any_decisions_leave_the_letter_faithful_and_valid(data: st.DataObject, text: str) -> None:
    decisions = data.draw(decided(text, EVERY))
    encoding = encode(text, edition=RULES, decisions=decisions)
    assert encoding.is_sound
    body = encoding.tree.find("{*}text")
    assert body is not None
    assert projection(body).split() == text.split()
    assert encoding.to_bytes() == encode(text, edition=RULES, decisions=decisions).to_bytes()


@slow
@given(st.data())
def test_what_is_decided_is_read_back_and_built_again(data: st.DataObject) -> None:
    encoding = made(*data.draw(decided(LETTER, [*KINDS, "sic", "highlight"])))
    body = etree.fromstring(encoding.to_bytes(), etree.XMLParser(collect_ids=False))
    once = body.find("{*}text")
    assert once is not None
    source, found = read_text(once)
    assert source.text == LETTER
    again = build_text(source, encoding.letter, found)
    assert etree.tostring(again) == etree.tostring(once, with_tail=False)


@slow
@given(st.data())
def test_obeying_twice_is_obeying_once(data: st.DataObject) -> None:
    verdicts = judged(SOURCE, data.draw(decided(LETTER, EVERY)), SHOWN)
    spans = [Span(36, 44), Span(48, 53), Span(73, 80), Span(0, 17)]
    claims = [Annotation(span, kind) for span in spans for kind in ("person", "place", "p")]
    once = obey(claims, verdicts)
    assert obey(once, verdicts) == once
    assert obey(claims, ()) == tuple(claims)
