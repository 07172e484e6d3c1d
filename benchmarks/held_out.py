"""Measure what the tagger and the judge know of letters that they have not seen.

    python benchmarks/held_out.py [TEXTS]

The letters of Maria Edgeworth (``../shared``, or where EPISTOLA_SHARED says) are put into
five parts; each is encoded with weights learned from the other four and from TEXTS (500)
plain letters, as ``epistola train`` learns them. It prints the tables and exits 1 if a number
is below its floor in ``floors.toml``.
"""

from __future__ import annotations

import sys
import time
import tomllib

from accuracy import FLOORS, SHARED, missed

from epistola.evaluate.gold import read_gold
from epistola.evaluate.tables import bands_table, lines, names_table
from epistola.training.examples import from_gold, from_text
from epistola.training.fit import held_back
from epistola.training.held_out import held_out_scores
from epistola.training.texts import plain_letters

GOLD = SHARED / "data/letters/edgeworth"
TEXTS = SHARED / "data/scale/gutenberg_letters.jsonl"


def main() -> int:
    if not (GOLD.is_dir() and TEXTS.is_file()):
        print(f"skipped: no {GOLD}, or no {TEXTS}")
        return 0
    start = time.perf_counter()
    golds = [read_gold(path, frozenset({"en"})) for path in sorted(GOLD.rglob("*.xml"))]
    examples = [one for gold in golds if (one := from_gold(gold, "en"))]
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    texts = [from_text(source, "en") for source in plain_letters(TEXTS, number)]
    scores = held_out_scores(golds, list(held_back(examples, texts)), "en")
    print("\n".join(lines(names_table(scores))))
    if scores.calibration:
        print("\n".join(["", *lines(bands_table(scores.calibration))]))
    print(f"{len(examples)} gold letters, {len(texts)} texts, {time.perf_counter() - start:.0f} s")
    below = list(missed(scores, tomllib.loads(FLOORS.read_text("utf-8"))["held_out"]))
    print(
        "\n".join(f"BELOW ITS FLOOR  {what}" for what in below) or "every number is above its floor"
    )
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
