"""Ask an address on the web for JSON, patiently and politely, and believe nothing it says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from epistola import __version__

AGENT = f"epistola/{__version__} (reconciles the registers of a TEI edition; asks in batches)"
AGAIN = frozenset({429, 500, 502, 503, 504})
"""Answers after which it is worth asking again (RFC 9110, 15; RFC 6585, 4)."""
PIECE = 65_536


class ServiceError(Exception):
    """A service cannot be used; the message names its address and the remedy."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient to be: seconds for a sign of life and for a whole answer, tries, bytes.

    ``pause`` is the first wait between two tries, doubled each time; ``longest`` how long a
    service may make us wait.
    """

    timeout: float = 20.0
    deadline: float = 90.0
    tries: int = 4
    pause: float = 1.0
    longest: float = 60.0
    size: int = 16_000_000
    sleep: Callable[[float], None] = time.sleep


PATIENT = Manners()


class _NoRedirects(HTTPRedirectHandler):
    """Goes nowhere but where it was told to go."""

    def redirect_request(self, req: Request, *answer: Any) -> Request | None:
        """Refuse to follow, and say where it would have led: the last of ``answer``."""
        answer[0].close()
        raise ServiceError(
            f"{req.full_url}: it sends on to {answer[-1]}: if you trust that, name that address"
        )


def refuse_address(url: str) -> None:
    """Raise ServiceError where ``url`` is no address of the web."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ServiceError(f"“{url}” is no address of a service: write it as https://...")


def fetch(url: str, form: bytes | None, manners: Manners) -> Any:
    """Return the JSON at ``url``; with ``form`` it is asked by POST.

    Raises ServiceError after the last try, and at once for what no patience helps.
    """
    refuse_address(url)
    opener = build_opener(_NoRedirects())
    headers = {"User-Agent": AGENT, "Accept": "application/json"}
    request = Request(url, form, headers)  # noqa: S310 - the scheme was looked at above
    for tried in range(1, manners.tries + 1):
        try:
            return _json(url, _answer(opener, request, manners))
        except _BusyError as busy:
            if tried == manners.tries:
                raise ServiceError(f"{url}: {busy}, {_times(tried)}: try again later") from None
            wait = busy.wait if busy.wait is not None else manners.pause * 2 ** (tried - 1)
            manners.sleep(min(wait, manners.longest))
    raise ServiceError(f"{url}: it was not asked: allow at least one try")


class _BusyError(Exception):
    """What may be better in a while; ``wait`` are the seconds that the service asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def _answer(opener: OpenerDirector, request: Request, manners: Manners) -> bytes:
    try:
        with opener.open(request, timeout=manners.timeout) as response:
            return _body(request.full_url, response, manners)
    except HTTPError as error:
        error.close()
        said = f"it answers {error.code} ({error.reason})"
        if error.code in AGAIN:
            raise _BusyError(said, _retry_after(error.headers)) from None
        raise ServiceError(f"{request.full_url}: {said}: is the address right?") from None
    except TimeoutError:
        raise _BusyError("it does not answer in time") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _BusyError("it does not answer in time") from None
        raise _BusyError(f"it cannot be reached ({error.reason})") from None
    except (HTTPException, OSError) as error:
        raise _BusyError(f"the connection broke ({type(error).__name__})") from None


def _body(url: str, response: Any, manners: Manners) -> bytes:
    """Return the whole answer, if it is no larger and no slower than it may be."""
    until = time.monotonic() + manners.deadline
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > manners.size:
            raise ServiceError(f"{url}: it answers with more than {manners.size:,} bytes")
        if time.monotonic() > until:
            raise _BusyError("it does not come to an end")
    if response.length:
        raise IncompleteRead(b"", response.length)
    return b"".join(pieces)


def _retry_after(headers: Message) -> float | None:
    value = str(headers.get("Retry-After", "")).strip()
    return float(value) if value.isdecimal() else None


def _times(tried: int) -> str:
    return "asked once" if tried == 1 else f"asked {tried} times"


def _json(url: str, data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ServiceError(
            f"{url}: it does not answer in JSON: is it the address of a reconciliation service?"
        ) from None
