"""Citations as scholars write them: what is one, how far it reaches and what it is made of."""

from __future__ import annotations

from time import perf_counter

import pytest

from epistola.gazetteer import Names
from epistola.mentions.works.citations import citations
from epistola.model import Annotation, Field, Letter, Source, Span
from marks import claims, in_order, marked

NAMES = Names(
    {
        "settlement": {"Leeds": "", "Bonn": "", "Ghent": ""},
        "forename": {"Anna": "", "Paul": ""},
        "surname": {"Bly": "", "Poe": "", "Black": ""},
        "word": {"History": "", "Black": "", "Between": ""},
    }
)
KINDS = frozenset("reference author editor title date publisher pubPlace scope".split())

PROSE = """
In 1848 Paul Bly, the printer, went to Leeds (1850).
I read A. Bly, whose Owls I like, in May 1871.
We met Poe (1861), page 4 in hand.
Anna Bly 1901, my aunt
Owl Lane, Tuesday morning (August, 1814)
Leeds, 4 May 1871, and 12 owls
A. Bly, The Owls of Leeds.
In the Owls Act 1981 (Kent) I find nothing.
Black, p. 12
"""
"""No citation in running prose."""

NOTES = """
1 Between 1851 and 1861 there were 12 owls.
2 Leeds, 1889, was cold.
3 History, p. 4, says so.
4 Tuesday, May 4, 1871
5 The owls of Bly (a town), 12 in all, were sold in 1871; see below.
6 Paul Poe (1801-1871) was a poet.
7 By the Owls (Protection) Act 1981 (Kent) they are safe.
"""
"""No citation in a note either."""

CITED = """
1 [reference [author A. Bly], ‘[title level=a Owls and Men]’ in [title level=m Birds], ed. [editor G. Poe] ([date 1991]) [scope 77]].
2 [reference [author T. Bly] and [author C. Dale], ‘[title level=a “Mere Owls”: A Study]’ ([date 1979]) [scope 27] [title level=j Owl Notes] [scope 183]].
3 [reference [author M. Bly] and [author M. Poe], [title level=m A Bird’s House: Owls at Home] (2nd ed., [date 1993])].
4 See [reference [author A.B. Poe], [title level=m Owls] ([pubPlace Leeds], [date 1980]) [scope 4], [scope 220]].
5 [reference [author Poe], op. cit., n. 7, [scope pp. 80–1]].
6 [reference [author Poe], id., [scope p. 79]]. [reference [author W. Bly], [title level=m Birds] ([date 1979]) [scope 442]].
7 [reference [editor F. Bly] (ed.), [title level=m Owls at Night] ([date 1987]) [scope 196]].
8 [reference [author A. Bly], ‘[title level=a Why Owls?]’ in id., [scope p. 97]].
9 [reference id., [scope p. 3]].
10 [reference [author A. Bly], “[title level=a On Owls],” [title level=j Owl Review] [scope 12], [scope no. 3] ([date 1990]): [scope 45–67]].
11 [reference [author A. Bly], [title level=a On Owls], [scope 105] [title level=j Owl L.J.] [scope 2117] ([date 1996])].
12 [reference [title level=m Dove v. Hawk] ([date 1991]) [scope 25] [title level=j Owl L.R.] [scope 32] ([pubPlace C.A.])].
13 See [reference [author M. Bly], [title level=m Owls, 1780–1860] ([date 1977]) [scope ix]].
14 For example, [reference [title level=m Owls (Protection) Act] [date 1981] ([pubPlace Kent])].
15 [reference [author A. Bly], [title level=m Owls] ([publisher Owl Press], [pubPlace Leeds], [date 1976]) [scope 12]].
16 [reference [author A. Bly], [title level=m Owls], [pubPlace Leeds], [date 1976], [scope pp. 3–9]].
17 [reference [author A. Bly], [title level=m Owls], [scope Volume 2] ([pubPlace Leeds], [date 1976]), [scope p. 3]].
18 [reference [author Bly], [title level=m Owls at Home], [scope p. 52]].
19 [reference [author Black], op. cit.] and [reference [author Dale], op. cit., n. 4].
20 [reference [author Bly] [date 1990], [scope p. 5]].
"""

GERMAN = """
1 [reference [author Bly] [date 1964], [scope insbesondere S. 65-83]].
2 Vgl. [reference [author Bly]/[author Poe], [date 1972]].
3 [reference [author Bly], [title level=a Eulen in Not], in: [editor Poe]/[editor Ott] (Hrsg.), [title level=m Vögel], [pubPlace Bonn] [date 1978], [scope S. 66 ff.]].
4 [reference [author Bly], [title level=a Von den Eulen], [title level=j Eulenblatt] [scope 12] ([date 1976]), [scope S. 5-9]].
5 [reference [author Bly], [title level=a Von den Eulen], [title level=j Eulenblatt] [scope 12] ([date 1976]) [scope 13] ([scope 15 ff.])]; [reference [author Ott], [title level=m Nachtvögel] ([pubPlace Bonn] [date 1972]) [scope 9 ff.]]
6 [reference [author Bly] (oben N. 5) [scope 80]].
7 [reference [author Bly] (vorige N.) a.a.O.]
8 [reference Ebenda, [scope S. 138-186]].
9 [reference [author Bly]/[author Poe] [scope I] [scope 12 ff.]]
10 [reference [author Ott] [scope 2 f.]]; [reference [author Poe], [title level=a Eulen], in: [editor Bly]/[editor Ott] [scope 171 ff]]
11 [reference ders., [title level=m Nachtvögel] ([pubPlace Bonn] [date 1972])]
12 [reference [author Bly], [title level=m Vögel] [scope III] (Hrsg. [editor Ott], [date 1967]) [scope 1] ([scope 3])]
13 Siehe [reference [author Bly], [title level=m Vögel] (2. Aufl., [pubPlace Bonn] [date 1967])]
"""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row]


def found(text: str, language: str = "en", fields: tuple[Field, ...] = ()) -> list[Annotation]:
    letter = Letter(language=language, fields=fields)
    return in_order(citations(Source("t", text), letter, NAMES))


def shown(source: Source, annotations: list[Annotation]) -> list[tuple[str, str, str]]:
    """What a row compares: kind, text, and the level of a title."""
    return [
        (kind, text, values.get("level", "") if kind == "title" else "")
        for kind, text, values in claims(source, annotations)
        if kind in KINDS
    ]


@pytest.mark.parametrize("text", [*rows(PROSE), *rows(NOTES)])
def test_what_is_no_citation(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("row", "language"), [*((r, "en") for r in rows(CITED)), *((r, "de") for r in rows(GERMAN))]
)
def test_notes_cite(row: str, language: str) -> None:
    source, expected = marked(row)
    levels = [(a.kind, source[a.span], a.values.get("level", "")) for a in expected]
    assert shown(source, found(source.text, language)) == levels


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("text", ["", "\n", "1", "(1", "1 (", "[1] (1991) 2", "1 A.", "1 Bly, ‘"])
def test_stumps_of_notes_hold_nothing(text: str, language: str) -> None:
    assert found(text, language) == []


LISTED = """
[reference [author Bly, A.], [title level=m Owls]. [pubPlace Leeds]: [publisher Owl Press], [date 1990]].
[reference [author Bly, A.] ([date 1990]). [title level=a On owls]. [title level=j Owl Review], [scope 12]([scope 3]), [scope 45–67]].
[reference [author Bly, Anna]. [title level=m Owls at Home]. [pubPlace Leeds]: [publisher Owl Press], [date 1990]].
"""


@pytest.mark.parametrize("row", rows(LISTED))
def test_lists_cite_with_the_forename_last(row: str) -> None:
    source, expected = marked("Bibliography\n\n" + row)
    levels = [(a.kind, source[a.span], a.values.get("level", "")) for a in expected]
    assert shown(source, found(source.text)) == levels


PROVEN = "as he says (A. Bly, Owls at Home (Leeds, 1980) 12), and so on"


def test_prose_cites_where_it_proves_it() -> None:
    texts = [text for kind, text, _ in shown(Source("t", PROVEN), found(PROVEN)) if kind == "title"]
    assert texts == ["Owls at Home"]


def test_an_author_is_a_person_too() -> None:
    people = [a for a in found("1 A. Bly, Owls (1980) 4.") if a.kind == "person"]
    assert [a.span for a in people] == [Span(2, 8)]


def test_a_line_of_metadata_is_read_elsewhere() -> None:
    line = "1. A. Bly, Owls (1980) 4."
    whole = Span(0, len(line))
    assert found(line) != []
    assert found(line, fields=(Field("source", whole, whole),)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 Bly, op. cit., n. 7, pp. 80-1", {"author": "bly", "cue": "op. cit", "note": "7", "page": "80-1"}),
        ("1 A. Bly, Owls (1980) 4", {"title": "owls", "level": "m", "author": "a. bly", "date": "1980", "page": "4"}),
        ("1 A. Bly, ‘Owls’ (1980) 4 Owl Notes 12", {"journal": "owl notes", "volume": "4", "title": "owls"}),
    ],
)  # fmt: skip
def test_values_tell_a_resolver(text: str, values: dict[str, str]) -> None:
    told = {k: v.lower() for k, v in found(text)[0].values.items()}
    assert values.items() <= told.items()


@pytest.mark.parametrize(
    "piece",
    ["A. Bly, ", "‘Owls, ", "(1991) 2 Owl ", "Bly/", "Bly (1990). Owl, ", "Owls Act of the "],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """A hostile paragraph, of openings that lead nowhere, is read as fast as it is long."""
    times = []
    for count in (400, 3200):
        start = perf_counter()
        found("1 " + piece * count)
        times.append(perf_counter() - start)
    assert times[1] < max(1, 40 * times[0])
