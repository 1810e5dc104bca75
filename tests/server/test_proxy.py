"""The guide's proxy in front of the site: the very text of the guide, run by nginx."""

from __future__ import annotations

import gzip
import http.client
import re
from contextlib import closing
from urllib.parse import urlencode

import brotli
import pytest

from services.serving.predictions.rows_answers import MOST_BYTES
from services.web.access.sent import LONGEST_ADDRESS
from services.web.answers.headers import FIXED
from tests.server.front import NAME, PASSWORD, answered
from tests.server.wire import PATIENCE

EVERYWHERE = (*FIXED, "Content-Security-Policy", "Strict-Transport-Security", "Cache-Control")
SCRIPT = "/_dash-component-suites/plotly/package_data/plotly.min.js"


def test_a_plain_address_leads_to_the_secure_one(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=PATIENCE)
    given = answered(connection, "/customers?id=1", None, "GET", {"Host": NAME})
    assert (given.status, given.headers["Location"]) == (301, f"https://{NAME}/customers?id=1")


def test_one_signs_in_through_the_proxy_whatever_its_port(front):
    page = front.ask("/sign-in")
    assert page.status == 200
    assert "max-age=" in page.headers["Strict-Transport-Security"]
    cookie = front.signed_in()
    assert front.ask("/", Cookie=cookie).status == 200


def test_a_host_that_is_not_the_sites_is_refused(front):
    assert front.ask("/readyz", Host="other.example.com").status == 400


def test_the_two_answers_for_a_supervisor_come_through(front):
    assert [front.ask(path).status for path in ("/healthz", "/readyz")] == [200, 200]


def test_a_password_that_did_not_come_through_the_proxy_is_refused(front):
    connection = http.client.HTTPConnection(front.site.url.removeprefix("http://"), timeout=PATIENCE)
    body = urlencode({"name": "ana", "password": PASSWORD, "next": "/"}).encode()
    headers = {"Host": NAME, "Content-Type": "application/x-www-form-urlencoded"}
    given = answered(connection, "/sign-in", body, "POST", headers)
    assert given.status == 403
    assert "Set-Cookie" not in given.headers


def test_the_largest_file_passes_and_a_larger_one_is_refused(front):
    line = b"75,4,1797.24\n"
    head = b"recency,orders,spend\n"
    kind = {"Content-Type": "text/csv", "Origin": f"https://{front.name}", "Cookie": front.signed_in()}
    few = front.ask("/predict/rows", head + line * 1_000, "POST", **kind)
    assert few.status == 200, few.body[:300]
    large = head + line * (MOST_BYTES // len(line) - 2)
    given = front.ask("/predict/rows", large, "POST", **kind)
    # three million rows are too many, which the site itself says, having read them
    assert given.status == 400
    assert b"200,000" in given.body
    # refused by what is announced, before any of it came
    announced = {"Content-Length": str(2 * MOST_BYTES)}
    assert front.ask("/predict/rows", None, "POST", **kind, **announced).status == 413


@pytest.mark.parametrize("path", [SCRIPT, "/sign-in"])
def test_scripts_and_pages_come_compressed(front, path):
    plain = front.ask(path)
    packed = front.ask(path, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert 2 * len(packed.body) < len(plain.body)


@pytest.mark.parametrize("length", [4_000, LONGEST_ADDRESS])
def test_a_long_signed_out_link_arrives(front, length):
    link = "/customers?id=" + "&id=".join(["123456789012345"] * 200)
    link += "&id=" + "7" * (length - len(link) - 4)
    answer = front.ask(link, Accept="text/html")
    if answer.status == 302:
        answer = front.ask(answer.headers["Location"])
    assert answer.status == 200
    assert re.search(rb'name="next" value="([^"]*)"', answer.body)[1].replace(b"&amp;", b"&").decode() == link
    arrived = front.sign_in(link)
    assert arrived.headers["Location"] == link
    cookie = arrived.headers["Set-Cookie"].partition(";")[0]
    assert front.ask(link, Cookie=cookie).status == 200


REFUSED = {
    "no request": (b"\x00\x01\r\n\r\n", 400),
    "an address of 9 kB": (b"GET /?" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: HOST\r\n\r\n", 414),
    "a header of 9 kB": (b"GET / HTTP/1.1\r\nHost: HOST\r\nX-A: " + b"a" * 9_000 + b"\r\n\r\n", 400),
    "what is too large": (b"POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999\r\n\r\n", 413),
    "200 headers, which gunicorn refuses": (
        b"GET / HTTP/1.1\r\nHost: HOST\r\n"
        + b"".join(b"X-%d: a\r\n" % each for each in range(200))
        + b"\r\n",
        431,
    ),
    "what the site refuses": (b"GET /data HTTP/1.1\r\nHost: other.example.com\r\n\r\n", 400),
    "what the site answers": (b"GET /sign-in HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", 200),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_h_whoever_answers_adds_each_header_once(front, sent, status):
    with (
        front.opened(sent.replace(b"HOST", front.name.encode())) as connection,
        closing(http.client.HTTPResponse(connection)) as answer,
    ):
        answer.begin()
        assert answer.status == status
        assert {name: answer.headers.get_all(name) for name in FIXED} == {
            name: [value] for name, value in FIXED.items()
        }
        assert [len(answer.headers.get_all(name, [])) for name in EVERYWHERE] == [1] * len(EVERYWHERE)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_files_of_pages_pass_compressed_and_are_kept_and_checked_as_without_the_proxy(front):
    cookie = front.signed_in()
    page = front.ask("/", Cookie=cookie).body.decode()
    lazy = "/_dash-component-suites/dash_ag_grid/async-community.js"
    (ours,) = re.findall(r'"(/vendor/desk\.js\?m=\w+)"', page)
    for path, kept in ((ours, "public, max-age=31536000, immutable"), (lazy, "no-cache")):
        whole = front.ask(path, **{"Accept-Encoding": "identity"})
        for form, unpacked in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            given = front.ask(path, **{"Accept-Encoding": form})
            assert (given.headers["Content-Encoding"], given.headers["Cache-Control"]) == (form, kept)
            assert given.headers["Vary"] == "Accept-Encoding"
            assert unpacked(given.body) == whole.body
            tag = {"If-None-Match": given.headers["ETag"], "Accept-Encoding": form}
            assert front.ask(path, **tag).status == 304
    packed = front.ask("/", Cookie=cookie, **{"Accept-Encoding": "gzip, br"})
    assert packed.headers["Cache-Control"] == "no-store"
    assert b"react-entry-point" in brotli.decompress(packed.body)
