"""A run: encode the letters that are new or changed, and remember what came of each.

    for done in run(tasks, settings, folder, jobs=2): ...

Letters go to the processes in batches, a few ahead and no more, so that memory stays flat;
what comes of them is told in the order of the letters, whoever is first.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.corpus.beside import inputs
from epistola.corpus.journal import Row, journal, keep, kept
from epistola.corpus.letters import COULD_NOT_RUN, Task
from epistola.corpus.settings import Settings, fingerprint, table_of
from epistola.corpus.workers import Workers
from epistola.model import Finding, Severity

if TYPE_CHECKING:
    import sqlite3

    from epistola.sidecar import Table

BATCH = 16
"""Letters that go to a process at once."""
LONGEST = 256
"""Letters in a batch with those that are unchanged."""
DRAFT = re.compile(r"\.[0-9a-f]{16}\.part")
"""The name of a file that is being written (``files.write_parts``)."""
AHEAD = 2
"""Batches that wait for each process, at most."""


@dataclass(frozen=True, slots=True)
class Done:
    """A letter of a run, what came of it, and whether that was so before."""

    task: Task
    row: Row
    unchanged: bool = False


def run(
    tasks: Sequence[Task], chosen: Settings, folder: Path, jobs: int = 1, *, force: bool = False
) -> Iterator[Done]:
    """Yield what comes of each of ``tasks``, in their order, and keep it in ``folder``'s journal.

    A letter is left as it is where it was written from the same text, by the same program and
    edition; one whose file was changed by hand since is told and not overwritten, unless
    ``force``. A run that was killed goes on where it was.

    Raises JournalError where another run is going on, or nothing can be remembered.
    """
    chosen = replace(chosen, state=fingerprint(chosen))
    table = table_of(chosen)
    with journal(folder) as memory:
        _clear(folder)
        stamped = (_stamped(task, table, chosen.state) for task in tasks)
        known = (_known(memory, task, force=force) for task in stamped)
        yield from _encoded(memory, known, chosen, jobs)


def _clear(folder: Path) -> None:
    """Delete what a killed run has left half written; nobody else writes here now."""
    for draft in folder.rglob(".*.part"):
        if DRAFT.fullmatch(draft.name):
            with suppress(OSError):
                draft.unlink()


# --- what is known of a letter -------------------------------------------------------------


def _stamped(task: Task, table: Table | None, common: str) -> Task:
    """Return ``task`` with the digest of what it depends on."""
    try:
        return replace(task, inputs=inputs(task.text, table, common))
    except OSError:
        return task  # to read it for its encoding will tell why


def _known(memory: sqlite3.Connection, task: Task, *, force: bool) -> Done | Task:
    """Return what is known of a letter, or the task where it must be encoded."""
    row = kept(memory, task.name)
    if force or not task.inputs or row is None or row.code == COULD_NOT_RUN:
        return task
    written = bool(row.output) and task.target.exists()
    if written and not _is_as_written(task.target, row):
        return Done(task, _changed_by_hand(row))
    return Done(task, row, unchanged=True) if _is_current(row, task) else task


def _is_current(row: Row, task: Task) -> bool:
    return row.inputs == task.inputs and bool(row.output) == task.target.exists()


def _is_as_written(target: Path, row: Row) -> bool:
    state = target.stat()
    if (state.st_size, state.st_mtime_ns) == (row.size, row.time):
        return True
    return state.st_size == row.size and sha256(target.read_bytes()).hexdigest() == row.output


def _changed_by_hand(row: Row) -> Row:
    message = "it was changed by hand since it was written, and is left so; --force overwrites it"
    return replace(row, code=0, findings=(Finding(Severity.WARNING, "changed-by-hand", message),))


# --- on one process, or on several ---------------------------------------------------------


def _encoded(
    memory: sqlite3.Connection, known: Iterable[Done | Task], chosen: Settings, jobs: int
) -> Iterator[Done]:
    """Yield each letter in its order: as it is known, or encoded now."""
    waiting: deque[tuple[list[Done | Task], Future[list[Row]]]] = deque()
    with Workers(chosen, jobs) as workers:
        for batch in _batches(known):
            tasks = [one for one in batch if isinstance(one, Task)]
            waiting.append((batch, workers.submit(tasks)))
            if len(waiting) > (AHEAD * jobs if jobs > 1 else 0):
                yield from _finished(memory, workers, *waiting.popleft())
        while waiting:
            yield from _finished(memory, workers, *waiting.popleft())


def _batches(known: Iterable[Done | Task]) -> Iterator[list[Done | Task]]:
    batch: list[Done | Task] = []
    tasks = 0
    for one in known:
        batch.append(one)
        tasks += isinstance(one, Task)
        if tasks == BATCH or len(batch) == LONGEST:
            yield batch
            batch, tasks = [], 0
    if batch:
        yield batch


def _finished(
    memory: sqlite3.Connection,
    workers: Workers,
    batch: Sequence[Done | Task],
    future: Future[list[Row]],
) -> Iterator[Done]:
    tasks = [one for one in batch if isinstance(one, Task)]
    rows = workers.result(tasks, future)
    if rows:
        keep(memory, rows)
    made = iter(rows)
    for one in batch:
        yield one if isinstance(one, Done) else Done(one, next(made))
