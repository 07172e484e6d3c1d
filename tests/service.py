"""A reconciliation service on this machine, for tests to be asked well and ill."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Reply = tuple[int, dict[str, str], bytes]
MANIFEST = {
    "versions": ["0.2"],
    "name": "People",
    "identifierSpace": "https://viaf.org/viaf/",
    "schemaSpace": "https://example.org/types/",
}
SCOTT = {"id": "7", "name": "Scott, Walter, 1771-1832", "score": 90, "match": True, "type": []}


@dataclass
class Played:
    """A service that answers as a test wants it to, and remembers what it was asked."""

    manifest: Any = field(default_factory=lambda: MANIFEST)
    answers: dict[str, list[Any]] = field(default_factory=lambda: {"Walter Scott": [SCOTT]})
    faults: list[Reply] = field(default_factory=list)
    """What it answers before it comes to its senses."""
    whole: Callable[[str], Reply] | None = None
    drops: float = 0.0
    """How many seconds it waits between two bytes."""
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)

    def reply(self, method: str, form: str) -> Reply:
        if self.faults:
            return self.faults.pop(0)
        if self.whole is not None:
            return self.whole(method)
        if method == "GET":
            return as_json(self.manifest)
        queries = json.loads(parse_qs(form)["queries"][0])
        self.asked.append(queries)
        found = {key: {"result": self.answers.get(q["query"], [])} for key, q in queries.items()}
        return as_json(found)


def as_json(value: Any) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


@contextmanager
def serving(played: Played) -> Iterator[Played]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer("")

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def answer(self, form: str) -> None:
            played.requests.append((self.command, str(self.headers["User-Agent"])))
            code, headers, body = played.reply(self.command, form)
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                step = 1 if played.drops else max(len(body), 1)
                for at in range(0, len(body), step):
                    self.wfile.write(body[at : at + step])
                    time.sleep(played.drops)
            except OSError:
                self.close_connection = True  # the other side has heard enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    played.url = f"http://127.0.0.1:{server.server_port}/reconcile"
    try:
        yield played
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
