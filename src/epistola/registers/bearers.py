"""What a register's entries tell of the persons that bear its names.

Catalogues write much of it into the name: "Bell, Mary (née Hale), Lady, 1771-1832".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from epistola.gazetteer import bare
from epistola.model import Entry
from epistola.registers.forenames import full_names, is_forename, sex_of
from epistola.registers.match import PersonName, Station, person_name, station_of, station_told
from epistola.registers.register import Register

Table = Mapping[str, tuple["Bearer", ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """A person of a register as names tell; all names in lower case.

    ``surnames`` are all that the person bore, the one of the entry first; ``wholes`` every
    form as it is compared; ``titles`` the words of titles; ``birth`` and ``death`` years.
    """

    entry: Entry
    surnames: tuple[str, ...]
    forenames: tuple[str, ...]
    wholes: frozenset[str]
    titles: frozenset[str]
    station: Station
    birth: int | None
    death: int | None

    def living(self, year: int | None) -> bool:
        """Return whether the person is known to have lived in ``year``."""
        return year is not None and self.birth is not None and self.birth <= year <= self.last

    @property
    def last(self) -> int:
        """The last year in which the person may have lived."""
        return self.death if self.death is not None else (self.birth or 0) + LONGEST_LIFE


LONGEST_LIFE = 90


@dataclass(frozen=True, slots=True, eq=False)
class Bearers:
    """The persons of a register, by every form, by surname, its sound, forename, and id.

    ``home`` is the surname that most of them bear, the family of the edition, if one
    stands out; ``about`` the year in which most of them were grown up.
    """

    by_whole: Table
    by_surname: Table
    by_forename: Table
    by_sound: Table
    by_id: Table
    home: str
    about: int | None


@lru_cache(maxsize=8)
def bearers(register: Register, language: str) -> Bearers:
    """Return the persons of ``register``; made once for each register and language."""
    every = [_bearer(entry, language) for entry in register if entry.kind == "person"]
    by_surname = _table((surname, b) for b in every for surname in b.surnames)
    return Bearers(
        by_whole=_table((whole, b) for b in every for whole in b.wholes),
        by_surname=by_surname,
        by_forename=_table((n, b) for b in every for f in b.forenames for n in full_names(f)),
        by_id=_table((b.entry.id, b) for b in every),
        by_sound=_table((sound(surname), b) for surname, bs in by_surname.items() for b in bs),
        home=_home(every),
        about=_about(every),
    )


def _table(pairs: Iterable[tuple[str, Bearer]]) -> Table:
    found: dict[str, dict[int, Bearer]] = {}
    for key, bearer in pairs:
        found.setdefault(key, {})[id(bearer)] = bearer
    return MappingProxyType({key: tuple(bearers_.values()) for key, bearers_ in found.items()})


def _home(every: Sequence[Bearer]) -> str:
    counted = Counter(b.surnames[0] for b in every if b.surnames and b.forenames).most_common(2)
    if not counted or counted[0][1] < FAMILY:
        return ""
    return counted[0][0] if len(counted) == 1 or counted[0][1] > counted[1][1] else ""


FAMILY = 4
"""So many of one surname are a family."""


def _about(every: Sequence[Bearer]) -> int | None:
    """Return the year in which most of ``every`` were grown up, none if no birth is known."""
    grown: Counter[int] = Counter()
    for bearer in every:
        if bearer.birth is not None:
            grown.update(range(bearer.birth + GROWN_UP, bearer.last + 1))
    most = max(grown.values(), default=0)
    years = [year for year, count in grown.items() if count == most]
    return sorted(years)[len(years) // 2] if years else None


GROWN_UP = 18
SILENT = re.compile(r"[aeiouyhw' -]")
TWICE = re.compile(r"(.)\1")


def sound(surname: str) -> str:
    """Return what two spellings of one surname share: first letter and consonants.

    >>> sound("bently") == sound("bentley"), sound("hale") == sound("hill")
    (True, True)
    """
    return surname[:1] + TWICE.sub(r"\1", SILENT.sub("", surname[1:]))


def _bearer(entry: Entry, language: str) -> Bearer:
    values = entry.values
    parsed = [person_name(ASIDE.sub("", n), language) for n in entry.names if "," not in n]
    titles = frozenset(WORD.findall(bare(" ".join(_titles(values, parsed))).lower()))
    forenames = _forenames(values, parsed, language)
    surnames = dict.fromkeys(_surnames(values, parsed, forenames, titles & PEERS))
    married = bool(values.get("maiden"))
    return Bearer(
        entry=entry,
        surnames=tuple(surname.lower() for surname in surnames if surname),
        forenames=forenames,
        wholes=frozenset(_wholes(values, parsed, forenames, language)),
        titles=titles,
        station=_station(values, titles, forenames, married=married, language=language),
        birth=_year(values.get("birth", "")),
        death=_year(values.get("death", "")),
    )


WORD = re.compile(r"[^\W\d_]+")
ASIDE = re.compile(r"\s*\(.*?\)")
PEERS = frozenset(
    "duke duchess marquess marquis marchioness earl countess viscount viscountess baron baroness"
    " lord lady".split()
)


def _titles(values: Mapping[str, str], parsed: Sequence[PersonName]) -> Iterator[str]:
    yield values.get("title", "")
    yield from (name.title for name in parsed)


def _forenames(
    values: Mapping[str, str], parsed: Sequence[PersonName], language: str
) -> tuple[str, ...]:
    """Return the forenames, and a person's only name, if it is one."""
    own = person_name(f"{values.get('forename', '')} Xyz", language).forenames
    if own or values.get("surname"):
        return own[:-1] if own and own[-1] == bare(values.get("surname", "")).lower() else own
    return next((n.forenames or (n.surname,) for n in parsed if n.surname and not n.title), ())


def _surnames(
    values: Mapping[str, str],
    parsed: Sequence[PersonName],
    forenames: Sequence[str],
    peer: Collection[str],
) -> Iterator[str]:
    """Yield all surnames; a peer's family name stands after his forenames, as a wife's may."""
    family = len(forenames) > 1 and not is_forename(forenames[-1])
    if family and peer:
        yield from (bare(values.get("surname", "")).lower(), forenames[-1])
    for part in ("surname", "maiden", "married", "peerage"):
        yield bare(values.get(part, "")).lower()
    yield bare(values.get("surname", "")).lower().partition("-")[0]
    for name in parsed:
        alone = not name.title and not name.forenames
        if not (alone and is_forename(name.surname)):
            yield name.surname
    if family and len(forenames[-1]) > 1 and sex_of(forenames[0]) == "f":
        yield forenames[-1]


def _wholes(
    values: Mapping[str, str],
    parsed: Sequence[PersonName],
    forenames: Sequence[str],
    language: str,
) -> Iterator[str]:
    """Yield every form by which the entry is called in so many words."""
    yield from (name.whole for name in parsed)
    yield from _peerages(values, language)
    surname, maiden = values.get("surname", ""), values.get("maiden", "")
    if forenames and surname:
        yield person_name(f"{values.get('forename', '')} {surname}", language).whole
        if maiden:
            yield person_name(f"{values.get('forename', '')} {maiden}", language).whole
    elif surname and (not (title := values.get("title", "")) or " of " in title):
        yield person_name(surname, language).whole


def _peerages(values: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what a peer is called by: "Duke of" under Leeds is the Duke of Leeds."""
    title = values.get("title", "")
    if title.endswith(" of"):
        yield person_name(f"{title} {values.get('surname', '')}", language).whole
    elif " of " in title:
        yield person_name(title, language).whole


def _station(
    values: Mapping[str, str],
    titles: frozenset[str],
    forenames: Sequence[str],
    *,
    married: bool,
    language: str,
) -> Station:
    """Return whether the entry is of a man, a woman, a wife, or does not tell."""
    if values.get("sex"):
        return station_told(values["sex"])
    found = {station_of(title, (), language) for title in titles} - {Station.UNKNOWN}
    women = found - {Station.MAN}
    if married or women:
        alone = len(women) == 1 and not forenames and not married
        return next(iter(women)) if alone else Station.WOMAN
    return Station.MAN if found else station_of("", forenames, language)


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdecimal() else None
