from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from epistola.model import Finding, Severity
from epistola.report.page import page
from epistola.report.sections import About
from epistola.report.tables import link
from epistola.report.tally import Read, Tally, tally
from report_made import from_to, summed, tei

ABOUT = About("Letters of Ann Bell", Path("/letters"))
SCRIPT = "<![CDATA[<script>alert(1)</script>&\"']]>"


def shown(sums: Tally, about: About = ABOUT) -> html.HtmlElement:
    return html.fromstring(page(sums, about).decode())


def headings(tree: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in tree.iter("h1", "h2")]


def rows(tree: html.HtmlElement, section: str) -> list[list[str]]:
    """The cells of the tables of a section, without links to letters."""
    found = tree.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")
    return [[c.text_content().split("letter")[0].strip() for c in row] for row in found]


def test_an_edition_without_letters_is_said_to_have_none() -> None:
    tree = shown(summed([]))
    assert headings(tree) == ["Letters of Ann Bell", "At a glance"]
    assert "0 letters, 0 words." in tree.text_content()


def test_a_letter_of_which_nothing_is_known() -> None:
    tree = shown(summed([tei()]))
    said = tree.text_content()
    assert "No letter has a date that is exact to a year." in said
    assert "No letter says who wrote it or to whom." in said
    assert "Persons" not in headings(tree)
    assert "What the checks find" not in headings(tree)


def test_the_numbers_of_the_pictures_stand_in_tables() -> None:
    letters = [
        tei('<p><persName cert="low">Ann</persName></p>', from_to("Ann", "Bo", f"18{at}"))
        for at in range(20, 24)
    ]
    tree = shown(summed([*letters, tei("<p><persName>Ann</persName></p>")]))
    assert rows(tree, "time") == [[f"18{at}", "1"] for at in range(20, 24)]
    assert rows(tree, "network") == [["Ann", "Bo", "4"]]
    assert rows(tree, "person") == [["Ann", "5", "5"]]
    assert rows(tree, "certainty") == [["Persons", "1", "4"]]
    assert "1 letter without a date." in tree.text_content()


def test_places_without_coordinates_are_listed_and_not_drawn() -> None:
    tree = shown(summed([tei("<p><placeName>Bath</placeName></p>")]))
    section = tree.xpath("//section[@aria-labelledby='map']")[0]
    assert "1 of 1 place have no coordinates" in section.text_content()
    assert [one.text_content() for one in section.iter("li")] == ["Bath"]
    assert section.findall(".//svg") == []


def test_words_of_letters_are_never_markup() -> None:
    letter = tei(
        f"<p><persName>{SCRIPT}</persName> <placeName>{SCRIPT}</placeName></p>",
        from_to(SCRIPT, SCRIPT, "1819"),
        title=SCRIPT,
    )
    raw = page(summed([letter]), About("<script>alert(1)</script>", Path("/")))
    tree = html.fromstring(raw.decode())
    assert tree.xpath("//script | //@*[starts-with(name(), 'on')]") == []
    assert "<script>alert(1)</script>" in "".join(map(str, tree.itertext()))
    assert b"<script" not in raw


def test_nothing_is_asked_for_from_elsewhere() -> None:
    ref = 'ref="https://viaf.org/viaf/1"'
    raw = page(summed([tei(f"<p><persName {ref}>Ann</persName></p>")]), ABOUT).decode()
    assert not re.search(r"url\(|@import|src=|<link|<iframe|<object|https?:", raw)


def test_names_keep_their_direction() -> None:
    tree = shown(summed([tei("<p><persName>חנה</persName></p>")]))
    assert "חנה" in [one.text for one in tree.iter("bdi")]


def test_pictures_have_a_name_and_a_description_and_ids_are_unique() -> None:
    tree = shown(summed([tei("<p><persName>Ann</persName></p>", from_to("A", "B", "1819"))]))
    pictures = tree.xpath("//svg")
    assert len(pictures) >= 6
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for picture in pictures:
        assert picture.find("title").text
        assert picture.find("desc").text
        assert picture.get("aria-labelledby") == picture.find("title").get("id")


def test_findings_are_named_by_what_they_mean() -> None:
    ones = (
        Finding(Severity.WARNING, "pointer", "a"),
        Finding(Severity.ERROR, "schema.bad-date", "b"),
    )
    sums = tally([Read((), ones), Read((), ones[:1])])
    sums.totals["letters"] += 2
    tree = shown(sums, About("Letters", Path("/"), titles={"pointer": "A pointer leads nowhere"}))
    assert rows(tree, "findings") == [
        ["schema: bad date", "error", "schema.bad-date", "1", "1"],
        ["A pointer leads nowhere", "warning", "pointer", "2", "2"],
    ]


def test_that_there_is_no_finding_is_said() -> None:
    sums = tally([Read((), ())])
    sums.totals["letters"] += 1
    assert "the checks find no fault" in shown(sums).text_content()


def test_files_that_were_not_read_are_told() -> None:
    tree = shown(summed([tei()]), About("Letters", Path("/"), unread=1))
    assert "1 file could not be read, and is not counted." in tree.text_content()


@pytest.mark.parametrize(
    ("file", "folder", "href"),
    [
        ("/a/letters/b.xml", "/a", "letters/b.xml"),
        ("/a/b.xml", "/a/report", "../b.xml"),
        ("/a/Ann & Bo?.xml", "/a", "Ann%20%26%20Bo%3F.xml"),
        ("/a/x:y.xml", "/a", "x%3Ay.xml"),
        ("/a/Märchen#1.xml", "/a", "M%C3%A4rchen%231.xml"),
    ],
)
def test_links_lead_from_the_report_to_the_letter(file: str, folder: str, href: str) -> None:
    assert link(Path(file), Path(folder)) == href


def test_the_same_letters_give_the_same_page() -> None:
    letters = [
        tei(f"<p><persName>P{n % 7}</persName></p>", from_to(f"P{n % 5}", "Q")) for n in range(30)
    ]
    assert page(summed(letters), ABOUT) == page(summed(letters), ABOUT)


def test_the_page_is_well_formed() -> None:
    tree = etree.fromstring(page(summed([tei()]), ABOUT), etree.HTMLParser())
    assert [tree.tag, *(child.tag for child in tree)] == ["html", "head", "body"]
