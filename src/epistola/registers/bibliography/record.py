"""Works as TEI has them: ``biblStruct`` (TEI P5, 3.12.2 and 3.12.6), read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Protocol, cast

from lxml import etree
from lxml.builder import ElementMaker

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
from epistola.registers.catalogue import catalogue_name

TEI = "http://www.tei-c.org/ns/1.0"
T = f"{{{TEI}}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
KEY = "citationKey"
"""The type of ``idno`` that keeps what another program calls a work."""


class Maker(Protocol):
    """Makes elements of TEI: ``E.title("Words")``, or ``E("title", "Words")``."""

    def __call__(self, tag: str, *children: object) -> etree._Element:
        """Return an element ``tag`` made of ``children``."""
        ...

    def __getattr__(self, tag: str) -> Callable[..., etree._Element]:
        """Return a function that makes elements called ``tag``."""
        ...


E: Final = cast("Maker", ElementMaker(namespace=TEI, nsmap={None: TEI}))
People = Callable[[str], Name | None]
"""Returns the name in the entry that a pointer leads to, none where there is no such entry."""

KINDS = frozenset(
    """
    journal newspaper journalArticle newspaperArticle book bookSection pamphlet letter manuscript
    speech report thesis play poem artwork law webPage other
    """.split()
)
"""The values that the schema of letters has for ``biblStruct/@type``."""
LEVELS: Mapping[str, str] = MappingProxyType(
    {"journal": "j", "newspaper": "j", "manuscript": "u", "letter": "u", "thesis": "u"}
    | {"speech": "u"}
)
"""The level of the title of a work that stands alone; ``m`` for every other kind."""
PARTS = frozenset({"journalArticle", "newspaperArticle", "bookSection"})
"""The kinds that are always a part of something."""
PERIODICAL = frozenset({"journalArticle", "newspaperArticle"})
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TOKEN = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
YEAR = re.compile(r"-?\d{4}")
DAY = re.compile(r"-?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
BOUNDS: Mapping[str, str] = MappingProxyType(
    {"when": "when", "from": "start", "to": "end", "notBefore": "earliest", "notAfter": "latest"}
)
"""Attributes of ``date`` and what of a Date they are."""


def words(element: etree._Element | None) -> str:
    """Return the words of ``element``, white space made single; none of nothing."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def nobody(_: str) -> Name | None:
    """Know no entry of any person."""
    return None


# ---- reading


def read_work(element: etree._Element, people: People = nobody) -> Work:
    """Return the work that a ``biblStruct`` describes.

    ``people`` gives the parts of the names that are not taken apart where they stand.
    """
    part, whole, series = (element.find(f"{T}{name}") for name in ("analytic", "monogr", "series"))
    numbers = dict(_numbers(element))
    notes = list(element.iterchildren(f"{T}note"))
    others = {note.get("n", ""): words(note) for note in notes if note.get("n")}
    return Work(
        id=element.get(XML_ID, ""),
        key=numbers.pop(KEY, ""),
        kind=_kind(element.get("type", ""), part, whole),
        genre="; ".join(filter(None, (element.get("subtype"), others.pop("genre", "")))),
        title=_title(whole if part is None else part),
        container=_title(whole) if part is not None else "",
        series=_title(series),
        series_number=_first(series, "biblScope"),
        names=_names(element, people),
        edition=_first(whole, "edition"),
        scopes=_scopes(whole),
        publisher="; ".join(_all(whole, "publisher")),
        place="; ".join(_all(whole, "pubPlace")),
        date=_date(element),
        numbers=ordered(numbers, NUMBERS),
        language=_language(element),
        note="\n".join(filter(None, (words(note) for note in notes if not note.get("n")))),
        others=ordered(others, ()),
    )


def _kind(told: str, part: etree._Element | None, whole: etree._Element | None) -> str:
    """Return the kind that a work is told to be; else one by the levels of its titles."""
    if told in KINDS:
        return told
    title = None if whole is None else whole.find(f"{T}title")
    level = "" if title is None else title.get("level", "")
    if part is not None:
        return "journalArticle" if level == "j" else "bookSection"
    return {"j": "journal", "u": "manuscript", "a": "other"}.get(level, "book")


def _title(element: etree._Element | None) -> str:
    """Return the title of a work and its subtitles: "Main: sub"."""
    titles = [] if element is None else list(element.iterchildren(f"{T}title"))
    main = next((t for t in titles if t.get("type") in {None, "main", "supplied"}), None)
    main = main if main is not None or not titles else titles[0]
    subtitles = [title for title in titles if title.get("type") == "sub" and title is not main]
    return ": ".join(filter(None, (words(main), *map(words, subtitles))))


def _all(element: etree._Element | None, name: str) -> Iterator[str]:
    if element is not None:
        yield from filter(None, map(words, element.iter(f"{T}{name}")))


def _first(element: etree._Element | None, name: str) -> str:
    return next(_all(element, name), "")


def _scopes(whole: etree._Element | None) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for scope in () if whole is None else whole.iter(f"{T}biblScope"):
        value = scope.get("n") or "–".join(_ends(scope)) or words(scope)
        found.setdefault(scope.get("unit", "page"), value)
    return ordered(found, UNITS)


def _ends(scope: etree._Element) -> Iterator[str]:
    yield from (str(scope.get(end)) for end in ("from", "to") if scope.get(end))


def _numbers(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the numbers of the work itself, each kind's first; those of its series are not."""
    found: dict[str, str] = {}
    for idno in element.iter(f"{T}idno"):
        if next(idno.iterancestors(f"{T}series", f"{T}relatedItem"), None) is None:
            found.setdefault(idno.get("type", "local"), words(idno))
    target = next((e.get("target") for e in element.iter(f"{T}ptr", f"{T}ref")), None)
    if target and "://" in target:
        found.setdefault("URL", target)
    yield from found.items()


def _language(element: etree._Element) -> str:
    found = next(element.iter(f"{T}textLang"), None)
    return "" if found is None else found.get("mainLang") or words(found)


def _names(element: etree._Element, people: People) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    found: dict[str, list[Name]] = {}
    for maker in element.iter(f"{T}author", f"{T}editor"):
        if next(maker.iterancestors(f"{T}relatedItem"), None) is not None:
            continue
        name = _name(maker, people)
        if name != Name():
            found.setdefault(_role(maker), []).append(name)
    return ordered_names(found)


def _role(maker: etree._Element) -> str:
    """Return what someone did; the author of a whole is not that of its part."""
    if maker.tag == f"{T}editor":
        in_series = next(maker.iterancestors(f"{T}series"), None) is not None
        return maker.get("role") or ("collection-editor" if in_series else "editor")
    root = next(maker.iterancestors(f"{T}biblStruct"))
    whole = next(maker.iterancestors(f"{T}monogr"), None)
    return (
        "container-author"
        if whole is not None and root.find(f"{T}analytic") is not None
        else ("author")
    )


def _name(maker: etree._Element, people: People) -> Name:
    parts = {
        part: " ".join(filter(None, map(words, maker.iter(f"{T}{name}"))))
        for part, name in NAME_PARTS.items()
    }
    if any(parts.values()):
        return Name(**parts)
    if maker.find(f".//{T}orgName") is not None:
        return Name(literal=words(maker))
    pointer = next((str(e.get("ref")) for e in maker.iter("*") if e.get("ref")), "")
    known = people(pointer) if pointer else None
    if known is not None:
        return known
    written = catalogue_name(words(maker))
    if written is not None and written.forename:
        return Name(written.surname, written.forename)
    return Name(literal=words(maker))


NAME_PARTS: Mapping[str, str] = MappingProxyType(
    {"given": "forename", "particle": "nameLink", "family": "surname", "suffix": "genName"}
)
"""Parts of a name and their elements, in the order in which they are written."""


def _date(element: etree._Element) -> Date:
    """Return when a work came out: what the attributes of its date say, else its words."""
    dates = [d for d in element.iter(f"{T}date") if d.get("type") in {None, "published"}]
    date = next((d for d in dates if d.attrib or words(d)), None)
    if date is None:
        return Date()
    bounds = {part: _day(date.get(name, "")) for name, part in BOUNDS.items()}
    when, said = bounds["when"], words(date)
    if not any(bounds.values()):
        return Date(words=said or next((str(date.get(b)) for b in BOUNDS if date.get(b)), ""))
    if when:
        season = said.removesuffix(f" {when}") if YEAR.fullmatch(when) else ""
        season = season if season.replace(" ", "").isalpha() else ""
        return Date(when=when, season=season, circa=date.get("cert") in {"low", "medium"})
    return bounded(bounds)


def _day(bound: str) -> str:
    """Return year, month and day of an attribute, none where it has no year or is no date."""
    found = DAY.match(bound)
    return found[0] if found else ""


# ---- writing


def write_work(work: Work) -> etree._Element:
    """Return the ``biblStruct`` that describes ``work``; ``read_work`` is its inverse.

    It is valid by the schema of letters and by TEI's own.
    """
    attributes = {"type": work.kind, **({XML_ID: work.id} if work.id else {})}
    genre = []
    if TOKEN.fullmatch(work.genre):
        attributes["subtype"] = work.genre
    elif work.genre:
        genre = [E.note({"n": "genre"}, work.genre)]
    return E.biblStruct(
        attributes,
        *_parts(work),
        *_series(work),
        *(E.note(line) for line in work.note.split("\n") if line),
        *genre,
        *(E.note({"n": name}, value) for name, value in work.others),
    )


def _parts(work: Work) -> Iterator[etree._Element]:
    """Yield ``analytic``, if the work is in another, and ``monogr``."""
    idnos = [*_idnos(work), *_languages(work)]
    own = [role for role, _ in work.names if role in {"author", "translator"}]
    rest = [role for role, _ in work.names if role not in {*own, *SET_APART}]
    if not (work.container or work.kind in PARTS or work.by("container-author")):
        title = E.title({"level": LEVELS.get(work.kind, "m")}, work.title)
        authors, others = _people(work, ["author"]), _people(work, [*own, *rest], ["author"])
        yield E.monogr(*authors, title, *idnos, *others, *_edition(work), _imprint(work))
        return
    title = E.title({"level": "a"}, work.title)
    if not work.container and not work.by("container-author"):
        makers = _people(work, [*own, *rest])
        yield E.analytic(title, *makers, *idnos)
        yield E.monogr(*_edition(work), _imprint(work))
        return
    yield E.analytic(title, *_people(work, own))
    level = "j" if work.kind in PERIODICAL else "m"
    host = E.title({"level": level}, work.container)
    authors, others = _people(work, ["container-author"]), _people(work, rest)
    yield E.monogr(*authors, host, *idnos, *others, *_edition(work), _imprint(work))


SET_APART = frozenset({"container-author", "collection-editor"})
"""Roles that the place of a name tells: with the whole, or with its series."""


def _people(
    work: Work, roles: list[str], less: list[str] | None = None
) -> Iterator[etree._Element]:
    for role, names in work.names:
        if role in roles and role not in (less or ()):
            yield from (_maker(role, name) for name in names)


def _maker(role: str, name: Name) -> etree._Element:
    if role in {"author", "container-author"}:
        return E.author(_person(name))
    attributes = {} if role in {"editor", "collection-editor"} else {"role": role}
    return E.editor(attributes, _person(name))


def _person(name: Name) -> etree._Element:
    if name.literal:
        return E.orgName(name.literal)
    element = E.persName()
    for part, tag in NAME_PARTS.items():
        if value := getattr(name, part):
            if len(element):
                element[-1].tail = " "
            element.append(E(tag, value))
    return element


def _idnos(work: Work) -> Iterator[etree._Element]:
    for kind, number in (*((KEY, work.key),) * bool(work.key), *work.numbers):
        yield E.idno({"type": kind}, number)


def _languages(work: Work) -> Iterator[etree._Element]:
    if LANGUAGE.fullmatch(work.language):
        yield E.textLang({"mainLang": work.language})
    elif work.language:
        yield E.textLang(work.language)


def _edition(work: Work) -> Iterator[etree._Element]:
    if work.edition:
        yield E.edition(work.edition)


def _imprint(work: Work) -> etree._Element:
    """Return where and when a work came out; TEI wants a date, empty where it is not known."""
    scopes = (E.biblScope({"unit": unit}, value) for unit, value in work.scopes)
    place = [E.pubPlace(work.place)] if work.place else []
    publisher = [E.publisher(work.publisher)] if work.publisher else []
    return E.imprint(*place, *publisher, *scopes, _written_date(work.date))


def _written_date(date: Date) -> etree._Element:
    bounds = ((name, cast("str", getattr(date, part))) for name, part in BOUNDS.items())
    attributes = {name: value for name, value in bounds if value}
    if date.circa:
        attributes["cert"] = "medium"
    said = f"{date.season} {date.when}" if date.season else date.words
    return E.date(attributes, *filter(None, [said]))


def _series(work: Work) -> Iterator[etree._Element]:
    editors = list(_people(work, ["collection-editor"]))
    if work.series or work.series_number or editors:
        number = [E.biblScope({"unit": "volume"}, work.series_number)] * bool(work.series_number)
        yield E.series(E.title({"level": "s"}, work.series), *editors, *number)
