"""Scripture, the classics, statutes and codes: what is none first, then what each is read as.

A line of a table is a text with its references in marks; ``n`` of a scope says its figures.
"""

from __future__ import annotations

import pytest

from epistola import gazetteer
from epistola.gazetteer import Names
from epistola.language import codes, load
from epistola.mentions import recognise
from epistola.mentions.settle import KINDS, settle
from epistola.mentions.works.canon import canonical
from epistola.mentions.works.canon.bible import books_of
from epistola.mentions.works.canon.classics import works
from epistola.mentions.works.canon.readings import figures
from epistola.model import Annotation, Letter, Source
from epistola.registers.register import Register
from epistola.registers.resolve import resolve
from epistola.tree.policy import POLICY

NAMES = Names(
    {"person": {"Horace": ""}, "forename": {"John": "", "Matt": ""}, "surname": {"Hom": ""}}
)

NOTHING = {
    "en": r"""
John 3 times said no.
Mark 2 on the list.
Job 1 was done, and job 2.
Acts 5 of Parliament
Ruth, 16, and her mother
Numbers 4 and 5 are lost.
St. John said 3 things, and I asked Mark i think twice.
King James I, and James II. 1685
Uncle John iii. 5
Samuel i. e. the boy
Daniel v. the Crown
Genesis 51:1 has too many chapters.
Matt. 5:300
Rev. 3 came, and Is. 5, and Ex. 12.
Mar. 3 and Mar. 4, 1868
I rose at 5:30 and John at 6.
the third chapter of Daniel Deronda
the third chapter of Mark's book
the forty-first chapter of Ruth
Virgil, Aeneid, 2 vols
Milton, Paradise Lost, 1667
Hamlet 3 times in May
Macbeth. 5 o'clock
Faust 1808
the Iliad, 3 copies
9 Geo. IV. 1828
George 4 c. 5 and I
the Geo. 4, c. 64
11 Smith c. 64
""",
    "de": r"""
Das kostet Mark 2,50.
Mk 2,50 und Mk. 3,20
Lukas, 15 Jahre alt
Am 3, 4 Uhr oder 5; Am 3. 4. 1912
Ob 3, 4 oder 5 kommen?
Johannes 3 mal
Richter 5 und Könige 7
§ 5 der Ordnung
§ 823 Abs. 1 bleibt.
Faust, 2. Auflage
""",
    "fr": r"""
Jean III, 16 ans
Est 3, 4 ou 5; So 3, 4
l'an 1830, Marc 2 fois
article 5 de la loi
""",
}

READ = {
    "en": r"""
[Matt. [5]:[3]] Matthew chapter=5 verse=3
[Gen. [i]. [1]] Genesis chapter=1 verse=1
[1 Cor. [xiii]. [4-7]] 1 Corinthians chapter=13 verse=4-7
[I Cor. [13]] 1 Corinthians chapter=13
[First Corinthians [13]] 1 Corinthians chapter=13
[St. John [iii]. [16]] John chapter=3 verse=16
[John [3]:[16], [18]; [4]:[2]] John chapter=3 verse=16 verse=18 chapter=4 verse=2
[Psalm [23]] Psalms chapter=23
[Ps. [cxix]. [105]] Psalms chapter=119 verse=105
the [[4th chapter] of Isaiah] Isaiah chapter=4
the [[third chapter] of the Book of Job] Job chapter=3
[[chapter iii] of St. John] John chapter=3
the [[23d] Psalm] Psalms chapter=23
the [[thirty-fifth] Psalm] Psalms chapter=35
[Isaiah, [chap. iv], [v. 2]] Isaiah chapter=4 verse=2
[Joel [iii]] Joel chapter=3
see [Gen. [1-3]] Genesis chapter=1-3
[Jude, [ver. 3]] Jude verse=3
the [Epistle to the Romans, [viii]. [28]] Romans chapter=8 verse=28
[2 Chronicles
[xv]. [1], [2]] 2 Chronicles chapter=15 verse=1 verse=2
[Hor. Sat. [i]. [4]] Satires book=1 number=4
[Horace, Sat. [i]. [4]. [10]] Satires book=1 number=4 line=10
[Virgil, Aen. [ii]. [49]] Aeneid book=2 line=49
[Verg. Aen. [2].[49]] Aeneid book=2 line=49
[Cic. Off. [1].[2].[3]] De Officiis book=1 chapter=2 section=3
[Cicero, de Nat. Deor. [i], [§ 29]] De Natura Deorum book=1 section=29
[Plato, Rep. [514a]] Republic page=514a
[Arist. Pol. [1253a][2]] Politics page=1253a line=2
[Iliad, [xxii]. [100]] Iliad book=22 line=100
[Iliad, [V]. [356]] Iliad book=5 line=356
[Iliad, [II]. [V. 212]] Iliad book=2 line=212
[Homer's Iliad [xxii]] Iliad book=22
[Hdt. [1].[32]] Histories book=1 chapter=32
[Macbeth, [v]. [5]. [17]] Macbeth act=5 scene=5 line=17
[Hamlet [III].[ii].[5]] Hamlet act=3 scene=2 line=5
[Hamlet, [Act I], [Sc. 2]] Hamlet act=1 scene=2
[1 Henry IV, [ii]. [4]] 1 Henry IV act=2 scene=4
[_Paradise Lost_, [iv]. [20]] Paradise Lost book=4 line=20
[Inferno, [canto v], [l. 100]] Inferno canto=5 line=100
[Faust I, [V. 1112]] Faust I line=1112
[11 Geo. 4, [c. 64]] 11 Geo. 4 c. 64 chapter=64
[11 & 12 Vict. [c. 63]] 11 & 12 Vict. c. 63 chapter=63
[9 Geo. IV. [cap. 31], [s. 2]] 9 Geo. 4 c. 31 chapter=31 section=2
[[article 1382] of the Civil Code] French Civil Code article=1382
""",
    "de": r"""
[Mt [5],[3]] Matthäus chapter=5 verse=3
[1. Kor. [13],[4 f.]] 1 Korinther chapter=13 verse=4
[Joh. [3], [16]] Johannes chapter=3 verse=16
[Ps. [23]] Psalmen chapter=23
vgl. [Röm [8],[28-30]] Römer chapter=8 verse=28-30
[1. Mose [1],[1]] Genesis chapter=1 verse=1
das [[4. Kapitel] des Jesaja] Jesaja chapter=4
[[§ 823] [Abs. 1] BGB] Bürgerliches Gesetzbuch section=823 paragraph=1
[[§§ 823], [826] BGB] Bürgerliches Gesetzbuch section=823 section=826
[[Art. 5] [Abs. 1] [S. 2] GG] Grundgesetz article=5 paragraph=1 sentence=2
[Faust I, [V. 1112]] Faust I line=1112
""",
    "fr": r"""
[Matth. [V], [3]] Matthieu chapter=5 verse=3
[1 Co [13], [4-7]] 1 Corinthiens chapter=13 verse=4-7
[[chapitre 4] d'Isaïe] Isaïe chapter=4
[[art. 1382] du Code civil] Code civil article=1382
[Tartuffe, [acte III], [sc. 2]] Le Tartuffe act=3 scene=2
""",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    """The rows of each language; one that goes on in the next line holds its line feed."""
    joined = {code: text.replace("Chronicles\n", "Chronicles\r") for code, text in table.items()}
    return [
        (code, row.replace("\r", "\n"))
        for code, text in joined.items()
        for row in text.split("\n")
        if row
    ]


def expected(row: str) -> tuple[str, str, list[str], str]:
    """The text of a row, its reference, the scopes in it, and what is read of them."""
    opened, spans, text = list[int](), list[tuple[int, int]](), ""
    told = row
    for char in row:
        told = told[1:]
        if char == "[":
            opened.append(len(text))
        elif char == "]":
            spans.append((opened.pop(), len(text)))
            if not opened:
                break
        else:
            text += char
    *inner, whole = spans
    return text, text[slice(*whole)], [text[slice(*span)] for span in inner], told.strip()


def read(text: str, code: str) -> list[Annotation]:
    return list(canonical(Source("text", text), Letter(code), NAMES))


@pytest.mark.parametrize(("code", "row"), rows(NOTHING))
def test_is_no_reference(code: str, row: str) -> None:
    assert read(row, code) == []


@pytest.mark.parametrize(("code", "row"), rows(READ))
@pytest.mark.parametrize("after", ["", ", and", ". It", ") is"])
def test_reference(code: str, row: str, after: str) -> None:
    text, whole, inner, told = expected(row)
    found = read(text + after, code)
    source = Source("", text + after)
    (reference,) = (a for a in found if a.kind == "reference")
    scopes = [a for a in found if a.kind == "citedRange"]
    said = [reference.values["title"], *(f"{a.values['unit']}={a.values['n']}" for a in scopes)]
    assert source[reference.span] == whole
    assert [source[a.span] for a in scopes] == inner
    assert " ".join(said) == told


def standing(text: str, code: str = "en") -> list[tuple[str, str]]:
    source, letter = Source("", text), Letter(code)
    found = settle(source, recognise(source, letter, gazetteer.load()))
    return [(a.kind, source[a.span]) for a in found if a.kind in {"person", "place", "org", "date"}]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I read Matt. 5:3 to him", []),
        ("I read St. John iii. 16 and 1 Tim. ii. 5 to him", []),
        ("the act 11 Geo. 4, c. 64 is bad", []),
        ("I read Horace, Sat. i. 4 to him", [("person", "Horace")]),
        ("I read Hor. Sat. i. 4 to him", []),
        ("I saw St. John at home", [("person", "St. John")]),
    ],
)
def test_a_book_is_no_person_and_a_reign_no_date(text: str, names: list[tuple[str, str]]) -> None:
    assert standing(text) == names


def works_named(text: str, code: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    source, letter, names = Source("", text), Letter(code), gazetteer.load()
    found = settle(source, recognise(source, letter, names))
    entries = resolve(source, letter, found, Register(), names).entries
    return [(entry.id, entry.names) for entry in entries if entry.kind == "work"]


def test_all_forms_of_a_book_have_one_entry() -> None:
    text = "Matt. 5:3 and Matthew vi. 1 and Matth. vii. 2; St. John iii. 16 and Joh. 3:17."
    assert works_named(text) == [("work-matthew", ("Matthew",)), ("work-john", ("John",))]


def test_works_of_one_name_are_told_by_their_authors() -> None:
    assert works_named("Hor. Sat. i. 4; Juv. Sat. i. 4; Horace, Sat. ii. 1.") == [
        ("work-horace-satires", ("Satires",)),
        ("work-juvenal-satires", ("Satires",)),
    ]


def test_a_play_that_is_named_and_one_that_is_cited_are_one() -> None:
    named = works_named("I saw “Macbeth” again, and read Macbeth, v. 5. 17 to her.")
    assert [names for _, names in named] == [("Macbeth",)]


def test_a_range_has_its_ends() -> None:
    (verse,) = (a for a in read("1 Cor. xiii. 4-7", "en") if a.values.get("unit") == "verse")
    assert dict(verse.values) == {"unit": "verse", "n": "4-7", "from": "4", "to": "7"}


@pytest.mark.parametrize("code", codes())
def test_the_books_are_sound(code: str) -> None:
    books = books_of(code)
    data = load(code)["bible"]
    assert {len({name for name, _ in books.names.values()})} <= {71, 72, 73, 74, 75, 76, 77, 78, 79}
    assert data["psalm"] in books.names
    bare = {form.split(" ", 1)[-1] if form[0].isdecimal() else form for form in books.names}
    lasts = {form.rsplit(" ", 1)[-1] for form in bare}
    assert not (books.people & books.words), "one form, one manner"
    assert books.money <= lasts


def test_every_book_reads_with_chapter_and_verse() -> None:
    for code in codes():
        named = books_of(code).names.items()
        for form, name in [
            (form, name) for form, (name, _) in named if form.split()[-1][0].isupper()
        ]:
            found = [a.values["title"] for a in read(f"{form} 1:1", code) if a.kind == "reference"]
            assert found == [name], (code, form)


def test_every_work_reads_with_its_author() -> None:
    for form, work in works().items():
        assert work.title, form
        assert set(work.units) <= UNITS, form


UNITS = {"book", "chapter", "section", "line", "act", "scene", "canto", "number", "page", "part"}


@pytest.mark.parametrize(
    ("written", "value"),
    [("xiii", "13"), ("XIV", "14"), ("4–7", "4-7"), ("iv-vi", "4-6"), ("iix", ""), ("", "")],
)
def test_figures(written: str, value: str) -> None:
    assert figures(written) == value


def test_a_shelfmark_is_a_kind_that_becomes_an_element() -> None:
    assert "shelfmark" in KINDS
    assert POLICY["shelfmark"].element == "idno"
