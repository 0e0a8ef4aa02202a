"""A reconciliation service for tests: a real HTTP server on this machine that speaks the API, or misbehaves as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

SPACE = "https://authority.example/record/"
Trick = Callable[[BaseHTTPRequestHandler], bool]
"""Answers a request in its own way and returns True, or leaves it to the service."""


def record(id: str, name: str, score: float, match: bool, **more: Any) -> dict[str, Any]:
    """A candidate as a service sends it."""
    return {"id": id, "name": name, "score": score, "match": match, "type": [{"id": "P", "name": "Person"}], **more}


@dataclass
class Authority:
    """What the service knows and does: candidates by the name asked for, its manifest, what it was asked."""

    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    trick: Trick | None = None
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        known = {"versions": ["0.1", "0.2"], "name": "Valley Register", "identifierSpace": SPACE}
        kinds = [{"id": "/people", "name": "Person"}, {"id": "/bodies", "name": "Corporate Body"}]
        self.manifest = (
            known | {"schemaSpace": "https://authority.example/schema", "defaultTypes": kinds} | self.manifest
        )

    def queries(self) -> list[dict[str, Any]]:
        """Every query that was sent, in the form of version 0.2 or of the draft."""
        found: list[dict[str, Any]] = []
        for method, _, body in self.requests:
            if method == "POST" and body.startswith("{"):
                found += json.loads(body)["queries"]
            elif method == "POST":
                found += json.loads(parse_qs(body)["queries"][0]).values()
        return found

    def answer(self, path: str, body: str) -> Any:
        """The answer to a batch of queries; None if the service has no such path."""
        if path.endswith("/reconcile") and body.startswith("{"):
            names = [query["conditions"][0]["v"] for query in json.loads(body)["queries"]]
            return {"results": [{"candidates": self.records.get(name, [])} for name in names]}
        if "1.0-draft" in self.manifest["versions"] and len(self.manifest["versions"]) == 1:
            return None
        asked = json.loads(parse_qs(body)["queries"][0])
        return {key: {"result": self.records.get(query["query"], [])} for key, query in asked.items()}


class _Handler(BaseHTTPRequestHandler):
    authority: Authority

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _serve(self, body: str) -> None:
        authority = self.authority
        authority.requests.append((self.command, self.path, body))
        if authority.trick and authority.trick(self):
            return
        answer = authority.manifest if self.command == "GET" else authority.answer(self.path, body)
        send(self, 404 if answer is None else 200, json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def send(handler: BaseHTTPRequestHandler, code: int, data: bytes, **headers: str) -> None:
    """A whole answer; names of headers are written with `_` for `-`."""
    handler.send_response(code)
    for name, value in {"Content_Length": str(len(data)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """The service at work, at `authority.url`."""
    handler = type("Handler", (_Handler,), {"authority": authority})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
