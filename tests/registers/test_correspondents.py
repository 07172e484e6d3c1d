"""Who is named as writer and as addressee, wherever on the page; who is neither comes first."""

from __future__ import annotations

import pytest

from epistola.edition import Edition
from epistola.mentions.learned.model import RULES_ALONE
from epistola.model import EntryId, Source
from epistola.pipeline import recognised
from epistola.registers.correspondents import correspondents
from epistola.registers.load import read_entry
from epistola.registers.match import person_name
from epistola.registers.register import Register
from epistola.registers.usage import WRITES, Usage
from epistola.safe import parse

PROSE = "The bread is dear this year, and I do not know who will bake it when you are gone."
XML = '<person xmlns="http://www.tei-c.org/ns/1.0" xml:id="{}"><persName>{}</persName></person>'


def register(*rows: tuple[str, str], usage: Usage | None = None) -> Register:
    entries = tuple(
        read_entry(parse(XML.format(entry, name).encode()).getroot()) for entry, name in rows
    )
    return Register(entries, usage=usage or Usage())


def named(text: str) -> tuple[list[str], list[str], list[str]]:
    source = Source("a", text)
    made = recognised(source, Edition(models=RULES_ALONE))
    who = correspondents(source, made.letter, made.known.annotations)
    rows = (who.writing, who.addressed, who.greeted)
    return tuple([source[made.known.annotations[at].span] for at in row] for row in rows)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "writing", "addressed", "greeted"),
    [
        (PROSE, [], [], []),
        (f"My dear Sir,\n\n{PROSE}", [], [], []),
        (
            f"Dearest mother, Anne is well.\n\n{PROSE}\n\nYours ever,\nTom Hale",
            ["Tom Hale"],
            [],
            [],
        ),
        (f"Dear Anne,\n\n{PROSE}\n\nYours ever,\nTom Hale", ["Tom Hale"], [], ["Anne"]),
        (
            f"Dear Anne,\n\n{PROSE}\n\nYours ever,\nTom Hale\n\nMrs. Mill\nEly",
            ["Tom Hale"],
            ["Mrs. Mill"],
            ["Anne"],
        ),
    ],
)
def test_writer_and_addressee(
    text: str, writing: list[str], addressed: list[str], greeted: list[str]
) -> None:
    assert named(text) == (writing, addressed, greeted)


def test_letters_of_a_service_are_no_surname() -> None:
    assert person_name("Capt. Hale R N", "en").surname == "hale"
    assert person_name("M. R N", "en").surname != "m"


def linked(text: str, known: Register) -> dict[str, str | None]:
    source = Source("a", text)
    made = recognised(source, Edition(register=known, models=RULES_ALONE)).known
    return {source[a.span]: a.entry for a in made.annotations if a.kind == "person"}


FAMILY = (
    ("tom", "Hale, Tom, 1770-1840"),
    ("frank", "Hale, Francis, 1809-1846"),
    ("captain", "Mill, Francis, Captain, 1774-1857"),
)
LETTER = "Ely, 3 May {}\n\nMy dear Francis,\n\n{}\n\nYours ever,\nTom Hale"


@pytest.mark.parametrize(
    ("year", "address", "entry"),
    [
        (1830, "", "frank"),
        (1815, "", "captain"),
        (1830, "\n\nCaptain Mill\nCork", "captain"),
    ],
)
def test_the_address_and_age_tell_who_is_greeted(year: int, address: str, entry: str) -> None:
    found = linked(LETTER.format(year, PROSE) + address, register(*FAMILY))
    assert found["Francis"] == entry


@pytest.mark.parametrize(("letters", "entry"), [(1, "frank"), (2, "captain")])
def test_other_letters_tell_who_is_greeted(letters: int, entry: str) -> None:
    usage = Usage(
        called={"dear francis": {EntryId("captain"): letters}},
        named={EntryId("captain"): {-1: 1}},
    )
    known = register(*FAMILY, usage=usage)
    assert linked(LETTER.format(1830, PROSE), known)["Francis"] == entry


@pytest.mark.parametrize(("level", "entry"), [(3, "other"), (4, "hale")])
def test_the_writer_of_most_letters_is_presumed(level: int, entry: str) -> None:
    usage = Usage(
        called={WRITES: {EntryId("tom"): level}},
        named={EntryId("other"): {-1: 5}, EntryId("hale"): {-1: 1}},
    )
    people = (*FAMILY[:1], ("hale", "Hale, Anne, 1780-1850"), ("other", "Bly, Anne, 1780-1850"))
    known = register(*people, usage=usage)
    assert linked(f"Ely, 3 May 1815\n\nI saw Anne. {PROSE}", known)["Anne"] == entry
