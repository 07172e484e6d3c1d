"""What each kind of annotation becomes in TEI, and what may stand in it.

One table, readable from top to bottom: its order is also the order of nesting where
two annotations cover the same words, the outer one first. What may stand where
follows the content models of the TEI Guidelines (macro.phraseSeq, macro.paraContent
and those of ``div``, ``opener``, ``closer``, ``list``, ``bibl``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from epistola.model import DATING, NOTHING

LINES = frozenset({"pageBreak", "pageNumber", "lineBreak", "hyphen"})
"""Kinds that say where a page or line begins, and what is printed there."""
TRANSCRIBED = frozenset("highlight gap unclear supplied deletion addition sic orig abbr".split())
"""Kinds that say how words look, or what a transcriber or an editor says of them."""
NAMES = frozenset("person persons place org event date title term foreign work".split())
PHRASE = NAMES | LINES | TRANSCRIBED | {"anchor", "segment", "remark"}
"""Kinds that TEI allows wherever there are words (macro.phraseSeq)."""
INTER = PHRASE | {"cit", "reference", "quote", "speech", "mentioned", "soCalled"}
"""Kinds that TEI allows in a paragraph, a heading, an item, a title, a quotation."""
CITED = PHRASE | frozenset(
    "scope citedRange shelfmark author editor translator edition series publisher pubPlace".split()
)
"""Kinds that TEI allows in a bibliographic reference."""
PIECE = ("id", "next", "prev")
"""Values of a piece of what other elements interrupt: its own id, and where it goes on."""
PAGES = frozenset({"pageBreak", "pageNumber"})
BLOCKS = PAGES | frozenset(
    "head byline provenance note opener dateline p extract verse list table ornament closer"
    " trailer postscript".split()
)


class Form(NamedTuple):
    """The element a kind becomes.

    ``fixed`` are attributes that it always has, ``values`` the names of values that
    become attributes of the same name, ``link`` the attribute that points to the
    entry, ``holds`` the kinds that may stand in it.
    """

    element: str
    holds: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = NOTHING
    values: tuple[str, ...] = ()
    link: str = ""


Policy = Mapping[str, Form]

POLICY: Policy = MappingProxyType(
    {
        "letter": Form("div", BLOCKS),
        "endorsement": Form("div", BLOCKS, {"type": "endorsement"}),
        "envelope": Form("div", BLOCKS, {"type": "envelope"}),
        "notes": Form("div", BLOCKS, {"type": "notes"}),
        "colophon": Form("div", BLOCKS, {"type": "colophon"}),
        "opener": Form("opener", frozenset({"address", "dateline", "salute", "note"}) | PAGES),
        "postscript": Form("postscript", frozenset({"p", "closer"}) | PAGES),
        "closer": Form(
            "closer",
            frozenset({"address", "dateline", "valediction", "signed", "note"}) | PAGES,
        ),
        "provenance": Form(
            "note", frozenset({"glossList", "list"}) | PAGES, {"type": "provenance"}
        ),
        "glossList": Form("list", frozenset({"label", "item"}) | PAGES, {"type": "gloss"}),
        "list": Form("list", frozenset({"item"}) | PAGES, values=("type",)),
        "table": Form("table", frozenset({"row"}) | PAGES),
        "row": Form("row", frozenset({"cell"})),
        "cell": Form("cell", INTER),
        "extract": Form("quote", frozenset({"p", "verse"}) | PAGES, {"type": "block"}),
        "verse": Form("lg", frozenset({"line"}) | PAGES),
        "line": Form("l", INTER | {"note"}),
        "head": Form("head", INTER),
        "byline": Form("byline", PHRASE),
        "address": Form("address", frozenset({"addrLine"}) | PAGES),
        "addrLine": Form("addrLine", PHRASE),
        "label": Form("label", PHRASE),
        "item": Form("item", INTER | {"note"}, values=("n",)),
        "p": Form(
            "p",
            INTER | {"note", "salute", "dateline", "signed", "valediction"},
            values=("lang",),
        ),
        "ornament": Form("ab", PAGES, {"type": "ornament"}),
        "trailer": Form("trailer", PHRASE),
        "note": Form(
            "note", INTER | {"label", "p"}, values=("type", "place", "n", "id", "target", "lang")
        ),
        "anchor": Form("ref", fixed={"type": "noteAnchor"}, values=("id", "target")),
        "dateline": Form("dateline", PHRASE),
        "salute": Form("salute", PHRASE),
        "valediction": Form("salute", PHRASE),
        "signed": Form("signed", PHRASE),
        "cit": Form("cit", frozenset({"quote", "reference", "mark"}) | PAGES),
        "quote": Form("quote", INTER, values=(*PIECE, "lang")),
        "speech": Form("q", INTER, {"type": "spoken"}, (*PIECE, "lang")),
        "mentioned": Form("q", PHRASE, {"type": "mentioned"}),
        "soCalled": Form("q", PHRASE, {"type": "soCalled"}),
        "reference": Form("bibl", CITED, link="corresp"),
        "work": Form("rs", PHRASE, {"type": "work"}, link="ref"),
        "author": Form("author", PHRASE),
        "editor": Form("editor", PHRASE),
        "translator": Form("editor", PHRASE, {"role": "translator"}),
        "edition": Form("edition", PHRASE),
        "series": Form("series", frozenset({"title", "scope", "pageBreak"})),
        "event": Form("eventName", PHRASE, link="ref"),
        "org": Form("orgName", PHRASE, link="ref"),
        "title": Form("title", PHRASE, values=("level",), link="ref"),
        "scope": Form("biblScope", PHRASE, values=("unit", "n", "from", "to")),
        "citedRange": Form("citedRange", PHRASE, values=("unit", "n", "from", "to")),
        "shelfmark": Form("idno", fixed={"type": "shelfmark"}),
        "publisher": Form("publisher", PHRASE),
        "pubPlace": Form("pubPlace", PHRASE),
        "person": Form("persName", PHRASE, link="ref"),
        "persons": Form("rs", PHRASE, {"type": "person", "subtype": "type"}, link="ref"),
        "place": Form("placeName", PHRASE, link="ref"),
        "date": Form("date", PHRASE, values=(*DATING, "calendar")),
        "term": Form("term", PHRASE, link="ref"),
        "foreign": Form("foreign", PHRASE, values=("lang",)),
        "segment": Form("seg", PHRASE),
        "highlight": Form("hi", INTER | {"note"}, values=("rend",)),
        "deletion": Form("del", INTER, values=("rend",)),
        "addition": Form("add", INTER, values=("place",)),
        "supplied": Form("supplied", INTER),
        "unclear": Form("unclear", INTER),
        "sic": Form("sic", INTER),
        "orig": Form("orig", INTER),
        "abbr": Form("abbr", PHRASE, values=("type",)),
        "remark": Form("note", fixed={"type": "editorial"}, values=("place", "n")),
        "gap": Form(
            "gap", frozenset({"gapWords"}), values=("reason", "unit", "quantity", "extent")
        ),
        "gapWords": Form("desc"),
        "mark": Form("pc"),
        "hyphen": Form("pc", fixed={"force": "weak"}),
        "lineBreak": Form("lb", values=("break",)),
        "pageNumber": Form("fw", fixed={"type": "pageNum"}, values=("n",)),
        "pageBreak": Form("pb", values=("n",)),
    }
)

READINGS: Mapping[str, str] = MappingProxyType({"sic": "corr", "orig": "reg", "abbr": "expan"})
"""What an editor sets beside a reading of the source, in a ``choice`` (TEI P5, 3.5)."""

INSIDE: Mapping[tuple[str, str], Form] = MappingProxyType(
    {
        ("p", part): Form("seg", PHRASE, {"type": part})
        for part in ("salute", "dateline", "signed", "valediction")
    }
)
"""What a kind becomes inside another, where TEI does not allow its own element there."""


def form_of(policy: Policy, kind: str, parent: str) -> Form:
    """Return what ``kind`` becomes inside an annotation of the kind ``parent``."""
    return INSIDE.get((parent, kind)) or policy[kind]
