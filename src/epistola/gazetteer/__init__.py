"""Names that the world already knows, as compact data: one file a class, one form a line.

A line is a form, or a form, a tab and the name of the thing it is a variant of
("USSR<tab>Soviet Union"). Lines that start with ``#`` are comments. A class is kept
by hand in ``<class>.txt``, compiled from a source in ``<class>.compiled.txt``, or
both; what is kept by hand wins. Classes and sources are described in ``README.md``
beside the data.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from epistola.model import FOLDS

NO_FORMS: Mapping[str, str] = {}
COMPILED = ".compiled"


def fold(form: str) -> str:
    r"""Return ``form`` as it is looked up: marks straight, white space single, case kept.

    >>> fold("Hôtel\n des  Invalides`")
    "Hôtel des Invalides'"
    """
    return " ".join(form.translate(FOLDS).split())


def bare(form: str) -> str:
    """Return ``form`` without accents: sources and letters often leave them out.

    >>> bare("Genève"), bare("Dvořák"), bare("Łódź")
    ('Geneve', 'Dvorak', 'Łodz')
    """
    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))


class Facts(NamedTuple):
    """What others know of a thing: who numbered it, the number or address, where it is.

    ``geo`` is latitude and longitude in degrees (WGS 84), as TEI's ``geo`` has them.
    """

    authority: str = ""
    idno: str = ""
    geo: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """One file of a user's own names; two are the same only if they are one object.

    ``table`` is as that of ``Names``; ``facts`` are of things, each by its class and its
    name, and there are none of a name that several things of a class share.
    """

    file: str
    table: Mapping[str, Mapping[str, str]]
    facts: Mapping[tuple[str, str], Facts]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What forms are known, by class; equal to itself alone, so that a cache may know it.

    ``table`` maps a class ("settlement") to its forms, and each form to the name it
    is a variant of, or to the empty string where it is that name itself. A form with
    accents is also known where the table has it without them. ``facts`` are those of the
    listings.
    """

    table: Mapping[str, Mapping[str, str]]
    facts: Mapping[tuple[str, str], Facts] = field(default_factory=dict)

    def classes(self, form: str) -> frozenset[str]:
        """Return every class that knows ``form`` (after folding)."""
        return frozenset(
            [name for key in _keys(form) for name, forms in self.table.items() if key in forms]
        )

    def known(self, form: str, *classes: str) -> bool:
        """Return whether one of ``classes`` knows ``form``."""
        table = self.table
        for key in _keys(form):
            for name in classes:  # asked for each word of a text: no generator
                if name in table and key in table[name]:
                    return True
        return False

    def canonical(self, form: str, name: str) -> str:
        """Return the name of the thing that ``form`` means in class ``name``."""
        forms = self.table.get(name, NO_FORMS)
        return next(filter(None, map(forms.get, _keys(form))), "") or fold(form)

    def adding(self, forms: Iterable[tuple[str, str, str]]) -> Names:
        """Return names that also know ``forms``: (class, form, canonical) each."""
        added: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for name, form, canonical in forms:
            added[name][fold(form)] = canonical
        return self._grown(added, {})

    def listing(self, listings: Iterable[Listing]) -> Names:
        """Return names that also know ``listings``; a later one wins over an earlier one."""
        names = self  # and, where there are no listings, this very object: caches know it
        for own in listings:
            names = names._grown(own.table, own.facts)
        return names

    def _grown(
        self,
        added: Mapping[str, Mapping[str, str]],
        facts: Mapping[tuple[str, str], Facts],
    ) -> Names:
        grown = {name: _joined(self.table.get(name, NO_FORMS), new) for name, new in added.items()}
        return Names({**self.table, **grown}, {**self.facts, **facts})


class Shelf(Mapping[str, str]):
    """The forms of one class, read from its files when they are first asked for."""

    def __init__(self, *paths: Traversable) -> None:
        self._paths = paths

    @cached_property
    def _forms(self) -> dict[str, str]:
        forms: dict[str, str] = {}
        for path in self._paths:
            forms |= read(path.read_text("utf-8"))
        return forms

    def __contains__(self, form: object) -> bool:
        return form in self._forms

    def __getitem__(self, form: str) -> str:
        return self._forms[form]

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def __or__(self, new: Mapping[str, str]) -> dict[str, str]:
        """Return all forms and ``new``, in a tenth of the time that asking for each takes."""
        return {**self._forms, **new}


def _joined(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return old | new if isinstance(old, Shelf) else {**old, **new}


@cache
def load() -> Names:
    """Return the names that ship with the package; nothing is read before it is asked for."""
    shelves: defaultdict[str, list[Traversable]] = defaultdict(list)
    for path in sorted(files(__name__).iterdir(), key=lambda path: path.name):
        if path.name.endswith(".txt"):
            name = path.name.removesuffix(".txt").removesuffix(COMPILED)
            shelves[name].append(path)  # "a.compiled.txt" before "a.txt", which so wins
    return Names({name: Shelf(*paths) for name, paths in shelves.items()})


def read(text: str) -> dict[str, str]:
    r"""Return the forms in the text of a file, each with the name it is a variant of.

    >>> read("Rome\nUSSR\tSoviet Union\n")
    {'Rome': '', 'USSR': 'Soviet Union'}
    """
    lines = (
        [line for line in text.splitlines() if line[:1] != "#"] if "#" in text else text.split("\n")
    )
    if "\t" in text:
        forms = {form: name for form, _, name in (line.partition("\t") for line in lines)}
    else:
        forms = dict.fromkeys(lines, "")  # the large files: no work in Python for each line
    forms.pop("", None)
    return forms


def _keys(form: str) -> tuple[str, ...]:
    key = fold(form)
    return (key,) if key.isascii() else (key, bare(key))
