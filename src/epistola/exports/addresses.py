"""The address by which the world knows an entry: its number of an authority, as Linked Data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from epistola.exports.entries import Known
from epistola.exports.letters import Named
from epistola.reconcile.numbers import PRIVATE, Number

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "GND": "https://d-nb.info/gnd/{}",
        "VIAF": "https://viaf.org/viaf/{}",
        "LCNAF": "https://id.loc.gov/authorities/names/{}",
        "BnF": "https://catalogue.bnf.fr/ark:/12148/{}",
        "NDL": "https://id.ndl.go.jp/auth/ndlna/{}",
        "GeoNames": "https://www.geonames.org/{}",
        "Wikidata": "https://www.wikidata.org/entity/{}",
        "ISNI": "https://isni.org/isni/{}",
        "SNAC": "https://snaccooperative.org/ark:/99166/{}",
        "ULAN": "https://vocab.getty.edu/ulan/{}",
        "TGN": "https://vocab.getty.edu/tgn/{}",
        "ORCID": "https://orcid.org/{}",
        "DOI": "https://doi.org/{}",
    }
)
"""Authority -> the address of one of its numbers."""
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"pnd": "GND", "lc": "LCNAF", "lccn": "LCNAF", "loc": "LCNAF", "naf": "LCNAF"}
    | {name.casefold(): name for name in FORMS}
)
"""``idno/@type`` in small letters -> the authority."""
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
"""What may stand in an attribute or between ``<`` and ``>`` in Turtle."""
NUMBER = re.compile(r"[\w.:/-]+")
GND = re.compile(r"\d{8,9}[\dX]")


def authority_of(address: str) -> str:
    """Return whose number ``address`` is, or the host where it is nobody's that we know."""
    known = (name for name, form in FORMS.items() if address.startswith(form.format("")))
    return next(known, urlsplit(address).netloc)


def addresses(one: Named | Known) -> Iterator[str]:
    """Yield the addresses by which authorities know what is named, or an entry, each once.

    A name may point to an authority itself, as it does in many editions.
    """
    if isinstance(one, Known):
        found = (_address(Number(type_ or "URI", value)) for type_, value in one.numbers)
    else:
        pointers = (_address(Number("URI", word)) for word in one.pointer.split())
        found = (a for part in (pointers, *map(addresses, one.entries)) for a in part)
    yield from dict.fromkeys(filter(None, found))


def preferred(found: Iterable[str], wanted: Iterable[str]) -> str:
    """Return the address that is one of an authority earliest in ``wanted``; nothing if none is.

    >>> preferred(["https://viaf.org/viaf/7", "https://d-nb.info/gnd/118540238"], ["GND", "VIAF"])
    'https://d-nb.info/gnd/118540238'
    """
    by_authority = {authority_of(address): address for address in reversed(list(found))}
    return next((by_authority[name] for name in wanted if name in by_authority), "")


def is_mistyped(address: str) -> bool:
    """Return whether ``address`` is a number of the GND whose check digit is wrong.

    The check digit is that of its PICA numbers: the sum of the digits, each times its place
    counted from the right, is divisible by 11.

    >>> is_mistyped("https://d-nb.info/gnd/118540239")
    True
    """
    number = address.removeprefix(FORMS["GND"].format(""))
    if not GND.fullmatch(number):
        return False
    digits = [10 if sign == "X" else int(sign) for sign in reversed(number)]
    return sum(digit * place for place, digit in enumerate(digits, 1)) % 11 != 0


def _address(number: Number) -> str:
    if number.authority in PRIVATE:
        return ""
    who, value = number.identity
    form = FORMS.get(OTHER_NAMES.get(who.casefold(), who))
    if form is not None and NUMBER.fullmatch(value):
        return form.format(value)
    is_page = number.authority == "URL"  # about the thing, and no name of it
    return number.value if ADDRESS.fullmatch(number.value) and not is_page else ""
