"""Accounts and passwords: what is taken, who is shut out, how long an answer takes."""

from __future__ import annotations

import threading
import time

import pytest
from argon2 import extract_parameters
from argon2.exceptions import VerificationError

from services.core.refusals import NotFound, Refusal
from services.site.people import passwords
from services.site.people.accounts import Account
from services.site.people.opened import IDLE_SECONDS, LONGEST_SECONDS
from services.site.people.roles import Role
from services.site.people.sessions import (
    NO_MATCH,
    REMEMBERED_SECONDS,
    Person,
    Sessions,
)
from tests.site.people.signing_in import HERE, KEY, PASSWORD, sign_in


def refused(sessions, **given):
    with pytest.raises(Refusal) as fault:
        sign_in(sessions, **given)
    return fault.value


def test_a_name_is_known_whatever_its_case_and_once(accounts):
    assert accounts.listed() == [Account("ana@example.org", Role.VIEWER, False)]
    with pytest.raises(Refusal, match="already"):
        accounts.add("ANA@example.org", Role.ADMIN, PASSWORD)


@pytest.mark.parametrize("name", ["", "a", "a b", "a\nb", "<b>", "x" * 65, "-a", "ünal"])
def test_what_cannot_be_a_name_is_refused(accounts, name):
    with pytest.raises(Refusal, match="cannot be a name"):
        accounts.add(name, Role.VIEWER, PASSWORD)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "fewer than 12"),
        ("ana.keller@example.org", "easy to guess"),
        ("ababababababab", "easy to guess"),
        ("ä" * 513, "longer than 1024 bytes"),
    ],
)
def test_a_weak_password_is_refused(accounts, password, why):
    with pytest.raises(Refusal, match=why):
        accounts.add("ana.keller@example.org", Role.VIEWER, password)


def test_f15_long_passwords_with_spaces_and_any_sign_are_taken(accounts, sessions):
    for number, password in enumerate(["one two " * 30, "пароль из слов 🙂🙂", " leading and trailing "]):
        accounts.add(f"user{number}", Role.VIEWER, password)
        assert sign_in(sessions, f"user{number}", password)


def test_f15_at_most_two_passwords_are_worked_on_at_once(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    arrived, let_go = threading.Semaphore(0), threading.Event()

    class Held:
        def verify(self, _kept, _password):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            arrived.release()
            let_go.wait()
            with lock:
                running -= 1
            return True

    monkeypatch.setattr(passwords, "_HASHER", Held())
    threads = [threading.Thread(target=passwords.matches, args=("kept", "given")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        arrived.acquire()
    assert not passwords._AT_ONCE.acquire(blocking=False)
    let_go.set()
    for thread in threads:
        thread.join()
    assert most == 2


def test_f15_a_password_of_ten_megabytes_is_refused_before_it_is_hashed(sessions, monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", None)
    assert str(refused(sessions, password="x" * 10_000_000)) == NO_MATCH()


def test_f5_unknown_wrong_and_disabled_are_answered_alike(accounts, sessions):
    accounts.add("gone", Role.VIEWER, PASSWORD)
    accounts.disable("gone")
    answers = {
        str(refused(sessions, **given))
        for given in ({"name": "nobody"}, {"password": "wrong password"}, {"name": "gone"})
    }
    assert answers == {NO_MATCH()}


def test_f5_unknown_names_take_as_long_as_known_ones(monkeypatch):
    """Each is compared with what costs the same; a clock tells so little apart on an idle machine only."""
    compared = []

    class Watched:
        def verify(self, kept, _password):
            compared.append(extract_parameters(kept))
            raise VerificationError

    kept = passwords.hashed(PASSWORD)
    monkeypatch.setattr(passwords, "_HASHER", Watched())
    for what in (kept, None):
        assert not passwords.matches(what, "wrong password")
    assert compared == [extract_parameters(kept)] * 2


def test_a_session_says_whose_it_is(sessions):
    assert sessions.who(sign_in(sessions)) == Person("ana@example.org", Role.VIEWER)


@pytest.mark.parametrize("forged", ["", "x", "\ud800", "0" * 10_000])
def test_f10_an_id_that_was_never_given_is_nobodys(sessions, forged):
    assert sessions.who(forged) is None


def test_f10_another_key_knows_no_session(sessions, state, clock):
    assert Sessions(state, "other key" * 4, clock).who(sign_in(sessions)) is None


def test_f7_signing_in_gives_a_new_id_and_ends_the_old_one(sessions):
    first = sign_in(sessions)
    second = sessions.sign_in("ana@example.org", PASSWORD, HERE, before=first)
    assert second != first
    assert (sessions.who(first), sessions.who(second).name) == (None, "ana@example.org")


def test_f8_a_session_is_over_when_signed_out_in_another_process_a_second_later(sessions, state, clock):
    made = sign_in(sessions)
    other = Sessions(state, KEY, clock)
    assert other.who(made)
    sessions.sign_out(made)
    assert sessions.who(made) is None
    time.sleep(REMEMBERED_SECONDS)
    assert other.who(made) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.disable("ana@example.org"),
        lambda accounts: accounts.reset("ana@example.org", PASSWORD + "2"),
        lambda accounts: accounts.set_role("ana@example.org", Role.ADMIN),
    ],
    ids=["disabled", "new password", "new role"],
)
def test_f6_f9_what_takes_rights_away_ends_live_sessions(accounts, state, sessions, clock, change):
    made = sign_in(sessions)
    change(accounts)
    assert Sessions(state, KEY, clock).who(made) is None


def test_f9_a_session_ends_after_half_an_hour_without_use(state, sessions, clock):
    made = sign_in(sessions)

    def alive_after(seconds):
        clock.now += seconds
        return Sessions(state, KEY, clock).who(made) is not None

    assert [alive_after(IDLE_SECONDS - 1), alive_after(IDLE_SECONDS - 1)] == [True, True]
    assert not alive_after(IDLE_SECONDS)


def test_f9_a_session_ends_after_twelve_hours_however_used(state, sessions, clock):
    made = sign_in(sessions)
    alive = []
    for _ in range(13 * 3):
        clock.now += 1_200
        alive.append(Sessions(state, KEY, clock).who(made) is not None)
    assert sum(alive) == LONGEST_SECONDS // 1_200 - 1


def test_changes_to_nobody_are_not_found(accounts):
    with pytest.raises(NotFound, match="no account nobody"):
        accounts.disable("nobody")


def test_e16_a_clock_that_jumps_ends_sessions_and_never_prolongs_one(state, sessions, clock):
    made = sign_in(sessions)
    for jump, lasts in ((-30, True), (-86_400, False), (2 * 86_400, False)):
        start, clock.now = clock.now, clock.now + jump
        assert (Sessions(state, KEY, clock).who(made) is not None) == lasts
        clock.now = start
