from __future__ import annotations

import pytest

from epistola.mentions.names.persons import persons
from epistola.model import Fact, Letter, Source
from naming import NAMES, compare

NOT_PERSONS = [
    "The French and the English are no names, nor is a Marxist.",
    "We leave on Monday, or in May; They said so Yesterday.",
    "I hope so, and Hope is a word here.",
    "There will be time: Will it rain? Mark my words.",
    "We walked down Vernon Street to Bell Square.",
    "He wrote in the Edinburgh Review, and in Maria Magazine.",
    "She read “Emma” and “Fanny in the Green” aloud.",
    "Dear Sir, my dear Madam, dear Friend,",
    "We stayed in Paris and saw Florence.",
    "They voted in the General Council of the party.",
    "Yesterday came a letter. Tomorrow comes one more.",
    "P.S. I forgot. N.B. at 3 P.M. in the U.S.A.",
    "We dined at Marsham house and came home.",
    "The Bell rang twice.",
    "They sent it to Marsham-Lisle, or to Marsham Lisle.",
    "The Franco-Prussian quarrel. Theorem XIV was next.",
    "A Revolutionary Father, the Virgin Mother; against Mother-right. The Father spoke.",
    "He lost House and Coach and Letter and Dinner, saw Bell at Market, and heard Bell and Poor.",
    "I like hope. They sold Hope, and then Hope again; and Bell once.",
    "MY DEAR OLD BELL RINGER, --",
    "Winds from colder North blew, and then from warmer North again.",
]

PERSONS = [
    "I saw [person Mr. Bell] and [person Mrs. Hope] there.",
    "[person Sir Walter Wilmot] met [person Lady Vernon] at the door.",
    "A note from [person Mr.\nBell] came.",
    "[person Dr. B.] called on [person Mr. L W]; [person Lady M.] did not.",
    "[person M. de Lisle] and [person Madame de la Tour] dined here.",
    "[person Captn. Wilmot], [person Col. Marsham] and [person Lord John Vernon] agree.",
    "I had it from [person Henry Quill, Esq.] and [person J. B. Wilmot Esqr.] of this town.",
    "[person H. G. Quill] and [person W. Bell] read it.",
    "[person Mr. B----] is here.",
    "I wrote to [person Mr. B----]. The answer came from [person Madame M***].",
    "The [person Duke of D——y] and [person Lord A*****n] saw the [person Countess of B----].",
    "The [person Duke of Wellington] met the [person Bishop of Durham].",
    "[person Mary Queen of Scots] and [person Louis the Fourteenth], not [person George 3rd].",
    "The [person Lord Chancellor] spoke.",
    "[person Aunt Mary] and my [person aunt Wilmot] came; [person Uncle Toby] did not.",
    "Ask [person Papa] about it.",
    "Your [person Father] and dear [person Mother] send love; and [person Mother] writes.",
    "Then I heard of [person Bell] and his verses; I like [person Bell] much.",
    "They had it from [person Hope]'s publisher.",
    "[person Walter Vernon] came. Then I saw [person Vernon] again, and [person Walter]'s dog.",
    "I told [person Quill] of it. [person Mr. Quill] laughed.",
    "[person Voltaire] wrote to [person Victor Hugo] about [person Mary Anne].",
    "We met the [persons Wilmots] and the [person Miss Marshams]: [person Mr. Wilmot] too.",
    "[person Danton], and [person Sorel], [person Mabille] and [person Tadic].",
    "The [person Danton]-[person Robespierre] quarrel went on.",
    "[person Arne Quill] says so, and [person Quill] is right.",
    "They asked poor [person Drusilla] to sing, dear [person Drusilla Quill].",
    "DEAR [person MR. BELL], -- MY DEAR SIR",
    "A young man of New York told me.",
    "[person MARIA]'S STORY",
    "[person Viscount France] and the [person Emperor Louis II] bowed.",
    "We met [person Odell Marsham], and then [person Jane Poor]'s dog.",
    "Ever yours, [person J. F. Q.]",
    "[person Daniel de Witt] and [person Maria De Quincey] wrote.",
    "[person MARIA VERNON] TO [person HENRY BELL].",
    "[person Mr. Bell]'s house and [person Mrs. Wilmot]\u2019s garden.",
    "[person Jane]-like, [person Emma] smiled.",
]

ADDRESSES = [
    "The aunt\n\n[person George] came.",
    "[person Mrs. Bell]\nWest End\nLisbon",
    "[person Henry Vernon]\nDover",
]


@pytest.mark.parametrize("line", [*NOT_PERSONS, *PERSONS, *ADDRESSES])
def test_persons(line: str) -> None:
    found, wanted = compare(persons, line)
    assert found == wanted


@pytest.mark.parametrize("text", ["", " ", "a", "A", "\n\n", "De", "St.", "Mr", "J. ", "\u2014A"])
def test_texts_of_hardly_anything_hold_no_person(text: str) -> None:
    assert list(persons(Source("a", text), Letter(), NAMES)) == []


def test_names_the_parts_of_a_name() -> None:
    line = "[person title=Mrs forename=Jane surname=Bell Mrs. Jane Bell]"
    found, wanted = compare(persons, line)
    assert found == wanted
    found, wanted = compare(
        persons, "[person title=Lady surname=Vernon Lady Vernon], [person forename=Fanny Fanny]."
    )
    assert found == wanted


def test_the_author_and_the_addressee_are_known() -> None:
    letter = Letter(author=Fact("Arne Tolliver Quill"), addressee=Fact("Mr. Drummle"))
    found, wanted = compare(
        persons, "So [person Drummle] told [person A. T. Q.] of [person Tolliver].", letter
    )
    assert found == wanted


def test_initials_of_the_author_are_certain() -> None:
    source = Source("a", "Ever yours, A. T. Q.")
    known = Letter(author=Fact("Arne Tolliver Quill"))
    assert [a.certainty for a in persons(source, known, NAMES)] == [0.95]
    assert [a.certainty for a in persons(source, Letter(), NAMES)] == [0.75]


GERMAN = [
    "Der Tag war schön, und das Haus auch.",
    "[person Herr Müller] sprach mit [person Karl von Weber] und [person Frau Braun].",
    "Der [person Herzog von Weimar] kam.",
]
FRENCH = [
    "La maison est belle.",
    "[person M. Dupont] et [person Mme de Lisle] sont partis.",
]


@pytest.mark.parametrize("line", GERMAN)
def test_german(line: str) -> None:
    found, wanted = compare(persons, line, Letter(language="de"))
    assert found == wanted


@pytest.mark.parametrize("line", FRENCH)
def test_french(line: str) -> None:
    found, wanted = compare(persons, line, Letter(language="fr"))
    assert found == wanted
