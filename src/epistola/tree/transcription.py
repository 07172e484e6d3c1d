"""Declare how the look of the page is encoded: only what this letter holds, and all of that."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.tree.element import E
from epistola.tree.facts import Facts

SAID = (
    (
        frozenset({"highlight", "deletion"}),
        (
            "Words that the source sets off by marks of a plain text, such as _so_, or by capitals"
            " or spaces, are tagged; the marks are kept as characters within the tags."
        ),
    ),
    (
        frozenset({"gap", "supplied", "unclear", "deletion", "addition"}),
        (
            "What an editor of the source says in square brackets is tagged as what it tells of;"
            " its characters are kept, those of a gap in its description. Supplied words are those"
            " of the source, which prints the brackets; other brackets may be the writer's and are"
            " left."
        ),
    ),
    (
        frozenset({"pageNumber"}),
        "Page numbers that stand in the text are kept as forme work, behind the page break.",
    ),
    (
        frozenset({"verse", "list", "table", "extract"}),
        "Verse, lists, tables and quotations set as blocks are told by their lines alone.",
    ),
)
"""What is declared where an annotation of one of these kinds is there."""


def correction(facts: Facts) -> etree._Element:
    """Return what is done with what is wrong in the source (TEI P5, 2.3.3 and 3.5.1)."""
    if any(a.kind == "sic" and "text" in a.values for a in facts.annotations):
        said = "Corrections by an editor stand beside what the source has, with who made them."
        return E.correction({"method": "markup", "status": "unknown"}, E.p(said))
    silent = {"method": "silent", "status": "unknown"}
    return E.correction(silent, E.p("No correction has been made."))


def normalised(facts: Facts) -> Iterator[etree._Element]:
    """Yield what is said of regular and full forms, where an editor gives any (3.5.2, 3.5.5)."""
    if any(a.kind in {"orig", "abbr"} and "text" in a.values for a in facts.annotations):
        yield E.p(
            "Regular forms and what abbreviations stand for are an editor's where they stand"
            " beside what the source has."
        )


def decided(facts: Facts) -> Iterator[etree._Element]:
    """Yield what is said of what editors decided, where they did."""
    if facts.editors():
        yield E.p(
            "What a person in the statements of responsibility answers for by ",
            E.att("resp"),
            " was decided by that person, not by program.",
        )


def hyphenation(facts: Facts) -> etree._Element:
    """Return what is done with hyphens at the ends of lines (TEI P5, 2.3.3 and 3.2.2)."""
    broken = [a for a in facts.annotations if a.kind == "lineBreak" and a.values.get("break")]
    if broken:
        said = (
            "Hyphens at line ends are kept as characters. Where a word goes on below, the line"
            " break says that it parts no word, or that it may part none; a hyphen that the line's"
            " end alone calls for is tagged as a mark of punctuation."
        )
        return E.hyphenation({"eol": "all"}, E.p(said))
    if any(line.rstrip().endswith("-") for line in facts.source.text.splitlines()):
        return E.hyphenation({"eol": "all"}, E.p("Hyphens at line ends are kept as they are."))
    return E.hyphenation({"eol": "none"}, E.p("The source has no end-of-line hyphenation."))


def transcription(facts: Facts) -> Iterator[etree._Element]:
    """Yield a paragraph on each way in which the look of the page is encoded."""
    kinds = {a.kind for a in facts.annotations if not a.rule.startswith("letter.")}
    yield from (E.p(said) for which, said in SAID if not which.isdisjoint(kinds))
    if facts.edition.details.line_breaks:
        yield E.p("Line breaks of the source within a part of the letter are kept.")
