"""Works as RIS, what reference managers and library catalogues read.

The tags are those of the Research Information Systems format of 2011; a line is a tag of two
characters, two spaces, a hyphen, a space and the value, and ends with a carriage return and
a line feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from epistola.exports import Format
from epistola.registers.bibliography.csl import date_words
from epistola.registers.bibliography.record import PERIODICAL
from epistola.registers.bibliography.work import Date, Name, Work

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "journal": "JFULL",
        "newspaper": "JFULL",
        "journalArticle": "JOUR",
        "newspaperArticle": "NEWS",
        "book": "BOOK",
        "bookSection": "CHAP",
        "pamphlet": "PAMP",
        "letter": "PCOMM",
        "manuscript": "MANSCPT",
        "speech": "GEN",
        "report": "RPRT",
        "thesis": "THES",
        "play": "BOOK",
        "poem": "GEN",
        "artwork": "ART",
        "law": "STAT",
        "webPage": "ELEC",
        "other": "GEN",
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {"author": "AU", "editor": "ED", "translator": "A4", "collection-editor": "A3"}
)
TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "title": "TI",
        "container": "T2",
        "series": "T3",
        "series_number": "SV",
        "publisher": "PB",
        "place": "CY",
        "edition": "ET",
        "genre": "M3",
        "language": "LA",
    }
)
SCOPES: Mapping[str, str] = MappingProxyType({"volume": "VL", "issue": "IS", "section": "SE"})
NUMBERS: Mapping[str, str] = MappingProxyType({"DOI": "DO", "URL": "UR", "callNumber": "CN"})
OTHERS: Mapping[str, str] = MappingProxyType(
    {"abstract": "AB", "keyword": "KW", "title-short": "ST", "accessed": "Y2", "archive": "AN"}
)


def write(works: Iterable[Work]) -> Iterator[str]:
    """Yield the records, each from its TY to its ER."""
    for work in works:
        lines = (f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _lines(work) if value)
        yield f"{''.join(lines)}ER  - \r\n\r\n"


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", KINDS[work.kind]
    yield "ID", work.key or work.id
    for role, tag in ROLES.items():
        yield from ((tag, _name(name)) for name in work.by(role))
    yield from ((tag, getattr(work, field)) for field, tag in TEXTS.items())
    yield from ((tag, work.scope(unit)) for unit, tag in SCOPES.items())
    yield from _pages(work.scope("page"))
    yield from _date(work.date)
    serial = work.number("ISSN") if work.kind in {*PERIODICAL, "journal"} else ""
    yield "SN", serial or work.number("ISBN") or work.number("ISSN")
    yield from ((tag, work.number(kind)) for kind, tag in NUMBERS.items())
    yield from ((tag, dict(work.others).get(field, "")) for field, tag in OTHERS.items())
    yield from (("N1", line) for line in work.note.split("\n"))


def _name(name: Name) -> str:
    """Return a name as RIS has it: "family, given, suffix"; a comma in a part is left out."""
    if name.literal:
        return name.literal
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = [family, name.given, name.suffix]
    while parts and not parts[-1]:
        parts.pop()
    return ", ".join(part.replace(",", "") for part in parts)


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    first, _, last = pages.replace("–", "-").partition("-")
    yield "SP", first.strip()
    yield "EP", last.strip()


def _date(date: Date) -> Iterator[tuple[str, str]]:
    """Yield the year, and the date as far as it is known: "1848/05/03/" (none is invented)."""
    day = date.when or date.start or date.earliest
    said = date.season or ("" if date.when and not date.circa else date_words(date))
    year, *rest = day.split("-") if day and not day.startswith("-") else [""]
    yield "PY", year
    if year and (rest or said):
        month, date_of_month = [*rest, "", ""][:2]
        yield "DA", f"{year}/{month}/{date_of_month}/{said}"
    elif not year:
        yield "DA", said or day


FORMAT = Format(
    write,
    "RIS",
    ".ris",
    keeps="type, titles, authors, editors, translators, the first of a range of years, pages",
    loses="other roles, suffixes' places, chapters, pointers, numbers of authority files",
)
