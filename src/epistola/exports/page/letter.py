"""The page of one letter."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from epistola.checks.rules import Library
from epistola.exports.checked import findings_of
from epistola.exports.entries import T
from epistola.exports.letters import ExportedLetter, Named
from epistola.exports.page.anchors import Anchors, anchors
from epistola.exports.page.body import body, remarks
from epistola.exports.page.facts import facts
from epistola.exports.page.frame import document
from epistola.exports.page.register import register
from epistola.exports.page.words import CERTAIN, SECTIONS, dating_words
from epistola.model import NOTHING, Finding, Severity
from epistola.shown.markup import H

LEGEND: Mapping[str, str] = {**SECTIONS, "date": "Dates"}
"""The kinds whose colours may be turned off, and what each is called."""
SHOWN_AS: Mapping[str, str] = {"persons": "person", "title": "work", "reference": "work"}
"""Kinds that have the colour of another."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a letter's page stands among others: nowhere, where it is alone.

    ``home`` is the address of the list of letters, called ``title``; ``before`` and ``after``
    those of the letters next to it, each with its title; ``elsewhere`` those of what tells of an
    entry in the whole edition, by its key. ``library`` keeps the files that letters point into.
    """

    title: str = ""
    home: str = ""
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    elsewhere: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    library: Library = field(default_factory=Library)


ALONE = Setting()


def letter_page(letter: ExportedLetter, setting: Setting = ALONE) -> bytes:
    """Return the page of ``letter``: its text, its register, what is known of it."""
    at = anchors(letter)
    cards = list(register(letter, at, setting.elsewhere))
    aside = [H.aside({"id": "register", "aria-label": "Register", "tabindex": "0"}, *cards)]
    content = [
        H.a({"class": "skip", "href": "#letter"}, "To the letter"),
        _header(letter, at, setting),
        H.main(
            {"class": "beside" if cards else "alone"},
            H.div({"class": "reading"}, *_reading(letter, at)),
            *(aside if cards else ()),
        ),
        _about(letter, at, findings_of(letter, setting.library)),
    ]
    return document(letter.title, content, _lit(at))


def _header(letter: ExportedLetter, at: Anchors, setting: Setting) -> etree._Element:
    header = H.header()
    if setting.home:
        header.append(_navigation(setting))
    header.append(H.h1({"dir": "auto"}, letter.title))
    if line := list(_who_and_when(letter, at)):
        header.append(H.p({"class": "line"}, *line))
    tools = H.div({"class": "tools"}, *_legend(letter), _download(letter))
    header.append(tools)
    return header


def _navigation(setting: Setting) -> etree._Element:
    links = [H.a({"href": setting.home}, setting.title or "All letters")]
    for arrow, one in (("←", setting.before), ("→", setting.after)):
        if one is not None:
            links.append(H.a({"href": one[0]}, f"{arrow} {one[1]}"))
    return H.nav({"aria-label": "Letters"}, *links)


def _who_and_when(letter: ExportedLetter, at: Anchors) -> Iterator[str | etree._Element]:
    """Yield who wrote to whom and when, with links, as far as it is known."""
    sender, addressee = letter.sender, letter.addressee
    yield from _names(sender, at)
    if addressee:
        yield " to " if sender else "To "
        yield from _names(addressee, at)
    rest = [one.words for one in filter(None, [letter.place])]
    if letter.date is not None:
        rest.append(dating_words(letter.date.dating) or letter.date.words)
    for number, words in enumerate(filter(None, rest)):
        yield f"{' · ' if number or sender or addressee else ''}{words}"


def _names(found: tuple[Named, ...], at: Anchors) -> Iterator[str | etree._Element]:
    for number, one in enumerate(found):
        name = one.words or (one.entry.name if one.entry else "somebody")
        if number:
            yield " and " if number == len(found) - 1 else ", "
        yield H.a({"href": at.link(one)}, name) if one.entry else name


def _legend(letter: ExportedLetter) -> Iterator[etree._Element]:
    """Yield a box to tick for each kind that is coloured in the text."""
    kinds = {SHOWN_AS.get(m.kind, m.kind) for m in letter.mentions}
    boxes = [
        H.label(
            {"class": f"key {kind}"},
            H.input({"type": "checkbox", "id": f"show-{kind}", "checked": "checked"}),
            H.span({"class": f"m {kind}"}, name),
        )
        for kind, name in LEGEND.items()
        if kind in kinds
    ]
    if any(m.cert for m in letter.mentions):
        boxes.append(H.span({"class": "key"}, H.span({"class": "m cert-medium"}, "less certain")))
    if boxes:
        yield H.fieldset(H.legend("Marked in the text"), *boxes)


def _download(letter: ExportedLetter) -> etree._Element:
    data = b64encode(_file(letter)).decode()
    name = f"{letter.name.rpartition('/')[2]}.xml"
    address = f"data:application/tei+xml;base64,{data}"
    return H.a({"class": "download", "download": name, "href": address}, "TEI file")


def _file(letter: ExportedLetter) -> bytes:
    """Return the letter's file as it is, or, of a file of several, its part of it."""
    if letter.root.getparent() is None:
        return letter.path.read_bytes()
    return etree.tostring(letter.root, encoding="UTF-8", xml_declaration=True, with_tail=False)


def _reading(letter: ExportedLetter, at: Anchors) -> Iterator[etree._Element]:
    text = letter.root.find(f"{T}text")
    language = {"lang": letter.language} if letter.language else {}
    language["dir"] = "auto"
    article = H.article({"id": "letter", **language})
    yield H.article({"id": "letter", **language}, *body(text, at)) if text is not None else article
    if at.notes:
        yield H.section({"class": "remarks"}, H.h2("Notes"), H.ol(*remarks(at)))


def _about(letter: ExportedLetter, at: Anchors, findings: list[Finding]) -> etree._Element:
    return H.footer(
        H.h2("About this letter"),
        H.dl(*facts(letter, at)),
        *_doubts(at),
        _findings(findings),
    )


def _doubts(at: Anchors) -> Iterator[etree._Element]:
    """Yield the tags that are less than certain, to be opened."""
    doubted = [(at.numbers[e], m) for e, m in at.mentions.items() if m.cert in CERTAIN]
    if doubted:
        items = (
            H.li(
                H.a({"href": f"#{id_}"}, one.words),
                f" → {one.entry.name}" if one.entry else "",
                H.span({"class": "sure"}, f" {CERTAIN[one.cert]}"),
            )
            for id_, one in doubted
        )
        yield H.details(H.summary(f"Less certain tags ({len(doubted)})"), H.ul(*items))


def _findings(findings: list[Finding]) -> etree._Element:
    order = list(Severity)
    ranked = sorted(findings, key=lambda one: (order.index(one.severity), one.line, one.column))
    items = (
        H.li(
            H.b(str(one.severity)),
            f" {f'line {one.line}: ' if one.line else ''}{one.message} ",
            H.small(one.code),
        )
        for one in ranked
    )
    found = (
        H.ul(*items)
        if ranked
        else H.p("Nothing is wrong with the file, by its schema or by the rules.")
    )
    return H.details(H.summary(f"Findings ({len(ranked)})"), found)


def _lit(at: Anchors) -> Iterator[str]:
    """Yield rules by which all mentions of an entry light up when it is looked at.

    An id that is not plain is none of a page's (``anchors.PLAIN``).
    """
    for id_ in (*at.entries.values(), *at.dates.values()):
        looked_at = f'body:has([id="{id_}"]:target) .reading [href="#{id_}"]'
        yield f"{looked_at}{{background:var(--lit);color:var(--lit-ink)}}"
