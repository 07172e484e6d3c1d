"""Measure how well books of letters are split, on books joined from single letters.

    python benchmarks/splitting.py [--half even|odd] [--blank 1] [--errors 5]

Letters of one book stand in the shared data one by one (``../shared``, or where
EPISTOLA_SHARED says). They are joined as a book has them, with a preface, headings of
chapters and an editor's paragraphs of our own between some of them, and split again. A
boundary is right where the first words of a letter open a piece that is called one. Some books
were taken apart with gaps: a letter that is not on the list stands at the end of the one before.
So a boundary that is not on the list is "unlisted", not wrong, where its heading is of a series
to which a tenth of the listed letters belong; precision is printed with both readings.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter

from epistola.model import Source
from epistola.text.headings import blocks
from epistola.text.split import language_of, split

SHARED = Path(os.environ.get("EPISTOLA_SHARED", Path(__file__).resolve().parents[2] / "shared"))
LETTERS = SHARED / "data/scale/gutenberg_letters.jsonl"
PREFACE = (
    "PREFACE",
    (
        "The letters in this volume were found in two chests and a hat-box, and are printed here\n"
        "in the order in which they seem to have been written."
    ),
    "To those who lent what they had, the editor's thanks are due, and to the printer, who waited.",
)
CHAPTERS = (
    "CHAPTER {0}.\n\nTHE YEARS ABROAD",
    "PART {0}\n\n1801-1803",
    "BOOK {0}.",
    "CHAPTER {0}\n\nIn which the house is sold, and a journey is begun.",
)
EDITOR = (
    "[The letter that follows was begun at sea and ended on land; a page of it is lost.]",
    (
        "In the spring of the next year the family left the house by the river, and for some\n"
        "months nothing is heard of them but what the account books tell."
    ),
    (
        "The next letter has neither place nor day, and the hand is not the writer's own. It is\n"
        "put here because it speaks of the fire."
    ),
    "    Nothing came of this plan. The ship had sailed a week before.",
)
BETWEEN = 0.16
"""How often something stands between two letters: half chapters, half an editor's words."""
AIM = 0.95
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def books() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in LETTERS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["id"].rsplit("_", 1)[0]].append(row["text"])
    return found


def joined(letters: list[str], seed: str, blank: int) -> tuple[str, list[int], list[int]]:
    """A book, where its letters begin, and where its matter between letters does."""
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    gap = "\n" * (blank + 1)
    text, starts, matters = gap.join(PREFACE) + gap, [], [0]
    for number, letter in enumerate(letters):
        dice = chance.random()
        if number and dice < BETWEEN:
            matters.append(len(text))
            chapter = chance.choice(CHAPTERS).format(ROMAN[number % len(ROMAN)])
            text += (chapter if dice < BETWEEN / 2 else chance.choice(EDITOR)) + gap
        starts.append(len(text))
        text += letter.strip("\n") + gap
    return text, starts, matters


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--half", choices=["even", "odd"])
    arguments.add_argument("--blank", type=int, default=2)
    arguments.add_argument("--errors", type=int, default=0)
    arguments.add_argument("--book")
    chosen = arguments.parse_args()
    wanted = sorted(books().items())
    if chosen.half:
        wanted = wanted[chosen.half == "odd" :: 2]
    totals = [0] * 7
    began, size = perf_counter(), 0
    for name, letters in wanted:
        if chosen.book and chosen.book != name:
            continue
        text, starts, matters = joined(letters, name, chosen.blank)
        pieces = split(Source(name, text))
        if "".join(text[p.span.start : p.span.end] for p in pieces) != text:
            raise AssertionError(f"{name}: text was lost")
        size += len(text)
        found = {p.heading.start for p in pieces if p.is_letter}
        between = {p.heading.start for p in pieces if not p.is_letter}
        # a block begins where its line does, and so may a letter's white space
        gold = {at + len(text[at:]) - len(text[at:].lstrip("\n")) for at in starts}
        other = set(matters)
        listed = unlisted(text, gold, found)
        numbers = [len(gold), len(found), len(gold & found), len(listed)]
        numbers += [len(other), len(between), len(other & between)]
        totals = [a + b for a, b in zip(totals, numbers, strict=True)]
        print(f"{name:14}", row(numbers))
        for kind, places in (
            ("missed", gold - found),
            ("wrong", found - gold - listed),
            ("run on", other - between),
        ):
            for at in sorted(places)[: chosen.errors]:
                print(f"    {kind}: {text[max(0, at - 90) : at]!r} >>> {text[at : at + 110]!r}")
    print(f"{'all':14}", row(totals), f"{size / 1e6 / (perf_counter() - began):.1f} MB/s")
    precision = totals[2] / (totals[1] - totals[3])
    return 0 if min(precision, totals[2] / totals[0]) >= AIM else 1


def unlisted(text: str, gold: set[int], found: set[int]) -> set[int]:
    """Boundaries that are not listed, though their heading is of a series that is."""
    source = Source("book", text)
    keys = {block.span.start: block.key for block in blocks(source, language_of(source))}
    counts = Counter(keys.get(at) for at in gold)
    return {at for at in found - gold if counts[keys[at]] * 10 >= len(gold)}


def row(numbers: list[int]) -> str:
    letters, found, right, left_out, matter, between, same = numbers
    return (
        f"letters {letters:5} found {found:5} right {right:5} unlisted {left_out:4}"
        f" precision {right / max(1, found):.3f} ({right / max(1, found - left_out):.3f})"
        f" recall {right / letters:.3f}   between {matter:4}"
        f" precision {same / max(1, between):.3f} recall {same / matter:.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
