"""The page: whole, without scripts, and with nothing of a letter taken for markup."""

from __future__ import annotations

import re

from lxml import etree, html

from epistola.evaluate.calibration import Bin
from epistola.evaluate.confusions import confusions
from epistola.evaluate.page import FORMS, MOST_PLACES, PLACES, page
from epistola.evaluate.picture import reliability, said
from epistola.evaluate.score import Judged, Measure
from epistola.evaluate.scores import scored
from epistola.evaluate.tables import Table
from judging import judged

MEASURE = Measure(kinds=("person", "place"))


def shown(*letters: Judged, name: str = "gold", compared: Table | None = None) -> bytes:
    found = confusions(letters, MEASURE.kinds)
    return page(name, scored(letters, MEASURE), found, compared)


def text(raw: bytes) -> str:
    return " ".join("".join(map(str, html.document_fromstring(raw).itertext())).split())


def test_the_page_needs_nothing_else() -> None:
    raw = shown(judged("[person Ann] in [place Ely]", "[place Ann] in Ely", MEASURE))
    assert raw.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    root = html.document_fromstring(raw)
    assert [str(e.tag) for e in root.iter("script", "link", "img", "iframe", "object")] == []
    assert not re.search(rb"(?:https?:|//|@import|url\()", raw)
    ids = [str(e.get("id")) for e in root.iter() if e.get("id")]
    targets = [str(a.get("href"))[1:] for a in root.iter("a")]
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_words_of_letters_are_no_markup() -> None:
    evil = "<script>alert(1)</script> [person Ann</style><b onload=x>] &amp; more"
    raw = shown(
        judged(evil, evil.replace("[person ", "").replace(">]", ">"), MEASURE, name='<i "x">'),
        name="<h1>",
    )
    root = html.document_fromstring(raw)
    assert list(root.iter("script")) == []
    assert "<script>alert(1)</script> Ann</style><b onload=x> &amp; more" in text(raw)
    assert '<i "x">' in text(raw)
    assert "What Epistola finds in <h1>" in text(raw)


def test_what_went_wrong_is_shown_with_its_words() -> None:
    raw = shown(
        judged("I saw [person Ann Fox]", "I saw [person rule=r certainty=.8 Ann] Fox", MEASURE)
    )
    root = html.document_fromstring(raw)
    assert "1× Ann Fox → Ann" in text(raw)
    assert "a · r · 0.80" in text(raw)
    (place,) = [node for node in root.iter("ul") if node.get("class") == "places"]
    marks = [(m.get("class"), m.text) for m in place.iter("mark")]
    assert marks == [("gold made", "Ann"), ("gold", " Fox")]


def test_of_many_the_most_frequent_are_shown() -> None:
    names = [f"A{'b' * number}" for number in range(FORMS + 5)]
    often = " ".join(["[person Rose]"] * 30)
    line = f"{often} {' '.join(f'[person {name}]' for name in names)}"
    raw = shown(judged(line, re.sub(r"\[person (\w+)\]", r"\1", line), MEASURE))
    assert "30× Rose" in text(raw)
    assert f"{MOST_PLACES - PLACES} of {30 - PLACES} more" in text(raw)
    assert "6 rarer forms, 6 places." in text(raw)


def test_nothing_wrong_has_no_section() -> None:
    raw = shown(judged("[person Ann]", "[person Ann]", MEASURE))
    assert "What goes wrong" not in text(raw)


def test_what_has_changed_is_there() -> None:
    changed = Table("Since then", ("", "ΔF"), (("persons", "+.100"),))
    assert "Since then" in text(shown(judged("[person Ann]", "Ann", MEASURE), compared=changed))


def test_the_picture_is_said_in_words() -> None:
    bins = [Bin(0.8, 0.9, 4, 3, 0.85), Bin(0.9, 1.0, 0, 0, 0.0)]
    svg = reliability(bins)
    assert svg.get("aria-label") == (
        "Certainty and truth: of 4 tags with a mean certainty of 0.85 75% are right."
    )
    assert len(svg.findall("circle")) == 1
    assert said([]) == "Certainty and truth: no tags."
    assert etree.tostring(svg) == etree.tostring(reliability(bins))
