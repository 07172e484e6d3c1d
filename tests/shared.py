"""Where the data lie that tests read in place: letters, registers, TEI's own schema."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("EPISTOLA_SHARED") or Path(__file__).parents[2] / "shared")


def shared(*parts: str) -> Path:
    """Return the path of shared data; without them, the test that asks is skipped."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {path}; set EPISTOLA_SHARED to the folder of shared data")
    return path
