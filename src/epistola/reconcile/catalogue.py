"""An authority file made ready to be searched: by surname, by name, by number, by sound.

The work grows with the number of distinct names: a surname is looked up once for all who
bear it, and its near spellings are sought among those that sound alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from epistola.reconcile.card import Card, Years, plain
from epistola.reconcile.compare import Match, compared, match
from epistola.reconcile.names import (
    Likeness,
    PersonForm,
    alike,
    near,
    neighbours,
    person_forms,
    similarity,
    skeleton,
    things_alike,
)
from epistola.reconcile.numbers import Identity
from epistola.registers.match import key

MISSPELT = 12.0
"""How many more names than its own are as near to a name as a misspelling of it."""
SURNAMES = 10.0
"""How many namesakes there are to a surname for each that the file has."""
WORDS: Mapping[int, float] = {1: 0.3, 2: 0.06}
"""How many other places, works and so on bear a name of so many words; longer ones next to none."""
MANY_WORDS = 0.03
MISSPELT_THING = 3.0
FEWEST = 400
"""A file with fewer cards is no sample by which to tell how common a name is in the world."""


Bearers = tuple[PersonForm, Sequence[int]]
"""A form of a name, and the places in the file of those who bear it."""
Bearing = Mapping[PersonForm, Sequence[int]]


class Catalogue:
    """The cards of one authority file, to be searched for those like an entry's.

    ``language`` is that by whose titles of address names are taken apart; ``crowd`` how many
    times more things there are than the cards tell of, where they are a mere selection.
    """

    def __init__(self, cards: Iterable[Card], language: str, crowd: float = 1.0) -> None:
        self.cards = tuple(cards)
        self.language = language
        self.crowd = crowd

    # ---- searching

    def by_number(self, card: Card) -> tuple[Card, ...]:
        """Return the cards that have one of the numbers of ``card``."""
        numbers = dict.fromkeys(number.identity for number in card.numbers)
        found = (at for one in numbers for at in self._numbers.get(one, ()))
        return tuple(self.cards[at] for at in dict.fromkeys(found))

    def matches(self, entry: Card, named_in: Years) -> list[Match]:
        """Return what may be the same as ``entry``, the least accidental first."""
        find = self._persons_like if entry.kind == "person" else self._things_like
        return sorted(find(entry, named_in), key=lambda one: (one.chance, -one.similarity))

    # ---- persons

    def _persons_like(self, entry: Card, named_in: Years) -> list[Match]:
        forms = person_forms(entry.names, self.language)
        found = self._fitting(entry, forms, self._namesakes, named_in)
        if not any(one.certainty == "high" for one in found):
            found += self._fitting(entry, forms, self._neighbours, named_in)
        return found

    def _fitting(
        self,
        entry: Card,
        forms: Sequence[PersonForm],
        bearers: Callable[[PersonForm], Iterable[Bearers]],
        named_in: Years,
    ) -> list[Match]:
        """Return those of ``bearers`` whose names are like the entry's and who may be the same.

        Forms are compared once, however many bear them.
        """
        likest: dict[int, Likeness] = {}
        for form in forms:
            for other, numbers in bearers(form):
                likeness = alike(form, other)
                for at in numbers if likeness else ():
                    likest[at] = max(likeness, likest.get(at, Likeness.NONE))
        found = (self._match(entry, forms, at, likest[at], named_in) for at in sorted(likest))
        return [one for one in found if one is not None]

    def _match(
        self,
        entry: Card,
        forms: Sequence[PersonForm],
        at: int,
        likeness: Likeness,
        named_in: Years,
    ) -> Match | None:
        card = self.cards[at]
        facts = compared(entry, card, named_in)
        if facts is None:
            return None
        others = [form.whole for form in self._forms[at]]
        likest = similarity([form.whole for form in forms], others)
        return match(card, likeness, facts, self._crowd(likeness, forms), likest)

    def _namesakes(self, form: PersonForm) -> Iterator[Bearers]:
        """Yield the forms of the same surname, or of the same name where it is not taken apart."""
        yield from self._wholes.get(form.whole, {}).items()
        table = self._surnames.get(form.surname, {})
        for initial in (form.initial, "") if form.initial else table:
            yield from table.get(initial, {}).items()

    def _neighbours(self, form: PersonForm) -> Iterator[Bearers]:
        """Yield the forms of surnames that are spelt nearly so, with the same initial."""
        if form.initial:
            for surname in self._near_surnames(form.surname):
                yield from self._surnames[surname].get(form.initial, {}).items()

    def _near_surnames(self, surname: str) -> list[str]:
        known = {one for bones in neighbours(surname) for one in self._sounds.get(bones, ())}
        return sorted(one for one in known if one != surname and near(surname, one))

    def _crowd(self, likeness: Likeness, forms: Sequence[PersonForm]) -> float:
        """Return how many others, as a rule, have a name so like the commonest of ``forms``.

        Surnames and forenames are taken to be independent, and the file for a sample.
        """
        surnames, forenames = self._counts
        bearers = max((surnames[form.surname] for form in forms), default=0) + 1
        if likeness is Likeness.SURNAME:
            return bearers * SURNAMES * self.crowd
        length = 1 if likeness is Likeness.INITIALS else None
        firsts = [form.forenames[0][:length] for form in forms if form.forenames]
        given = max((forenames[first] for first in firsts), default=0) + 1
        scale = MISSPELT if likeness is Likeness.NEAR else 1.0
        return bearers * given * scale * self.crowd / max(len(self.cards), FEWEST)

    # ---- places, organisations, events, works

    def _things_like(self, entry: Card, named_in: Years) -> Iterator[Match]:
        names = [plain(key(name)) for name in entry.names]
        sounding = (at for name in names for at in self._things_sounding.get(_sound(name), ()))
        length = max((len(name.split()) for name in names), default=0)
        chance = WORDS.get(length, MANY_WORDS) * self.crowd
        for at in dict.fromkeys(sounding):
            card = self.cards[at]
            facts = compared(entry, card, named_in) if card.kind in {entry.kind, ""} else None
            others = [plain(key(name)) for name in card.names]
            likeness = things_alike(names, others)
            if facts is not None and likeness is not Likeness.NONE:
                scale = MISSPELT_THING if likeness is Likeness.NEAR else 1.0
                yield match(card, likeness, facts, chance * scale, similarity(names, others))

    # ---- indexes, each made when it is first asked for

    @cached_property
    def _numbers(self) -> Mapping[Identity, list[int]]:
        table: dict[Identity, list[int]] = defaultdict(list)
        for at, card in enumerate(self.cards):
            for number in card.numbers:
                table[number.identity].append(at)
        return table

    @cached_property
    def _forms(self) -> Mapping[int, tuple[PersonForm, ...]]:
        persons = ((at, c) for at, c in enumerate(self.cards) if c.kind in {"person", ""})
        return {at: person_forms(card.names, self.language) for at, card in persons}

    @cached_property
    def _surnames(self) -> Mapping[str, Mapping[str, Bearing]]:
        """Return who bears each form, by its surname and the initial of the forename."""
        table: dict[str, dict[str, dict[PersonForm, list[int]]]] = {}
        for at, forms in self._forms.items():
            for form in forms:
                if form.surname:
                    bearing = table.setdefault(form.surname, {}).setdefault(form.initial, {})
                    bearing.setdefault(form, []).append(at)
        return table

    @cached_property
    def _wholes(self) -> Mapping[str, Bearing]:
        """Return who bears each form that has no surname or no forename, by the whole of it."""
        table: dict[str, dict[PersonForm, list[int]]] = {}
        for at, forms in self._forms.items():
            for form in forms:
                if not form.surname or not form.forenames:
                    table.setdefault(form.whole, {}).setdefault(form, []).append(at)
        return table

    @cached_property
    def _sounds(self) -> Mapping[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for surname in self._surnames:
            for bones in neighbours(surname):
                table[bones].append(surname)
        return table

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """Return how many cards have each surname, and each first forename, and each initial."""
        surnames: Counter[str] = Counter()
        forenames: Counter[str] = Counter()
        for forms in self._forms.values():
            surnames.update({form.surname for form in forms})
            firsts = {form.forenames[0] for form in forms if form.forenames}
            forenames.update(firsts | {first[0] for first in firsts})
        return surnames, forenames

    @cached_property
    def _things_sounding(self) -> Mapping[str, list[int]]:
        table: dict[str, list[int]] = defaultdict(list)
        for at, card in enumerate(self.cards):
            if card.kind != "person":
                for sound in {_sound(plain(key(name))) for name in card.names}:
                    table[sound].append(at)
        return table


def _sound(name: str) -> str:
    """Return the key under which spellings of a thing's name meet."""
    return " ".join(skeleton(word) for word in name.split())
