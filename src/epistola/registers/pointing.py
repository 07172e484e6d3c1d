"""Which work is meant by words that point back: "my book", "the same volume", "the latter".

"His" and "her" mean a person named shortly before whom they fit, who writes only where nobody
else is. One candidate or none: what may be several is for an editor to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from epistola.model import Annotation, Entry, EntryId, Fact, Letter, Source
from epistola.registers.cited import paragraph_of
from epistola.registers.match import Station, person_name, station_told
from epistola.registers.register import Links
from epistola.registers.within import places_of

REACH = 300
"""How far before a pronoun the person whom it means is named, in characters."""
STATIONS: Mapping[str, Station] = {"man": Station.MAN, "woman": Station.WOMAN}
BORROWED = ("journal", "volume", "issue")


def owners(
    source: Source,
    letter: Letter,
    mention: Annotation,
    mentions: Sequence[Annotation],
    people: Links,
) -> tuple[EntryId, ...]:
    """Return whom the pronoun of ``mention`` ("his", "your") may mean, in order of the text."""
    owner = mention.values["owner"]
    if owner in {"letter", "addressee"}:
        fact = letter.author if owner == "letter" else letter.addressee
        return named_in(fact, mentions, people)
    if owner == "several":
        return ()
    station = STATIONS.get(owner, Station.UNKNOWN)
    shown = {entry.id: entry for entry in people.entries}
    writer = named_in(letter.author, mentions, people)
    near = dict.fromkeys(_named_near(source, mention, mentions, people))
    fitting = [who for who in near if station.agrees(station_of(shown[who], letter.language))]
    return tuple(who for who in fitting if who not in writer) or tuple(fitting)


def named_in(
    fact: Fact | None, mentions: Sequence[Annotation], people: Links
) -> tuple[EntryId, ...]:
    """Return who is named where the page says who wrote, or to whom."""
    places = places_of(fact, mentions)
    return tuple(dict.fromkeys(who for at, who in people.to.items() if at in places))


def _named_near(
    source: Source, mention: Annotation, mentions: Sequence[Annotation], people: Links
) -> Iterator[EntryId]:
    start = max(paragraph_of(source, mention), mention.span.start - REACH)
    for at, who in sorted(people.to.items()):
        span = mentions[at].span
        one = mentions[at].kind == "person"
        if one and start <= span.start and span.end <= mention.span.start:
            yield who


def station_of(entry: Entry, language: str) -> Station:
    """Return whether ``entry`` is a man's or a woman's, as far as its names tell."""
    if sex := entry.values.get("sex", ""):
        return station_told(sex)
    told = (person_name(name, language).station for name in entry.names)
    return next((station for station in told if station), Station.UNKNOWN)


def pointed(
    mention: Annotation, named: Sequence[Entry], whose: Sequence[EntryId]
) -> tuple[EntryId, ...]:
    """Return the works that ``mention`` may mean, of those ``named`` before it, in their order.

    ``whose`` are the persons that may own it, where it says that it is somebody's.
    """
    points, noun = mention.values["points"], mention.values.get("noun", "")
    if points in {"former", "latter"}:
        last = tuple(dict.fromkeys(entry.id for entry in reversed(named)))[:2]
        return last[:1] if points == "latter" else last[1:]
    fitting = [entry for entry in named if not noun or level_of(entry) == noun]
    if points == "same":
        return tuple(entry.id for entry in fitting[-1:])
    owned = {e.id: e for e in fitting if e.values.get("author") in whose}
    titled = tuple(work for work, entry in owned.items() if "title" in entry.values)
    return titled or tuple(owned)


def level_of(entry: Entry) -> str:
    """Return the level of a work's title; one without a title in a journal is an article."""
    return entry.values.get("level") or ("a" if "journal" in entry.values else "m")


def placed(mention: Annotation, named: Sequence[Entry]) -> Mapping[str, str]:
    """Return where "the same volume" is: the journal, the volume and, of an issue, its number."""
    noun = mention.values.get("noun", "")
    if noun == "j":
        return {"journal": journal} if (journal := _journal(named)) else {}
    wanted = BORROWED if noun == "issue" else BORROWED[:-1]
    for entry in reversed(named):
        if noun in entry.values:
            return {name: entry.values[name] for name in wanted if name in entry.values}
    return {}


def _journal(named: Sequence[Entry]) -> str:
    """Return the journal named last, by itself or as what an article is in."""
    for entry in reversed(named):
        if level_of(entry) == "j":
            return entry.id
        if "journal" in entry.values:
            return entry.values["journal"]
    return ""
