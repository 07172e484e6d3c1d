"""Which mentions in a letter mean the same person.

A full name makes a person; a surname, a forename, initials or a title with a surname
then mean the one person they fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from epistola.model import Annotation, Entry, Source
from epistola.registers.bearers import Bearers
from epistola.registers.choose import initials_of
from epistola.registers.forenames import called, compatible, is_forename, within
from epistola.registers.match import (
    PersonName,
    Station,
    person_name,
    split_forenames,
    station_of,
    titles_of,
)


@dataclass(slots=True)
class Person:
    """One person of a letter while mentions are gathered; local to one call.

    ``anchor`` is the one entry of the register that has a form in so many words.
    """

    surname: str = ""
    forenames: tuple[str, ...] = ()
    station: Station = Station.UNKNOWN
    names_husband: bool = False
    names: list[PersonName] = field(default_factory=list)
    wholes: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    forms: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    entry: Entry | None = None
    anchor: Entry | None = None
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What tells persons of a letter apart: its language, who is known, who writes."""

    language: str
    known: Bearers
    writing: Collection[int]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A mention that fits several persons of the letter."""

    at: int
    name: PersonName
    fitting: Sequence[Person]


def name_of(form: str, values: Mapping[str, str], language: str) -> PersonName:
    """Return a mention's name taken apart; a long surname as its recogniser found it."""
    name = person_name(form, language)
    surname = " ".join(values.get("surname", "").lower().split())
    if " " in surname and name.surname and surname != name.surname:
        fore = split_forenames(values.get("forename", "").lower())
        return replace(name, forenames=fore, surname=surname)
    alone = name.surname and not name.title and not name.forenames
    if alone and (is_forename(name.surname) or (values.get("forename") and not surname)):
        station = station_of("", (name.surname,), language)
        return replace(name, given=True, station=station)
    return name


def without_possessive(named: Mapping[int, PersonName], known: Bearers) -> dict[int, PersonName]:
    """Return ``named``, "Mr. Hales" read as Mr. Hale's where the letter or a register has a Hale.

    Writers of older letters leave the apostrophe out.
    """
    borne = Counter(part for n in named.values() for part in (n.surname, *n.forenames))
    return {
        at: _singular(name, borne, known) if name.surname.endswith("s") else name
        for at, name in named.items()
    }


def _singular(name: PersonName, borne: Mapping[str, int], known: Bearers) -> PersonName:
    one = name.surname[:-1]
    if len(one) < SHORTEST_NAME or is_forename(name.surname):
        return name
    if name.surname in known.by_surname or name.surname in known.by_forename:
        return name
    alone = not name.title and not name.forenames
    called_so = one in known.by_forename or (is_forename(one) and len(one) > SHORTEST_FOND)
    given = alone and called_so
    commoner = borne.get(one, 0) >= borne[name.surname]
    if not (given or commoner or one in known.by_surname):
        return name
    return replace(name, surname=one, whole=name.whole.removesuffix("s"), given=given)


SHORTEST_NAME = 3
SHORTEST_FOND = 4


# --- who is who within the letter --------------------------------------------------------


def gather(
    source: Source,
    mentions: Sequence[Annotation],
    named: Mapping[int, PersonName],
    reading: Reading,
) -> tuple[list[Person], list[Undecided]]:
    """Return the persons of the letter, the fullest names first, and what fits several."""
    people: list[Person] = []
    undecided: list[Undecided] = []
    for at in sorted(named, key=lambda at: (rank_of(named[at]), mentions[at].span.start)):
        name = named[at]
        anchor = _anchor(name, reading.known)
        may = [p for p in people if _may_be(p, name, anchor)]
        fitting = _fitting(name, may, reading.language)
        if len(fitting) > 1:
            undecided.append(Undecided(at, name, fitting))
            continue
        person = fitting[0] if fitting else Person()
        if not fitting:
            people.append(person)
        _add(person, name, source[mentions[at].span], at)
        person.anchor = person.anchor or anchor
        person.writes = person.writes or at in reading.writing
    return people, undecided


def _anchor(name: PersonName, known: Bearers) -> Entry | None:
    """Return the one entry that is called ``name``, whole with its title or its forename."""
    if not (name.title or name.is_full):
        return None
    found = known.by_whole.get(name.whole, ())
    return found[0].entry if len(found) == 1 else None


def _may_be(person: Person, name: PersonName, anchor: Entry | None) -> bool:
    """Return whether nothing forbids that ``name`` is the person's.

    Two entries are two persons, and who writes does not call himself by a title alone.
    """
    if anchor and person.anchor and anchor is not person.anchor:
        return False
    return not (person.writes and name.title and not name.forenames) or name.whole in person.wholes


def rank_of(name: PersonName) -> int:
    """Return how little a name says: the fullest has the least."""
    if name.is_full:
        return 1 if len(name.surname) == 1 else 0
    if not name.surname:
        return 5 if name.initials else 0
    if len(name.surname) == 1:
        return 4
    return 2 if name.title else 3


def _fitting(name: PersonName, people: Sequence[Person], language: str) -> Sequence[Person]:
    """Return the persons that ``name`` may mean; the closest kind of match decides."""
    same = [p for p in people if name.whole in p.wholes and name.station.agrees(p.station)]
    if same:
        return same[:1]
    if name.initials:
        return [p for p in people if initials_of(p.forenames, p.surname) == name.initials]
    if not name.surname:
        return []
    tests = FULL if name.is_full else LETTER if len(name.surname) == 1 else SHORT
    for test in tests:
        found = [p for p in people if test(p, name)]
        if found:
            return _narrowed(found, name)
    before = titles_of(language).before_forename
    if name.is_full or (name.title and name.title not in before):
        return []
    return _called(name, people)


def _same_full(person: Person, name: PersonName) -> bool:
    return _bears(person, name) and compatible(person.forenames, name.forenames)


def _same_later(person: Person, name: PersonName) -> bool:
    """Return whether one goes by a later forename of the other: "(Pierre) Emile Hale"."""
    few, many = sorted((person.forenames, name.forenames), key=len)
    return _bears(person, name) and len(few) < len(many) and within(few, many)


def _bears(person: Person, name: PersonName) -> bool:
    """Return whether a person named in full may bear a full name, but for the forenames."""
    return (
        person.surname == name.surname
        and bool(person.forenames)
        and person.names_husband == name.names_husband
        and name.station.agrees(person.station)
    )


def _same_letter(person: Person, name: PersonName) -> bool:
    """Return whether one surname is the first letter of the other: "Anne M." and "Anne Mill"."""
    short, long = sorted((person.surname, name.surname), key=len)
    if len(short) != 1 or not long.startswith(short) or not person.forenames:
        return False
    return person.forenames[0] == name.forenames[0] or (
        len(long) > 1 and compatible(person.forenames, name.forenames)
    )


def _same_surname(person: Person, name: PersonName) -> bool:
    """Return whether a surname, with a title or bare, may be the person's.

    The bare surname is no woman's whom the letter calls "Mrs." or "Miss".
    """
    bare = not name.title and not name.forenames
    if bare and person.station in TITLED_WOMEN and name.whole not in person.wholes:
        return False
    return person.surname == name.surname and name.station.agrees(person.station)


def _same_titled_letter(person: Person, name: PersonName) -> bool:
    """Return whether "Mrs. H." may be the person: a Mrs. whose surname begins so."""
    return name.title in person.titles and person.surname.startswith(name.surname)


FULL = (_same_full, _same_later, _same_letter)
SHORT = (_same_surname,)
LETTER = (_same_titled_letter,)


def _narrowed(found: Sequence[Person], name: PersonName) -> Sequence[Person]:
    """Return those of ``found`` with the very title."""
    if len(found) > 1 and name.title:
        return [p for p in found if name.title in p.titles] or found
    return found


TITLED_WOMEN = frozenset({Station.WIFE, Station.MAIDEN})


def _called(name: PersonName, people: Sequence[Person]) -> Sequence[Person]:
    """Return whom a forename alone may mean: those called so first, then by a later name."""
    agreeing = [
        p for p in people if p.forenames and not p.names_husband and name.station.agrees(p.station)
    ]
    own = [p for p in agreeing if called(name.surname, p.forenames[0])]
    if own or not name.given:
        return [p for p in own if p.forenames[0] == name.surname] or own
    return [p for p in agreeing if name.surname in p.forenames[1:]]


def _add(person: Person, name: PersonName, form: str, at: int) -> None:
    if not person.names:
        person.names_husband = name.names_husband
    if len(name.surname) > len(person.surname) and not (person.forenames and not name.forenames):
        person.surname = name.surname
    person.surname = person.surname or name.surname
    if len("".join(name.forenames)) > len("".join(person.forenames)):
        person.forenames = name.forenames
    if not person.station or person.station is Station.WOMAN:
        person.station = name.station or person.station
    person.names.append(name)
    person.wholes.add(name.whole)
    person.titles.add(name.title)
    person.forms.append(" ".join(form.split()))
    person.mentions.append(at)


def gather_plurals(source: Source, mentions: Sequence[Annotation], people: list[Person]) -> None:
    """Give "the Thorezes" to the one person of that surname, else to a new one.

    Where several bear it, the family is none of them.
    """
    families: dict[str, Person] = {}
    for at, mention in enumerate(mentions):
        if mention.kind != "persons":
            continue
        words = source[mention.span].split()
        form = words[-1] if words else ""
        singulars = [
            form.removesuffix(ending).lower() for ending in ("es", "s", "") if form.endswith(ending)
        ]
        bearers_ = [p for s in singulars for p in people if p.surname == s]
        if len(bearers_) == 1:
            bearers_[0].mentions.append(at)
            continue
        surname = singulars[-2] if len(singulars) > 1 else singulars[0]
        if surname not in families:
            families[surname] = _family(form if bearers_ else form[: len(surname)], surname)
        families[surname].mentions.append(at)
    people += families.values()


def _family(form: str, surname: str) -> Person:
    """Return a family as a person; only one called by the surname itself may be registered."""
    whole = form.lower()
    names = [PersonName(surname=surname, whole=whole)] if whole == surname else []
    return Person(surname=whole, forms=[form], names=names, wholes={whole})
