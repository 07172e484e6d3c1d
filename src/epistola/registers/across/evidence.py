"""What one letter tells of whom and what it names: small, and of distinct forms alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from epistola.gazetteer import bare
from epistola.model import Annotation, Entry, EntryId, Letter, Source
from epistola.registers.correspondents import correspondents
from epistola.registers.resolve import Resolution, written_in

KINDS = frozenset({"person", "place", "org", "event", "work"})
"""The kinds of entry that are brought together across letters."""
OWN = {"persons": "person", "title": "work", "reference": "work"}
"""Kinds of annotation that mean entries of another kind."""
CAPITALISED = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-ÞΑ-ΩА-Я][^\W\d_]*")
FORMAT = 1


class Named(NamedTuple):
    """Somebody or something that a letter names.

    ``entry`` is the entry's id in the letter, and ``kept`` whether it is the register's;
    ``names`` and ``values`` are what the letter's entry says, ``forms`` how the text calls
    it, each once; ``certainty`` is that of the surest mention. Where it is open who is meant,
    there is no entry.
    """

    kind: str
    entry: str
    kept: bool
    names: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a letter tells across letters.

    ``authors`` and ``addressees`` are the forms by which it names who wrote and to whom;
    ``words`` all its words with a capital, in lower case and without accents: a name that no
    rule has seen yet is among them.
    """

    language: str
    year: int | None
    authors: tuple[str, ...]
    addressees: tuple[str, ...]
    named: tuple[Named, ...]
    words: tuple[str, ...]


def evidence(
    source: Source, letter: Letter, known: Resolution, kept: Mapping[EntryId, Entry]
) -> Evidence:
    """Return what ``source`` tells, as ``letter`` and ``known`` have it (``pipeline.Recognised``).

    ``kept`` are the entries of the register by their ids (``registers.register.by_id``).
    """
    annotations = known.annotations
    who = correspondents(source, letter, annotations)
    return Evidence(
        letter.language,
        written_in(source, letter, annotations),
        _forms_at(source, who.writing, letter.sidecar.author, annotations),
        _forms_at(source, (*who.addressed, *who.greeted), letter.sidecar.addressee, annotations),
        tuple(_named(source, known, kept)),
        words_of(source.text),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` with a capital, made comparable, each once, in order of letters.

    >>> words_of("Adieu, O'Brien says Adieu to Zoë.")
    ('adieu', 'brien', 'o', 'zoe')
    """
    return tuple(sorted({bare(word).lower() for word in CAPITALISED.findall(text)}))


def _forms_at(
    source: Source, places: Sequence[int], said: str, annotations: Sequence[Annotation]
) -> tuple[str, ...]:
    """Return by which forms a person is named at ``places``, or what the editor says."""
    if said:
        return (said,)
    return tuple(dict.fromkeys(_form(source, annotations[at]) for at in places))


def _form(source: Source, annotation: Annotation) -> str:
    return " ".join(source[annotation.span].split())


def _named(source: Source, known: Resolution, kept: Mapping[EntryId, Entry]) -> Iterator[Named]:
    """Yield what is named, in the order of ids; then the forms that are open."""
    entries = {entry.id: entry for entry in known.entries if entry.kind in KINDS}
    forms: dict[tuple[str, str], dict[str, float]] = {}
    for a in known.annotations:
        kind = OWN.get(a.kind, a.kind)
        if kind in KINDS and (a.entry in entries or (a.entry is None and kind == "person")):
            found = forms.setdefault((a.entry or "", kind if a.entry is None else ""), {})
            form = _form(source, a)
            found[form] = max(found.get(form, 0.0), a.certainty)
    for (entry_id, kind), found in sorted(forms.items()):
        entry = entries.get(EntryId(entry_id))
        yield Named(
            entry.kind if entry else kind,
            entry_id,
            entry_id in kept,
            entry.names if entry else (),
            tuple(sorted(entry.values.items())) if entry and entry_id not in kept else (),
            tuple(sorted(found)),
            round(max(found.values()), 2),
        )


# ---------------------------------------------------------------- kept in a journal


def packed(told: Evidence) -> str:
    """Return ``told`` as one line of JSON, the same for the same evidence."""
    row = (FORMAT, told.language, told.year, told.authors, told.addressees, told.named, told.words)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def unpacked(line: str) -> Evidence:
    """Return the evidence that ``packed`` made ``line`` of.

    Raises ValueError for another text, or one of another version of the program.
    """
    row: Any = json.loads(line)
    if not isinstance(row, list) or row[:1] != [FORMAT]:
        raise ValueError("no evidence of this version of the program")
    _, language, year, authors, addressees, named, words = row
    return Evidence(
        language, year, tuple(authors), tuple(addressees), tuple(map(_read, named)), tuple(words)
    )


def _read(row: Sequence[Any]) -> Named:
    kind, entry, kept, names, values, forms, certainty = row
    return Named(kind, entry, kept, tuple(names), _pairs(values), tuple(forms), certainty)


def _pairs(values: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values)
