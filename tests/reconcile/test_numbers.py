"""Whose number it is, and when two are one."""

from __future__ import annotations

import pytest

from epistola.reconcile.numbers import Number, number


@pytest.mark.parametrize("value", ["", "  ", "12345", "Q42", "viaf 7", "http://", "https:// x"])
def test_what_is_no_number(value: str) -> None:
    with pytest.raises(ValueError, match="nothing says whose number it is"):
        number(value)


@pytest.mark.parametrize(
    ("value", "authority"),
    [
        ("http://viaf.org/viaf/95207079", "VIAF"),
        ("https://www.viaf.org/viaf/95207079/", "VIAF"),
        ("https://d-nb.info/gnd/11861228X", "GND"),
        ("https://www.wikidata.org/wiki/Q79025", "Wikidata"),
        ("http://www.wikidata.org/entity/Q79025", "Wikidata"),
        ("https://sws.geonames.org/2643743/", "GeoNames"),
        ("https://www.geonames.org/2643743/london.html", "GeoNames"),
        ("http://id.loc.gov/authorities/names/n79043310", "LCNAF"),
        ("https://isni.org/isni/000000012146438X", "ISNI"),
        ("https://vocab.getty.edu/tgn/7011781", "TGN"),
        ("https://example.org/persons/7", "URI"),
        ("https://viaf.org/search?q=7", "URI"),
        ("urn:nbn:7", "URI"),
    ],
)
def test_an_address_tells_whose_it_is(value: str, authority: str) -> None:
    assert number(value) == Number(authority, value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Number("VIAF", "7"), Number("VIAF", "https://viaf.org/viaf/7"), True),
        (Number("URI", "http://sws.geonames.org/7"), Number("GeoNames", "7"), True),
        (Number("Wikidata", "Q7"), number("https://www.wikidata.org/wiki/Q7"), True),
        (Number("ISNI", "0000 0001 2146 4380"), number("https://isni.org/0000000121464380"), True),
        (Number("URL", "https://a.org/x"), Number("URI", "http://www.a.org/x"), True),
        (number("http://example.org/a/"), number("https://example.org/a"), True),
        (Number("VIAF", "7"), Number("GND", "7"), False),
        (Number("VIAF", "7"), Number("VIAF", "77"), False),
        (number("https://example.org/a"), number("https://example.org/b"), False),
    ],
)
def test_when_two_are_one(one: Number, other: Number, *, same: bool) -> None:
    assert (one.identity == other.identity) is same


def test_addresses_of_two_places_do_not_contradict_each_other() -> None:
    one, other = number("https://a.org/7"), number("https://b.org/7")
    assert one.identity.authority != other.identity.authority
    assert one.identity.authority == number("https://a.org/8").identity.authority
