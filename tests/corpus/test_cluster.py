"""A run on Dask's workers makes what a run on this machine makes, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from epistola.corpus.cluster import ClusterError, cluster
from epistola.corpus.letters import Task
from epistola.corpus.run import Manner, run
from epistola.corpus.settings import Settings, program

pytest.importorskip("distributed", reason="needs Dask: pip install 'epistola[cluster]'")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, at its end

LETTER = "Leeds, {at} May 1845.\n\nDear Ann,\n\nI saw Mr. {name} on Monday.\n\nYours,\nTom Pell\n"
NAMES = ("Hale", "Byron", "Poe", "Wren")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for at in range(96):
        text = LETTER.format(at=at % 28 + 1, name=NAMES[at % len(NAMES)]) * 3
        (folder / f"letter-{at:02}.txt").write_text(text, "utf-8")
    return folder


def tasks(texts: Path, out: Path) -> list[Task]:
    return [Task(f"{p.stem}.xml", p, out / f"{p.stem}.xml") for p in sorted(texts.glob("*.txt"))]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xml"))}


def test_a_worker_that_is_killed_costs_nothing(texts: Path, tmp_path: Path) -> None:
    from distributed import default_client  # noqa: PLC0415 - an extra

    out = tmp_path / "out"
    going = run(tasks(texts, out), Settings(), out, Manner(partial(cluster, "local", 2)))
    codes = [next(going).row.code]
    killed = next(iter(default_client().run(os.getpid).values()))
    os.kill(killed, signal.SIGKILL)
    codes += [done.row.code for done in going]
    list(run(tasks(texts, tmp_path / "here"), Settings(), tmp_path / "here"))
    assert codes == [0] * 96
    assert files(out) == files(tmp_path / "here")


def test_a_cluster_that_is_not_there() -> None:
    with (
        pytest.raises(ClusterError, match="no Dask scheduler answers there"),
        cluster("tcp://127.0.0.1:9", 1, patience="1s"),
    ):
        pass


def test_workers_with_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    quiet = {"dashboard": False}
    with LocalCluster(n_workers=1, threads_per_worker=1, scheduler_kwargs=quiet) as own:
        program.cache_clear()
        monkeypatch.setattr("epistola.corpus.settings.__version__", "0")
        with (
            pytest.raises(ClusterError, match="another epistola"),
            cluster(own.scheduler_address, 1),
        ):
            pass
    program.cache_clear()
