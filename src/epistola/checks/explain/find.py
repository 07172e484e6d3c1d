"""From the faults of a file to findings, in the order of the file."""

from __future__ import annotations

from lxml import etree

from epistola.checks.explain.faults import Fault, Judge
from epistola.checks.explain.mend import Mender
from epistola.checks.explain.nodes import read_node
from epistola.checks.explain.schema import Schema
from epistola.checks.explain.words import expected, message
from epistola.checks.positions import Place, Positions
from epistola.model import Finding, Severity

MENDED = 40
"""For how many faults of one file a fix is worked out; more are put right one after another."""


def findings(root: etree._Element, raw: bytes, schema: Schema) -> list[Finding]:
    """Return the faults of the document ``root``, which ``raw`` is the file of."""
    positions = Positions(raw)
    judge = Judge(schema.grammar, schema.values, read_node(root))
    placed = sorted(
        ((place(fault, positions), number, fault) for number, fault in enumerate(judge.faults())),
        key=lambda one: one[:2],
    )
    mender = Mender(judge, positions)
    return [
        Finding(
            Severity.ERROR,
            f"schema.{fault.code}",
            message(fault, judge),
            line=where.line,
            column=where.column,
            expected=expected(fault, judge),
            fix=mender.fix(fault) if at < MENDED else (),
        )
        for at, (where, _, fault) in enumerate(placed)
    ]


def place(fault: Fault, positions: Positions) -> Place:
    """Return where ``fault`` is: its attribute, its text, or the start tag of its element."""
    if fault.attribute and fault.code != "missing-attribute":
        return Place(*positions.attribute(fault.node.origin, fault.attribute)[:2])
    if fault.words is not None:
        find = positions.tail if fault.words.is_tail else positions.text
        return Place(*find(fault.words.origin)[:2])
    return positions.of(fault.node.origin)
