"""A provider is asked within bounds, believed of itself alone, and what it said is kept for an hour."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Response, redirect

from services.site.provider import asking
from services.site.provider.asking import Unusable, fetched
from services.site.provider.document import AGAIN_SECONDS, HOLDS_SECONDS, REST_SECONDS, Known
from tests.clock import Clock
from tests.oidc import provider

DOCUMENT = "/.well-known/openid-configuration"


@pytest.fixture(scope="module")
def running():
    with provider() as made:
        yield made


@pytest.fixture
def there(running):
    running.be_honest()
    running.requests.clear()
    return running


@pytest.fixture
def clock():
    return Clock()


def test_document_and_keys_are_asked_for_once_and_after_an_hour_again(there, clock):
    known = Known(there.issuer, clock)
    for _ in range(3):
        assert known.document().token_endpoint == f"{there.issuer}/token"
        assert [key.kid for key in known.signing_keys()] == [key.kid for key in there.keys]
    assert there.requests == [DOCUMENT, "/keys"]
    clock.now += HOLDS_SECONDS
    known.signing_keys()
    assert there.requests == [DOCUMENT, "/keys"] * 2


def test_f14_a_key_that_is_not_known_is_asked_for_once_a_minute_at_most(there, clock):
    known = Known(there.issuer, clock)
    known.signing_keys()
    for _ in range(20):
        known.signing_keys(unknown=True)
    assert there.requests == [DOCUMENT, "/keys"]
    clock.now += AGAIN_SECONDS
    there.renew_key()
    for _ in range(20):
        assert [key.kid for key in known.signing_keys(unknown=True)][-1] == there.keys[-1].kid
    assert there.requests == [DOCUMENT, "/keys", "/keys"]


def test_many_who_ask_at_once_ask_once(there, clock):
    known = Known(there.issuer, clock)
    with ThreadPoolExecutor(8) as pool:
        assert len({id(each) for each in pool.map(lambda _: known.document(), range(8))}) == 1
    assert there.requests == [DOCUMENT]


def test_a_provider_that_fails_is_left_alone_for_a_while(there, clock):
    known = Known(there.issuer, clock)
    there.answers[DOCUMENT] = lambda: ("", 503)
    for _ in range(5):
        with pytest.raises(Unusable, match="answers with status 503"):
            known.document()
    assert there.requests == [DOCUMENT]
    there.be_honest()
    clock.now += REST_SECONDS
    assert known.document()


@pytest.mark.parametrize(
    ("knows", "why"),
    [
        ({"issuer": "https://evil.example"}, "calls itself 'https://evil.example', not 'http://127"),
        ({"issuer": None}, "calls itself 'None'"),
        ({"token_endpoint": None}, "no usable token_endpoint"),
        (
            {"token_endpoint": "http://shop.example/token"},
            "token_endpoint: .* neither https nor this computer",
        ),
        ({"authorization_endpoint": "javascript:alert(1)"}, "no usable authorization_endpoint"),
        ({"jwks_uri": "file:///etc/passwd"}, "no usable jwks_uri"),
        ({"jwks_uri": "http://127.0.0.1.evil.example/"}, "no usable jwks_uri"),
        ({"jwks_uri": 7}, "no usable jwks_uri"),
        ({"end_session_endpoint": "http://["}, "no usable end_session_endpoint"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "no signature that only the provider"),
        ({"id_token_signing_alg_values_supported": []}, "no signature that only the provider"),
        ({"id_token_signing_alg_values_supported": "ES256"}, "no usable id_token_signing_alg_values"),
    ],
    ids=str,
)
def test_f14_a_document_that_cannot_be_trusted_is_refused_with_the_reason(there, clock, knows, why):
    there.knows = knows
    with pytest.raises(Unusable, match=why):
        Known(there.issuer, clock).document()


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": []},
        {"keys": "none"},
        {"keys": [7, None, {}]},
        {"keys": [{"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}]},
        {"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]},
        {"keys": [{"kty": "what is to come"}]},
    ],
    ids=str,
)
def test_f14_keys_that_could_have_signed_nothing_are_none(there, clock, keys):
    there.answers["/keys"] = lambda: keys
    with pytest.raises(Unusable, match="has no key that could have signed"):
        Known(there.issuer, clock).signing_keys()


def test_keys_that_are_not_understood_or_not_for_signing_are_passed_over(there, clock):
    own = there.keys[-1].as_dict(private=False)
    others = [{"kty": "what is to come"}, {"kty": "oct", "k": "c2VjcmV0"}, {**own, "kid": "e", "use": "enc"}]
    there.answers["/keys"] = lambda: {"keys": [*others, own]}
    assert [key.kid for key in Known(there.issuer, clock).signing_keys()] == [own["kid"]]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda: "<html>Welcome", "does not answer with JSON"),
        (lambda: Response("[" * 100_000, mimetype="application/json"), "JSON"),
        (lambda: Response("7", mimetype="application/json"), "something else than a JSON object"),
        (lambda: Response(b"\xff\xfe\xfd", mimetype="application/json"), "JSON"),
        (lambda: Response("x" * (asking.MOST_BYTES + 1)), "cannot be asked"),
        (lambda: redirect("https://evil.example/"), "cannot be asked"),
        (lambda: ("", 404), "answers with status 404"),
    ],
)
def test_nonsense_is_refused_with_the_reason(there, answer, why):
    there.answers["/keys"] = answer
    with pytest.raises(Unusable, match=f"^{re.escape(there.issuer)}/keys .*{why}"):
        fetched(f"{there.issuer}/keys")


def test_who_does_not_answer_or_does_not_end_is_not_waited_for(there, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)

    def late():
        time.sleep(0.6)
        return {}

    def drip():
        for _ in range(40):
            yield b" "
            time.sleep(0.05)

    for answer in (late, lambda: Response(drip())):
        there.answers["/keys"] = answer
        began = time.monotonic()
        with pytest.raises(Unusable, match="takes longer than"):
            fetched(f"{there.issuer}/keys")
        assert time.monotonic() - began < 10  # a machine may be slow; the answers end by themselves


def test_nobody_there_is_said_so():
    with provider() as gone:
        pass
    with pytest.raises(Unusable, match="cannot be asked"):
        fetched(f"{gone.issuer}/keys")
