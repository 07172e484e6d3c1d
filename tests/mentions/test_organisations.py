from __future__ import annotations

import pytest

from epistola.mentions.names.organisations import organisations
from epistola.model import Field, Letter, Span
from marks import marked
from naming import compare

NOT_ORGANISATIONS = [
    "The society met, and the Society dined.",
    "He wrote in the Edinburgh Review.",
    "She read “The Dinner Party” aloud.",
    "We were in Vienna, and saw Vienna's churches.",
    "Mr. Bank and Lady Council came.",
    "She came from the Western Union.",
    "An Old School, a Great Party, a French Co-operative.",
    "Mr. Bell and Co. will laugh; Will Marsham & Maria laugh.",
    "The 42nd day of the Bath season; the 3rd Lisbon coach.",
    "We met at 12, Lisle Circus, and dined (NRL).",
    "George Church and Victor Court dined.",
    "MARIA (the [org Lisbon Society]) and the [org National League] (U.S.A.); MARIA, U.S.A.",
    "A committee for Lisbon; the Committee, on Monday.",
    "Charles group and Mary faction; a Danton group.",
]

ORGANISATIONS = [
    "The [org Royal Society] and the [org Marsham Club].",
    "The [org University of Lisbon], the [org Bank of Spain] and the [org House of Lords].",
    "[org type=government Parliament] sat; the [org Grande Armée] marched.",
    "The [org Lisle Institute of Arts and Sciences] asked me.",
    "The terms were imposed by [org metonymy=place Vienna].",
    "They were subservient to [org metonymy=place London].",
    "[org metonymy=place Vienna]'s orders came late.",
    "[org metonymy=place London] refused.",
    "The [org type=government Vienna leadership] knew.",
    "The [org National Radical League] ([org NRL]) met; the [org NRL] won.",
    "[org Marsham-Lisle], or [org type=company Marsham Lisle], will print it.",
    "She lives at [org Drumley].",
    "[org Marsham & Co.] are the printers.",
    "[org Messrs. Vernon, Marsham & Sons] pay; [org Bell and Co.] do not.",
    "The [org Workers' Union], the [org Watch and Ward Society] and the [org Women's League].",
    "The [org Society for the Poor of Lisbon], the [org Committee of the French Party of Spain].",
    "The [org Prussian Workers' Union of Spain], the [org Central Committee of the French Party].",
    "The [org 42nd Regiment], the [org 3rd French Guards] and the [org 1st Battalion].",
    "The [org Danton group] and the [org type=government Bismarck cabinet] fell.",
    "The [org NRL] ([org National Radical League]) won; the [org NRL] did.",
    "The [org National Radical League] ([org N.R.L.]) met; the [org N.R.L.] won.",
    "The [org Social League Party] ([org SLP]) met; the [org SLP(M)] did not.",
    "The [org A.L. of P.] and the [org A. L. of P.] met.",
    "They belong to the [org Fifth International].",
    "The [org University of Bath] and the [org Lisbon School of Arts].",
]


@pytest.mark.parametrize("line", [*NOT_ORGANISATIONS, *ORGANISATIONS])
def test_organisations(line: str) -> None:
    found, wanted = compare(organisations, line)
    assert found == wanted


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Der [org Verein für Kunst] und die [org Königliche Bibliothek]; der Verein."),
        ("fr", "La [org Ligue des arts], le [org Parti ouvrier] et la [org Chambre des pairs]."),
        ("fr", "Une ligue; le parti; la chambre des pairs."),
    ],
)
def test_other_languages(language: str, line: str) -> None:
    found, wanted = compare(organisations, line, Letter(language=language))
    assert found == wanted


@pytest.mark.parametrize("holder", ["Free Voices", "Edinburgh Review"])
def test_holders_of_rights_that_are_no_persons(holder: str) -> None:
    line = f"Copyright: [org {holder}] & Henry Quill. Used here with permission."
    source, _ = marked(line)
    whole = Span(0, len(source.text))
    letter = Letter(fields=(Field("rights", whole, Span(len("Copyright: "), whole.end)),))
    found, wanted = compare(organisations, line, letter)
    assert found == wanted
