"""How often the language of a text is told right, from all of it or its first words, and how fast.

    python benchmarks/languages.py

The texts are those of the corpora that stand beside a checkout (``../shared``, or where
EPISTOLA_SHARED says), which are in English but for the folder ``german`` and the files that say
another language in their names or their records, and the beginnings of letters in
``tests/text/languages.tsv``. A letter of an English edition that is in Latin counts as wrong.
The floors are in ``languages.toml``; it exits 1 below one.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from epistola.model import Source, ignore
from epistola.pipeline import stages
from epistola.text.language import tell
from epistola.text.read import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
FLOORS = Path(__file__).with_name("languages.toml")
TABLE = ROOT / "tests/text/languages.tsv"
EDITIONS = {"edgeworth": "en", "mitford": "en", "lowell": "en", "gray": "en", "german": "de"}
NAMED = re.compile(r"_(de|fr|it|la|nl)_")
EVERY = 20
"""Of so many texts one is encoded, to know how long that takes."""


class Text(NamedTuple):
    group: str
    code: str
    source: Source


def texts(work: Path) -> Iterator[Text]:
    for name, code in EDITIONS.items():
        folder, score = work / name, str(SHARED / "score/tei_score.py")
        command = [sys.executable, score, "texts", str(SHARED / "data/letters" / name)]
        subprocess.run([*command, str(folder)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
        yield from (Text(name, code, s) for s in sources(folder))
    for name in ("mia", "letters"):
        for source in sources(SHARED / "data/inputs" / name):
            named = NAMED.search(source.name)
            yield Text(name, named[1] if named else "en", source)
    with (SHARED / "data/scale/gutenberg_letters.jsonl").open(encoding="utf-8") as lines:
        for letter in map(json.loads, lines):
            lang = letter["lang"]
            yield Text(f"scale {lang}", lang, Source(letter["id"], letter["text"]))


def sources(folder: Path) -> list[Source]:
    return [read(path, None, ignore) for path in sorted(folder.rglob("*.txt"))]


def own() -> Iterator[Text]:
    lines = TABLE.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            code, text = line.split("\t")
            yield Text(f"own {code}", code, Source(f"line {number}", text))


def right(every: list[Text], words: int) -> float:
    """Print and return the share of the texts that are told right from so many first words."""
    made, good, sure_and_wrong = Counter[str](), Counter[str](), 0
    for group, code, source in every:
        start = " ".join(source.folded.split()[:words]) if words else source.folded
        told = tell(start)
        made[group] += 1
        good[group] += told.code == code
        if told.code != code:
            sure_and_wrong += told.is_sure
            if not words:
                print(f"  {source.name}: {told.code or '-'} ({told.certainty:.2f}), not {code}")
    row = "  ".join(f"{group} {good[group] / made[group]:.3f}" for group in made)
    share = good.total() / made.total()
    print(f"{words or 'all':>4} words: {share:.4f}  ({row}); sure and wrong: {sure_and_wrong}")
    return share


def cost(every: list[Text]) -> float:
    """Print and return the share of the pipeline's time that telling the language takes.

    The two take turns, as they do in use: what the one leaves in the machine's caches is
    gone when the other comes.
    """
    some = [text.source for text in every[::EVERY]]
    stages(some[0])  # loads what is loaded once
    whole = telling = 0.0
    for source in some:
        start = time.process_time()
        stages(source)
        middle = time.process_time()
        tell(source.folded)
        telling += time.process_time() - middle
        whole += middle - start
    words = sum(len(source.text.split()) for source in some)
    print(f"time: {telling / whole:.2%} of the pipeline's, {telling / words * 1e6:.2f} µs a word")
    return telling / whole


def main() -> int:
    if not SHARED.is_dir():
        print(f"skipped: no {SHARED}")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    with TemporaryDirectory() as work:
        every = list(texts(Path(work)))
    shares = {words: right(every, int(words)) for words in floors["right"]}
    print("own beginnings of letters:")
    right(list(own()), 0)
    below = [words for words, share in shares.items() if share < floors["right"][words]]
    print(f"below the floor: {', '.join(below) or 'none'}")
    return 1 if below or cost(every) > floors["cost"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
