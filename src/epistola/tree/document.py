"""Put header, standOff and text together as one TEI document."""

from __future__ import annotations

from lxml import etree

from epistola import __version__
from epistola.edition import Edition
from epistola.model import Letter, Report, Source, ignore
from epistola.registers.mint import slug
from epistola.registers.resolve import Resolution
from epistola.tree.body import build_text
from epistola.tree.element import XML, E
from epistola.tree.facts import Facts
from epistola.tree.header import build_header
from epistola.tree.layout import lay_out
from epistola.tree.standoff import build_standoff

TEI_ALL = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
"""The schema named where the edition names none: every letter is valid by it, too."""
RELAXNG = "http://relaxng.org/ns/structure/1.0"


def build(
    source: Source,
    letter: Letter,
    known: Resolution,
    edition: Edition,
    date: str = "",
    report: Report = ignore,
) -> etree._ElementTree:
    """Return the TEI document of a letter (TEI P5, 4 and 16.10)."""
    text = build_text(source, letter, known.annotations, report=report)
    facts = Facts(
        source=source,
        letter=letter,
        annotations=known.annotations,
        entries={entry.id: entry for entry in known.entries},
        edition=edition,
        date=date,
        version=".".join(__version__.split(".")[:2]),
    )
    header = build_header(facts)
    standoff = build_standoff(known.entries, edition.registers)
    root = E.TEI(
        {f"{XML}id": f"letter-{slug(source.name) or 'text'}", f"{XML}lang": letter.written_in},
        header,
        *([standoff] if standoff is not None else []),
    )
    lay_out(root)
    root[-1].tail = "\n"
    root.append(text)
    text.tail = "\n"
    tree = root.getroottree()
    root.addprevious(_model(edition.schema or TEI_ALL))
    return tree


def _model(schema: str) -> etree._ProcessingInstruction:
    return etree.ProcessingInstruction(
        "xml-model",
        f'href="{schema}" type="application/xml" schematypens="{RELAXNG}"',
    )


def serialise(tree: etree._ElementTree) -> bytes:
    """Return the document as UTF-8 bytes with an XML declaration and a last line feed."""
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    model = tree.getroot().getprevious()
    before = etree.tostring(model, encoding="unicode") + "\n" if model is not None else ""
    return head + (before + etree.tostring(tree.getroot(), encoding="unicode")).encode() + b"\n"
