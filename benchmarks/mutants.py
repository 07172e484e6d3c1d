"""Encode letters that were spoilt on purpose, and count crashes and what must not be written.

    python benchmarks/mutants.py [NUMBER]

First the 3,664 letters of the books beside a checkout (``../shared``, or where EPISTOLA_SHARED
says) as they are, then NUMBER (20,000) of them with lines cut, joined, shuffled, repeated or left
out, and with characters of any script put in, each with its own seed. Counted is what
``corpus.py`` counts. It exits 1 if any letter fails.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from corpus import SHARED, TEI_ALL, Outcome, judged, report

from epistola.text.read import FORBIDDEN, as_source

LETTERS = SHARED / "data/scale/gutenberg_letters.jsonl"
NUMBER = 20_000
MOST_CHANGES = 6
ODD = (
    "\u00a0\u00ad\u200b\u200d\u2028\u202e\ufeff\u0301\u0345\t\f\r"
    "ſßİıǅﬁ𝔄🖋[]()_*=~<>&\"'“”„«»‘’—–-.:;,!?§†‡¹²³"
)
PICKED = 0.8
"""How many odd characters are of these; the others are any."""


def cut(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines with one cut in two."""
    at = chance.randrange(len(lines))
    middle = chance.randint(0, len(lines[at]))
    return [*lines[:at], lines[at][:middle], lines[at][middle:], *lines[at + 1 :]]


def joined(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines with two made one."""
    at = chance.randrange(len(lines))
    return [*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]]


def shuffled(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines, some that stand together in another order."""
    at = chance.randrange(len(lines))
    some = lines[at : at + chance.randint(2, 12)]
    chance.shuffle(some)
    return [*lines[:at], *some, *lines[at + len(some) :]]


def repeated(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines with one put somewhere else, too."""
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines) + 1)
    return [*lines[:to], lines[at], *lines[to:]]


def shortened(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines without some that stand together."""
    at = chance.randrange(len(lines))
    return [*lines[:at], *lines[at + chance.randint(1, 10) :]] or [""]


def peppered(lines: list[str], chance: random.Random) -> list[str]:
    """Return the lines with odd characters in one of them."""
    at = chance.randrange(len(lines))
    line = lines[at]
    for _ in range(chance.randint(1, 4)):
        to = chance.randint(0, len(line))
        odd = chance.choice(ODD) if chance.random() < PICKED else chr(chance.randint(32, 0x2FFFF))
        line = f"{line[:to]}{odd}{line[to:]}"
    return [*lines[:at], line, *lines[at + 1 :]]


CHANGES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    cut, joined, shuffled, repeated, shortened, peppered,
)  # fmt: skip


def mutant(text: str, seed: int) -> str:
    """Return ``text`` spoilt in some ways, but not emptied; the same for the same ``seed``."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    lines = text.split("\n")
    for _ in range(chance.randint(1, MOST_CHANGES)):
        lines = chance.choice(CHANGES)(lines, chance)
    spoilt = FORBIDDEN.sub("", "\n".join(lines))
    return spoilt if spoilt.strip() else text


def run(letter: tuple[str, str]) -> Outcome:
    """Encode a letter and judge what came of it."""
    name, text = letter
    return judged(Path(name), lambda: as_source(text, name))


def letters() -> Iterator[tuple[str, str]]:
    for line in LETTERS.read_text("utf-8").splitlines():
        record = json.loads(line)
        yield record["id"], record["text"]


def mutants(number: int) -> Iterator[tuple[str, str]]:
    all_letters = list(letters())
    for seed in range(number):
        name, text = all_letters[seed * 7 % len(all_letters)]
        yield f"{name}-{seed}", mutant(text, seed)


def main(arguments: list[str]) -> int:
    number = int(arguments[0]) if arguments else NUMBER
    missing = [str(path) for path in (LETTERS, TEI_ALL) if not path.exists()]
    if missing:
        print(f"skipped: no {', '.join(missing)}")
        return 0
    sound = True
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for what, texts in (("letters of books", letters()), ("mutants", mutants(number))):
            outcomes = list(pool.map(run, texts, chunksize=16))
            sound &= report(Path(what), outcomes)
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
