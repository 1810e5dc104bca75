"""Tokens: shown once, kept as a digest, over when revoked or expired; guessing is limited."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from services.cli import main
from services.core.refusals import NotFound, Refusal
from services.site.people import tokens as module
from services.site.people.roles import Role
from services.site.people.sessions import Person
from services.site.people.tokens import Tokens
from services.site.people.tries import TRIES_OF_ADDRESS, TooManyTries
from services.site.state import State, tables

KEY = "0123456789abcdef" * 4
HERE = "192.0.2.1"


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    opened = State(tmp_path_factory.mktemp("state"))
    yield opened
    opened.close()


@pytest.fixture
def tokens(state):
    with state.writing() as connection:
        connection.execute(tables.tokens.delete())
        connection.execute(tables.attempts.delete())
    return Tokens(state, KEY)


def test_a_token_is_known_by_name_and_role_and_nothing_kept_is_it(state, tokens):
    made = tokens.add(" Nightly ", Role.EXPORTER)
    assert made.startswith("sdt_")
    assert tokens.who(made, HERE) == Person("token:nightly", Role.EXPORTER)
    with state.reading() as connection:
        kept = connection.execute(select(tables.tokens)).one()
    assert made not in str(kept)
    assert made.encode() not in kept.digest


def test_a_token_under_another_key_is_nobodys(state, tokens):
    made = tokens.add("nightly", Role.VIEWER)
    assert Tokens(state, KEY[::-1]).who(made, HERE) is None


def test_a_token_ends_when_it_expires(state, tokens):
    now = [1_800_000_000.0]
    turned = Tokens(state, KEY, clock=lambda: now[0])
    made = turned.add("nightly", Role.VIEWER, days=2)
    now[0] += 2 * 86_400 - 1
    assert turned.who(made, HERE)
    now[0] += 1
    assert Tokens(state, KEY, clock=lambda: now[0]).who(made, HERE) is None


def test_a_token_ends_when_it_is_revoked_here_at_once_and_elsewhere_a_second_later(
    state, tokens, monkeypatch
):
    elsewhere = Tokens(state, KEY)
    made = tokens.add("nightly", Role.VIEWER)
    assert tokens.who(made, HERE) == elsewhere.who(made, HERE)
    tokens.revoke("nightly")
    assert tokens.who(made, HERE) is None
    monkeypatch.setattr(module, "REMEMBERED_SECONDS", 0.0)
    assert elsewhere.who(made, HERE) is None


def test_when_a_token_was_used_last_is_right_to_the_minute(state, tokens):
    now = [1_800_000_000.0]
    made = tokens.add("nightly", Role.VIEWER)
    assert tokens.listed()[0].used_at is None
    for seconds, seen in ((0, 0), (59, 0), (61, 61)):
        Tokens(state, KEY, clock=lambda at=seconds: now[0] + at).who(made, HERE)
        assert tokens.listed()[0].used_at.timestamp() == now[0] + seen


def test_guessing_is_limited_by_address_and_shuts_out_nobody_with_a_right_one(tokens):
    made = tokens.add("nightly", Role.VIEWER)
    assert [tokens.who(f"sdt_{guess}", HERE) for guess in range(TRIES_OF_ADDRESS)] == (
        [None] * TRIES_OF_ADDRESS
    )
    with pytest.raises(TooManyTries, match=r"^Too many wrong tokens from here\. Try again in 15 minutes\.$"):
        tokens.who("sdt_another", HERE)
    assert tokens.who("sdt_another", "192.0.2.2") is None
    assert tokens.who(made, HERE)


def test_wrong_tokens_from_one_network_of_ipv6_count_together_and_a_clock_set_back_ends_the_wait(
    state, tokens
):
    now = [1_800_000_000.0]
    turned = Tokens(state, KEY, clock=lambda: now[0])
    for guess in range(TRIES_OF_ADDRESS):
        turned.who(f"sdt_{guess}", f"2001:db8:0:1::{guess:x}")
    with pytest.raises(TooManyTries):
        turned.who("sdt_another", "2001:db8:0:1:ffff::1")
    assert turned.who("sdt_another", "2001:db8:0:2::1") is None
    now[0] -= 86_400
    assert turned.who("sdt_another", "2001:db8:0:1::1") is None


@pytest.mark.parametrize("name", ["", "x", "a b", "x" * 51, "é1", "token:x"])
def test_a_name_that_is_none_is_refused(tokens, name):
    with pytest.raises(Refusal, match="cannot be a name"):
        tokens.add(name, Role.VIEWER)


def test_a_name_is_given_once_even_after_it_was_revoked(tokens):
    tokens.add("nightly", Role.VIEWER)
    tokens.revoke("nightly")
    with pytest.raises(Refusal, match="choose another name"):
        tokens.add("nightly", Role.VIEWER)
    with pytest.raises(NotFound):
        tokens.revoke("another")


def run(*words, **environment):
    return CliRunner(env=environment).invoke(main, words)


def test_the_commands_show_a_token_once_and_log_it(tmp_path):
    where = {"STATE_DIR": str(tmp_path), "SECRET_KEY": KEY}
    made = json.loads(
        run("tokens", "add", "Night", "--role", "Viewer", "--days", "7", "--json", **where).stdout
    )
    assert (made["name"], made["role"], made["days"]) == ("night", "viewer", 7)
    listed = run("tokens", "list", "--json", **where).stdout
    assert made["token"] not in listed
    assert [(each["name"], each["revoked_at"]) for each in json.loads(listed)] == [("night", None)]
    assert "never used, expires 20" in run("tokens", "list", **where).stdout
    assert "revoked" in run("tokens", "revoke", "night", **where).stdout
    assert ", revoked 20" in run("tokens", "list", **where).stdout
    log = [json.loads(line) for line in run("audit", "--what", "account", **where).stdout.splitlines()]
    assert [(each["subject"], each["result"]) for each in log] == [
        ("token:night", "revoked"),
        ("token:night", "added, viewer"),
    ]


def test_without_the_sites_key_no_token_is_made(tmp_path):
    ran = run("tokens", "add", "nightly", "--role", "viewer", STATE_DIR=str(tmp_path), SECRET_KEY="")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "SECRET_KEY" in ran.stderr
