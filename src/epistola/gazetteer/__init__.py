"""Names that the world already knows, as compact data: one file a class, one form a line.

A line is a form, or a form, a tab and the name of the thing it is a variant of
("USSR<tab>Soviet Union"). Lines that start with ``#`` are comments. Classes and
sources are described in ``README.md`` beside the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from epistola.model import FOLDS


def fold(form: str) -> str:
    """Return ``form`` as it is looked up: marks straight, white space single, case kept.

    >>> fold("Hôtel\\n des  Invalides’")
    "Hôtel des Invalides'"
    """
    return " ".join(form.translate(FOLDS).split())


@dataclass(frozen=True, slots=True)
class Names:
    """What forms are known, by class.

    ``table`` maps a class ("settlement") to its forms, and each form to the name it
    is a variant of, or to the empty string where it is that name itself.
    """

    table: Mapping[str, Mapping[str, str]]

    def classes(self, form: str) -> frozenset[str]:
        """Return every class that knows ``form`` exactly (after folding)."""
        key = fold(form)
        return frozenset(name for name, forms in self.table.items() if key in forms)

    def known(self, form: str, *classes: str) -> bool:
        """Return whether one of ``classes`` knows ``form``."""
        key = fold(form)
        return any(key in self.table.get(name, ()) for name in classes)

    def canonical(self, form: str, name: str) -> str:
        """Return the name of the thing that ``form`` means in class ``name``."""
        key = fold(form)
        return self.table.get(name, {}).get(key, "") or key

    def adding(self, forms: Iterable[tuple[str, str, str]]) -> Names:
        """Return names that also know ``forms``: (class, form, canonical) each."""
        table = {name: dict(known) for name, known in self.table.items()}
        for name, form, canonical in forms:
            table.setdefault(name, {})[fold(form)] = canonical
        return Names(table)


@cache
def load() -> Names:
    """Return the names that ship with the package."""
    return Names(
        {
            path.name.removesuffix(".txt"): _forms(path.read_text("utf-8"))
            for path in sorted(files(__name__).iterdir(), key=lambda p: p.name)
            if path.name.endswith(".txt")
        }
    )


def _forms(text: str) -> dict[str, str]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {form: canonical for form, _, canonical in (line.partition("\t") for line in lines)}
