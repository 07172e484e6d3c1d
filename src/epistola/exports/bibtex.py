"""Works as BibTeX in UTF-8, for biber, BibTeX 8-bit clean, Zotero and JabRef.

Fields are BibTeX's own where it has one (year, month, journal), else biblatex's (date,
translator, entrysubtype), which BibTeX passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from epistola.exports import Format
from epistola.registers.bibliography.bibtex import (
    IDNOS,
    KINDS,
    MONTHS,
    OTHERS,
    READ,
    ROLES,
    SCOPES,
    TEXTS,
    VERBATIM,
)
from epistola.registers.bibliography.csl import date_words
from epistola.registers.bibliography.record import PERIODICAL
from epistola.registers.bibliography.work import Date, Name, Work

SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "@": "{@}"}
    | {"`": r"\textasciigrave{}"}
)
"""What TeX would not print as it stands, or BibTeX take for its own."""
WORD = re.compile(r"(?<![\\\w])\w*[^\W\d_a-z]\w*")
LIGATURES = re.compile(r"-(?=-)|'(?=')")
SPLITS = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)
"""What divides a name, or one name from the next."""
KEY = re.compile(r"[^\w.:+-]+")
PAGES = re.compile(r"(?<=\w)[-–—](?=\w)")
VERBATIM_SPECIAL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "@": "%40"})


def write(works: Iterable[Work]) -> Iterator[str]:
    """Yield the entries, each with a key of its own, an empty line between them."""
    taken: set[str] = set()
    for work in works:
        key = _key(work, taken)
        taken.add(key.lower())
        fields = "".join(f"  {field} = {value},\n" for field, value in _fields(work) if value)
        apart = "\n" if len(taken) > 1 else ""
        yield f"{apart}@{_type(work)}{{{key},\n{fields}}}\n"


def _type(work: Work) -> str:
    return "incollection" if KINDS[work.kind] == "misc" and work.container else KINDS[work.kind]


def _key(work: Work, taken: set[str]) -> str:
    """Return a key of characters that every reader takes, none of ``taken``."""
    base = KEY.sub("-", work.key or work.id).strip("-") or "work"
    key, number = base, 2
    while key.lower() in taken:  # to BibTeX, keys are the same whatever their case
        key, number = f"{base}-{number}", number + 1
    return key


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, each as it stands after the equals sign."""
    yield from ((role, _braced(" and ".join(map(_name, work.by(role))))) for role in ROLES)
    for field, attribute in TEXTS.items():
        value = getattr(work, attribute)
        yield field, _braced(_title(value) if field == "title" else _text(value))
    periodical = work.kind in {*PERIODICAL, "journal", "newspaper"}
    host = "journal" if work.kind in PERIODICAL else "booktitle"
    yield host, _braced(_title(work.container))
    for field, unit in SCOPES.items():
        value = _text(work.scope(unit))
        yield field, _braced(PAGES.sub("--", value) if unit == "page" else value)
    issue = ("number", "") if periodical else ("issue", "number")
    yield issue[0], _braced(_text(work.scope("issue")))
    if issue[1]:
        yield issue[1], _braced(_text(work.series_number))
    yield from _date(work.date)
    yield from ((field, _braced(_value(field, work.number(k)))) for field, k in IDNOS.items())
    others = dict(work.others)
    for field, name in OTHERS.items():
        yield field, _braced(_value(field, others.get(name, "")))
    if READ.get(_type(work), ("book", ""))[0] != work.kind:
        yield "entrysubtype", _braced(work.kind)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _text(value: str) -> str:
    r"""Return ``value`` as TeX prints it, on one line.

    >>> print(_text("Marx & Engels, 100 % {sic}"))
    Marx \& Engels, 100 \% \textbraceleft{}sic\textbraceright{}
    """
    return LIGATURES.sub(r"\g<0>{}", " ".join(value.split()).translate(SPECIAL))


def _title(value: str) -> str:
    """Return a title whose capitals a style must leave as they are.

    >>> _title("Stalinism, War and after")
    '{Stalinism}, {War} and after'
    """
    return WORD.sub(r"{\g<0>}", _text(value))


def _value(field: str, value: str) -> str:
    return value.translate(VERBATIM_SPECIAL) if field in VERBATIM else _text(value)


def _name(name: Name) -> str:
    """Return a name, surname first; what could be taken apart wrongly in braces."""
    if name.literal:
        return _braced(_text(name.literal))
    family = f"{name.particle} {name.family}".strip()
    if not name.given and (name.suffix or " " in family):
        return _braced(_text(f"{family} {name.suffix}".strip()))
    parts = [_family(name), _guarded(name.suffix), _guarded(name.given)]
    return ", ".join(part for at, part in enumerate(parts) if part or at == 0)


def _family(name: Name) -> str:
    """Return particle and surname; to BibTeX, a particle is what begins with a small letter."""
    if not name.particle:
        return _guarded(name.family)
    if all(word.isalpha() and word.islower() for word in name.particle.split()):
        return f"{name.particle} {_guarded(name.family)}" if name.family else name.particle
    return _braced(_text(f"{name.particle} {name.family}"))


def _guarded(part: str) -> str:
    text = _text(part)
    apart = any(not word[:1].isupper() for word in [*text.split()[:-1], text])
    return _braced(text) if text and (apart or SPLITS.search(text)) else text


def _date(date: Date) -> Iterator[tuple[str, str]]:
    """Yield year and month as BibTeX has them; a date where they cannot say it."""
    year, *rest = date.when.split("-") if not date.when.startswith("-") else (date.when,)
    if date.season or (date.when and not date.circa and not date.when.startswith("-")):
        yield "year", _braced(year)
        yield "month", _braced(_text(date.season)) if date.season else _month(rest)
        yield "day", _braced(rest[1]) if len(rest) > 1 else ""
    elif date.when:
        yield "date", _braced(f"{date.when}{'~' * date.circa}")
    elif date.earliest and date.latest:
        yield "date", _braced(f"{date.earliest}~/{date.latest}~")
    elif said := date_words(date):
        field = "year" if said == date.words else "date"
        yield field, _braced(_text(said) if field == "year" else said)


def _month(rest: list[str]) -> str:
    return MONTHS[int(rest[0]) - 1] if rest else ""


FORMAT = Format(
    write,
    "BibTeX",
    ".bib",
    keeps="type, titles with their capitals, authors, editors, translators, dates, numbers",
    loses="other roles, sections, languages of parts, pointers, numbers of authority files",
)
