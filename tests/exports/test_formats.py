"""Each format, field by field, as it is written."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from lxml import etree

from bibliographies import SAMPLES, register
from epistola.__main__ import main
from epistola.exports import ExportError, bibtex, csl, formats, ris
from epistola.exports.works import works
from epistola.registers.bibliography.csl import write_item
from epistola.registers.bibliography.record import read_work
from epistola.registers.bibliography.work import Date, Name, Work

LAMP = r"""@article{work-lamp,
  author = {{de} Groot, Jan and {Board of Lights}},
  title = {{On} the lamp \& the \textbraceleft{}lens\textbraceright{}: 100 \% of it},
  language = {en},
  type = {letter},
  journal = {{The} {Keeper}’s {Journal}},
  volume = {13},
  pages = {5--17},
  number = {2},
  year = {1911},
  month = mar,
}
"""
REEF = (
    "TY  - CHAP\r\nID  - work-reef\r\nAU  - Vogt, Clara\r\nED  - Hale, Ada, Jr.\r\n"
    "A4  - Bly, Ana\r\nTI  - The reef\r\nT2  - Shores\r\nT3  - Coasts\r\nSV  - 4\r\n"
    "PB  - Haller & Son\r\n"
    "CY  - Bern\r\nET  - 2nd\r\nPY  - 1840\r\nDA  - 1840///1840/1842\r\n"
    "SN  - 978-3-16-148410-0\r\nUR  - https://example.org/a_b?c=%20d\r\nN1  - With a map.\r\n"
    "ER  - \r\n\r\n"
)


def test_bibtex() -> None:
    assert "".join(bibtex.write(SAMPLES[:1])) == LAMP.replace("{{de} Groot", "{de Groot")


def test_ris() -> None:
    assert "".join(ris.write(SAMPLES[1:2])) == REEF


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (Date(), None),
        (Date("1848"), {"date-parts": [[1848]]}),
        (Date("1848-05"), {"date-parts": [[1848, 5]]}),
        (Date("-0044-03-15"), {"date-parts": [[-44, 3, 15]]}),
        (Date("1848", circa=True), {"date-parts": [[1848]], "circa": True}),
        (Date("1848", season="Summer"), {"date-parts": [[1848]], "season": "Summer"}),
        (Date(start="1848", end="1850-02"), {"date-parts": [[1848], [1850, 2]]}),
        (Date(earliest="1848", latest="1850"), {"date-parts": [[1848], [1850]], "circa": True}),
        (Date(start="1917"), {"literal": "1917/.."}),
        (Date(latest="1935"), {"literal": "[..1935]"}),
        (Date(words="undated"), {"literal": "undated"}),
    ],
)
def test_dates_are_no_more_exact_than_they_were(date: Date, expected: object) -> None:
    assert write_item(Work(id="w", date=date)).get("issued") == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<author>Hale, Ada</author>", Name("Hale", "Ada")),
        ("<author><persName>Ada Hale</persName></author>", Name(literal="Ada Hale")),
        (
            "<author><orgName>Hale, Ada and Co.</orgName></author>",
            Name(literal="Hale, Ada and Co."),
        ),
        (
            "<author><persName><forename>Ada</forename> <forename>M.</forename>"
            " <nameLink>van</nameLink> <surname>Hale</surname></persName></author>",
            Name("Hale", "Ada M.", "van"),
        ),
        ('<author><persName ref="#p">A. H.</persName></author>', Name("Bly", "Ana")),
        ('<author ref="no.xml#p">A. H.</author>', Name(literal="A. H.")),
    ],
)
def test_names_are_taken_apart_only_where_the_parts_are_known(inner: str, expected: Name) -> None:
    written = f"""<biblStruct xmlns="http://www.tei-c.org/ns/1.0"><monogr>{inner}
    <title level="m">On Lakes</title><imprint><date/></imprint></monogr></biblStruct>"""
    people = {"#p": Name("Bly", "Ana")}
    work = read_work(etree.fromstring(written), people.get)
    assert (work.by("author"), work.kind, work.title) == ((expected,), "book", "On Lakes")


def test_works_that_share_an_id_by_chance_are_two(tmp_path: Path) -> None:
    one, other = SAMPLES[2], Work(id=SAMPLES[2].id, title="Another")
    for name, made in (("a.xml", [one]), ("b.xml", [one]), ("c.xml", [other])):
        register(tmp_path, made, name)
    found = [(work.id, work.title) for work in works(tmp_path)]
    assert found == [("work-keeper", "The Keeper’s Journal"), ("work-keeper-2", "Another")]


def test_keys_of_bibtex_are_each_their_own() -> None:
    made = [Work(id="a", key="x y"), Work(id="b", key="X{y"), Work(id="c", key="ü")]
    heads = [part.split(",")[0].strip() for part in bibtex.write(made)]
    assert heads == ["@book{x-y", "@book{X-y-2", "@book{ü"]


def test_nothing_is_a_list_of_nothing() -> None:
    assert "".join(csl.write([])) == "[]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "the root is <html>, and no element of TEI"),
        ("<TEI", "not well-formed"),
        (None, "cannot be read: No such file"),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "there is no biblStruct with an xml:id"),
    ],
)
def test_what_has_no_works_is_refused(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ExportError, match=message):
        list(works(path))


def test_formats_of_works_are_listed_after_pages() -> None:
    assert list(formats())[:4] == ["html", "csl", "bibtex", "ris"]


def brought(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    points = [EntryPoint(name, value, "epistola.exporters")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)


def test_another_package_may_bring_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    brought(monkeypatch, "again", "epistola.exports.ris:FORMAT")
    assert formats()["again"] is ris.FORMAT
    brought(monkeypatch, "csl", "epistola.exports.ris:FORMAT")
    assert formats()["csl"] is csl.FORMAT


@pytest.mark.parametrize("value", ["no.such:thing", "epistola.exports.ris:KINDS"])
def test_a_format_that_cannot_be_used_is_told(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(monkeypatch, "bad", value)
    assert main(["export", "--list"]) == 2
    assert "the format “bad”" in capsys.readouterr().err
