"""The whole pipeline, in the order the folders are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from epistola import gazetteer
from epistola.checks.records import admissible
from epistola.checks.relaxng import check_schema
from epistola.checks.rules import check_pointers
from epistola.checks.wording import check_wording
from epistola.decisions.judge import judged, refused, seated
from epistola.decisions.obey import obey, structural, without
from epistola.decisions.store import standing
from epistola.decisions.trial import holding
from epistola.edition import Edition
from epistola.gazetteer import Listing, Names
from epistola.mentions import recognise
from epistola.mentions.learned.tagger import revised
from epistola.mentions.passages import in_passages
from epistola.mentions.plugins import plugged
from epistola.mentions.settle import certain_enough, settle
from epistola.mentions.works.cited import cited
from epistola.mentions.works.continued import chained
from epistola.model import (
    NOTHING_SAID,
    Annotation,
    Decision,
    Finding,
    Letter,
    Report,
    Severity,
    Sidecar,
    Source,
    ignore,
)
from epistola.registers.listed import knowing
from epistola.registers.named import naming
from epistola.registers.register import Register
from epistola.registers.relink import relinked
from epistola.registers.resolve import Resolution, forms, resolve
from epistola.text.describe import describe
from epistola.text.details import detailed
from epistola.text.language import chosen
from epistola.text.opened import Opened, parts, stated
from epistola.text.read import as_source
from epistola.tree.document import build, serialise
from epistola.tree.ebook import name_ebook
from epistola.tree.policy import POLICY


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
    text: str | Source | Opened,
    *,
    edition: Edition | None = None,
    language: str | None = None,
    date: str | None = None,
    sidecar: Sidecar = NOTHING_SAID,
    decisions: Iterable[Decision] = (),
) -> Encoding:
    """Return the TEI encoding of ``text``, checked.

    A text that was opened brings what its file says of it (``text.doors.open_file``).
    ``edition`` brings registers and what the header says of the edition; ``language``
    is the language of the letter (the sidecar's by default; else the text itself tells, and
    where it does not, the edition); ``date`` the day of encoding, YYYY-MM-DD, left out where
    it is not given; ``sidecar`` what an editor says of the letter, ``decisions`` what he
    decided about it, which comes before all that the program finds.

    Raises ReadError for a character that XML forbids, UnknownLanguageError, and
    RecogniserError for a recogniser of the edition that is not there or cannot be made.
    """
    opened = _opened(as_source(text, "letter") if isinstance(text, str) else text)
    attempt = partial(_attempt, opened, edition, language, date, sidecar)
    decided = standing([*opened.decisions, *decisions])
    whole = attempt(decided)
    if whole.is_sound or not decided or not attempt(()).is_sound:
        return whole
    kept = holding(decided, lambda some: attempt(some).is_sound)
    spoilt = [refused(d, SPOILS) for d in decided if d not in kept]
    made = attempt(kept)
    return replace(made, findings=(*made.findings, *spoilt))


SPOILS = "with it the letter would not be valid; decide otherwise, or withdraw it"


def _attempt(
    opened: Opened,
    edition: Edition | None,
    language: str | None,
    date: str | None,
    sidecar: Sidecar,
    decisions: Sequence[Decision],
) -> Encoding:
    """Return the encoding with these decisions, checked, be it sound or not."""
    findings: list[Finding] = []
    given = replace(opened, decisions=tuple(decisions))
    made = stages(given, edition, language, date, findings.append, sidecar)
    findings += check(made.tree, made.text)
    return Encoding(made.text, made.letter, made.resolved, made.tree, tuple(findings))


SHOWN = MappingProxyType({kind: form.values for kind, form in POLICY.items()})
"""The kinds that an editor may decide about, and the attributes that each has in TEI."""


class Recognised(NamedTuple):
    """What is known of a letter before its tree is built, stage by stage."""

    structure: tuple[Annotation, ...]
    letter: Letter
    mentions: tuple[Annotation, ...]
    known: Resolution


class Stages(NamedTuple):
    """What each stage of the pipeline yields, in their order."""

    text: Source
    structure: tuple[Annotation, ...]
    letter: Letter
    mentions: tuple[Annotation, ...]
    resolved: tuple[Annotation, ...]
    tree: etree._ElementTree


def stages(
    source: Source | Opened,
    edition: Edition | None = None,
    language: str | None = None,
    date: str | None = None,
    report: Report = ignore,
    sidecar: Sidecar = NOTHING_SAID,
) -> Stages:
    """Return all that comes about between ``source`` and its TEI document, unchecked."""
    edition = edition or Edition()
    opened = _opened(source)
    source = opened.source
    structure, letter, found, known = recognised(opened, edition, language, report, sidecar)
    known = replace(known, entries=admissible(known.entries, report))
    tree = build(source, letter, known, edition, date or "", report)
    if opened.book is not None:
        name_ebook(tree, opened.book)
    return Stages(source, structure, letter, found, known.annotations, tree)


def _opened(source: Source | Opened) -> Opened:
    return source if isinstance(source, Opened) else Opened(source)


def recognised(
    source: Source | Opened,
    edition: Edition | None = None,
    language: str | None = None,
    report: Report = ignore,
    sidecar: Sidecar = NOTHING_SAID,
) -> Recognised:
    """Return what ``source`` is, what it mentions, and which entries that means."""
    edition = edition or Edition()
    opened = _opened(source)
    source = opened.source
    language, tongue = spoken(source, edition, language or sidecar.language, report)
    names = known_names(edition.register, edition.listings)
    verdicts = judged(source, opened.decisions, SHOWN, report)
    structure = list(obey(parts(opened, language, report), structural(verdicts)))
    letter = stated(describe(source, structure, language, sidecar), opened)
    letter = replace(letter, tongue=tongue)
    if opened.structure is None:
        structure = detailed(source, structure, language, edition.details)
    verdicts = seated(verdicts, structure, report)
    own = settle(source, [*structure, *recognise(source, letter, names)], report)
    if model := edition.models.get(letter.written_in):
        own = revised(source, letter, names, own, model)
    others = list(plugged(source, letter, names, edition.recognisers, report))
    found = settle(source, obey(own, verdicts), report, without(others, verdicts))
    if edition.least:
        found = settle(source, likely(source, letter, found, edition, report), report)
    whole = obey(in_passages(source, letter, cited(source, chained(found))), verdicts)
    known = resolve(source, letter, whole, edition.register, names, report)
    known = relinked(
        source, known, verdicts, edition.register, editor=edition.editor, report=report
    )
    known = naming(known, letter, edition.register)
    entries = tuple(knowing(names, entry) for entry in known.entries)
    known = replace(known, entries=entries)
    return Recognised(tuple(structure), letter, found, known)


def spoken(
    source: Source, edition: Edition, language: str | None, report: Report = ignore
) -> tuple[str, str]:
    """Return the language by whose words ``source`` is read, and the one it is in if another.

    What the caller says comes first, then what the text itself tells (of the ``languages``
    of the edition, if it names any), then the edition's ``language``.
    """
    if language:
        return language, ""
    words, tongue = chosen(source.folded, edition.language, edition.languages, report)
    return words, tongue if tongue != words else ""


def likely(
    source: Source,
    letter: Letter,
    found: Sequence[Annotation],
    edition: Edition,
    report: Report = ignore,
) -> tuple[Annotation, ...]:
    """Return the mentions that are as certain as the edition wants them, and all structure.

    A register's word counts: so certainty is asked for once the mentions are linked.
    """
    names = known_names(edition.register, edition.listings)
    linked = resolve(source, letter, found, edition.register, names).annotations
    return certain_enough(source, found, [a.certainty for a in linked], edition.least, report)


@lru_cache(maxsize=4)
def known_names(register: Register, listings: tuple[Listing, ...] = ()) -> Names:
    """Return the names that the recognisers may know.

    They are the gazetteer's, those that the edition lists, and the register's own.
    """
    names = gazetteer.load().listing(listings)
    return names.adding(forms(register, names)) if register else names


def check(tree: etree._ElementTree, source: Source) -> list[Finding]:
    """Return what is wrong with ``tree`` as an encoding of ``source``: nothing, if all is well."""
    text = tree.find("{*}text")
    wording = check_wording(text, source) if text is not None else []
    return [*wording, *check_schema(serialise(tree)), *check_pointers(tree)]
