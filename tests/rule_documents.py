"""Pieces of TEI as a whole file, for rules to look at."""

from __future__ import annotations

from pathlib import Path

from epistola.checks.rules import check_rules
from epistola.model import Finding, Source
from epistola.safe import parse

OURS = '<teiHeader><appInfo><application ident="epistola"/></appInfo></teiHeader>'


def document(piece: str, *, ours: bool = True) -> bytes:
    header = OURS if ours else ""
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}\n{piece}</TEI>'.encode()


def found(
    piece: str, *, ours: bool = True, path: Path | None = None, source: str = ""
) -> list[Finding]:
    raw = document(piece, ours=ours)
    return check_rules(parse(raw), raw, Source("s", source) if source else None, path)


def told(piece: str, *, ours: bool = True) -> list[str]:
    return [f"{one.severity} {one.code}" for one in found(piece, ours=ours)]
