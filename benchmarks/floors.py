"""What several measurements share: they print, and exit 1 if a number is below its floor."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
FLOORS = Path(__file__).with_name("floors.toml")

Measure = Callable[[Path, Mapping[str, Any]], Iterator[str]]
"""Print what is measured, in a folder of its own, and yield what is below its floor."""


def measured(table: str, measures: Mapping[str, Measure], names: Sequence[str]) -> int:
    """Run the ``measures`` called ``names``, or all, with the floors in ``table``; exit code."""
    if not SHARED.is_dir():
        print(f"skipped: no {SHARED}")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))[table]
    below: list[str] = []
    for name in names or measures:
        with TemporaryDirectory() as work:
            below += measures[name](Path(work), floors)
    print("\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "all above the floors")
    return 1 if below else 0
