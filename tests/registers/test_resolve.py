"""Whom and what mentions mean; what must stay apart or unlinked first."""

from __future__ import annotations

import pytest

from epistola.gazetteer import Names
from epistola.model import Entry, EntryId, Fact, Finding, Letter, Span
from epistola.registers.register import Register
from epistola.registers.resolve import resolve
from marks import marked

NOBODY = Register()
KNOWN = Names({"country": {"Soviet Union": "", "USSR": "Soviet Union"}, "event": {}})
REGISTER = Register(
    (
        Entry(
            EntryId("person-mill"),
            "person",
            ("Anne Mill",),
            {"forename": "Anne", "surname": "Mill"},
        ),
        Entry(
            EntryId("person-mill-tom"),
            "person",
            ("Tom Mill",),
            {"forename": "Tom", "surname": "Mill"},
        ),
        Entry(
            EntryId("person-hale"), "person", ("Jo Hale",), {"forename": "Jo", "surname": "Hale"}
        ),
        Entry(EntryId("place-ely"), "place", ("Ely", "the City")),
    )
)


def links(
    line: str, register: Register = NOBODY, letter: Letter | None = None
) -> tuple[list[str], list[str]]:
    source, found = marked(line)
    findings: list[Finding] = []
    known = resolve(source, letter or Letter(), found, register, KNOWN, findings.append)
    return [str(a.entry or "") for a in known.annotations], [f.code for f in findings]


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        (
            "[person Anne Mill] and [person Tom Mill], then [person Mill]",
            ["person-mill-anne", "person-mill-tom", ""],
        ),
        # Nobody: a title alone says who no more than the word does.
        ("[person Mr.], [person Lord] and [person Dr]", [""] * 3),
        ("[person Mr. Lord] and [person Captain King]", ["person-lord", "person-king"]),
        ("[person Mr. Mill] and [person Mrs. Mill]", ["person-mill", "person-mrs-mill"]),
        ("[place Rome] and [org Rome]", ["place-rome", "org-rome"]),
        ("[person Harry Lee], [person Lee], [person Harry]", ["person-lee"] * 3),
        ("[person H. Lee] and [person Harry Lee]", ["person-lee"] * 2),
        ("[person Mr. Lee] is [person Harry Lee]", ["person-lee"] * 2),
        ("[person SIR HARRY LEE] and [person Sir Harry]", ["person-lee"] * 2),
        ("[person Tito] and [persons the Titos]", ["person-tito"] * 2),
        ("[persons the Thorezes] and [person Thorez]", ["person-thorez"] * 2),
        (
            "[person Duke of Leeds] and [person Duke of York]",
            ["person-duke-of-leeds", "person-duke-of-york"],
        ),
        # Not one person: another sex, a husband's name, a ruler, another forename.
        ("[person Mrs. Tom Lee], [person Tom Lee]", ["person-mrs-tom-lee", "person-lee-tom"]),
        ("[person Anne Lee], [person Mr. Lee]", ["person-lee-anne", "person-lee"]),
        ("[person Louis Lee], [person Louis XIV]", ["person-lee", "person-louis-xiv"]),
        ("[person Mary Lee], [person Maria Lee]", ["person-lee-mary", "person-lee-maria"]),
        ("[person John Lee], [person Ivan]", ["person-lee", "person-ivan"]),
        (
            "[person Engels], [person Engels], [person Engel]",
            ["person-engels"] * 2 + ["person-engel"],
        ),
        # One person: short and foreign forms, later forenames, initials, a man by his surname.
        ("[person Bess Lee], [person Elizabeth Lee], [person Betsy]", ["person-lee"] * 3),
        ("[person Friedrich Lee] and [person Frederick Lee]", ["person-lee"] * 2),
        ("[person Emile Lee] and [person Pierre Emile Lee]", ["person-lee"] * 2),
        ("[person Wm. Lee] and [person William Lee]", ["person-lee"] * 2),
        ("[person Mr. Lee] and [person Mr. Lees]", ["person-lee"] * 2),
        ("[person Mrs. Lee] and [person Mrs. L.]", ["person-lee"] * 2),
        ("[person Anne Lee], [person Anne L.]", ["person-lee"] * 2),
        ("[person Robert Owen Lee], [person R. O. L.]", ["person-lee"] * 2),
        ("[person JG Lee] and [person J. G. Lee]", ["person-lee"] * 2),
        (
            "[person Tom Lee], [person Mrs. Anne Lee], [person Lee]",
            ["person-lee-tom", "person-lee-anne", "person-lee-tom"],
        ),
        # A family is nobody where several bear the name.
        (
            "[person Tom Lee], [person Anne Lee], [persons the Lees]",
            ["person-lee-tom", "person-lee-anne", "person-lees"],
        ),
        ("[place USSR] is the [place Soviet Union]", ["place-soviet-union"] * 2),
        ("[place LONDON] and [place London]", ["place-london"] * 2),
    ],
)
def test_within_a_letter(line: str, entries: list[str]) -> None:
    assert links(line)[0] == entries


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("[person Mill]", ["person-mill-2"]),
        ("[person Ben Mill]", ["person-mill-ben"]),
        ("[person Ben Hale]", ["person-hale-ben"]),
        ("[person Hale]", ["person-hale"]),
        ("[person Anne Mill] and [person Mill]", ["person-mill"] * 2),
        ("[place the City]", ["place-ely"]),
        ("[person Mr. Mill] and [person Mrs. Mill]", ["person-mill-tom", "person-mill"]),
    ],
)
def test_against_a_register(line: str, entries: list[str]) -> None:
    assert links(line, REGISTER)[0] == entries


@pytest.mark.parametrize(
    ("line", "entries", "codes"),
    [
        (
            "[reference volume=3 [scope unit=volume n=3 Volume 3]]",
            ["", ""],
            ["unresolved-reference"],
        ),
        (
            "[title level=j Loaf], "
            "[reference volume=3 genre=letter author=Lee [author [person Lee]]’s]",
            ["work-loaf", "work-lee-letter", "", "person-lee"],
            [],
        ),
        ("[title level=m Emma] and [title level=m Emma]", ["work-emma"] * 2, []),
    ],
)
def test_works(line: str, entries: list[str], codes: list[str]) -> None:
    assert links(line) == (entries, codes)


def test_my_is_the_writers() -> None:
    line = "[person Jo Lee] [reference title=Rain level=m author=#letter my [title level=m Rain]]"
    letter = Letter(author=Fact("Jo Lee", Span(0, 6)))
    source, found = marked(line)
    known = resolve(source, letter, found, NOBODY, KNOWN)
    (work,) = (e for e in known.entries if e.kind == "work")
    assert (work.id, work.values["author"]) == ("work-lee-rain", "person-lee")


def test_order_is_irrelevant() -> None:
    source, found = marked("[person Lee] and [person Harry Lee] in [place Rome]")
    forth = resolve(source, Letter(), found, NOBODY, KNOWN)
    back = resolve(source, Letter(), found[::-1], NOBODY, KNOWN)
    key = lambda a: a.span  # noqa: E731
    assert sorted(forth.annotations, key=key) == sorted(back.annotations, key=key)
    assert {e.id for e in forth.entries} == {e.id for e in back.entries}
