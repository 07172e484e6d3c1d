"""The distinct names that letters give to what no register has: each once, however often named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from epistola.model import CERTAIN
from epistola.registers.across.evidence import Evidence, Named

MAKERS = ("author", "coauthor", "editor", "translator")
"""Values of a work that may be ids of persons of its letter."""
HOSTS = ("journal",)
"""Values of a work that may be ids of other works of its letter."""
Key = tuple[str, str, tuple[tuple[str, str], ...], str]


@dataclass(slots=True)
class Told:
    """What letters tell under one name; local to whoever counts.

    ``letters`` is how many letters name it, ``first`` and ``last`` the years between which
    they do, ``certainty`` that of the surest mention; ``forms`` are how they call it.
    """

    kind: str
    name: str
    values: Mapping[str, str]
    language: str
    letters: int = 0
    first: int | None = None
    last: int | None = None
    certainty: float = 0.0
    forms: set[str] = field(default_factory=set)

    def add(self, named: Named, year: int | None) -> None:
        """Count one more letter."""
        self.letters += 1
        self.certainty = max(self.certainty, named.certainty)
        self.forms.update(named.forms)
        self.forms.update(named.names[1:])
        if year is not None:
            self.first = year if self.first is None else min(self.first, year)
            self.last = year if self.last is None else max(self.last, year)

    @property
    def is_sure(self) -> bool:
        """Return whether it is more than one letter's guess."""
        return self.letters > 1 or self.certainty >= CERTAIN


def tallied(evidences: Iterable[Evidence]) -> list[Told]:
    """Return what the letters of ``evidences`` name and no register has, in order of names.

    A work's makers and its journal are named as persons and works are, not by the ids that a
    letter gives them.
    """
    counted: dict[Key, Told] = {}
    for one in evidences:
        called = {named.entry: named for named in one.named if named.names}
        for named in one.named:
            if named.kept or not named.names:
                continue
            values = _plain(dict(named.values), called)
            key = (named.kind, named.names[0], tuple(sorted(values.items())), one.language)
            if key not in counted:
                counted[key] = Told(named.kind, named.names[0], values, one.language)
            counted[key].add(named, one.year)
    return [counted[key] for key in sorted(counted)]


def _plain(values: Mapping[str, str], called: Mapping[str, Named]) -> dict[str, str]:
    """Return ``values`` with names where they have ids of the letter; those of a register stay."""
    plain = dict(values)
    for part in (*MAKERS, *HOSTS):
        if part in plain:
            each = (_name(one, called) for one in plain[part].split("; "))
            plain[part] = "; ".join(each)
    return plain


def _name(one: str, called: Mapping[str, Named]) -> str:
    named = called.get(one)
    return one if named is None or named.kept else named.names[0]
