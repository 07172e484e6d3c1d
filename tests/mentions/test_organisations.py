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
]


@pytest.mark.parametrize("line", [*NOT_ORGANISATIONS, *ORGANISATIONS])
def test_organisations(line: str) -> None:
    found, wanted = compare(organisations, line)
    assert found == wanted


@pytest.mark.parametrize("holder", ["Free Voices", "Edinburgh Review"])
def test_holders_of_rights_that_are_no_persons(holder: str) -> None:
    line = f"Copyright: [org {holder}] & Henry Quill. Used here with permission."
    source, _ = marked(line)
    whole = Span(0, len(source.text))
    letter = Letter(fields=(Field("rights", whole, Span(len("Copyright: "), whole.end)),))
    found, wanted = compare(organisations, line, letter)
    assert found == wanted
