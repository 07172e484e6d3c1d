"""The letters of a run on other machines: Dask's workers (docs.dask.org).

A worker that is lost costs nothing: Dask gives its batches to another. A batch of which several
workers die is tried letter by letter, so that only the letter that kills them is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from epistola import __version__
from epistola.corpus.letters import Task
from epistola.corpus.row import Row
from epistola.corpus.settings import Settings, program
from epistola.corpus.workers import Result, Work, Workers, died

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""The address of a cluster of processes on this machine, begun for the run alone."""
PATIENCE = "30s"
"""How long a scheduler may take to answer."""


class ClusterError(Exception):
    """The cluster cannot be used; one sentence with the remedy."""


class _Cluster:
    """The workers of a Dask cluster."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.jobs = sum(client.nthreads().values())

    def begin(self, work: Work, tasks: Sequence[Task], chosen: Settings) -> Result:
        future = self._client.submit(work, tasks, chosen, pure=False)
        return lambda: self._finished(future, work, tasks, chosen)

    def _finished(
        self, future: Any, work: Work, tasks: Sequence[Task], chosen: Settings
    ) -> list[Row]:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        try:
            return list(future.result())
        except KilledWorker:
            if len(tasks) == 1:
                return [died(tasks[0])]
            return [row for task in tasks for row in self.begin(work, [task], chosen)()]


@contextmanager
def cluster(address: str, jobs: int, patience: str = PATIENCE) -> Iterator[Workers]:
    """Hire the workers of the Dask scheduler at ``address``; "local" begins ``jobs`` here.

    Raises ClusterError where there is none, it has no workers, or they have another program.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "a cluster needs Dask: pip install 'epistola[cluster]'"
        raise ClusterError(message) from error
    if address == LOCAL:
        options = {"n_workers": jobs, "threads_per_worker": 1}
        quiet = {"dashboard": False}
        with LocalCluster(**options, scheduler_kwargs=quiet) as own, Client(own) as client:
            yield _Cluster(client)
        return
    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"{address}: no Dask scheduler answers there: {error}") from error
    with client:
        _refuse(client, address)
        yield _Cluster(client)


def _refuse(client: Client, address: str) -> None:
    """Raise ClusterError where the workers of ``client`` would not make the same bytes."""
    theirs: dict[str, Any] = client.run(program)
    if not theirs:
        raise ClusterError(f"{address}: it has no workers; start some with dask worker {address}")
    ours = program()
    for worker, one in theirs.items():
        if one != ours:
            raise ClusterError(
                f"{worker}: it has another epistola than this machine ({__version__});"
                " install the same on both"
            )
