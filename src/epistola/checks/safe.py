"""The safe parser by the name that checks have for it; registers, which come before, use it too."""

from __future__ import annotations

from epistola.safe import (
    LIMITS,
    Limits,
    MalformedError,
    UnreadableError,
    UnsafeError,
    parse,
    refuse_size,
)

__all__ = [
    "LIMITS",
    "Limits",
    "MalformedError",
    "UnreadableError",
    "UnsafeError",
    "parse",
    "refuse_size",
]
