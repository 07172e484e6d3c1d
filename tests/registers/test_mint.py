from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from epistola.registers.mint import mint, slug

ID = etree.RelaxNG(
    etree.fromstring(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
        '<attribute name="id"><data type="NCName"/></attribute></element>'
    )
)


@pytest.mark.parametrize(
    ("kind", "name", "taken", "fuller", "made"),
    [
        ("person", "Mill", (), "", "person-mill"),
        ("person", "Mill", ("person-mill",), "Mill Anne", "person-mill-anne"),
        ("person", "Mill", ("person-mill", "person-mill-anne"), "Mill Anne", "person-mill-anne-2"),
        ("person", "O’Brien", (), "", "person-obrien"),
        ("place", "Łódź", (), "", "place-lodz"),
        ("work", "Über den Bäcker & the Straße", (), "", "work-uber-den-backer-the-strasse"),
        ("org", "---", (), "", "org-1"),
        ("org", "---", ("org-1",), "", "org-2"),
    ],
)
def test_ids(kind: str, name: str, taken: tuple[str, ...], fuller: str, made: str) -> None:
    assert mint(kind, name, taken, fuller) == made


@given(
    st.sampled_from(("event", "org", "person", "place", "term", "work")),
    st.text(max_size=80),
    st.text(max_size=80),
)
def test_every_id_is_new_and_an_xml_name(kind: str, name: str, fuller: str) -> None:
    taken: set[str] = set()
    for _ in range(3):
        made = mint(kind, name, taken, fuller)
        assert made not in taken
        assert ID.validate(etree.Element("a", id=made)), made
        taken.add(made)


@given(st.text(max_size=80))
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)
