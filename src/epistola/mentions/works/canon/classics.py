"""Read the classics by their divisions: "Hor. Sat. i. 4", "Plato, Rep. 514a", "Macbeth, v. 5. 17".

The works, their forms and divisions are a table (``gazetteer/classics.tsv``). A page of Plato
has a letter (Stephanus), one of Aristotle a letter and a line (Bekker).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from epistola import gazetteer
from epistola.mentions.works.canon.numbered import forms_before, label_units
from epistola.mentions.works.canon.readings import Candidate, Reading, figures
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

CERTAINTY = 0.96
ITSELF = "@"
"""Among the forms of a work: its author's name alone means it ("Hdt. 1.32")."""
LARGEST = 999
"""A larger number without a label is a year."""
ROMAN_LABELS = frozenset("lcv")
ALONE = 2
MARKS = "_\"'"
PAGE = re.compile(r"(?P<page>\d{1,4}[a-e])(?P<line>\d{1,2})?(?![^\W_])")
ITEM = re.compile(
    r"(?P<n>(?:\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})(?:[ ]?[-–][ ]?\d{1,4})?)(?![^\W_]|,\d{3})"
)
NEXT = re.compile(r"[.,:;]{1,2}[ \n]?|[ \n](?=[^\W\d_]{1,6}\.?[ ]\d)")
FOLLOWS = re.compile(r"[ ]?(?:ff?|sqq?)(?![^\W_])\.?")
AFTER = re.compile(r"[ ](?:vol|[a-z]+s\b)|(?:st|nd|rd|th)\b|[-–]?[^\W_]|[ ]?[£$%°]")
ENDS = frozenset(".,;:)]\n\"'")


class Work(NamedTuple):
    """A work: who wrote it, what it is called, what it is divided in, and how it was named.

    ``words`` is how many words the author's name has in the form, none where it is not named.
    """

    author: str
    title: str
    units: tuple[str, ...]
    words: int = 0


class Item(NamedTuple):
    """A number of a division, with the unit of its label where it has one."""

    span: Span
    n: str
    unit: str
    roman: bool


@cache
def works() -> dict[str, Work]:
    """Return the works by each form that may name one, in small letters, with author or without."""
    return {form.lower(): work for form, work in _table()}


@cache
def _lasts() -> frozenset[str]:
    """Return the last words of all forms, as they are written before a number."""
    return frozenset(form.rsplit(" ", 1)[-1] for form, _ in _table())


@cache
def _table() -> tuple[tuple[str, Work], ...]:
    text = files(gazetteer).joinpath("classics.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line[:1] != "#"]
    return tuple(found for row in rows for found in _forms(*row))


@cache
def _shared() -> frozenset[str]:
    """Return the titles that several authors have used."""
    named = {(work.title, work.author) for _, work in _table()}
    titles = Counter(title for title, _ in named)
    return frozenset(title for title, times in titles.items() if times > 1)


def _forms(
    author: str, authors: str, title: str, titles: str, units: str, alone: str
) -> Iterator[tuple[str, Work]]:
    """Yield each form of a work: after each form of its author, and alone where it may stand so."""
    work = Work(author, title, tuple(units.split()))
    for name in _listed(author, authors):
        by = work._replace(words=len(name.split()))
        yield from ((f"{name} {form}", by) for form in _listed(title, titles))
        if ITSELF in alone:
            yield name, by
    yield from ((form, work) for form in alone.split(", ") if form not in {"", ITSELF})


def _listed(name: str, forms: str) -> list[str]:
    return [name, *forms.split(", ")] if forms else [name]


def classic_at(candidate: Candidate) -> Reading | None:
    """Return the passage of a work whose name ends with the word of ``candidate``."""
    text = candidate.text
    if text[candidate.start : candidate.end] not in _lasts():
        return None
    for start, form in forms_before(text, candidate.end):
        if (work := works().get(form.lower())) and (items := _items(candidate, work)):
            return (
                _reading(candidate, work, start, items)
                if _is_passage(candidate, work, items)
                else None
            )
    return None


def _reading(candidate: Candidate, work: Work, start: int, items: Sequence[Item]) -> Reading:
    text, end = candidate.text, items[-1].span.end
    split = _author_end(text, start, work.words)
    title = Span(split[1] if split and split[1] < candidate.end else start, candidate.end)
    author = Span(start, split[0]) if split and split[1] < candidate.end else None
    opened = (
        start and text[start - 1] in MARKS and text[start - 1] in text[candidate.end : candidate.at]
    )
    scopes = tuple(Scope(item.span, item.unit, item.n) for item in items)
    span = Span(start - 1 if opened else start, end)
    return Reading(
        "classics",
        span,
        work.title,
        title,
        scopes,
        CERTAINTY,
        author,
        work.author,
        work.title in _shared(),
    )


def _author_end(text: str, start: int, words: int) -> tuple[int, int] | None:
    """Return where the name of the author ends and where the title begins."""
    if not words:
        return None
    match = re.compile(
        rf"(?:[^\s,]+\s+){{{words - 1}}}(?P<last>[^\s,.']+)(?:'s)?[.,]*\s*[_\"']*"
    ).match(text, start)
    return (match.end("last"), match.end()) if match else None


def _items(candidate: Candidate, work: Work) -> list[Item]:
    """Return the numbers after a name, each with its unit, no more than the work has divisions."""
    read = list(_numbers(candidate, len(work.units) + 1))
    if any(item.unit in {"page", "line"} and item.n[-1:].isalpha() for item in read[:1]):
        return read
    used = [item.unit for item in read if item.unit]
    free = [unit for unit in work.units if unit not in used]
    found: list[Item] = []
    for item in read:
        if not item.unit and not free:
            break
        found.append(item if item.unit else item._replace(unit=free.pop(0)))
    return found


def _numbers(candidate: Candidate, most: int) -> Iterator[Item]:
    text, at, units = candidate.text, candidate.at, label_units(candidate.language)
    label = _labels(candidate.language)
    for nth in range(most):
        if page := PAGE.match(text, at):
            yield Item(Span(*page.span("page")), page["page"], "page", roman=False)
            if page["line"]:
                yield Item(Span(*page.span("line")), page["line"], "line", roman=False)
            return
        named = label.match(text, at)
        if named and not nth and most > ALONE and named["label"].lower() in ROMAN_LABELS:
            named = None  # "v." is act five, not a verse
        start = named.end() if named else at
        item = ITEM.match(text, start)
        number = figures(item["n"]) if item else ""
        if not item or not number or (AFTER.match(text, item.end()) and not named):
            return
        unit = units[named["label"].lower()] if named and named["label"].lower() in units else ""
        unit = unit or (units.get(named["label"], "") if named else "")
        follows = FOLLOWS.match(text, item.end())
        end = follows.end() if follows else item.end()
        yield Item(Span(at, end), number, unit, roman=not item["n"][0].isdecimal())
        link = NEXT.match(text, end)
        if link is None:
            return
        at = link.end()


@cache
def _labels(code: str) -> re.Pattern[str]:
    labels = sorted(label_units(code), key=len, reverse=True)
    number = r"(?:\d|[ivxlc]+(?![^\W_])|[IVXLC]+(?![^\W_]))"
    return re.compile(
        rf"(?P<label>(?i:{'|'.join(map(re.escape, labels))}))(?:\.[ \n]?|[ \n])(?={number})"
    )


def _is_year(item: Item) -> bool:
    ends = item.n.split("-")
    return item.unit != "line" and any(n.isdecimal() and int(n) > LARGEST for n in ends)


def _is_passage(candidate: Candidate, work: Work, items: Sequence[Item]) -> bool:
    """Return whether the numbers are of divisions: several, or told by a label or a letter."""
    if any(_is_year(item) for item in items):
        return False
    if any(item.n[-1].isalpha() for item in items):
        return bool(work.words)
    text, first = candidate.text, items[0]
    labelled = text[first.span.start].isalpha() and not first.roman
    if labelled or (first.roman and " " in text[first.span.start : first.span.end]):
        return True
    if len(items) > 1:
        tight = text[first.span.end : items[1].span.start] in {".", ","}
        return first.roman or bool(work.words) or tight
    ends = text[first.span.end : first.span.end + 1] in ENDS or first.span.end == len(text)
    if work.words:
        return ends and int(first.n.split("-")[0]) <= LARGEST
    return (
        first.roman
        and len(first.n) > 0
        and ends
        and text[first.span.start : first.span.end].islower()
        and len(first.span) > 1
    )
