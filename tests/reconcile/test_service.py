"""A reconciliation service, asked over a real connection to this machine, well and ill."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epistola.model import Finding
from epistola.reconcile.cache import FILE, CacheError, Query, opened
from epistola.reconcile.card import NO_YEARS, Card, Years
from epistola.reconcile.propose import Subject, judge, proposals
from epistola.reconcile.service import Answers, ask
from epistola.reconcile.web import AGENT, Manners, ServiceError, fetch
from service import MANIFEST, SCOTT, Played, Reply, as_json, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


waited: list[float] = []
QUICK = Manners(timeout=0.3, deadline=0.6, tries=3, size=100_000, sleep=waited.append)


def subjects(*names: str) -> list[Subject]:
    return [Subject("r.xml", str(at), Card("person", (name,))) for at, name in enumerate(names)]


def answered(
    played: Played,
    folder: Path,
    *names: str,
    manners: Manners | None = QUICK,
    types: dict[str, str] | None = None,
    notes: list[Finding] | None = None,
) -> Answers:
    found = [] if notes is None else notes
    with opened(folder, played.url) as cache:
        return ask(subjects(*names), cache, types or {}, "en", found.append, manners)


def proposed(answers: Answers, *names: str) -> list[tuple[str, str]]:
    verdicts = judge(subjects(*names), answers)
    found = [one for verdict in verdicts for one in proposals(verdict)]
    return [(one.number.value, one.match.certainty) for one in found]


def test_a_candidate_is_proposed(tmp_path: Path) -> None:
    with serving(Played()) as played:
        answers = answered(played, tmp_path, "Scott, Walter", "Jane Doe", types={"person": "Q5"})
    assert proposed(answers, "Scott, Walter") == [("https://viaf.org/viaf/7", "medium")]
    assert proposed(answers, "Jane Doe") == []
    assert played.requests == [("GET", AGENT), ("POST", AGENT)]
    assert played.asked == [
        {
            "q0": {"query": "Walter Scott", "limit": 10, "type": "Q5"},
            "q1": {"query": "Jane Doe", "limit": 10, "type": "Q5"},
        }
    ]


@pytest.mark.parametrize(
    ("candidates", "years", "expected"),
    [
        ([{**SCOTT, "match": False}], NO_YEARS, ["low"]),
        ([{**SCOTT, "match": False}], Years(1771, 1832), ["high"]),
        ([SCOTT], Years(1700, 1750), []),
        ([SCOTT, {**SCOTT, "id": "8"}], NO_YEARS, []),
        ([{**SCOTT, "name": "Scott, Wilhelm"}], NO_YEARS, []),
        (
            [{**SCOTT, "name": "Walter Scott", "match": False, "description": "poet (1771–1832)"}],
            Years(1771, 1832),
            ["high"],
        ),
    ],
)
def test_how_certain_an_answer_is(
    tmp_path: Path, candidates: list[Any], years: Years, expected: list[str]
) -> None:
    with serving(Played(answers={"Walter Scott": candidates})) as played:
        answers = answered(played, tmp_path, "Walter Scott")
    entry = Subject("r.xml", "a", Card("person", ("Walter Scott",), years))
    verdict = judge([entry], answers)[0]
    found = [one.match.certainty for one in proposals(verdict) if one.match.certainty]
    assert found == expected


def test_names_are_asked_once_and_in_batches(tmp_path: Path) -> None:
    names = [f"Person {at}" for at in range(7)]
    with serving(Played(manifest={**MANIFEST, "batchSize": 3})) as played:
        answered(played, tmp_path, *names, *names)
    assert [len(batch) for batch in played.asked] == [3, 3, 1]


# The cache.


def test_a_second_run_asks_nothing_and_says_the_same(tmp_path: Path) -> None:
    with serving(Played()) as played:
        first = answered(played, tmp_path, "Walter Scott", "Jane Doe")
        count = len(played.requests)
        second = answered(played, tmp_path, "Walter Scott", "Jane Doe")
        assert len(played.requests) == count
        answered(played, tmp_path, "Walter Scott", types={"person": "Q5"})
        assert len(played.requests) == count + 1  # another type is another question
    again = answered(played, tmp_path, "Walter Scott", "Jane Doe")  # nobody is there any more
    for answers in (second, again):
        assert proposed(answers, "Walter Scott") == proposed(first, "Walter Scott")


def test_offline_uses_what_is_known_and_tells_what_is_not(tmp_path: Path) -> None:
    notes: list[Finding] = []
    with serving(Played()) as played:
        answered(played, tmp_path, "Walter Scott")
        count = len(played.requests)
        answers = answered(played, tmp_path, "Walter Scott", "Jane Doe", manners=None, notes=notes)
        assert len(played.requests) == count
    assert proposed(answers, "Walter Scott") == [("https://viaf.org/viaf/7", "medium")]
    assert [(note.code, "about 1 name that" in note.message) for note in notes] == [
        ("service-offline", True)
    ]


def test_what_was_answered_before_a_failure_is_kept(tmp_path: Path) -> None:
    broken: list[Reply] = [(500, {}, b"")] * 3
    with serving(Played(manifest={**MANIFEST, "batchSize": 1})) as played:
        answered(played, tmp_path, "Walter Scott")
        played.faults = broken
        with pytest.raises(ServiceError):
            answered(played, tmp_path, "Walter Scott", "Jane Doe")
        with opened(tmp_path, played.url) as cache:
            assert cache.find(Query("Walter Scott")) is not None
            assert cache.find(Query("Jane Doe")) is None


def test_a_damaged_cache(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to look at" * 20)
    with pytest.raises(CacheError, match="delete it"), opened(tmp_path, "https://a.org"):
        pass


def test_a_cache_of_another_shape(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE answers (something TEXT)")
    connection.close()
    with pytest.raises(CacheError, match=FILE), opened(tmp_path, "https://a.org") as cache:
        cache.find(Query("x"))


def test_a_cache_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CacheError, match="it cannot be made"), opened(tmp_path / "file", "x"):
        pass


# Faults that pass.


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_it_is_asked_again(tmp_path: Path, code: int) -> None:
    waited.clear()
    with serving(Played(faults=[(code, {}, b"busy"), (code, {}, b"")])) as played:
        answers = answered(played, tmp_path, "Walter Scott")
    assert proposed(answers, "Walter Scott") == [("https://viaf.org/viaf/7", "medium")]
    assert waited == [1, 2]


@pytest.mark.parametrize(
    ("header", "wait"), [("7", 7), ("9999", 60), ("tomorrow", 1), ("-5", 1), ("", 1)]
)
def test_it_waits_as_long_as_it_is_asked_to(tmp_path: Path, header: str, wait: float) -> None:
    waited.clear()
    with serving(Played(faults=[(429, {"Retry-After": header}, b"")])) as played:
        answered(played, tmp_path, "Walter Scott")
    assert waited == [wait]


# Faults that do not.


def html(_: str) -> Reply:
    return 200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"


def deep(_: str) -> Reply:
    return 200, {}, b"[" * 90_000


def huge(_: str) -> Reply:
    return 200, {}, b"[" + b"0," * 100_000 + b"0]"


def lying(_: str) -> Reply:
    return 200, {"Content-Length": "5000"}, b"{}"


def silent(_: str) -> Reply:
    time.sleep(0.5)
    return as_json(MANIFEST)


def elsewhere(_: str) -> Reply:
    return 302, {"Location": "http://127.0.0.2:9/other"}, b""


def code(number: int) -> Callable[[str], Reply]:
    return lambda _: (number, {}, b"no")


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (html, "it does not answer in JSON: is it the address of a reconciliation service?"),
        (deep, "it does not answer in JSON"),
        (lambda _: (200, {}, b"\xff\xfe\x00"), "it does not answer in JSON"),
        (huge, "it answers with more than 100,000 bytes"),
        (lying, "the connection broke (IncompleteRead), asked 3 times"),
        (silent, "it does not answer in time, asked 3 times"),
        (elsewhere, "it sends on to http://127.0.0.2:9/other: if you trust that"),
        (code(404), "it answers 404 (Not Found): is the address right?"),
        (code(403), "it answers 403 (Forbidden): is the address right?"),
        (code(500), "it answers 500 (Internal Server Error), asked 3 times: try again later"),
        (lambda _: as_json([]), "it does not say who it is"),
        (lambda _: as_json({}), "it does not say who it is"),
        (lambda _: as_json({"name": 7}), "it does not say who it is"),
    ],
)
def test_what_is_no_service(tmp_path: Path, whole: Callable[[str], Reply], said: str) -> None:
    with serving(Played(whole=whole)) as played, pytest.raises(ServiceError) as caught:
        answered(played, tmp_path, "Walter Scott")
    assert said in str(caught.value)
    assert str(caught.value).startswith(played.url)


def test_an_answer_in_drops_comes_to_an_end(tmp_path: Path) -> None:
    with serving(Played(drops=0.1)) as played:
        started = time.monotonic()
        with pytest.raises(ServiceError, match="it does not come to an end, asked 3 times"):
            answered(played, tmp_path, "Walter Scott")
        assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "it does not answer the query “Walter Scott” (q0.result is no list)"),
        ({}, "q0.result is no list"),
        ({"q0": {"error": "no"}}, "q0.result is no list"),
        ({"q0": {"result": [{"id": "7"}]}}, "a candidate (result[0]) without id or name"),
        ({"q0": {"result": [{"id": 7, "name": "x"}]}}, "(result[0]) without id or name"),
        ({"q0": {"result": ["x"]}}, "(result[0]) without id or name"),
    ],
)
def test_answers_in_another_form(tmp_path: Path, answer: Any, said: str) -> None:
    played = Played()
    played.whole = lambda method: as_json(MANIFEST if method == "GET" else answer)
    with serving(played), pytest.raises(ServiceError) as caught:
        answered(played, tmp_path, "Walter Scott")
    assert said in str(caught.value)


def test_nobody_is_there(tmp_path: Path) -> None:
    with serving(Played()) as played:
        pass
    with pytest.raises(ServiceError, match=r"it cannot be reached .*, asked 3 times"):
        answered(played, tmp_path, "Walter Scott")


@pytest.mark.parametrize(
    "url", ["", "viaf", "file:///etc/passwd", "ftp://a.org", "http://", "http://[x"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ServiceError, match="is no address of a service"):
        fetch(url, None, QUICK)


# Ids.


@pytest.mark.parametrize(
    ("manifest", "name", "value"),
    [
        (
            {"identifierSpace": "http://www.wikidata.org/entity/"},
            "Q79025",
            "http://www.wikidata.org/entity/Q79025",
        ),
        (
            {"identifierSpace": "", "view": {"url": "https://d-nb.info/gnd/{{id}}"}},
            "118",
            "https://d-nb.info/gnd/118",
        ),
        ({"identifierSpace": "https://example.org/about"}, "https://a.org/7", "https://a.org/7"),
        ({"identifierSpace": "https://a.org/"}, "x y&z", "https://a.org/x%20y%26z"),
    ],
)
def test_an_id_becomes_an_address(tmp_path: Path, manifest: Any, name: str, value: str) -> None:
    played = Played({**MANIFEST, **manifest}, {"Walter Scott": [{**SCOTT, "id": name}]})
    with serving(played):
        answers = answered(played, tmp_path, "Walter Scott")
    assert proposed(answers, "Walter Scott") == [(value, "medium")]


def test_an_id_that_is_no_address_is_told(tmp_path: Path) -> None:
    notes: list[Finding] = []
    played = Played({"name": "People"}, {"Walter Scott": [SCOTT]})
    with serving(played):
        answers = answered(played, tmp_path, "Walter Scott", notes=notes)
    assert proposed(answers, "Walter Scott") == []
    assert [(note.code, "“7” (1 in all)" in note.message) for note in notes] == [
        ("service-id", True)
    ]
