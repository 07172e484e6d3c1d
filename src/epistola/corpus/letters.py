"""Encode one letter, or a batch of them in one process, and write each whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from epistola.corpus.beside import decided_on, said_of
from epistola.corpus.row import Row
from epistola.corpus.settings import Settings, edition_of, table_of
from epistola.files import STDIN, write_whole
from epistola.model import Finding, Severity, Source
from epistola.terminal import COULD_NOT_RUN, FOUND_ERRORS
from epistola.text.read import ReadError, read_bytes

if TYPE_CHECKING:
    from epistola.text.opened import Opened

NOT_OBEYED = Finding(
    Severity.WARNING,
    "refused-decision",
    "what was decided about it is not obeyed, for what a TEI file says stays: change the file",
)
TEI_ENDING = ".xml"
"""The ending of a file whose structure somebody has marked up in TEI."""

DOUBT = b' cert="'
"""What marks a statement that the program is less than sure of."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one text: its edition, unless it must not be written.

    ``findings`` have line and column instead of a span; ``code`` is the exit code they call for.
    """

    data: bytes
    words: int
    findings: tuple[Finding, ...]
    code: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A letter to encode: where it is, where it goes, what it is called in the journal."""

    name: str
    text: Path
    target: Path
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A letter of a run, what came of it, and whether that was so before."""

    task: Task
    row: Row
    unchanged: bool = False


def encode_batch(tasks: Sequence[Task], chosen: Settings) -> list[Row]:
    """Return what came of each of ``tasks``, in their order; a bad one never stops the others."""
    return [encode_task(task, chosen) for task in tasks]


def encode_task(task: Task, chosen: Settings) -> Row:
    """Encode and write one letter; where the program itself fails, that is what came of it."""
    try:
        made = encode_text(task.text, chosen)
    except Exception as error:  # noqa: BLE001 - a fault of the program must not stop the run
        made = _failed(error)
    doubts = made.data.count(DOUBT)
    row = Row(
        task.name,
        task.inputs,
        words=made.words,
        doubts=doubts,
        code=made.code,
        findings=made.findings,
    )
    return row if made.code else _written(row, made.data, task.target)


def survey_batch(tasks: Sequence[Task], chosen: Settings) -> list[Row]:
    """Return what each of ``tasks`` tells across letters; nothing, where it cannot be read."""
    return [Row(task.name, task.inputs, told=_surveyed(task.text, chosen)) for task in tasks]


def _surveyed(text: Path, chosen: Settings) -> str:
    """Return what a letter tells by itself: what the register says is not in it."""
    from epistola.decisions.store import standing  # noqa: PLC0415 - a second run needs no more
    from epistola.pipeline import recognised  # noqa: PLC0415 - as above
    from epistola.registers.across.evidence import evidence, packed  # noqa: PLC0415 - as above
    from epistola.registers.register import Register  # noqa: PLC0415 - as above

    try:
        opened = only(opened_from(text, chosen, []))
        said = said_of(text, table_of(chosen))
        opened = replace(opened, decisions=standing(decided_on(text, chosen.folder)))
        edition = edition_of(chosen)
        alone = replace(edition, register=Register()) if edition else None
        found = recognised(opened, alone, chosen.language, sidecar=said)
    except Exception:  # noqa: BLE001 - to encode it will tell what is wrong with it
        return ""
    return packed(evidence(opened.source, found.letter, found.known, {}))


def encode_text(text: Path, chosen: Settings) -> Made:
    """Return what comes of the text at ``text`` (``STDIN``: standard input); nothing is written.

    Raises EditionError and SidecarError where what all letters share cannot be read.
    """
    from epistola.decisions.store import DecisionError  # noqa: PLC0415 - as above
    from epistola.sidecar import SidecarError  # noqa: PLC0415 - as above

    table = table_of(chosen)
    try:
        if text.suffix.lower() == TEI_ENDING:
            return _enriched(text, chosen)
        findings: list[Finding] = []
        opened = only(opened_from(text, chosen, findings))
        said, decided = said_of(text, table), decided_on(text, chosen.folder)
    except (ReadError, SidecarError, DecisionError) as error:
        return unread(error)
    from epistola.pipeline import encode  # noqa: PLC0415 - as above

    edition = edition_of(chosen)
    made = encode(
        opened,
        edition=edition,
        language=chosen.language,
        date=chosen.date,
        sidecar=said,
        decisions=decided,
    )
    file, start = opened.place
    told = (*located(findings, file), *located(made.findings, file, start))
    return _judged(made.to_bytes, opened.source, told)


def _enriched(text: Path, chosen: Settings) -> Made:
    """Add mentions and registers to a TEI file; raises ReadError."""
    from epistola.enrich import enrich  # noqa: PLC0415 - only such a file's

    raw = read_bytes(text)
    made = enrich(raw, edition=edition_of(chosen), language=chosen.language, file=text)
    told = tuple(replace(finding, span=None) for finding in made.findings)
    told += (NOT_OBEYED,) * bool(decided_on(text, chosen.folder))
    return _judged(made.to_bytes, made.source, told)


def _judged(data: Callable[[], bytes], source: Source, told: tuple[Finding, ...]) -> Made:
    words = len(source.text.split())
    if any(finding.severity is Severity.ERROR for finding in told):
        return Made(b"", words, told, FOUND_ERRORS)
    return Made(data(), words, told)


def opened_from(text: Path, chosen: Settings, findings: list[Finding]) -> tuple[Opened, ...]:
    """Return what is in the file at ``text`` (``STDIN``: standard input); raises ReadError."""
    from epistola.text.doors import open_file  # noqa: PLC0415 - as above

    path = None if text == STDIN else text
    return open_file(path, chosen.encoding, findings.append, gutenberg=chosen.gutenberg)


def only(opened: Sequence[Opened]) -> Opened:
    """Return the one letter that was opened; raises ReadError where there are more."""
    if len(opened) > 1:
        raise ReadError(f"there are {len(opened)} letters in it: divide them with --split")
    return opened[0]


def unread(error: Exception) -> Made:
    """Return what comes of a text that cannot be read."""
    line, column = getattr(error, "line", 0), getattr(error, "column", 0)
    told = Finding(Severity.ERROR, "read", str(error), line=line, column=column)
    return Made(b"", 0, (told,), COULD_NOT_RUN)


def located(findings: Iterable[Finding], source: Source, start: int = 0) -> tuple[Finding, ...]:
    """Return ``findings`` with line and column instead of spans, in the order of the text.

    The text they are about begins at ``start`` in ``source``.
    """
    placed = [_placed(finding, source, start) for finding in findings]
    return tuple(sorted(placed, key=lambda finding: (finding.line, finding.column)))


def _placed(finding: Finding, source: Source, start: int) -> Finding:
    if finding.span is None:
        return finding
    line, column = source.position(finding.span.start + start)
    return replace(finding, span=None, line=line, column=column)


def _failed(error: Exception) -> Made:
    place = extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    message = f"the program failed at {where}: {type(error).__name__}: {error}; please report it"
    return Made(b"", 0, (Finding(Severity.ERROR, "failed", message),), COULD_NOT_RUN)


def time_of(state: os.stat_result) -> int:
    """Return when a file was written; 0 where its file system does not say."""
    return getattr(state, "st_mtime_ns", 0)


def _written(row: Row, data: bytes, target: Path) -> Row:
    try:
        write_whole(target, data)
        state = target.stat()
    except OSError as error:
        told = Finding(Severity.ERROR, "write", f"it cannot be written: {error.strerror}")
        return replace(row, code=COULD_NOT_RUN, findings=(*row.findings, told))
    digest = sha256(data).hexdigest()
    return replace(row, output=digest, size=state.st_size, time=time_of(state))
