"""A provider that is away, slow or confused costs a sentence on the sign-in page, and nobody a password."""

from __future__ import annotations

import logging

import pytest

from app import create_app
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.provider.asking import Unusable
from services.site.provider.document import Known
from services.site.settings import Settings
from services.site.state import State
from tests.oidc import settings
from tests.web.conftest import RELEASE, named
from tests.web.oidc.walk import AGAIN, ROLES
from tests.web.people import HTML, KEY, PASSWORD

AWAY = "Signing in with Shop ID is not possible at the moment."


@pytest.fixture
def away(monkeypatch):
    def fail(*_given, **_named):
        raise Unusable("https://id.example.com takes longer than 5 seconds")

    monkeypatch.setattr(Known, "document", fail)


def test_while_the_provider_is_away_the_page_says_so_and_passwords_go_on(trusting, there, away, caplog):
    client = trusting.server.test_client()
    answer = client.get("/sign-in/oidc", query_string={"next": "/baskets"})
    assert (answer.status_code, AWAY in answer.text) == (503, True)
    assert 'name="next" value="/baskets"' in answer.text
    assert "entry" not in answer.headers.get("Set-Cookie", "")
    assert "takes longer than 5 seconds" in caplog.text
    out = client.get("/sign-in/oidc/out")
    assert (out.status_code, AWAY in out.text) == (503, True)
    Accounts(trusting.state).add(there.says["email"], Role.VIEWER, PASSWORD)
    form = {"name": there.says["email"], "password": PASSWORD, "next": "/baskets"}
    assert client.post("/sign-in", data=form).location == "/baskets"


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (lambda: ("", 503), 503, AWAY),
        (lambda: "<html>Welcome", 401, AGAIN),
        (lambda: {"error": "invalid_client"}, 401, AGAIN),
        (lambda: ({"error": "invalid_client"}, 401), 401, AGAIN),
        (lambda: [1], 401, AGAIN),
        (lambda: {"access_token": "x", "expires_in": "soon"}, 401, AGAIN),
        (lambda: {"access_token": "x", "expires_in": float("inf")}, 401, AGAIN),
        (lambda: {}, 401, AGAIN),
    ],
)
def test_a_code_for_which_no_token_comes_lets_nobody_in(trusting, there, answer, status, said):
    there.answers["/token"] = answer
    client, back = trusting.begun()
    shown = client.get(back)
    assert (shown.status_code, said in shown.text) == (status, True), shown.text
    assert not trusting.let_in(client)
    result = trusting.logged()[0].result
    assert result == ("provider away" if status == 503 else "failed")


def test_the_log_says_why_and_holds_neither_code_nor_secret(trusting, there, caplog):
    caplog.set_level(logging.INFO)
    there.says["aud"] = "another-site"
    client, back = trusting.begun()
    client.get(back)
    assert "InvalidClaimError" in caplog.text
    assert "a secret of the client" not in caplog.text
    assert back.partition("code=")[2].partition("&")[0] not in caplog.text


def test_a_key_that_is_new_is_fetched_and_lets_in(trusting, there, monkeypatch):
    monkeypatch.setattr("services.site.provider.document.AGAIN_SECONDS", 0.0)
    trusting.gone()
    there.renew_key()
    assert trusting.let_in(trusting.gone()[0])


def test_a_provider_that_nobody_can_be_signed_out_of_is_told_of(trusting, there, monkeypatch):
    document = Known(there.issuer).document().model_copy(update={"end_session_endpoint": None})
    monkeypatch.setattr(Known, "document", lambda _self: document)
    answer = trusting.server.test_client().get("/sign-in/oidc/out")
    assert (answer.status_code, "Shop ID can only be signed out of there" in answer.text) == (404, True)


def test_name_and_password_can_be_left_off_the_page_and_are_still_there_when_needed(running, there, tmp_path):
    more = settings(running.issuer, oidc_roles=ROLES, oidc_password_form=False)
    given = Settings(state_dir=tmp_path, secret_key=KEY, data_max_age_days=0, **more)
    client = create_app(given, named(given, RELEASE)).server.test_client()
    asked = client.get("/baskets", headers=HTML).location
    page = client.get(asked).text
    assert 'href="/sign-in/oidc?next=/baskets"' in page
    assert 'href="/sign-in?password=1&amp;next=/baskets"' in page
    assert 'type="password"' not in page
    assert 'type="password"' in client.get("/sign-in?password=1&next=/baskets").text
    # the way in when the provider is gone for good
    state = State(tmp_path)
    Accounts(state).add("ana", Role.ADMIN, PASSWORD)
    state.close()
    wrong = client.post("/sign-in", data={"name": "ana", "password": "x" * 12})
    assert (wrong.status_code, 'type="password"' in wrong.text) == (401, True)
    assert client.post("/sign-in", data={"name": "ana", "password": PASSWORD}).status_code == 302
