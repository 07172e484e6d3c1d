"""Measure how persons are linked across the letters of an edition, and what growing costs.

    python benchmarks/across.py

The gold edition stands beside a checkout (``../shared``, or where EPISTOLA_SHARED says); the
floors are in ``across.toml``. Its letters are encoded as one edition, in two passes: once with
the edition's own register, and once with none. It exits 1 if a number is below its floor. The
shipped weights were learned from these letters, so that the rules decide alone.
"""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from epistola.edition import Edition
from epistola.evaluate.gold import read_gold
from epistola.evaluate.letter import judge_file
from epistola.evaluate.links import Links
from epistola.evaluate.score import Measure
from epistola.evaluate.scores import scored
from epistola.mentions.learned.model import RULES_ALONE
from epistola.model import Source
from epistola.pipeline import recognised
from epistola.registers.across.evidence import Evidence, evidence
from epistola.registers.across.grown import grown
from epistola.registers.across.used import used
from epistola.registers.load import load_registers
from epistola.registers.register import Register, by_id

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
LETTERS, REGISTERS = SHARED / "data/letters/edgeworth", SHARED / "data/registers/edgeworth"
FLOORS = Path(__file__).with_name("across.toml")
MEASURE = Measure(kinds=("person",))
SHORTEST = 40
COPIES = (10, 100)


class Pass(NamedTuple):
    """What the two passes make of an edition: its register, and what its letters tell."""

    register: Register
    told: tuple[Evidence, ...]
    new: int


def first_pass(paths: Sequence[Path], edition: Edition) -> tuple[Evidence, ...]:
    found = []
    for path in paths:
        gold = read_gold(path, MEASURE.languages)
        if len(gold.text.strip()) >= SHORTEST:
            source = Source(gold.name, gold.text)
            made = recognised(source, edition)
            found.append(evidence(source, made.letter, made.known, by_id(edition.register)))
    return tuple(found)


def both_passes(paths: Sequence[Path], register: Register) -> Pass:
    told = first_pass(paths, Edition(register=register, models=RULES_ALONE))
    new = grown(register, told).entries
    whole = Register((*register.entries, *new))
    return Pass(replace(whole, usage=used(whole, told)), told, len(new))


def links(paths: Sequence[Path], register: Register) -> Links:
    edition = Edition(register=register, models=RULES_ALONE)
    judged = [judge_file(path, path.stem, MEASURE, edition) for path in paths]
    return scored([letter for letter in judged if letter], MEASURE).links


def seconds(told: Sequence[Evidence], copies: int) -> float:
    """How long a register grows from ``copies`` times the letters, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = Register(grown(Register(), tuple(told) * copies).entries)
        used(found, tuple(told) * copies)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    if not (LETTERS.is_dir() and REGISTERS.is_dir()):
        print(f"skipped: no {LETTERS} or no {REGISTERS}")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    paths = sorted(LETTERS.rglob("*.xml"))
    below: list[str] = []
    print("register  entries  new   within  across  (P, R)      first half  second half")
    registers = {"register": Register(load_registers(REGISTERS)), "none": Register()}
    for name, own in registers.items():
        made = both_passes(paths, own)
        whole, *halves = (links(some, made.register) for some in (paths, paths[::2], paths[1::2]))
        rates, inner = whole.across, whole.within
        print(
            f"{name:8}  {len(own.entries):7}  {made.new:4}  {inner.f:.3f}   {rates.f:.3f}"
            f"   {rates.precision:.3f} {rates.recall:.3f}"
            f"   {halves[0].across.f:.3f}       {halves[1].across.f:.3f}"
        )
        for what, rate in (("across", rates), ("within", inner)):
            if rate.f < floors[what][name]:
                below.append(f"{what} with {name} {rate.f:.3f}, floor {floors[what][name]:.2f}")
    few, many = (seconds(made.told, copies) for copies in COPIES)
    letters = len(made.told)
    print(f"growing from {letters * COPIES[0]} letters: {few:.2f} s; from {letters * COPIES[1]}"
          f" of the same names: {many:.2f} s, {many / few:.1f} times as long")  # fmt: skip
    if many / few > floors["growth"]:
        below.append(f"growing takes {many / few:.1f} times as long for ten times the letters")
    print("\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "every number is good")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
