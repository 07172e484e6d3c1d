"""``epistola reconcile`` as its user sees it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.checks.document import check_document
from epistola.reconcile.cache import FILE
from service import MANIFEST, SCOTT, Played, serving

Run = Callable[..., tuple[int, str, str]]
REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Persons</title>
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
    <listPerson>
      <person xml:id="person-scott">
        <persName>Walter Scott</persName>
        <birth when="1771"/>
        <death when="1832"/>
      </person>
      <person xml:id="person-lamb">
        <persName>Mary Lamb</persName>
      </person>
      <person xml:id="person-bly">
        <persName>Jo Bly</persName>
        <idno type="VIAF">30</idno>
      </person>
      <person xml:id="person-day">
        <persName>Thomas Day</persName>
      </person>
    </listPerson>
  </standOff>
</TEI>
"""
AUTHORITY = """id,name,birth,death
https://viaf.org/viaf/1,"Scott, Walter, Sir",1771,1832
https://viaf.org/viaf/2,"Scott, Walter",1801,1847
https://viaf.org/viaf/3,"Lamb, Mary",,
https://viaf.org/viaf/4,"Bly, Jo",,
https://viaf.org/viaf/5,"Day, Thomas",1748,1789
https://viaf.org/viaf/6,"Day, Thomas",1777,1850
"""
LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><correspAction type="sent">'
    '<date when="1770"/></correspAction></teiHeader><text><p><persName ref="#person-day"/></p>'
    "</text></TEI>"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with one register, and an authority file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    files = {
        "viaf.csv": AUTHORITY,
        "edition/edition.toml": '[edition]\ntitle = "x"\n',
        "edition/registers/persons.xml": REGISTER,
        "bad.csv": "id\n",
        "bad.xml": "<TEI>",
        "empty.xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
        "bare/edition.toml": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        assert folder.exists()
        code = main(["reconcile", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


def text(folder: Path) -> str:
    return (folder / "edition/registers/persons.xml").read_text("utf-8")


SCOTTS = (
    "high    person-scott  “Walter Scott, 1771-1832” is “Scott, Walter, Sir, 1771-1832”  VIAF"
    " https://viaf.org/viaf/1  (same name, born 1771, died 1832)\n"
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["edition"], "name an --authority or a --service"),
        (["none.xml", "--authority", "viaf.csv"], "none.xml: it cannot be read: No such file"),
        (["bad.xml", "--authority", "viaf.csv"], "bad.xml:1:6: not well-formed XML"),
        (["bare", "--authority", "viaf.csv"], "bare: this edition has no registers"),
        (["edition", "--authority", "none.csv"], "none.csv: it cannot be read: No such file"),
        (["edition", "--authority", "bad.csv"], "bad.csv:1: there is no column “name”"),
        (["edition", "--authority", "bad.xml"], "bad.xml:1:6: not well-formed XML"),
        (["edition", "--authority", "viaf.csv", "--letters", "none"], "does not exist"),
        (["edition", "--authority", "viaf.csv", "--csv", "viaf.csv"], "or name another file"),
        (["edition", "--accept", "none.csv"], "give --editor NAME"),
        (["edition", "--accept", "none.csv", "--editor", "Ana"], "none.csv: it cannot be read"),
        (["edition", "--accept", "viaf.csv", "--editor", "Ana"], "this is no review sheet"),
        (["edition", "--accept", "x.csv", "--write"], "goes with --editor alone"),
        (["edition", "--service", "viaf.org"], "“viaf.org” is no address of a service"),
        (["edition", "--service", "http://127.0.0.1:1", "--type", "Q5"], "write KIND=TYPE"),
        (["edition", "--service", "http://127.0.0.1:1", "--type", "human=Q5"], "write KIND=TYPE"),
    ],
)
def test_what_cannot_be_done(run: Run, folder: Path, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert text(folder) == REGISTER


def test_proposals_are_shown_and_nothing_is_written(run: Run, folder: Path) -> None:
    code, out, err = run("edition", "--authority", "viaf.csv")
    lines = out.splitlines(keepends=True)
    assert (code, lines[0], len(lines)) == (0, SCOTTS, 2)
    assert lines[1].startswith("medium  person-lamb  “Mary Lamb” is “Lamb, Mary”")
    assert "persons.xml:25:7: warning: contradicted-number: “person-bly” has VIAF 30" in err
    assert "persons.xml:29:7: warning: undecided-number: for “person-day”" in err
    assert "2 numbers proposed (1 high, 1 medium); 1 without (several fit)" in err
    assert "no file is changed without --write" in err
    assert text(folder) == REGISTER
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        "viaf.csv edition bad.csv bad.xml empty.xml bare".split()
    )


def test_proposals_are_written_once(run: Run, folder: Path) -> None:
    arguments = ("edition", "--authority", "viaf.csv", "--write", "--min-cert", "high")
    code, out, err = run(*arguments)
    assert (code, out) == (0, SCOTTS)
    assert "; 1 written" in err
    once = text(folder)
    assert '<idno type="VIAF" cert="high" resp="#resp-machine">https://viaf.org/viaf/1</' in once
    assert once.count("idno type") == 2
    assert check_document(once.encode()) == []
    code, out, err = run(*arguments)
    assert (code, out, text(folder)) == (0, "", once)
    assert "; 0 written" in err


def test_letters_say_who_was_born(run: Run, folder: Path) -> None:
    letters = folder / "edition/letters"
    letters.mkdir()
    (letters / "a.xml").write_text(LETTER, "utf-8")
    out = run("edition", "--authority", "viaf.csv")[1]
    assert "person-day  “Thomas Day” is “Day, Thomas, 1748-1789”" in out
    out = run("edition/registers/persons.xml", "--authority", "viaf.csv")[1]
    assert "person-day" not in out
    arguments = ("edition/registers/persons.xml", "--authority", "viaf.csv", "--letters")
    assert "person-day" in run(*arguments, str(letters))[1]


def test_a_folder_without_letters_tells_nothing(run: Run, folder: Path) -> None:
    (folder / "edition/letters").mkdir()
    assert run("edition", "--authority", "viaf.csv")[0] == 0


def test_numbers_of_another_edition_are_not_taken_over(run: Run, folder: Path) -> None:
    other = REGISTER.replace("<birth", '<idno type="local">p1</idno><idno>7</idno><birth', 1)
    (folder / "other.xml").write_text(other, "utf-8")
    assert run("edition", "--authority", "other.xml")[1] == ""


def test_two_authority_files(run: Run, folder: Path) -> None:
    other = AUTHORITY.replace("https://viaf.org/viaf/", "https://d-nb.info/gnd/10")
    (folder / "gnd.csv").write_text(other, "utf-8")
    out = run("edition", "--authority", "viaf.csv", "--authority", "gnd.csv")[1]
    assert out.count("person-scott") == 2
    (folder / "gnd.csv").write_text(AUTHORITY.replace("viaf/1", "viaf/9"), "utf-8")
    _, out, err = run("edition", "--authority", "viaf.csv", "--authority", "gnd.csv")
    assert "person-scott" not in out
    assert "for “person-scott” nothing is proposed, the sources disagree" in err


def test_an_empty_file(run: Run) -> None:
    code, out, err = run("empty.xml", "--authority", "viaf.csv")
    assert (code, out) == (0, "")
    assert err.startswith("0 numbers proposed; no file is changed")


# The sheet.


def marks(path: Path, said: dict[str, str]) -> None:
    """Mark rows of a sheet, as an editor would, by the end of their ids."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    for row in rows:
        row["accept"] = said.get(row["id"][-1], "")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), delimiter=";")
        table.writeheader()
        table.writerows(rows)


def test_a_sheet_is_reviewed_and_accepted(run: Run, folder: Path) -> None:
    sheet = folder / "review.csv"
    assert run("edition", "--authority", "viaf.csv", "--write", "--csv", "review.csv")[0] == 0
    assert sheet.read_text("utf-8-sig").count("\n") == 5  # two proposals, two candidates
    marks(sheet, {"1": "yes", "3": "no", "6": "x"})
    code, out, err = run("edition", "--accept", "review.csv", "--editor", "Ana Bly")
    assert (code, out) == (0, "")
    assert "2 numbers accepted, 1 refused" in err
    after = text(folder)
    assert '<idno type="VIAF" resp="#resp-ana-bly">https://viaf.org/viaf/1</idno>' in after
    assert '<idno type="VIAF" resp="#resp-ana-bly">https://viaf.org/viaf/6</idno>' in after
    assert "viaf/3" not in after
    assert "cert=" not in after
    assert check_document(after.encode()) == []
    assert run("edition", "--accept", "review.csv", "--editor", "Ana Bly")[0] == 0
    assert text(folder) == after


def test_what_was_refused_is_not_proposed_again(run: Run, folder: Path) -> None:
    run("edition", "--authority", "viaf.csv", "--csv", "review.csv")
    marks(folder / "review.csv", {"3": "no"})
    _, out, _ = run("edition", "--authority", "viaf.csv", "--csv", "review.csv", "--write")
    assert out == SCOTTS
    assert "viaf/3" not in text(folder)
    marked = (folder / "review.csv").read_text("utf-8-sig").splitlines()
    assert [line[-3:] for line in marked if "viaf/3" in line] == [",no"]


def test_the_editor_of_an_edition_accepts(run: Run, folder: Path) -> None:
    (folder / "edition/edition.toml").write_text('[edition]\neditor = "Kim Ray"\n', "utf-8")
    run("edition", "--authority", "viaf.csv", "--csv", "review.csv")
    marks(folder / "review.csv", {"1": "yes"})
    assert run("edition", "--accept", "review.csv")[0] == 0
    assert 'resp="#resp-kim-ray"' in text(folder)


def test_an_edition_still_encodes_with_what_was_written(run: Run, folder: Path) -> None:
    run("edition", "--authority", "viaf.csv", "--csv", "review.csv", "--write")
    marks(folder / "review.csv", {"1": "yes"})
    run("edition", "--accept", "review.csv", "--editor", "Ana Bly")
    letter = folder / "letter.txt"
    letter.write_text(
        "Bonn, 3 May 1830.\n\nDear Sir,\n\nI saw Walter Scott and Mary Lamb.\n\nA. B.\n"
    )
    target = folder / "edition/letters/letter.xml"
    assert main(["encode", str(letter), "--edition", "edition", "-o", str(target)]) == 0
    written = target.read_text("utf-8")
    assert 'resp="../registers/persons.xml#resp-ana-bly"' in written
    assert check_document(written.encode(), file=target) == []


# The service.


def test_a_service_is_asked_once(run: Run, folder: Path) -> None:
    candidate = {**SCOTT, "name": "Scott, Walter, 1771-1832"}
    with serving(Played(answers={"Walter Scott": [candidate]})) as played:
        url = played.url
        code, out, _ = run("edition", "--service", url, "--type", "person=Q5")
        assert (code, played.asked[0]["q0"]["type"]) == (0, "Q5")
        assert out.startswith("high    person-scott  “Walter Scott, 1771-1832” is “Scott, Walter")
        count = len(played.requests)
        assert run("edition", "--service", url, "--type", "person=Q5")[1] == out
        assert len(played.requests) == count
    assert (folder / "edition/.cache" / FILE).exists()
    assert run("edition", "--service", url, "--type", "person=Q5", "--offline")[1] == out
    code, out, err = run("edition", "--service", url, "--offline", "--cache", "other")
    assert (code, out) == (0, "")
    assert "epistola: info: service-offline: " in err


def test_a_service_that_is_none(run: Run, folder: Path) -> None:
    with serving(Played(manifest={**MANIFEST, "name": None})) as played:
        code, out, err = run("edition", "--service", played.url, "--write")
    assert (code, out, text(folder)) == (2, "", REGISTER)
    assert "it does not say who it is" in err


def test_no_network_without_a_service(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert run("edition", "--authority", "viaf.csv")[0] == 0


def test_a_file_that_cannot_be_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("edition", "--authority", "viaf.csv", "--write")
    assert code == 2
    assert "persons.xml: it cannot be written: No space left on device" in err
    assert text(folder) == REGISTER


def test_the_documentation_shows_options_that_are_there(run: Run) -> None:
    shown = (Path(__file__).parents[1] / "docs/reconcile.md").read_text("utf-8")
    out = run("--help")[1]
    options = {word.strip("`',.") for word in shown.split() if word.strip("`(").startswith("--")}
    names = {option.strip("`('") for option in options}
    assert [name for name in names if name not in out] == []
