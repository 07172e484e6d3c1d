"""Letters in TEI as anyone may write them, and editions of them, for tests of exports."""

from __future__ import annotations

from pathlib import Path

from epistola.exports.gathered import gather
from epistola.exports.letters import ExportedLetter

HEADER = """<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt>
<publisher>x</publisher></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>{more}</teiHeader>"""
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"{attributes}>{header}{beside}<text>{text}</text></TEI>'
)
PERSONS = """<standOff><listPerson>
<person xml:id="p-bell"><persName>Ada Bell</persName><birth when="1801"/><idno type="GND">11</idno>
<note>Of Ely.</note></person>
<person xml:id="p-mill"><persName>Jo Mill</persName></person></listPerson><listPlace>
<place xml:id="p-ely"><placeName>Ely</placeName><location><geo>52.4 0.26</geo></location></place>
</listPlace></standOff>"""
CORRESPONDENCE = """<profileDesc><correspDesc><correspAction type="sent">
<persName ref="#p-bell">Bell</persName><placeName ref="#p-ely">Ely</placeName>
<date when="1840-05-03"/></correspAction><correspAction type="received">
<persName ref="#p-mill" cert="low" resp="#x">Mill</persName></correspAction>
</correspDesc></profileDesc>"""
OURS = (
    '<encodingDesc><appInfo><application ident="epistola" version="0.1"><label>e</label>'
    "</application></appInfo></encodingDesc>"
)


def tei(body: str, *, beside: str = "", more: str = "", attributes: str = "") -> str:
    """Return a TEI document with ``body`` in its body."""
    header = HEADER.format(title="A letter", more=more)
    text = f"<body>{body}</body>"
    return TEI.format(attributes=attributes, header=header, beside=beside, text=text)


def read_one(folder: Path, document: str, name: str = "letter.xml") -> ExportedLetter:
    """Return the one letter in ``document``, written to a file ``name``."""
    (folder / name).write_text(document, "utf-8")
    (letter,) = gather(folder / name)
    return letter


def edition(folder: Path) -> Path:
    """Make an edition of two letters, whose entries are copies of its register's."""
    for name in ("letters", "registers"):
        (folder / name).mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "Bell & Mill"\n', "utf-8")
    (folder / "registers/persons.xml").write_text(tei("<p>x</p>", beside=PERSONS), "utf-8")
    copy = """<standOff><listPerson>
    <person xml:id="bell" sameAs="../registers/persons.xml#p-bell"><persName>Bell</persName>
    </person>    <person xml:id="p-own"><persName>{}</persName></person></listPerson></standOff>"""
    for name, own in (("a", "Roe"), ("b", "Doe")):
        body = (
            f'<p><persName ref="#bell">Bell</persName>, <persName ref="#p-own">{own}</persName></p>'
        )
        document = tei(body, beside=copy.format(own))
        (folder / f"letters/{name}.xml").write_text(document, "utf-8")
    return folder
