"""How fast entries are reconciled with an authority file, and how often rightly.

    python benchmarks/reconcile.py [SEED]

Made-up persons first: 100,000 records, read from a table, and 10,000 entries, of which four in
ten are in no record, and the others are written as letters and registers write them: forenames
missing or as initials, misspelt, without dates. Then, where they are at hand (``../shared``, or
where EPISTOLA_SHARED says), a real register of persons, alone and in the crowd of the made-up
ones, and one of places, each against itself: its numbers are taken out, its entries written in
another way, and a third of them are in no record. It exits 1 where a promise is broken: 99 of
100 proposals of certainty ``high`` right, 90 of ``medium``, and a few seconds.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from epistola import gazetteer
from epistola.reconcile.authority import load_authority
from epistola.reconcile.card import NO_YEARS, Card, Years, read_card
from epistola.reconcile.catalogue import Catalogue
from epistola.reconcile.numbers import Number, number
from epistola.reconcile.propose import Reason, Subject, candidate, judge
from epistola.registers.load import entry_elements

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
RECORDS, ENTRIES = 100_000, 10_000
PROMISED = {"high": 0.99, "medium": 0.90, "low": 0.0}
SECONDS = 20.0
"""On a machine that others use too; alone it is a third of it."""
SHOWN = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# How often it is so, of a record, of an entry.
DATED, TWO_FORENAMES = 0.8, 0.3
ONE_FORENAME, INITIALS, MISSPELT, REVERSED = 0.5, 0.2, 0.15, 0.5
PLACE_MISSPELT, ON_THE_MAP = 0.3, 0.3
MADE_UP_MISSING, MISSING = 0.4, 1 / 3


class Trial(NamedTuple):
    """Records, and entries with the number that each has, None where it is in no record."""

    cards: Sequence[Card]
    truth: Sequence[tuple[Card, Number | None]]


def trial(random: Random, cards: Sequence[Card], share: float, change: Change, some: int) -> Trial:
    """Entries made of ``some`` of the cards by ``change``; a ``share`` of their cards goes."""
    taken = random.sample(cards, some)
    missing = {id(card) for card in taken[: int(some * share)]}
    truth = [
        (
            replace(change(random, card), numbers=()),
            None if id(card) in missing else card.numbers[0],
        )
        for card in taken
    ]
    return Trial([card for card in cards if id(card) not in missing], truth)


Change = Callable[[Random, Card], Card]


# ---- records


def people(random: Random) -> list[Card]:
    """Persons whose names are as unevenly spread as names are."""
    known_names = gazetteer.load().table
    surnames = [form for form in known_names["surname"] if form.isalpha()]
    forenames = [form for form in known_names["forename"] if form.isalpha()][:1500]
    for some in (surnames, forenames):
        random.shuffle(some)
    last = random.choices(surnames, falling(surnames, 10), k=RECORDS)
    first, second = (random.choices(forenames, falling(forenames, 3), k=RECORDS) for _ in range(2))
    return [
        record(random, at, *named) for at, named in enumerate(zip(last, first, second, strict=True))
    ]


def falling(names: Sequence[str], start: int) -> list[float]:
    """Weights by Zipf's law."""
    return [1 / (start + at) for at in range(len(names))]


def record(random: Random, at: int, surname: str, first: str, second: str) -> Card:
    birth = random.randint(1690, 1830)
    dated = random.random() < DATED
    years = Years(birth, birth + random.randint(20, 90)) if dated else NO_YEARS
    given = f"{first} {second}" if random.random() < TWO_FORENAMES else first
    address = number(f"https://viaf.org/viaf/{at}")
    return Card("person", (f"{surname}, {given}",), years, numbers=(address,))


def saved(cards: Iterable[Card], folder: Path) -> Path:
    """The records as a table."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name", "type", "birth", "death"])
        for card in cards:
            table.writerow([card.numbers[0].value, card.names[0], card.kind, *card.years])
    return path


# ---- entries


def mentioned(random: Random, card: Card) -> Card:
    """The same person as a register may have him: in another order, abbreviated, undated."""
    surname, _, rest = card.names[0].partition(", ")
    given = rest.split(",")[0].split(" (")[0]
    if not given or any(char.isdigit() for char in given):
        return replace(card, names=card.names[:1])
    forenames = given.split()
    if random.random() < ONE_FORENAME:
        forenames = forenames[:1]
    if random.random() < INITIALS:
        forenames = [f"{name[0]}." for name in forenames]
    if random.random() < MISSPELT:
        surname = misspelt(random, surname)
    forename = " ".join(forenames)
    is_reversed = random.random() < REVERSED
    name = f"{surname}, {forename}" if is_reversed else f"{forename} {surname}"
    return Card(card.kind, (name,), known(random, card.years))


def known(random: Random, years: Years) -> Years:
    """What an editor knows of a life: all of it, an end, something near it, or nothing."""
    start, end = years
    if start is None or end is None:
        return NO_YEARS
    near, birth = Years(start + 1, end), Years(start, None)
    return random.choice([years, years, NO_YEARS, NO_YEARS, birth, near])


def placed(random: Random, card: Card) -> Card:
    """The same place, perhaps misspelt, perhaps not on the map."""
    name = card.names[0]
    if random.random() < PLACE_MISSPELT:
        name = misspelt(random, name)
    return replace(card, names=(name,), point=card.point if random.random() < ON_THE_MAP else None)


def misspelt(random: Random, word: str) -> str:
    """A word with a letter more, one less, or another one."""
    at = random.randrange(1, len(word)) if len(word) > 1 else 0
    before, after, letter = word[:at], word[at:], random.choice(LETTERS)
    return random.choice([before + letter + after, before + after[1:], before + letter + after[1:]])


# ---- measuring


def measured(title: str, made: Trial) -> bool:
    """Print how it went, and whether the promises are kept."""
    with TemporaryDirectory() as folder:
        start = time.process_time()
        cards = made.cards
        if len(cards) >= RECORDS // 2 and all(card.kind == "person" for card in cards):
            path = saved(cards, Path(folder))
            start = time.process_time()
            cards = load_authority(path)
        read = time.process_time()
        subjects = [Subject("", str(at), card) for at, (card, _) in enumerate(made.truth)]
        verdicts = judge(subjects, Catalogue(cards, "en"))
        end = time.process_time()
    print(
        f"{title}: {len(subjects):,} entries, {len(cards):,} records;"
        f" {read - start:.1f} s to read, {end - read:.1f} s to compare"
    )
    grades, right, wrong = Counter[str](), Counter[str](), list[str]()
    for verdict, (entry, true) in zip(verdicts, made.truth, strict=True):
        best = verdict.best
        if best is not None:
            grades[best.certainty] += 1
            if true in best.card.numbers:
                right[best.certainty] += 1
            elif best.certainty != "low":
                wrong.append(f"{best.certainty}: “{entry.label}” is not {candidate(best)}")
    for grade, promised in PROMISED.items():
        share = right[grade] / max(grades[grade], 1)
        print(f"  {grade:7}{grades[grade]:6} proposed, {share:7.2%} right; promised {promised:.0%}")
    inside = sum(true is not None for _, true in made.truth)
    print(f"  {right.total() / inside:.1%} of the {inside:,} that are there are proposed rightly")
    reasons = Counter(one.reason for one in verdicts if one.reason is not Reason.FOUND)
    print("  " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()))
    for line in wrong[:SHOWN]:
        print(f"    {line}")
    kept = all(right[grade] >= promised * grades[grade] for grade, promised in PROMISED.items())
    return kept and end - start <= SECONDS


def register(name: str) -> list[Card]:
    """What a real register says of all that have a number."""
    path = SHARED / "data/registers/edgeworth" / name
    return [card for card in map(read_card, entry_elements(path)) if card.numbers and card.names]


def main(arguments: Sequence[str]) -> int:
    random = Random(int(arguments[0]) if arguments else 5)  # noqa: S311 - the same each time
    crowd = people(random)
    kept = measured("made-up persons", trial(random, crowd, MADE_UP_MISSING, mentioned, ENTRIES))
    if not (SHARED / "data/registers/edgeworth").is_dir():
        print(f"skipped: no {SHARED}")
        return 0 if kept else 1
    persons, places = register("Personography.xml"), register("Placeography.xml")
    alone = trial(random, persons, MISSING, mentioned, len(persons))
    kept &= measured("edgeworth, persons", alone)
    kept &= measured("the same in a crowd", Trial([*alone.cards, *crowd], alone.truth))
    kept &= measured("edgeworth, places", trial(random, places, MISSING, placed, len(places)))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
