"""Find bibliographic references in running prose and in lines of metadata: kind ``reference``.

A reference is a work and where to look in it: "my ‘Bread and Wine’ in New Society,
Volume 13, no 2", "Ann Grote's letter in Volume 13, no 3", "(The Times, 3 May 1871)". What it
is made of is claimed inside it: ``title``, ``scope`` and ``citedRange`` (``unit``, ``n``),
``author``, ``publisher``, ``pubPlace``, and the date; what is cited as scholars cite also has
``editor``, ``translator``, ``edition`` and ``series``. Its values say what a resolver needs:
``title``, ``level``, ``journal`` or ``book`` (which the title is in), ``volume``, ``issue``
(and the other units), ``extent`` (the first and last page of an article), ``date``, ``genre``,
``author`` (a name, or ``#letter`` for the writer's own "my"), ``owner`` ("man" for "his"), and
``cue`` ("ibid") or ``points`` (see pointing) where only what came before says which work is
meant.

"Ann Grote's response", with no place to look it up, is kind ``work``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from epistola.gazetteer import Names, fold
from epistola.mentions.dates.grammar import dates
from epistola.mentions.works.citations import citations
from epistola.mentions.works.owned import owned_titles
from epistola.mentions.works.pointing import pointing
from epistola.mentions.works.ranges import is_extent, key_of_unit, kind_of_range
from epistola.mentions.works.reference_drafts import (
    LIKELY,
    OPENING_MARKS,
    PEOPLE,
    Draft,
    closed,
    marked,
    marks_start,
    past_marks,
    person_at,
    with_article,
)
from epistola.mentions.works.reference_groups import (
    CLOSING_MARKS,
    IMPRINT,
    Group,
    Page,
    groups,
    imprint,
    words_of,
)
from epistola.mentions.works.scopes import Scope, scopes
from epistola.mentions.works.title_lines import authors_of_field, value_of
from epistola.mentions.works.title_words import BLANK_LINE, PLACES
from epistola.mentions.works.title_words import words_of as words_of_titles
from epistola.mentions.works.titles import titles
from epistola.model import Annotation, Field, Letter, Source, Span

SURE, HINTED = 0.96, 0.7


def references(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the references of ``source`` with their parts, and works that are described.

    What is cited as scholars cite is read as such (see citations), and no other way.
    """
    cited = list(citations(source, letter, names))
    yield from cited
    whole = [claim.span for claim in cited if claim.kind == "reference"]
    works, located = list(titles(source, letter, names)), scopes(source, letter.language)
    days = list(dates(source, letter, names)) if works or located else []  # dates are dear
    page = Page(source, letter, names, words_of(letter.language), works, located, days)
    page = replace(page, located=tuple(groups(page)))
    named = [*_of_fields(page), *_located(page), *_ibid(page), *_in_works(page), *_alone(page)]
    named += owned_titles(page)
    drafts = _apart([*named, *pointing(page, named)])
    drafts = [draft for draft in drafts if not any(draft.span.overlaps(span) for span in whole)]
    for draft in drafts:
        yield from _annotations(page, draft)
    yield from _described(page, [*whole, *(draft.span for draft in drafts)])


# ---------------------------------------------------------------- references with a place to look


def _located(page: Page) -> Iterator[Draft]:
    for group in page.located:
        before = _title_before(page, group)
        if before:
            yield _hosted(page, *before, group)
        elif group.scopes:
            yield from _titled_after(page, group)
            yield from _unnamed(page, group)


def _title_before(
    page: Page, group: Group
) -> tuple[Annotation, tuple[tuple[str, Span], ...]] | None:
    """Return the title that the group belongs to, with an imprint between the two."""
    text = page.source.folded
    for title in reversed(page.titles):
        if title.span.end > group.span.start:
            continue
        start = past_marks(text, title.span.end)
        between = text[start : group.span.start]
        printed = IMPRINT.fullmatch(between) if group.date and not group.scopes else None
        if printed:
            return title, imprint(page, printed, start)
        plain = between.rstrip("\"'_")
        if BLANK_LINE.search(between) or not page.words.to_title.fullmatch(plain):
            return None
        return (title, ()) if group.scopes or _is_dated(page, title, group, plain) else None
    return None


def _is_dated(page: Page, title: Annotation, group: Group, between: str) -> bool:
    """Return whether a date after a title is that of an issue or a book: "Times, 3 May 1871"."""
    if "(" in between:
        return True
    if group.date is None or title.values["level"] != "j":
        return False
    return any(char.isdecimal() for char in page.source[group.date.span]) and ". " not in between


def _hosted(
    page: Page, host: Annotation, imprint: tuple[tuple[str, Span], ...], group: Group
) -> Draft:
    start = marks_start(page, host.span.start)
    draft = Draft(
        Span(start, group.span.end),
        host,
        None,
        group.scopes,
        group.date,
        imprint=(*imprint, *group.imprint),
        certainty=SURE if group.scopes and host.certainty >= SURE else LIKELY,
    )
    return closed(page, with_article(page, draft))


def _titled_after(page: Page, group: Group) -> Iterator[Draft]:
    """Yield "No. 1 of the Museum"."""
    match = page.words.title_after.match(page.source.folded, group.span.end)
    if match is None:
        return
    for title in page.titles:
        if title.span.start == match.end():
            marks = re.compile(CLOSING_MARKS).match(page.source.folded, title.span.end)
            marked = page.source.text[title.span.start - 1] in OPENING_MARKS
            end = marks.end() if marks and marked else title.span.end
            yield Draft(Span(group.span.start, end), title, None, group.scopes, group.date)


def _unnamed(page: Page, group: Group) -> Iterator[Draft]:
    """Yield "Grote's letter in Volume 13, no 3", of a work that only the context names."""
    bare = Draft(group.span, None, None, group.scopes, group.date, rule="unnamed")
    draft = with_article(page, bare)
    if draft.span != bare.span:
        yield closed(page, replace(draft, certainty=SURE))


def _ibid(page: Page) -> Iterator[Draft]:
    starting = {group.span.start: group for group in page.located}
    for match in page.words.ibid.finditer(page.source.folded):
        link = re.compile(r",?\s+").match(page.source.folded, match.end())
        group = starting.get(link.end()) if link else None
        cue = match.group().lower().rstrip(".")
        end = group.span.end if group else match.end()
        scoped = group.scopes if group else ()
        yield Draft(Span(match.start(), end), scopes=scoped, cue=cue, rule="ibid", certainty=0.95)


# ---------------------------------------------------------------- references without one


def _in_works(page: Page) -> Iterator[Draft]:
    """Yield "my ‘...’ in the Nation", with no volume or date."""
    for host in page.titles:
        draft = with_article(page, Draft(marked(page, host), host, rule="within"))
        if draft.article:
            yield draft


def _alone(page: Page) -> Iterator[Draft]:
    """Yield a title that is cited for what it says: "In Such a Book I stressed"."""
    for title in page.titles:
        if title.rule == "titles.opening":
            yield Draft(title.span, title, rule="cited", certainty=0.95)


def _described(page: Page, taken: list[Span]) -> Iterator[Annotation]:
    """Yield works that are described, not named: "Ann Grote's response"."""
    for match in page.words.described.finditer(page.source.folded):
        author = person_at(page, Span(*match.span("name")))
        if author is None or any(author.overlaps(span) for span in taken):
            continue
        sure = bool(page.names.classes(page.source[author]) & PEOPLE) or page.names.known(
            page.source[author].split()[0], "forename"
        )
        values = {"genre": match["genre"], "author": fold(page.source[author])}
        if noun := page.words.levels.get(match["genre"]):
            values |= {"points": "owned", "noun": noun}
        span = Span(author.start, match.end("genre"))
        yield Annotation(
            span, "work", "references.described", values, None, LIKELY if sure else HINTED
        )


# ---------------------------------------------------------------- lines of metadata

PART = re.compile(r"[^,;:()\[\]\n]+")


def _of_fields(page: Page) -> Iterator[Draft]:
    """Yield the whole value of a line on the source, without its final stop."""
    for field in page.letter.fields:
        if field.kind == "source":
            yield from _of_field(
                page, field, value_of(page.source, field, words_of_titles(page.letter.language))
            )


def _of_field(page: Page, field: Field, span: Span) -> Iterator[Draft]:
    inside = [title for title in page.titles if title.span in span]
    located = tuple(scope for scope in page.scopes if scope.span in span)
    days = [day for day in page.dates if day.span in span]
    if not inside:
        return
    host = next((title for title in inside if title.values["level"] == "j"), inside[0])
    article = next(
        (title for title in inside if title is not host and title.values["level"] == "a"), None
    )
    people = authors_of_field(page.source, field, page.letter, page.names)
    author = next((who.span for who in people if who.values["role"] == "author"), None)
    printers = _printers(page, span, [*inside, *days, *people], located)
    yield Draft(
        span, host, article, located, days[-1] if days else None, author,
        imprint=printers, people=people, rule="field", certainty=SURE,
    )  # fmt: skip


def _printers(
    page: Page, span: Span, claimed: Sequence[Annotation], located: Sequence[Scope]
) -> tuple[tuple[str, Span], ...]:
    """Return publishers and their places among the parts of a value that nothing else claims."""
    taken = [*(annotation.span for annotation in claimed), *(scope.span for scope in located)]
    found: list[tuple[str, Span]] = []
    for match in PART.finditer(page.source.folded, span.start, span.end):
        text = re.sub(r"\s+\d{4}$", "", match.group()).strip()
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        part = Span(start, start + len(text))
        if not text or any(part.overlaps(other) for other in taken):
            continue
        if text.split()[-1].lower().rstrip(".") in page.words.publisher and text[0].isupper():
            found.append(("publisher", part))
        elif page.names.known(text, *PLACES):
            found.append(("pubPlace", part))
    return tuple(found)


# ---------------------------------------------------------------- claims


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts that overlap no longer one, in the order of the text."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (-len(draft.span), draft.span.start)):
        if not any(draft.span.overlaps(other.span) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.span)


def _annotations(page: Page, draft: Draft) -> Iterator[Annotation]:
    """Yield the reference and what it is made of."""
    rule = f"references.{draft.rule}"
    kind = "reference" if draft.located else "work"
    yield Annotation(draft.span, kind, rule, _values(page, draft), None, draft.certainty)
    for found in (draft.article, draft.host, draft.date):
        if found:
            yield found
    printed = _is_printed(draft)
    for scope in draft.scopes:
        kind, values = (
            kind_of_range(scope.unit, printed=printed),
            {"unit": scope.unit, "n": scope.n},
        )
        yield Annotation(scope.span, kind, rule, values, None, 0.97)
    yield from draft.people
    if draft.author and not draft.people:
        yield Annotation(draft.author, "author", rule, {"role": "author"}, None, draft.certainty)
    for kind, span in draft.imprint:
        yield Annotation(span, kind, rule, {}, None, LIKELY)


def _is_printed(draft: Draft) -> bool:
    """Return whether the pages of a reference are where a work is printed: an article, a source."""
    return draft.rule == "field" or draft.article is not None or bool(draft.genre)


def _values(page: Page, draft: Draft) -> dict[str, str]:
    source, values = page.source, dict[str, str]()
    work = draft.article or draft.host
    if draft.host and (draft.article or draft.host.values["level"] == "j"):
        kind = "journal" if draft.host.values["level"] == "j" else "book"
        values[kind] = fold(source[draft.host.span])
    if work and (work is draft.article or "journal" not in values):
        values |= {"title": fold(source[work.span]), "level": work.values["level"]}
    for scope in draft.scopes:
        values.setdefault(key_of_unit(scope.unit), scope.n)
        if scope.unit == "page" and is_extent(scope.n) and _is_printed(draft):
            values.setdefault("extent", scope.n)
    if draft.date:
        values["date"] = _date(source, draft.date)
    if draft.genre:
        values["genre"] = draft.genre
    if draft.author:
        values["author"] = fold(source[draft.author])
    elif draft.owner == "letter":
        values["author"] = "#letter"
    told = {name: getattr(draft, name) for name in ("owner", "points", "noun", "cue")}
    return values | {name: value for name, value in told.items() if value}


def _date(source: Source, found: Annotation) -> str:
    """Return a date in figures ("2011-06/2011-09" for a span of time), or else its words."""
    values = found.values
    if "when" in values:
        return values["when"]
    ends = [
        values.get("from") or values.get("notBefore"),
        values.get("to") or values.get("notAfter"),
    ]
    return "/".join(end or ".." for end in ends) if any(ends) else fold(source[found.span])
