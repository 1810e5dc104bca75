"""What changes while a password is looked at, which takes its time, holds for who is signing in."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.backup import backup, restore
from services.site.people import passwords
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.people.sessions import NO_MATCH, Sessions
from services.site.state import State

PASSWORD = "four words and more"


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.reset("ana", PASSWORD + "2"),
        lambda accounts: accounts.disable("ana"),
    ],
    ids=["new password", "disabled"],
)
def test_f6_an_account_that_is_changed_meanwhile_is_not_let_in(state, monkeypatch, change):
    accounts = Accounts(state)
    accounts.add("ana", Role.VIEWER, PASSWORD)
    refuse_after(monkeypatch, state, lambda: change(accounts))


def test_f6_the_number_of_an_account_is_not_anothers_after_a_restore(state, tmp_path, monkeypatch):
    other = State(tmp_path / "other")
    Accounts(other).add("eve", Role.ADMIN, PASSWORD)
    backup(other, tmp_path / "file")
    other.close()
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    refuse_after(monkeypatch, state, lambda: restore(state, tmp_path / "file", "cli:ana", replace=True))


def refuse_after(monkeypatch, state, change):
    def matches(kept, password):
        found = passwords.matches(kept, password)
        change()
        return found

    monkeypatch.setattr("services.site.people.proving.matches", matches)
    with pytest.raises(Refusal, match=NO_MATCH()):
        Sessions(state, "k" * 32).sign_in("ana", PASSWORD, "10.0.0.1")
