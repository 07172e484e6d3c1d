"""Sum up what letters say, one after the other; nothing grows with their text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from epistola.model import Finding
from epistola.report.letter import Letter, Tag
from epistola.report.sent import Named, When
from epistola.report.things import Thing, spoken

MOST_LETTERS = 24
"""So many of the letters that name a thing are kept, to be led to."""


class At(NamedTuple):
    """A letter to be led to: its file, and what it is called."""

    file: Path
    title: str


class Fault(NamedTuple):
    """What findings are of: a severity and a code."""

    severity: str
    code: str


class Pair(NamedTuple):
    """Who wrote to whom, by their keys."""

    sender: str
    receiver: str


def _count() -> Counter[str]:
    return Counter()


@dataclass(frozen=True, slots=True)
class Tally:
    """What an edition holds, in numbers; ``tally`` makes one.

    Things are known by their keys: ``things`` says what each is, ``naming`` how many letters
    name it, ``times`` how often they do, ``linked`` how often a pointer leads to it,
    ``where`` which letters name it (the first ones), ``writing`` and ``receiving`` how many
    letters it sent and got, ``origins`` how many were sent from there. ``months`` counts
    letters by when they were sent, as exactly as that is known. ``found`` counts findings,
    ``faulty`` the letters that have them. ``totals`` has the numbers of ``letters``, of their
    ``words``, of those with a sender and a receiver (``paired``), of those ``checked``.
    """

    totals: Counter[str] = field(default_factory=_count)
    months: Counter[When] = field(default_factory=Counter)
    things: dict[str, Thing] = field(default_factory=dict)
    forms: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    naming: Counter[str] = field(default_factory=_count)
    times: Counter[str] = field(default_factory=_count)
    linked: Counter[str] = field(default_factory=_count)
    where: defaultdict[str, list[At]] = field(default_factory=lambda: defaultdict(list))
    pairs: Counter[Pair] = field(default_factory=Counter)
    writing: Counter[str] = field(default_factory=_count)
    receiving: Counter[str] = field(default_factory=_count)
    origins: Counter[str] = field(default_factory=_count)
    tags: Counter[Tag] = field(default_factory=Counter)
    found: Counter[Fault] = field(default_factory=Counter)
    faulty: Counter[Fault] = field(default_factory=Counter)

    def name(self, key: str) -> str:
        """Return what a thing is called: by its entry, else as letters write it most often."""
        thing = self.things[key]
        if thing.name:
            return thing.name
        forms = self.forms[key]
        form = min(forms, key=lambda form: (-forms[form], form), default="") or thing.key
        return spoken(form) if thing.kind == "person" else form

    def of_kind(self, kind: str) -> list[str]:
        """Return the keys of what is named of that kind, what most letters name first."""
        keys = [key for key in self.naming if self.things[key].kind == kind]
        return sorted(keys, key=lambda k: (-self.naming[k], -self.times[k], self.name(k), k))

    def correspondents(self) -> list[str]:
        """Return the keys of all who wrote or got letters, who has most of them first."""
        both = self.writing + self.receiving
        return sorted(both, key=lambda k: (-both[k], self.name(k), k))

    def years(self) -> Counter[int]:
        """Return how many letters there are of each year."""
        years = Counter[int]()
        for when, times in self.months.items():
            if when.year is not None:
                years[when.year] += times
        return years


@dataclass(frozen=True, slots=True)
class Read:
    """What one file holds: its letters, and what is wrong with it (None: nobody looked)."""

    letters: tuple[Letter, ...] = ()
    findings: tuple[Finding, ...] | None = None


def tally(files: Iterable[Read], findings: Iterable[Sequence[Finding]] | None = None) -> Tally:
    """Return what ``files`` come to; each is asked for once and not kept.

    ``findings`` are those of letters that were checked before, as a journal keeps them: one
    sequence a letter; they are added to those that come with the files.
    """
    sums = Tally()
    for file in files:
        for letter in file.letters:
            add_letter(sums, letter)
        if file.findings is not None:
            add_findings(sums, file.findings)
    for ones in findings or ():
        add_findings(sums, ones)
    sums.totals["checked"] += findings is not None
    return sums


def add_findings(sums: Tally, findings: Iterable[Finding]) -> None:
    """Add what was found in one letter to ``sums``."""
    found = Counter(Fault(str(one.severity), one.code) for one in findings)
    sums.found.update(found)
    sums.faulty.update(found.keys())
    sums.totals["checked"] += 1


def add_letter(sums: Tally, letter: Letter) -> None:
    """Add what ``letter`` says to ``sums``."""
    sums.totals.update(letters=1, words=letter.words)
    sums.months[letter.sent.when] += 1
    sums.tags.update(dict(letter.tags))
    _add_parties(sums, letter)
    _add_mentions(sums, letter)


def _add_parties(sums: Tally, letter: Letter) -> None:
    senders = _known(sums, letter.sent.senders)
    receivers = _known(sums, letter.sent.receivers)
    sums.writing.update(senders)
    sums.receiving.update(receivers)
    sums.origins.update(_known(sums, letter.sent.origins))
    sums.pairs.update(Pair(a, b) for a in senders for b in receivers)
    sums.totals["paired"] += bool(senders and receivers)


def _add_mentions(sums: Tally, letter: Letter) -> None:
    at = At(letter.file, letter.title)
    for key, mention in zip(
        _known(sums, (m.named for m in letter.mentions)), letter.mentions, strict=True
    ):
        sums.naming[key] += 1
        sums.times[key] += mention.times
        sums.linked[key] += mention.linked
        if len(sums.where[key]) < MOST_LETTERS:
            sums.where[key].append(at)


def _known(sums: Tally, named: Iterable[Named]) -> list[str]:
    """Return the keys of ``named``, each once, and remember what they are."""
    keys: dict[str, None] = {}
    for thing, form in named:
        sums.things.setdefault(thing.key, thing)
        if not thing.name:
            sums.forms[thing.key][form] += 1
        keys[thing.key] = None
    return list(keys)
