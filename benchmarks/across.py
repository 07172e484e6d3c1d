"""Measure how persons are linked across the letters of an edition, and what growing costs.

    python benchmarks/across.py

It goes the way of an editor: an edition is made (``epistola init``), the texts of the gold letters
and the register are put into it, and it is encoded; once with the register, and once with none.
The gold edition stands beside a checkout (``../shared``, or where EPISTOLA_SHARED says); its own
scorer counts. It exits 1 if a number is below its floor in ``across.toml``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from floors import SHARED

from epistola.edition import load_edition
from epistola.model import Source
from epistola.pipeline import recognised
from epistola.registers.across.evidence import Evidence, evidence
from epistola.registers.across.grown import grown
from epistola.registers.across.used import used
from epistola.registers.register import Register, by_id

LETTERS, REGISTERS = SHARED / "data/letters/edgeworth", SHARED / "data/registers/edgeworth"
SCORER = SHARED / "score/tei_score.py"
FLOORS = Path(__file__).with_name("across.toml")
COPIES = (10, 100)
JOBS = "2"
MOST_SHOWN = 2000
MOST_READ = 60
"""Letters whose evidence is copied to measure growing."""


class Linked(NamedTuple):
    """How well an edition is linked: B-cubed precision, recall and F."""

    within: tuple[float, float, float]
    across: tuple[float, float, float]


def run(*command: str) -> str:
    """Return what a command of ours, or a scorer, prints; end with what it reports if it fails."""
    line = [sys.executable, *command]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own program, and the corpora's scorer
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr[-MOST_SHOWN:]}")
    return done.stdout


def edition(folder: Path, texts: Path, registers: Sequence[Path]) -> None:
    """Make an edition in ``folder`` of ``texts`` and ``registers``, and encode it."""
    run("-m", "epistola", "init", str(folder))
    for text in texts.glob("*.txt"):
        shutil.copy(text, folder / "sources")
    for register in registers:
        shutil.copy(register, folder / "registers")
    run("-m", "epistola", "encode", "--edition", str(folder), "--jobs", JOBS)


def linked(folder: Path) -> Linked:
    """Return how well the letters of an edition are linked."""
    made, texts = str(folder / "letters"), str(folder / "sources")
    told = json.loads(run(str(SCORER), "links", str(LETTERS), made, "--texts", texts, "--json"))
    return Linked(tuple(told["within"]), tuple(told["across"]))


def told(folder: Path) -> tuple[Evidence, ...]:
    """Return what the first letters of an edition tell across letters."""
    known = load_edition(folder)
    found = []
    for path in sorted((folder / "sources").glob("*.txt"))[:MOST_READ]:
        source = Source(path.stem, path.read_text("utf-8"))
        made = recognised(source, known)
        found.append(evidence(source, made.letter, made.known, by_id(known.register)))
    return tuple(found)


def seconds(letters: Sequence[Evidence], copies: int) -> float:
    """How long a register grows from ``copies`` times the letters, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = Register(grown(Register(), tuple(letters) * copies).entries)
        used(found, tuple(letters) * copies)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    if not (LETTERS.is_dir() and REGISTERS.is_dir()):
        print(f"skipped: no {LETTERS} or no {REGISTERS}")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    below: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        texts = Path(work, "texts")
        run(str(SCORER), "texts", str(LETTERS), str(texts))
        print("register  within  across  (P, R)")
        for name, own in (("register", sorted(REGISTERS.glob("*.xml"))), ("none", [])):
            edition(Path(work, name), texts, own)
            rates = linked(Path(work, name))
            p, r, f = rates.across
            print(f"{name:8}  {rates.within[2]:.3f}   {f:.3f}   {p:.3f} {r:.3f}")
            for what, rate in (("across", f), ("within", rates.within[2])):
                if rate < floors[what][name]:
                    below.append(f"{what} with {name} {rate:.3f}, floor {floors[what][name]}")
        letters = told(Path(work, "none"))
    few, many = (seconds(letters, copies) for copies in COPIES)
    print(f"growing from {len(letters) * COPIES[0]} letters: {few:.2f} s; from"
          f" {len(letters) * COPIES[1]} of the same names: {many:.2f} s,"
          f" {many / few:.1f} times as long")  # fmt: skip
    if many / few > floors["growth"]:
        below.append(f"growing takes {many / few:.1f} times as long for ten times the letters")
    print("\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "every number is good")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
