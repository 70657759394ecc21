"""What comes over the wire as no browser would send it: answered, or hung up on, never a fault."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Sites

LARGE = 10 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """The status, the headers by their name in small letters, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def korea(sites: Sites) -> Iterator[str]:
    """The forum's host and port; whatever a test did to it, it is still there afterwards."""
    host = urlsplit(sites.korea).netloc
    yield host
    assert send(host, f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()).status == 200


def send(host: str, request: bytes) -> Answer:
    """Send bytes as they are; the status is 0 where the server hung up without a word."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=20) as wire:
        # It may have answered, or hung up, before all was said.
        with suppress(BrokenPipeError, ConnectionResetError):
            wire.sendall(request)
        try:
            response = http.client.HTTPResponse(wire, method=_method(request))
            response.begin()
            headers = {key.lower(): value for key, value in response.getheaders()}
            return Answer(response.status, headers, response.read())
        except (http.client.HTTPException, ConnectionResetError):
            return Answer(0, {}, b"")


def _method(request: bytes) -> str:
    return "HEAD" if request.startswith(b"HEAD ") else "GET"


def ask(host: str, path: bytes, method: bytes = b"GET", more: bytes = b"") -> Answer:
    line = method + b" " + path + b" HTTP/1.1\r\n"
    return send(
        host, line + b"Host: " + host.encode() + b"\r\nConnection: close\r\n" + more + b"\r\n"
    )


SENTENCES = {
    "broken UTF-8": (b"plans/%ff/", 400),
    "a word cut in the middle": (b"agencies/%ed%95/", 400),
    "a surrogate": (b"plans/%ed%a0%80/", 400),
    "an overlong slash": (b"plans%c0%af5/", 400),
    "a NUL": (b"plans/%00/", 400),
    "a NUL in the query": (b"plans/?q=%00", 400),
    "broken UTF-8 in the query": (b"plans/?q=%ff", 400),
    "a long path": (b"a" * 9000, 414),
    "a long query": (b"plans/?" + b"a" * 9000, 414),
    "an unknown page": (b"nowhere/", 404),
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("path", "status"), SENTENCES.values(), ids=SENTENCES)
def test_what_makes_no_sense_is_answered_in_a_sentence(
    path: bytes, status: int, language: str, korea: str
) -> None:
    answer = ask(korea, b"/" + (b"en/" if language == "en" else b"") + path)

    assert answer.status == status
    assert f'<html lang="{language}">'.encode() in answer.body
    assert b"<h1>" in answer.body
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers


HOSTS = [b"evil.example", b"", b"127.0.0.1@evil.example", b"[::1", b"\xff\xfe", b"a" * 3000]


@pytest.mark.parametrize("host", HOSTS, ids=[repr(host[:20]) for host in HOSTS])
def test_another_host_is_refused(host: bytes, korea: str) -> None:
    answer = send(korea, b"GET /en/ HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")

    assert answer.status in (0, 400)
    assert b"evil.example" not in answer.body


@pytest.mark.parametrize(
    "request_line", [b"GET / HTTP/1.1", b"GET / HTTP/1.0", b"GET http://evil.example/ HTTP/1.1"]
)
def test_a_request_without_a_host_is_refused(request_line: bytes, korea: str) -> None:
    answer = send(korea, request_line + b"\r\nConnection: close\r\n\r\n")

    assert answer.status in (0, 400)


@pytest.mark.parametrize("method", [b"POST", b"GET", b"PUT"])
@pytest.mark.parametrize("path", [b"/en/signin/", b"/en/plans/", b"/en/nowhere/"])
def test_a_body_of_ten_megabytes_is_refused(method: bytes, path: bytes, korea: str) -> None:
    head = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % LARGE

    answer = ask(korea, path, method, head + b"x" * LARGE)

    assert answer.status == 413
    assert b"<h1>" in answer.body


@pytest.mark.parametrize("path", [b"/en/desk/proposals/import/", b"/desk/replies/sheets/"])
def test_a_list_of_a_stranger_is_not_read(path: bytes, korea: str) -> None:
    head = b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n" % LARGE

    # Less than was announced: who reads it would wait for the rest.
    answer = ask(korea, path, b"POST", head + b"x" * 1000)

    assert answer.status == 302 and "/signin/" in answer.headers["location"]


def test_a_body_that_does_not_say_how_long_it_is_is_refused_too(korea: str) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    answer = ask(
        korea, b"/en/signin/", b"POST", b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 160
    )

    assert answer.status in (0, 413)


NONSENSE = {
    "noise": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "an empty line": b"\r\n\r\n",
    "raw bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line without end": b"GET /" + b"a" * 100_000,
    "a thousand headers": b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
    "a header as large as a book": b"GET / HTTP/1.1\r\nA: " + b"b" * 900_000 + b"\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length below nothing": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_request_is_turned_away(request_bytes: bytes, korea: str) -> None:
    name, _, port = korea.partition(":")
    with socket.create_connection((name, int(port)), timeout=20) as wire:
        try:
            wire.sendall(request_bytes)
            wire.shutdown(socket.SHUT_WR)
            said = wire.recv(100)
        except OSError:
            said = b""  # it hung up

    assert said == b"" or said.split()[1].startswith(b"4")


@pytest.mark.parametrize("method", [b"TRACE", b"OPTIONS", b"DELETE", b"BREW"])
def test_another_method_is_told_which_is_right(method: bytes, korea: str) -> None:
    answer = ask(korea, b"/en/plans/", method)

    assert answer.status == 405 and answer.headers["allow"] == "GET"


@pytest.mark.parametrize("path", [b"/en/plans/5/", b"/plans/5.json", b"/plans/5/plan-ko.pdf"])
def test_the_head_is_the_head_of_the_page(path: bytes, korea: str) -> None:
    head, page = ask(korea, path, b"HEAD"), ask(korea, path)

    assert (head.status, head.body) == (200, b"")
    assert page.body and int(page.headers["content-length"]) == len(page.body)
    for name in ("content-type", "etag", "content-security-policy", "cache-control"):
        assert head.headers[name] == page.headers[name]


@pytest.mark.parametrize("path", [b"/en/plans/5/", b"/plans/5.json", b"/plans/5/plan-ko.pdf"])
def test_what_one_has_is_not_sent_again(path: bytes, korea: str) -> None:
    etag = ask(korea, path).headers["etag"]

    again = ask(korea, path, more=f"If-None-Match: {etag}\r\n".encode())

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)


def test_a_style_sheet_is_kept_for_good_and_sent_small(korea: str) -> None:
    page = ask(korea, b"/en/").body.decode()
    path = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

    answer = ask(korea, path.encode(), more=b"Accept-Encoding: gzip, br\r\n")

    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] in ("br", "gzip")
    assert answer.headers["x-content-type-options"] == "nosniff"
