from __future__ import annotations

from epistola.model import Finding, Severity
from epistola.report.tally import MOST_LETTERS, Fault, Pair, Read, tally
from report_made import from_to, read, summed, tei


def test_of_nothing_there_is_nothing() -> None:
    sums = summed([])
    assert sums.totals["letters"] == 0
    assert sums.correspondents() == []
    assert sums.of_kind("person") == []
    assert not sums.years()


def test_letters_and_mentions_are_counted_apart() -> None:
    ann = "<persName>Ann</persName>"
    sums = summed([tei(f"<p>{ann} and {ann}</p>"), tei(f"<p>{ann}</p>"), tei()])
    (key,) = sums.of_kind("person")
    assert (sums.naming[key], sums.times[key], sums.linked[key]) == (2, 3, 0)
    assert [at.file.name for at in sums.where[key]] == ["a0.xml", "a1.xml"]


def test_what_most_letters_name_comes_first() -> None:
    names = ["Cy", "Ann", "Bo", "Bo"]
    sums = summed(tei(f"<p><persName>{name}</persName></p>") for name in names)
    assert [sums.name(key) for key in sums.of_kind("person")] == ["Bo", "Ann", "Cy"]


def test_what_has_no_entry_is_called_as_letters_mostly_write_it() -> None:
    forms = ["Nan", "Ann", "Ann"]
    ref = 'ref="https://viaf.org/viaf/1"'
    sums = summed(tei(f"<p><persName {ref}>{form}</persName></p>") for form in forms)
    assert [sums.name(key) for key in sums.of_kind("person")] == ["Ann"]


def test_memory_does_not_grow_with_the_letters_that_name_something() -> None:
    sums = summed([tei("<p><persName>Ann</persName></p>")] * (MOST_LETTERS + 5))
    (key,) = sums.of_kind("person")
    assert (len(sums.where[key]), sums.naming[key]) == (MOST_LETTERS, MOST_LETTERS + 5)


def test_pairs_have_a_direction() -> None:
    pairs = [("A", "B"), ("B", "A"), ("A", "B")]
    sums = summed(tei(corresp=from_to(*pair)) for pair in pairs)
    assert sums.pairs == {Pair("person:a", "person:b"): 2, Pair("person:b", "person:a"): 1}
    assert (sums.writing["person:a"], sums.receiving["person:a"]) == (2, 1)


def test_findings_come_with_the_files_or_from_elsewhere() -> None:
    ones = [Finding(Severity.ERROR, "pointer", "no #x")] * 2
    letters = tuple(read(tei()))
    fault = Fault("error", "pointer")
    for sums in (
        tally([Read(letters, tuple(ones))]),
        tally([Read(letters)], [ones]),
    ):
        assert (sums.found[fault], sums.faulty[fault]) == (2, 1)
        assert sums.totals["checked"]


def test_that_nobody_looked_is_not_that_nothing_was_found() -> None:
    letters = tuple(read(tei()))
    assert not tally([Read(letters)]).totals["checked"]
    assert tally([Read(letters, ())]).totals["checked"]
    assert tally([Read(letters)], []).totals["checked"]
