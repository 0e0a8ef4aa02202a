"""Services that fail, lie or attack: one line says what is wrong, and the case stays as it was."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.authority.web import MOST
from tests.authority.service import SPACE, Authority, Trick, record, send, serving
from tests.authority.test_reconcile import LINKED, matches, rows
from tests.case.plain import state

NESTED = b"[" * 200_000
WRONG_ANSWERS = {
    "garbage": b"<html><title>\x1b[31mlog in</title>",
    "no text": b"\xff\xfe\x00",
    "nothing": b"",
    "a list": b"[]",
    "a number": b"1",
    "nested": NESTED,
    "nested deep inside": b'{"name": "x", "view": {"url": "x"}, "more": ' + NESTED,
    "cut": b'{"q0": {"result": [',
    "twisted": b'{"q0": {"result": {"id": "7"}}, "q1": 5}',
    "no number": b'{"q0": {"result": [{"id": "7", "name": "A", "score": NaN}]}}',
    "no identifier": b'{"q0": {"result": [{"name": "A", "score": 5}]}}',
}


def fails(case: Path, url: str, **options: Any) -> str:
    """The one line that a failure gives; the case stays as it was."""
    before = state(case)
    with pytest.raises(kg.KgError) as caught:
        kg.reconcile(case, url, **options)
    assert state(case) == before
    message = str(caught.value)
    assert "\n" not in message and "Traceback" not in message and len(message) < 600
    return message


def always(code: int, data: bytes, **headers: str) -> Trick:
    def trick(handler: BaseHTTPRequestHandler) -> bool:
        send(handler, code, data, **headers)
        return True

    return trick


def on_post(then: Trick) -> Trick:
    return lambda handler: handler.command == "POST" and then(handler)


@pytest.mark.parametrize("data", WRONG_ANSWERS.values(), ids=list(WRONG_ANSWERS))
@pytest.mark.parametrize("when", ["manifest", "queries"])
def test_what_does_not_follow_the_api_is_one_line(case: Path, authority: Authority, data: bytes, when: str) -> None:
    authority.trick = always(200, data) if when == "manifest" else on_post(always(200, data))
    assert "does not answer as the reconciliation API says" in fails(case, authority.url)


@pytest.mark.parametrize(
    ("code", "words"), [(404, "404 Not Found"), (500, "500"), (429, "429"), (401, "401"), (999, "999")]
)
def test_an_http_error_is_named(case: Path, authority: Authority, code: int, words: str) -> None:
    authority.trick = always(code, b"x" * 100)
    assert f"answered with HTTP {words}" in fails(case, authority.url)
    authority.trick = on_post(authority.trick)
    assert f"answered with HTTP {words}" in fails(case, authority.url)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("when", ["manifest", "queries"])
def test_no_other_host_is_asked(case: Path, authority: Authority, code: int, when: str) -> None:
    with serving(Authority()) as other:
        trick = always(code, b"", Location=other.url)
        authority.trick = trick if when == "manifest" else on_post(trick)
        assert f"sends on to {other.url!r}, which was not asked" in fails(case, authority.url)
        assert other.requests == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "//other.example/api", "http://[", "http://u:p@127.0.0.1/"]
)
def test_no_other_scheme_is_followed(case: Path, authority: Authority, target: str) -> None:
    authority.trick = always(302, b"", Location=target)
    assert "which was not asked" in fails(case, authority.url)


def test_a_redirect_on_the_same_host_is_followed_for_the_manifest_but_not_round_and_round(
    case: Path, authority: Authority
) -> None:
    def moved(handler: BaseHTTPRequestHandler) -> bool:
        if handler.path == "/api":
            send(handler, 301, b"", Location="/en/api")
        return handler.path == "/api"

    authority.trick = moved
    kg.reconcile(case, authority.url)
    assert [path for _, path, _ in authority.requests] == ["/api", "/en/api", "/en/api"]
    assert matches(case) == LINKED
    authority.trick = always(302, b"", Location="/api")
    assert "which was not asked" in fails(case, authority.url)


def test_an_answer_that_is_too_big_is_not_read_to_its_end(case: Path, authority: Authority) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(MOST // (1 << 16) * 4):
                handler.wfile.write(b" " * (1 << 16))
        except OSError:
            stopped.set()
        return True

    stopped = threading.Event()
    authority.trick = flood
    assert f"more than {MOST >> 20} MB" in fails(case, authority.url)
    assert stopped.wait(5)


def test_a_packed_answer_is_not_unpacked(case: Path, authority: Authority) -> None:
    authority.trick = always(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")
    assert "compressed" in fails(case, authority.url)


def dripping(head: bytes) -> Trick:
    def trick(handler: BaseHTTPRequestHandler) -> bool:
        try:
            handler.wfile.write(head)
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass
        return True

    return trick


SLOW = {"silent": b"", "in its headers": b"HTTP/1.1 200 OK\r\nX-Long: ", "in its body": b"HTTP/1.1 200 OK\r\n\r\n"}


@pytest.mark.parametrize("head", SLOW.values(), ids=list(SLOW))
def test_a_slow_answer_is_given_up_in_time(case: Path, authority: Authority, head: bytes) -> None:
    authority.trick = dripping(head)
    begin = time.monotonic()
    assert "no whole answer within 0.4 s" in fails(case, authority.url, timeout=0.4)
    assert time.monotonic() - begin < 8


def test_an_answer_that_breaks_off_is_told(case: Path, authority: Authority) -> None:
    authority.trick = always(200, json.dumps(authority.manifest).encode(), Content_Length="9999")
    assert "broke off" in fails(case, authority.url)


@contextmanager
def talking(data: bytes) -> Iterator[str]:
    """A server that says `data` to whoever comes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            for _ in range(3):
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    connection.sendall(data)

        threading.Thread(target=talk, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.mark.parametrize("data", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 banana\r\n\r\n"])
def test_what_is_no_web_server_is_told(case: Path, data: bytes) -> None:
    with talking(data) as url:
        assert "no answer in HTTP" in fails(case, url)


def test_nobody_there_is_told(case: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "refused" in fails(case, f"http://127.0.0.1:{port}/")


WRONG_URLS = [
    *("", "authority.example", "file:///etc/passwd", "ftp://authority.example/", "http://", "http:///api"),
    *("http://authority.example:port/", "http://authority.example/a b", "http://[::1"),
    *("http://authority.example/\u00e9", "javascript:alert(1)", "http://authority.example:99999/"),
]


@pytest.mark.parametrize("url", WRONG_URLS)
def test_what_is_no_url_is_refused(case: Path, url: str) -> None:
    assert "give the http or https address" in fails(case, url)


def test_a_password_in_the_url_is_refused_and_not_repeated(case: Path) -> None:
    assert "secret" not in fails(case, "https://ada:secret@authority.example/api")


def test_a_key_in_the_query_is_sent_but_not_kept_or_shown(case: Path, authority: Authority) -> None:
    kg.reconcile(case, f"{authority.url}?key=secret#part")
    assert {path for _, path, _ in authority.requests} == {"/api?key=secret"}
    assert b"secret" not in b"".join(state(case).values())
    assert {row["service"] for row in rows(case)} == {authority.url}
    authority.trick = always(500, b"")
    assert "secret" not in fails(case, f"{authority.url}?key=secret")


def test_what_was_answered_before_a_failure_is_kept_and_the_rest_named(case: Path, authority: Authority) -> None:
    def second(handler: BaseHTTPRequestHandler) -> bool:
        if len([method for method, _, _ in authority.requests if method == "POST"]) < 2:
            return False
        send(handler, 503, b"")
        return True

    authority.manifest["batchSize"] = 1
    authority.records |= {"Cleo Hart": [record("12", "Cleo Hart", 90, True)]}
    authority.trick = second
    report = kg.reconcile(case, authority.url)
    assert (report.asked, len(report.unanswered), report.exit_code) == (1, 2, 1)
    assert "HTTP 503" in report.problem
    assert {name for name, _, _ in matches(case)} == {authority.queries()[0]["query"]}
    assert kg.verify(case).problems == ()


def test_a_name_without_an_answer_keeps_what_was_known_of_it(case: Path, authority: Authority) -> None:
    kg.reconcile(case, authority.url)
    authority.trick = on_post(always(200, b'{"q0": {}, "q7": {"result": []}}'))
    report = kg.reconcile(case, authority.url)
    assert len(report.unanswered) == 3
    assert matches(case) == LINKED


NO_IRIS = [
    "",
    " ",
    "http://a b/",
    "http://",
    "http://a/\u0007",
    "http://authority.example/<x>",
    "https://a.example/" + "x" * 3000,
]


@pytest.mark.parametrize("id", [*NO_IRIS, "https://case.example/claim/1"])
def test_an_identifier_that_makes_no_valid_iri_is_left_out_and_counted(
    folder: Path, authority: Authority, id: str
) -> None:
    from tests.case.plain import read_lines

    kg.build(folder / "in", folder / "case", reader=read_lines, base="https://case.example/")
    authority.records = {"Ada Moreno": [record(id, "Ada Moreno", 99, True), record("8", "Ada", 50, False)]}
    report = kg.reconcile(folder / "case", authority.url)
    assert report.refused == 1
    assert matches(folder / "case") == {("Ada Moreno", "candidate", "8")}


IDENTIFIERS = {
    "Q42": f"{SPACE}Q42",
    "aat/300": f"{SPACE}aat/300",
    "a b<c>": f"{SPACE}a%20b%3Cc%3E",
    "caf\u00e9?x#y": f"{SPACE}caf%C3%A9%3Fx%23y",
    "https://other.example/7": "https://other.example/7",
    "javascript:alert(1)": f"{SPACE}javascript:alert(1)",
    '"> <urn:x> .': f"{SPACE}%22%3E%20%3Curn:x%3E%20.",
}


@pytest.mark.parametrize(("id", "iri"), IDENTIFIERS.items())
def test_an_identifier_stands_after_its_space(case: Path, authority: Authority, id: str, iri: str) -> None:
    authority.records = {"Ada Moreno": [record(id, "Ada Moreno", 99, True)]}
    kg.reconcile(case, authority.url)
    assert [row["record"] for row in rows(case)] == [iri]
    assert kg.verify(case).problems == ()


VIEWS = [
    ("https://authority.example/show?id={{id}}", "a/b", "https://authority.example/show?id=a%2Fb"),
    ("https://authority.example/{id}", "a/b", "https://authority.example/a%2Fb"),
    ("https://authority.example/{+id}", "a/b", "https://authority.example/a/b"),
]


@pytest.mark.parametrize(("view", "id", "iri"), VIEWS)
def test_a_space_that_is_no_prefix_gives_way_to_the_view(
    case: Path, authority: Authority, view: str, id: str, iri: str
) -> None:
    authority.manifest |= {"identifierSpace": "https://authority.example/about-identifiers", "view": {"url": view}}
    authority.records = {"Ada Moreno": [record(id, "Ada Moreno", 99, True)]}
    kg.reconcile(case, authority.url)
    assert [row["record"] for row in rows(case)] == [iri]


@pytest.mark.parametrize(
    "change",
    [{"identifierSpace": None}, {"versions": ["9.0"]}, {"name": None}, {"identifierSpace": 5}, {"versions": "0.2"}],
)
def test_a_manifest_that_cannot_be_used_is_told(case: Path, authority: Authority, change: dict[str, Any]) -> None:
    authority.manifest |= change
    fails(case, authority.url)
    assert len(authority.requests) == 1


@pytest.mark.parametrize("space", ["urn:kg:claim/", "file:///etc/", "javascript:", "http:///", "//authority.example/"])
def test_a_space_of_another_sort_makes_no_iris(case: Path, authority: Authority, space: str) -> None:
    authority.manifest["identifierSpace"] = space
    report = kg.reconcile(case, authority.url)
    assert (report.linked, report.possible, report.refused) == (0, 0, 4)
    assert rows(case) == []


def test_odd_values_of_a_candidate_do_no_harm(case: Path, authority: Authority) -> None:
    odd = {"score": -0.0, "type": [{"id": 5}, ["x"], None, "Person", {"id": "P", "name": None}], "description": None}
    big = {"id": 8, "name": None, "score": 1e300, "match": None, "type": "Person", "extra": {"a": [1]}}
    long = record("9", "n" * 5_000_000, 3, False, description="d \n\t" * 9999)
    authority.records = {"Ada Moreno": [{"id": "7", "name": "Ada", **odd}, big, long]}
    kg.reconcile(case, authority.url)
    found = {row["record"].removeprefix(SPACE): row for row in rows(case)}
    assert found.keys() == {"7", "8", "9"}
    assert not found["8"]["score"]
    assert len(found["9"]["name"]) <= 300 and len(found["9"]["description"]) <= 300
    assert (case / "graphs" / "authority.nq").stat().st_size < 20_000
    assert kg.verify(case).problems == ()


def test_a_name_cannot_drive_a_terminal_or_a_page(case: Path, authority: Authority) -> None:
    name = '<script>alert(1)</script>\x1b[31m\u202e"'
    authority.manifest["name"] = "Register \x1b[31m"
    authority.records = {"Ada Moreno": [record("7", name, 99, True, description="</td><b>")]}
    kg.reconcile(case, authority.url)
    shown = kg.open(case).show("Ada Moreno")
    assert "<script>" not in shown._repr_html_() and "</td><b>" not in shown._repr_html_()
    table = kg.open(case).authority()
    for text in (str(shown), table.to_table(), table._repr_html_()):
        assert "\x1b" not in text and "\u202e" not in text
    assert "<script>" not in table._repr_html_()
    assert kg.verify(case).problems == ()


@pytest.mark.parametrize(
    "options",
    [{"types": ["human"]}, {"limit": 0}, {"timeout": 0}, {"timeout": float("nan")}, {"threshold": float("nan")}],
)
def test_wrong_options_ask_nobody(case: Path, authority: Authority, options: dict[str, Any]) -> None:
    fails(case, authority.url, **options)
    assert authority.requests == []


def test_no_case_is_told(tmp_path: Path, authority: Authority) -> None:
    with pytest.raises(kg.KgError, match="no case here"):
        kg.reconcile(tmp_path, authority.url)
    assert authority.requests == []
