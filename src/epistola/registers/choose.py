"""Say which person of a register a name in a letter means: one, or none and why.

Whoever may be meant at all is a candidate; then one preference after another leaves
only the candidates that it speaks for, if it speaks for any. Where several are left
at the end, the name may mean any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from epistola.model import EntryId
from epistola.registers.bearers import LONGEST_LIFE, Bearer, Bearers, sound
from epistola.registers.forenames import alike, compatible, full_names, within
from epistola.registers.match import PersonName, Station, titles_of

Test = Callable[[Bearer], bool]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the letter says of whom it may name: its year, its families, who is named already.

    ``families`` are the surnames of the writer and of whom he writes to.
    """

    language: str = "en"
    year: int | None = None
    families: Collection[str] = ()
    named: Collection[EntryId] = ()


def choose(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return the persons of ``known`` that ``name`` may mean: one, if it is decided; or none."""
    found = [b for b in _candidates(name, known) if _possible(b, name, setting)]
    for test in _preferences(name, known, setting):
        if len(found) < 2:  # noqa: PLR2004 - nothing to decide
            break
        found = [b for b in found if test(b)] or found
    return _eldest(found) if name.surname else found


# --- who may be meant at all -------------------------------------------------------------


def _candidates(name: PersonName, known: Bearers) -> Sequence[Bearer]:
    """Return everybody whom the words of ``name`` fit."""
    exact = known.by_whole.get(name.whole, ())
    if not name.surname:
        return exact or _by_initials(name.initials, known)
    if name.given:
        called = [b for n in full_names(name.surname) for b in known.by_forename.get(n, ())]
        return list(dict.fromkeys((*exact, *called))) or known.by_surname.get(name.surname, ())
    if len(name.surname) == 1:
        return exact or _by_letter(name, known)
    borne = known.by_surname.get(name.surname, ()) or _spelt_alike(name, known)
    fitting = [b for b in borne if _forenames_fit(name, b)]
    titled = _after_title(name, known) if not fitting else ()
    return list(dict.fromkeys((*exact, *fitting, *titled)))


def _after_title(name: PersonName, known: Bearers) -> Sequence[Bearer]:
    """Return who bears as a forename what stands after a title: "Sir Walter", "Aunt Mary"."""
    if name.is_full or not name.title:
        return ()
    return [b for n in full_names(name.surname) for b in known.by_forename.get(n, ())]


def _by_letter(name: PersonName, known: Bearers) -> Sequence[Bearer]:
    """Return whom a forename with the first letter of a surname fits: "Maria E."."""
    if not name.is_full or len(name.forenames[0]) == 1:
        return ()
    found = [b for n in full_names(name.forenames[0]) for b in known.by_forename.get(n, ())]
    return [b for b in found if b.surnames and b.surnames[0].startswith(name.surname)]


def _by_initials(initials: str, known: Bearers) -> Sequence[Bearer]:
    """Return the members of the edition's family whose initials these are."""
    family = known.by_surname.get(known.home, ()) if initials else ()
    return [b for b in family if initials_of(b.forenames, b.surnames[0]) == initials]


def initials_of(forenames: Sequence[str], surname: str) -> str:
    """Return the first letters of a name."""
    return "".join(part[:1] for part in (*forenames, surname))


def _spelt_alike(name: PersonName, known: Bearers) -> Sequence[Bearer]:
    """Return who bears the surname in another spelling; a title or a forename must agree too."""
    if len(name.surname) < SHORTEST_MISSPELT or not (name.title or name.forenames):
        return ()
    found = known.by_sound.get(sound(name.surname), ())
    return [b for b in found if any(_near(name.surname, other) for other in b.surnames)]


SHORTEST_MISSPELT = 5


def _near(one: str, other: str) -> bool:
    """Return whether two names of one sound differ by a letter or so."""
    return sound(one) == sound(other) and abs(len(one) - len(other)) < 2  # noqa: PLR2004


def _forenames_fit(name: PersonName, bearer: Bearer) -> bool:
    if not name.forenames or not bearer.forenames or name.names_husband:
        return True
    return compatible(name.forenames, bearer.forenames) or within(name.forenames, bearer.forenames)


def _possible(bearer: Bearer, name: PersonName, setting: Setting) -> bool:
    """Return whether sex and life dates allow that ``bearer`` is meant."""
    if not _sexes_agree(name, bearer):
        return False
    if setting.year is None:
        return True
    if bearer.birth is not None and bearer.birth > setting.year:
        return False
    gone = bearer.death is not None and bearer.death < setting.year - MOURNED
    return not (gone and name.given and name.whole not in bearer.wholes)


MOURNED = 10
"""So many years after a death nobody is called by a forename alone."""


def _sexes_agree(name: PersonName, bearer: Bearer) -> bool:
    return name.station.agrees(bearer.station) if name.station else True


# --- who is likelier meant ---------------------------------------------------------------


def _preferences(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Test]:
    """Return what speaks for a candidate, the weightiest first."""
    named: Test = lambda b: b.entry.id in setting.named  # noqa: E731
    exact: Test = lambda b: name.whole in b.wholes  # noqa: E731
    family: Test = lambda b: not set(setting.families).isdisjoint(b.surnames)  # noqa: E731
    living: Test = lambda b: b.living(setting.year)  # noqa: E731
    recent: Test = lambda b: _recent(b, setting.year)  # noqa: E731
    home: Test = lambda b: known.home in b.surnames  # noqa: E731
    identified: Test = lambda b: b.identified  # noqa: E731
    if name.given or not name.surname:
        first = partial(_first_name, name.surname)
        return (named, family, first, exact, living, home, recent, identified)
    literal = partial(_literal, name)
    titled = partial(_titled, name, setting.language)
    own: Test = lambda b: b.surnames[:1] == (name.surname,)  # noqa: E731
    married = partial(_married, name)
    return (exact, titled, named, literal, own, married, living, family, recent, identified)


def _first_name(form: str, bearer: Bearer) -> bool:
    """Return whether ``form`` is the first forename, or what the register says one is called."""
    return form in bearer.wholes or (bool(bearer.forenames) and alike(form, bearer.forenames[0]))


def _literal(name: PersonName, bearer: Bearer) -> bool:
    """Return whether the forenames are the same words, not only the same names."""
    return bearer.forenames[: len(name.forenames)] == name.forenames


def _titled(name: PersonName, language: str, bearer: Bearer) -> bool:
    """Return whether the title is one by which the bearer is styled."""
    styled = titles_of(language).styles.get(name.title, frozenset((name.title,)))
    return bool(name.title) and not styled.isdisjoint(bearer.titles)


def _married(name: PersonName, bearer: Bearer) -> bool:
    """Return whether a wife is known to be one, and nothing shows that a maiden was."""
    married = bearer.station is Station.WIFE or bool(bearer.entry.values.get("maiden"))
    if name.station is Station.WIFE:
        return married
    return name.station is not Station.MAIDEN or not married


def _recent(bearer: Bearer, year: int | None) -> bool:
    """Return whether the bearer lived within the memory of who wrote."""
    return year is not None and bearer.birth is not None and bearer.last >= year - LONGEST_LIFE


def _eldest(found: Sequence[Bearer]) -> Sequence[Bearer]:
    """Return the eldest, who goes by the plain name: "Miss Hale" is the eldest Miss Hale."""
    born = [b for b in found if b.birth is not None]
    if len(born) < len(found) or len(found) < 2:  # noqa: PLR2004 - nothing to decide
        return found
    first = min(b.birth or 0 for b in born)
    return [b for b in born if b.birth == first]
