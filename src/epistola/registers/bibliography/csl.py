"""Works as CSL-JSON has them, what Zotero and citation processors exchange.

Its fields and types are those of the Citation Style Language 1.0.2 (appendices III and IV)
and of its JSON schema. One table a part of a Work; both directions go by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from epistola import language as languages
from epistola.registers.bibliography.record import DAY, YEAR
from epistola.registers.bibliography.work import (
    NUMBERS,
    UNITS,
    Date,
    Name,
    Work,
    bounded,
    ordered,
    ordered_names,
)

Item = Mapping[str, Any]


class CslError(Exception):
    """An item is not of CSL; the message says which field, and what it must be."""


KINDS: Mapping[str, str] = MappingProxyType(
    {
        "journal": "periodical",
        "newspaper": "periodical",
        "journalArticle": "article-journal",
        "newspaperArticle": "article-newspaper",
        "book": "book",
        "bookSection": "chapter",
        "pamphlet": "pamphlet",
        "letter": "personal_communication",
        "manuscript": "manuscript",
        "speech": "speech",
        "report": "report",
        "thesis": "thesis",
        "play": "book",
        "poem": "chapter",
        "artwork": "graphic",
        "law": "legislation",
        "webPage": "webpage",
        "other": "document",
    }
)
"""Values of ``biblStruct/@type`` and the type that CSL has for them."""
TOLD = frozenset({"newspaper", "play", "poem"})
"""Kinds without a type of their own in CSL: its ``genre`` tells them."""
NEAREST: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("article-magazine review review-book".split(), "journalArticle"),
        **dict.fromkeys(
            "paper-conference entry entry-dictionary entry-encyclopedia".split(), "bookSection"
        ),
        **dict.fromkeys("bill hearing legal_case regulation treaty patent".split(), "law"),
        **dict.fromkeys("post post-weblog".split(), "webPage"),
        **dict.fromkeys("figure map musical_score".split(), "artwork"),
        **dict.fromkeys("classic collection".split(), "book"),
        **dict.fromkeys(
            "article broadcast dataset event interview motion_picture software".split(), "other"
        ),
        "performance": "play",
        "song": "poem",
        "standard": "report",
    }
)
"""Types of CSL without a kind of their own in TEI: the kind they come nearest to; the genre
tells the type."""
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        "container": "container-title",
        "series": "collection-title",
        "series_number": "collection-number",
        "edition": "edition",
        "publisher": "publisher",
        "place": "publisher-place",
        "language": "language",
        "note": "note",
    }
)
"""Fields of a Work and of CSL that hold one text each."""
SCOPES: Mapping[str, str] = MappingProxyType(
    {"volume": "volume", "issue": "issue", "page": "page", "chapter": "chapter-number"}
    | {"section": "section"}
)
"""Units of ``biblScope`` and the fields of CSL."""
IDNOS: Mapping[str, str] = MappingProxyType(
    {"ISBN": "ISBN", "ISSN": "ISSN", "DOI": "DOI", "URL": "URL", "callNumber": "call-number"}
    | {"PMID": "PMID", "PMCID": "PMCID"}
)
"""Types of ``idno`` and the fields of CSL."""
ROLES = tuple(
    """
    author editor translator chair collection-editor compiler composer container-author
    contributor curator director editorial-director executive-producer guest host interviewer
    illustrator narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator
    """.split()
)
"""Fields of CSL that hold names."""
DATES = ("accessed", "available-date", "event-date", "original-date", "submitted")
"""Fields of CSL that hold dates, besides that of publication."""
OTHERS = tuple(
    """
    abstract annote archive archive_collection archive_location archive-place authority
    container-title-short dimensions division event event-place event-title ISAN ISCI ISMN ISRC
    ISWC journalAbbreviation jurisdiction keyword medium number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title part
    part-title printing references reviewed-genre reviewed-title scale shortTitle source status
    supplement title-short translated-title version year-suffix
    """.split()
)
"""Fields of CSL with one text each that TEI has no element for: a note keeps them."""
HALF_OPEN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"start": ("", "/.."), "end": ("../", ""), "earliest": ("[", "..]"), "latest": ("[..", "]")}
)
"""How a bound without the other is written (EDTF, ISO 8601-2, 4.4 and 6.2)."""
NUMBER = re.compile(r"-?\d+")


# ---- kinds


def written_kind(kind: str, genre: str) -> tuple[str, str]:
    """Return the type and the genre that CSL has for a work of ``kind`` and ``genre``."""
    first, _, rest = genre.partition("; ")
    if NEAREST.get(first) == kind:
        return first, rest
    told = (kind,) if kind in TOLD else ()
    return KINDS.get(kind, "document"), "; ".join(filter(None, (*told, genre)))


def read_kind(csl_type: str, genre: str) -> tuple[str, str]:
    """Return kind and genre of a work that CSL says this of; ``written_kind``'s inverse."""
    first, _, rest = genre.partition("; ")
    if first in TOLD and KINDS[first] == csl_type:
        return first, rest
    if csl_type in NEAREST:
        return NEAREST[csl_type], "; ".join(filter(None, (csl_type, genre)))
    return OWN.get(csl_type, "other"), genre


OWN: Mapping[str, str] = MappingProxyType(
    {csl: kind for kind, csl in KINDS.items() if kind not in TOLD}
)


# ---- writing


def write_item(work: Work) -> dict[str, Any]:
    """Return ``work`` as an item of CSL-JSON."""
    csl_type, genre = written_kind(work.kind, work.genre)
    item: dict[str, Any] = {"id": work.key or work.id, "type": csl_type}
    item |= {csl: getattr(work, field) for field, csl in FIELDS.items()}
    item["genre"] = genre
    item |= {role: [*map(_written_name, names)] for role, names in work.names if role in ROLES}
    item |= {SCOPES[unit]: value for unit, value in work.scopes if unit in SCOPES}
    item["issued"] = write_date(work.date)
    item |= {IDNOS[kind]: value for kind, value in work.numbers if kind in IDNOS}
    for field, value in work.others:
        if field in DATES:
            item[field] = write_date(read_words(value))
        elif field in OTHERS:
            item[field] = value
    return {field: value for field, value in item.items() if value or field == "id"}


def _written_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    parts["non-dropping-particle"] = name.particle
    return {part: value for part, value in parts.items() if value}


def write_date(date: Date) -> dict[str, Any]:
    """Return ``date`` as CSL has it, nothing where there is none."""
    if date.when:
        written: dict[str, Any] = {"date-parts": [date_parts(date.when)]}
        if date.season:
            written["season"] = date.season
        return {**written, "circa": True} if date.circa else written
    if date.start and date.end:
        return {"date-parts": [date_parts(date.start), date_parts(date.end)]}
    if date.earliest and date.latest:
        bounds = [date_parts(date.earliest), date_parts(date.latest)]
        return {"date-parts": bounds, "circa": True}
    literal = half_open(date) or date.words
    return {"literal": literal} if literal else {}


def half_open(date: Date) -> str:
    """Return a date of which one bound is known, none if it is another."""
    bounds = ((getattr(date, bound), marks) for bound, marks in HALF_OPEN.items())
    return next((f"{before}{day}{after}" for day, (before, after) in bounds if day), "")


def date_parts(day: str) -> list[int]:
    """Return year, month and day, as far as ``day`` tells them.

    >>> date_parts("1848-05"), date_parts("-0044-03-15")
    ([1848, 5], [-44, 3, 15])
    """
    sign = -1 if day.startswith("-") else 1
    year, *rest = day.removeprefix("-").split("-")
    return [sign * int(year), *map(int, rest)]


# ---- reading


def read_item(item: Item) -> Work:
    """Return the work that an item of CSL-JSON describes; its id is yet to be made.

    Fields that CSL does not know are passed over. Raises CslError for a field of another
    type than CSL gives it.
    """
    kind, genre = read_kind(_text(item, "type"), _text(item, "genre"))
    fields = {field: _text(item, csl) for field, csl in FIELDS.items() if field != "note"}
    numbers = {kind: _text(item, csl) for kind, csl in IDNOS.items()}
    return Work(
        key=_text(item, "citation-key") or _text(item, "id"),
        kind=kind,
        genre=genre,
        names=ordered_names({role: list(_names(item, role)) for role in ROLES}),
        scopes=ordered({unit: _text(item, csl) for unit, csl in SCOPES.items()}, UNITS),
        date=read_date(item.get("issued"), "issued"),
        numbers=ordered(numbers, NUMBERS),
        note="\n".join(_lines(item)),
        others=ordered(dict(_others(item)), ()),
        **fields,
    )


def _text(item: Item, field: str) -> str:
    value = item.get(field, "")
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CslError(f"{field} must be a text or a number")
    return " ".join(str(value).split())


def _lines(item: Item) -> Iterator[str]:
    _text(item, "note")
    lines = str(item.get("note") or "").split("\n")
    yield from filter(None, (" ".join(line.split()) for line in lines))


def _others(item: Item) -> Iterator[tuple[str, str]]:
    yield from ((field, _text(item, field)) for field in OTHERS)
    yield from ((field, date_words(read_date(item.get(field), field))) for field in DATES)


def _names(item: Item, role: str) -> Iterator[Name]:
    names = item.get(role) or ()
    if not isinstance(names, list | tuple):
        raise CslError(f"{role} must be a list of names")
    for name in names:
        if not isinstance(name, dict):
            raise CslError(f'{role} must be a list of names, each as {{"family": ...}}')
        found = _name(name)
        if found != Name():
            yield found


def _name(name: Item) -> Name:
    """Return a name; a particle that sorting drops ("Alfred de") is part of the given name."""
    family, suffix = _text(name, "family"), _text(name, "suffix")
    given = f"{_text(name, 'given')} {_text(name, 'dropping-particle')}".strip()
    particle = _text(name, "non-dropping-particle")
    if family or given or particle or suffix:
        return Name(family, given, particle, suffix)
    return Name(literal=_text(name, "literal"))


def read_date(date: object, field: str = "issued") -> Date:
    """Return the date that ``field`` holds; a season by its number gets its English name.

    Raises CslError where it is no date of CSL.
    """
    if date is None or date == {}:
        return Date()
    if isinstance(date, str):
        return read_words(date)
    if not isinstance(date, dict):
        raise CslError(f'{field} must be a date, as {{"date-parts": [[1848, 5]]}}')
    parts = date.get("date-parts")
    if not parts:
        said = _text(date, "raw") or _text(date, "edtf") or _text(date, "literal")
        return read_words(said)
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise CslError(f"{field}: date-parts must be lists of numbers, as [[1848, 5]]")
    days = [_day(part) for part in parts[:2]]
    if not all(days):
        return Date(words=" – ".join("-".join(map(str, part)) for part in parts))
    if len(days) > 1:
        names = ("earliest", "latest") if date.get("circa") else ("start", "end")
        return bounded(dict(zip(names, days, strict=True)))
    season = _season(_text(date, "season") or _season_number(parts[0]))
    return _qualified(days[0], season, circa=bool(date.get("circa")))


def _qualified(day: str, season: str, *, circa: bool) -> Date:
    if season and YEAR.fullmatch(day):
        if season.replace(" ", "").isalpha():
            return Date(when=day, season=season, circa=circa)
        return Date(words=f"{season} {day}")
    return Date(when=day, circa=circa)


def _day(parts: list[Any]) -> str:
    """Return a date of CSL as TEI writes it, none if the calendar has no such day."""
    texts = [str(part).strip() for part in parts if part not in ("", None)]
    if not texts or not all(NUMBER.fullmatch(text) for text in texts):
        return ""
    year, *rest = map(int, texts)
    if rest and not 1 <= rest[0] <= MONTHS:
        rest = []
    day = "-".join([f"{abs(year):04d}", *(f"{number:02d}" for number in rest)])
    found = DAY.fullmatch(f"-{day}" if year < 0 else day)
    return found[0] if found and year else ""


MONTHS = 12
SEASONS = {month: month % 10 - 1 for month in range(21, 25)} | {n: n - 13 for n in range(13, 17)}
"""Months beyond the twelfth are seasons (EDTF; CSL-JSON of older programs)."""


def _season_number(parts: list[Any]) -> str:
    month = int(parts[1]) if len(parts) > 1 and NUMBER.fullmatch(str(parts[1])) else 0
    return str(SEASONS[month] + 1) if month in SEASONS else ""


def _season(season: str) -> str:
    names = languages.load("en")["dates"]["seasons"]
    if season.isdecimal() and 1 <= int(season) <= len(names):
        return str(names[int(season) - 1].split()[0]).capitalize()
    return season


def read_words(said: str) -> Date:
    """Return the date that ``said`` writes: a day, an interval, a half of one, or words."""
    said = " ".join(said.split())
    if DAY.fullmatch(said):
        return Date(when=said)
    start, slash, end = said.partition("/")
    if slash and DAY.fullmatch(start) and DAY.fullmatch(end):
        return Date(start=start, end=end)
    for bound, (before, after) in HALF_OPEN.items():
        day = said.removeprefix(before).removesuffix(after)
        if said == f"{before}{day}{after}" and DAY.fullmatch(day):
            return bounded({bound: day})
    return Date(words=said)


def date_words(date: Date) -> str:
    """Return ``date`` as one text that ``read_words`` understands, as far as it can."""
    if date.start and date.end:
        return f"{date.start}/{date.end}"
    return date.when or half_open(date) or date.words


# ---- what both can say


def sayable(work: Work) -> Work:
    """Return what CSL can say of ``work``: all but other programs' numbers and odd scopes."""
    kept = {*OTHERS, *DATES}
    return replace(
        work,
        key="" if work.key == work.id else work.key,
        names=tuple((role, names) for role, names in work.names if role in ROLES),
        scopes=tuple((unit, value) for unit, value in work.scopes if unit in SCOPES),
        numbers=tuple((kind, value) for kind, value in work.numbers if kind in IDNOS),
        others=tuple((field, value) for field, value in work.others if field in kept),
    )
