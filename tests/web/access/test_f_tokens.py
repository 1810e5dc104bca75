"""Section F for programs: a token opens the API with its role and nothing else, and guessing is limited."""

from __future__ import annotations

import pytest

from services.site.people import tokens
from services.site.people.roles import Role
from services.site.people.tokens import UNKNOWN, Tokens
from services.site.people.tries import TRIES_OF_ADDRESS
from services.web.access.gate import CALLBACKS as ADDRESS
from services.web.access.table import OPEN, PAGES, ROUTES
from tests.releases.tiny import make_tiny_release
from tests.web.access.test_f_access import METHODS, PROGRAMS, ask, callbacks, routes
from tests.web.people import KEY, body_of, guarded


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def clients(site):
    return {role: site.signed_in(role) for role in Role}


@pytest.fixture(scope="module")
def programs(site):
    return {role: site.program(role) for role in Role}


@pytest.mark.parametrize("role", Role)
def test_f2_a_token_opens_nothing_but_the_api_the_tools_and_the_metrics(site, programs, role):
    for rule in routes(site):
        if ROUTES[rule] != OPEN and not rule.startswith(PROGRAMS):
            with ask(programs[role], rule) as answer:
                assert answer.status_code == (302 if rule in PAGES else 401), rule
    assert ask(programs[role], "/metrics").status_code == 200
    key, entry = next(iter(callbacks(site).items()))
    assert programs[role].post(ADDRESS, json=body_of(key, entry)).status_code == 401


@pytest.mark.parametrize("role", Role)
def test_f2_who_is_signed_in_reads_the_api_with_the_same_role_and_sends_nothing(site, clients, role):
    for rule in routes(site):
        if rule.startswith("/api/") and ROUTES[rule] != OPEN:
            allowed = role.may(ROUTES[rule]) and rule not in METHODS
            assert (ask(clients[role], rule).status_code != 403) == allowed, rule


def test_f5_wrong_tokens_are_429_after_fifty_and_right_ones_are_let_in(models, tmp_path):
    fresh = guarded(models, tmp_path)
    guesser = fresh.visitor()
    sent = [
        guesser.get("/api/v1/releases", headers={"Authorization": f"Bearer sdt_{guess}"}).status_code
        for guess in range(TRIES_OF_ADDRESS + 2)
    ]
    assert sent == [401] * TRIES_OF_ADDRESS + [429] * 2
    assert fresh.program(Role.VIEWER).get("/api/v1/releases").status_code == 200
    assert fresh.signed_in(Role.VIEWER).get("/api/v1/releases").status_code == 200
    assert {(entry.who, entry.result) for entry in fresh.audit.listed(what="sign-in", skip=1)} == {
        (UNKNOWN, "failed")
    }


def test_f6_a_revoked_token_is_over_within_a_second(models, tmp_path, monkeypatch):
    fresh = guarded(models, tmp_path)
    program = fresh.program(Role.ADMIN)
    assert program.get("/api/v1/releases").status_code == 200
    Tokens(fresh.state, KEY).revoke("admin")
    monkeypatch.setattr(tokens, "REMEMBERED_SECONDS", 0.0)  # the second is over
    assert program.get("/api/v1/releases").status_code == 401


def test_f11_another_sites_page_cannot_read_the_api_with_the_browsers_cookie(clients, programs):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert clients[Role.ADMIN].get("/api/v1/releases", headers=foreign).status_code == 403
    assert clients[Role.ADMIN].get("/api/v1/releases").status_code == 200
    from_elsewhere = programs[Role.ADMIN].post(
        "/api/v1/predict", json={}, headers={"Origin": "https://evil.example"}
    )
    assert from_elsewhere.status_code == 403
