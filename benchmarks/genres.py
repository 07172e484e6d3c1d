"""Measure whether a page that is a letter is encoded as one, and no other page is.

    python benchmarks/genres.py [GOLD.tsv]

GOLD.tsv (``genres.tsv`` beside this script) has two columns, the name of an archive page in
``../shared`` (or where EPISTOLA_SHARED says) and "letter" or "other", as an editor sorted them
by hand before the program was asked. It prints what is sorted otherwise, and exits 1 if more
than five in a hundred are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from epistola.model import ignore
from epistola.pipeline import recognised
from epistola.text.read import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
PAGES = SHARED / "data/inputs/mia"
GOLD = Path(__file__).with_name("genres.tsv")
FLOOR = 0.95


def sort_of(page: Path) -> str:
    """Return "letter" where the program takes a page for one, else "other"."""
    return "letter" if recognised(read(page, None, ignore)).letter.is_letter else "other"


def main(arguments: list[str]) -> int:
    if not PAGES.is_dir():
        print(f"skipped: no {PAGES}")
        return 0
    gold = Path(arguments[0]) if arguments else GOLD
    rows = [line.split("\t") for line in gold.read_text("utf-8").splitlines()]
    right = 0
    for name, wanted in rows:
        found = sort_of(PAGES / f"{name}.txt")
        right += found == wanted
        if found != wanted:
            print(f"  {name}: {found}, but is: {wanted}")
    print(f"{right} of {len(rows)} pages sorted right ({right / len(rows):.3f})")
    return 0 if right >= FLOOR * len(rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
