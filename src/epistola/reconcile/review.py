"""What a reviewed sheet says of one file: the changes to make, and what goes against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from epistola.model import Finding, Report, Severity
from epistola.reconcile.document import Change, Document, Fate
from epistola.reconcile.propose import Subject
from epistola.reconcile.sheet import Row


def rows_of(document: Document, names: Collection[str], rows: Iterable[Row]) -> list[Row]:
    """Return the rows about ``document``; its name alone is enough where one file has it.

    ``names`` are those of all files given: a sheet is often made in another folder.
    """
    short = Path(document.name).name
    alone = sum(Path(name).name == short for name in names) == 1
    return [
        row
        for row in rows
        if row.file == document.name
        or (alone and row.file not in names and Path(row.file).name == short)
    ]


def decided(document: Document, rows: Iterable[Row], report: Report) -> list[Change]:
    """Return the changes to ``document`` that ``rows`` ask for.

    A number that contradicts one that an editor has put is not added, and reported; so are
    two numbers of one authority for one entry, and an entry that is not there.
    """
    subjects = {subject.id: subject for subject in document.subjects}
    changes: list[Change] = []
    for entry, some in _by_entry(rows).items():
        subject = subjects.get(entry)
        if subject is None:
            report(_missing(entry))
            continue
        changes += [Change(entry, row.number, Fate.REFUSED) for row in some if row.refused]
        changes += _accepted(subject, [row for row in some if row.accepted], report)
    return changes


def _by_entry(rows: Iterable[Row]) -> dict[str, list[Row]]:
    table: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        table[row.entry].append(row)
    return table


def _accepted(subject: Subject, rows: Sequence[Row], report: Report) -> Iterator[Change]:
    by_authority: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        authority, number = row.number.identity
        by_authority[authority].setdefault(number, row)
    for authority, accepted in by_authority.items():
        held = [one for one in subject.card.numbers if one.identity.authority == authority]
        own = [one for one in held if not one.certainty]
        numbers = [*own, *(row.number for row in accepted.values())]
        if len({one.identity for one in numbers}) > 1:
            report(_contradiction(subject, [one.value for one in numbers]))
            continue
        row = next(iter(accepted.values()))
        yield Change(subject.id, row.number, Fate.ACCEPTED)
        for other in held:
            if other.identity != row.number.identity:
                yield Change(subject.id, other, Fate.REFUSED)


def _missing(entry: str) -> Finding:
    message = (
        f"there is no entry “{entry}” of which the sheet speaks: was its xml:id changed, or is it"
        " a copy of a register’s?"
    )
    return Finding(Severity.WARNING, "sheet-entry", message)


def _contradiction(subject: Subject, values: Iterable[str]) -> Finding:
    message = (
        f"“{subject.id}” cannot have all of these, and none was added: {', '.join(values)}:"
        " accept one, or take the other out of the file"
    )
    return Finding(
        Severity.WARNING, "contradicted-number", message, line=subject.line, column=subject.column
    )
