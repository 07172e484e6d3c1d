"""A run of many letters: what is new is encoded, what is known is left, nothing is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from epistola.corpus.journal import FILE, JournalError, journal
from epistola.corpus.letters import Done, Task, encode_batch
from epistola.corpus.run import Manner, run
from epistola.corpus.settings import Settings
from epistola.corpus.usage import FOLDER
from epistola.corpus.workers import on_this_machine

LETTER = "Leeds, 3 May 1845.\n\nDear Ann,\n\nI saw {name} on Monday.\n\nYours ever,\nTom Pell\n"
NAMES = ("Mr. Hale", "Mrs. Byron", "Miss Poe", "Dr. Wren")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for at, name in enumerate(NAMES):
        (folder / f"letter-{at}.txt").write_text(LETTER.format(name=name), "utf-8")
    return folder


def tasks(texts: Path, out: Path) -> list[Task]:
    found = sorted(texts.glob("*.txt"))
    return [Task(f"{p.stem}.xml", p, out / f"{p.stem}.xml") for p in found]


def went(texts: Path, out: Path, jobs: int = 1, *, force: bool = False) -> list[Done]:
    return list(
        run(tasks(texts, out), Settings(), out, Manner(partial(on_this_machine, jobs), force))
    )


def again(done: list[Done]) -> list[str]:
    """The letters that were encoded now."""
    return [one.task.name for one in done if not one.unchanged]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}


def test_each_letter_is_written_and_told_in_order(texts: Path, tmp_path: Path) -> None:
    done = went(texts, tmp_path / "out")
    assert [one.task.name for one in done] == [f"letter-{at}.xml" for at in range(4)]
    assert {one.row.code for one in done} == {0}
    assert list(files(tmp_path / "out")) == [one.task.name for one in done]


def test_two_processes_write_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    went(texts, tmp_path / "one")
    went(texts, tmp_path / "two", jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_only_what_has_changed_is_encoded_again(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = went(texts, out)
    assert again(went(texts, out)) == []
    (texts / "letter-2.txt").write_text(LETTER.format(name="Mr. Finch"), "utf-8")
    changed = went(texts, out)
    assert again(changed) == ["letter-2.xml"]
    assert [one.row.findings for one in changed[:2]] == [one.row.findings for one in first[:2]]


def test_what_was_deleted_is_written_again(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    went(texts, out)
    (out / "letter-1.xml").unlink()
    assert again(went(texts, out)) == ["letter-1.xml"]


def test_other_options_encode_all_again(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    went(texts, out)
    other = list(run(tasks(texts, out), Settings(date="2020-01-01"), out))
    assert len(again(other)) == len(NAMES)


def test_what_was_changed_by_hand_is_left_and_told(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    went(texts, out)
    mine = out / "letter-1.xml"
    mine.write_bytes(mine.read_bytes().replace(b"Monday", b"Tuesday"))
    by_hand = mine.read_bytes()
    done = went(texts, out)
    assert [f.code for one in done for f in one.row.findings] == ["changed-by-hand"]
    assert mine.read_bytes() == by_hand
    went(texts, out, force=True)
    assert mine.read_bytes() != by_hand


def test_a_bad_letter_does_not_stop_the_others(texts: Path, tmp_path: Path) -> None:
    (texts / "letter-1.txt").write_bytes(b"\x89PNG\r\n")
    (texts / "letter-2.txt").unlink()
    (texts / "letter-2.txt").mkdir()
    done = went(texts, tmp_path / "out")
    assert [one.row.code for one in done] == [0, 2, 2, 0]
    assert len(again(went(texts, tmp_path / "out"))) == 2


def test_a_second_run_at_once_is_refused(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with journal(out), pytest.raises(JournalError, match="another run is writing to"):
        went(texts, out)


def test_a_broken_journal_is_told(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / FOLDER).mkdir(parents=True)
    (out / FOLDER / FILE).write_bytes(b"no journal at all" * 100)
    with pytest.raises(JournalError, match="delete it, and all is encoded anew"):
        went(texts, out)


def test_a_journal_of_another_version_is_begun_anew(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    went(texts, out)
    with sqlite3.connect(out / FOLDER / FILE) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    assert len(again(went(texts, out))) == len(NAMES)


def test_a_folder_that_cannot_be_written_is_told(texts: Path) -> None:
    with pytest.raises(JournalError, match="cannot be written"):
        went(texts, texts / "letter-0.txt" / "out")


def test_letters_of_a_process_that_dies_are_tried_again(texts: Path, tmp_path: Path) -> None:
    todo = tasks(texts, tmp_path / "out")
    chosen = Settings()
    with on_this_machine(2) as workers:
        first = workers.begin(encode_batch, todo[:2], chosen)
        for child in active_children():
            child.kill()
        rows = first() + workers.begin(encode_batch, todo[2:], chosen)()
    assert [row.code for row in rows] == [0, 0, 0, 0]


KILLED = """
import sys
from pathlib import Path
from test_run import tasks
from epistola.corpus.run import Manner, run
from functools import partial
from epistola.corpus.settings import Settings
from epistola.corpus.workers import on_this_machine
if __name__ == "__main__":
    texts, out = map(Path, sys.argv[1:])
    for done in run(tasks(texts, out), Settings(), out, Manner(partial(on_this_machine, 2))):
        print(done.task.name, flush=True)
"""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(80):
        name = NAMES[at % len(NAMES)]
        text = f"Letter {at}.\n\n" + LETTER.format(name=name) * 4
        (folder / f"letter-{at:02}.txt").write_text(text, "utf-8")
    return folder


def test_a_run_that_is_killed_goes_on_with_the_same_bytes(many: Path, tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    out = tmp_path / "out"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])
    }
    running = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, script, many, out], env=environment, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.readline()
    time.sleep(0.1)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    before = len(files(out))
    done = went(many, out, jobs=2)
    went(many, tmp_path / "whole")
    assert 0 < len(again(done)) < len(done)
    assert before < len(done)
    assert files(out) == files(tmp_path / "whole")
