"""A register that grows from many letters: what makes no entry first, then what does."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from epistola.gazetteer import Names
from epistola.model import Entry, EntryId, Letter
from epistola.registers.across.evidence import Evidence, evidence, packed, unpacked, words_of
from epistola.registers.across.grown import grown
from epistola.registers.across.relevant import digest, relevant
from epistola.registers.across.used import used
from epistola.registers.register import Register, by_id, heir, taken_ids
from epistola.registers.resolve import resolve
from epistola.registers.usage import Usage
from marks import marked

NOBODY = Register()
KNOWN = Names({})


def told(*lines: str, register: Register = NOBODY, year: int | None = None) -> list[Evidence]:
    """What letters tell that hold these lines, one each."""
    found = []
    for line in lines:
        source, mentions = marked(line)
        letter = Letter()
        known = resolve(source, letter, mentions, register, KNOWN)
        one = evidence(source, letter, known, by_id(register))
        found.append(replace(one, year=year))
    return found


def ids(lines: Sequence[str], register: Register = NOBODY) -> list[str]:
    return sorted(entry.id for entry in grown(register, told(*lines, register=register)).entries)


HALE = Entry(
    EntryId("person-hale"),
    "person",
    ("Jo Hale",),
    {"forename": "Jo", "surname": "Hale", "retired": "person-hall"},
)
ANNE, TOM = (
    Entry(
        EntryId(f"person-mill-{name.lower()}"),
        "person",
        (f"{name} Mill",),
        {"forename": name, "surname": "Mill"},
    )
    for name in ("Anne", "Tom")
)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["[person Fanny]", "[person Fanny]"],  # a forename alone
        ["[person Aunt Mary]", "[person Sir Walter]"],
        ["[person R. L. E.]", "[person Anne M.]", "[person Mrs. E.]"],
        ["[person L11 Quill]", "[person - Quill]", "[person Quill Quill]"],
    ],
)
def test_nobody(lines: list[str]) -> None:
    assert ids(lines) == []


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (["[person Ben Quill]", "[person Ben Quill]"], ["person-quill"]),
        (["[person Ben Quill]", "[person B. Quill]"], ["person-quill"]),
        (["[person Ben Quill]", "[person Mr. Quill]"], ["person-quill"]),
        (["[person Ben Quill]", "[person Mr. Quills]"], ["person-quill"]),
        (["[person Ben Quill]", "[person Mrs. Quill]"], ["person-mrs-quill", "person-quill-ben"]),
        (["[person Ben Quill]", "[person Ann Quill]"], ["person-quill-ann", "person-quill-ben"]),
        # Whose "Quill" it is stays open.
        (
            ["[person Ben Quill]", "[person Dan Quill]", "[person Mr. Quill]"],
            ["person-quill-ben", "person-quill-dan"],
        ),
        (["[person Mr. Quill]", "[person Mr Quill]"], ["person-quill"]),
        (["[person Captain Quill]", "[person Mr. Quill]"], ["person-quill"]),
        (["[person Mrs. Ben Quill]", "[person Mrs. Quill]"], ["person-quill"]),
        # One letter writes the surname wrongly, the same forename written out.
        (
            ["[person Benjamin Quillor]", "[person Benjamin Quillor]", "[person Benjamin Quilor]"],
            ["person-quillor"],
        ),
        (
            ["[person Benjamin Quillor]", "[person Benjamin Quillor]", "[person Daniel Quilor]"],
            ["person-quillor", "person-quilor"],
        ),
        (["[place Rosehill]", "[place Rose Hill]"], ["place-rose-hill"]),
        (["[place Ely]", "[org Ely]"], ["org-ely", "place-ely"]),
        (["[title title=The_Owls level=m The Owls]"] * 2, ["work-the-owls"]),
    ],
)
def test_entries(lines: list[str], entries: list[str]) -> None:
    assert ids(lines) == entries


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("[person Jo Hale]", []),
        ("[person Mr. Hale]", []),
        ("[person Mr. Hales]", []),
        ("[person Mill]", []),  # Anne or Tom
        ("[person Ben Mill]", ["person-mill"]),
        ("[person Ann Hale]", ["person-hale-ann"]),
        ("[person Jo Hall]", ["person-hall-jo"]),  # person-hall was somebody else's
    ],
)
def test_beside_a_register(line: str, entries: list[str]) -> None:
    assert ids([line, line], Register((HALE, ANNE, TOM))) == entries


def test_what_stays_open_is_told_with_its_candidates() -> None:
    lines = ["[person Ben Quill]", "[person Dan Quill]", "[person Mr. Quill]"]
    (finding,) = grown(NOBODY, told(*lines)).findings
    assert finding.code == "open-name"
    assert "“Ben Quill” or “Dan Quill”" in finding.message


def test_a_life_has_an_end() -> None:
    early, late = told("[person Ben Quill]", "[person B. Quill]")
    letters = [replace(early, year=1720), replace(late, year=1850)]
    assert len(grown(NOBODY, letters).entries) == 2


def test_a_retired_id_leads_to_its_heir_and_is_never_given_again() -> None:
    register = Register((HALE,))
    assert heir(register, EntryId("person-hall")) == "person-hale"
    assert heir(register, EntryId("person-hale")) == "person-hale"
    assert "person-hall" in taken_ids(register)


# ---------------------------------------------------------------- laws

FORMS = [
    f"{title}{forename}{surname}"
    for title in ("", "Mr. ", "Mrs. ", "Captain ")
    for forename in ("", "Ben ", "B. ", "Benjamin John ", "Ann ")
    for surname in ("Quill", "Quills", "Quillor", "Mill")
]
FORM = st.one_of(
    st.sampled_from(FORMS).map(lambda form: f"[person {form}]"),
    st.sampled_from(["[place Rose Hill]", "[place Rosehill]", "[org Owl Club]"]),
)
LETTERS = st.lists(st.lists(FORM, min_size=1, max_size=4).map(" and ".join), max_size=8)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.randoms(use_true_random=False))
def test_the_order_of_letters_is_irrelevant(lines: list[str], chance: random.Random) -> None:
    letters = told(*lines)
    other = list(letters)
    chance.shuffle(other)
    assert grown(NOBODY, other) == grown(NOBODY, letters)
    register = Register(grown(NOBODY, letters).entries)
    assert used(register, other) == used(register, letters)


@settings(max_examples=60, deadline=None)
@given(LETTERS)
@example(["[person Mrs. Quill]", "[person Captain Ann Quill]"])
def test_growing_twice_adds_nothing(lines: list[str]) -> None:
    letters = told(*lines)
    assert grown(Register(grown(NOBODY, letters).entries), letters).entries == ()


@settings(max_examples=60, deadline=None)
@given(LETTERS, LETTERS)
def test_ids_stay_when_letters_are_added(first: list[str], more: list[str]) -> None:
    before = grown(NOBODY, told(*first)).entries
    after = grown(Register(before), told(*first, *more)).entries
    assert {entry.id for entry in before}.isdisjoint(entry.id for entry in after)


@settings(max_examples=40, deadline=None)
@given(LETTERS)
def test_evidence_survives_its_journal(lines: list[str]) -> None:
    assert [unpacked(packed(one)) for one in told(*lines)] == told(*lines)


def test_evidence_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        unpacked("[0]")


def test_the_work_grows_with_names_and_not_with_letters() -> None:
    letters = told(*(f"[person Ben Quill{chr(97 + at)}or]" for at in range(20)))

    def seconds(copies: int) -> float:
        rows = letters * copies
        start = time.perf_counter()
        register = Register(grown(NOBODY, rows).entries)
        used(register, rows)
        return time.perf_counter() - start

    few = min(seconds(50) for _ in range(3))
    assert min(seconds(500) for _ in range(3)) < 20 * few + 0.1


# ---------------------------------------------------------------- what is usual


def test_usage_counts_letters_and_not_mentions() -> None:
    register = Register((HALE, ANNE, TOM))
    lines = ["[person Jo Hale] and [person Jo Hale]", "[person Anne Mill]", "[person Mr. Mill]"]
    usage = used(register, told(*lines, register=register, year=1815))
    assert usage.named["person-hale"][181] == 1  # type: ignore[index]
    assert usage.weight(EntryId("person-hale"), 1815) > usage.weight(EntryId("person-hale"), 1840)
    assert usage.custom("mr mill") == "person-mill-tom"
    assert usage.custom("mill") is None


def test_the_one_named_far_oftener_is_meant() -> None:
    dan = replace(TOM, id=EntryId("person-mill-dan"), names=("Dan Mill",))
    dan = replace(dan, values={"forename": "Dan", "surname": "Mill"})
    plain = Register((TOM, dan))
    source, mentions = marked("[person Mr. Mill]")

    def meant(register: Register) -> str:
        found = resolve(source, Letter(), mentions, register, KNOWN).annotations
        return str(found[0].entry)

    often = told(*["[person Dan Mill]"] * 9, "[person Tom Mill]", register=plain)
    even = told("[person Dan Mill]", "[person Tom Mill]", register=plain)
    assert meant(plain) == "person-mill"
    assert meant(replace(plain, usage=used(plain, even))) == "person-mill"
    assert meant(replace(plain, usage=used(plain, often))) == "person-mill-dan"


# ---------------------------------------------------------------- what a letter can lead to

BLY = Entry(EntryId("person-bly"), "person", ("Eva Bly",), {"forename": "Eva", "surname": "Bly"})


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("[person Mr. Quill] came", []),
        ("we saw a hale man", []),
        ("[person Jo Hale] came", ["person-hale"]),
        ("[person Jo] came", ["person-hale"]),
        ("[person Mr. Mill] came", ["person-mill-tom"]),
        ("Bly came, whom no rule has seen", ["person-bly"]),
    ],
)
def test_relevant(line: str, entries: list[str]) -> None:
    (one,) = told(line)
    assert [e.id for e in relevant(Register((HALE, TOM, BLY)), one)] == entries


def test_a_digest_tells_what_concerns_the_letter() -> None:
    (one,) = told("[person Jo Hale] came")
    before = digest(Register((HALE,)), one)
    assert digest(Register((HALE, BLY)), one) == before
    assert digest(Register((replace(HALE, names=("Jo Hale", "Joe")),)), one) != before
    assert digest(Register((HALE, replace(HALE, id=EntryId("person-hale-2")))), one) != before
    # How often somebody is named matters only where somebody else may be meant.
    named = Usage({HALE.id: {-1: 5}})
    assert digest(Register((HALE,), named), one) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [("", ()), ("no names", ()), ("Zoë, O'Brien", ("brien", "o", "zoe"))],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words
