"""Whom of a register a name in a letter means; what is nobody or undecided first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from epistola.gazetteer import Names
from epistola.model import EntryId, Fact, Finding, Letter
from epistola.registers.bearers import bearers, sound
from epistola.registers.catalogue import CatalogueName, catalogue_name
from epistola.registers.choose import Setting, choose
from epistola.registers.forenames import alike, called, compatible, sex_of, within
from epistola.registers.load import read_entry
from epistola.registers.match import Station, person_name
from epistola.registers.register import Register
from epistola.registers.resolve import resolve, written_in
from epistola.registers.usage import ANY_TIME, Usage
from marks import marked

TEI = "http://www.tei-c.org/ns/1.0"
PERSONS = {
    # A family of letter writers: Hale.
    "anne": "Hale, Anne, 1770-1849",
    "ben": "Hale, Ben, 1742-1815",
    "ned": "Hale, Edward, 1776-1840",
    "frances": "Hale, Frances Jane (née Mill), 1775-1860|Mrs. Hale",
    "lucy": "Hale, Lucy (m. Bly), 1805-1890",
    "jane": "Hale, Jane Lucy, 1700-1760",
    # Others.
    "bly": "Bly, Tom",
    "earl": "Leeds, Tom Pelham, Earl of, 1780-1850",
    "countess": "Leeds, Mary Pelham, Countess of, 1785-1855",
    "duke": "York, Henry, Duke of, 1763-1827",
    "knight": "Moss, Peter, Sir, 1771-1832",
    "moss": "Moss, Peter, 1801-1847",
    "rook": "Rook, Mr.",
    "john-rook": "Rook, John, 1770-1830",
    "fenn": "Fenn, Paul, 1770-1830",
    "fenn-2": "Fenn, Peter, 1772-1831",
    "king": "Louis XIV, King of France, 1638-1715",
    "bentley": "Bentley, Richard, 1794-1871",
    "tom": "Tom",
    "ferre": "Ferré, Étienne, 1770-1820",
}


def entry(key: str, names: str) -> str:
    forms = "".join(f"<persName>{name}</persName>" for name in names.split("|"))
    return f'<person xmlns="{TEI}" xml:id="{key}">{forms}</person>'


REGISTER = Register(
    tuple(read_entry(etree.fromstring(entry(key, names))) for key, names in PERSONS.items())
)
KNOWN = bearers(REGISTER, "en")


def meant(form: str, **setting: object) -> list[str]:
    found = choose(person_name(form, "en"), KNOWN, Setting(**setting))  # type: ignore[arg-type]
    return [str(bearer.entry.id) for bearer in found]


@pytest.mark.parametrize(
    ("form", "setting", "ids"),
    [
        ("Ben Fenn", {}, []),
        ("Mr. Benson", {}, []),
        ("Miss Rook", {}, []),
        ("Mrs. Bentley", {}, []),
        ("Mr. Bentham", {}, []),
        ("Bently", {}, []),
        ("Mr. Fenn", {}, ["fenn", "fenn-2"]),
        ("Lucy Hale", {"year": 1790}, ["jane"]),
        ("Anne Hale", {}, ["anne"]),
        ("Ned Hale", {}, ["ned"]),
        ("Mrs. Hale", {}, ["frances"]),
        ("Mrs. H.", {"families": ["hale"]}, ["frances"]),
        ("Miss Hale", {"about": 1800}, ["anne"]),
        ("Mr. Hale", {"year": 1800, "about": 1800}, ["ben"]),
        ("Mr. Hale", {"year": 1830, "about": 1830}, ["ned"]),
        ("Mrs. Bly", {}, ["lucy"]),
        ("Mr. Bly", {}, ["bly"]),
        ("Miss Mill", {}, ["frances"]),
        ("Lord Leeds", {}, ["earl"]),
        ("Lady Leeds", {}, ["countess"]),
        ("the Earl of Leeds", {}, ["earl"]),
        ("Tom Pelham", {}, ["earl"]),
        ("the Duke of York", {}, ["duke"]),
        ("Sir Peter Moss", {}, ["knight"]),
        ("Peter Moss", {"about": 1840}, ["moss"]),
        ("Peter Moss", {"about": 1825}, ["knight", "moss"]),
        ("Mr. Rook", {}, ["rook"]),
        ("Louis the Fourteenth", {}, ["king"]),
        ("Louis XIV", {}, ["king"]),
        ("Mr. Bently", {}, ["bentley"]),
        ("M. Ferre", {}, ["ferre"]),
        ("E. Ferré", {}, ["ferre"]),
    ],
)
def test_names_against_a_register(form: str, setting: dict[str, object], ids: list[str]) -> None:
    assert meant(form, **setting) == ids


def linked(line: str, letter: Letter) -> tuple[list[str], list[Finding]]:
    source, found = marked(line)
    findings: list[Finding] = []
    known = resolve(source, letter, found, REGISTER, Names({}), findings.append)
    return [str(a.entry or "") for a in known.annotations if "person" in a.kind], findings


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        # A forename is the writer's family's, then the edition's; a stranger's, if he is one.
        ("[person Lucy], [person Ned]", ["lucy", "ned"]),
        ("[person Tom] and [person Paul]", ["tom", "fenn"]),
        # Who writes calls himself by no title; two in one letter are two.
        ("[person Miss Hale] and [person Mrs. Hale]", ["anne", "frances"]),
        ("[person Mr. Fenn], then [person Paul Fenn]", ["fenn", "fenn"]),
        ("[person Mr. Hales] [person Anne Hale]", ["ned", "anne"]),
        ("[person Mrs. Ben Hale] and [person Ben Hale]", ["frances", "ben"]),
    ],
)
def test_forenames_and_families(line: str, ids: list[str]) -> None:
    assert linked(line, Letter())[0] == ids


def test_the_writers_family_comes_first() -> None:
    source, found = marked("[person Jane Lucy Hale] [person Lucy]")
    letter = Letter(author=Fact("Jane Lucy Hale", found[0].span))
    known = resolve(source, letter, found, REGISTER, Names({}))
    assert [a.entry for a in known.annotations] == ["jane", "jane"]


def test_what_may_be_several_is_reported_once_and_made() -> None:
    ids, findings = linked("[person Mr. Fenn] [person Mr. Fenn] [person Fenn]", Letter())
    assert ids == ["person-fenn"] * 3
    assert [f.message for f in findings] == [
        "“Mr. Fenn” may be “Fenn, Paul, 1770-1830” or “Fenn, Peter, 1772-1831” of the register;"
        " it has an entry of its own"
    ]


def test_what_fits_several_in_the_letter_is_reported_once() -> None:
    source, found = marked("[person Al Fry], [person Bo Fry], [person Fry] and [person Fry]")
    findings: list[Finding] = []
    resolve(source, Letter(), found, Register(), Names({}), findings.append)
    assert [f.message for f in findings] == [
        "“Fry” (2 times) may be “Al Fry” or “Bo Fry”; it is left unlinked"
    ]


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("[date when=1790 1790] I wrote", None),
        ("[dateline Ely, May]", None),
        ("[dateline [date when=1801-05 May 1801]]", 1801),
        ("x [date when=1801-05-03 3 May 1801]", 1801),
    ],
)
def test_the_year_of_a_letter(line: str, year: int | None) -> None:
    source, found = marked(line)
    assert written_in(source, Letter(), found) == year


def test_the_year_in_a_dateline_that_is_no_date() -> None:
    source, found = marked("[dateline Ely 1801 May the]")
    letter = Letter(dateline=Fact("Ely 1801 May the", found[0].span))
    assert written_in(source, letter, found) == 1801


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anne Hale", None),
        (", Anne", None),
        ("Hale, Mrs.", CatalogueName("Hale", title="Mrs.")),
        ("Hale, Anne, 1770-", CatalogueName("Hale", "Anne", birth="1770")),
        ("Hale, Anne, -1849", CatalogueName("Hale", "Anne", death="1849")),
        ("Hale, Anne, approximately 1770-1849?", CatalogueName("Hale", "Anne", "", "1770", "1849")),
        ("Solon, 638-558 BC", CatalogueName("Solon")),
        ("Hale, Sir Ben, d. 1801", CatalogueName("Hale", "Ben", "Sir", death="1801")),
        ("Hale, Wm., 1 or 2", CatalogueName("Hale", "Wm.")),
        ("Hale, Mrs. (Anne Jane)", CatalogueName("Hale", "Anne Jane", "Mrs.")),
        ("Hale, Anne (née Mill)", CatalogueName("Hale", "Anne", maiden="Mill")),
        ("Hale, Anne (m. Bly)", CatalogueName("Hale", "Anne", married="Bly")),
        ("Pelham-Moss, Tom, Earl of", CatalogueName("Pelham-Moss", "Tom", "Earl of")),
        (
            "Pelham, Tom, 2nd Earl of Leeds",
            CatalogueName("Pelham", "Tom", "Earl of Leeds", peerage="Leeds"),
        ),
    ],
)
def test_names_of_catalogues(name: str, expected: CatalogueName | None) -> None:
    assert catalogue_name(name) == expected


def test_what_tei_tells_of_a_person() -> None:
    xml = (
        f'<person xmlns="{TEI}" xml:id="p"><persName><roleName>Lady</roleName> <forename>Jo'
        "</forename> <surname>Hale</surname> <surname type='maiden'>Mill</surname></persName>"
        "<sex value='F'/><birth notBefore='1770' notAfter='1772'/><death notAfter='1830'/></person>"
    )
    values = dict(read_entry(etree.fromstring(xml)).values)
    assert values == {
        "forename": "Jo",
        "surname": "Hale",
        "title": "Lady",
        "maiden": "Mill",
        "sex": "F",
        "birth": "1770",
        "death": "1830",
    }


def test_forenames() -> None:
    assert alike("wm", "william")
    assert not alike("mary", "maria")
    assert called("ned", "edward")
    assert not called("ivan", "john")
    assert not compatible(("john",), ("walter", "john"))
    assert within(("emile",), ("pierre", "emile"))
    assert not within((), ("emile",))
    assert (sex_of("pat"), sex_of("bess"), sex_of("hugo")) == ("", "f", "m")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (Station.WIFE, Station.MAIDEN, False),
        (Station.MAN, Station.WOMAN, False),
        (Station.WOMAN, Station.WIFE, True),
        (Station.UNKNOWN, Station.MAN, True),
    ],
)
def test_stations(one: Station, other: Station, agree: bool) -> None:  # noqa: FBT001
    assert one.agrees(other) is agree
    assert other.agrees(one) is agree


@pytest.mark.parametrize(("one", "other"), [("vattel", "vatel"), ("whishaw", "wishaw")])
def test_spellings_of_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


CUSTOM = Usage(called={"miss hale": {EntryId("anne"): 4, EntryId("lucy"): 1}})
OFTEN = Usage(named={EntryId("fenn-2"): {ANY_TIME: 5}, EntryId("fenn"): {ANY_TIME: 2}})
EVEN = Usage(named={EntryId("fenn-2"): {ANY_TIME: 5}, EntryId("fenn"): {ANY_TIME: 4}})


@pytest.mark.parametrize(
    ("form", "setting", "ids"),
    [
        ("Mr. Fenn", {"usage": EVEN}, ["fenn", "fenn-2"]),
        ("Paul Fenn", {"usage": OFTEN}, ["fenn"]),
        ("Mr. Fenn", {"usage": OFTEN}, ["fenn-2"]),
        # Nobody calls herself "Miss Hale", but for whom it is the custom.
        ("Miss Hale", {"writer": EntryId("lucy"), "usage": CUSTOM}, ["anne"]),
        ("Miss Hale", {"writer": EntryId("anne"), "usage": CUSTOM}, ["anne"]),
        # A forename is of the writer's family before that of whom he writes to.
        ("Lucy", {"own": ("bly",), "families": ("bly", "hale"), "year": 1830}, ["lucy"]),
        ("Tom", {"own": ("bly",), "families": ("bly", "hale")}, ["bly"]),
    ],
)
def test_what_an_edition_is_used_to(form: str, setting: dict[str, object], ids: list[str]) -> None:
    name = person_name(form, "en")
    alone = not name.title and not name.forenames
    found = choose(replace(name, given=alone), KNOWN, Setting(**setting))  # type: ignore[arg-type]
    assert sorted(b.entry.id for b in found) == sorted(ids)


@pytest.mark.parametrize(
    ("whole", "forename", "initials"),
    [
        ("Moss, P. (Junior), 1801-1847", "P.", ""),
        ("Moss, Peter (Pat), 1801-1847", "Peter", ""),
        ("Moss, P. J. (Peter), 1801-1847", "P. J.", ""),
        ("Moss, P. J. (Peter John), 1801-1847", "Peter John", "P. J."),
        ("Moss, P.J. (Peter John)", "Peter John", "P.J."),
    ],
)
def test_forenames_in_brackets(whole: str, forename: str, initials: str) -> None:
    found = catalogue_name(whole)
    assert found is not None
    assert (found.forename, found.initials) == (forename, initials)
