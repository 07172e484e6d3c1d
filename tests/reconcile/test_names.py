"""How alike two names are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.reconcile.card import plain
from epistola.reconcile.names import (
    Likeness,
    near,
    neighbours,
    person_forms,
    persons_alike,
    skeleton,
    things_alike,
)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        # Nobody else's name.
        ("Walter Scott", "John Scott", "NONE"),
        ("Walter Scott", "Walter Scholes", "NONE"),
        ("Mr. Day", "Mrs. Day", "NONE"),
        ("Day, Thomas", "Mrs. Day", "SURNAME"),
        ("Anna Lee", "Hannah Lea", "NONE"),
        ("J. Robertson", "J. Robinson", "NONE"),
        ("Henry VIII", "Henry VII", "NONE"),
        ("Duke of Wellington", "Duke of Buccleuch", "NONE"),
        ("", "Walter Scott", "NONE"),
        ("Sir", "Walter Scott", "NONE"),
        # One is a surname alone.
        ("Scott", "Walter Scott", "SURNAME"),
        ("Miss Lamb", "Lamb, Mary, 1764-1847", "SURNAME"),
        # Spelt differently.
        ("William Shakespear", "Shakespeare, William", "NEAR"),
        ("Wolstonecraft, Mary", "Mary Wollstonecraft", "NEAR"),
        ("Catherine Macaulay", "Catharine Macaulay", "NEAR"),
        ("Harriet Burke", "Burke, Anna Harriet", "NEAR"),
        ("Miss Maria Day", "Mrs. Maria Day", "NEAR"),
        # Initials.
        ("W. Scott", "Scott, Walter, Sir, 1771-1832", "INITIALS"),
        ("J. G. Lockhart", "John Lockhart", "INITIALS"),
        ("Walter F. Scott", "Walter Francis Scott", "SAME"),
        # The same.
        ("Sir Walter Scott, Bart.", "Scott, Walter, Sir, 1771-1832", "SAME"),
        ("Walter Scott", "Scott, Walter Francis", "SAME"),
        ("J.G. Lockhart", "Lockhart, J. G. (John Gibson), 1794-1854", "SAME"),
        ("John Gibson Lockhart", "Lockhart, J. G. (John Gibson), 1794-1854", "SAME"),
        ("the Duke of Wellington", "Duke of Wellington", "SAME"),
        ("Stéphanie Müller", "Muller, Stephanie", "SAME"),
        ("Einde O’Callaghan", "O'Callaghan, Einde", "SAME"),
        ("Thomas De Quincey", "De Quincey, Thomas, 1785-1859", "SAME"),
    ],
)
def test_persons(one: str, other: str, likeness: str) -> None:
    forms = [person_forms([name], "en") for name in (one, other)]
    assert persons_alike(forms[0], forms[1]).name == likeness
    assert persons_alike(forms[1], forms[0]).name == likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Bath", "Bach", "NONE"),
        ("Newport", "Newton", "NONE"),
        ("Regiment 12", "Regiment 13", "NONE"),
        ("York", "New York", "NONE"),
        ("Edgeworthstown", "Edgworthstown", "NEAR"),
        ("Saint-Étienne", "Saint Etienne", "SAME"),
    ],
)
def test_things(one: str, other: str, likeness: str) -> None:
    assert things_alike([plain(one)], [plain(other)]).name == likeness


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(words, words)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert near(one, other) == near(other, one)
    assert near(one, one)


@given(words.filter(lambda word: len(word) > 4), st.data())
def test_a_vowel_more_or_less_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word)))
    other = word[:at] + data.draw(st.sampled_from("aeiou")) + word[at:]
    assert neighbours(word) & neighbours(other)


@given(words)
def test_a_skeleton_of_nothing_but_itself(word: str) -> None:
    bones = skeleton(word)
    assert len(bones) <= len(word) + word.count("ph")
    assert bones[:1].isalpha()


@given(st.text(max_size=30))
def test_plain_is_idempotent(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_the_kinds_of_likeness_are_in_order() -> None:
    assert sorted(Likeness) == [
        Likeness.NONE,
        Likeness.SURNAME,
        Likeness.NEAR,
        Likeness.INITIALS,
        Likeness.SAME,
    ]
