"""Which entries of a register may be copied into a letter as they are.

A register may be any TEI; a letter is valid by the edition's own schema. An entry whose
element that schema refuses is copied by its names alone, and still points to the original.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from epistola.checks.relaxng import check_schema
from epistola.model import NOTHING, Entry, EntryId, Finding, Report, Severity, ignore
from epistola.tree.standoff import dump_register


def admissible(entries: Iterable[Entry], report: Report = ignore) -> tuple[Entry, ...]:
    """Return ``entries``, those without their record that the schema refuses; each is reported."""
    return tuple(_admitted(entry, report) for entry in entries)


def _admitted(entry: Entry, report: Report) -> Entry:
    fault = _fault(entry.kind, entry.record) if entry.record else ""
    if not fault:
        return entry
    message = (
        f"the register's entry “{entry.id}” in {entry.home} is copied by its names alone,"
        f" for by the schema of letters {fault}"
    )
    report(Finding(Severity.INFO, "register-entry", message))
    return replace(entry, record="")


@lru_cache(maxsize=4096)
def _fault(kind: str, record: str) -> str:
    """Return what the schema says against an entry's element, nothing if it allows it."""
    alone = dump_register([Entry(EntryId(kind), kind, (), NOTHING, record)], "")
    return next((finding.message for finding in check_schema(alone)), "")
