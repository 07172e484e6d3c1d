"""A small edition of three letters, written for tests of exports: names of every sort in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path

from lxml import etree

from epistola.exports import AnyFormat, FolderFormat, LettersFormat, chosen
from epistola.exports.gathered import Letters, choosing, gather
from epistola.model import Finding, ignore

TEI = "http://www.tei-c.org/ns/1.0"
ADA, BEN, MOSHE = "Ada Hale", 'Ben “Bly” "O\'Neil" & <Søn>, Jr.', "משה כהן"
"""A plain name, one of signs that mean something somewhere, and one from right to left."""
LEEDS, NOWHERE = "Leeds", "Nether & Over"
NUMBERS = ("https://d-nb.info/gnd/118540238", "118575449")
"""Numbers of the GND whose check digits are right."""

REGISTERS: Mapping[str, str] = {
    "persons": f"""<listPerson>
      <person xml:id="person-hale">
        <persName><forename>Ada</forename> <surname>Hale</surname></persName>
        <birth when="1810"/><death when="1880"/>
        <idno type="GND">{NUMBERS[0]}</idno><note>A &amp; B.</note></person>
      <person xml:id="person-bly"><persName>{escape(BEN)}</persName>
        <idno type="Wikidata">https://www.wikidata.org/entity/Q855</idno></person>
      <person xml:id="person-cohen"><persName>{MOSHE}</persName>
        <idno type="GND">{NUMBERS[1]}</idno></person>
    </listPerson>""",
    "places": f"""<listPlace>
      <place xml:id="place-leeds" type="settlement"><placeName>{LEEDS}</placeName>
        <location><geo>53.79648 -1.54785</geo></location>
        <idno type="GeoNames">2644688</idno></place>
      <place xml:id="place-nether"><placeName>{escape(NOWHERE)}</placeName></place>
    </listPlace>""",
    "works": """<listBibl>
      <biblStruct xml:id="work-lakes" type="book"><monogr><author>Ada Hale</author>
        <title level="m">On Lakes</title><idno type="DOI">10.1000/182</idno>
        <imprint><date when="1840"/></imprint></monogr></biblStruct>
    </listBibl>""",
}
LETTERS: Mapping[str, tuple[str, str]] = {
    "a": (
        """<correspAction type="sent"><persName ref="P#person-hale">Ada</persName>
        <placeName ref="L#place-leeds">Leeds</placeName><date when="1848-05-03"/></correspAction>
        <correspAction type="received"><persName ref="P#person-bly" cert="low">Ben</persName>
        </correspAction>""",
        """<opener><dateline><placeName ref="L#place-leeds">Leeds</placeName>,
        <date when="1848-05-03">3 May 1848</date></dateline><salute>Dear Ben,</salute></opener>
        <p>I met <persName ref="P#person-cohen">Mr. Cohen</persName> and
        <persName ref="P#person-cohen">his
        Honour</persName> &amp; read <title level="m" ref="W#work-lakes">On Lakes</title>,
        <q>whole</q>.<note place="foot" n="1">See p. 7.</note></p>
        <closer><signed><persName ref="P#person-hale">A. Hale</persName></signed></closer>""",
    ),
    "b": (
        """<correspAction type="sent"><persName ref="P#person-bly">Ben</persName>
        <placeName ref="L#place-nether">Nether</placeName><date when="1848-05-20"/></correspAction>
        <correspAction type="received"><persName ref="P#person-hale">Ada</persName>
        <placeName ref="L#place-leeds">Leeds</placeName></correspAction>""",
        """<p>And <persName ref="P#person-cohen">Cohen</persName>, and
        <persName ref="P#person-bly">I</persName>, and <placeName ref="L#place-nether"
        >Nether</placeName>.</p>""",
    ),
    "c": (
        """<correspAction type="sent"><persName ref="P#person-hale">Ada</persName>
        <date notBefore="1849" notAfter="1850-02"/></correspAction>
        <correspAction type="received"><persName ref="P#person-bly">Ben</persName>
        <persName ref="P#person-cohen">Moshe</persName></correspAction>""",
        "<p>No more.</p>",
    ),
}
"""The name of a letter -> its correspondence, and its text; P, L and W are the registers."""
FILES = {"P#": "persons.xml#", "L#": "places.xml#", "W#": "works.xml#"}


def edition(folder: Path) -> Path:
    """Write the edition into ``folder``, and return it."""
    for name in ("registers", "letters"):
        (folder / name).mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "Hale & Bly"\n', "utf-8")
    for name, entries in REGISTERS.items():
        written = document(f"Register of {name}", stand_off=entries)
        (folder / "registers" / f"{name}.xml").write_text(written, "utf-8")
    for name, (actions, text) in LETTERS.items():
        (folder / "letters" / f"{name}.xml").write_text(letter(name, actions, text), "utf-8")
    return folder


def letter(name: str, actions: str = "", text: str = "<p>Nothing.</p>") -> str:
    """Return a letter of the edition as TEI."""
    linked = [actions, text]
    for short, file in FILES.items():
        linked = [part.replace(f'"{short}', f'"../registers/{file}') for part in linked]
    return document(f"Letter {name} & more", linked[0], linked[1])


def document(title: str, actions: str = "", text: str = "", stand_off: str = "") -> str:
    corresp = f"<correspDesc>{actions}</correspDesc>" if actions else ""
    body = f"<text><body><div>{text}</div></body></text>" if text else ""
    return f"""<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc>
    <titleStmt><title>{escape(title)}</title></titleStmt>
    <publicationStmt><publisher>H. &amp; B.</publisher></publicationStmt>
    <sourceDesc><p>Written for tests.</p></sourceDesc></fileDesc>
    {f"<profileDesc>{corresp}</profileDesc>" if corresp else ""}</teiHeader>
    {f"<standOff>{stand_off}</standOff>" if stand_off else ""}{body}</TEI>"""


def crowded(folder: Path, times: int = 10_000) -> Path:
    """Write a letter that names one person ``times`` times, and return its file."""
    mentions = '<persName ref="#p">Cohen</persName> and '
    entry = f'<listPerson><person xml:id="p"><persName>{MOSHE}</persName></person></listPerson>'
    actions = """<correspAction type="sent"><persName>Ada</persName><date when="1848"/>
    </correspAction><correspAction type="received"><persName>Ben</persName></correspAction>"""
    path = folder / "crowded.xml"
    written = document("Crowded", actions, f"<p>{mentions * times}nobody.</p>", entry)
    path.write_text(written, "utf-8")
    return path


def gathered(
    one: AnyFormat,
    path: Path,
    said: Iterable[str] = (),
    report: Callable[[Finding], None] = ignore,
) -> Letters:
    return choosing(gather(path), chosen(one, said), report)


def exported(
    one: AnyFormat,
    path: Path,
    said: Iterable[str] = (),
    report: Callable[[Finding], None] = ignore,
) -> bytes:
    """Return the one file that a format writes of the letters at ``path``."""
    assert isinstance(one, LettersFormat)
    return joined(one.write(gathered(one, path, said, report)))


def exported_folder(
    one: AnyFormat,
    path: Path,
    said: Iterable[str] = (),
    report: Callable[[Finding], None] = ignore,
) -> dict[str, bytes]:
    """Return the files that a format writes, by their names."""
    assert isinstance(one, FolderFormat)
    return {file.name: joined(file.parts) for file in one.write(gathered(one, path, said, report))}


def joined(parts: Iterable[str | bytes]) -> bytes:
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data)
