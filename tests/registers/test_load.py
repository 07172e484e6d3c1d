from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.checks.document import check_document
from epistola.model import Entry, EntryId
from epistola.registers.load import RegisterError, load_registers
from epistola.tree.standoff import dump_register

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>R</title></titleStmt><publicationStmt><p>x</p></publicationStmt><sourceDesc>
<listPerson><person xml:id="no-entry"><persName>Header</persName></person></listPerson>
</sourceDesc></fileDesc></teiHeader><standOff>{lists}</standOff></TEI>"""


def registers(folder: Path, lists: str, name: str = "r.xml") -> tuple[Entry, ...]:
    folder.joinpath(name).write_text(REGISTER.format(lists=lists), "utf-8")
    return load_registers(folder)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ("<listPerson><person><persName>No id</persName></person></listPerson>", []),
        (
            '<listPerson><person xml:id="person-tito"><persName><forename>Josip</forename> '
            "<surname>Broz</surname> <addName>Tito</addName></persName><birth when='1892'/>"
            "<note><persName>Other</persName></note></person></listPerson>",
            [
                (
                    *("person", ("Josip Broz Tito", "Tito")),
                    {"forename": "Josip", "surname": "Broz", "birth": "1892"},
                )
            ],
        ),
        (
            '<listPerson><person xml:id="s"><persName>Scott, Walter, Sir, 1771-1832</persName>'
            "</person></listPerson>",
            [
                (
                    *("person", ("Scott, Walter, Sir, 1771-1832", "Walter Scott")),
                    {"surname": "Scott", "forename": "Walter", "title": "Sir"}
                    | {"birth": "1771", "death": "1832"},
                )
            ],
        ),
        (
            '<listPerson><person xml:id="m"><persName>Miles, Mrs.</persName></person></listPerson>',
            [
                (
                    *("person", ("Miles, Mrs.", "Mrs. Miles")),
                    {"surname": "Miles", "title": "Mrs."},
                )
            ],
        ),
        (
            '<listPlace><place xml:id="h"><placeName>Hope Square</placeName><country>England'
            "</country></place></listPlace>",
            [("place", ("Hope Square",), {"within": "England"})],
        ),
        (
            '<listPlace><place xml:id="p" type="state"><placeName>Soviet Union</placeName>'
            "<placeName>USSR</placeName></place></listPlace>",
            [("place", ("Soviet Union", "USSR"), {"type": "state"})],
        ),
        (
            '<listOrg><org xml:id="o"><orgName>All</orgName><listOrg><org xml:id="i">'
            "<orgName>Part</orgName></org></listOrg></org></listOrg>",
            [("org", ("All",), {}), ("org", ("Part",), {})],
        ),
        (
            '<listEvent><event xml:id="e" when="1935"><label>Pact</label></event></listEvent>',
            [("event", ("Pact",), {"when": "1935"})],
        ),
        (
            '<listBibl><biblStruct xml:id="w" type="journalArticle"><analytic><title level="a">'
            'On Bread</title><author><persName ref="#person-bly">Jo Bly</persName></author>'
            '</analytic><monogr><title level="j">Loaf</title><imprint><biblScope unit="volume">3'
            "</biblScope><date/></imprint></monogr></biblStruct></listBibl>",
            [
                (
                    *("work", ("On Bread",)),
                    {"type": "journalArticle", "level": "a", "title": "On Bread"}
                    | {"journal": "Loaf", "volume": "3", "author": "person-bly"},
                )
            ],
        ),
        (
            '<list type="terms"><item xml:id="t">hot war: an open war</item></list>',
            [("term", ("hot war",), {})],
        ),
        ('<list><item xml:id="t">no term</item></list>', []),
    ],
)
def test_entries(tmp_path: Path, lists: str, expected: list[object]) -> None:
    entries = registers(tmp_path, lists)
    assert [(e.kind, e.names, dict(e.values)) for e in entries] == expected
    assert all(e.home == "r.xml" for e in entries)


def test_pointers_into_other_registers_become_local(tmp_path: Path) -> None:
    lists = (
        '<listEvent><event xml:id="e" where="places.xml#place-france"><label>Pact</label>'
        "</event></listEvent>"
    )
    assert 'where="#place-france"' in registers(tmp_path, lists)[0].record


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ("<listPerson>", "not well-formed XML"),
        ("<list>" * 300, "nested more than 256 deep"),
        (
            '<listPerson><person xml:id="a"/><person xml:id="a"/></listPerson>',
            "the id “a” is used twice",
        ),
    ],
)
def test_faults_name_file_and_remedy(tmp_path: Path, lists: str, message: str) -> None:
    with pytest.raises(RegisterError, match=message) as caught:
        registers(tmp_path, lists)
    assert "r.xml" in str(caught.value)


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co")),
    min_size=1,
    max_size=12,
)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=5))
def test_registers_survive_saving_and_loading(people: list[tuple[str, str]]) -> None:
    entries = [_entry(at, forename, surname) for at, (forename, surname) in enumerate(people)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "persons.xml"
        path.write_bytes(dump_register(entries, "Persons"))
        once = load_registers(Path(folder))
        path.write_bytes(dump_register(once, "Persons"))
        assert load_registers(Path(folder)) == once
    assert [(e.id, e.values) for e in once] == [(e.id, e.values) for e in entries]


def _entry(at: int, forename: str, surname: str) -> Entry:
    values = {"forename": forename, "surname": surname}
    return Entry(EntryId(f"person-{at}"), "person", (f"{forename} {surname}",), values)


def test_a_saved_register_is_valid(tmp_path: Path) -> None:
    entries = registers(
        tmp_path,
        '<listPerson><person xml:id="p"><persName>Ann</persName></person></listPerson>'
        '<listPlace><place xml:id="q"><placeName>Ely</placeName></place></listPlace>',
    )
    assert check_document(dump_register(entries, "A register")) == []
