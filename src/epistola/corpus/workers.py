"""Who works on the letters of a run: processes of this machine, or of others (``cluster``).

One that dies takes no letter with it but the one that kills it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Protocol

from epistola.corpus.letters import Done, Task
from epistola.corpus.row import Row
from epistola.corpus.settings import Settings
from epistola.model import Finding, Severity
from epistola.terminal import COULD_NOT_RUN

BATCH = 16
"""Letters that go to a process at once."""
LONGEST = 256
"""Letters in a batch with those that are unchanged."""
AHEAD = 2
"""Batches that wait for each process, at most."""
START = "spawn"
"""A new process that shares nothing: the same on every system (Python's multiprocessing)."""


Work = Callable[[Sequence[Task], Settings], list[Row]]
"""What is done with a batch of letters: a row comes of each, in their order."""


Result = Callable[[], list[Row]]
"""Waits for what comes of a batch, and returns it."""


class Workers(Protocol):
    """Whoever works on batches of letters: ``jobs`` at a time."""

    jobs: int

    def begin(self, work: Work, tasks: Sequence[Task], chosen: Settings) -> Result:
        """Begin to work on ``tasks``."""
        ...


Hired = AbstractContextManager[Workers]


class _Alone:
    """The process that asks, and no other."""

    jobs = 1

    def begin(self, work: Work, tasks: Sequence[Task], chosen: Settings) -> Result:
        rows = work(tasks, chosen)
        return lambda: rows


class _Processes:
    """Processes on this machine, begun when the first batch is there for them."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.pool: ProcessPoolExecutor | None = None

    def begin(self, work: Work, tasks: Sequence[Task], chosen: Settings) -> Result:
        if self.pool is None:
            self.pool = _pool(self.jobs)
        try:
            future = self.pool.submit(work, tasks, chosen)
        except BrokenProcessPool:
            self.pool = _pool(self.jobs)
            future = self.pool.submit(work, tasks, chosen)
        return lambda: _finished(future, work, tasks, chosen)


def _finished(
    future: Future[list[Row]], work: Work, tasks: Sequence[Task], chosen: Settings
) -> list[Row]:
    """Return what came of ``tasks``; where their process died, each is tried by itself."""
    try:
        return future.result()
    except BrokenProcessPool:
        return [_by_itself(work, task, chosen) for task in tasks]


@contextmanager
def on_this_machine(jobs: int = 1) -> Iterator[Workers]:
    """Hire ``jobs`` processes of this machine; one is this process itself."""
    if jobs == 1:
        yield _Alone()
        return
    hired = _Processes(jobs)
    done = False
    try:
        yield hired
        done = True
    finally:
        if hired.pool is not None:
            hired.pool.shutdown(wait=done, cancel_futures=True)


def worked(
    workers: Workers,
    work: Work,
    known: Iterable[Done | Task],
    chosen: Settings,
    keep: Callable[[list[Row]], None],
) -> Iterator[Done]:
    """Yield each letter of ``known`` in its order: as it is known, or worked on now.

    What comes of a batch is kept before it is yielded. Letters are given to the processes a
    few batches ahead and no more, so that memory stays flat.
    """
    waiting: deque[tuple[list[Done | Task], Result]] = deque()

    def finished() -> Iterator[Done]:
        batch, result = waiting.popleft()
        rows = result()
        if rows:
            keep(rows)
        made = iter(rows)
        for one in batch:
            yield one if isinstance(one, Done) else Done(one, next(made))

    for batch in _batches(known):
        tasks = _tasks(batch)
        waiting.append((batch, workers.begin(work, tasks, chosen) if tasks else list))
        if len(waiting) > (AHEAD * workers.jobs if workers.jobs > 1 else 0):
            yield from finished()
    while waiting:
        yield from finished()


def _tasks(batch: Iterable[Done | Task]) -> list[Task]:
    return [one for one in batch if isinstance(one, Task)]


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


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context(START), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let a process end when the run that began it is killed: it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _by_itself(work: Work, task: Task, chosen: Settings) -> Row:
    """Work on one letter in a process of its own, and tell where it dies of it."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, [task], chosen).result()[0]
    except BrokenProcessPool:
        return died(task)


def died(task: Task) -> Row:
    """Return what comes of a letter of which every process dies."""
    message = "the process that read it died, perhaps for want of memory; encode it alone"
    told = Finding(Severity.ERROR, "died", message)
    return Row(task.name, task.inputs, code=COULD_NOT_RUN, findings=(told,))
