"""Section F14: an answer that is not for this sign-in, or not the provider's own, lets nobody in."""

from __future__ import annotations

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from services.site.people.elsewhere import UNKNOWN
from tests.oidc import SECRET, encoded, forged, parameters
from tests.web.oidc.walk import AGAIN


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": ["https://evil.example"]},
        {"aud": "another-site"},
        {"aud": None},
        {"aud": []},
        {"aud": ["another-site"]},
        {"aud": ["segment-desk", "another-site"]},
        {"azp": "another-site"},
        {"exp": 1_000},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"nonce": "replayed"},
        {"nonce": None},
        {"nonce": ["replayed"]},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "boss\0"},
        {"sub": "bóss"},
    ],
    ids=lambda lie: "".join(f"{name} {str(value)[:40]}" for name, value in lie.items()),
)
def test_f14_a_token_that_is_not_for_this_sign_in_lets_nobody_in(trusting, there, lie):
    there.says |= lie
    entry = trusting.refused(there)
    assert (entry.who, entry.what, entry.result) == (UNKNOWN, "sign-in", "failed")


@pytest.mark.parametrize("name", ["iss", "nonce", "sub"])
def test_f14_what_has_to_be_one_value_is_no_list_that_holds_the_right_one(trusting, there, name):
    there.signs = lambda said: there.signed(said | {name: ["x", said[name]]})
    trusting.refused(there)


def test_a_token_for_several_that_was_made_for_this_site_lets_in(trusting, there):
    there.says |= {"aud": ["segment-desk", "another-site"], "azp": "segment-desk"}
    assert trusting.let_in(trusting.gone()[0])


def with_another_key(there, said):
    key = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": there.keys[-1].kid, "jwk": key.as_dict(private=False)}
    return jwt.encode(header, said, key)


def for_other_claims(there, said):
    head, _, signature = there.signed(said).split(".")
    return ".".join([head, encoded(b'{"sub": "boss"}'), signature])


def public(there):
    return there.keys[-1].as_pem(private=False)


SIGNED = {
    "not at all": lambda there, said: forged({"alg": "none"}, said, None),
    "not at all in capitals": lambda there, said: forged({"alg": "NONE"}, said, None),
    "with the secret of the client": lambda there, said: forged({"alg": "HS256"}, said, SECRET.encode()),
    "with the public key as a secret": lambda there, said: forged({"alg": "HS256"}, said, public(there)),
    "with an empty secret": lambda there, said: forged({"alg": "HS256"}, said, b""),
    "with a key that it brings": with_another_key,
    "for other claims": for_other_claims,
    "with nothing behind the dot": lambda there, said: there.signed(said).rpartition(".")[0] + ".",
    "with a header that is a list": lambda there, said: encoded(b'["alg"]') + ".e30.AA",
    "rubbish": lambda there, said: "no.token.atall",
    "no text": lambda there, said: 7,
    "nothing": lambda there, said: None,
    "endless": lambda there, said: there.signed(said | {"more": "x" * 100_000}),
}


@pytest.mark.parametrize("signs", SIGNED.values(), ids=list(SIGNED))
def test_f14_a_token_that_the_provider_did_not_sign_lets_nobody_in(trusting, there, signs):
    there.signs = lambda said: signs(there, said)
    trusting.refused(there)


def test_f14_a_state_that_is_missing_or_anothers_lets_nobody_in(trusting, there):
    client, back = trusting.begun()
    given = parameters(back)
    for query in (
        {"code": given["code"]},
        given | {"state": "x"},
        given | {"state": "é\0"},
        {"error": "denied"},
        {},
    ):
        answer = client.get("/sign-in/oidc/back", query_string=query)
        assert (answer.status_code, "did not begin in this browser" in answer.text) == (401, True)
    # another browser, to which the address was sent: it began nothing, or something else
    assert trusting.server.test_client().get(back).status_code == 401
    other, _ = trusting.begun()
    assert other.get(back).status_code == 401
    assert not trusting.let_in(other)
    assert client.get(back).status_code == 302


def test_f14_an_answer_counts_once_and_so_does_a_code(trusting, there):
    client, back = trusting.begun()
    kept = client.get_cookie("entry").value
    assert client.get(back).status_code == 302
    thief = trusting.server.test_client()
    thief.set_cookie("entry", kept)
    answer = thief.get(back)
    assert (answer.status_code, "was used already" in answer.text) == (401, True)
    # a code of one sign-in is worth nothing in another, whose verifier it was not asked with
    _, stolen = trusting.begun()
    client, own = trusting.begun()
    swapped = {"code": parameters(stolen)["code"], "state": parameters(own)["state"]}
    answer = client.get("/sign-in/oidc/back", query_string=swapped)
    assert (answer.status_code, AGAIN in answer.text) == (401, True)
    assert not trusting.let_in(client)


@pytest.mark.parametrize(
    "more",
    [{"iss": "https://evil.example"}, {"code": None}, {"code": "", "error": "server_error"}, {"code": "\0é"}],
    ids=str,
)
def test_f14_an_answer_that_names_another_issuer_or_no_code_lets_nobody_in(trusting, there, more):
    client, back = trusting.begun()
    given = {name: value for name, value in (parameters(back) | more).items() if value is not None}
    answer = client.get("/sign-in/oidc/back", query_string=given)
    assert (answer.status_code, AGAIN in answer.text) == (401, True)
    assert not trusting.let_in(client)


def test_two_windows_of_one_browser_do_not_hinder_each_other(trusting, there):
    client, first = trusting.begun()
    _, second = trusting.begun(client)
    assert client.get(first).status_code == 302
    assert client.get(second).status_code == 302
