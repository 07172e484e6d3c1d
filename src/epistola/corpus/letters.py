"""Encode a batch of letters in one process and write each whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb

from epistola.corpus.journal import Row
from epistola.corpus.settings import Settings, edition_of
from epistola.files import write_whole
from epistola.model import Finding, Severity, Source
from epistola.text.read import ReadError, read

FOUND_ERRORS, COULD_NOT_RUN = 1, 2


@dataclass(frozen=True, slots=True)
class Task:
    """A letter to encode: where it is, where it goes, what it is called in the journal."""

    name: str
    text: Path
    target: Path
    inputs: str = ""


def encode_batch(tasks: Sequence[Task], chosen: Settings) -> list[Row]:
    """Return what came of each of ``tasks``, in their order; a bad one never stops the others."""
    return [encode_task(task, chosen) for task in tasks]


def encode_task(task: Task, chosen: Settings) -> Row:
    """Encode and write one letter; where the program itself fails, that is what came of it."""
    try:
        return _encoded(task, chosen)
    except Exception as error:  # noqa: BLE001 - a fault of the program must not stop the run
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        message = (
            f"the program failed at {where}: {type(error).__name__}: {error}; please report it"
        )
        told = Finding(Severity.ERROR, "failed", message)
        return Row(task.name, task.inputs, code=COULD_NOT_RUN, findings=(told,))


def _encoded(task: Task, chosen: Settings) -> Row:
    from epistola.pipeline import encode  # noqa: PLC0415 - not needed where nothing is to do

    findings: list[Finding] = []
    row = Row(task.name, task.inputs)
    try:
        source = read(task.text, chosen.encoding, findings.append)
    except ReadError as error:
        told = Finding(Severity.ERROR, "read", str(error), line=error.line, column=error.column)
        return replace(row, code=COULD_NOT_RUN, findings=(told,))
    made = encode(source, edition=edition_of(chosen), language=chosen.language, date=chosen.date)
    placed = tuple(located(finding, source) for finding in (*findings, *made.findings))
    row = replace(row, words=len(source.text.split()), findings=placed)
    if any(finding.severity is Severity.ERROR for finding in placed):
        return replace(row, code=FOUND_ERRORS)
    return _written(row, made.to_bytes(), task.target)


def _written(row: Row, data: bytes, target: Path) -> Row:
    try:
        write_whole(target, data)
        state = target.stat()
    except OSError as error:
        told = Finding(Severity.ERROR, "write", f"it cannot be written: {error.strerror}")
        return replace(row, code=COULD_NOT_RUN, findings=(*row.findings, told))
    digest = sha256(data).hexdigest()
    return replace(row, output=digest, size=state.st_size, time=state.st_mtime_ns)


def located(finding: Finding, source: Source) -> Finding:
    """Return ``finding`` with its line and column instead of its span."""
    if finding.span is None:
        return finding
    line, column = source.position(finding.span.start)
    return replace(finding, span=None, line=line, column=column)
