"""Accounts and the audit log by command."""

from __future__ import annotations

import json

import pytest

from tests.cli.commands import run

PASSWORD = "four words and more"


@pytest.fixture
def users(tmp_path):
    def ask(*words, typed=""):
        return run(*words, typed=typed, STATE_DIR=str(tmp_path))

    return ask


def test_an_account_is_made_changed_listed_and_every_change_is_logged(users):
    def add(name, password):
        return users("users", "add", name, "--role", "viewer", "--password-stdin", typed=f"{password}\n")

    assert add("ana", PASSWORD).code == 0
    assert users("users", "role", "ana", "--role", "exporter").code == 0
    assert users("users", "disable", "ana").code == 0
    listed = json.loads(users("users", "list", "--json").out)
    assert listed == [
        {
            "name": "ana",
            "role": "exporter",
            "disabled": True,
            "signed_in_at": None,
            "first_password": False,
            "issuer": None,
        }
    ]
    assert users("users", "reset", "ana", "--password-stdin", typed=PASSWORD).code == 0
    assert "disabled" not in users("users", "list").out
    logged = [json.loads(line) for line in users("audit", "--what", "account").out.splitlines()]
    assert [entry["result"] for entry in logged] == ["reset", "disabled", "role exporter", "added, viewer"]
    assert {entry["subject"] for entry in logged} == {"ana"}

    weak = add("bob", "short")
    assert (weak.code, weak.err) == (
        2,
        "The password has fewer than 12 characters: choose a longer one.\n",
    )
    nobody = users("users", "disable", "nobody")
    assert (nobody.code, nobody.err) == (1, "There is no account nobody.\n")


def test_without_an_account_the_list_says_so(tmp_path):
    assert run("users", "list", STATE_DIR=str(tmp_path)).out == "There are no accounts.\n"


@pytest.mark.parametrize("written", ["Admin", "ADMIN"])
def test_a_role_is_known_in_capitals_too(users, written):
    words = ("users", "add", "ana", "--role", written, "--password-stdin")
    assert users(*words, typed=f"{PASSWORD}\n").code == 0
    assert json.loads(users("users", "list", "--json").out)[0]["role"] == "admin"


def test_an_account_is_linked_to_somebody_at_the_provider_and_parted_again(users, tmp_path):
    provider = {
        "SECRET_KEY": "0123456789abcdef" * 4,
        "OIDC_ISSUER": "https://id.example.com",
        "OIDC_CLIENT_ID": "segment-desk",
        "OIDC_CLIENT_SECRET": "x",
        "OIDC_ROLES": "staff=viewer",
        "OIDC_NAME": "Shop",
    }
    words = ("users", "add", "ana", "--role", "viewer", "--password-stdin")
    assert users(*words, typed=f"{PASSWORD}\n").code == 0
    link = ("users", "link", "ana", "--subject", "u-1")
    alone = users(*link)
    assert (alone.code, "set OIDC_ISSUER" in alone.err) == (2, True)
    linked = run(*link, STATE_DIR=str(tmp_path), **provider)
    assert linked.out == "ana: linked, signs in with Shop, sessions ended.\n"
    assert "ana" in users("users", "list").out
    assert "signs in with https://id.example.com" in users("users", "list").out
    refused = users("users", "role", "ana", "--role", "admin")
    assert (refused.code, refused.err.startswith("ana signs in with another service")) == (2, True)
    assert users("users", "reset", "ana", "--password-stdin", typed=PASSWORD).code == 0
    assert json.loads(users("users", "list", "--json").out)[0]["issuer"] is None
