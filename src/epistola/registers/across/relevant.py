"""What of a register a letter can lead to: so much must be the same for it to be encoded alike.

When a register grows, or an editor changes it, a letter need be encoded again only if an
entry is touched that its words can lead to, or what is usual for such an entry.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from epistola import gazetteer
from epistola.gazetteer import bare
from epistola.model import Entry, EntryId
from epistola.registers.across.evidence import Evidence, words_of
from epistola.registers.across.used import circle_of
from epistola.registers.alike import title_of
from epistola.registers.bearers import bearers
from epistola.registers.choose import OFTEN, Setting, greeting_of, possible_bearers
from epistola.registers.forenames import is_forename
from epistola.registers.gather import name_of
from epistola.registers.register import Known, Register, by_id
from epistola.registers.resolve import POINTER
from epistola.registers.spellings import find


def relevant(register: Register, one: Evidence) -> tuple[Entry, ...]:
    """Return the entries of ``register`` that the words of a letter can lead to, in its order.

    They are whom and what its forms may mean, however unlikely; those of a name that its text
    has, even where nobody has yet seen a name in it; and those that these point to.
    """
    known = by_id(register)
    waiting = [*_meant(register, one), *_worded(register, one)]
    found: dict[str, Entry] = {}
    while waiting:
        entry = waiting.pop()
        if entry.id not in found:
            found[entry.id] = entry
            waiting += [known[p] for p in map(EntryId, _pointers(entry)) if p in known]
    return tuple(entry for entry in register if entry.id in found)


def digest(register: Register, one: Evidence) -> str:
    """Return a digest of all that ``register`` can tell of a letter: the same, if it does.

    It is of the relevant entries, of whom a form usually means and how often those are named
    whom it may mean, and of which family the edition is and of what time.
    """
    known = bearers(register, one.language)
    hashed = hashlib.sha256(repr((known.home, known.about, register.usage.writer)).encode())
    for entry in relevant(register, one):
        hashed.update(_told(entry).encode())
    usage = register.usage
    for form, people in sorted(_people(register, one).items()):
        hashed.update(repr((form, usage.custom(form))).encode())
        hashed.update(repr(usage.custom(greeting_of(form), OFTEN)).encode())
        rivals = people if len(people) > 1 else ()
        levels = [(entry.id, sorted(usage.named.get(entry.id, {}).items())) for entry in rivals]
        hashed.update(repr(sorted(levels)).encode())
    return hashed.hexdigest()


@lru_cache(maxsize=131072)
def _told(entry: Entry) -> str:
    values = sorted(entry.values.items())
    return repr((entry.id, entry.kind, entry.names, values, entry.record, entry.home))


def _pointers(entry: Entry) -> Iterator[str]:
    yield from POINTER.findall(entry.record)
    yield from (value for part in ("author", "journal") if (value := entry.values.get(part)))


# ---------------------------------------------------------------- what forms may mean


def _meant(register: Register, one: Evidence) -> Iterator[Entry]:
    known = Known(register, gazetteer.load(), one.language)
    kept = by_id(register)
    for named in one.named:
        if named.kept and EntryId(named.entry) in kept:
            yield kept[EntryId(named.entry)]
        for form in named.forms if named.kind in THINGS else ():
            yield from find(form, named.kind, known)
    for people in _people(register, one).values():
        yield from people


THINGS = frozenset({"place", "org", "event"})


def _people(register: Register, one: Evidence) -> dict[str, tuple[Entry, ...]]:
    """Return whom each form of a person in a letter may mean, by the form made comparable."""
    known = bearers(register, one.language)
    setting = Setting(one.language, families=circle_of(one).families)
    forms = {form for named in one.named if named.kind == "person" for form in named.forms}
    names = [name_of(form, {}, one.language) for form in sorted(forms)]
    names += [replace(n, surname=n.surname[:-1]) for n in names if n.surname.endswith("s")]
    found: dict[str, dict[EntryId, Entry]] = {name.whole: {} for name in names}
    for name in names:
        bearers_ = possible_bearers(name, known, setting)
        found[name.whole] |= {bearer.entry.id: bearer.entry for bearer in bearers_}
    return {whole: tuple(people.values()) for whole, people in found.items()}


# ---------------------------------------------------------------- what words may be


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """The entries of a register by the rarest word of each name, and all words of that name."""

    by_word: Mapping[str, tuple[tuple[frozenset[str], Entry], ...]]


def _worded(register: Register, one: Evidence) -> Iterator[Entry]:
    """Yield the entries of which some name, or a part that names by itself, is in the text."""
    words = frozenset((*one.words, *(word.removesuffix("s") for word in one.words)))
    table = _by_words(register).by_word
    for word in sorted(words):
        for name, entry in table.get(word, ()):
            if name <= words:
                yield entry


@lru_cache(maxsize=4)
def _by_words(register: Register) -> Worded:
    rows: dict[tuple[frozenset[str], str], Entry] = {}
    for entry in register:
        for words in (*(_words(name, entry.kind) for name in entry.names), *_parts(entry)):
            if words:
                rows.setdefault((frozenset(words), entry.id), entry)
    common: defaultdict[str, int] = defaultdict(int)
    for name, _ in rows:
        for word in name:
            common[word] += 1
    table: defaultdict[str, list[tuple[frozenset[str], Entry]]] = defaultdict(list)
    for (name, _), entry in rows.items():
        table[min(name, key=lambda word: (common[word], word))].append((name, entry))
    return Worded(MappingProxyType({word: tuple(found) for word, found in table.items()}))


def _words(name: str, kind: str) -> Sequence[str]:
    """Return the words of ``name`` that a text which has it must have; of a title no article."""
    words = words_of(name)
    if kind != "work":
        return words
    telling = title_of(name).words
    return [word for word in words if word in telling] or words


def _parts(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a person's name that name alone: surnames, and forenames unheard of."""
    for part in ("surname", "maiden", "married", "peerage"):
        yield words_of(entry.values.get(part, ""))
    for forename in entry.values.get("forename", "").split():
        if not is_forename(bare(forename).lower()):
            yield words_of(forename)
