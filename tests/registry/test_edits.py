"""Merges, splits and renames: what is refused, what changes, and that nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from epistola.checks.document import check_document
from epistola.files import write_whole
from epistola.model import EntryId, Severity
from epistola.registers.load import RegisterError, load_registers
from epistola.registers.register import Register, heirs
from epistola.registry.edits import merge, rename, split, usable
from epistola.registry.page import RegistryError

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Register</title>
      </titleStmt>
      <publicationStmt>
        <publisher>x</publisher>
      </publicationStmt>
      <sourceDesc>
        <p>x</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
"""
PERSONS = (
    HEAD
    + """    <listPerson>
      <!-- the family -->
      <person xml:id="person-hale">
        <persName><forename>Jo</forename> <surname>Hale</surname></persName>
        <persName type="variant">Ann Hale</persName>
        <birth when="1780"/>
      </person>
      <person   xml:id="person-hale-2"><persName>Mr. Hale</persName><birth when="1781"/>
        <idno type="VIAF">7</idno></person>
      <person xml:id="person-old" sameAs="#person-hale">
        <persName>Old Hale</persName>
      </person>
    </listPerson>
  </standOff>
</TEI>
"""
)
WORKS = (
    HEAD
    + """    <listBibl>
      <biblStruct xml:id="work-owls" type="book">
        <monogr>
          <author><persName ref="persons.xml#person-hale-2">Hale</persName></author>
          <title level="m">The Owls</title>
          <imprint>
            <date/>
          </imprint>
        </monogr>
      </biblStruct>
    </listBibl>
  </standOff>
</TEI>
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "persons.xml").write_text(PERSONS, "utf-8")
    (tmp_path / "works.xml").write_text(WORKS, "utf-8")
    return tmp_path


def sound(folder: Path) -> Register:
    """The register in ``folder``, of which every file is valid."""
    for path in folder.glob("*.xml"):
        found = check_document(path.read_bytes(), file=path)
        assert [one.message for one in found if one.severity is Severity.ERROR] == []
    return Register(load_registers(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: merge(f, "person-hal", "person-hale"), "is it “person-hale”"),
        (lambda f: merge(f, "person-hale", "person-hale"), "is one entry"),
        (lambda f: merge(f, "person-hale", "work-owls"), "of another kind"),
        (lambda f: merge(f, "person-old", "person-hale"), "is retired"),
        (lambda f: rename(f, "person-hale", "person-hale-2"), "is taken"),
        (lambda f: rename(f, "person-hale", "person-old"), "is taken"),
        (lambda f: rename(f, "person-hale", "work-owls"), "is taken"),
        (lambda f: rename(f, "person-hale", "a b"), "cannot be an xml:id"),
        (lambda f: split(f, "person-hale", ["Bo Hale"]), "it has “Jo Hale”, “Ann Hale”"),
        (lambda f: split(f, "person-hale", ["Jo Hale", "Ann Hale"]), "no name would be left"),
        (lambda f: split(f, "person-hale", ["Ann Hale"], "person-old"), "is taken"),
    ],
)
def test_refused(folder: Path, change: Callable[[Path], object], said: str) -> None:
    with pytest.raises(RegistryError, match=said) as caught:
        change(folder)
    assert str(folder) in str(caught.value)
    assert (folder / "persons.xml").read_text("utf-8") == PERSONS
    assert (folder / "works.xml").read_text("utf-8") == WORKS


def test_a_merge(folder: Path) -> None:
    merge(folder, "person-hale-2", "person-hale")
    register = sound(folder)
    (hale,) = (entry for entry in register if entry.kind == "person")
    assert {"Jo Hale", "Ann Hale", "Mr. Hale"} <= set(hale.names)
    assert hale.values["birth"] == "1780"  # its own, not the other's
    assert 'idno type="VIAF">7' in hale.record
    assert dict(heirs(register)) == {
        EntryId("person-hale-2"): "person-hale",
        EntryId("person-old"): "person-hale",
    }
    (work,) = (entry for entry in register if entry.kind == "work")
    assert work.values["author"] == "person-hale"


def test_a_merge_touches_nothing_else(folder: Path) -> None:
    merge(folder, "person-hale-2", "person-hale")
    now = (folder / "persons.xml").read_text("utf-8").splitlines()
    before = PERSONS.splitlines()
    gone = [line for line in before if line not in now]
    assert len(gone) == 1
    assert gone[0].lstrip().startswith('<person   xml:id="person-hale-2"')
    led = gone[0].replace('"person-hale-2"', '"person-hale-2" sameAs="#person-hale"')
    assert led in now


def test_ids_lead_on_through_later_merges(folder: Path) -> None:
    merge(folder, "person-hale", "person-hale-2")
    rename(folder, "person-hale-2", "person-hale-joseph")
    assert set(heirs(sound(folder)).values()) == {"person-hale-joseph"}


def test_a_rename(folder: Path) -> None:
    rename(folder, "person-hale-2", "person-hale-tom")
    register = sound(folder)
    assert [entry.id for entry in register] == ["person-hale", "person-hale-tom", "work-owls"]
    assert heirs(register)[EntryId("person-hale-2")] == "person-hale-tom"
    assert 'ref="persons.xml#person-hale-tom"' in (folder / "works.xml").read_text("utf-8")


def test_a_rename_of_a_work(folder: Path) -> None:
    rename(folder, "work-owls", "work-the-owls")
    assert heirs(sound(folder))[EntryId("work-owls")] == "work-the-owls"


def test_a_split(folder: Path) -> None:
    made, changed = split(folder, "person-hale", ["Ann Hale"])
    assert (made, changed) == ("person-ann-hale", (folder / "persons.xml",))
    names = {entry.id: entry.names for entry in sound(folder)}
    assert names[EntryId("person-hale")] == ("Jo Hale",)
    assert names[EntryId("person-ann-hale")] == ("Ann Hale",)


def test_all_files_or_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        if path.name == "works.xml":
            raise OSError(28, "No space left on device")
        write_whole(path, data)

    monkeypatch.setattr("epistola.registry.page.write_whole", full)
    with pytest.raises(RegistryError, match="No space left"):
        merge(folder, "person-hale-2", "person-hale")
    assert (folder / "persons.xml").read_text("utf-8") == PERSONS


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("#person-nobody", "leads to “person-nobody”, which is no entry"),
        ("#person-old", "leads to “person-old”, which is no entry"),
    ],
)
def test_a_retired_id_that_leads_nowhere(folder: Path, wrong: str, said: str) -> None:
    broken = PERSONS.replace('sameAs="#person-hale"', f'sameAs="{wrong}"')
    (folder / "persons.xml").write_text(broken, "utf-8")
    with pytest.raises(RegisterError, match=said):
        load_registers(folder)
    with pytest.raises(RegistryError, match=said):
        usable(folder)
