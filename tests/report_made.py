"""Small letters and registers in TEI, to report on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from epistola.report.letter import Letter, letters
from epistola.report.tally import Read, Tally, tally
from epistola.report.things import Registers

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(text: str = "<p>Well.</p>", corresp: str = "", entries: str = "", title: str = "") -> str:
    """Return a letter with that text; ``corresp`` is what its ``correspDesc`` holds."""
    described = f"<correspDesc>{corresp}</correspDesc>" if corresp else ""
    stand_off = f"<standOff>{entries}</standOff>" if entries else ""
    return (
        f"<TEI {NS}><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt></fileDesc>"
        f"<profileDesc>{described}</profileDesc></teiHeader>{stand_off}"
        f"<text><body>{text}</body></text></TEI>"
    )


def action(kind: str, *parts: str) -> str:
    return f'<correspAction type="{kind}">{"".join(parts)}</correspAction>'


def from_to(sender: str, receiver: str, when: str = "") -> str:
    """Return who wrote to whom, by names alone."""
    date = f'<date when="{when}"/>' if when else ""
    sent = action("sent", f"<persName>{sender}</persName>", date)
    return sent + action("received", f"<persName>{receiver}</persName>")


def register(entries: str) -> str:
    return f"<TEI {NS}><teiHeader/><standOff>{entries}</standOff></TEI>"


def read(xml: str, path: Path = Path("/letters/a.xml")) -> list[Letter]:
    return list(letters(etree.fromstring(xml), path, Registers()))


def summed(xmls: Iterable[str]) -> Tally:
    """Return what letters come to, the files a0.xml, a1.xml ..."""
    files = (read(xml, Path(f"/letters/a{at}.xml")) for at, xml in enumerate(xmls))
    return tally(Read(tuple(found)) for found in files)
