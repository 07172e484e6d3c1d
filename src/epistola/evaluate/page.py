"""Show an evaluation as one HTML page: numbers, a picture of the certainty, what goes wrong.

The page is complete in itself, needs no script and no network, and is the same for the same
numbers. All words of letters are put into a tree, never into a string of markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from lxml import etree

from epistola.evaluate.confusions import SORTS, Confusion, Instance, Piece, matrix
from epistola.evaluate.picture import reliability
from epistola.evaluate.scores import Scores
from epistola.evaluate.tables import (
    CALLED,
    Table,
    bands_table,
    bins_table,
    links_table,
    share,
    whole_names_table,
)
from epistola.shown.markup import H

HERE = files("epistola.evaluate")
FORMS = 40
"""How many forms of one sort are shown, the most frequent ones."""
PLACES = 3
"""How many places of one form are shown at once; more can be opened, so many in all."""
MOST_PLACES = 20

Node = str | etree._Element | Mapping[str, str]  # noqa: SLF001 - lxml has no public name for it


SORTED: Mapping[str, tuple[str, str]] = {
    "missed": ("Missed", "The gold edition tags them, Epistola does not."),
    "wrong": ("Wrong", "Epistola tags them, the gold edition does not."),
    "span": ("Other words", "Both tag a name here, but not the same words."),
    "kind": ("Another kind", "Epistola takes them for something else."),
}
"""What each sort of confusion is called, and what it means."""


def page(
    name: str, scores: Scores, found: Sequence[Confusion], compared: Table | None = None
) -> bytes:
    """Return the page on the evaluation of the gold edition ``name``."""
    html = H.html(
        {"lang": "en"},
        H.head(
            H.meta({"charset": "utf-8"}),
            H.meta({"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            H.title(f"{name}: what Epistola finds"),
            H.style(HERE.joinpath("page.css").read_text("utf-8")),
        ),
        H.body(
            _header(name, scores, found),
            H.main(
                *_numbers(scores, compared),
                *_certainty(scores),
                *_faults(found, scores.measure.kinds),
            ),
        ),
    )
    return etree.tostring(html, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>") + b"\n"


def _header(name: str, scores: Scores, found: Sequence[Confusion]) -> etree._Element:
    kinds = [kind for kind in scores.measure.kinds if any(one.kind == kind for one in found)]
    links = [("#names", "Numbers"), ("#certainty", "Certainty")]
    links += [(f"#{kind}", CALLED[kind].capitalize()) for kind in kinds]
    numbers = scores.of_kinds()
    gold = sum(one.gold for one in numbers.values())
    first = "; the first mention of each name counts" if scores.measure.first_mention else ""
    count = len(scores.letters)
    return H.header(
        H.h1("What Epistola finds in ", H.em(name)),
        H.p(f"{count:,} letter{'s' * (count != 1)}, {gold:,} tagged names and dates{first}."),
        H.nav({"aria-label": "Sections"}, H.ul(*(H.li(H.a({"href": h}, t)) for h, t in links))),
    )


# ---- numbers


def _numbers(scores: Scores, compared: Table | None) -> Iterator[etree._Element]:
    yield H.h2({"id": "names"}, "Numbers")
    yield H.p(
        H.b("Exact"),
        " is right to the character; ",
        H.b("core"),
        " leaves titles of address aside (“Mr”, “Lady”); ",
        H.b("overlap"),
        " asks for one character in common. P is the share of what was made that is right, R"
        " the share of the gold that was found, F their harmonic mean.",
    )
    yield _wide(_table(whole_names_table(scores), measured=True))
    right, both = scores.levels
    if both:
        yield H.p(f"The level is right in {right} of {both} titles that both sides give one.")
    if scores.links.linked:
        yield _wide(_table(links_table(scores), measured=True))
    if compared:
        yield _wide(_table(compared))


def _certainty(scores: Scores) -> Iterator[etree._Element]:
    calibration = scores.calibration
    if calibration is None:
        return
    yield H.h2({"id": "certainty"}, "Certainty")
    yield H.p(
        "Of the tags without ",
        H.code("@cert"),
        " 95 in 100 should be right, of those with ",
        H.code("medium"),
        " 75. In the picture each disc is a tenth of the scale of certainty, its area the number"
        " of tags; on the line, certainty and truth agree. The mean distance from it is ",
        H.b(share(calibration.error)),
        ".",
    )
    yield H.div(
        {"class": "beside"},
        H.figure(reliability(calibration.bins)),
        H.div(_wide(_table(bands_table(calibration))), _details_of_bins(bins_table(calibration))),
    )


def _details_of_bins(table: Table) -> etree._Element:
    return H.details(H.summary("The picture in numbers"), _wide(_table(table)))


def _wide(table: etree._Element) -> etree._Element:
    """Return ``table`` in a frame that scrolls where the screen is narrow."""
    return H.div({"class": "wide", "tabindex": "0"}, table)


def _table(table: Table, *, measured: bool = False) -> etree._Element:
    """Return an HTML table; ``measured`` gives each F a bar as long as it is."""
    marked = [at for at, name in enumerate(table.head) if measured and name == "F"]
    head = [H.th({"scope": "col"}, cell) for cell in table.head]
    rows = [
        H.tr(
            H.th({"scope": "row"}, row[0]),
            *(_cell(cell, bar=at in marked) for at, cell in enumerate(row[1:], 1)),
        )
        for row in table.rows
    ]
    return H.table(H.caption(table.title), H.thead(H.tr(*head)), H.tbody(*rows))


def _cell(words: str, *, bar: bool) -> etree._Element:
    if not bar or not words.strip("–"):
        return H.td(words)
    return H.td({"class": "bar", "style": f"--share: {float(words):.3f}"}, words)


# ---- what goes wrong


def _faults(found: Sequence[Confusion], kinds: Sequence[str]) -> Iterator[etree._Element]:
    if not found:
        return
    yield H.h2({"id": "faults"}, "What goes wrong")
    yield H.p(
        {"class": "legend"},
        "In the lines below, ",
        _marked(Piece("this the gold edition tags", gold=True)),
        ", ",
        _marked(Piece("this Epistola tags", made=True)),
        ", ",
        _marked(Piece("this both", gold=True, made=True)),
        ". Below each stand the letter, and the rule and the certainty of what was made.",
    )
    yield from _matrix(found, kinds)
    for kind in kinds:
        of_kind = [one for one in found if one.kind == kind]
        if of_kind:
            yield H.section(*_faults_of(kind, of_kind))


def _matrix(found: Sequence[Confusion], kinds: Sequence[str]) -> Iterator[etree._Element]:
    counts = matrix(found)
    if not counts:
        return
    rows = tuple(
        (CALLED[gold], *(str(counts.get((gold, made), "")) for made in kinds))
        for gold in kinds
        if any((gold, made) in counts for made in kinds)
    )
    head = ("", *(f"as {CALLED[kind]}" for kind in kinds))
    yield _wide(_table(Table("Names of one kind tagged as another", head, rows)))


def _faults_of(kind: str, found: Sequence[Confusion]) -> Iterator[etree._Element]:
    yield H.h3({"id": kind}, CALLED[kind].capitalize())
    for sort in SORTS:
        of_sort = [one for one in found if one.sort == sort]
        if of_sort:
            yield _sort(sort, of_sort)


def _sort(sort: str, found: Sequence[Confusion]) -> etree._Element:
    name, meaning = SORTED[sort]
    count = sum(len(one.instances) for one in found)
    left = found[FORMS:]
    places = sum(len(one.instances) for one in left)
    rest = (
        [H.p({"class": "rest"}, f"{len(left):,} rarer forms, {places:,} places.")] if left else []
    )
    return H.details(
        {"class": "sort"},
        H.summary(H.b(name), " ", H.span({"class": "count"}, f"{count:,}"), " ", H.i(meaning)),
        H.ol(*(_form(one) for one in found[:FORMS])),
        *rest,
    )


def _form(one: Confusion) -> etree._Element:
    shown, hidden = one.instances[:PLACES], one.instances[PLACES:MOST_PLACES]
    left = len(one.instances) - PLACES
    more = f"{left} more" if left == len(hidden) else f"{len(hidden)} of {left} more"
    rest = [H.details(H.summary(more), _places(hidden))] if hidden else []
    return H.li(
        H.p(
            {"class": "form"},
            H.span({"class": "count"}, f"{len(one.instances)}×"),
            " ",
            *_title(one),
        ),
        _places(shown),
        *rest,
    )


def _title(one: Confusion) -> Iterator[Node]:
    """Yield the form, and what became of it."""
    yield H.b(one.gold or one.made)
    if one.sort == "span" or (one.sort == "kind" and one.gold != one.made):
        yield " → "
        yield H.b(one.made)
    if one.sort == "kind":
        yield f" as {one.made_kind}"


def _places(instances: Iterable[Instance]) -> etree._Element:
    return H.ul({"class": "places"}, *map(_place, instances))


def _place(instance: Instance) -> etree._Element:
    said = [instance.letter, instance.rule]
    if instance.certainty is not None:
        said.append(f"{instance.certainty:.2f}")
    return H.li(
        H.span({"class": "context"}, *map(_marked, instance.context)),
        " ",
        H.small(" · ".join(filter(None, said))),
    )


def _marked(piece: Piece) -> Node:
    """Return ``piece`` as the page shows it: the gold's underlined, the made one on a ground."""
    if not piece.gold and not piece.made:
        return piece.text
    classes = [name for name, is_so in (("gold", piece.gold), ("made", piece.made)) if is_so]
    said = " and ".join({"gold": "the gold edition", "made": "Epistola"}[name] for name in classes)
    return H.mark({"class": " ".join(classes), "title": f"tagged by {said}"}, piece.text)
