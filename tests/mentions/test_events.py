from __future__ import annotations

import pytest

from epistola.mentions.names.events import events
from epistola.model import Letter
from naming import compare

NOT_EVENTS = [
    "The war went on, and the War too.",
    "A treaty with Spain was signed.",
    "The Great Day came, and the Dinner.",
    "She read “The Crimean War” aloud.",
    "We went to the trial of Danton.",
    "The Fall of Wages and the Revolution of Reason are ideas.",
    "The peace of Europe, and the treaty of France, are safe.",
    "A Congress met; the Workers Congress met; the Prussian conference met.",
    "In 1848 Revolution was near; the strike of 1848 was long; it cost 1848.",
    "The third of 1830, the session of 1848, the votes of 11848.",
]

EVENTS = [
    "The [event Crimean War] and the [event Seven Years' War].",
    "The [event Treaty of Lisbon], the [event Peace of Vernon] and the [event Battle of the Nile].",
    "The [event French Revolution], then the [event Restoration].",
    "The [event Danton-Robespierre treaty with Spain] of that year.",
    "The [event Prussian missile crisis] and the [event Crimean\nwar].",
    "The [event Cold War] ended; the [event Prussian War] of the Marsham Club did not.",
    "The [event Revolution of 1848], the [event 1848 Revolution], the [event revolution of 1789].",
    "The [event 1842 General Strike] and the [event war of 1870-71]; the [event Treaty of 1839].",
    "After the [event Third Congress] came the [event Lisbon Congress].",
    "The [event battle of Lisbon], the [event siege of the Marsham Forest].",
    "After the [event peace of\nBath] we came home.",
    "The [event Lisbon conference], and the [event October revolution] after it.",
    "The [event French revolution]; the [event first world war]; the [event Vernon case].",
    "The [event Congress of the Workers Party of France] met.",
]


@pytest.mark.parametrize("line", [*NOT_EVENTS, *EVENTS])
def test_events(line: str) -> None:
    found, wanted = compare(events, line)
    assert found == wanted


GERMAN = [
    "Die [event Schlacht bei Lisbon] und der [event Zweite Kongreß].",
    "Die [event Revolution von 1848] und die [event französische Revolution]; ein Vertrag.",
]
FRENCH = [
    "La [event bataille de Lisbon], le [event siège de Bath], la [event paix d'Avranches].",
    "La [event révolution de 1848]; une bataille; la paix de l'âme.",
]


@pytest.mark.parametrize(
    ("language", "line"), [*(("de", line) for line in GERMAN), *(("fr", line) for line in FRENCH)]
)
def test_other_languages(language: str, line: str) -> None:
    found, wanted = compare(events, line, Letter(language=language))
    assert found == wanted
