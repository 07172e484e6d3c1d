"""Places and organisations against a register, as letters spell them."""

from __future__ import annotations

import pytest
from lxml import etree

from epistola.gazetteer import Names
from epistola.model import Finding, Letter
from epistola.registers.load import read_entry
from epistola.registers.register import Register
from epistola.registers.resolve import resolve
from marks import marked

TEI = "http://www.tei-c.org/ns/1.0"
PLACES = {
    "rosehill": ("Rosehill", "England"),
    "park-3": ("3 Park Street", "England"),
    "mill": ("Mill Street", "England"),
    "mill-9": ("9 Mill Street", "England"),
    "priory": ("Holme Priory", "England"),
    "elston": ("Elstonborough", "England"),
    "london": ("London", "England"),
    "london-on": ("London", "Ontario"),
    "bains": ("Aubonne-les-Bains", "Switzerland"),
    "us": ("United States of America", ""),
    "ely": ("Ely", "England"),
}


def register() -> Register:
    entries = []
    for key, (name, country) in PLACES.items():
        around = f"<country>{country}</country>" if country else ""
        xml = f'<place xmlns="{TEI}" xml:id="{key}"><placeName>{name}</placeName>{around}</place>'
        entries.append(read_entry(etree.fromstring(xml)))
    return Register(tuple(entries))


REGISTER = register()
NAMES = Names(
    {"country": {"America": "United States", "United States of America": "United States"}}
)


def places(line: str) -> tuple[list[str], list[str]]:
    source, found = marked(line)
    findings: list[Finding] = []
    known = resolve(source, Letter(), found, REGISTER, NAMES, findings.append)
    return [str(a.entry) for a in known.annotations], [f.message for f in findings]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("[place Holme]", ["priory"]),
        ("[place Holm]", ["place-holm"]),
        ("[place Elsham]", ["place-elsham"]),
        ("[place St. Park]", ["place-st-park"]),
        ("[place Park Row]", ["place-park-row"]),
        ("[place Elys]", ["place-elys"]),
        ("[place Rose Hill], [place Rose-Hill], [place ROSEHILL]", ["rosehill"] * 3),
        ("[place Park St.] and [place No. 3 Park Stt]", ["park-3"] * 2),
        ("[place Mill St.] and [place 9 Mill St]", ["mill", "mill-9"]),
        ("[place Elstonboro] and [place Elstonboroug]", ["place-elstonboro", "elston"]),
        ("[place London, ]Ontario", ["london-on"]),
        ("[place London] in England", ["london"]),
        ("[place Aubonne]", ["bains"]),
        ("[place America]", ["us"]),
    ],
)
def test_places_against_a_register(line: str, ids: list[str]) -> None:
    assert places(line)[0] == ids


def test_a_place_that_may_be_two_is_reported_once() -> None:
    ids, messages = places("[place London] and [place London]")
    assert ids == ["place-london"] * 2
    assert messages == [
        "“London” may be “London, England” or “London, Ontario” of the register;"
        " it has an entry of its own"
    ]
