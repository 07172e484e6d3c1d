from __future__ import annotations

import pytest

from epistola.checks.records import admissible
from epistola.model import Entry, EntryId, Finding

PLACE = (
    '<place xmlns="http://www.tei-c.org/ns/1.0" xml:id="place-ely">'
    "<placeName>Ely</placeName>{}</place>"
)


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<population>20,000</population>", False),
        ("<note>A <hi>small</hi> city.</note>", True),
        ('<idno type="URI">http://example.org/ely</idno>', True),
        ("", True),
    ],
)
def test_a_record_that_the_schema_refuses_is_left_out(inside: str, *, kept: bool) -> None:
    entry = Entry(EntryId("place-ely"), "place", ("Ely",), {}, PLACE.format(inside), "places.xml")
    findings: list[Finding] = []
    (admitted,) = admissible([entry], findings.append)
    assert bool(admitted.record) is kept
    assert [finding.code for finding in findings] == ([] if kept else ["register-entry"])
    assert (admitted.names, admitted.home) == (entry.names, entry.home)
