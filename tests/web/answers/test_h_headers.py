"""Section H and F13: what every answer carries, whoever asks, and what the session's cookie is like."""

from __future__ import annotations

import pytest

from services.site.people.roles import Role
from services.web.access.table import OPEN, ROUTES
from services.web.answers.headers import FIXED
from tests.web.access.test_f_access import ask
from tests.web.people import PASSWORD, guarded

TLS = "https://desk.example"


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize("signed_in", [True, False])
def test_h_f13_every_route_and_every_refusal_carries_the_headers(site, signed_in):
    client = site.signed_in(Role.VIEWER) if signed_in else site.visitor()
    seen = set()
    for rule in [*sorted(set(ROUTES) - {"/sign-out"}), "/nope/nope", "/sign-out"]:
        with ask(client, rule) as answer:
            seen.add(answer.status_code)
            assert {name: answer.headers.get(name) for name in FIXED} == FIXED, rule
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert "Server" not in answer.headers
            assert not [name for name, _value in answer.headers if name.startswith("Access-Control")]
            kept = answer.headers["Cache-Control"]
            assert kept == "no-store" or ROUTES[rule] == OPEN, rule
    assert seen >= ({200, 403, 404, 415} if signed_in else {200, 302, 401})


def test_h_the_cookie_is_bound_to_host_and_tls(site):
    client = site.visitor()
    answer = client.post("/sign-in", data={"name": "viewer", "password": PASSWORD}, base_url=TLS)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    parts = set(cookie.split("; ")[1:])
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not [part for part in parts if part.startswith("Domain")]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_h_without_tls_passwords_are_taken_on_this_computer_alone(site):
    data = {"name": "viewer", "password": PASSWORD}
    refused = site.visitor().post("/sign-in", data=data, base_url="http://desk.example")
    assert refused.status_code == 403
    assert "only accepted over https" in refused.json["error"]
    cookie = site.visitor().post("/sign-in", data=data).headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie


def test_h_signing_out_takes_the_cookie_back(site):
    client = site.signed_in(Role.VIEWER)
    assert client.get_cookie("session")
    client.post("/sign-out")
    assert client.get_cookie("session") is None
