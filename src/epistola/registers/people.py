"""Which mentions in a letter mean the same person, and which entry that is.

Within a letter a full name makes a person; a surname, a forename, initials or a title
with a surname then mean the one person they fit. Each person is then looked for in the
register, the writer and the addressee first, for their families are who a forename
means. What may mean several stays undecided, and is reported once, with the candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from epistola.gazetteer import bare
from epistola.model import (
    FOLDS,
    Annotation,
    Entry,
    EntryId,
    Fact,
    Finding,
    Letter,
    Report,
    Severity,
    Source,
    ignore,
)
from epistola.registers.bearers import Bearer, Bearers, bearers
from epistola.registers.choose import Setting, choose, initials_of
from epistola.registers.forenames import called, compatible, is_forename, within
from epistola.registers.match import (
    PersonName,
    Station,
    person_name,
    split_forenames,
    station_of,
    titles_of,
    written,
)
from epistola.registers.mint import mint
from epistola.registers.register import Links, Register, taken_ids


@dataclass(slots=True)
class _Person:
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
class _Reading:
    """What tells persons of a letter apart: its language, who is known, who writes."""

    language: str
    known: Bearers
    writing: Collection[int]


@dataclass(frozen=True, slots=True)
class _Undecided:
    """A mention that fits several persons of the letter."""

    at: int
    name: PersonName
    fitting: Sequence[_Person]


def link_people(
    source: Source,
    letter: Letter,
    mentions: Sequence[Annotation],
    register: Register,
    year: int | None = None,
    report: Report = ignore,
) -> Links:
    """Return the entry of each mention, and the entries.

    Mentions of kind ``person`` and ``persons`` are linked; the entries are the
    register's where one matches, else new ones. ``year`` is when the letter was written:
    nobody born later is meant. What is ambiguous is reported, once for each name.
    """
    language = letter.language
    known = bearers(register, language)
    named = {
        at: _name(source[mention.span], mention.values, language)
        for at, mention in enumerate(mentions)
        if mention.kind == "person"
    }
    named = _without_possessive(named, known)
    writing = _within(mentions, letter.author)
    people, undecided = _gather(source, mentions, named, _Reading(language, known, writing))
    _gather_plurals(source, mentions, people)
    if register:
        setting = Setting(language, year, year or known.about)
        setting = _find_correspondents(people, mentions, letter, known, setting)
        for person, found in _find(people, known, setting):
            report(_ambiguous(source, mentions, person, found))
        undecided = _decide(undecided, people, known, setting)
    _report_undecided(source, mentions, undecided, report)
    return _entries(people, register)


def _within(mentions: Sequence[Annotation], fact: Fact | None) -> frozenset[int]:
    """Return which mentions stand where the page says ``fact``."""
    where = fact.span if fact else None
    return frozenset(at for at, a in enumerate(mentions) if where and a.span in where)


def _name(form: str, values: Mapping[str, str], language: str) -> PersonName:
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


def _without_possessive(named: Mapping[int, PersonName], known: Bearers) -> dict[int, PersonName]:
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


def _gather(
    source: Source,
    mentions: Sequence[Annotation],
    named: Mapping[int, PersonName],
    reading: _Reading,
) -> tuple[list[_Person], list[_Undecided]]:
    """Return the persons of the letter, the fullest names first, and what fits several."""
    people: list[_Person] = []
    undecided: list[_Undecided] = []
    for at in sorted(named, key=lambda at: (_rank(named[at]), mentions[at].span.start)):
        name = named[at]
        anchor = _anchor(name, reading.known)
        may = [p for p in people if _may_be(p, name, anchor)]
        fitting = _fitting(name, may, reading.language)
        if len(fitting) > 1:
            undecided.append(_Undecided(at, name, fitting))
            continue
        person = fitting[0] if fitting else _Person()
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


def _may_be(person: _Person, name: PersonName, anchor: Entry | None) -> bool:
    """Return whether nothing forbids that ``name`` is the person's.

    Two entries are two persons, and who writes does not call himself by a title alone.
    """
    if anchor and person.anchor and anchor is not person.anchor:
        return False
    return not (person.writes and name.title and not name.forenames) or name.whole in person.wholes


def _rank(name: PersonName) -> int:
    """Return how little a name says: the fullest has the least."""
    if name.is_full:
        return 1 if len(name.surname) == 1 else 0
    if not name.surname:
        return 5 if name.initials else 0
    if len(name.surname) == 1:
        return 4
    return 2 if name.title else 3


def _fitting(name: PersonName, people: Sequence[_Person], language: str) -> Sequence[_Person]:
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


def _same_full(person: _Person, name: PersonName) -> bool:
    return _bears(person, name) and compatible(person.forenames, name.forenames)


def _same_later(person: _Person, name: PersonName) -> bool:
    """Return whether one goes by a later forename of the other: "(Pierre) Emile Hale"."""
    few, many = sorted((person.forenames, name.forenames), key=len)
    return _bears(person, name) and len(few) < len(many) and within(few, many)


def _bears(person: _Person, name: PersonName) -> bool:
    """Return whether a person named in full may bear a full name, but for the forenames."""
    return (
        person.surname == name.surname
        and bool(person.forenames)
        and person.names_husband == name.names_husband
        and name.station.agrees(person.station)
    )


def _same_letter(person: _Person, name: PersonName) -> bool:
    """Return whether one surname is the first letter of the other: "Anne M." and "Anne Mill"."""
    short, long = sorted((person.surname, name.surname), key=len)
    if len(short) != 1 or not long.startswith(short) or not person.forenames:
        return False
    return person.forenames[0] == name.forenames[0] or (
        len(long) > 1 and compatible(person.forenames, name.forenames)
    )


def _same_surname(person: _Person, name: PersonName) -> bool:
    return person.surname == name.surname and name.station.agrees(person.station)


def _same_titled_letter(person: _Person, name: PersonName) -> bool:
    """Return whether "Mrs. H." may be the person: a Mrs. whose surname begins so."""
    return name.title in person.titles and person.surname.startswith(name.surname)


FULL = (_same_full, _same_later, _same_letter)
SHORT = (_same_surname,)
LETTER = (_same_titled_letter,)


def _narrowed(found: Sequence[_Person], name: PersonName) -> Sequence[_Person]:
    """Return those of ``found`` with the very title.

    A surname alone is nobody's whom the letter calls "Mrs." or "Miss".
    """
    if len(found) > 1 and name.title:
        return [p for p in found if name.title in p.titles] or found
    if len(found) > 1 and not name.is_full:
        return [p for p in found if p.station not in TITLED_WOMEN] or found
    return found


TITLED_WOMEN = frozenset({Station.WIFE, Station.MAIDEN})


def _called(name: PersonName, people: Sequence[_Person]) -> Sequence[_Person]:
    """Return whom a forename alone may mean: those called so first, then by a later name."""
    agreeing = [
        p for p in people if p.forenames and not p.names_husband and name.station.agrees(p.station)
    ]
    own = [p for p in agreeing if called(name.surname, p.forenames[0])]
    if own or not name.given:
        return [p for p in own if p.forenames[0] == name.surname] or own
    return [p for p in agreeing if name.surname in p.forenames[1:]]


def _add(person: _Person, name: PersonName, form: str, at: int) -> None:
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


def _gather_plurals(source: Source, mentions: Sequence[Annotation], people: list[_Person]) -> None:
    """Give "the Thorezes" to the one person of that surname, else to a new one.

    Where several bear it, the family is none of them.
    """
    families: dict[str, _Person] = {}
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


def _family(form: str, surname: str) -> _Person:
    """Return a family as a person; only one called by the surname itself may be registered."""
    whole = form.lower()
    names = [PersonName(surname=surname, whole=whole)] if whole == surname else []
    return _Person(surname=whole, forms=[form], names=names, wholes={whole})


# --- who is who in the register ----------------------------------------------------------


def _find_correspondents(
    people: Sequence[_Person],
    mentions: Sequence[Annotation],
    letter: Letter,
    known: Bearers,
    setting: Setting,
) -> Setting:
    """Give writer and addressee their entries; return what they tell of the letter."""
    for fact in (letter.author, letter.addressee):
        where = _within(mentions, fact)
        for person in (p for p in people if not where.isdisjoint(p.mentions) and p.names):
            found = _settled(person, known, setting)
            own = found[0].surnames if len(found) == 1 else (person.surname,)
            families = (*setting.families, *(name for name in own if len(name) > 1))
            setting = replace(setting, families=families)
            if len(found) == 1 and fact is letter.author:
                about = setting.year or _about(found[0]) or setting.about
                setting = replace(setting, writer=found[0].entry.id, about=about)
    return setting


def _about(writer: Bearer) -> int | None:
    """Return the year in which a writer most likely wrote a letter that has none."""
    return None if writer.birth is None else min(writer.birth + MIDDLE_AGE, writer.last)


def _find(
    people: Sequence[_Person], known: Bearers, setting: Setting
) -> Iterator[tuple[_Person, Sequence[Bearer]]]:
    """Give each person the one entry that fits, those named most fully first.

    Who fits several is looked for again when all others are known; yield who still does.
    """
    unknown = [p for p in people if p.entry is None and p.names]
    unknown.sort(key=lambda p: (min(map(_rank, p.names)), min(p.mentions)))
    several = [p for p in unknown if len(_settled(p, known, setting)) > 1]
    for person in several:
        found = _settled(person, known, setting)
        if len(found) > 1:
            yield person, found


def _settled(person: _Person, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return whom the register has for a person, who gets the entry if there is one."""
    found = _registered(person, known, setting)
    if len(found) == 1:
        person.entry = found[0].entry
        setting.named[person.entry.id] = person.station
    return found


MIDDLE_AGE = 40
"""When the writer of an undated letter is taken to have written it."""


def _registered(person: _Person, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return the persons of the register that all names of a person allow."""
    names = sorted({name.whole: name for name in person.names}.values(), key=_rank)
    best = [name for name in names if _rank(name) == _rank(names[0])]
    found: Sequence[Bearer] = ()
    for name in best:
        told = name.station or not person.station
        found = choose(name if told else replace(name, station=person.station), known, setting)
        if len(found) == 1:
            return found
    return found or [
        b for n in names[len(best) :] if not n.given for b in known.by_whole.get(n.whole, ())
    ]


def _decide(
    undecided: Sequence[_Undecided],
    people: Sequence[_Person],
    known: Bearers,
    setting: Setting,
) -> list[_Undecided]:
    """Give what fits several persons to the one that the register tells; return the rest."""
    left: list[_Undecided] = []
    for mention in undecided:
        entries = {p.entry.id if p.entry else id(p) for p in mention.fitting}
        found = choose(mention.name, known, setting)
        chosen = [p for p in people if p.entry and len(found) == 1 and p.entry is found[0].entry]
        if len(entries) == 1:
            chosen = [mention.fitting[0]]
        if chosen:
            chosen[0].mentions.append(mention.at)
        else:
            left.append(mention)
    return left


# --- what stays open ---------------------------------------------------------------------


def _report_undecided(
    source: Source, mentions: Sequence[Annotation], undecided: Sequence[_Undecided], report: Report
) -> None:
    """Report each name that fits several persons once, where it stands first."""
    by_name: dict[str, list[_Undecided]] = {}
    for mention in undecided:
        by_name.setdefault(mention.name.whole, []).append(mention)
    for found in by_name.values():
        first = min(found, key=lambda one: mentions[one.at].span.start)
        forms = [person.forms[0] for person in first.fitting]
        report(_undecided(source, mentions[first.at], forms, len(found)))


def _undecided(
    source: Source, mention: Annotation, candidates: Sequence[str], times: int
) -> Finding:
    form = " ".join(source[mention.span].split())
    often = f" ({times} times)" if times > 1 else ""
    message = f"“{form}”{often} may be {_either(candidates)}; it is left unlinked"
    return Finding(Severity.WARNING, "undecided-person", message, mention.span)


def _ambiguous(
    source: Source, mentions: Sequence[Annotation], person: _Person, found: Sequence[Bearer]
) -> Finding:
    at = min(person.mentions, key=lambda at: mentions[at].span.start)
    form = " ".join(source[mentions[at].span].split())
    message = (
        f"“{form}” may be {_either([b.entry.names[0] for b in found])} of the register;"
        " it has an entry of its own"
    )
    return Finding(Severity.WARNING, "undecided-person", message, mentions[at].span)


def _either(candidates: Sequence[str]) -> str:
    shown = [f"“{candidate}”" for candidate in candidates[:MOST_SHOWN]]
    more = len(candidates) - len(shown)
    return " or ".join([*shown, *([f"one of {more} more"] if more else [])])


MOST_SHOWN = 4


def _entries(people: Sequence[_Person], register: Register) -> Links:
    taken = taken_ids(register)
    links: dict[int, EntryId] = {}
    entries: dict[EntryId, Entry] = {}
    for person in sorted(people, key=lambda p: min(p.mentions)):
        entry = person.entry or _new(person, people, taken)
        taken.add(entry.id)
        entries.setdefault(entry.id, entry)
        links.update(dict.fromkeys(person.mentions, entry.id))
    return Links(links, tuple(entries.values()))


def _new(person: _Person, people: Sequence[_Person], taken: Container[str]) -> Entry:
    """Return an entry made from the letter alone; two of one surname get their forenames too."""
    fullest = written(max(person.forms, key=lambda form: (_letters(form), -len(form))))
    if person.names_husband or len(person.surname) == 1:  # "Mrs. John Hale", "Anne H."
        return Entry(mint("person", fullest, taken), "person", (fullest,))
    surname = _cased(person.surname, fullest) or fullest
    forename = " ".join(_stopped(_cased(name, fullest), fullest) for name in person.forenames)
    namesakes = sum(p.surname == person.surname for p in people) > 1
    fuller = f"{surname} {forename}" if forename else fullest
    short = fuller if namesakes and forename else surname
    entry_id = mint("person", short, taken, fuller)
    values = {"surname": surname} if person.surname and forename else {}
    return Entry(
        entry_id, "person", (fullest,), values | ({"forename": forename} if forename else {})
    )


def _stopped(name: str, form: str) -> str:
    """Return an initial with its full stop, where ``form`` has it: "W. D. Hale", "W.D. Hale"."""
    return f"{name}." if len(name) == 1 and f"{name}." in form else name


def _letters(form: str) -> int:
    """Return how much of a name ``form`` gives; capitals throughout count for less."""
    return len(form.split()) * 2 - form.isupper()


def _cased(word: str, form: str) -> str:
    """Return ``word`` as ``form`` writes it: "ratner" of "Harry Ratner" is "Ratner"."""
    plain = form.translate(FOLDS)
    if not plain.isascii():
        plain = "".join(bare(char)[:1] or char for char in plain)
    at = plain.lower().find(word)
    found = form[at : at + len(word)] if word and at >= 0 else word
    return written(found)
