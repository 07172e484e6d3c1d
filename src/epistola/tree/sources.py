"""Describe where the text comes from: in print, and as a page on the web (TEI P5, 2.2.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from epistola import language as languages
from epistola.language.licences import licence_of
from epistola.mentions.settle import PARTS
from epistola.model import Annotation, Field, Span
from epistola.registers.works import PRINT
from epistola.tree.element import XML, E
from epistola.tree.facts import Facts, from_to, plain, time_span
from epistola.tree.manuscript import manuscript
from epistola.tree.parties import author_element
from epistola.tree.titles import title

TRANSLATION = "translation"
"""What was done to the text, not to the page; its date is none of the page's."""

UPDATING = "updating"


@dataclass(frozen=True, slots=True)
class _Printed:
    """The mentions in a line that names a printed source."""

    title: Annotation | None
    authors: tuple[Annotation, ...]
    scopes: tuple[Annotation, ...]
    dates: tuple[Annotation, ...]
    places: tuple[Annotation, ...]
    publishers: tuple[Annotation, ...]

    @property
    def journal(self) -> bool:
        """Return whether the source is a journal or a newspaper."""
        return self.title is not None and self.title.values.get("level") == "j"


def _found(facts: Facts, span: Span) -> _Printed:
    titles = facts.within(span, "title")
    journals = [t for t in titles if t.values.get("level") == "j"]
    first = (journals or titles)[:1]
    before = Span(span.start, first[0].span.start) if first else None
    return _Printed(
        title=first[0] if first else None,
        authors=tuple(facts.within(before, "person")),
        scopes=tuple(facts.within(span, "scope")),
        dates=_finest(facts.dates(span)),
        places=tuple(facts.within(span, "pubPlace")),
        publishers=tuple(facts.within(span, "publisher")),
    )


def _finest(dates: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Return the first date, or a later one that says the same more precisely.

    "1905, Vol. 9, 15 Oct 1905" is of the fifteenth.
    """
    first = dates[0].values.get("when") if dates else None
    finer = [d for d in dates if first and d.values.get("when", "").startswith(first)]
    return tuple(sorted(finer, key=lambda d: -len(d.values["when"]))[:1] or dates[:1])


def source_description(facts: Facts) -> etree._Element:
    """Return the ``sourceDesc``: what was printed, and the page that the text is from."""
    print_fields = facts.letter.fields_of("source")
    is_page = bool(facts.letter.fields_of("online", "updated", "credit"))
    sources = [_printed(facts, field, at, is_page=is_page) for at, field in enumerate(print_fields)]
    if is_page:
        sources.append(_page(facts, has_print=bool(print_fields)))
    sources += manuscript(facts)
    if not sources:
        rights = facts.letter.fields_of("rights")
        said = "".join(f" {facts.text(field.span)}" for field in rights)
        return E.sourceDesc(E.p(f"Plain text; it names no source.{said}"))
    return E.sourceDesc(*sources)


def _printed(facts: Facts, source: Field, at: int, *, is_page: bool) -> etree._Element:
    """Return the printed source that a line of metadata names."""
    found = _found(facts, source.value)
    name = str(PRINT) if at == 0 else f"{PRINT}-{at + 1}"
    analytic = [_analytic(facts)] if found.journal else []
    title_of = _monograph_title(facts, found)
    monogr = E.monogr(*title_of, *_editors(facts, source), _imprint(facts, found))
    line = Span(source.value.start, max(source.value.end, source.span.end))
    said = plain(facts.text(line))
    told = ("title", "date", "person", *PARTS)
    note = [E.note(said)] if facts.unsaid(line, *told) else []
    kind = {"type": "journalArticle" if found.journal else "book"}
    if facts.letter.is_letter and found.journal:
        kind["subtype"] = "letter"
    related = [_related("otherForm", "src-online")] if is_page and at == 0 else []
    original = list(_original(facts)) if at == 0 else []
    return E.biblStruct({f"{XML}id": name, **kind}, *analytic, monogr, *note, *related, *original)


def _original(facts: Facts) -> Iterator[etree._Element]:
    """Yield the original of a translation, as far as its language is told."""
    names = languages.load(facts.letter.language)["languages"]
    for credit in facts.letter.fields_of("credit"):
        said = facts.source.folded[credit.span.start : credit.span.end].lower()
        others = ((word, code) for word, code in names.items() if code != facts.letter.language)
        known = [(said.find(word), code) for word, code in others if word in said]
        if TRANSLATION in credit.role and known:
            code = min(known)[1]
            name = next(word for word, own in names.items() if own == code)
            told = E.textLang({"mainLang": code}, name.capitalize())
            yield E.relatedItem({"type": "translationOf"}, E.bibl(told))
            return
        if TRANSLATION in credit.role and (original := facts.made_from(credit)):
            yield E.relatedItem({"type": "translationOf"}, E.bibl(plain(facts.text(original))))
            return


def _analytic(facts: Facts) -> etree._Element:
    author = author_element(facts)
    return E.analytic(
        E.title({"level": "a"}, title(facts)), *([E.author(author)] if author is not None else [])
    )


def _monograph_title(facts: Facts, found: _Printed) -> Iterator[etree._Element]:
    """Yield author and title of the journal or book that the source line names."""
    if found.title is None:
        yield E.title({"level": "m", "type": "supplied"}, title(facts))
        return
    if not found.journal:
        for author in found.authors:
            yield E.author(facts.name(author))
    attributes = {"level": found.title.values.get("level", "m")}
    if found.title.entry and found.title.entry != PRINT:
        attributes["ref"] = f"#{found.title.entry}"
    yield E.title(attributes, facts.text(found.title.span))


def _editors(facts: Facts, source: Field) -> Iterator[etree._Element]:
    """Yield the editors whom a source names: "Crumbs (ed. Ana Mill & Ben Oat), Ely 1950"."""
    words = languages.load(facts.letter.language)["labels"]["joints"]["edited"]
    pattern = re.compile(rf"\((?:{'|'.join(map(re.escape, words))})\.?\s+([^)]+)\)")
    for match in pattern.finditer(facts.source.folded, source.value.start, source.value.end):
        names = Span(*match.span(1))
        for name in facts.doers(Field("credit", names, names)):
            yield E.editor(name)


def _imprint(facts: Facts, found: _Printed) -> etree._Element:
    places = (E.pubPlace(facts.text(place.span)) for place in found.places)
    publishers = (E.publisher(facts.text(name.span)) for name in found.publishers)
    scopes = (_scope(facts, scope) for scope in found.scopes)
    dates = [facts.date_element(date) for date in found.dates] or [E.date()]
    return E.imprint(*places, *publishers, *scopes, *dates)


def _scope(facts: Facts, scope: Annotation) -> etree._Element:
    values = {k: v for k, v in scope.values.items() if k in {"unit", "n", "from", "to"}}
    return E.biblScope(values, values.get("n") or facts.text(scope.span))


def _related(kind: str, target: str) -> etree._Element:
    return E.relatedItem({"type": kind, "target": f"#{target}"})


def _page(facts: Facts, *, has_print: bool) -> etree._Element:
    """Return the page of an archive on the web, as far as the text tells of it."""
    archives = _archives(facts)
    credits_ = [
        E.respStmt(
            E.resp(credit.role),
            *(list(facts.doers(credit)) or [E.name(plain(facts.text(credit.value)))]),
        )
        for credit in facts.letter.fields_of("credit")
        if facts.made_from(credit) is None
    ]
    name = (
        E.title({"level": "m"}, archives[0])
        if archives
        else E.title({"level": "m", "type": "supplied"}, "Page of an archive on the web")
    )
    related = [_related("original", str(PRINT))] if has_print else []
    monogr = E.monogr(name, *credits_, *_rights(facts), _page_imprint(facts, archives))
    notes = [E.note(facts.text(field.value)) for field in facts.letter.fields_of("online")]
    return E.biblStruct(
        {f"{XML}id": "src-online", "type": "webPage"}, _analytic(facts), monogr, *notes, *related
    )


def _archives(facts: Facts) -> list[str]:
    """Return the names of the organisations for which the page was made."""
    fields = facts.letter.fields_of("credit", "online")
    spans = [span for f in fields for span in (f.label, f.value) if span is not None]
    found = (plain(facts.text(org.span)) for span in spans for org in facts.within(span, "org"))
    return list(dict.fromkeys(found))


def _page_imprint(facts: Facts, archives: list[str]) -> etree._Element:
    apart = {TRANSLATION, UPDATING}
    fields = (f for f in facts.letter.fields_of("credit", "online") if f.role not in apart)
    dates = [d for f in fields for d in facts.dates(f.value)]
    made = dict(from_to(dates))
    updated = [
        facts.date_element(date, type="lastUpdated")
        for field in facts.letter.fields_of("updated", "credit")
        if field.kind == "updated" or field.role == UPDATING
        for date in facts.dates(field.value)
    ]
    own = [E.date(made, time_span(made))] if made else []
    return E.imprint(*(E.publisher(name) for name in archives[:1]), *(own + updated or [E.date()]))


def _rights(facts: Facts) -> Iterator[etree._Element]:
    """Yield what the page says about rights, in its own words."""
    fields = facts.letter.fields_of("rights")
    if fields:
        said = [facts.text(field.span) for field in fields]
        status = _status(" ".join(said), facts.letter.language)
        yield E.availability({"status": status}, *map(_terms, said))


def _terms(said: str) -> etree._Element:
    """Return a line on rights: a licence with its address where it names a known one."""
    target = licence_of(said)
    return E.licence({"target": target}, said) if target else E.p(said)


def _status(text: str, language: str) -> str:
    """Return how free a text is by its line on rights; a restriction outweighs a freedom."""
    rights = languages.load(language)["rights"]
    lower = text.lower()
    free = any(words in lower for words in rights["free"])
    restricted = any(words in lower for words in rights["restricted"])
    if free and not any(words in lower for words in rights["restricted"][1:]):
        return "free"
    return "restricted" if restricted else "unknown"
