"""Measure what is found of gold editions, and hold it against the floors.

    python benchmarks/accuracy.py

The gold editions stand beside a checkout (``../shared``, or where EPISTOLA_SHARED says); the
floors are in ``floors.toml``. It prints the tables of ``epistola evaluate`` and exits 1 if a
number is below its floor. An edition that the shipped weights were learned from is encoded
without them; ``held_out.py`` measures what they know of letters they have not seen.
"""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from epistola.edition import Edition
from epistola.evaluate.calibration import BANDS, Calibration
from epistola.evaluate.letter import judge_file
from epistola.evaluate.rates import exact
from epistola.evaluate.score import USUAL_KINDS, Measure
from epistola.evaluate.scores import Scores, scored
from epistola.evaluate.tables import bands_table, lines, links_table, names_table
from epistola.mentions.learned.model import RULES_ALONE, shipped
from epistola.registers.load import load_registers
from epistola.registers.register import Register

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
FLOORS = Path(__file__).with_name("floors.toml")


def edition(wanted: Mapping[str, Any]) -> Edition:
    registers = wanted.get("registers")
    register = Register(load_registers(SHARED / "data" / registers)) if registers else Register()
    return Edition(register=register, models=RULES_ALONE if wanted.get("no_model") else shipped())


def measured(folder: Path, wanted: Mapping[str, Any]) -> Scores:
    measure = Measure(
        kinds=tuple(wanted.get("kinds", USUAL_KINDS)),
        first_mention=bool(wanted.get("first_mention")),
    )
    paths = sorted(folder.rglob("*.xml"))
    with_ = edition(wanted)
    judged = [judge_file(path, path.stem, measure, with_) for path in paths]
    return scored([letter for letter in judged if letter], measure)


def missed(scores: Scores, wanted: Mapping[str, Any]) -> Iterator[str]:
    """What is below its floor."""
    rates = {kind: exact(numbers) for kind, numbers in scores.of_kinds().items()}
    links = {"within": scores.links.within.f, "across": scores.links.across.f}
    numbers = {
        "f": {kind: rate.f for kind, rate in rates.items()},
        "precision": {kind: rate.precision for kind, rate in rates.items()},
        "links": links,
        "levels": levels(scores),
    }
    if scores.calibration:
        numbers["right"] = right(scores.calibration, wanted.get("calibrated", ()))
    for what, found in numbers.items():
        for name, floor in wanted.get(what, {}).items():
            if found[name] < floor:
                yield f"{name} {what} {found[name]:.3f}, floor {floor:.2f}"


def levels(scores: Scores) -> dict[str, float]:
    """Of the titles that both sides tag alike and give a level, the share with the same one."""
    same, both = scores.levels
    return {"right": same / both} if both else {}


def right(calibration: Calibration, kinds: Sequence[str]) -> dict[str, float]:
    """Of the tags of ``kinds`` with each ``@cert``, the share that is right."""
    bands = [calibration.bands[kind] for kind in kinds]
    made = {band: sum(one[band].made for one in bands) for band in BANDS}
    return {b: sum(one[b].overlap for one in bands) / made[b] for b in BANDS if made[b]}


def main() -> int:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    for other in ("held_out", "letters", "references"):
        floors.pop(other)
    folders = {name: SHARED / "data/letters" / name for name in floors}
    absent = [str(folder) for folder in folders.values() if not folder.is_dir()]
    if absent:
        print(f"skipped: no {', '.join(absent)}")
        return 0
    below: list[str] = []
    start = time.perf_counter()
    for name, wanted in floors.items():
        scores = measured(folders[name], wanted)
        print(f"{name}: {len(scores.letters)} letters")
        if wanted.get("levels"):
            print("levels of titles: {} of {} right".format(*scores.levels))
        tables = [names_table(scores), links_table(scores)]
        if scores.calibration:
            tables.append(bands_table(scores.calibration))
        print("\n\n".join("\n".join(lines(table)) for table in tables), end="\n\n")
        below += [f"{name}: {what}" for what in missed(scores, wanted)]
    print(f"{time.perf_counter() - start:.1f} s")
    print(
        "\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "every number is above its floor"
    )
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
