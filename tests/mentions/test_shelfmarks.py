"""Shelfmarks: what is none first, then the repository, the shelfmark and the folio."""

from __future__ import annotations

import pytest

from epistola.gazetteer import Names
from epistola.mentions.works.canon.shelfmarks import shelfmarks
from epistola.model import Letter, Source
from epistola.pipeline import encode
from marks import claims, marked

NOTHING = r"""
I saw it in the British Library, and 3 more.
the British Museum, London, 1866
FO 371 and CO 12 were sold.
HO 1871/2/3/4
the MS. by May 1st
MS 12345 is lost.
BL 12 is a number, or BA 5.
Add. 5 and 6 to it.
TABLE 12/34
R 43/1234, Bl. 12
In the Bundesarchiv I found 43/1234.
"""

FOUND = r"""
[reference [org British Library], [shelfmark Add. MS 12345], [citedRange f. 12r]]
[reference [org British Library], [shelfmark Harley MS 2253]]
[reference [org BL], [shelfmark Add. MS 12345], [citedRange ff. 3-5]]
[reference [org Bodl]. [shelfmark MS Rawl. D. 123]]
[reference [org Bodleian Library], Oxford, [shelfmark MS. Eng. misc. c. 45]]
[reference [org The National Archives], [shelfmark FO 371/1234]]
[reference [org TNA], [shelfmark PROB 11/123]].
see [reference [shelfmark FO 371/1234]] and [reference [shelfmark Add. MS 12345]].
[reference [org Bundesarchiv], [shelfmark R 43/1234], [citedRange Bl. 12]]
[reference [org Staatsbibliothek zu Berlin], [shelfmark Ms. germ. fol. 123]]
[reference [org BnF], [shelfmark ms. fr. 12345], [citedRange fol. 3v]]
[reference [org AN], [shelfmark F7 4774]]
[reference [org Houghton Library], [shelfmark MS Am 1234], [citedRange p. 3]]
"""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row and row[0] != "#"]


def found(text: str) -> list[tuple[str, str]]:
    source = Source("text", text)
    got = shelfmarks(source, Letter(), Names({}))
    return [(kind, words) for kind, words, _ in claims(source, got)]


@pytest.mark.parametrize("row", rows(NOTHING))
def test_is_no_shelfmark(row: str) -> None:
    assert found(row) == []


@pytest.mark.parametrize("row", rows(FOUND))
def test_shelfmark(row: str) -> None:
    source, expected = marked(row)
    assert found(source.text) == [(kind, words) for kind, words, _ in claims(source, expected)]


def test_what_it_becomes() -> None:
    text = "Dear Sir,\n\nI saw BnF, ms. fr. 12345, fol. 3v today.\n"
    encoding = encode(text)
    xml = encoding.to_bytes().decode()
    assert encoding.is_sound
    assert '<idno type="shelfmark">ms. fr. 12345</idno>' in xml
    assert '<citedRange unit="folio" n="3v">fol. 3v</citedRange>' in xml
    assert "<orgName>Bibliothèque nationale de France</orgName>" in xml
    assert 'type="manuscript"' in xml
