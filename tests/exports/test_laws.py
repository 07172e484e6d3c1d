"""What two formats both can say is not lost between them, whatever it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from lxml import etree

from bibliographies import REGISTER, SAMPLES, register, works
from epistola.checks.relaxng import check_schema
from epistola.exports import bibtex, csl, ris
from epistola.registers.bibliography import read_bibliography
from epistola.registers.bibliography.bibtex import KINDS as BIBTEX_KINDS
from epistola.registers.bibliography.csl import (
    IDNOS,
    NEAREST,
    OTHERS,
    OWN,
    ROLES,
    SCOPES,
    TOLD,
    read_item,
    read_kind,
    sayable,
    write_item,
    written_kind,
)
from epistola.registers.bibliography.csl import KINDS as CSL_KINDS
from epistola.registers.bibliography.record import (
    KINDS,
    PERIODICAL,
    XML_ID,
    T,
    read_work,
    write_work,
)
from epistola.registers.bibliography.work import Name, Work
from jing import jing
from shared import shared

TYPES = "t:attList/t:attDef[@ident='type']/t:valList/t:valItem"
SCHEMA = Path(__file__).parents[2] / "schemas/letter.odd"


@given(works())
def test_what_is_written_as_tei_is_read_again(work: Work) -> None:
    assert read_work(write_work(work)) == work


@given(works())
def test_tei_to_csl_to_tei_loses_nothing_that_both_can_say(work: Work) -> None:
    item = json.loads("".join(csl.write([read_work(write_work(work))])))[0]
    again = replace(read_item(item), id=work.id)
    assert sayable(read_work(write_work(again))) == sayable(replace(work, key=work.key or work.id))


@given(works())
def test_csl_to_tei_to_csl_loses_nothing_that_both_can_say(work: Work) -> None:
    item = write_item(work)
    assert write_item(read_work(write_work(read_item(item)))) == item


@given(works())
def test_what_is_written_is_valid(work: Work) -> None:
    document = REGISTER.format(etree.tostring(write_work(work), encoding="unicode"))
    assert check_schema(document.encode()) == []


def test_what_is_written_is_valid_by_tei_itself(tmp_path: Path) -> None:
    full = replace(
        SAMPLES[1],
        names=tuple((role, (Name("Hale", "Ada"), Name(literal="Board"))) for role in ROLES),
        scopes=tuple((unit, "3") for unit in SCOPES),
        numbers=tuple((kind, "12") for kind in IDNOS),
        others=tuple((field, "x") for field in OTHERS),
    )
    alone = replace(full, container="", series="")
    kinds = [(work, kind) for work in (full, alone, Work()) for kind in sorted(KINDS)]
    made = (replace(work, id=f"w-{at}", kind=kind) for at, (work, kind) in enumerate(kinds))
    everything = [*SAMPLES, *made]
    tei_all = shared("data/tei/tei_all_4.12.0.rng")
    assert jing(tei_all, [register(tmp_path, everything)]) == []


def test_every_kind_of_the_schema_has_its_type() -> None:
    (spec,) = (one for one in etree.parse(SCHEMA).iter(f"{T}elementSpec") if is_work(one))
    types = {str(value.get("ident")) for value in spec.iterfind(TYPES, {"t": T[1:-1]})}
    assert types == KINDS == set(CSL_KINDS) == set(BIBTEX_KINDS) == set(ris.KINDS)
    assert set(NEAREST.values()) | set(OWN.values()) | TOLD <= KINDS


def is_work(spec: etree._Element) -> bool:
    return spec.get("ident") == "biblStruct"


def test_every_type_of_csl_comes_back() -> None:
    for csl_type in {*CSL_KINDS.values(), *NEAREST}:
        for genre in ("", "sonata", "a b; c"):
            assert written_kind(*read_kind(csl_type, genre)) == (csl_type, genre)


BIBTEX_ROLES = ("author", "editor", "translator")


@given(works(BIBTEX_ROLES))
def test_bibtex_is_read_as_it_was_written(work: Work) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "works.bib")
        path.write_text("".join(bibtex.write([work])), "utf-8")
        (element,) = read_bibliography(path)
    again = read_work(element)
    same = ("title", "edition", "publisher", "place", "series", "note", "kind", "container")
    for field in same:
        assert getattr(again, field) == getattr(work, field).replace("\n", " "), field
    for role in BIBTEX_ROLES:
        assert [*map(shown, again.by(role))] == [*map(shown, work.by(role))]
    assert again.date == work.date
    if work.kind not in {*PERIODICAL, "journal", "newspaper"}:
        assert again.series_number == work.series_number
    assert again.scope("volume") == work.scope("volume")
    assert dashes(again.scope("page")) == dashes(work.scope("page"))


def shown(name: object) -> str:
    """A name without what BibTeX cannot tell: whether a name of one part is a person's."""
    parts = (getattr(name, part) for part in ("literal", "particle", "family", "given", "suffix"))
    return " ".join(filter(None, parts))


def dashes(text: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "–", text)


@given(works())
def test_each_record_of_ris_is_whole(work: Work) -> None:
    lines = "".join(ris.write([work])).split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert lines[-3:] == ["ER  - ", "", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z\d]  - .+", line) for line in lines[:-3])


@given(works())
def test_ris_has_the_translators_the_edition_and_the_series(work: Work) -> None:
    lines = "".join(ris.write([work])).split("\r\n")
    assert sum(line.startswith("A4  - ") for line in lines) == len(work.by("translator"))
    for tag, value in (("ET", work.edition), ("T3", work.series), ("SV", work.series_number)):
        assert [line[6:] for line in lines if line.startswith(tag)] == [value] * bool(value)


def test_ids_are_those_of_the_samples() -> None:
    assert [write_work(work).get(XML_ID) for work in SAMPLES] == [work.id for work in SAMPLES]
    assert set(IDNOS) >= {"ISBN", "DOI", "URL"}
