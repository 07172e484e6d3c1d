"""Titles of works: what is one, how far it reaches, and of what level."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from epistola.gazetteer import Names
from epistola.mentions.works.quotes import quotations
from epistola.mentions.works.titles import titles
from epistola.model import Annotation, Fact, Field, Letter, Source, Span
from marks import claims, marked

NAMES = Names(
    {
        "newspaper": {"Times": "", "Morning Post": "", "Le Temps": ""},
        "periodical": {
            "Nation": "",
            "Edinburgh Review": "",
            "Nature": "",
            "Quarterly": "",
            "The World": "",
        }
        | {"Fenwick": "Fenwick's Magazine", "Fenwick's Magazine": ""},
        "work": {"Northanger Abbey": "", "Hamlet": "", "Middlemarch": "", "The Abbot": ""}
        | {"Kenilworth": "", "Emma": "", "Marmion": "", "Pride and Prejudice": "", "Utopia": ""},
        "company": {"Fenwick": ""},
        "forename": {"Emma": "", "Anna": ""},
        "surname": {"Brunton": ""},
        "person": {"Hamlet": "", "Peter Bell": ""},
        "settlement": {"New York": "", "Paris": "", "Kenilworth": ""},
        "party": {"Labour Party": ""},
        "word": {"times": "", "nation": "", "nature": "", "abbot": ""},
    }
)

# No titles: speech, words in doubt, names of ships, inns and people, emphasis, headings.
NOT_TITLES = r"""
She said, “Good Morning,” and went.
“Yes,” he cried, “Never Again!”
They call him “Old Tom”.
He was called “The Great”.
the so-called “Great Reform” of last year
the ‘Unknown God’ of the Greeks
a mere “word” in doubt
We sailed on the “Great Eastern” at noon.
the steamer _City of Paris_ came in
I dined at the inn “Golden Lion” with him.
’Tis the boys’ own room and the girls’ too.
It's John's house and James' too.
I _never_ said so, _Never_!
He is in _New York_ now.
In New York I wrote to her.
In Hyde Park I saw the crowd.
In Great Pain I remained.
the times are hard and nature is kind
The Nation mourns.
Nature is kind.
I saw Hamlet in the street.
_To Mr. John Brown._

_London, October 4th._
We live at No. 5 Baker Street.
I sent for page 5 of it.
I have read Homer, and I read Mr. Brown.
I have read Ann Poe's.
He keeps a magazine.
I saw Emma at Kenilworth, and I like Emma.
My Emma is well; Miss Emma Brunton too.
the Abbot blessed us, and I saw the Abbot
I have read the Report and the Bill.
We read the Resolution to Congress.
Such was the tragedy of Paris, and the opera of Brunton.
The tragedy of Socialism, the drama of Labour and Capital.
the Struggle of the Working Class against the State
The History of it is long.
the Department of History of Oats
We put our trust in Fenwick, they say. Fenwick and Company sold it.
the Quarterly Reviewers
He is a Hamlet.
The peace of the World is the hope of the world.
Hamlet Hill came by.
They dream of utopia, and Utopia is far.
We play The Game on Monday.
It was a comedy, Brunton said.
"""

TITLES = r"""
my ‘[title level=a Bread, Wine and Oats]’ in the paper
I read “[title level=m The Vicar of Bray]” at noon.
I have read _[title level=m Wild Oats]_ with joy.
your article “[title level=a A look at the facts]” pleased me
my poem, “[title level=a Autumn],” is done
a book called “[title level=m Wild Oats]”
a magazine called “[title level=j The Lamp]”
his novel _[title level=m Wild Oats]_
in the May “[title level=j Lamp]” and the June “[title level=j Lantern]”
Anna’s “[title level=a Dawn]” is good
an article in the “[title level=j Poetry Review],” they say
I read “[title level=m Wild Oats],” “[title level=m Tame Hay]” and “[title level=m Chaff]”.
the editor of "[title level=j The Daily Lamp]"
my ‘[title level=a The Workers’ Republic]’ and yours
my ‘[title level=a Northanger Abbey]’ in the paper
I found it in the “[title level=m Northanger Abbey]” at last.
„Ich las“ he said of my „[title level=a Faust]“
I wrote to the [title level=j Times] and the [title level=j Morning Post].
the [title level=j Edinburgh Review] was dull
I wrote to the [title level=j Nation].
([title level=j The Times], 3 May 1871)
I have read [title level=m Middlemarch].
[title level=m Northanger Abbey] is long.
In [title level=m Reluctant Pilgrim] I stressed the road.
(In [title level=m The Book of Oats] we showed the way.)
in [title level=j Wild Oats Monthly], vol. 3
notice in No. 1 of the [title level=j Lantern] today
(The Daily Lamp, now)
([title level=j The Daily Lamp], 3 May 1871)
my ‘[title level=a Wild Oats]’. I like [title level=a Wild Oats].
Have you read the [title level=m Lord of Oats]? I have just finished [title level=m Tame Hay].
the author of [title level=m Self Command] is here
I am reading [title level=m Emma] now.
She acts like the girl in [title level=m Emma], I think.
[title level=m Marmion] is fine, and so is [title level=m Pride & Prejudice].
Brunton's [title level=m Marmion] and my poor [title level=m Marmion]
I finished [title level=m Kenilworth] today. Is [title level=m Kenilworth] long?
Have you read the [title level=m Abbot]? Is the [title level=m Abbot] out?
I read [title level=m Middlemarch] and [title level=m Kenilworth] in May.
a novel called [title level=m Glenharrow], and a poem called [title level=a Advice to Anna]
her new novel of [title level=m Emma]
[title level=m Selmore]--a tragedy in five acts
the [title level=m Memoirs of a Country Parson] and the [title level=m Life of the Rev. J. Oats]
Have you seen Brunton's [title level=m Travels in the Isle of Man]?
They print [title level=m Hume's Essays] again.
in the last [title level=j Quarterly], and a notice in [title level=j Fenwick] too
the “[title level=j Lantern Post]” has your “[title level=a Wind, Snow and Rain]”
It came in the “[title level=j Lantern Review].” In fact it was late.
We took in [title level=j Colby's Magazine].
I like “[title level=m Emma]”. Then [title level=m Emma] came out.
your poems “[title level=a Dawn],” “[title level=a Noon]” and “[title level=a Night],” as they stand
my book of short poems, “[title level=m Dawn]”
We sent three poems to “[title level=j The Lantern]” in May.
It is in the “[title level=j Paris Lantern]” of May.
the [title level=j Lady's Magazine] and the editor of the [title level=j Irish News]
"""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row]


def found(source: Source, letter: Letter | None = None) -> list[Annotation]:
    return list(titles(source, letter or Letter(), NAMES))


def texts(source: Source, letter: Letter) -> list[tuple[str, str]]:
    return [(source[title.span], title.values["level"]) for title in found(source, letter)]


def line(text: str, kind: str = "source", label: str = "Source: ") -> tuple[Source, Letter]:
    """A page of one line of metadata."""
    whole = label + text
    field = Field(kind, Span(0, len(whole)), Span(len(label), len(whole)), Span(0, len(label) - 2))
    return Source("page", whole), Letter(author=Fact("Ada Byron"), fields=(field,))


@pytest.mark.parametrize("row", rows(NOT_TITLES))
def test_is_no_title(row: str) -> None:
    assert claims(Source("row", row), found(Source("row", row))) == []


@pytest.mark.parametrize("row", rows(TITLES))
def test_title(row: str) -> None:
    source, expected = marked(row)
    assert claims(source, found(source)) == claims(source, expected)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Letter: Bread and Wine", "Bread and Wine"),
        ("Review: Bread", "Bread"),
        ("Bread: A History", "Bread: A History"),
        ("On Bread", "On Bread"),
    ],
)
def test_the_title_of_a_page_is_what_follows_its_genre(heading: str, title: str) -> None:
    source = Source("page", f"Ada Byron\n\n{heading}\n\nDear Sir,")
    start = len("Ada Byron\n\n")
    letter = Letter(title=Fact(heading, Span(start, start + len(heading))))
    assert texts(source, letter) == [(title, "a")]


@pytest.mark.parametrize("heading", ["To Mrs. Grote", "LETTER XX", "XXI. To his Sister"])
def test_the_heading_of_a_letter_is_no_title(heading: str) -> None:
    letter = Letter(title=Fact(heading, Span(0, len(heading))))
    assert texts(Source("page", heading), letter) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Wild Oats, Volume 13, no 4, Summer 2011.", [("Wild Oats", "j")]),
        ("The Lamp, Apr. 25, 1904", [("The Lamp", "j")]),
        ("le Flambeau, July 23, 1887;", [("le Flambeau", "j")]),
        ("Ada Byron, Selected Works, Volume 2 (Owl Press, Leeds, 1976)", [("Selected Works", "m")]),
        ("Ada Byron: Letters Home, Owl Press, 1984.", [("Letters Home", "m")]),
        ("Ann Poe & Bo Lee (eds.), Ada Byron: Letters Home, Leeds 1974", [("Letters Home", "m")]),
        ("Works of A.N. Byron, Volume II.", [("Works of A.N. Byron", "m")]),
        (
            "“Bread 1874-1896,” Wild Oats, Sept 1897, pp. 4-5",
            [("Bread 1874-1896", "a"), ("Wild Oats", "j")],
        ),
        ("Speech at the Congress of Bakers, Gotha, October 16th, 1896.", []),
    ],
)
def test_a_line_on_the_source_opens_with_a_work(
    value: str, expected: list[tuple[str, str]]
) -> None:
    assert texts(*line(value)) == expected


def test_publishers_and_providers_are_no_titles() -> None:
    for label in ("Publisher: ", "Provided by: "):
        assert texts(*line("Wild Oats", label=label)) == []


def test_what_a_line_on_copyright_names_holds_rights_and_is_no_title() -> None:
    source, letter = line("Wild Oats & Ada Byron", "rights", "Copyright: ")
    more = Source("page", f"{source.text}\n\nI wrote in Wild Oats, vol. 3.")
    assert texts(more, letter) == [("Wild Oats", "j")]


def test_a_journal_has_one_level_in_all_of_a_letter() -> None:
    source = Source("letter", "I read “Lamp Post” in bed. It is in Lamp Post, vol. 3, no 2.")
    assert texts(source, Letter()) == [("Lamp Post", "j"), ("Lamp Post", "j")]


def test_who_marks_titles_marks_them_where_nothing_else_shows_it() -> None:
    said = "my “Dawn”, your “Dusk” and her “Noon”"
    source = Source("letter", f"“Night” is long. I like {said}. I think of “Night” and “Sir”.")
    marked_here = [source[title.span] for title in found(source)]
    assert marked_here == ["Dawn", "Dusk", "Noon", "Night"]
    source = Source("letter", "I think of “Night” and “Sir”.")
    assert found(source) == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("‘Bread’ and ‘Wine’", ["Bread", "Wine"]),
        ("‘The Bakers’ Bread’ rises", ["The Bakers’ Bread"]),
        ("don't 'eat this' now", ["eat this"]),
        ('"Bread," she said. "Wine," he', ["Bread,", "Wine,"]),
        ("»Brot« «Pain» „Brot“ „Brot”", ["Brot", "Pain", "Brot", "Brot"]),
        ("“the ‘inner’ word”", ["the ‘inner’ word", "inner"]),
        ("_so_ is snake_case_here", ["so"]),
        ("“open\n\nand shut”", []),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    source = Source("text", text)
    assert [source[quotation.inner] for quotation in quotations(source)] == inner


PIECES = [
    '"',
    "“",
    "”",
    " ",
    "The",
    "Owls",
    "Nation",
    "New York",
    "I read",
    "in the",
    "my article",
    ",",
    ".",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@example('I read “Bread and Wine”, “Owls at Home”, “The Last Wren”; in the “New York "Globe".”')
@example('I read “Bread and Wine”, “Owls at Home”, “The Last Wren”; in the “New York "Globe.”')
def test_no_title_has_a_stray_mark(text: str) -> None:
    source = Source("t", text)
    made = [source.folded[a.span.start : a.span.end] for a in found(source)]
    assert [title for title in made if title.count('"') % 2] == []
    assert ('New York "Globe"' in made) is ('"Globe"' in source.folded and "Last Wren" in text)
