"""Which entries of a register may be copied into a letter as they are.

A register may be any TEI; a letter is valid by the edition's own schema. An entry whose
element that schema refuses is copied by its names alone, and still points to the original.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from epistola.checks.relaxng import check_schema
from epistola.model import Entry, Finding, Report, Severity, ignore

FRAME = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/></titleStmt>'
    "<publicationStmt><publisher/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    "<standOff>{}</standOff></TEI>"
)
LISTS = {
    "person": "<listPerson>{}</listPerson>",
    "place": "<listPlace>{}</listPlace>",
    "org": "<listOrg>{}</listOrg>",
    "event": "<listEvent>{}</listEvent>",
    "work": "<listBibl>{}</listBibl>",
    "term": '<list type="terms">{}</list>',
}


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
    document = FRAME.format(LISTS[kind].format(record))
    return next((f.message for f in check_schema(etree.fromstring(document).getroottree())), "")
