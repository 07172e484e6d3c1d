from __future__ import annotations

import pytest

from epistola.mentions.names.events import events
from naming import compare

NOT_EVENTS = [
    "The war went on, and the War too.",
    "A treaty with Spain was signed.",
    "The Great Day came, and the Dinner.",
    "She read “The Crimean War” aloud.",
    "We went to the trial of Danton.",
]

EVENTS = [
    "The [event Crimean War] and the [event Seven Years' War].",
    "The [event Treaty of Lisbon], the [event Peace of Vernon] and the [event Battle of the Nile].",
    "The [event French Revolution], then the [event Restoration].",
    "The [event Danton-Robespierre treaty with Spain] of that year.",
    "The [event Prussian missile crisis] and the [event Crimean\nwar].",
    "The [event Cold War] ended; the [event Prussian War] of the Marsham Club did not.",
]


@pytest.mark.parametrize("line", [*NOT_EVENTS, *EVENTS])
def test_events(line: str) -> None:
    found, wanted = compare(events, line)
    assert found == wanted
