"""Lines in which a page speaks of itself: what is none first, then what each says."""

from __future__ import annotations

import pytest

from epistola.model import Source, Span
from epistola.text.edges import edge_fields
from epistola.text.metadata import doers, read_field, read_fields


@pytest.mark.parametrize(
    "line",
    [
        "I came from the country, and saw it.",
        "he was by no means: a fool",
        "They said: we will not",
        "Marx: The Poverty of Philosophy",
        "Question: what is bread?",
        "Author:",
        "from Leeds, with love",
        "",
    ],
)
def test_prose_is_no_field(line: str) -> None:
    assert read_field(Source("a", line), Span(0, len(line)), "en") is None


@pytest.mark.parametrize(
    ("line", "kind", "role", "label", "value"),
    [
        ("Author: Jo Bly", "author", "", "Author", "Jo Bly"),
        ("Source: The Loaf, Vol. 3.", "source", "", "Source", "The Loaf, Vol. 3."),
        ("First Published: The Loaf, 1909", "source", "", "First Published", "The Loaf, 1909"),
        ("Originally published in The Loaf, 1891.", "source", "", None, "in The Loaf, 1891."),
        ("From The Loaf, November, 1909.", "source", "", None, "The Loaf, November, 1909."),
        (
            "Reprinted in Jo Bly: Crumbs, Ely 1997.",
            "source",
            "",
            None,
            "in Jo Bly: Crumbs, Ely 1997.",
        ),
        ("Written: June 1902", "written", "", "Written", "June 1902"),
        ("Transcribed by A. Baker.", "credit", "transcription", None, "A. Baker."),
        ("Transcribed: A. Baker", "credit", "transcription", "Transcribed", "A. Baker"),
        (
            "Transcription/HTML Markup: A. Baker",
            *("credit", "transcription and markup", "Transcription/HTML Markup", "A. Baker"),
        ),
        (
            "Scanned & proofread by A. Baker",
            "credit",
            "scanning and proofreading",
            None,
            "A. Baker",
        ),
        (
            "Prepared for the Bread Archive: by A. Baker & B. Miller in 2017",
            *("credit", "preparation", "Prepared for the Bread Archive"),
            "by A. Baker & B. Miller in 2017",
        ),
        (
            "Translated: from the French by A. Baker;",
            "credit",
            "translation",
            "Translated",
            "from the French by A. Baker;",
        ),
        (
            "Copyright: The Loaf. Used with permission.",
            "rights",
            "",
            "Copyright",
            "The Loaf. Used with permission.",
        ),
        ("© 1997 Ely Press", "rights", "", None, "1997 Ely Press"),
        ("The notes are © 1997 Ely Press.", "rights", "", None, "The notes are © 1997 Ely Press."),
        ("Ely Editor’s Note: This is late.", "note", "", "Ely Editor’s Note", "This is late."),
        ("Last updated on 7.8.2003", "updated", "", None, "7.8.2003"),
        ("Last updated on: 7.8.2003", "updated", "", "Last updated on", "7.8.2003"),
        (
            "Online Version: Bread Archive, 2001",
            "online",
            "",
            "Online Version",
            "Bread Archive, 2001",
        ),
    ],
)
def test_fields(line: str, kind: str, role: str, label: str | None, value: str) -> None:
    source = Source("a", line)
    field = read_field(source, Span(0, len(line)), "en")
    assert field is not None
    assert (field.kind, field.role, source[field.value]) == (kind, role, value)
    assert (source[field.label] if field.label else None) == label


@pytest.mark.parametrize(
    ("language", "line", "kind", "role"),
    [
        ("de", "Quelle: Das Brot, Nr. 3", "source", ""),
        ("de", "Übersetzt von A. Bäcker", "credit", "translation"),
        ("fr", "Traduit par A. Boulanger", "credit", "translation"),
        ("fr", "Dernière mise à jour : 7.8.2003", "updated", ""),
    ],
)
def test_fields_in_other_languages(language: str, line: str, kind: str, role: str) -> None:
    field = read_field(Source("a", line), Span(0, len(line)), language)
    assert field is not None
    assert (field.kind, field.role) == (kind, role)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("I came from the country. Edited by nobody, it was dull.", []),
        ("Source: The Loaf, Vol. 3. It was edited by A. Baker", ["source"]),
        ("Source: The Loaf, 1909. Scanned by A. Baker.", ["source", "credit"]),
        ("Source: The Loaf; Translated: by A. Baker;", ["source", "credit"]),
        ("Written: May 1909.Provided by: The Bread Archive.", ["written", "source"]),
        ("JO BLY (Translated by A. Baker)", ["credit"]),
        ("Trancribed: A. Baker", ["credit"]),
    ],
)
def test_a_line_may_say_several_things(line: str, kinds: list[str]) -> None:
    source = Source("a", line)
    assert [f.kind for f in read_fields(source, Span(0, len(line)), "en")] == kinds


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "Translated from Le Pain.", []),
        ("en", "Transcribed for the Bread Archive.", []),
        ("en", "Transcribed by hand in 1909.", []),
        ("en", "Transcribed by A. Baker.", ["A. Baker"]),
        ("en", "Transcribed by the machine of May Baker, May 1909", []),
        ("en", "Transcribed by May Baker, May 1909", ["May Baker"]),
        ("en", "Transcribed by Ana Baker for the Bread Archive.", ["Ana Baker"]),
        ("en", "Transcribed for the Bread Archive by Ana Baker in 1909.", ["Ana Baker"]),
        (
            "en",
            "Transcribed by Ana Baker, Ben Mill & Cy Oat (1909)",
            ["Ana Baker", "Ben Mill", "Cy Oat"],
        ),
        ("en", "Transcribed by Ana Baker/Ben Mill", ["Ana Baker", "Ben Mill"]),
        ("en", "Transcribed: Ana Baker of the Bread Society & Ben Mill", ["Ana Baker", "Ben Mill"]),
        ("en", "Proofed: and corrected by Ana Baker 2006.", ["Ana Baker"]),
        ("en", "Transcribed by The Bread Society in 1909.", ["The Bread Society"]),
        ("en", "Translated by Ana della Bly", ["Ana della Bly"]),
        ("en", "Transcribed by Ana Bly because nobody would", []),
        ("en", "Translated from the French by Jo H. Bly Jr.", ["Jo H. Bly Jr."]),
        ("en", "Proofreading & mark-up Ana Ó Bly.", ["Ana Ó Bly"]),
        (
            "de",
            "Übersetzt von Ana Bäcker und Ben Mühle für das Brotarchiv",
            ["Ana Bäcker", "Ben Mühle"],
        ),
        ("fr", "Traduit de l'anglais par Ana Boulanger", ["Ana Boulanger"]),
    ],
)
def test_who_did_it(language: str, line: str, names: list[str]) -> None:
    source = Source("a", line)
    (field,) = read_fields(source, Span(0, len(line)), language)
    assert [source[span] for span in doers(source, field, language)] == names


PROSE = "Bread is dear, and those who bake it have none."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{PROSE}\n\nFrom Leeds, with love\n\n{PROSE}", []),
        (f"{PROSE}\nEdited by A. Baker\n\n{PROSE}", []),
        (
            f"On Bread\n\nThe Loaf, 3 May 1909.\nTranscribed by A. Baker.\n\n{PROSE}",
            ["source", "credit"],
        ),
        (f"{PROSE}\n\nTranscribed by A. Baker\nHtml Markup by B. Mill (1999)", ["credit"] * 2),
        (f"Transcribed by A. Baker and by others who\nhave no name.\n\n{PROSE}", ["credit"]),
    ],
)
def test_blocks_at_the_edges_of_a_page(text: str, kinds: list[str]) -> None:
    assert [field.kind for field in edge_fields(Source("a", text), (), "en")] == kinds


def test_lines_that_are_read_already_are_left_out() -> None:
    text = f"Transcribed by A. Baker.\n\n{PROSE}"
    assert not list(edge_fields(Source("a", text), [Span(0, 5)], "en"))
