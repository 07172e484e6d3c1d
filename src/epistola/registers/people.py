"""Which mentions in a letter mean the same person, and which entry that is.

Within a letter a full name makes a person; a surname, a forename or a title with a
surname then means the one person it fits. If it fits several, it stays unlinked and
is reported with the candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from epistola.model import (
    FOLDS,
    Annotation,
    Entry,
    EntryId,
    Finding,
    Report,
    Severity,
    Source,
    ignore,
)
from epistola.registers.match import (
    PersonName,
    compatible,
    person_name,
    split_forenames,
    station,
    titles_of,
    written,
)
from epistola.registers.mint import mint
from epistola.registers.register import Index, Links, Register, index, taken_ids


@dataclass(slots=True)
class _Person:
    """One person of a letter while mentions are gathered; local to one call."""

    surname: str = ""
    forenames: tuple[str, ...] = ()
    whole: str = ""
    station: str = ""
    forms: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


def link_people(
    source: Source,
    language: str,
    mentions: Sequence[Annotation],
    register: Register,
    year: int | None = None,
    report: Report = ignore,
) -> Links:
    """Return the entry of each mention, and the entries.

    Mentions of kind ``person`` and ``persons`` are linked; the entries are the
    register's where one matches, else new ones. Nobody born after ``year`` is meant.
    """
    named = {
        at: _name(source[mention.span], mention.values, language)
        for at, mention in enumerate(mentions)
        if mention.kind == "person"
    }
    people = _gather(source, language, mentions, named, report)
    _gather_plurals(source, mentions, people)
    return _entries(people, register, year)


def _name(form: str, values: Mapping[str, str], language: str) -> PersonName:
    """Return a mention's name taken apart: as its recogniser did, else by its words."""
    parsed = person_name(form, language)
    if not (values.get("surname") or values.get("forename")):
        return parsed
    parts = {part: values.get(part, "").lower() for part in ("forename", "surname", "title")}
    surname = parts["surname"] or parts["forename"]
    fore = parts["forename"] if parts["surname"] else ""
    if len(surname) == 1 and fore:  # a ruler signs with a letter for his office: "Victoria R."
        surname, fore = fore, ""
    title = parts["title"].rstrip(".").split()[-1:] or [""]
    return PersonName(split_forenames(fore), surname, title[0].rstrip("."), parsed.whole)


def _gather(
    source: Source,
    language: str,
    mentions: Sequence[Annotation],
    named: Mapping[int, PersonName],
    report: Report,
) -> list[_Person]:
    """Return the persons of the letter, the fullest names first."""
    people: list[_Person] = []
    for at in sorted(named, key=lambda at: (_rank(named[at]), mentions[at].span.start)):
        name = named[at]
        rank = station(name, language)
        fitting = _fitting(name, rank, people, language)
        if len(fitting) > 1:
            report(_undecided(source, mentions[at], [person.forms[0] for person in fitting]))
            continue
        person = fitting[0] if fitting else _Person()
        if not fitting:
            people.append(person)
        _add(person, name, rank, source[mentions[at].span], at)
    return people


def _rank(name: PersonName) -> int:
    if name.is_full:
        return 0
    return 1 if name.title else 2


def _fitting(
    name: PersonName, rank: str, people: Sequence[_Person], language: str
) -> list[_Person]:
    """Return the persons that ``name`` may mean; the closest kind of match decides."""
    same = [p for p in people if p.whole == name.whole or name.whole in _wholes(p)]
    if same:
        return same[:1]
    tests: list[Callable[[_Person], bool]] = []
    if name.is_full:
        tests.append(lambda p: _same_full(p, name))
    elif name.surname:
        tests.append(lambda p: p.surname == name.surname and _stations_agree(p, rank))
        before_forename = titles_of(language).before_forename
        if not name.title or name.title in before_forename:
            tests.append(lambda p: name.surname in p.forenames[:1])
    for test in tests:
        found = [person for person in people if test(person)]
        if found:
            return found
    return []


def _wholes(person: _Person) -> set[str]:
    return {form.lower() for form in person.forms}


def _same_full(person: _Person, name: PersonName) -> bool:
    return (
        person.surname == name.surname
        and bool(person.forenames)
        and compatible(person.forenames, name.forenames)
    )


def _stations_agree(person: _Person, rank: str) -> bool:
    return not rank or not person.station or rank == person.station


def _add(person: _Person, name: PersonName, rank: str, form: str, at: int) -> None:
    person.surname = person.surname or name.surname
    if len("".join(name.forenames)) > len("".join(person.forenames)):
        person.forenames = name.forenames
    person.whole = person.whole or name.whole
    person.station = person.station or rank
    person.forms.append(" ".join(form.split()))
    person.mentions.append(at)


def _gather_plurals(source: Source, mentions: Sequence[Annotation], people: list[_Person]) -> None:
    """Give "the Thorezes" to the one person of that surname, else to a new one."""
    for at, mention in enumerate(mentions):
        if mention.kind != "persons":
            continue
        words = source[mention.span].split()
        name = words[-1] if words else ""
        singulars = [
            name.removesuffix(ending).lower() for ending in ("es", "s", "") if name.endswith(ending)
        ]
        found = [p for s in singulars for p in people if p.surname == s]
        person = (
            found[0]
            if found
            else _Person(surname=singulars[-2] if len(singulars) > 1 else singulars[0])
        )
        if not found:
            person.forms.append(name[: len(person.surname)])
            people.append(person)
        person.mentions.append(at)


def _undecided(source: Source, mention: Annotation, candidates: Sequence[str]) -> Finding:
    form = " ".join(source[mention.span].split())
    message = f"“{form}” may be {' or '.join(f'“{c}”' for c in candidates)}; it is left unlinked"
    return Finding(Severity.WARNING, "undecided-person", message, mention.span)


def _entries(people: Sequence[_Person], register: Register, year: int | None) -> Links:
    known, taken = index(register, "person"), taken_ids(register)
    links: dict[int, EntryId] = {}
    entries: dict[EntryId, Entry] = {}
    for person in sorted(people, key=lambda p: min(p.mentions)):
        entry = _registered(person, known, year) or _new(person, people, taken)
        taken.add(entry.id)
        entries.setdefault(entry.id, entry)
        links.update(dict.fromkeys(person.mentions, entry.id))
    return Links(links, tuple(entries.values()))


def _registered(person: _Person, register: Index, year: int | None) -> Entry | None:
    """Return the one entry of the register that the person is, if one and no other fits."""
    found = (e for form in person.forms for e in register.forms(form) if alive(e, year))
    by_form = {e.id: e for e in found}
    if len(by_form) == 1:
        return next(iter(by_form.values()))
    by_surname = [
        e
        for e in register.surnames(person.surname)
        if alive(e, year)
        and compatible(e.values.get("forename", "").lower().split(), person.forenames)
    ]
    return by_surname[0] if len(by_surname) == 1 and person.surname else None


def alive(entry: Entry, year: int | None) -> bool:
    """Return whether the person of ``entry`` may have been born by ``year``."""
    birth = entry.values.get("birth", "")[:4]
    return year is None or not birth.isdecimal() or int(birth) <= year


def _new(person: _Person, people: Sequence[_Person], taken: Collection[str]) -> Entry:
    """Return an entry made from the letter alone; two of one surname get their forenames too."""
    fullest = written(max(person.forms, key=lambda form: (_letters(form), -len(form))))
    surname = _cased(person.surname, fullest) or fullest
    forename = " ".join(_cased(name, fullest) for name in person.forenames)
    namesakes = sum(p.surname == person.surname for p in people) > 1
    fuller = f"{surname} {forename}" if forename else fullest
    short = fuller if namesakes and forename else surname
    entry_id = mint("person", short, taken, fuller)
    values = {"surname": surname} if person.surname and forename else {}
    return Entry(
        entry_id, "person", (fullest,), values | ({"forename": forename} if forename else {})
    )


def _letters(form: str) -> int:
    """Return how much of a name ``form`` gives; capitals throughout count for less."""
    return len(form.split()) * 2 - form.isupper()


def _cased(word: str, form: str) -> str:
    """Return ``word`` as ``form`` writes it: "ratner" of "Harry Ratner" is "Ratner"."""
    at = form.translate(FOLDS).lower().find(word)
    found = form[at : at + len(word)] if word and at >= 0 else word
    return written(found)
