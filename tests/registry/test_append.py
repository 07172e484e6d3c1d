"""New entries in the files of a register: where they stand, and that all else stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from epistola.checks.document import check_document
from epistola.edition import Edition
from epistola.model import Entry, EntryId, Severity
from epistola.pipeline import encode
from epistola.registers.load import load_registers
from epistola.registers.register import Register
from epistola.registry.append import append
from epistola.registry.page import RegistryError

QUILL = Entry(
    EntryId("person-quill"),
    "person",
    ("Ben Quill", "B. Quill"),
    {"surname": "Quill", "forename": "Ben"},
)
BLY = Entry(EntryId("person-bly"), "person", ("Mrs. Bly",))
ELY = Entry(EntryId("place-ely"), "place", ("Ely", "Elye"), {"type": "settlement"})
OWLS = Entry(
    EntryId("work-owls"),
    "work",
    ("The Owls",),
    {"title": "The Owls", "level": "m", "author": "person-quill"},
)
NEW = (QUILL, BLY, ELY, OWLS)


def faults(path: Path) -> list[str]:
    found = check_document(path.read_bytes(), file=path)
    return [one.message for one in found if one.severity is Severity.ERROR]


def test_new_files(tmp_path: Path) -> None:
    paths = append(tmp_path / "registers", NEW)
    assert [path.name for path in paths] == ["persons.xml", "places.xml", "works.xml"]
    assert [faults(path) for path in paths] == [[], [], []]
    entries = {entry.id: entry for entry in load_registers(tmp_path / "registers")}
    assert entries.keys() == {entry.id for entry in NEW}
    assert entries[QUILL.id].names == QUILL.names
    assert entries[OWLS.id].values["author"] == "person-quill"
    assert 'ref="persons.xml#person-quill"' in paths[2].read_text("utf-8")


@pytest.mark.parametrize(
    "before",
    [
        '\t<listPerson>\n\t\t<person xml:id="a"><persName>A  B</persName></person><!-- c -->'
        "\n\t</listPerson>",
        '<listPerson><person xml:id="a"><persName>A</persName></person></listPerson>',
        "<listPerson/>",
        "<listPerson>\n</listPerson>",
    ],
)
def test_what_is_there_stays(tmp_path: Path, before: str) -> None:
    file = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>P</title>'
        "</titleStmt><publicationStmt><publisher>x</publisher></publicationStmt><sourceDesc><p>x"
        f"</p></sourceDesc></fileDesc></teiHeader><standOff>{before}</standOff></TEI>\r\n"
    )
    path = tmp_path / "people.xml"
    path.write_bytes(file.encode())
    if 'xml:id="a"' not in before:
        path = path.rename(tmp_path / "persons.xml")
    assert append(tmp_path, (QUILL, BLY)) == (path,)
    now = path.read_bytes().decode()
    assert faults(path) == []
    kept = before.removesuffix("/>").removesuffix("</listPerson>").rstrip()
    assert now.count(kept) == 1
    assert now.endswith("</TEI>\r\n")
    people = [entry.id for entry in load_registers(tmp_path)]
    assert people[-2:] == ["person-quill", "person-bly"]
    again = append(tmp_path, (ELY,))
    assert [one.name for one in again] == ["places.xml"]


def test_who_made_an_entry_is_said(tmp_path: Path) -> None:
    (path,) = append(tmp_path, (QUILL, BLY))
    tree = etree.fromstring(path.read_bytes())
    people = tree.findall(".//{*}person")
    assert [(one.get("cert"), one.get("resp")) for one in people] == [
        ("medium", "#resp-machine"),
        ("low", "#resp-machine"),
    ]
    assert tree.findtext(".//{*}respStmt/{*}name") == "epistola"


def test_letters_lead_to_the_new_entries(tmp_path: Path) -> None:
    append(tmp_path / "registers", NEW)
    register = Register(load_registers(tmp_path / "registers"))
    edition = Edition(register=register, registers="registers")
    letter = encode("Ely, 3 May 1815\n\nDear Sir,\n\nBen Quill came to see us.\n", edition=edition)
    assert letter.is_sound
    assert b'sameAs="../registers/persons.xml#person-quill"' in letter.to_bytes()
    assert b'resp="../registers/persons.xml#resp-machine"' in letter.to_bytes()


def test_a_file_without_a_list(tmp_path: Path) -> None:
    path = tmp_path / "persons.xml"
    path.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff/></TEI>', "utf-8")
    with pytest.raises(RegistryError, match="no listPerson"):
        append(tmp_path, (QUILL,))


def test_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text("<TEI", "utf-8")
    with pytest.raises(RegistryError, match=r"persons\.xml:1:"):
        append(tmp_path, (ELY,))
    assert not (tmp_path / "places.xml").exists()
