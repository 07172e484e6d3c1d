from __future__ import annotations

import pytest

from epistola.mentions.names.places import places
from epistola.model import Letter
from naming import compare

NOT_PLACES = [
    "Mr. London met Lady Florence and Sir Walter Paris.",
    "I took a bath; Bath salts are dear.",
    "The French are here.",
    "He called a Coach House an Old House, at the Market Town.",
    "He wrote in the Edinburgh Review of the London Magazine.",
    "She read “London in May” aloud.",
    "They went West, and then west again.",
    "The orders were imposed by Vienna.",
    "Vienna refused, and London's policy was firm.",
    "In Maria I trust, and in Mr. Bell.",
    "It was in May, on Monday.",
    "At Bell's I saw it.",
    "She wrote to Drumcliff, and heard from Oakmere; they went to Oakmere's.",
    "The London Society met at the Lisbon University; the London Congress rose.",
    "The Kingdom of Reason is near.",
    "Mary Bath Marsham and Lisbon Vernon met.",
    "Walter Marsham, U.S.A.X., wrote U.S. in it.",
]

PLACES = [
    "From [place type=country France] to [place type=capital London], by [place Lisbon].",
    "He lives in [place 31, Wimpole Street], she at [place 4 Vernon St.] or [place Bow street].",
    "[place Marsham Hall], [place St. James's Square], [place Bell Castle] and [place Mount Hope].",
    "The [place Isle of Wight] and [place Lake Como].",
    "Near [place Allen's town] and [place Flintshire].",
    "The [place type=bloc West] and [place Europe].",
    "We went to [place Bath], and [place Bath] was full.",
    "She lives at [place Drumcliff] and [place Drumcliffe Park].",
    "The [place Prussian state] and [place New\nYork] are\nfar apart, they say.",
    "In [place Florence] we saw Florence Bell.",
    "We are going to [place Town].",
    "She came from [place Moreau]; she lives at Drumley.",
    "The hotel is in [place Rue St. Honoré] or [place 29 Rue du Marsham].",
    "The [place U.S.A.] and the [place County of Lisbon].",
    "They came to [place Grove house] and to [place 12, Lisle Circus].",
    "We saw [place Lisbon] - Bell and all.",
    "They went back to [place Drumcliff], and came from [place Oakmere] on Monday.",
    "The [place type=bloc West] is not the West Lisle Company.",
]

LETTERS = [
    "[place Drumcliff], 4 May 1821\n\nMy dear Fanny, we are well.",
    "[place Bath] July 3d\n\nMy dear Fanny, we are well.",
    "[place Marsham Town]\nMarch 15 1825\n\nMy dear Fanny, we are well.",
    "Mrs. Bell\n[place Drumcliff]\n[place Bath]\n\nWe came home.",
]


@pytest.mark.parametrize("line", [*NOT_PLACES, *PLACES, *LETTERS])
def test_places(line: str) -> None:
    found, wanted = compare(places, line)
    assert found == wanted


def test_german() -> None:
    found, wanted = compare(
        places,
        "Wir wohnen in der [place Hauptstraße], [place Gartenstr. 4], in [place Lisbon].",
        Letter(language="de"),
    )
    assert found == wanted


def test_french() -> None:
    line = (
        "Il demeure [place Rue de Vernon], [place 5 rue de la Hope], au [place château de Vernon];"
        " en [place Union soviétique], dans une rue."
    )
    found, wanted = compare(places, line, Letter(language="fr"))
    assert found == wanted
