"""One HTTP request to the address that the user gave, and to no other: bounded in time and in size."""

from __future__ import annotations

import http
import http.client
import re
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from kg.errors import KgError
from kg.version import __version__

MOST = 8 << 20
"""Bytes of an answer."""
REDIRECTS = 3
_CHUNK = 1 << 16
_WRONG_IN_URL = re.compile(r"[^\x21-\x7e]|[<>\"{}|^`\\]")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, and the URL that gave it: another than asked for after a redirect on the same host."""

    data: bytes
    url: str


class _ElsewhereError(Exception):
    """The answer is a redirect that is not followed; to where."""


def checked(url: str) -> str:
    """`url` without its fragment. Raises KgError where it is not an http or https URL, or holds a password."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 (raises ValueError)
        wrong = _WRONG_IN_URL.search(url.strip()) or parts.scheme.lower() not in _PORTS or not parts.hostname
    except ValueError:
        wrong = True
    if wrong:
        raise KgError(f"{url!r}: not a URL; give the http or https address of a reconciliation service")
    if parts.username is not None or parts.password is not None:
        raise KgError(f"{parts.hostname}: a URL with a name or password; give it without, it would be kept in the case")
    return urlunsplit(parts._replace(fragment=""))


def shown(url: str) -> str:
    """A URL for people and for the graph: without its query, which may hold a key."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


def fetch(url: str, timeout: float, body: bytes | None = None, media_type: str = "") -> Answer:
    """The answer to a GET request, or with a `body` to a POST request, within `timeout` seconds all in all.

    Redirects are followed on the same host only, and never with a body. Raises KgError, in one line, whatever goes wrong.
    """
    box: list[Answer | Exception] = []

    def work() -> None:
        try:
            box.append(_follow(url, time.monotonic() + timeout, timeout, body, media_type))
        except Exception as error:
            box.append(error)

    # In a thread of its own: looking up a name, or a server that sends a byte now and then, knows no time limit.
    thread = threading.Thread(target=work, daemon=True, name="kg-fetch")
    thread.start()
    thread.join(timeout)
    result = box[0] if box else TimeoutError()
    if isinstance(result, Answer):
        return result
    raise KgError(f"{shown(url)}: {_in_words(result, timeout)}") from None


def _follow(url: str, deadline: float, timeout: float, body: bytes | None, media_type: str) -> Answer:
    for _ in range(REDIRECTS + 1):
        try:
            return Answer(_read(_request(url, body, media_type), deadline, timeout), url)
        except urllib.error.HTTPError as error:
            with error:
                target = error.headers.get("Location", "") if error.code in (301, 302, 303, 307, 308) else None
            if target is None:
                raise
            url = _on_same_host(url, target, body)
    raise _ElsewhereError(url)


def _on_same_host(url: str, target: str, body: bytes | None) -> str:
    try:
        found = checked(urljoin(url, target))
        old, new = urlsplit(url), urlsplit(found)
    except (KgError, ValueError):
        raise _ElsewhereError(target) from None
    safer = (old.scheme, old.port, new.scheme, new.port) == ("http", None, "https", None)
    if body is not None or old.hostname != new.hostname or not (safer or _door(old) == _door(new)):
        raise _ElsewhereError(found)
    return found


def _door(parts: SplitResult) -> tuple[str, int]:
    return parts.scheme, parts.port or _PORTS[parts.scheme]


def _request(url: str, body: bytes | None, media_type: str) -> urllib.request.Request:
    headers = {"Accept": "application/json", "User-Agent": f"kg/{__version__}"}
    if body is not None:
        headers["Content-Type"] = media_type
    return urllib.request.Request(url, data=body, headers=headers)


def _opener() -> urllib.request.OpenerDirector:
    """Speaks HTTP only, through the user's proxy where there is one; redirects come back as errors."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _read(request: urllib.request.Request, deadline: float, timeout: float) -> bytes:
    response: Any = _opener().open(request, timeout=timeout)
    with closing(response):
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise ValueError("a compressed answer, which was not asked for")
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > MOST:
                raise ValueError(f"an answer of more than {MOST >> 20} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:
            raise http.client.IncompleteRead(b"")
        return bytes(data)


def _in_words(error: Exception, timeout: float) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(error, urllib.error.HTTPError):
        phrase = http.HTTPStatus(error.code).phrase if error.code in set(http.HTTPStatus) else ""
        return f"answered with HTTP {error.code} {phrase}".rstrip() + "; see the documentation of the service"
    if isinstance(reason, TimeoutError):
        return f"no whole answer within {timeout:g} s; try again, or give it more time with --timeout"
    if isinstance(reason, _ElsewhereError):
        target = " ".join(str(reason)[:200].split())
        return f"sends on to {target!r}, which was not asked; give that address instead, if you trust it"
    if isinstance(reason, http.client.IncompleteRead):
        return "the answer broke off; try again"
    if isinstance(reason, http.client.HTTPException | ConnectionError) and not isinstance(
        reason, ConnectionRefusedError
    ):
        return "no answer in HTTP; check the address"
    said = getattr(reason, "strerror", None) or str(reason)
    return " ".join(said[:200].split()) or type(reason).__name__
