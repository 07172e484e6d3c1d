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
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.corpus.journal import Row, journal, keep, kept, reading, remember, remembered
from epistola.corpus.letters import COULD_NOT_RUN, Task
from epistola.corpus.settings import Settings, fingerprint, packed, table_of, unpacked
from epistola.corpus.standing import State, stamped, state
from epistola.corpus.workers import Workers
from epistola.model import Finding, Severity

if TYPE_CHECKING:
    import sqlite3

BATCH = 16
"""Letters that go to a process at once."""
LONGEST = 256
"""Letters in a batch with those that are unchanged."""
DRAFT = re.compile(r"\.[0-9a-f]{16}\.part")
"""The name of a file that is being written (``files.write_parts``)."""
OPTIONS = "options"
"""What the journal calls the options of the last run."""
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
        remember(memory, OPTIONS, packed(chosen))
        now = (stamped(task, table, chosen.state) for task in tasks)
        known = (_known(memory, task, force=force) for task in now)
        yield from _encoded(memory, known, chosen, jobs)


def standings(
    tasks: Sequence[Task], edition: Path | None, folder: Path
) -> Iterator[tuple[Task, State, Row | None]]:
    """Yield how each of ``tasks`` stands, and what ``folder``'s journal knows of it.

    The options are those of the last run. Raises JournalError where a run is going on.
    """
    with reading(folder) as memory:
        chosen = unpacked(remembered(memory, OPTIONS) if memory else "", edition)
        common, table = fingerprint(chosen), table_of(chosen)
        for task in tasks:
            row = kept(memory, task.name) if memory else None
            yield task, state(stamped(task, table, common), row), row


def _clear(folder: Path) -> None:
    """Delete what a killed run has left half written; nobody else writes here now."""
    for draft in folder.rglob(".*.part"):
        if DRAFT.fullmatch(draft.name):
            with suppress(OSError):
                draft.unlink()


# --- what is known of a letter -------------------------------------------------------------


def _known(memory: sqlite3.Connection, task: Task, *, force: bool) -> Done | Task:
    """Return what is known of a letter, or the task where it must be encoded."""
    row = kept(memory, task.name)
    if force or row is None or row.code == COULD_NOT_RUN:
        return task
    match state(task, row):
        case State.BY_HAND:
            return Done(task, _changed_by_hand(row))
        case State.CHECKED | State.FAILING:
            return Done(task, row, unchanged=True)
        case _:
            return task


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
