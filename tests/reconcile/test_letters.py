"""When a letter was written, and whom it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from epistola.reconcile.card import Years
from epistola.reconcile.letters import letter_year, named_in

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{}</teiHeader><text>{}</text></TEI>'
SENT = "<correspDesc><correspAction type='{}'><date {}/></correspAction></correspDesc>"


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("", None),
        ("<publicationStmt><date when='2022'/></publicationStmt>", None),
        (SENT.format("received", "when='1850'"), None),
        (SENT.format("sent", "cert='low'"), None),
        (SENT.format("sent", "when='1848-05-03'"), 1848),
        (SENT.format("sent", "notBefore='1848' notAfter='1851'"), 1848),
        ("<profileDesc><creation><date when='1848'/></creation></profileDesc>", 1848),
        ("<sourceDesc><origDate from='1848-02'>1848</origDate></sourceDesc>", 1848),
    ],
)
def test_when_it_was_written(header: str, year: int | None) -> None:
    assert letter_year(etree.ElementTree(etree.fromstring(TEI.format(header, "")))) == year


def test_who_is_named_when(tmp_path: Path) -> None:
    files = {
        "a.xml": TEI.format(
            SENT.format("sent", "when='1848'"), "<p><n ref='../p.xml#jo #ann'/></p>"
        ),
        "b.xml": TEI.format(SENT.format("sent", "when='1840'"), "<p><n sameAs='p.xml#jo'/></p>"),
        "c.xml": TEI.format("", "<p><n ref='#jo'/></p>"),
        "d.xml": "<TEI>",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = [*sorted(tmp_path.glob("*.xml")), tmp_path / "none.xml"]
    assert named_in(paths) == {"jo": Years(1840, 1848), "ann": Years(1848, 1848)}
