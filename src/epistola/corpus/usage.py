"""How an edition calls its people, in a file that every process of a run reads."""

from __future__ import annotations

import json
from pathlib import Path

from epistola.model import EntryId
from epistola.registers.usage import Usage

FOLDER = ".epistola"
"""Where a run keeps what it remembers, in the folder that it writes to."""
FILE = Path(FOLDER) / "usage.json"
"""Where it is in the folder of an edition, beside the journal."""


def packed(usage: Usage) -> bytes:
    """Return ``usage`` as JSON."""
    named = {entry: sorted(levels.items()) for entry, levels in sorted(usage.named.items())}
    called = {form: dict(sorted(people.items())) for form, people in sorted(usage.called.items())}
    return json.dumps({"named": named, "called": called}, ensure_ascii=False).encode()


def read_usage(path: Path) -> Usage:
    """Return how an edition calls its people, as ``packed`` wrote it.

    Raises OSError, and ValueError for another file.
    """
    data = json.loads(path.read_bytes())
    named = {EntryId(entry): dict(map(tuple, rows)) for entry, rows in data["named"].items()}
    return Usage(named, data["called"])
