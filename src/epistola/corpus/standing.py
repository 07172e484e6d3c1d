"""How each letter stands: new, changed, failing, changed by hand, checked, reviewed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from epistola.corpus.beside import inputs
from epistola.corpus.letters import Task, time_of
from epistola.corpus.row import Row
from epistola.corpus.settings import Settings, table_of


class State(StrEnum):
    """How a letter stands; the order is that of what is to be done about it."""

    FAILING = "failing"
    NEW = "new"
    CHANGED = "changed"
    BY_HAND = "changed by hand"
    CHECKED = "checked"
    REVIEWED = "reviewed"


def stamped(task: Task, chosen: Settings) -> Task:
    """Return ``task`` with the digest of what it depends on; without, where it cannot be read."""
    try:
        now = inputs(task.text, table_of(chosen), chosen.folder, chosen.state)
        return replace(task, inputs=now)
    except OSError:
        return task  # to read it for its encoding will tell why


def state(task: Task, row: Row | None) -> State:
    """Return how a letter stands that a run knows as ``row``."""
    if row is None:
        return State.NEW
    written = bool(row.output) and task.target.exists()
    if written and not _is_as_written(task.target, row):
        return State.BY_HAND
    if not task.inputs or row.inputs != task.inputs or bool(row.output) != task.target.exists():
        return State.CHANGED
    return State.FAILING if row.code else State.CHECKED


def _is_as_written(target: Path, row: Row) -> bool:
    now = target.stat()
    if time_of(now) and (now.st_size, time_of(now)) == (row.size, row.time):
        return True
    return now.st_size == row.size and sha256(target.read_bytes()).hexdigest() == row.output
