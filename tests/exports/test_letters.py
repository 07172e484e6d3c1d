"""A letter as exports read it: its text, its mentions and their entries, who wrote to whom."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from lxml import etree

from epistola.exports import ExportError
from epistola.exports.gathered import gather
from epistola.exports.letters import kind_of, normalised
from epistola.pipeline import encode
from epistola.tree.read import projection, read_places
from exported import CORRESPONDENCE, PERSONS, edition, read_one, tei
from laws.strategies import letters
from shared import shared

EDITION = Path(__file__).parents[2] / "tei"


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("<hi>x</hi>", ""),
        ("<biblScope>x</biblScope>", ""),
        ("<name>x</name>", "name"),
        ("<name type='Pers'>x</name>", "person"),
        ("<name type='ship'>x</name>", "name"),
        ("<rs type='person'>my uncle</rs>", "person"),
        ("<rs type='person' subtype='type'>Bells</rs>", "persons"),
        ("<rs type='work'>x</rs>", "work"),
        ("<settlement>x</settlement>", "place"),
        ("<persName type='place'>x</persName>", "person"),
        ("<bibl>x</bibl>", "reference"),
    ],
)
def test_kinds(element: str, kind: str) -> None:
    assert kind_of(etree.fromstring(element)) == kind


@pytest.mark.parametrize(
    ("body", "text", "mentions"),
    [
        ("<p>Nobody.</p>", "Nobody.", []),
        ("<p>So <persName/> said.</p>", "So  said.", []),
        ("<p>I saw <persName> Bell </persName>.</p>", "I saw  Bell .", ["person Bell"]),
        ("<p>𝕳 <persName>Bell</persName></p>", "𝕳 Bell", ["person Bell"]),
        (
            "<opener><dateline><placeName>Ely<lb/></placeName></dateline></opener><p>So.</p>",
            "Ely\nSo.",
            ["place Ely"],
        ),
        (
            "<p><placeName><settlement>Ely</settlement>, <country>Kent</country></placeName></p>",
            "Ely, Kent",
            ["place Ely, Kent"],
        ),
        (
            "<p><placeName><settlement ref='#p-ely'>Ely</settlement> town</placeName></p>",
            "Ely town",
            ["place Ely town", "place Ely"],
        ),
        (
            "<p><choice><sic>Bel</sic><corr><persName>Bell</persName></corr></choice></p>",
            "Bel",
            [],
        ),
        (
            "<p><app><lem>Bell</lem><rdg><persName>Ball</persName></rdg></app> came</p>",
            "Bell came",
            [],
        ),
        (
            "<p>So.</p><div><listPerson><person xml:id='x'><persName>Roe</persName></person>"
            "</listPerson></div>",
            "So.\n",
            [],
        ),
    ],
)
def test_text_and_mentions(body: str, text: str, mentions: list[str], tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei(body, beside=PERSONS))
    assert letter.text == text
    assert [f"{m.kind} {m.text}" for m in letter.mentions] == mentions
    assert all(text[m.span.start : m.span.end] == m.text for m in letter.mentions)


@settings(max_examples=30)
@given(letters)
def test_the_text_is_what_the_source_reads(text: str) -> None:
    made = encode(text)
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.xml")
        path.write_bytes(made.to_bytes())
        (letter,) = gather(path)
    body = made.tree.find("{*}text")
    assert body is not None
    assert letter.text == projection(body)
    assert letter.text.split() == made.source.text.split()
    for mention in letter.mentions:
        assert letter.text[mention.span.start : mention.span.end] == mention.text
        assert mention.text == mention.text.strip() != ""


@settings(max_examples=30)
@given(letters)
def test_an_element_stands_where_its_words_are(text: str) -> None:
    body = encode(text).tree.find("{*}text")
    assert body is not None
    whole, places = read_places(body)
    assert whole == projection(body)
    for place in places:
        inside = whole[place.span.start : place.span.end]
        assert inside.split() == projection(place.element).split()


def test_entries_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / "far.xml").write_text(tei("<p>x</p>", beside=PERSONS), "utf-8")
    described = (
        "<profileDesc><particDesc><listPerson><person xml:id='described'><persName>Roe</persName>"
        "</person></listPerson></particDesc></profileDesc>"
    )
    pointers = {
        "#p-mill": ("Jo Mill", "letter/p-mill"),
        "#described": ("Roe", "letter/described"),
        "far.xml#p-bell": ("Ada Bell", "p-bell"),
        "./far.xml#p-bell": ("Ada Bell", "p-bell"),
        "p-mill": ("Jo Mill", "letter/p-mill"),
        "#nobody": (None, "#nobody"),
        "far.xml#nobody": (None, "far.xml#nobody"),
        "no.xml#p-bell": (None, "no.xml#p-bell"),
        "https://example.org/far.xml#p-bell": (None, "https://example.org/far.xml#p-bell"),
        "#here": (None, "#here"),
    }
    names = "".join(f'<persName ref="{pointer}">X</persName>' for pointer in pointers)
    body = f'<p xml:id="here">{names}</p>'
    letter = read_one(tmp_path, tei(body, beside=PERSONS, more=described))
    found = [(m.entry.name if m.entry else None, m.key) for m in letter.mentions]
    assert found == list(pointers.values())


def test_what_is_known_of_an_entry(tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei('<p><rs ref="#p-bell #p-ely">X</rs></p>', beside=PERSONS))
    (mention,) = letter.mentions
    assert [entry.local for entry in mention.entries] == ["p-bell", "p-ely"]
    assert mention.entries[0].numbers == (("GND", "11"),)
    assert mention.entries[0].note == "Of Ely."
    assert mention.entries[1].coordinates == (52.4, 0.26)
    assert [entry.local for entry in letter.entries] == ["p-bell", "p-mill", "p-ely"]


def test_the_same_entry_has_one_key_in_an_edition(tmp_path: Path) -> None:
    first, second = gather(edition(tmp_path / "e"))
    assert [m.key for m in first.mentions] == ["p-bell", "a/p-own"]
    assert [m.key for m in second.mentions] == ["p-bell", "b/p-own"]
    bell = first.mentions[0].entry
    assert bell is not None
    assert (bell.name, bell.local, bell.register) == ("Ada Bell", "bell", "persons.xml")


def test_a_bibliography_that_is_no_tei_is_found_by_its_ids(tmp_path: Path) -> None:
    folder = edition(tmp_path / "e")
    items = '[{"id": "work-lamp", "type": "book", "title": "The lamp"}]'
    (folder / "registers/works.json").write_text(items, "utf-8")
    own = (
        '<standOff><listBibl><biblStruct xml:id="work-lamp"><monogr><title>Lamp</title>'
        "<imprint><date/></imprint></monogr></biblStruct></listBibl></standOff>"
    )
    body = '<p><title ref="#work-lamp">Lamp</title></p>'
    (folder / "letters/a.xml").write_text(tei(body, beside=own), "utf-8")
    letter = next(iter(gather(folder)))
    assert letter.mentions[0].key == "work-lamp"


def test_who_wrote_to_whom(tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei("<p>So.</p>", beside=PERSONS, more=CORRESPONDENCE))
    assert [one.key for one in letter.sender] == ["letter/p-bell"]
    assert [(one.text, one.cert, one.certainty) for one in letter.addressee] == [
        ("Mill", "low", 0.5)
    ]
    assert letter.place is not None
    assert letter.place.text == "Ely"
    assert letter.date is not None
    assert dict(letter.date.dating) == {"when": "1840-05-03"}


@pytest.mark.parametrize(
    ("body", "more", "date"),
    [
        ("<p>In <date when='1841'>1841</date>.</p>", "", None),
        ("<opener><dateline><date>May</date></dateline></opener>", "", None),
        ("<opener><dateline><date when='1841'>x</date></dateline></opener>", "", "1841"),
        ("<p>x</p>", "<profileDesc><creation><date when='1842'/></creation></profileDesc>", "1842"),
    ],
)
def test_when_it_was_written(body: str, more: str, date: str | None, tmp_path: Path) -> None:
    letter = read_one(tmp_path, tei(body, more=more))
    assert (letter.date.values["when"] if letter.date else None) == date


def test_as_an_editor_would_print_it(tmp_path: Path) -> None:
    body = (
        "<p>y<choice><abbr>r</abbr><expan>our</expan></choice> <del>no</del> mor"
        "<pc force='weak'>-</pc><lb break='no'/>ning, "
        "<choice><orig>Bel</orig><reg><persName>Bell</persName></reg></choice>"
        "<note type='editorial'>So.</note></p>"
    )
    letter = read_one(tmp_path, tei(body))
    assert letter.text == "yr no mor-\nning, Bel"
    printed = normalised(letter)
    assert printed.text == "your  morning, Bell"
    assert [(m.text, m.span.start) for m in printed.mentions] == [("Bell", 15)]


def test_a_book_of_letters_is_each_of_them(tmp_path: Path) -> None:
    one = tei("<p>One.</p>").replace("A letter", "First")
    register = tei("<listPerson><person xml:id='x'><persName>X</persName></person></listPerson>")
    book = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{one}{register}{tei("<p>Two.</p>")}</teiCorpus>'
    (tmp_path / "book.xml").write_text(book, "utf-8")
    found = list(gather(tmp_path / "book.xml"))
    assert [(one.name, one.title, one.text) for one in found] == [
        ("book-1", "First", "One."),
        ("book-2", "A letter", "Two."),
    ]


def test_names_of_letters_are_their_places(tmp_path: Path) -> None:
    for name in ("b/a", "a"):
        (tmp_path / "l" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"l/{name}.xml").write_text(tei("<p>x</p>"), "utf-8")
    assert [one.name for one in gather(tmp_path / "l")] == ["a", "b/a"]


@pytest.mark.parametrize("name", ["", "e"])
def test_a_folder_without_letters(name: str, tmp_path: Path) -> None:
    (tmp_path / "e/letters").mkdir(parents=True)
    (tmp_path / "e/edition.toml").write_text("", "utf-8")
    folder = tmp_path / "e" if name else tmp_path / "e/letters"
    with pytest.raises(ExportError, match=r"there are no \*\.xml files in this folder"):
        gather(folder)


def test_the_seed_letter() -> None:
    (letter,) = gather(EDITION)
    assert letter.name == "ratner-2011"
    assert [one.key for one in letter.sender] == ["person-ratner"]
    assert {m.key for m in letter.mentions if m.text == "USSR"} == {"place-ussr"}
    named = {"person", "persons", "place", "org", "event", "work"}
    assert all(m.entry for m in letter.mentions if m.kind in named)


@pytest.mark.parametrize("corpus", ["edgeworth", "mitford", "german"])
def test_anyone_s_letters(corpus: str) -> None:
    found = gather(shared("data", "letters", corpus))
    for letter in found:
        assert letter.text.strip()
        for mention in letter.mentions:
            assert letter.text[mention.span.start : mention.span.end] == mention.text
