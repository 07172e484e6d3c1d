"""The scorer that lies beside the corpora, to hold our numbers against its."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from shared import shared


def scorer() -> ModuleType:
    """Return the shared scorer; without it, the test that asks is skipped."""
    path = shared("score", "tei_score.py")
    spec = importlib.util.spec_from_file_location("shared_tei_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
