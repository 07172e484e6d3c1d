"""What the tests of persons, places, organisations and events share: a small world, and a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from epistola.gazetteer import Names
from epistola.model import Annotation, Letter, Source
from marks import claims, marked

WORLD = {
    "forename": (
        "Amelia Anne Charles Daniel Emma Fanny Florence George Henry Jane John Karl Louis Maria"
        " Mark Mary Victor Walter Will"
    ),
    "surname": "Wilmot Marsham Vernon Hope Bell Lisle Moreau Paris North",
    "person": "Voltaire Robespierre Danton Bismarck",
    "country": "France Spain England Prussia",
    "settlement": "Lisbon Bath Florence Moreau Dover",
    "capital": "Vienna London Paris",
    "region": "Tuscany",
    "bloc": "West Europe",
    "demonym": "French English Prussian Marxist Crimean",
    "government": "Parliament",
    "event": "Restoration",
    "word": (
        "The We They He She It There Then Your My Bath Hope Bell Will Mark Old House Great Coach"
        " Green Letter Tomorrow Yesterday Market Dinner Arts Sciences Poor Society Street"
        " Workers Women Watch Ward Wages Reason General Strike Committee Second Third Congress"
        " Central North"
    ),
}
LISTED = {
    "person": ["Victor Hugo"],
    "country": ["Western Union", "U.S.A.", "Union soviétique"],
    "geography": ["Lake Como"],
    "settlement": ["New York", "Drumley"],
    "institution": ["Drumley", "Fifth International"],
    "periodical": ["Edinburgh Review", "Fifth International"],
    "army": ["Grande Armée"],
    "company": ["Marsham Lisle"],
    "society": ["A. L. of P.", "Ligue des arts"],
    "site": ["Lisle Circus"],
    "event": ["Seven Years' War", "Vernon case"],
}
NAMES = Names(
    {
        name: dict.fromkeys([*WORLD.get(name, "").split(), *LISTED.get(name, [])], "")
        for name in WORLD | LISTED
    }
)

Recogniser = Callable[[Source, Letter, Names], Iterable[Annotation]]


Claim = tuple[str, str, dict[str, str]]


def compare(
    recogniser: Recogniser, line: str, letter: Letter | None = None
) -> tuple[list[Claim], list[Claim]]:
    """Return what a recogniser finds in ``line`` and what is marked there, fit to be compared.

    Of the values only those count that the marks name.
    """
    source, annotations = marked(line)
    wanted = claims(source, annotations)
    found = claims(source, recogniser(source, letter or Letter(), NAMES))
    keys = {(kind, text): set(values) for kind, text, values in wanted}
    cut = [
        (kind, text, {k: v for k, v in values.items() if k in keys.get((kind, text), ())})
        for kind, text, values in found
    ]
    return cut, wanted
