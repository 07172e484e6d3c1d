from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from epistola.checks.odd import Odd, load_odd, reference
from epistola.checks.odd.models import holds, model_words
from shared import shared

ODD = Path(__file__).parents[2] / "schemas" / "letter.odd"


@pytest.fixture(scope="module")
def odd() -> Odd:
    return load_odd(ODD)


@pytest.fixture(scope="module")
def page(odd: Odd) -> html.HtmlElement:
    return html.document_fromstring(reference(odd))


def values(page: html.HtmlElement, path: str) -> set[str]:
    found = page.xpath(path)
    assert isinstance(found, list)
    return {str(one) for one in found}


def text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_every_link_leads_somewhere(page: html.HtmlElement) -> None:
    ids = values(page, "//@id")
    links = values(page, "//a/@href")
    assert links
    assert {link for link in links if link.removeprefix("#") not in ids} == set()


def test_ids_are_used_once(page: html.HtmlElement) -> None:
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_it_needs_no_network(odd: Odd) -> None:
    loads = re.compile(rb"<link|<img|<script src|@import|url\(", re.IGNORECASE)
    assert loads.search(reference(odd)) is None


def test_every_element_has_its_entry_and_stands_in_the_index(
    odd: Odd, page: html.HtmlElement
) -> None:
    index = values(page, "//nav//li[@data-name]/@data-name")
    assert index == set(odd.elements)
    assert values(page, "//article/@id") >= set(odd.elements)


def test_an_entry(page: html.HtmlElement) -> None:
    entry = text(page.get_element_by_id("correspAction"))
    for words in (
        "correspActionmodule header",
        '<correspAction type="sent"> <persName>Anna Reuter</persName>',
        "typerequired",
        "May stand incorrespDesc",
        "May holdaddress, country, date",
        "Model(model.nameLike | model.dateLike | address | note)+",
    ):
        assert words in entry, entry


def test_examples_keep_their_lines_and_lose_the_margin(page: html.HtmlElement) -> None:
    example = page.get_element_by_id("opener").find(".//pre").text_content()
    assert example.splitlines()[0] == "<opener>"
    assert example.splitlines()[-1] == "</opener>"


def test_what_an_element_holds(odd: Odd) -> None:
    assert holds(odd, odd.elements["choice"]) == (
        frozenset("sic corr orig reg abbr expan unclear".split()),
        False,
    )
    assert holds(odd, odd.elements["idno"]) == (frozenset(), True)


def test_a_model_in_words() -> None:
    content = etree.fromstring(
        '<content xmlns="http://www.tei-c.org/ns/1.0"><sequence><elementRef key="a"/><alternate '
        'minOccurs="0" maxOccurs="unbounded"><textNode/><elementRef key="b" minOccurs="0"/>'
        '</alternate><dataRef name="token" restriction="x+"/></sequence></content>'
    )
    assert "".join(model_words(content)) == "(a, (text | b?)*, token /x+/)"


def test_a_customisation_of_the_guidelines_is_shown_by_module() -> None:
    source = shared("data", "tei", "p5subset_4.9.0a.xml")
    simple = load_odd(Path(__file__).parents[1] / "simple_print.odd", source)
    page = html.document_fromstring(reference(simple))
    headings = {text(one) for one in page.iter("h2")}
    assert {"Module core", "Module header", "Module textstructure"} <= headings
    ids = values(page, "//@id")
    assert {one[1:] for one in values(page, "//a/@href")} <= ids
