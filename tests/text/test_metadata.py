"""Lines in which a page speaks of itself: what is none first, then what each says."""

from __future__ import annotations

import pytest

from epistola.model import Source, Span
from epistola.text.metadata import read_field


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
