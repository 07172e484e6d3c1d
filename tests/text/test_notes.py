"""Notes, their markers, and which belongs to which; every row is a whole small text."""

from __future__ import annotations

import pytest
from lxml import etree

from epistola import encode
from epistola.model import Finding
from epistola.text.letter import structure
from marks import in_order, marked

SHOWN = frozenset({"note", "label", "anchor", "notes", "head"})
STORY = "We came to the farm late, and the dog barked at us until the moon had gone down"

NONE = {
    "a year in brackets is no marker": f"{STORY} in \\[1848\\].",
    "digits an editor supplied are no marker": f"{STORY} in \\[18\\]48.",
    "a list within the text is no list of notes": (
        f"{STORY}.\n\n1. Bread was dear.\n\n2. Wine was cheap.\n\nSo much for the farm and its dog."
    ),
    "numbered points at the end are no notes if no marker answers them": (
        f"{STORY}.\n\n1. Bread was dear.\n\n2. Wine was cheap."
    ),
    "a heading with prose below it only": f"{STORY}.\n\nNotes\n\nThe farm was sold in spring.",
    "numbers in round brackets are points, if no notes answer": (
        f"{STORY} (1) for it was young and (2) for it was hungry."
    ),
    "a text that is called notes": f"Notes\n\n1. {STORY}.\n\n2. {STORY}.",
    "stressed words have asterisks, and so have names left out": (
        f"{STORY}; it was *so* loud that Lord B*** woke."
    ),
}

CASES = {
    "a section of notes": (
        f"{STORY}.[anchor \\[1\\]] It was cold.[anchor \\[2\\]]\n\n"
        "[notes [head Notes]\n\n[note [label \\[1\\]] In May.]\n\n[note [label \\[2\\]] In June.]]",
        [],
    ),
    "numbers with a full stop below, brackets above": (
        f"{STORY}.[anchor \\[1\\]]\n\n[notes [head FOOTNOTES:]\n\n[note [label 1.] In May.]]",
        [],
    ),
    "notes without a heading that markers answer": (
        f"{STORY}.[anchor \\[1\\]] It was cold.[anchor \\[2\\]]\n\n"
        "[notes [note [label 1.] In May.]\n\n[note [label 2.] In June.]]",
        [],
    ),
    "a note of two paragraphs, in which a list begins anew": (
        f"{STORY}.[anchor \\[1\\]] It was cold.[anchor \\[2\\]] It froze.[anchor \\[3\\]]\n\n"
        "[notes [head Notes]\n\n[note [label 1.] In May.\n\nOr in June.]\n\n"
        "[note [label 2.] There were:\n\n1. bread.]\n\n[note [label 3.] In July.]]",
        [],
    ),
    "numbers with an asterisk beside plain ones": (
        f"{STORY}.[anchor \\[1\\]] It was cold.[anchor \\[1*\\]]\n\n"
        "[notes [head Footnotes]\n\n[note [label 1.] In May.]\n\n]"
        "[notes [head Notes]\n\n[note [label 1*.] In June.]]",
        [],
    ),
    "raised numbers": (
        f"{STORY}.[anchor ¹]\n\n[notes [head Notes]\n\n[note [label ¹] In May.]]",
        [],
    ),
    "numbers in round brackets, above and below": (
        f"{STORY} [anchor (1)].\n\n[notes [head Notes]\n\n[note [label (1)] In May.]]",
        [],
    ),
    "a footnote in brackets": (
        f"{STORY}.[anchor \\[3\\]]\n\n[note [label \\[Footnote 3:] In May.\\]]\n\n{STORY}.",
        [],
    ),
    "a footnote within a paragraph, where it belongs": (
        f"{STORY}. [note [label \\[Footnote:] In May.\\]] It was cold.",
        [],
    ),
    "a marker without a note": (f"{STORY}.\\[4\\]", ["marker-without-note"]),
    "a note without a marker": (
        f"{STORY}.[anchor \\[2\\]]\n\n"
        "[notes [head Notes]\n\n[note [label 1.] In May.]\n\n[note [label 2.] In June.]]",
        ["note-without-marker"],
    ),
    "two notes of one number": (
        f"{STORY}.\\[1\\]\n\n"
        "[notes [head Notes]\n\n[note [label \\[1\\]] In May.]\n\n[note [label \\[1\\]] In June.]]",
        ["note-twice", "note-twice"],
    ),
    "two markers of one number": (
        f"{STORY}.\\[1\\] It was cold.\\[1\\]\n\n[notes [head Notes]\n\n[note [label 1.] In May.]]",
        ["marker-twice", "marker-twice"],
    ),
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_what_is_no_note(line: str) -> None:
    source, _ = marked(line)
    reports: list[Finding] = []
    found = structure(source, "en", reports.append)
    assert [a for a in found if a.kind in {"note", "anchor", "notes"}] == []
    assert reports == []


@pytest.mark.parametrize(("line", "codes"), CASES.values(), ids=CASES)
def test_notes_and_markers(line: str, codes: list[str]) -> None:
    source, expected = marked(line)
    reports: list[Finding] = []
    found = in_order(a for a in structure(source, "en", reports.append) if a.kind in SHOWN)
    text = [(a.kind, source[a.span].strip()) for a in found]
    assert text == [(a.kind, source[a.span].strip()) for a in in_order(expected)]
    assert [f.code for f in reports] == codes


def test_each_points_at_the_other() -> None:
    encoding = encode(f"{STORY}.[1]\n\nNotes\n\n1. By Anne Mill, in 1848.")
    text = etree.fromstring(encoding.to_bytes()).find("{*}text")
    assert text is not None
    reference, note = text.find(".//{*}p/{*}ref"), text.find("{*}back/{*}div/{*}note")
    assert reference is not None
    assert note is not None
    assert reference.get("target") == "#note1"
    assert reference.text == "[1]"
    assert note.get("target") == "#anchor1"
    assert (note.get("n"), note.get("place")) == ("1", "end")
    assert note.find("{*}date") is not None, "what a note mentions is found too"
    assert encoding.is_sound


@pytest.mark.parametrize(
    ("note", "source"),
    [
        ("In May.--Ed.", "source"),
        ("In May. [Editor's Note]", "source"),
        ("He was called Ted.", None),
        ("In May.", None),
    ],
)
def test_whose_note_it_is_only_where_it_says_so(note: str, source: str | None) -> None:
    text = f"{STORY}.[1]\n\nNotes\n\n1. {note}"
    root = etree.fromstring(encode(text).to_bytes())
    found = root.find(".//{*}div[@type='notes']/{*}note")
    assert found is not None
    assert found.get("type") == source


def test_a_name_may_hold_a_marker() -> None:
    encoding = encode(
        f"{STORY}. ‘The Loaf [1] and the Wine’ is a book by John Smith [2].\n\n"
        "Notes\n\n1. Of 1848.\n\n2. Of York."
    )
    assert encoding.is_sound
    assert {f.code for f in encoding.findings} <= {"left-out", "misplaced"}
