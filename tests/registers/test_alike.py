"""Works that are one, and works that only look so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.edition import Edition, load_edition
from epistola.model import Entry, EntryId, Finding
from epistola.pipeline import recognised
from epistola.registers.alike import MAIN, SHORT, SPELT, WHOLE, Traits, author_of, fit, traits
from epistola.registers.register import Register
from epistola.text.read import as_source

APART = """
A. Bly, Poems | G. Poe, Poems
A. Bly, Poems | B. Bly, Poems
History of England | History of Ireland
A. Bly, History of England | A. Bly, History of Ireland
A. Bly, Owls | A. Bly, Wrens
A. Bly, Owls, 1850 | A. Bly, Owls of Leeds, 1860
Owls | Owls of Leeds
A. Bly, Owls, 1850 | A. Bly, Owls, 1860
A. Bly, Owls 1850 | A. Bly, Owls 1851
Owls: A Poem | Owls: A Play
The Man | The Men
A. Bly, Letters of a Man | A. Bly, Letters of a Men
Volume I | Volume II
"""
"""Two works each: author, title and year."""

ONE = """
Egoist | The Egoist | 4
Die Eulen | Eulen | 4
the egoist | THE EGOIST | 4
Owls & Wrens | Owls and Wrens | 4
Owls, Wrens! | Owls Wrens | 4
Die Schuſter | Die Schuster | 4
Ueber die Eulen | Über die Eulen | 4
Uber die Eulen | Über die Eulen | 4
“Owls” | Owls | 4
Owls at Home: A Study | Owls at Home | 3
Owls at Home. A Study | Owls at Home | 3
Edwy; or, The Young Owl | Edwy | 3
A. Bly, Poems | Poems | 4
A. Bly, Poems | Anna Bly, Poems | 4
Bly, A., Poems, 1816 | A. Bly, Poems | 4
A. Bly, Owls of the English Counties, 1850 | Bly, Owls | 2
A. Bly, The Owls of Leedes, 1850 | A. Bly, The Owls of Leeds, 1850 | 1
"""
"""One work each, and how its titles agree."""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def told(said: str, **values: str) -> Traits:
    """The traits of "Author, Title, Year", of which the title alone must be there."""
    parts = said.split(", ")
    when = parts.pop() if parts[-1].isdecimal() else ""
    title = parts[-1] if not said.startswith(("Owls, W", "Edwy")) else said
    author = ", ".join(parts[:-1]) if title != said else ""
    whole = {"title": title, "when": when, **values}
    return traits((title,), whole, author_of(author, "en") if author else author_of("", "en"))


@pytest.mark.parametrize(("one", "other"), rows(APART))
def test_two_works(one: str, other: str) -> None:
    assert fit(told(one), told(other))[0] == 0
    assert fit(told(other), told(one))[0] == 0


@pytest.mark.parametrize(("one", "other", "grade"), rows(ONE))
def test_one_work(one: str, other: str, grade: str) -> None:
    assert fit(told(one), told(other))[0] == int(grade)
    assert fit(told(other), told(one))[0] == int(grade)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"volume": "1"}, {"volume": "2"}),
        ({"edition": "2nd ed."}, {"edition": "3. Aufl."}),
        ({"level": "j"}, {"level": "m"}),
        ({"book": "Birds"}, {"book": "Beasts"}),
        ({"when": "1911-03"}, {"when": "1911-04"}),
    ],
)
def test_what_is_told_keeps_apart(one: dict[str, str], other: dict[str, str]) -> None:
    assert fit(told("Owls", **one), told("Owls", **other))[0] == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"volume": "1"}, {}),
        ({"edition": "2nd ed."}, {"edition": "2. Aufl."}),
        ({"when": "1911"}, {"when": "1911-03"}),
        ({"when": "1911"}, {}),
    ],
)
def test_what_is_not_told_does_not(one: dict[str, str], other: dict[str, str]) -> None:
    assert fit(told("Owls", **one), told("Owls", **other))[0] == WHOLE


def test_a_journal_with_its_place_and_without() -> None:
    bare, london, leeds = (
        traits((name,), {"level": "j"}) for name in ("The Echo", "Echo (London)", "Echo (Leeds)")
    )
    assert fit(bare, london)[0] == WHOLE
    assert fit(london, leeds)[0] == 0


TITLES = st.lists(st.sampled_from("the owls & of leeds wrens a study".split()), max_size=5)
PEOPLE = st.sampled_from(["", "A. Bly", "Bly", "B. Bly", "G. Poe"])
YEARS = st.sampled_from(["", "1850", "1850-03", "1860"])


@given(TITLES, TITLES, PEOPLE, PEOPLE, YEARS, YEARS)
def test_fitting_is_the_same_both_ways(
    one: list[str], other: list[str], a: str, b: str, when: str, then: str
) -> None:
    first = traits((" ".join(one),), {"when": when}, author_of(a, "en"))
    second = traits((" ".join(other),), {"when": then}, author_of(b, "en"))
    assert fit(first, second) == fit(second, first)
    assert fit(first, first)[0] == (WHOLE if one else 0)
    assert fit(first, second)[0] in {0, SPELT, SHORT, MAIN, WHOLE}


# ---------------------------------------------------------------- in a letter

OPENING = "Leeds, 3 May 1920.\n\nDear Sir,\n\nThe notes are below.\n\nYours, Ann Wren\n\nNotes\n\n"


def cited(*notes: str, register: Register | None = None) -> tuple[list[str], list[str]]:
    """The entry of each reference, and what is said of those that are not clear."""
    text = OPENING + "\n\n".join(f"{at} {note}" for at, note in enumerate(notes, start=1)) + "\n"
    findings: list[Finding] = []
    edition = None
    if register is not None:
        edition = Edition(register=register)
    found = recognised(as_source(text, "t"), edition, report=findings.append)
    entries = [a.entry or "" for a in found.known.annotations if a.kind == "reference"]
    said = [f.message for f in findings if f.code == "unresolved-reference"]
    return entries, said


@pytest.mark.parametrize(
    "notes",
    [
        ("A. Bly, Poems (Leeds, 1816) 4.", "G. Poe, Poems (Leeds, 1816) 4."),
        ("A. Bly, Owls (Leeds, 1816) 4.", "A. Bly, Owls (Leeds, 1820) 4."),
        ("A. Bly, Owls (2nd ed., Leeds, 1816) 4.", "A. Bly, Owls (3rd ed., Leeds, 1816) 4."),
        ("A. Bly, Owls, vol. 1 (Leeds, 1816) 4.", "A. Bly, Owls, vol. 2 (Leeds, 1816) 4."),
        ("A. Bly, Owls (Leeds, 1816) 4.", "A. Bly, Wrens (Leeds, 1816) 4."),
    ],
)
def test_two_entries(notes: tuple[str, ...]) -> None:
    entries, said = cited(*notes)
    assert len(set(entries)) == 2
    assert said == []


@pytest.mark.parametrize(
    "notes",
    [
        ("A. Bly, The Owls of Leeds (Leeds, 1816) 4.", "A. Bly, Owls of Leeds (Leeds, 1816) 5."),
        ("A. Bly, Owls & Wrens (Leeds, 1816) 4.", "Bly, Owls and Wrens, p. 5."),
        (
            "A. Bly, ‘On the Wrens of Leeds’, Owl Review 12 (1976) 45-67.",
            "Bly, On the Wrens, p. 5.",
        ),
        ("A. Bly, Owls: A Study (Leeds, 1816) 4.", "A. Bly, Owls (Leeds, 1816) 5."),
    ],
)
def test_one_entry(notes: tuple[str, ...]) -> None:
    entries, said = cited(*notes)
    assert len(set(entries)) == 1
    assert "" not in entries
    assert said == []


def test_two_that_fit_equally_are_both_named() -> None:
    entries, said = cited(
        "A. Bly, Owls, vol. 1 (Leeds, 1816) 4.",
        "A. Bly, Owls, vol. 2 (Leeds, 1816) 4.",
        "A. Bly, Owls (Leeds, 1816) 4.",
    )
    assert entries[2] == ""
    both = "Owls (A. Bly, volume 1, 1816), Owls (A. Bly, volume 2, 1816)"
    assert said[0].endswith(f"may mean any of these: {both}")


def test_the_author_is_carried_over() -> None:
    entries, said = cited(
        "A. Bly, Owls (Leeds, 1816) 4; id., Wrens (Leeds, 1817) 5.",
        "Bly, op. cit. (1817), p. 3.",
        "G. Poe, Wrens (Leeds, 1817) 5.",
    )
    assert entries[1] == entries[2] != entries[0]
    assert entries[3] not in {entries[0], entries[1]}
    assert said == []


# ---------------------------------------------------------------- with a register

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>W</title>
</titleStmt><publicationStmt><publisher>x</publisher></publicationStmt><sourceDesc><p>x</p>
</sourceDesc></fileDesc></teiHeader><standOff><listBibl>{}</listBibl></standOff></TEI>"""
BOOK = """<biblStruct xml:id="{}" type="book"><monogr><author>{}</author><title level="m">{}</title>
<imprint><date when="{}"/></imprint></monogr></biblStruct>"""
OWLS = BOOK.format("work-owls", "Bly, A.", "The Owls of Leeds", "1816")
ITEM = {"id": "bly", "type": "book", "title": "Owls of Leeds", "issued": {"date-parts": [[1816]]}}


def edition(folder: Path, works: str, *items: object) -> Register:
    (folder / "registers").mkdir()
    (folder / "edition.toml").write_text('[edition]\ntitle = "T"\n', "utf-8")
    (folder / "registers/works.xml").write_text(TEI.format(works), "utf-8")
    (folder / "registers/items.json").write_text(json.dumps(items), "utf-8")
    return load_edition(folder).register


def test_a_register_comes_before_a_bibliography(tmp_path: Path) -> None:
    author = {"author": [{"family": "Bly", "given": "Anna"}]}
    register = edition(tmp_path, OWLS, {**ITEM, **author})
    assert len(register.entries) == 2
    entries, said = cited("A. Bly, Owls of Leeds (Leeds, 1816) 4.", register=register)
    assert (entries, said) == (["work-owls"], [])


def test_a_bibliography_has_another_work(tmp_path: Path) -> None:
    author = {"author": [{"family": "Poe", "given": "Gregor"}]}
    register = edition(tmp_path, OWLS, {**ITEM, **author})
    entries, said = cited(
        "A. Bly, Owls of Leeds (Leeds, 1816) 4.",
        "G. Poe, Owls of Leeds (Leeds, 1816) 4.",
        "C. Dale, Owls of Leeds (Leeds, 1816) 4.",
        register=register,
    )
    assert (entries, said) == (["work-owls", "work-bly", "work-dale-owls-leeds"], [])


def test_two_of_a_register_that_fit_equally(tmp_path: Path) -> None:
    register = edition(tmp_path, OWLS + BOOK.format("work-o", "Bly, A.", "Owls of Leeds", "1816"))
    entries, said = cited("A. Bly, Owls of Leeds (Leeds, 1816) 4.", register=register)
    assert entries == [""]
    assert len(said) == 1


def test_a_register_made_by_hand_is_looked_up_by_its_names() -> None:
    known = Register((Entry(EntryId("work-owls"), "work", ("The Owls of Leeds",)),))
    entries, _ = cited("A. Bly, Owls of Leeds (Leeds, 1816) 4.", register=known)
    assert entries == ["work-owls"]
