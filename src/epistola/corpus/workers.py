"""The processes of a run. One that dies takes no letter with it but the one that kills it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from types import TracebackType
from typing import Self

from epistola.corpus.journal import Row
from epistola.corpus.letters import COULD_NOT_RUN, Task, encode_batch
from epistola.corpus.settings import Settings
from epistola.model import Finding, Severity

START = "spawn"
"""A new process that shares nothing: the same on every system (Python's multiprocessing)."""


class Workers:
    """Processes that encode batches of letters; with one job, this process itself."""

    def __init__(self, chosen: Settings, jobs: int) -> None:
        self._chosen = chosen
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def submit(self, tasks: Sequence[Task]) -> Future[list[Row]]:
        """Give ``tasks`` to a process, and return what will come of them."""
        if not tasks or self._jobs == 1:
            done: Future[list[Row]] = Future()
            done.set_result(encode_batch(tasks, self._chosen))
            return done
        if self._pool is None:
            self._pool = _pool(self._jobs)
        try:
            return self._pool.submit(encode_batch, tasks, self._chosen)
        except BrokenProcessPool:
            self._pool = _pool(self._jobs)
            return self._pool.submit(encode_batch, tasks, self._chosen)

    def result(self, tasks: Sequence[Task], future: Future[list[Row]]) -> list[Row]:
        """Return what came of ``tasks``; where their process died, each is tried by itself."""
        try:
            return future.result()
        except BrokenProcessPool:
            return [_alone(task, self._chosen) for task in tasks]


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


def _alone(task: Task, chosen: Settings) -> Row:
    """Encode one letter in a process of its own, and tell where it dies of it."""
    try:
        with _pool(1) as pool:
            return pool.submit(encode_batch, [task], chosen).result()[0]
    except BrokenProcessPool:
        message = "the process that encoded it died, perhaps for want of memory; encode it alone"
        told = Finding(Severity.ERROR, "died", message)
        return Row(task.name, task.inputs, code=COULD_NOT_RUN, findings=(told,))
