"""Whether a value is what the schema asks for, what it might have meant, and how to say so.

Lists of values and plain words are compared here; every other datatype is put to libxml2,
as a schema of that one value, so that verdicts are the same as those on whole documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from threading import get_ident

from lxml import etree

from epistola.checks.explain.spelling import nearest
from epistola.checks.patterns import (
    REMEMBERED,
    Choice,
    Data,
    Group,
    Interleave,
    Listed,
    More,
    Nothing,
    Pattern,
    Text,
    Value,
)
from epistola.language import codes, load

RNG = "{http://relaxng.org/ns/structure/1.0}"
DATES = frozenset({"date", "dateTime", "gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay"})

FORMS: Mapping[str, str] = {
    "ID": "a name that begins with a letter and has no spaces",
    "NCName": "a name that begins with a letter and has no spaces or colons",
    "Name": "a name without spaces",
    "anyURI": "an address without spaces, such as #person-marx",
    "language": "a language code such as en or de-CH",
    "duration": "a duration such as P3D or P2Y",
    "boolean": "true or false",
    "nonNegativeInteger": "a whole number",
    "positiveInteger": "a whole number above 0",
    "integer": "a whole number",
    "decimal": "a number",
    "double": "a number",
    "float": "a number",
    "time": "a time such as 14:30:00",
    "date": "a date such as 1848, 1848-03 or 1848-03-18",
    "token": "one word",
}
"""What a value of a datatype looks like; of several datatypes the first here that fits."""

SAMPLES = (
    "", "unknown", "1", "1.0", "true", "en", "#unknown", "1900-01-01", "P1D", "a b", "0.5", "-"
)  # fmt: skip
"""Values to try where an attribute must have one and nothing tells which."""


class Values:
    """Judges values by patterns; remembers each judgement and each small schema."""

    def __init__(self) -> None:
        self._schemas: dict[tuple[int, Pattern], etree.RelaxNG] = {}
        self.allows = lru_cache(REMEMBERED)(self._judge)
        self.is_id = cache(_is_id)

    def _judge(self, pattern: Pattern, value: str) -> bool:
        """Return whether ``pattern``, which has no elements in it, allows ``value``."""
        match pattern:
            case Text():
                return True
            case Value(_, text, "token", ""):
                return _squeezed(value) == _squeezed(text)
            case Data(_, "string" | "token", _, (), None):
                return True
            case Choice(_, parts) if all(isinstance(one, Value) for one in parts):
                return any(self._judge(one, value) for one in parts)
            case _:
                return self._put_to_libxml2(pattern, value)

    def _put_to_libxml2(self, pattern: Pattern, value: str) -> bool:
        key = (get_ident(), pattern)
        if key not in self._schemas:
            self._schemas[key] = etree.RelaxNG(etree.ElementTree(_schema(pattern)))
        holder = etree.Element("v")
        holder.set("v", value)
        return bool(self._schemas[key].validate(holder))


def _squeezed(value: str) -> str:
    return " ".join(value.split(None))


def _schema(pattern: Pattern) -> etree._Element:
    """Return a schema for an element whose one attribute ``pattern`` allows."""
    element = etree.Element(f"{RNG}element", name="v")
    attribute = etree.SubElement(element, f"{RNG}attribute", name="v")
    _write(pattern, attribute)
    return element


def _write(pattern: Pattern, parent: etree._Element) -> None:
    match pattern:
        case Choice(_, parts) | Group(_, parts) | Interleave(_, parts):
            name = type(pattern).__name__.lower()
            _write_all(parts, etree.SubElement(parent, f"{RNG}{name}"))
        case More(_, part):
            _write(part, etree.SubElement(parent, f"{RNG}oneOrMore"))
        case Listed(_, item):
            _write(item, etree.SubElement(parent, f"{RNG}list"))
        case Data():
            _write_data(pattern, parent)
        case Value():
            _typed("value", pattern, parent, ns=pattern.namespace).text = pattern.text
        case Text():
            etree.SubElement(parent, f"{RNG}text")
        case Nothing():
            etree.SubElement(parent, f"{RNG}{'empty' if pattern.nullable else 'notAllowed'}")
        case _:
            raise TypeError(f"no pattern of a value: {pattern}")


def _write_all(parts: Iterable[Pattern], parent: etree._Element) -> None:
    for part in parts:
        _write(part, parent)


def _write_data(pattern: Data, parent: etree._Element) -> None:
    node = _typed("data", pattern, parent)
    for name, value in pattern.params:
        etree.SubElement(node, f"{RNG}param", name=name).text = value
    if pattern.excluded is not None:
        _write(pattern.excluded, etree.SubElement(node, f"{RNG}except"))


def _typed(tag: str, of: Data | Value, parent: etree._Element, **more: str) -> etree._Element:
    attributes = {"type": of.type, "datatypeLibrary": of.library, **more}
    return etree.SubElement(parent, f"{RNG}{tag}", attributes)


# ---- what a pattern asks for


def leaves(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the datatypes and values in ``pattern``."""
    match pattern:
        case Choice(_, parts) | Group(_, parts) | Interleave(_, parts):
            for part in parts:
                yield from leaves(part)
        case More(_, part) | Listed(_, part):
            yield from leaves(part)
        case Data() | Value() | Text():
            yield pattern


def listed(pattern: Pattern) -> tuple[str, ...]:
    """Return the values that ``pattern`` lists one by one."""
    return tuple(dict.fromkeys(one.text for one in leaves(pattern) if isinstance(one, Value)))


def types(pattern: Pattern) -> frozenset[str]:
    """Return the datatypes that ``pattern`` names."""
    return frozenset(one.type for one in leaves(pattern) if isinstance(one, Data))


def _is_id(pattern: Pattern) -> bool:
    """Return whether a value by ``pattern`` must be the only one in its file."""
    return "ID" in types(pattern)


def is_date(pattern: Pattern) -> bool:
    """Return whether ``pattern`` asks for a date."""
    return "date" in types(pattern) or {"gYear", "gYearMonth"} <= types(pattern)


def form(pattern: Pattern) -> str:
    """Return what a value should look like, in words; "" where there are none for it."""
    known = types(pattern)
    several = any(isinstance(one, Listed) for one in _all(pattern))
    if is_date(pattern):
        return FORMS["date"]
    for name, words in FORMS.items():
        if name in known:
            return f"{words}, or several of them" if several and name != "token" else words
    return "a value of the right form" if known else ""


def _all(pattern: Pattern) -> Iterator[Pattern]:
    yield pattern
    if isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from _all(part)


# ---- what a value might have meant


def mended(value: str, pattern: Pattern, allows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the values that ``value`` was most likely meant to be, the likeliest first."""
    guesses: Iterable[str] = dict.fromkeys(
        [*_dates(value, pattern), *_tidied(value, pattern), *nearest(value, listed(pattern))]
    )
    return tuple(guess for guess in guesses if guess != value and allows(guess))


def _dates(value: str, pattern: Pattern) -> Iterator[str]:
    if is_date(pattern):
        found = mend_date(value)
        if found:
            yield found


YES_AND_NO = {"yes": "true", "no": "false", "y": "true", "n": "false", "on": "true", "off": "false"}


def _tidied(value: str, pattern: Pattern) -> Iterator[str]:
    """Yield ``value`` without what a slip of the keyboard puts in: spaces, marks, capitals."""
    known = types(pattern)
    bare = value.strip().strip(".,;:'\"“”‘’ ")
    yield bare
    yield bare.lower()
    if "boolean" in known:
        yield from filter(None, [YES_AND_NO.get(bare.lower())])
    if known & {"ID", "NCName", "token", "anyURI", "Name", "language"}:
        yield from (re.sub(r"\s+", mark, bare) for mark in "-_")
    if "language" in known:
        yield bare.replace("_", "-")
    if known & {"ID", "NCName", "Name"}:
        name = re.sub(r"[^\w.-]+", "-", bare).strip("-")
        yield name
        yield f"_{name}"
    number = re.search(r"[-+]?\d+(?:[.,]\d+)*", bare)
    if number and known & {"nonNegativeInteger", "integer", "positiveInteger", "decimal", "double"}:
        yield number[0].replace(",", ".")
    if number and "token" in known:
        yield number[0]
    if known & {"double", "decimal"} and bare.endswith("%") and number:
        yield f"{float(number[0].replace(',', '.')) / 100:g}"


NUMBERS = re.compile(r"(-?)(\d{1,4})[-./\s](\d{1,2})(?:[-./\s](\d{1,4}))?")
NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([^\W\d]+)\.?,?\s+(?:(\d{1,2}),\s*)?(\d{4})"
)
LITTER = re.compile(r"(?<=\d)(?:[.,;]+|[^\W\d_])$")
WHOLE = re.compile(r"-?\d{4}(?:-\d\d){0,2}")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
YEAR_DIGITS = 4
LAST_MONTH = 12


def mend_date(value: str) -> str:
    """Return the date that ``value`` can only mean, as ISO 8601 writes it; else "".

    >>> mend_date("1848-5-3"), mend_date("3.5.1848"), mend_date("18 March 1848"), mend_date("x")
    ('1848-05-03', '1848-05-03', '1848-03-18', '')
    """
    bare = LITTER.sub("", value.strip().replace("–", "-").replace("\u2212", "-"))
    if bare != value and WHOLE.fullmatch(bare):
        return bare
    if found := NUMBERS.fullmatch(bare):
        return _of_numbers(bare, found)
    if found := COMPACT.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := NAMED.fullmatch(bare):
        return _of_words(found)
    return f"{bare:0>4}" if bare.isdigit() and len(bare) == YEAR_DIGITS - 1 else ""


def _of_numbers(bare: str, found: re.Match[str]) -> str:
    minus, first, second, third = found.groups()
    if len(first) == YEAR_DIGITS:
        if third is None:
            month = int(second)
            return f"{minus}{first}-{month:02}" if 1 <= month <= LAST_MONTH else ""
        swapped = "" if minus else _swapped(int(first), int(second), int(third))
        return _day(int(first), int(second), int(third), minus) or swapped
    if minus or third is None or len(third) != YEAR_DIGITS:
        return ""
    day, month, year = int(first), int(second), int(third)
    # With points the day comes first, always; with strokes only a day above 12 tells.
    if "." in bare or day > LAST_MONTH or day == month:
        return _day(year, month, day)
    return _day(year, day, month) if month > LAST_MONTH else ""


def _swapped(year: int, day: int, month: int) -> str:
    return _day(year, month, day) if day > LAST_MONTH else ""


def _day(year: int, month: int, day: int, minus: str = "") -> str:
    try:
        date(year, month, day)
    except ValueError:
        return ""
    return f"{minus}{year:04}-{month:02}-{day:02}"


def _of_words(found: re.Match[str]) -> str:
    first, word, second, year = found.groups()
    months = _months().get(word.lower(), frozenset())
    if len(months) != 1 or (first and second):
        return ""
    day = first or second
    [month] = months
    return _day(int(year), month, int(day)) if day else f"{year}-{month:02}"


@cache
def _months() -> Mapping[str, frozenset[int]]:
    """Return which months each word for one can mean, in all languages there are."""
    found: dict[str, frozenset[int]] = {}
    for code in codes():
        for number, forms in enumerate(load(code)["dates"]["months"], 1):
            for form_ in forms.split():
                found[form_] = found.get(form_, frozenset()) | {number}
    return found
