"""Find works cited by their own divisions: "Matt. 5:3", "Hor. Sat. i. 4", "11 Geo. 4, c. 64".

Such a reference is known by a name that a table holds and the number after it, whatever the
letter is about; one walk over the words with a number after them asks each rule in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from epistola.gazetteer import Names
from epistola.mentions.works.canon.bible import bible_at
from epistola.mentions.works.canon.bible_spelled import spelled
from epistola.mentions.works.canon.classics import classic_at
from epistola.mentions.works.canon.codes import codes
from epistola.mentions.works.canon.numbered import candidates
from epistola.mentions.works.canon.readings import Candidate, Reading, claimed
from epistola.mentions.works.canon.statutes import statute_at
from epistola.model import Annotation, Letter, Source

Rule = Callable[[Candidate], Reading | None]
RULES: Sequence[Rule] = (bible_at, statute_at, classic_at)
"""The rules that read a name and the number after it, the first that can wins."""


def canonical(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the references of ``source`` to scripture, the classics and the law, with their parts.

    A name in full is a person's too; an abbreviation ("Hor.") is its author's only.
    """
    for reading in _read(source, letter.language):
        if not any(reading.span.overlaps(field.span) for field in letter.fields):
            yield from claimed(source, reading, names)


def _read(source: Source, language: str) -> Iterator[Reading]:
    end = 0
    for candidate in candidates(source.folded, language):
        found = (rule(candidate) for rule in RULES) if candidate.start >= end else iter(())
        reading = next(filter(None, found), None)
        if reading and reading.span.start >= end:
            yield reading
            end = reading.span.end
    yield from spelled(source.folded, language)
    yield from codes(source.folded, language)
