"""Say which person of a register a name in a letter means: one, or none and why.

Whoever may be meant at all is a candidate; then one preference after another leaves
only the candidates that it speaks for, if it speaks for any. Where several are left
at the end, the name may mean any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from epistola.model import DEFAULT_LANGUAGE, EntryId
from epistola.registers.bearers import LONGEST_LIFE, Bearer, Bearers, sound
from epistola.registers.forenames import compatible, full_names, is_forename, within
from epistola.registers.match import PersonName, Station, titles_of
from epistola.registers.usage import NO_USAGE, Usage

Test = Callable[[Bearer], bool]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the letter says of whom it may name: its year, its families, who is named already.

    ``families`` are the surnames of the writer and of whom he writes to; ``about`` is the
    year, or where the letter gives none, one that is as good for whom it may well name;
    ``named`` who is named already, and in which station, which grows while the persons
    of the letter are looked for, and ``surnames`` what these are called; ``writer`` who
    wrote, and ``own`` the surnames of the writer; ``usage`` how the edition names its people.
    ``corresponds`` says that it is asked who writes or is written to, ``greeted`` that it is
    whom the salutation calls, and ``addressed`` are those of the address.
    """

    language: str = DEFAULT_LANGUAGE
    year: int | None = None
    about: int | None = None
    families: Collection[str] = ()
    named: dict[EntryId, Station] = field(default_factory=dict)
    surnames: set[str] = field(default_factory=set)
    writer: EntryId | None = None
    own: Collection[str] = ()
    usage: Usage = NO_USAGE
    corresponds: bool = False
    greeted: bool = False
    addressed: frozenset[EntryId] = frozenset()


def choose(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return the persons of ``known`` that ``name`` may mean: one, if it is decided; or none."""
    found = _oftener(likeliest(name, known, setting), setting)
    return _eldest(found) if _in_family(name, found, known, setting) else found


def likeliest(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return whom ``name`` may mean by what it says itself, and by what its letter does.

    How often the edition names somebody, and who is the eldest of a family, is not asked.
    """
    found = [b for b in possible_bearers(name, known, setting) if _possible(b, name, setting)]
    for test in _preferences(name, known, setting):
        if len(found) < 2:  # noqa: PLR2004 - nothing to decide
            break
        found = [b for b in found if test(b)] or found
    if not name.surname or name.is_full or name.given:
        return found
    head = name.title in titles_of(setting.language).man and name.surname == known.home
    return _eldest(found) if head or name.station is Station.MAIDEN else found


def _oftener(found: Sequence[Bearer], setting: Setting) -> Sequence[Bearer]:
    """Return the one whom the edition names oftener about that time, if it is one."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to decide
        return found
    weights = [setting.usage.weight(b.entry.id, setting.about) for b in found]
    most = max(weights)
    near = zip(found, weights, strict=True)
    return [b for b, weight in near if weight > most - MARGIN] if most else found


OFTEN = 2
"""The level of letters in which a custom of greeting is seen: two or three."""
MARGIN = 2
"""By so many levels one must be named oftener than another to be meant."""

# --- who may be meant at all -------------------------------------------------------------


def possible_bearers(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return everybody whom the words of ``name`` fit."""
    core = known.by_whole.get(name.core, ()) if name.is_full else ()
    exact = (*known.by_whole.get(name.whole, ()), *core)
    if not name.surname:
        return _once(exact or _by_initials(name.initials, known))
    if name.given:
        return _once((*exact, *_forenamed(name.surname, known))) or known.by_surname.get(
            name.surname, ()
        )
    if len(name.surname) == 1:
        return _once((*exact, *_by_letter(name, known, setting)))
    borne = known.by_surname.get(name.surname, ())
    fitting = [b for b in borne if _forenames_fit(name, b)]
    if _before_forename(name, setting):
        fitting += _forenamed(name.surname, known)
    if not (exact or fitting or name.title or name.forenames):
        return _forenamed(name.surname, known)
    return _once((*exact, *fitting)) or _spelt_alike(name, known)


def _once(found: Sequence[Bearer]) -> Sequence[Bearer]:
    return list(dict.fromkeys(found))


def _forenamed(form: str, known: Bearers) -> Sequence[Bearer]:
    return [b for full in full_names(form) for b in known.by_forename.get(full, ())]


def _before_forename(name: PersonName, setting: Setting) -> bool:
    """Return whether a forename may follow the title: "Sir Walter", "Aunt Mary"."""
    titled = name.title in titles_of(setting.language).before_forename
    return titled and not name.forenames and is_forename(name.surname)


def _by_letter(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return whose surname may begin so: "Maria E.", and in the writer's family "Mrs. E."."""
    if name.is_full:
        if len(name.forenames[0]) == 1:
            return ()
        found = _forenamed(name.forenames[0], known)
        return [b for b in found if b.surnames and b.surnames[0].startswith(name.surname)]
    families = dict.fromkeys((*setting.families, known.home))
    own = [family for family in families if family.startswith(name.surname)]
    return [b for family in own for b in known.by_surname.get(family, ())] if name.title else ()


def _by_initials(initials: str, known: Bearers) -> Sequence[Bearer]:
    """Return the members of the edition's family whose initials these are."""
    family = known.by_surname.get(known.home, ()) if initials else ()
    return [b for b in family if initials_of(b.forenames, b.surnames[0]) == initials]


def initials_of(forenames: Sequence[str], surname: str) -> str:
    """Return the first letters of a name."""
    return "".join(part[:1] for part in (*forenames, surname))


def _spelt_alike(name: PersonName, known: Bearers) -> Sequence[Bearer]:
    """Return who bears the surname in another spelling; a title or a forename must agree too."""
    short = len(name.surname) < SHORTEST_MISSPELT
    if short or is_forename(name.surname) or not (name.title or name.forenames):
        return ()
    found = [b for b in known.by_sound.get(sound(name.surname), ()) if _forenames_fit(name, b)]
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
    station = setting.named.get(bearer.entry.id, bearer.station)
    if not name.station.agrees(bearer.station) or not name.station.agrees(station):
        return False
    if _is_husband(bearer, name) or _is_another(bearer, name, setting):
        return False
    if setting.year is None:
        return True
    if bearer.birth is not None and bearer.birth > setting.year - _youngest(setting):
        return False
    gone = bearer.death is not None and bearer.death < setting.year - MOURNED
    by_forename = name.given and name.whole not in (*bearer.wholes, *bearer.surnames)
    return not (gone and by_forename)


def _youngest(setting: Setting) -> int:
    """Return the age of the youngest who may be meant: nobody writes to a small child."""
    return CHILD if setting.corresponds else 0


CHILD = 12


def _is_another(bearer: Bearer, name: PersonName, setting: Setting) -> bool:
    """Return whether ``bearer`` writes, and would not call himself so.

    Nobody does by a title without a forename; but who is "Miss Hale" in other letters may
    write "Miss Hale presents her compliments", or of "a tale by Miss Hale".
    """
    if bearer.entry.id != setting.writer or not name.title or name.forenames:
        return False
    return setting.usage.custom(name.whole) != bearer.entry.id


def _is_husband(bearer: Bearer, name: PersonName) -> bool:
    """Return whether ``bearer`` is the man whose name his wife has: "Mrs. John Hale"."""
    if not name.names_husband or bearer.station is Station.WOMAN or not bearer.forenames:
        return False
    return compatible(name.forenames, bearer.forenames)


MOURNED = 10
"""So many years after a death nobody is called by a forename alone."""


# --- who is likelier meant ---------------------------------------------------------------


def _preferences(name: PersonName, known: Bearers, setting: Setting) -> Sequence[Test]:
    """Return what speaks for a candidate, the weightiest first."""
    families = frozenset(setting.families)
    named: Test = lambda b: b.entry.id in setting.named  # noqa: E731
    exact: Test = lambda b: name.whole in b.wholes  # noqa: E731
    core: Test = lambda b: name.is_full and name.core in b.wholes  # noqa: E731
    family: Test = lambda b: not families.isdisjoint(b.surnames)  # noqa: E731
    living: Test = lambda b: b.living(setting.about)  # noqa: E731
    recent: Test = lambda b: _recent(b, setting.about)  # noqa: E731
    home: Test = lambda b: known.home in b.surnames  # noqa: E731
    related: Test = lambda b: not setting.surnames.isdisjoint(b.surnames[:1])  # noqa: E731
    if name.given or not name.surname:
        own_family = frozenset(setting.own)
        writers: Test = lambda b: not own_family.isdisjoint(b.surnames)  # noqa: E731
        first = partial(_first_name, name.surname)
        own_first: Test = lambda b: writers(b) and first(b)  # noqa: E731
        family_first: Test = lambda b: family(b) and first(b)  # noqa: E731
        addressed: Test = lambda b: setting.greeted and b.entry.id in setting.addressed  # noqa: E731
        usual_to = setting.usage.custom(greeting_of(name.whole), OFTEN) if setting.greeted else None
        custom_to: Test = lambda b: b.entry.id == usual_to  # noqa: E731
        near = (addressed, custom_to, own_first, family_first, writers, first, family)
        return (*near, exact, living, related, home, named, recent)
    titled = partial(_titled, name, setting.language)
    likely, told = partial(_likely, name), partial(_told, name)
    usual = setting.usage.custom(name.whole)
    custom: Test = lambda b: b.entry.id == usual  # noqa: E731
    if len(name.surname) == 1:
        return (custom, named, family, exact, told, living, home, titled, likely, recent)
    literal = partial(_literal, name)
    own: Test = lambda b: b.surnames[:1] == (name.surname,)  # noqa: E731
    return (
        *([_is_no_woman] if _is_bare(name) and _is_old(setting) else []),
        *([partial(_is_kin_by, name.surname)] if _is_kin_forename(name, setting) else []),
        *(custom, exact, titled, core, named, told, literal, own, likely),
        *(living, family, *([home] if _is_kin(name, setting) else []), recent),
    )


def greeting_of(form: str) -> str:
    """Return under what usage has whom the letters greet by ``form``, made comparable."""
    return f"dear {form}"


def _is_kin(name: PersonName, setting: Setting) -> bool:
    return name.title in titles_of(setting.language).kin


def _is_kin_forename(name: PersonName, setting: Setting) -> bool:
    """Return whether ``name`` is one as "Aunt Harriet"."""
    return _is_kin(name, setting) and _before_forename(name, setting)


def _is_kin_by(forename: str, bearer: Bearer) -> bool:
    """Return whether an aunt or uncle called by ``forename`` may be the bearer.

    The "Lady Harriet" of whom nothing else is known is nobody's aunt.
    """
    return forename not in bearer.surnames[:1] or "title" not in bearer.entry.values


def _is_bare(name: PersonName) -> bool:
    return not name.title and not name.forenames


def _is_old(setting: Setting) -> bool:
    """Return whether the letter is of the time when a bare surname was a man's."""
    return setting.about is not None and setting.about < BARE_FOR_ALL


BARE_FOR_ALL = 1950
"""About when letters began to call women by the bare surname."""


def _is_no_woman(bearer: Bearer) -> bool:
    return bearer.station in (Station.UNKNOWN, Station.MAN)


def _first_name(form: str, bearer: Bearer) -> bool:
    """Return whether ``form`` is the first forename, or what the register says one is called."""
    return form in bearer.wholes or bearer.forenames[:1] == (form,)


def _literal(name: PersonName, bearer: Bearer) -> bool:
    """Return whether the forenames are the same words, not only the same names."""
    return bearer.forenames[: len(name.forenames)] == name.forenames


def _titled(name: PersonName, language: str, bearer: Bearer) -> bool:
    """Return whether the title is one by which the bearer is styled."""
    styled = titles_of(language).styles.get(name.title, frozenset((name.title,)))
    return bool(name.title) and not styled.isdisjoint(bearer.titles)


def _told(name: PersonName, bearer: Bearer) -> bool:
    """Return whether the register tells that the bearer is what the title says."""
    return not name.station or bearer.station is not Station.UNKNOWN


def _likely(name: PersonName, bearer: Bearer) -> bool:
    """Return whether a wife is known to be one, no maiden is, nor who has no title at all."""
    married = bearer.station is Station.WIFE or bool(bearer.entry.values.get("maiden"))
    if not name.title and not name.is_full:
        return bearer.station not in (Station.WIFE, Station.MAIDEN)
    if name.station is Station.WIFE:
        return married
    return name.station is not Station.MAIDEN or not married


def _recent(bearer: Bearer, year: int | None) -> bool:
    """Return whether the bearer lived within the memory of who wrote."""
    return year is not None and bearer.birth is not None and bearer.last >= year - LONGEST_LIFE


def _in_family(name: PersonName, found: Sequence[Bearer], known: Bearers, setting: Setting) -> bool:
    """Return whether the eldest of ``found`` goes by ``name``, as in one family."""
    if name.given or not name.surname:
        return False
    families = {known.home, *setting.families}
    return all(b.surnames[0] in families for b in found if b.surnames)


def _eldest(found: Sequence[Bearer]) -> Sequence[Bearer]:
    """Return the eldest, who goes by the plain name: "Miss Hale" is the eldest Miss Hale."""
    born = [b for b in found if b.birth is not None]
    if len(born) < len(found) or len(found) < 2:  # noqa: PLR2004 - nothing to decide
        return found
    first = min(b.birth or 0 for b in born)
    return [b for b in born if b.birth == first]
