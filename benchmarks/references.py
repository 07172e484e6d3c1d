"""How well and how fast works are found: titles, references, quotations, notes, and what they mean.

    python benchmarks/references.py [speed | fields]

The corpora stand beside a checkout (``../shared``, or where EPISTOLA_SHARED says). Speed is in
words a second and processor core, over letters and over scholars' notes in two languages;
each number is the best of several rounds, so that what else the machine does counts little.
Fields are those of references in footnotes, counted by the scorer of the corpora themselves.
It exits 1 if a number is below its floor in ``floors.toml``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from floors import SHARED, measured

from epistola.mentions import recognise
from epistola.mentions.dates.grammar import dates
from epistola.mentions.settle import settle
from epistola.mentions.works.quoted import quoted
from epistola.mentions.works.references import references
from epistola.mentions.works.titles import titles
from epistola.model import ignore
from epistola.pipeline import encode, known_names
from epistola.registers.people import link_people
from epistola.registers.register import Register
from epistola.registers.works import link_works
from epistola.text.anchors import tied
from epistola.text.blocks import units
from epistola.text.describe import describe
from epistola.text.letter import structure
from epistola.text.notes import sections
from epistola.text.read import read

SCORER = SHARED / "score/tei_score.py"
ROUNDS = 15


class Corpus(NamedTuple):
    """Texts of one language; ``names`` are those of some files of a folder, or all."""

    name: str
    folder: str
    language: str
    files: str = "*"


CORPORA = (
    Corpus("lowell", "letters/lowell", "en"),
    Corpus("english", "references", "en", "10.1111_*"),
    Corpus("german", "references", "de", "10.1515_*"),
)


class Speed(NamedTuple):
    """How many words are read and resolved in a second, in all and by part."""

    words: int
    seconds: Mapping[str, float]

    @property
    def rate(self) -> float:
        return self.words / sum(self.seconds.values())


def texts(corpus: Corpus, work: Path) -> list[Path]:
    """Write the inputs of a corpus as texts, and return where they are."""
    folder = work / corpus.name
    command = [sys.executable, str(SCORER), "texts", str(SHARED / "data" / corpus.folder)]
    command += [str(folder), "--languages", "en,de"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the corpora's own
    return sorted(folder.glob(f"{corpus.files}.txt"))


def round_of(paths: Sequence[Path], language: str, turn: int) -> dict[str, float]:
    """Find and resolve all works once; the processor seconds of each part.

    Of what finds the parts of a letter, only what finds notes counts here. In each ``turn``
    the texts have names of their own, so that nothing is remembered from the turn before.
    """
    register, clock = Register(), time.process_time
    names = known_names(register)
    spent = dict.fromkeys(("notes", "titles", "references", "quotations", "resolution"), 0.0)
    for path in paths:
        source = replace(read(path, None, ignore), name=f"{path.stem}-{turn}")
        parts = structure(source, language)
        untied = [part for part in parts if part.kind != "anchor"]
        before = clock()
        sections(source, units(source), language)
        tied(source, untied, ignore)
        spent["notes"] += clock() - before
        letter = describe(source, parts, language)
        list(dates(source, letter, names))  # found before all else, and kept for the works
        before = clock()
        made = list(titles(source, letter, names))
        spent["titles"] += clock() - before
        for part, find in (("references", references), ("quotations", quoted)):
            before = clock()
            made += find(source, letter, names)
            spent[part] += clock() - before
        found = settle(source, [*parts, *made, *recognise(source, letter, names)])
        people = link_people(source, letter, found, register, None)
        before = clock()
        link_works(source, letter, found, people, register)
        spent["resolution"] += clock() - before
    return spent


def speed(corpus: Corpus, paths: Sequence[Path]) -> Speed:
    """Return the best of several rounds; the first one, which loads all there is, is none."""
    words = sum(len(path.read_text("utf-8").split()) for path in paths)
    rounds = [round_of(paths, corpus.language, turn) for turn in range(ROUNDS + 1)][1:]
    return Speed(words, min(rounds, key=lambda spent: sum(spent.values())))


def fields(corpus: Corpus, paths: Sequence[Path], work: Path) -> dict[str, Any]:
    """Encode the notes of a language, and return what the scorer says of their fields."""
    inputs, made = work / f"{corpus.name}-texts", work / f"{corpus.name}-made"
    for folder in (inputs, made):
        folder.mkdir()
    for path in paths:
        (inputs / path.name).write_bytes(path.read_bytes())
        encoding = encode(read(path, None, ignore), language=corpus.language)
        (made / f"{path.stem}.xml").write_bytes(encoding.to_bytes())
    gold = SHARED / "data" / corpus.folder
    command = [sys.executable, str(SCORER), "fields", str(gold), str(made), "--json"]
    command += ["--texts", str(inputs), "--languages", "en,de"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - as above
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show_speeds(work: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    """Print how fast each corpus is read; yield what is below its floor."""
    for corpus in CORPORA:
        measured = speed(corpus, texts(corpus, work))
        shares = ", ".join(
            f"{part} {seconds * 1000:.0f} ms" for part, seconds in measured.seconds.items()
        )
        print(f"{corpus.name}: {measured.rate:,.0f} words/s of {measured.words:,} ({shares})")
        floor = floors["words_per_second"]
        if measured.rate < floor:
            yield f"{corpus.name} {measured.rate:,.0f} words/s, floor {floor:,}"


def show_fields(work: Path, floors: Mapping[str, Any]) -> Iterator[str]:
    """Print how well the fields of references are found; yield what is below its floor."""
    for corpus in CORPORA:
        if corpus.name not in floors["fields"]:
            continue
        result, floor = fields(corpus, texts(corpus, work), work), floors["fields"][corpus.name]
        f, unfaithful = result["all"][2], result["unfaithful"] + result["missing"]
        each = ", ".join(f"{field} {result[field]['exact'][2]:.2f}" for field in result["rated"])
        print(f"{corpus.name}: F of all fields {f:.3f} ({each})")
        if f < floor or unfaithful:
            yield f"{corpus.name} fields {f:.3f}, {unfaithful} texts unfaithful, floor {floor:.2f}"


COMMANDS = {"speed": show_speeds, "fields": show_fields}


if __name__ == "__main__":
    raise SystemExit(measured("references", COMMANDS, sys.argv[1:]))
