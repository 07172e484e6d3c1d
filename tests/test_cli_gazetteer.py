"""``epistola gazetteer``: names are added to an edition, used, looked up and removed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from epistola.__main__ import main
from epistola.edition import EditionError, load_edition
from epistola.pipeline import encode

DUMP = "\t".join(
    ["77", "Mossgate", "Mossgate", "Moosthor", "55.9", "-3.2", "P", "PPL", "GB", *[""] * 5, "9000"]
    + [""] * 4
)
TABLE = "form,class,name,authority,idno\nQuenthal,person,Paul Quenthal,GND,118\n"
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listOrg>
<org><orgName>League of Lamplighters</orgName><idno type="VIAF">https://viaf.org/viaf/5</idno></org>
</listOrg></body></text></TEI>"""
LETTER = "Leeds, 3 May 1848.\n\nDear Sir,\n\n{}\n\nYours, A. B.\n"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition/edition.toml").write_text('[edition]\ntitle = "T"\n', "utf-8")
    (tmp_path / "dump.txt").write_text(f"{DUMP}\n", "utf-8")
    (tmp_path / "names.csv").write_text(TABLE, "utf-8")
    (tmp_path / "orgs.xml").write_text(TEI, "utf-8")
    return tmp_path / "edition"


def run(*arguments: str) -> int:
    return main(["gazetteer", *arguments])


def encoded(edition: Path, words: str) -> str:
    made = encode(LETTER.format(words), edition=load_edition(edition))
    assert made.is_sound
    return " ".join(made.to_bytes().decode().split())


def test_places_of_geonames_bring_their_number_and_coordinates(edition: Path) -> None:
    assert "Mossgate</placeName>" not in encoded(edition, "Mossgate is dull.")
    assert run("add", "geonames", "dump.txt", "--edition", "edition") == 0
    for form in ("Mossgate", "Moosthor"):
        text = encoded(edition, f"We saw {form} again.")
        assert re.search(rf'<placeName ref="#place-mossgate"[^>]*>{form}</placeName>', text)
        assert "<geo>55.90000 -3.20000</geo>" in text
        assert '<idno type="GeoNames">https://www.geonames.org/77</idno>' in text


def test_the_same_dump_gives_the_same_table(edition: Path) -> None:
    with zipfile.ZipFile("dump.zip", "w") as archive:
        archive.write("dump.txt")
    assert run("add", "geonames", "dump.txt", "--edition", "edition", "--name", "one") == 0
    assert run("add", "geonames", "dump.zip", "--edition", "edition", "--name", "two") == 0
    assert (edition / "gazetteer/one.csv").read_bytes() == (
        edition / "gazetteer/two.csv"
    ).read_bytes()


def test_a_table_and_tei_from_anyone_are_known(edition: Path) -> None:
    assert run("add", "csv", "names.csv", "--edition", "edition") == 0
    assert run("add", "tei", "orgs.xml", "--edition", "edition") == 0
    text = encoded(edition, "The League of Lamplighters met, and Quenthal spoke.")
    assert '<idno type="VIAF">https://viaf.org/viaf/5</idno>' in text
    assert ">Quenthal</persName>" in text


def test_lists_are_listed_and_removed(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run("add", "csv", "names.csv", "--edition", "edition")
    run("add", "geonames", "dump.txt", "--edition", "edition")
    capfd.readouterr()
    assert run("list", "--edition", "edition") == 0
    assert capfd.readouterr().out == (
        "edition/gazetteer/dump.csv: 2 forms (2 settlement)\n"
        "edition/gazetteer/names.csv: 1 forms (1 person)\n"
    )
    assert run("remove", "dump", "--edition", "edition") == 0
    assert [path.name for path in (edition / "gazetteer").iterdir()] == ["names.csv"]


@pytest.mark.parametrize(
    ("form", "code", "shown"),
    [
        ("Moosthor", 0, "settlement    Mossgate  GeoNames  https://www.geonames.org/77  55.90000"),
        ("Quenthal", 0, "person        Paul Quenthal  GND  118  (edition/gazetteer/names.csv)\n"),
        ("Petrograd", 0, "settlement    St Petersburg  (epistola)\n"),
        ("Qwxz", 1, ""),
    ],
)
def test_a_form_is_looked_up(
    form: str, code: int, shown: str, edition: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run("add", "csv", "names.csv", "--edition", "edition")
    run("add", "geonames", "dump.txt", "--edition", "edition")
    capfd.readouterr()
    assert run("look", form, "--edition", str(edition.relative_to(Path.cwd()))) == code
    assert shown in capfd.readouterr().out


def test_what_ships_is_looked_up_without_an_edition(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("look", "USSR") == 0
    assert capfd.readouterr().out == "country       Soviet Union  (epistola)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("list", "edition.toml: no such file"),
        ("add csv names.csv", "name an edition with --edition FOLDER"),
        ("add csv orgs.xml --edition edition", "orgs.xml:1: the heading lacks “form”"),
        (
            "add tei names.csv --edition edition",
            "names.csv:1:1: not well-formed XML: the file does not begin",
        ),
        ("add tei dull.xml --edition edition", "dull.xml: names nothing"),
        ("add geonames names.csv --edition edition", "names.csv:1: is no line of a dump"),
        ("add geonames dump.txt --edition edition --name a/b", "“a/b” is no name for a list"),
        ("add geonames dump.txt --edition edition --country Mars", "“MARS” is no code"),
        ("add geonames dump.txt --edition edition --feature-classes PZ", "“Z” is no feature"),
        ("add geonames bad.zip --edition edition", "bad.zip: cannot be read"),
        ("add csv none.csv --edition edition", "does not exist"),
        ("remove towns --edition edition", "no list is called “towns”; there are none"),
        ("look Rome --edition nowhere", "no such file"),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(
    arguments: str, said: str, edition: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("dull.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "utf-8")
    with zipfile.ZipFile("bad.zip", "w") as archive:
        archive.write("dump.txt")
    Path("bad.zip").write_bytes(Path("bad.zip").read_bytes().replace(b"PK\1\2", rb"PK\9\9"))
    assert run(*arguments.split()) == 2
    assert said in capfd.readouterr().err
    assert not list(edition.glob("gazetteer/*"))


def test_a_list_is_not_written_over(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("add", "csv", "names.csv", "--edition", "edition") == 0
    Path("names.csv").write_text("form,class\nRome,settlement\n", "utf-8")
    assert run("add", "csv", "names.csv", "--edition", "edition") == 2
    assert (edition / "gazetteer/names.csv").read_text("utf-8") == TABLE
    assert "is there already; remove it first, or use --name" in capfd.readouterr().err


def test_an_edition_that_names_its_lists_is_told(
    edition: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (edition / "own.csv").write_text(TABLE, "utf-8")
    toml = edition / "edition.toml"
    toml.write_text('[recognise]\ngazetteer = ["own.csv"]\n', "utf-8")
    assert [Path(one.file).name for one in load_edition(edition).listings] == ["own.csv"]
    run("add", "csv", "names.csv", "--edition", "edition")
    assert "does not use it yet" in capfd.readouterr().err
    toml.write_text('[recognise]\ngazetteer = ["own.csv", "gazetteer"]\n', "utf-8")
    assert [Path(one.file).name for one in load_edition(edition).listings] == [
        "own.csv",
        "names.csv",
    ]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('gazetteer = "a.csv"', 'recognise.gazetteer must be a list of texts, as ["one", "two"]'),
        ("gazetteer = [1]", "must be a list of texts"),
        ('gazetteer = ["a.csv"]', "a.csv: no such file; add it, or do not name it"),
        ('gazetteer = ["a.txt"]', "a.txt: is neither a table nor TEI"),
        ('gazeteer = ["a.csv"]', "recognise: no key “gazeteer” is known; there are gazetteer"),
    ],
)
def test_a_fault_of_the_edition_is_told(toml: str, said: str, edition: Path) -> None:
    (edition / "edition.toml").write_text(f"[recognise]\n{toml}\n", "utf-8")
    (edition / "a.txt").write_text("", "utf-8")
    with pytest.raises(EditionError) as caught:
        load_edition(edition)
    assert said in str(caught.value)
