"""Which mentions in a letter mean the same person, and which entry that is.

Within a letter a full name makes a person; a surname, a forename, initials or a title
with a surname then mean the one person they fit. Each person is then looked for in the
register, the writer and the addressee first, for their families are who a forename
means. What may mean several stays undecided, and is reported once, with the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import replace

from epistola.gazetteer import bare
from epistola.model import (
    FOLDS,
    Annotation,
    Entry,
    EntryId,
    Finding,
    Letter,
    Report,
    Severity,
    Source,
    ignore,
)
from epistola.registers.bearers import Bearer, Bearers, bearers
from epistola.registers.choose import OFTEN, Setting, choose, greeting_of
from epistola.registers.correspondents import Correspondents, correspondents
from epistola.registers.gather import (
    Person,
    Reading,
    Undecided,
    gather,
    gather_plurals,
    name_of,
    rank_of,
    without_possessive,
)
from epistola.registers.match import PersonName, person_name, titles_of, written
from epistola.registers.mint import mint
from epistola.registers.register import Links, Register, taken_ids


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
        at: name_of(source[mention.span], mention.values, language)
        for at, mention in enumerate(mentions)
        if mention.kind == "person"
    }
    named = without_possessive(named, known)
    who = correspondents(source, letter, mentions)
    people, undecided = gather(source, mentions, named, Reading(language, known, who.writing))
    gather_plurals(source, mentions, people)
    if register:
        setting = Setting(language, year, year or known.about, usage=register.usage)
        setting = _find_correspondents(people, who, known, setting)
        for person, found in _find(people, known, setting):
            report(_ambiguous(source, mentions, person, found))
        undecided = _decide(undecided, people, known, setting)
    _report_undecided(source, mentions, undecided, report)
    named_ones = [p for p in people if p.entry is not None or not _is_title(p, language)]
    return _entries(named_ones, register)


def _is_title(person: Person, language: str) -> bool:
    """Return whether nothing is known of a person but a title: "Mr", "the Captain".

    It says of nobody who he is, and makes no entry; "Father" does within a family.
    """
    titles = titles_of(language)
    forms = {bare(form).lower().strip(".") for form in person.forms}
    return forms <= titles.titles | titles.ranks


# --- who is who in the register ----------------------------------------------------------


def _find_correspondents(
    people: Sequence[Person], who: Correspondents, known: Bearers, setting: Setting
) -> Setting:
    """Give writer and addressee their entries; return what they tell of the letter.

    Whom the address names in full tells who is greeted by a forename. Where nobody is known to
    sign, the family of who writes most of the edition's letters is taken for the writer's.
    """
    setting = replace(setting, corresponds=True)
    for person in _at(people, who.writing):
        setting = _correspondent(person, known, setting, writes=True)
    setting = _presumed(known, setting)
    _join(_at(people, (*who.addressed, *who.greeted, *who.called)), known, setting)
    for person in _at(people, who.addressed):
        setting = _correspondent(person, known, setting, writes=False)
    setting = replace(setting, greeted=True)
    for person in _at(people, who.greeted):
        setting = _correspondent(person, known, setting, writes=False)
    for person in _at(people, who.called):
        found = _registered(person, known, setting)
        if len(found) == 1 and _is_addressed(person, found[0], setting):
            _settled(person, known, setting)
    if setting.writer is None and setting.usage.writer in setting.addressed:
        setting = replace(setting, own=())
    return replace(setting, corresponds=False, greeted=False)


def _at(people: Sequence[Person], places: Collection[int]) -> list[Person]:
    return [p for p in people if p.names and not set(places).isdisjoint(p.mentions)]


def _correspondent(person: Person, known: Bearers, setting: Setting, *, writes: bool) -> Setting:
    """Give a writer or addressee his entry; return ``setting`` with him and his family."""
    found = _settled(person, known, setting)
    own = found[0].surnames if len(found) == 1 else (person.surname,)
    families = (*setting.families, *(name for name in own if len(name) > 1))
    setting = replace(setting, families=families, own=families if writes else setting.own)
    return _with(found[0], setting, writes=writes) if len(found) == 1 else setting


def _presumed(known: Bearers, setting: Setting) -> Setting:
    """Return ``setting`` with the family of whoever writes most of the edition's letters."""
    if setting.writer is not None or setting.usage.writer is None:
        return setting
    family = [name for b in known.by_id.get(setting.usage.writer, ()) for name in b.surnames]
    return replace(setting, own=(*setting.own, *family))


def _join(people: Sequence[Person], known: Bearers, setting: Setting) -> None:
    """Give one entry to who is called "Miss Hale" and "Anne" in address and salutation.

    Both are the addressee, so that it is "Miss Anne Hale".
    """
    given = [p for p in people if all(name.given for name in p.names)]
    titled = [p for p in people if all(_is_formal(name) for name in p.names)]
    if len(given) != 1 or len(titled) != 1:
        return
    formal, forename = titled[0].names[0], given[0].names[0].surname
    name = person_name(f"{formal.title} {forename} {formal.surname}", setting.language)
    found = choose(name, known, setting)
    if len(found) == 1 and found[0].forenames and formal.station.agrees(given[0].station):
        for person in (*given, *titled):
            person.entry = found[0].entry
            setting.named[person.entry.id] = person.station


def _is_formal(name: PersonName) -> bool:
    """Return whether a name is a title with a surname, and no more."""
    return bool(name.title) and not name.forenames and len(name.surname) > 1


def _is_addressed(person: Person, found: Bearer, setting: Setting) -> bool:
    """Return whether one called "my dear Anne" is the addressee, or usually is in other letters."""
    whole = person.names[0].whole
    if found.entry.id in setting.addressed:
        return found.forenames[:1] == (whole,) or whole in found.wholes
    return not setting.addressed and found.entry.id == setting.usage.custom(
        greeting_of(whole), OFTEN
    )


def _with(found: Bearer, setting: Setting, *, writes: bool) -> Setting:
    """Return ``setting`` with one who writes or is written to."""
    if not writes:
        return replace(setting, addressed=setting.addressed | {found.entry.id})
    about = setting.year or _about(found) or setting.about
    return replace(setting, writer=found.entry.id, about=about)


def _about(writer: Bearer) -> int | None:
    """Return the year in which a writer most likely wrote a letter that has none."""
    return None if writer.birth is None else min(writer.birth + MIDDLE_AGE, writer.last)


def _find(
    people: Sequence[Person], known: Bearers, setting: Setting
) -> Iterator[tuple[Person, Sequence[Bearer]]]:
    """Give each person the one entry that fits, those named most fully first.

    Who fits several is looked for again when all others are known; yield who still does.
    """
    unknown = [p for p in people if p.entry is None and p.names]
    unknown.sort(key=lambda p: (min(map(rank_of, p.names)), min(p.mentions)))
    several = [p for p in unknown if len(_settled(p, known, setting)) > 1]
    for person in several:
        found = _settled(person, known, setting)
        if len(found) > 1:
            yield person, found


def _settled(person: Person, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return whom the register has for a person, who gets the entry if there is one."""
    if person.entry is not None:
        return known.by_id[person.entry.id]
    found = _registered(person, known, setting)
    if len(found) == 1:
        person.entry = found[0].entry
        setting.named[person.entry.id] = person.station
        setting.surnames.update(found[0].surnames[:1])
    return found


MIDDLE_AGE = 40
"""When the writer of an undated letter is taken to have written it."""


def _registered(person: Person, known: Bearers, setting: Setting) -> Sequence[Bearer]:
    """Return the persons of the register that all names of a person allow."""
    names = sorted({name.whole: name for name in person.names}.values(), key=rank_of)
    best = [name for name in names if rank_of(name) == rank_of(names[0])]
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
    undecided: Sequence[Undecided],
    people: Sequence[Person],
    known: Bearers,
    setting: Setting,
) -> list[Undecided]:
    """Give what fits several persons to the one that the register tells; return the rest."""
    left: list[Undecided] = []
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
    source: Source, mentions: Sequence[Annotation], undecided: Sequence[Undecided], report: Report
) -> None:
    """Report each name that fits several persons once, where it stands first."""
    by_name: dict[str, list[Undecided]] = {}
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
    source: Source, mentions: Sequence[Annotation], person: Person, found: Sequence[Bearer]
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


def _entries(people: Sequence[Person], register: Register) -> Links:
    taken = taken_ids(register)
    links: dict[int, EntryId] = {}
    entries: dict[EntryId, Entry] = {}
    for person in sorted(people, key=lambda p: min(p.mentions)):
        entry = person.entry or _new(person, people, taken)
        taken.add(entry.id)
        entries.setdefault(entry.id, entry)
        links.update(dict.fromkeys(person.mentions, entry.id))
    return Links(links, tuple(entries.values()))


def _new(person: Person, people: Sequence[Person], taken: Container[str]) -> Entry:
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
    match = re.search(rf"(?<![^\W_]){re.escape(word)}", plain.lower()) if word else None
    at = match.start() if match else plain.lower().find(word)
    found = form[at : at + len(word)] if word and at >= 0 else word
    return written(found)
