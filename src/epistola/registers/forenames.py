"""Forenames: which forms are one name ("Bess" and "Elizabeth"), and whose name it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from epistola.gazetteer import bare


class _Table(NamedTuple):
    """The names a form may stand for, in English and in any language, and who bears it."""

    own: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    sexes: Mapping[str, frozenset[str]]


@cache
def _table() -> _Table:
    own: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    sexes: defaultdict[str, set[str]] = defaultdict(set)
    text = files("epistola.language").joinpath("forenames.txt").read_text("utf-8")
    for line in bare(text).lower().splitlines():
        sex, _, forms = line.partition("\t")
        ours, _, abroad = forms.partition("/")
        for form in (*ours.split(), *abroad.split()):
            names[form].add(ours.split()[0])
            sexes[form].add(sex)
        for form in ours.split():
            own[form].add(ours.split()[0])
    return _Table(
        *({form: frozenset(found) for form, found in t.items()} for t in (own, names, sexes))
    )


def full_names(form: str) -> frozenset[str]:
    """Return the names that ``form`` may stand for, in any language; itself if none is known.

    It is written in lower case and without accents, as all forenames here are.

    >>> sorted(full_names("harry")), sorted(full_names("bess")), sorted(full_names("ulf"))
    (['harold', 'henry'], ['elizabeth'], ['ulf'])
    """
    return _table().names.get(form) or frozenset((form,))


def called(form: str, forename: str) -> bool:
    """Return whether ``form`` alone calls a bearer of ``forename``: the name or a fond form of it.

    >>> called("bess", "elizabeth"), called("karl", "charles"), called("karl", "karl")
    (True, False, True)
    """
    own = _table().own
    return form == forename or not own.get(form, _NONE).isdisjoint(own.get(forename, _NONE))


_NONE: frozenset[str] = frozenset()


def is_forename(form: str) -> bool:
    """Return whether ``form`` (in lower case) is a forename that is known."""
    return form in _table().names


def sex_of(form: str) -> str:
    """Return ``m`` or ``f`` where all bearers of ``form`` are men or women, else nothing.

    >>> sex_of("wm"), sex_of("fanny"), sex_of("pat")
    ('m', 'f', '')
    """
    found = _table().sexes.get(form, frozenset())
    return next(iter(found)) if len(found) == 1 else ""


def alike(one: str, other: str) -> bool:
    """Return whether two forenames may be one: equal, an initial, short, or foreign.

    >>> alike("w", "walter"), alike("friedrich", "frederick"), alike("mary", "maria")
    (True, True, False)
    """
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return not full_names(one).isdisjoint(full_names(other))


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two lists of forenames may be one person's, name by name.

    >>> compatible(("w",), ("walter", "john")), compatible(("john",), ("walter", "john"))
    (True, False)
    """
    return all(alike(a, b) for a, b in zip(one, other, strict=False))


def within(fewer: Sequence[str], more: Sequence[str]) -> bool:
    """Return whether ``fewer`` are among ``more`` in their order, as when one goes by a later name.

    >>> within(("emile",), ("pierre", "emile")), within(("emile", "jean"), ("jean", "emile"))
    (True, False)
    """
    rest = iter(more)
    return bool(fewer) and all(any(alike(name, other) for other in rest) for name in fewer)
