"""Rules beyond the grammar: what a schema cannot say of a TEI file, ours or another's.

Each rule is a function from the index of a file to faults, and stands in the module of its
family; this is the order in which they are asked. What they are for is in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lxml import etree

from epistola.checks.index import Index, index
from epistola.checks.library import Library
from epistola.checks.positions import Positions
from epistola.checks.rules.catalogue import CATALOGUE, Rule
from epistola.checks.rules.certainty import certainty_is_someones
from epistola.checks.rules.chains import chains_hold
from epistola.checks.rules.dates import (
    dates_exist,
    dates_have_values,
    dates_say_one_thing,
    ranges_run_forwards,
)
from epistola.checks.rules.entries import entries_are_used
from epistola.checks.rules.fault import Fault, shortened
from epistola.checks.rules.ids import ids_are_unique
from epistola.checks.rules.kinds import declarations_are_declarable, pointers_fit
from epistola.checks.rules.languages import languages_are_known
from epistola.checks.rules.letters import correspondents_are_single, writers_were_alive
from epistola.checks.rules.names import (
    names_are_not_empty,
    names_have_entries,
    paragraphs_are_not_empty,
)
from epistola.checks.rules.pointers import files_resolve, pointers_are_filled, pointers_resolve
from epistola.model import Edit, Finding, Severity, Source

__all__ = ["CATALOGUE", "RULES", "Library", "Rule", "check_pointers", "check_rules"]

POINTING: tuple[Callable[[Index], Iterable[Fault]], ...] = (ids_are_unique, pointers_resolve)

RULES: tuple[Callable[[Index], Iterable[Fault]], ...] = (
    *POINTING,
    files_resolve,
    pointers_fit,
    declarations_are_declarable,
    pointers_are_filled,
    chains_hold,
    certainty_is_someones,
    dates_exist,
    ranges_run_forwards,
    dates_say_one_thing,
    languages_are_known,
    names_are_not_empty,
    paragraphs_are_not_empty,
    dates_have_values,
    names_have_entries,
    entries_are_used,
    correspondents_are_single,
    writers_were_alive,
)

MOST = 500
"""How many faults by one rule are told; nobody reads more, and a file can have a million."""

MORE = "more"
"""The code of the finding that says so."""

LONGEST = 400
"""How long a message may be; a value in it can be as long as the file."""


def check_rules(
    tree: etree._ElementTree,
    raw: bytes,
    source: Source | None = None,
    path: Path | None = None,
    library: Library | None = None,
) -> list[Finding]:
    """Return every breach of a rule in ``tree``, which is ``raw`` parsed, in order of place.

    With ``source``, the words are compared with it. With ``path``, where the file lies, its
    pointers into files beside it are followed; ``library`` keeps these for the next file.
    """
    known = index(tree, path, library or Library())
    faults = [fault for rule in RULES for fault in _first(rule(known))]
    if source is not None:
        from epistola.checks.rules.words import words_are_the_sources  # noqa: PLC0415 - seldom asked

        faults += words_are_the_sources(known, source)
    return placed(faults, known, raw) if faults else []


def check_pointers(tree: etree._ElementTree | etree._Element) -> list[Finding]:
    """Return an error for each ``xml:id`` used twice and each ``#id`` that is not there.

    Lines are those of the file that ``tree`` was parsed from; a tree made in memory has none.
    """
    known = index(tree)
    faults = [fault for rule in POINTING for fault in rule(known)]
    return [_finding(fault, known, None) for fault in faults]


def placed(faults: list[Fault], known: Index, raw: bytes) -> list[Finding]:
    """Return ``faults`` as findings with line and column, sorted by these."""
    positions = _positions(known, raw)
    findings = [_finding(fault, known, positions) for fault in faults]
    return sorted(findings, key=lambda one: (one.line, one.column))


def _first(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield as many as are told, and in place of the next one that there are more."""
    for number, fault in enumerate(faults):
        if number == MOST:
            message = (
                f"more than {MOST} faults of the kind “{fault.code}”; from here on they are not"
                " listed: mend these first"
            )
            yield Fault(MORE, fault.element, message)
            return
        yield fault


def _positions(known: Index, raw: bytes) -> Positions | None:
    """Return where things stand in ``raw``; of a file with entities of its own, nobody knows.

    In such a file elements may come from an entity, and are not written where they stand.
    """
    positions = Positions(raw)
    try:
        positions.tag(known.root)
    except ValueError:
        return None
    return positions


def _finding(fault: Fault, known: Index, positions: Positions | None) -> Finding:
    severity = Severity.INFO
    if fault.code != MORE:
        severity = CATALOGUE[fault.code].severity_in(ours=known.is_ours)
    line, column = _place(fault, positions)
    return Finding(
        severity,
        fault.code,
        shortened(fault.message, LONGEST),
        line=line,
        column=column,
        expected=fault.expected,
        fix=tuple(_fix(fault, positions)),
    )


def _place(fault: Fault, positions: Positions | None) -> tuple[int, int]:
    if positions is None:
        line: object = fault.element.sourceline
        return (line, 1) if isinstance(line, int) else (0, 0)
    if fault.attribute:
        return positions.attribute(fault.element, fault.attribute)[:2]
    return positions.of(fault.element)


def _fix(fault: Fault, positions: Positions | None) -> Iterator[Edit]:
    if fault.instead is None or positions is None:
        return
    written = positions.written(fault.element, fault.attribute)
    if written is not None:
        yield Edit(written.value, fault.instead)
