"""Which names, of all that letters give to persons, are one person's.

Names are compared within a block: those of one surname, or of surnames that sound alike.
A full name makes a person. A title with a surname makes one where nobody of that name is
known who may be meant. A forename alone, initials and a surname's first letter make nobody:
whom they mean is for each letter to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from epistola.model import Finding, Report, Severity
from epistola.registers.across.tally import Told
from epistola.registers.bearers import LONGEST_LIFE, Bearer, Bearers, sound
from epistola.registers.choose import Setting, likeliest
from epistola.registers.forenames import compatible, is_forename, within
from epistola.registers.gather import SHORTEST_NAME, name_of
from epistola.registers.match import PersonName, Station, titles_of

BY_FAR = 3
"""So many times as often one of several must be named to be meant by a name that fits them all."""
SPELLABLE = 5
"""Letters of the shortest surname that may be misspelt."""


@dataclass(slots=True)
class Someone:
    """A person as all letters call him; local to one call."""

    names: list[PersonName] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    station: Station = Station.UNKNOWN

    @property
    def name(self) -> PersonName:
        """The fullest of his names."""
        return self.names[0]

    @property
    def letters(self) -> int:
        """In how many letters he is named, if no letter has two of his names."""
        return sum(one.letters for one in self.told)

    def add(self, name: PersonName, told: Told) -> None:
        """Give him one more name."""
        self.names.append(name)
        self.told.append(told)
        if not self.station or self.station is Station.WOMAN:
            self.station = name.station or self.station

    def lived_with(self, told: Told) -> bool:
        """Return whether one life is long enough for the years in which all letters name him."""
        years = [y for one in (*self.told, told) for y in (one.first, one.last) if y is not None]
        return not years or max(years) - min(years) <= LONGEST_LIFE


Block = list[tuple[PersonName, Told]]


def persons(told: Iterable[Told], known: Callable[[str], Bearers], report: Report) -> list[Someone]:
    """Return the persons that ``told`` names and nobody of a register may be.

    ``known`` gives the persons of the register as a language's names tell them. What fits
    several is reported, with the candidates.
    """
    blocks: defaultdict[str, Block] = defaultdict(list)
    for one in told:
        name = name_of(one.name, one.values, one.language)
        if _makes_somebody(name, one.language):
            blocks[name.surname or name.whole].append((name, one))
    found: dict[str, list[Someone]] = {}
    for surname in sorted(blocks):
        if _is_possessive(surname, blocks, known):
            continue
        found[surname] = _of_block(blocks[surname], blocks, known, report)
    _spelt_otherwise(found)
    return [one for surname in sorted(found) for one in found[surname]]


def _is_possessive(
    surname: str, blocks: Mapping[str, Block], known: Callable[[str], Bearers]
) -> bool:
    """Return whether ``surname`` is one that others bear, with the apostrophe left out."""
    one = surname.removesuffix("s")
    if one == surname or len(one) < SHORTEST_NAME:
        return False
    registers = [known(told.language) for _, told in blocks[surname]]
    if any(surname in register.by_surname for register in registers):
        return False
    if any(one in register.by_surname for register in registers):
        return True
    return one in blocks and _letters(blocks[one]) >= _letters(blocks[surname])


def _is_owned(name: PersonName, blocks: Mapping[str, Block], register: Bearers) -> bool:
    """Return whether a possessive without apostrophe is taken for a forename: "Hales Note"."""
    first = name.forenames[0] if name.forenames else ""
    one = first.removesuffix("s")
    if one == first or len(one) < SHORTEST_NAME or is_forename(first):
        return False
    return is_forename(one) or one in blocks or one in register.by_surname


def _letters(block: Block) -> int:
    return sum(told.letters for _, told in block)


def _makes_somebody(name: PersonName, language: str) -> bool:
    """Return whether ``name`` says enough to make a person: no forename alone, no initials."""
    titled = name.title in titles_of(language).before_forename and not name.forenames
    if titled and is_forename(name.surname):  # "Sir Walter", "Aunt Mary"
        return False
    if name.given or name.initials or not name.whole or name.surname in name.forenames:
        return False
    if any(char.isdecimal() for char in name.whole):
        return False
    parts = [name.whole, *name.forenames, *([name.surname] if name.surname else [])]
    if not all(part[0].isalpha() for part in parts):
        return False
    return len(name.surname) > 1 or (not name.surname and " " in name.whole)


def _of_block(
    block: Block,
    blocks: Mapping[str, Block],
    known: Callable[[str], Bearers],
    report: Report,
) -> list[Someone]:
    """Return the persons of one surname, those named most fully first."""
    people: list[Someone] = []
    for name, told in sorted(block, key=_fullest_first):
        if _is_owned(name, blocks, known(told.language)):
            continue
        bearers = _known(name, told, known(told.language))
        bearers = bearers or _doubted(name, told, known(told.language))
        if bearers:
            if len(bearers) > 1:
                report(_open(told, [b.entry.names[0] for b in bearers]))
            continue
        fitting = _fitting(name, told, people)
        if len(fitting) == 1:
            fitting[0].add(name, told)
        elif fitting:
            report(_open(told, [one.told[0].name for one in fitting]))
        elif told.is_sure:
            people.append(Someone())
            people[-1].add(name, told)
    return people


def _known(name: PersonName, told: Told, register: Bearers) -> Sequence[Bearer]:
    """Return the persons of the register that ``name`` may mean, or who have that very name."""
    setting = Setting(told.language, told.last)
    found = likeliest(name, register, setting) or register.by_whole.get(name.whole, ())
    return found or likeliest(_undivided(name), register, setting)


def _undivided(name: PersonName) -> PersonName:
    """Return ``name`` with the first part of its surname among the forenames: "Ann Hale Mill"."""
    *first, last = name.surname.split() or [""]
    return replace(name, surname=last, forenames=(*name.forenames, *first)) if first else name


def _doubted(name: PersonName, told: Told, register: Bearers) -> Sequence[Bearer]:
    """Return who of a surname may be meant by other initials that one letter alone has.

    A letter is easily misread, or stands for the name in another language.
    """
    initials = bool(name.forenames) and all(len(part) == 1 for part in name.forenames)
    if told.letters > 1 or not initials:
        return ()
    return register.by_surname.get(name.surname, ())


def _fullest_first(row: tuple[PersonName, Told]) -> tuple[object, ...]:
    name, told = row
    full = name.is_full and not name.names_husband
    letters = -len("".join(name.forenames))
    return (not full, not name.names_husband, not name.title, -len(name.forenames), letters,
            -told.letters, told.name, told.language)  # fmt: skip


def _fitting(name: PersonName, told: Told, people: Sequence[Someone]) -> Sequence[Someone]:
    """Return whom of one surname ``name`` may mean; one, where one is named oftener by far."""
    same = [p for p in people if p.name.whole == name.whole]
    if same:
        return same[:1]
    found = [p for p in people if _may_be(name, p) and p.lived_with(told)]
    if len(found) < 2:  # noqa: PLR2004 - nothing to decide
        return found
    ranked = sorted(found, key=lambda p: -p.letters)
    return ranked[:1] if ranked[0].letters >= BY_FAR * ranked[1].letters else found


def _may_be(name: PersonName, person: Someone) -> bool:
    own = person.name
    if not name.station.agrees(person.station) or name.names_husband != own.names_husband:
        return name.station is Station.WIFE and own.names_husband and not name.forenames
    if not name.surname or not own.surname:
        return False
    if not name.forenames or not own.forenames:
        return _titles_agree(name, person)
    few, many = sorted((name.forenames, own.forenames), key=len)
    return compatible(few, many) or within(few, many)


def _titles_agree(name: PersonName, person: Someone) -> bool:
    """Return whether two titles may be one person's; those of mere courtesy say nothing."""
    ranks = {p for p in (name.title, person.name.title) if p and p not in COURTESY}
    return bool(person.name.forenames) or len(ranks) < 2  # noqa: PLR2004 - two different ones


COURTESY = frozenset("mr esq esqr esqre sir monsieur m herr".split())


def _spelt_otherwise(found: dict[str, list[Someone]]) -> None:
    """Bring the persons whose surname is misspelt in a letter to those whom others spell rightly.

    The forename must be written out and the same, and one of the two named oftener.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - slow to load, seldom needed

    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for surname in found:
        if len(surname) >= SPELLABLE:
            by_sound[sound(surname)].append(surname)
    for surnames in by_sound.values():
        for surname in surnames:
            near = [
                s
                for s in surnames
                if s != surname and OSA.distance(s, surname, score_cutoff=1) <= 1
            ]
            for person in list(found[surname]):
                right = [p for s in near for p in found[s] if _spelt_rightly(p, person)]
                if len(right) == 1:
                    found[surname].remove(person)
                    for name, told in zip(person.names, person.told, strict=True):
                        right[0].add(name, told)


def _spelt_rightly(person: Someone, other: Someone) -> bool:
    forename = other.name.forenames[:1]
    written = bool(forename) and len(forename[0]) > 1
    return (
        written
        and person.name.forenames[:1] == forename
        and person.letters > other.letters
        and other.station.agrees(person.station)
    )


def _open(told: Told, candidates: Sequence[str]) -> Finding:
    shown = " or ".join(f"“{one}”" for one in candidates[:MOST_SHOWN])
    more = f" or one of {len(candidates) - MOST_SHOWN} more" if len(candidates) > MOST_SHOWN else ""
    letters = f"{told.letters} letters" if told.letters > 1 else "one letter"
    message = (
        f"“{told.name}”, named in {letters}, may be {shown}{more}; it gets no entry of its own:"
        " say who it is by another name in the register, or by an entry"
    )
    return Finding(Severity.INFO, "open-name", message)


MOST_SHOWN = 4
