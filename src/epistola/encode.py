"""The whole pipeline, in the order the folders are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from epistola import gazetteer
from epistola.checks.pointers import check_pointers
from epistola.checks.relaxng import check_schema
from epistola.checks.wording import check_wording
from epistola.edition import Edition
from epistola.mentions import recognise
from epistola.mentions.settle import settle
from epistola.model import Annotation, Finding, Letter, Report, Severity, Source, ignore
from epistola.registers.resolve import forms, resolve
from epistola.text.describe import describe
from epistola.text.letter import structure
from epistola.text.read import as_source
from epistola.tree.document import build, serialise


@dataclass(frozen=True, slots=True)
class Encoding:
    """A letter as TEI, and all there is to say about how it came about.

    ``tree`` is the document, ``annotations`` are what it encodes, with spans in
    ``source``; a finding of severity ``error`` means that it must not be written.
    """

    source: Source
    letter: Letter
    annotations: tuple[Annotation, ...]
    tree: etree._ElementTree
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether nothing is wrong: words kept, valid, pointers resolved."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    def to_bytes(self) -> bytes:
        """Return the document as UTF-8; the same for the same input, always."""
        return serialise(self.tree)


def encode(
    text: str | Source,
    *,
    edition: Edition | None = None,
    language: str | None = None,
    date: str | None = None,
) -> Encoding:
    """Return the TEI encoding of ``text``, checked.

    ``edition`` brings registers and what the header says of the edition; ``language``
    is the language of the letter (the edition's by default, else English); ``date`` the
    day of encoding, YYYY-MM-DD, left out where it is not given.

    Raises ReadError for a character that XML forbids, UnknownLanguageError.
    """
    found: list[Finding] = []
    source = as_source(text, "letter") if isinstance(text, str) else text
    stage = dict(stages(source, edition, language, date, found.append))
    letter, annotations, tree = stage["letter"], stage["resolved"], stage["tree"]
    checked = check(tree, source)
    return Encoding(source, letter, annotations, tree, (*found, *checked))


def stages(
    source: Source,
    edition: Edition | None = None,
    language: str | None = None,
    date: str | None = None,
    report: Report = ignore,
) -> Iterator[tuple[str, object]]:
    """Yield the name and the value of every stage, each made when it is asked for."""
    edition = edition or Edition()
    names = gazetteer.load()
    names = names.adding(forms(edition.entries, names)) if edition.entries else names
    yield "text", source
    parts = structure(source, language or edition.language)
    yield "structure", parts
    letter = describe(source, parts, language or edition.language)
    yield "letter", letter
    found = settle(source, [*parts, *recognise(source, letter, names)], report)
    yield "mentions", found
    known = resolve(source, letter, found, edition.entries, names, report)
    yield "resolved", known.annotations
    yield "tree", build(source, letter, known, edition, date or "", report)


def check(tree: etree._ElementTree, source: Source) -> list[Finding]:
    """Return what is wrong with ``tree`` as an encoding of ``source``: nothing, if all is well."""
    text = tree.find("{*}text")
    wording = check_wording(text, source) if text is not None else []
    return [*wording, *check_schema(serialise(tree)), *check_pointers(tree)]
