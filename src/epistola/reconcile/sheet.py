"""The review sheet: proposals and candidates as a table for an editor to say yes or no in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from epistola.reconcile.numbers import Identity, Number
from epistola.reconcile.propose import Proposal, Reason, Verdict, proposals

YES = frozenset("yes y x 1 true ja j oui o ok".split())
NO = frozenset("no n 0 false nein non -".split())


class SheetError(Exception):
    """A review sheet cannot be used; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """A number for an entry, why, and what the editor says of it: ``accept``."""

    file: str
    entry: str
    kind: str
    names: str
    dates: str
    authority: str
    id: str
    label: str
    cert: str
    score: str
    evidence: str
    accept: str = ""

    @property
    def number(self) -> Number:
        """Return the number that the row is about."""
        return Number(self.authority, self.id)

    @property
    def about(self) -> tuple[str, str, Identity]:
        """Return what makes it the same as a row of another sheet."""
        return Path(self.file).name, self.entry, self.number.identity

    @property
    def accepted(self) -> bool:
        """Return whether the editor says yes."""
        return self.accept.strip().lower() in YES

    @property
    def refused(self) -> bool:
        """Return whether the editor says no."""
        return self.accept.strip().lower() in NO


COLUMNS = tuple(field.name for field in fields(Row))
NEEDED = ("file", "entry", "authority", "id", "accept")


def rows(verdicts: Iterable[Verdict]) -> Iterator[Row]:
    """Yield a row for each proposal, and for each candidate where several fit."""
    for verdict in verdicts:
        for proposal in proposals(verdict):
            yield _row(proposal, proposal.match.certainty)
        if verdict.reason in {Reason.AMBIGUOUS, Reason.SHARED}:
            for rival in verdict.rivals:
                for proposal in proposals(replace(verdict, best=rival)):
                    yield _row(proposal, "", f"{verdict.reason}: ")


def _row(proposal: Proposal, certainty: str, why: str = "") -> Row:
    subject, match = proposal.subject, proposal.match
    return Row(
        subject.file,
        subject.id,
        subject.card.kind,
        " | ".join(subject.card.names),
        str(subject.card.years),
        proposal.number.authority,
        proposal.number.value,
        match.card.label,
        certainty,
        str(match.similarity),
        f"{why}{', '.join(match.evidence)}",
    )


def written(found: Iterable[Row]) -> bytes:
    """Return the sheet as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8."""
    sheet = io.StringIO(newline="")
    table = csv.DictWriter(sheet, COLUMNS)
    table.writeheader()
    table.writerows(asdict(row) for row in found)
    return sheet.getvalue().encode("utf-8-sig")


def read_sheet(path: Path) -> tuple[Row, ...]:
    """Return the rows of a sheet, as a spreadsheet may have saved it.

    Raises SheetError.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(f"{path}: it is not in UTF-8: save it as “CSV UTF-8”") from None
    except OSError as error:
        raise SheetError(f"{path}: it cannot be read: {error.strerror}") from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        missing = [name for name in NEEDED if name not in (lines.fieldnames or ())]
        if missing:
            raise SheetError(
                f"{path}:1: there is no column “{missing[0]}”: this is no review sheet; make one"
                " with --csv"
            )
        return tuple(_read(path, lines.line_num, row) for row in lines)
    except csv.Error as error:
        raise SheetError(f"{path}:{lines.line_num}: {error}") from None


def _read(path: Path, line: int, cells: Mapping[str, str | None]) -> Row:
    row = Row(**{name: (cells.get(name) or "").strip() for name in COLUMNS})
    if row.accept and not row.accepted and not row.refused:
        raise SheetError(
            f"{path}:{line}: accept is “{row.accept}”: write yes or no, or leave it empty"
        )
    if row.accepted and not (row.entry and row.authority and row.id):
        raise SheetError(f"{path}:{line}: entry, authority and id must not be empty")
    return row


def marked(found: Iterable[Row], before: Iterable[Row]) -> Iterator[Row]:
    """Yield ``found`` with what the editor has said of the same in the sheet ``before``."""
    said = {row.about: row.accept for row in before}
    for row in found:
        yield replace(row, accept=said.get(row.about, ""))
