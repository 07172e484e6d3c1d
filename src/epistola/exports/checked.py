"""What forbids exporting a letter, and what an export does not understand of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from epistola.checks.relaxng import check_schema
from epistola.checks.rules import Library, check_pointers, check_rules
from epistola.checks.wording import check_wording
from epistola.exports.entries import T
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, is_passed_over, kind_of
from epistola.model import Finding, Severity
from epistola.text.read import ReadError, read
from epistola.tree.read import is_added

SHOWN = 3
"""How many examples a finding gives."""


def check_letters(letters: Letters) -> Iterator[tuple[Path, list[Finding]]]:
    """Yield each file of ``letters`` and what is to be said of it.

    A letter that this program encoded must be valid, have no pointer that leads nowhere, and,
    where its source lies beside it, have its words: else there is an error. Of anyone's letter
    it is told what is not understood. Raises ExportError for a file that cannot be read.
    """
    for file in letters.files:
        found = letters.of(file)
        findings = [finding for one in found for finding in not_understood(one)]
        if any(map(is_ours, found)):
            findings += [*check_schema(file.read_bytes()), *check_pointers(found[0].root)]
            findings += _unfaithful(letters, file, found)
        if not found:
            findings.append(_said("no-letter", "there is no letter in it, and it is passed over"))
        yield file, findings


def findings_of(letter: ExportedLetter, library: Library | None = None) -> list[Finding]:
    """Return what there is to say of ``letter`` as it stands, for its editor to see.

    That is what its schema and the rules say of its file, if this program encoded it, and what
    is not understood of anyone's. ``library`` keeps the files that letters point into.
    """
    found = list(not_understood(letter))
    if is_ours(letter):
        raw, tree = letter.path.read_bytes(), letter.root.getroottree()
        found += [*check_schema(raw), *check_rules(tree, raw, path=letter.path, library=library)]
    return found


def is_ours(letter: ExportedLetter) -> bool:
    """Return whether this program encoded ``letter``: it stands in its ``appInfo``."""
    found = letter.root.iterfind(f"{T}teiHeader/{T}encodingDesc/{T}appInfo/{T}application")
    return any(one.get("ident") == "epistola" for one in found)


def _unfaithful(letters: Letters, file: Path, found: list[ExportedLetter]) -> Iterator[Finding]:
    """Yield where the one letter in ``file`` leaves its source, if that lies beside it."""
    if letters.sources is None or len(found) != 1:
        return
    source = letters.sources / f"{letters.called(file)}.txt"
    text = found[0].root.find(f"{T}text")
    if not source.is_file() or text is None:
        return
    try:
        for one in check_wording(text, read(source)):
            yield Finding(one.severity, one.code, f"{one.message}, {source}")
    except ReadError as error:
        yield Finding(Severity.WARNING, "source", f"{source}: {error}; the words are not compared")


def not_understood(letter: ExportedLetter) -> Iterator[Finding]:
    """Yield what of ``letter`` an export makes less of than its editor may have meant."""
    yield from _leading_nowhere(letter)
    yield from _of_no_kind(letter)
    text = letter.root.find(f"{T}text")
    inside = [] if text is None else list(text.iter(etree.Element))
    left = Counter(_local(e) for e in inside if is_passed_over(e) and not is_added(e))
    if left:
        yield _said("passed-over", f"not read as text of the letter: {_examples(left)}")
    empty = Counter(_local(e) for e in inside if kind_of(e) and not _has_words(e))
    if empty:
        yield _said("empty-name", f"no words are in {_examples(empty)}, which is passed over")


def _of_no_kind(letter: ExportedLetter) -> Iterator[Finding]:
    unknown = [m.values.get("type", "no type") for m in letter.mentions if m.kind == "name"]
    if unknown:
        yield _said(
            "unknown-kind",
            f"{_number(len(unknown), 'name')} of no kind that is known"
            f" ({_examples(Counter(unknown))}), exported as “name”",
        )


def _leading_nowhere(letter: ExportedLetter) -> Iterator[Finding]:
    lost = Counter(
        word
        for one in letter.mentions
        if not one.entries and "://" not in one.pointer
        for word in one.pointer.split()
    )
    if lost:
        yield _said(
            "no-entry",
            f"{_number(sum(lost.values()), 'name')} without an entry, because nothing is where"
            f" they point ({_examples(lost)})",
            Severity.WARNING,
        )


def _has_words(element: etree._Element) -> bool:
    return bool("".join(map(str, element.itertext())).strip())


def _local(element: etree._Element) -> str:
    return f"<{str(element.tag).rpartition('}')[2]}>"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _examples(found: Counter[str]) -> str:
    """Return the most frequent of ``found``, alphabetically where they are as frequent."""
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ", ".join(f"{word} {count}×" if count > 1 else word for word, count in ranked[:SHOWN])
    return f"{shown} …" if len(ranked) > SHOWN else shown


def _said(code: str, message: str, severity: Severity = Severity.INFO) -> Finding:
    return Finding(severity, code, message)
