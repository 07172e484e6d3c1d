from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from epistola.model import (
    Annotation,
    Edit,
    EntryId,
    Fact,
    Field,
    Finding,
    Letter,
    Severity,
    Source,
    Span,
)
from epistola.shown.lines import (
    annotation_line,
    counted,
    finding_line,
    letter_lines,
    shortened,
    stage,
    suggestions,
    text_lines,
)
from marks import marked

SOURCE = Source("a", "Sir,\nI saw “Mr.\nMarx” in\f1848.")
INFO = Finding(Severity.INFO, "encoding", "read as utf-16")
SPANNED = Finding(Severity.WARNING, "name", "who?", Span(12, 20))
LINED = Finding(Severity.ERROR, "pointer", "where?", line=7)
PLACED = Finding(Severity.ERROR, "xml", "what?", line=7, column=9)


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (INFO, "a.txt: info: encoding: read as utf-16"),
        (SPANNED, "a.txt:2:8: warning: name: who?"),
        (LINED, "a.txt:7: error: pointer: where?"),
        (PLACED, "a.txt:7:9: error: xml: what?"),
    ],
)
def test_a_finding_is_a_line(finding: Finding, line: str) -> None:
    assert finding_line(finding, "a.txt", SOURCE) == line


@pytest.mark.parametrize(
    ("expected", "fix", "lines"),
    [
        ((), (), []),
        (tuple("ab"), (), ["may stand here: a, b"]),
        (tuple("abcdefg"), (), ["may stand here: a, b, c, d, e and 2 more"]),
        ((), (Edit(Span(1, 2), "p"),), ["fix: “q” becomes “p”"]),
        ((), (Edit(Span(0, 3), ""),), ["fix: delete “<q>”"]),
        ((), (Edit(Span(0, 0), "x"), Edit(Span(3, 3), "x")), ["fix: insert “x”"]),
        (
            ("p",),
            (Edit(Span(0, 0), "<p>"), Edit(Span(3, 3), "\n</p>")),
            ["may stand here: p", "fix: insert “<p>”; insert “</p>”"],
        ),
    ],
)
def test_suggestions_are_few_and_plain(
    expected: tuple[str, ...], fix: tuple[Edit, ...], lines: list[str]
) -> None:
    finding = Finding(Severity.ERROR, "a", "b", expected=expected, fix=fix)
    assert suggestions(finding, "<q>") == lines


def test_findings_are_counted() -> None:
    some = Counter([Severity.INFO, Severity.ERROR, Severity.ERROR])
    assert counted(some) == "2 errors, no warnings, 1 for information"
    assert counted(Counter([Severity.WARNING])) == "no errors, 1 warning"


def test_an_annotation_is_a_line() -> None:
    source, (found,) = marked("Sir,\nI saw [person b=2 a=1 Mr.\n Marx].")
    annotation = Annotation(
        found.span, "person", "names", found.values, EntryId("person-marx"), 0.8
    )
    line = annotation_line(annotation, source)
    assert line == (
        "2:7     person       names                0.80  “Mr. Marx”  a=1  b=2  -> person-marx"
    )
    assert stage([annotation, annotation], source) == f"{line}\n{line}"


def test_long_columns_do_not_run_together() -> None:
    annotation = Annotation(Span(0, 4), "bibliographicReference", "a-rule-with-a-long-name")
    line = annotation_line(annotation, SOURCE)
    assert line.split() == [
        "1:1",
        "bibliographicReference",
        "a-rule-with-a-long-name",
        "1.00",
        "“Sir,”",
    ]


def test_a_page_break_is_seen() -> None:
    assert text_lines(SOURCE).splitlines() == ["1  Sir,", "2  I saw “Mr.", "3  Marx” in␌1848."]
    assert stage(SOURCE, SOURCE) == text_lines(SOURCE)


def test_a_letter_is_told_fact_by_fact() -> None:
    source = Source("a", "Karl Marx\n\nSource: The Times")
    letter = Letter(
        genre="letter",
        author=Fact("Karl Marx", Span(0, 9), "byline"),
        title=Fact("Letter"),
        subtitles=(Fact("On Rent"), Fact("On Land")),
        dateline=Fact("Soho", Span(11, 28)),
        fields=(
            Field("source", Span(11, 28), Span(19, 28)),
            Field("credit", Span(11, 28), Span(19, 28), role="translator"),
        ),
    )
    assert letter_lines(letter, source).splitlines() == [
        "language    en",
        "genre       letter",
        "author      Karl Marx  (1:1, byline)",
        "title       Letter  (-, no rule)",
        "subtitle    On Rent  (-, no rule)",
        "subtitle    On Land  (-, no rule)",
        "dateline    Soho  (3:1, no rule)",
        "source      “The Times”  (3:1)",
        "credit      “The Times”  (3:1, translator)",
    ]
    assert stage(letter, source) == letter_lines(letter, source)


def test_a_tree_is_shown_as_it_is_written() -> None:
    tree = etree.ElementTree(etree.fromstring("<p>a <b/> ä</p>"))
    assert stage(tree, SOURCE) == stage(tree.getroot(), SOURCE) == "<p>a <b/> ä</p>"


def test_what_no_stage_yields_is_refused() -> None:
    with pytest.raises(TypeError, match="no stage yields int"):
        stage(1, SOURCE)


@pytest.mark.parametrize("length", [0, 1, 59, 60, 61, 62, 200])
def test_long_text_is_shortened_to_one_width(length: int) -> None:
    assert len(shortened("x" * length)) == min(length, 60)
