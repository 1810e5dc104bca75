"""E5 and E19: connections that stall, and requests of shapes that no browser sends."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from services.web.worker import ARRIVES_SECONDS, WAITED_FOR, Arriving
from tests.server.wire import PATIENCE, opened, said, status

HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /predict/rows HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CALLBACK = b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
INSIDE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
STALLED = {
    "half-open": (200, b""),
    "slow head": (50, HEAD),
    "slow body": (50, CALLBACK + b"Content-Length: 9000\r\n\r\n{"),
    "slow second head": (50, INSIDE + HEAD),
}
SHAPES = {
    "two ways of length": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + INSIDE,
    "two lengths": POST + b"Content-Length: 4\r\nContent-Length: 0\r\n\r\n" + INSIDE,
    "length below zero": POST + b"Content-Length: -1\r\n\r\n" + INSIDE,
    "length with a sign": POST + b"Content-Length: +4\r\n\r\nabcd",
    "unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "coding twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunk size of letters": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    "blank before the colon": HEAD + b"Content-Length : 0\r\n\r\n",
    "folded line": HEAD + b"X-A: 1\r\n\tfolded\r\n\r\n",
    "name with a bracket": HEAD + b"X[]: 1\r\n\r\n",
    "NUL in a value": HEAD + b"X-A: a\x00b\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "version of the future": b"GET /healthz HTTP/9.9\r\n\r\n",
    "head of 100 KB": HEAD + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "200 headers": HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(200)) + b"\r\n",
    "address of 10 KB": b"GET /?" + b"a" * 10_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "PUT": b"PUT / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
    "CONNECT": b"CONNECT other.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no request": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
}


@pytest.mark.parametrize(("count", "sent"), STALLED.values(), ids=STALLED)
def test_e5_who_stalls_keeps_nobody_else_waiting(site, count, sent):
    with ExitStack() as stalled:
        for _ in range(count):
            stalled.enter_context(opened(site, sent))
        start = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda _: status(site, "/readyz"), range(40))) == [200] * 40
        assert time.monotonic() - start < ARRIVES_SECONDS  # nobody waited for a stalled one to be let go


def test_e5_a_request_that_comes_byte_by_byte_is_answered_and_the_connection_kept(site):
    request = CALLBACK + b"Content-Length: 2\r\n\r\n{}"
    with opened(site) as connection:
        for _ in range(2):
            for byte in range(len(request)):
                connection.sendall(request[byte : byte + 1])
            back = b""
            while b"\r\n\r\n" not in back or len(back.partition(b"\r\n\r\n")[2]) < _length(back):
                back += connection.recv(65_536)
            assert back.startswith(b"HTTP/1.1 400")


def test_e5_two_requests_sent_at_once_are_both_answered(site):
    back = said(site, INSIDE + INSIDE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert back.count(b"HTTP/1.1 200") == 2


def test_e5_who_does_not_finish_is_let_go(site):
    with opened(site, HEAD) as connection:
        connection.settimeout(PATIENCE)
        assert connection.recv(100) == b""


def _length(back: bytes) -> int:
    return int(re.search(rb"(?i)content-length: ([0-9]+)", back)[1])


@pytest.mark.parametrize(
    ("request_of", "complete_at"),
    [
        (HEAD + b"\r\n", len(HEAD) + 2),
        (POST + b"Content-Length: 3\r\n\r\nabc", len(POST) + 24),
        (POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", len(POST) + 43),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", len(POST) + 41),
        (HEAD + b"X: " + b"a" * WAITED_FOR, WAITED_FOR),
        (POST + b"Content-Length: 99999999\r\n\r\n" + b"a" * WAITED_FOR, WAITED_FOR),
    ],
    ids=["head", "length", "expect", "chunks", "endless head", "large body"],
)
def test_e5_a_request_is_handed_on_with_its_last_byte_and_no_sooner(request_of, complete_at):
    request = Arriving()
    done = [request.complete_with(request_of[place : place + 1]) for place in range(complete_at)]
    assert done.index(True) == complete_at - 1
    assert request.received == request_of[:complete_at]


@pytest.mark.parametrize("sent", SHAPES.values(), ids=SHAPES)
def test_e19_an_odd_shape_is_refused_and_nothing_behind_it_is_answered(site, sent):
    back = said(site, sent)
    codes = [int(code) for code in re.findall(rb"HTTP/1\.[01] ([0-9]{3})", back)]
    assert len(codes) == 1, back
    assert 400 <= codes[0] < 600
    assert codes[0] != 500
    assert b"Server:" not in back
    assert b"unicorn" not in back
    assert b"Traceback" not in back
    assert status(site, "/healthz") == 200
