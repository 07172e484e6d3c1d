"""What came of one letter of a run."""

from __future__ import annotations

from dataclasses import dataclass

from epistola.model import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one letter.

    ``name`` is its file below the output folder, ``inputs`` the digest of all it was made from,
    ``output`` that of what was written (nothing where nothing was), ``size`` and ``time`` the
    written file's; ``doubts`` is how many statements in it are marked with ``@cert``; ``code`` the
    exit code, ``findings`` have line and column. ``told`` is what a letter that was only
    surveyed tells across letters.
    """

    name: str
    inputs: str
    output: str = ""
    size: int = 0
    time: int = 0
    words: int = 0
    doubts: int = 0
    code: int = 0
    findings: tuple[Finding, ...] = ()
    told: str = ""
