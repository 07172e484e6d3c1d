"""What the header needs to know of a letter, gathered once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from epistola import gazetteer
from epistola import language as languages
from epistola.edition import Edition
from epistola.model import DECIDED, Annotation, Entry, EntryId, Fact, Field, Letter, Source, Span
from epistola.registers.named import bearer
from epistola.text.metadata import doers, from_what
from epistola.tree.body import MACHINE, certainty
from epistola.tree.element import E
from epistola.tree.policy import POLICY

WORD = re.compile(r"[^\W_]+")
DATED = POLICY["date"].values
NAMES = {"person": "persName", "org": "orgName"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The letter, what was found in it, and the edition it is for.

    ``date`` is the day of encoding as YYYY-MM-DD, or empty; ``version`` the program's,
    major and minor.
    """

    source: Source
    letter: Letter
    annotations: tuple[Annotation, ...]
    entries: Mapping[EntryId, Entry]
    edition: Edition
    date: str = ""
    version: str = ""

    def within(self, span: Span | None, *kinds: str) -> list[Annotation]:
        """Return the mentions of ``kinds`` in ``span``, in order."""
        if span is None:
            return []
        return [a for a in self.annotations if a.kind in kinds and a.span in span]

    def text(self, span: Span) -> str:
        """Return the words in ``span``, white space made single."""
        return " ".join(self.source[span].split())

    def names(self, span: Span | None, *kinds: str) -> list[etree._Element]:
        """Return the persons and organisations named in ``span`` as elements."""
        return [self.name(a) for a in self.within(span, *(kinds or NAMES))]

    def name(self, mention: Annotation) -> etree._Element:
        """Return a mention of a person or an organisation as an element of the header."""
        attributes = {"ref": f"#{mention.entry}"} if mention.entry else {}
        attributes |= dict(certainty(mention))
        said = plain(self.text(mention.span))
        return E(NAMES[mention.kind], attributes, unsigned(said, self.letter.language))

    def dates(self, span: Span | None) -> list[Annotation]:
        """Return the dates in ``span`` that have a value."""
        return [a for a in self.within(span, "date") if any(k in DATED for k in a.values)]

    def date_element(self, mention: Annotation, **extra: str) -> etree._Element:
        """Return a date as an element of the header."""
        values = {k: v for k, v in mention.values.items() if k in DATED}
        return E.date(
            {**extra, **values, **dict(certainty(mention))}, plain(self.text(mention.span))
        )

    def name_of(self, fact: Fact) -> etree._Element:
        """Return the person that ``fact`` names, else the fact's own words as a name.

        What an editor says stands nowhere in the text; its entry is found by the name.
        """
        found = self.within(fact.span, "person")
        if found:
            return self.name(found[0])
        if fact.span is None:
            return E.persName(self.link("person", fact.value), fact.value)
        return E.persName(plain(fact.value))

    def link(self, kind: str, name: str) -> dict[str, str]:
        """Return the pointer to the one entry of ``kind`` that has this name, if any."""
        entry = bearer(self.entries.values(), kind, name)
        return {"ref": f"#{entry.id}"} if entry is not None else {}

    def doers(self, credit: Field) -> Iterator[etree._Element]:
        """Yield those who did what a credit is for, linked where they were recognised.

        The whole name stands, even where the recognisers found but a part of it.
        """
        for span in doers(self.source, credit, self.letter.language):
            name = plain(self.text(span))
            found = [a for a in self.annotations if a.kind in NAMES and a.span.overlaps(span)]
            within = [a for a in found if a.span in span or span in a.span]
            if not within:
                yield E.persName(name) if _is_person(name) else E.name(name)
                continue
            mention = max(within, key=lambda a: len(a.span))
            element = self.name(mention)
            element.text = name if len(span) > len(mention.span) else element.text
            yield element

    def made_from(self, credit: Field) -> Span | None:
        """Return what a credit names as the original, where it names nobody who did it."""
        language = self.letter.language
        none = not doers(self.source, credit, language)
        return from_what(self.source, credit, language) if none else None

    def unsaid(self, span: Span, *kinds: str, besides: Sequence[str] = ()) -> bool:
        """Return whether ``span`` says more than ``besides`` and its mentions of ``kinds``."""
        rest = list(self.source[span])
        for mention in self.within(span, *kinds):
            start = mention.span.start - span.start
            rest[start : start + len(mention.span)] = " " * len(mention.span)
        said = {word for text in besides for word in WORD.findall(text)}
        words = WORD.findall("".join(rest))
        return any(len(word) > SMALL and word not in said for word in words)

    def editors(self) -> dict[str, str]:
        """Return who decided about the letter: the id of each editor, and his name."""
        decided = [a.values for a in self.annotations if a.rule == DECIDED and "resp" in a.values]
        return {v["resp"].removeprefix("#"): v.get("decider", "") for v in decided}

    def first(self, *kinds: str) -> Field | None:
        """Return the first line of metadata of these kinds."""
        return next(iter(self.letter.fields_of(*kinds)), None)


def unsigned(name: str, language: str) -> str:
    """Return a name without the word that an editor puts before a signature.

    >>> unsigned("Signed) Bülow", "en"), unsigned("Ann Lee", "en")
    ('Bülow', 'Ann Lee')
    """
    words = languages.load(language)["letter"]["signed"]
    cue = next((w for w in words if w.endswith(")") and name.lower().startswith(w[1:])), "")
    return name[len(cue) - 1 :].lstrip(" :.,") if cue else name


def _is_person(name: str) -> bool:
    """Return whether a name that no recogniser found begins with a forename or an initial."""
    first, *others = name.replace(".", ". ").split()
    initial = len(first.rstrip(".")) == 1
    return bool(others) and (initial or gazetteer.load().known(first, "forename"))


def plain(text: str) -> str:
    """Return ``text`` without marks of emphasis around it and a stop at its end.

    >>> plain("_To Hugo Münsterberg._")
    'To Hugo Münsterberg'
    """
    bare = EMPHASIS.sub("", PAIRED.sub(r"\1", text)).strip()
    if bare.count("[") > bare.count("]"):
        bare += "]"
    ends = bare.endswith((".", ";", ",", ":")) and not ABBREVIATED.search(bare)
    return bare[:-1].rstrip() if ends else bare


PAIRED = re.compile(r"_(\w+?)_(?!\w)")
EMPHASIS = re.compile(r"(?<![^\W_])[_*]+|[_*]+(?![^\W_])|(?<=\d)_(?=[^\W\d_])")
SMALL = 3
"""Words up to this many letters ("by", "and", "for") say nothing by themselves."""
ABBREVIATED = re.compile(r"(?:\b[^\W\d_]|\b[A-Z][a-z]{1,2})\.$")


def from_to(dates: Sequence[Annotation]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of the whole time that ``dates`` span."""
    starts = [v for d in dates if (v := d.values.get("when") or d.values.get("from"))]
    ends = [v for d in dates if (v := d.values.get("when") or d.values.get("to"))]
    if len(starts) == 1 and starts == ends:
        yield "when", starts[0]
    elif starts and ends:
        yield "from", min(starts)
        yield "to", max(ends)


def time_span(attributes: Mapping[str, str]) -> str:
    """Return the time that ``attributes`` give, as an editor writes it."""
    return attributes.get("when") or f"{attributes['from']}–{attributes['to']}"


def latest_printing(facts: Facts) -> str:
    """Return the latest day, month or year at which the source was printed, if it is known."""
    source = facts.first("source")
    found = facts.dates(source.value) if source else []
    ends = [v for d in found for k in ("when", "notAfter", "to") if (v := d.values.get(k))]
    return max(ends, default="")


def before_printing(latest: str) -> dict[str, str]:
    """Return the attributes of a date that is known from the printing alone."""
    return {"notAfter": latest, "cert": "medium", "resp": MACHINE}
