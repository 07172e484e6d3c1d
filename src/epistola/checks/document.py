"""Check a TEI file as it stands: its form, its schema, and the rules beyond the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import get_ident

from lxml import etree

from epistola.checks.positions import Positions
from epistola.checks.rules import Library, check_rules
from epistola.checks.schemas import Choice, SchemaError, Shelf, choose, shipped
from epistola.checks.schematron import Schematron, check_schematron, load_schematron
from epistola.checks.tailored import Tailored
from epistola.model import Finding, Severity, Source
from epistola.safe import UnreadableError, parse

DOUBLED: Mapping[str, tuple[str, ...]] = {
    "schema.bad-date": ("date",),
    "schema.duplicate-id": ("id",),
    "schema.bad-value": ("language", "empty-pointer"),
}
"""Faults that a schema finds, and the rules that may find the same."""

MORE_EXACT = frozenset({"date", "id"})


def _silent(_: str) -> None:
    """Say nothing of what takes long."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a file is to be checked by: schemas, its source, the rules beyond the schema.

    ``progress`` is told what will take some seconds; ``library`` keeps the files that others
    point into.
    """

    shelf: Shelf = field(default_factory=Shelf)
    phase: str = "#DEFAULT"
    source: Source | None = None
    rules: bool = True
    progress: Callable[[str], None] = _silent
    library: Library = field(default_factory=Library)


def check_document(
    raw: bytes, demands: Demands | None = None, file: Path | None = None
) -> list[Finding]:
    """Return what is wrong with the XML file ``raw``, in the order of the file.

    That is its form, or else its schema, its pointers and ids, and what ``demands`` add;
    ``file`` is where it was read from, for the schemas that it names beside itself.
    Nothing but those is read, and no entity is expanded.

    Raises SchemaError where a schema is not there or cannot be used.
    """
    demands = demands or Demands()
    try:
        tree = parse(raw)
    except UnreadableError as error:
        return [error.finding()]
    choice = choose(tree, file, demands.shelf)
    found = _by_schema(raw, tree, choice, demands)
    notes = [*choice.findings, *(choice.doubt if found else ())]
    if demands.rules:
        found = _united(found, check_rules(tree, raw, demands.source, file, demands.library))
    found += notes
    found += _by_schematron(raw, tree, choice, demands)
    return sorted(found, key=lambda finding: (finding.line, finding.column))


def prepare(demands: Demands) -> None:
    """Load the schemas that ``demands`` name, so that what is wrong with one is known early.

    Raises SchemaError.
    """
    if demands.shelf.schema is not None:
        _tailored(demands.shelf.schema, _stamp(demands.shelf.schema), get_ident(), demands.progress)
    for path in demands.shelf.schematrons:
        _schematron(path, _stamp(path), demands.phase)


def _by_schema(
    raw: bytes, tree: etree._ElementTree, choice: Choice, demands: Demands
) -> list[Finding]:
    path = choice.schema or shipped()
    validator = _tailored(path, _stamp(path), get_ident(), demands.progress).fitted(tree)
    if validator.validate(tree):
        return []
    from epistola.checks.explained import explained  # noqa: PLC0415 - slow to load

    return explained(raw, path, validator)


def _united(by_schema: list[Finding], by_rules: list[Finding]) -> list[Finding]:
    """Return all findings, a fault once that both the schema and a rule have found.

    It stays the schema's, for its verdict and its fix; the words are the rule's where those
    say more exactly what is wrong.
    """
    found, rest = list[Finding](), list(by_rules)
    for one in by_schema:
        codes = DOUBLED.get(one.code, ())
        places = ((one.line, one.column, code) for code in codes)
        same = next((rule for place in places for rule in rest if _place(rule) == place), None)
        if same is not None:
            rest.remove(same)
        more_exact = same is not None and same.code in MORE_EXACT
        found.append(replace(one, message=same.message) if same and more_exact else one)
    return found + rest


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.line, finding.column, finding.code


def _by_schematron(
    raw: bytes, tree: etree._ElementTree, choice: Choice, demands: Demands
) -> list[Finding]:
    paths = choice.schematrons or choice.offered
    if not paths:
        return []
    positions = _positions(raw, tree)
    found: list[Finding] = []
    for path in paths:
        try:
            schema = _schematron(path, _stamp(path), demands.phase)
            found += check_schematron(tree, positions, schema)
        except SchemaError as error:
            if choice.schematrons:
                raise
            found.append(Finding(Severity.WARNING, "schema-choice", str(error), line=1, column=1))
    return found


def _positions(raw: bytes, tree: etree._ElementTree) -> Positions | None:
    """Return where things stand in ``raw``; nobody knows where it has entities of its own."""
    positions = Positions(raw)
    try:
        positions.tag(tree.getroot())
    except ValueError:
        return None
    return positions


def _stamp(path: Path) -> int:
    """Return when ``path`` was last written, so that a schema that changes is read again."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=16)
def _tailored(path: Path, _stamp: int, _thread: int, progress: Callable[[str], None]) -> Tailored:
    """Return the schema at ``path``; one for each thread, as its error log is not shared."""
    return Tailored(path, progress)


@lru_cache(maxsize=16)
def _schematron(path: Path, _stamp: int, phase: str) -> Schematron:
    return load_schematron(path, phase)
