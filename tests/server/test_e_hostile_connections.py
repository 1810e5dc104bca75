"""E5 and E19: connections that stall, and requests of shapes that no browser sends.

The guide's proxy holds stalled connections, and a site that others reach does not start without one (decision
25): so they are made through it. What is odd is sent to the site itself, too.
"""

from __future__ import annotations

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext, suppress

import pytest

from services.web.answers.headers import FIXED
from tests.server.front import NAME
from tests.server.test_proxy import SCRIPT
from tests.server.wire import PATIENCE, address, said, status

HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /predict/rows HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CALLBACK = b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
SIGN_IN = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
INSIDE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
UNREAD = 4_096
STALLED = {
    "half-open": (120, b""),
    "slow head": (50, HEAD),
    "slow body": (50, CALLBACK + b"Content-Length: 9000\r\n\r\n{"),
    "slow second head": (50, INSIDE + HEAD),
    "a body that waits to be asked for": (
        40,
        SIGN_IN + b"Expect: 100-continue\r\nContent-Length: 9000\r\n\r\nn",
    ),
    "a chunk that looks like the last": (
        40,
        SIGN_IN + b"Transfer-Encoding: chunked\r\n\r\n8\r\na\r\n\r\nb\r\n\r\n",
    ),
    "an answer that is not read": (40, b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % SCRIPT.encode()),
}
WORST = list(STALLED)[-3:]
"""Any forty of each of these stopped a site that nothing stood in front of."""
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


@pytest.mark.parametrize("kinds", [*([kind] for kind in STALLED), WORST], ids=[*STALLED, "the worst at once"])
def test_e5_who_stalls_keeps_nobody_else_waiting(front, kinds):
    """Everybody else is answered while all of them are held; how soon is printed, and fails nothing."""

    def asked(path):
        start = time.monotonic()
        return front.ask(path).status, time.monotonic() - start

    with ExitStack() as stalled:
        for count, sent in (STALLED[kind] for kind in kinds):
            for _ in range(count):
                stalled.enter_context(front.opened(sent, UNREAD))
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(asked, ["/readyz", "/healthz", "/sign-in", "/assets/theme.js"] * 20))
    seconds = sorted(each for _, each in found)
    print(f"{', '.join(kinds)}: p95 {seconds[int(0.95 * len(seconds))]:.3f} s")  # noqa: T201
    assert {code for code, _ in found} == {200}


@pytest.mark.slow
def test_e5_who_does_not_finish_is_let_go(front):
    with ExitStack() as stalled:
        held = [stalled.enter_context(front.opened(STALLED[kind][1])) for kind in ("slow head", "slow body")]
        for connection in held:
            connection.settimeout(PATIENCE)
            assert b"HTTP/1.1 200" not in connection.recv(1_000)


def test_e5_a_request_that_comes_byte_by_byte_is_answered_and_the_connection_kept(front):
    request = CALLBACK + b"Content-Length: 2\r\n\r\n{}"
    with front.opened() as connection:
        for _ in range(2):
            for byte in range(len(request)):
                connection.sendall(request[byte : byte + 1])
            with closing(http.client.HTTPResponse(connection, method="POST")) as answer:
                answer.begin()
                assert (answer.status, answer.will_close) == (401, False)
                answer.read()


def test_e5_two_requests_sent_at_once_are_both_answered(site):
    back = said(site, INSIDE + INSIDE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert back.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    ("body", "closes"), [(b"a" * 1_000, False), (b"a" * 64 * 1_024, True), (b"a" * 1_000_000, True)]
)
def test_e5_a_refusal_says_whether_the_connection_goes_on(front, body, closes):
    """A large body that nobody reads ends the connection, and a small one does not."""
    connection = http.client.HTTPConnection(*address(front.site), timeout=PATIENCE)
    connection.connect()
    try:
        for _ in range(1 if closes else 2):
            kept = connection.sock
            with suppress(BrokenPipeError) if closes else nullcontext():  # answered and closed meanwhile
                connection.request("POST", "/predict/rows", body, {"Host": NAME})
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Connection"]) == (401, "close" if closes else "keep-alive")
            answer.read()
            assert (connection.sock is kept) is not closes
    finally:
        connection.close()


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


@pytest.mark.parametrize("shape", sorted(set(SHAPES) - {"no version"}))  # its answer has no headers at all
def test_e19_an_odd_shape_sent_to_the_proxy_gets_one_answer_with_every_header(front, shape):
    """The proxy may mend a shape, and never passes on two requests for one."""
    with (
        front.opened(SHAPES[shape].replace(b"127.0.0.1", NAME.encode())) as connection,
        closing(http.client.HTTPResponse(connection)) as answer,
    ):
        answer.begin()
        assert answer.status not in (500, 502, 503, 504)
        assert {name: answer.headers.get(name) for name in FIXED} == FIXED
        answer.read()
    assert front.ask("/healthz").status == 200
