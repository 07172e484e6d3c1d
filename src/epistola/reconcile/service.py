"""Ask a service by the Reconciliation Service API of the W3C community group, version 0.2.

A service says who it is at its address (the manifest, section 3), and answers batches of
queries that are posted there (sections 4.2 and 4.3). Nothing else of the API is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from epistola.model import Finding, Report, Severity
from epistola.reconcile.cache import Cache, Query
from epistola.reconcile.card import Card, Years, years_in
from epistola.reconcile.catalogue import Catalogue
from epistola.reconcile.compare import Match
from epistola.reconcile.numbers import ADDRESS, Number, number
from epistola.reconcile.propose import Subject
from epistola.reconcile.web import PATIENT, Manners, ServiceError, fetch
from epistola.registers.catalogue import catalogue_name

WHO = Query("")
"""Asks a service who it is."""
BATCH = 40
LIMIT = 10
"""How many candidates are asked for."""
CROWD = 20.0
"""How many more of a name there are in a service's world than it answers with."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a service says of itself: how it is called, and what its ids are part of."""

    name: str
    space: str = ""
    view: str = ""
    batch: int = BATCH

    def number(self, name: str) -> Number | None:
        """Return the number that the id ``name`` is, or None where it makes no address."""
        try:
            return number(self._address(name))
        except ValueError:
            return None

    def _address(self, name: str) -> str:
        if ADDRESS.fullmatch(name):
            return name
        if ADDRESS.fullmatch(self.space) and self.space.endswith(("/", "#", "=", ":")):
            return self.space + quote(name, safe="/:")
        if "{{id}}" in self.view:
            return self.view.replace("{{id}}", quote(name, safe="/:"))
        return name


class Answers:
    """A source of candidates: what a service has answered about each name."""

    def __init__(
        self,
        cards: Mapping[tuple[str, Query], tuple[Card, ...]],
        types: Mapping[str, str],
        language: str,
    ) -> None:
        self._cards = cards
        self._types = types
        self._language = language

    def by_number(self, _: Card) -> tuple[Card, ...]:
        """Return nothing: a service is asked for names."""
        return ()

    def matches(self, entry: Card, named_in: Years) -> list[Match]:
        """Return what may be the same as ``entry``, the least accidental first."""
        asked = query(entry, self._types)
        cards = self._cards.get((entry.kind, asked), ()) if asked else ()
        return Catalogue(cards, self._language, CROWD).matches(entry, named_in)


def query(card: Card, types: Mapping[str, str]) -> Query | None:
    """Return what to ask about an entry: its first name, a person's as it is spoken.

    >>> query(Card("person", ("Scott, Walter, Sir, 1771-1832",)), {"person": "Q5"})
    Query(name='Walter Scott', type='Q5')
    """
    name = card.names[0].strip() if card.names else ""
    parts = catalogue_name(name) if card.kind == "person" else None
    if parts is not None:
        name = f"{parts.forename or parts.title} {parts.surname}".strip()
    return Query(name, types.get(card.kind, "")) if name else None


def ask(
    subjects: Iterable[Subject],
    cache: Cache,
    types: Mapping[str, str],
    language: str,
    report: Report,
    manners: Manners | None = PATIENT,
) -> Answers:
    """Return what the service of ``cache`` says of ``subjects``; asked is what is not cached.

    ``types`` are the service's own types by our kinds. Without ``manners`` nothing is asked.

    Raises ServiceError; what was answered before is cached.
    """
    wanted = dict.fromkeys(
        (one.card.kind, asked) for one in subjects if (asked := query(one.card, types))
    )
    queries = list(dict.fromkeys(asked for _, asked in wanted))
    known = {one: answer for one in queries if (answer := cache.find(one)) is not None}
    missing = [one for one in queries if one not in known]
    if manners is None and missing:
        report(_not_asked(len(missing), cache.service))
    service = _service(cache, manners if queries else None)
    if manners is not None:
        for at in range(0, len(missing), service.batch):
            known.update(_batch(cache, missing[at : at + service.batch], manners))
    numberless: list[str] = []
    cards = {
        (kind, asked): tuple(_cards(cache.service, service, kind, known[asked], numberless))
        for kind, asked in wanted
        if asked in known
    }
    if numberless:
        report(_without_address(numberless, cache.service))
    return Answers(cards, types, language)


def _service(cache: Cache, manners: Manners | None) -> Service:
    """Return who the service is, as the cache knows or as it says itself."""
    known = cache.find(WHO)
    if known is None and manners is None:
        return Service(cache.service)
    manifest = (
        json.loads(known) if known is not None else fetch(cache.service, None, manners or PATIENT)
    )
    service = _manifest(cache.service, manifest)
    if known is None:
        cache.keep(WHO, json.dumps(manifest))
    return service


def _manifest(url: str, value: Any) -> Service:
    """Return what a manifest says (3.1); raises ServiceError where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise ServiceError(
            f"{url}: it does not say who it is (a manifest with a name): is it the address of a"
            " reconciliation service?"
        )
    view = value.get("view")
    address = view.get("url") if isinstance(view, dict) else ""
    batch = value.get("batchSize")
    return Service(
        value["name"],
        _text(value.get("identifierSpace")),
        _text(address),
        min(batch, BATCH) if isinstance(batch, int) and batch > 0 else BATCH,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _batch(cache: Cache, batch: Sequence[Query], manners: Manners) -> Iterator[tuple[Query, str]]:
    """Ask one batch (4.2), keep and yield the answers."""
    asked = {
        f"q{at}": {"query": one.name, "limit": LIMIT, **({"type": one.type} if one.type else {})}
        for at, one in enumerate(batch)
    }
    form = urlencode({"queries": json.dumps(asked, ensure_ascii=False)}).encode()
    answer = fetch(cache.service, form, manners)
    for at, one in enumerate(batch):
        found = answer.get(f"q{at}") if isinstance(answer, dict) else None
        result = found.get("result") if isinstance(found, dict) else None
        if not isinstance(result, list):
            raise ServiceError(
                f"{cache.service}: it does not answer the query “{one.name}” (q{at}.result is no"
                " list): is it a service of version 0.2 of the API?"
            )
        kept = json.dumps(result, ensure_ascii=False)
        cache.keep(one, kept)
        yield one, kept


def _cards(
    url: str, service: Service, kind: str, answer: str, numberless: list[str]
) -> Iterator[Card]:
    """Yield the candidates of one answer (4.3); ``numberless`` gathers ids that are no address."""
    for at, one in enumerate(json.loads(answer)):
        values = one if isinstance(one, dict) else {}
        name, label = values.get("id"), values.get("name")
        if not isinstance(name, str) or not isinstance(label, str) or not name or not label:
            raise ServiceError(
                f"{url}: it answers with a candidate (result[{at}]) without id or name"
            )
        found = service.number(name)
        if found is None:
            numberless.append(name)
        years = years_in(label)
        yield Card(
            kind,
            (label,),
            years if any(years) else years_in(_text(values.get("description"))),
            numbers=(found,) if found else (),
            match=values.get("match") is True,
        )


def _not_asked(number: int, url: str) -> Finding:
    names = "1 name" if number == 1 else f"{number} names"
    message = f"{url} was not asked about {names} that the cache does not know (--offline)"
    return Finding(Severity.INFO, "service-offline", message)


def _without_address(ids: Sequence[str], url: str) -> Finding:
    message = (
        f"{url} answers with ids that are no addresses and does not say what they are part of, as"
        f" “{ids[0]}” ({len(ids)} in all): they are not proposed"
    )
    return Finding(Severity.WARNING, "service-id", message)
