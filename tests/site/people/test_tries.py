"""Wrong passwords: who has to wait, who never has to, and how long."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher

from services.core.refusals import Refusal
from services.site.people import passwords
from services.site.people.roles import Role
from services.site.people.sessions import NO_MATCH, Sessions
from services.site.people.tries import PERIOD_SECONDS, TRIES, TRIES_FROM_PLACE, TooManyTries, place_of
from tests.site.people.signing_in import HERE, KEY, PASSWORD, sign_in


@pytest.fixture(scope="module", autouse=True)
def cheap_passwords():
    """Tries are counted here, hundreds of them; what a password costs is tested in ``test_accounts``."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", hasher)
        patched.setattr(passwords, "_NOBODYS", hasher.hash("nobody has this password"))
        yield


def refused(sessions, **given):
    with pytest.raises(Refusal) as fault:
        sign_in(sessions, **given)
    return fault.value


def test_f5_a_sixth_try_from_one_address_waits_and_its_owner_elsewhere_gets_in(sessions):
    for _ in range(5):
        assert str(refused(sessions, password="wrong password")) == NO_MATCH()
    assert isinstance(refused(sessions), TooManyTries)
    assert sign_in(sessions, address="10.0.0.2")


def test_f5_guesses_from_many_addresses_are_bounded_and_after_a_restart(sessions, state, clock):
    # it was ten once, which two addresses are enough for: they shut the owner out again and again
    found = [refused(sessions, password="wrong password", address=f"10.0.1.{n}") for n in range(TRIES + 1)]
    assert [isinstance(each, TooManyTries) for each in found] == [False] * TRIES + [True]
    assert isinstance(refused(sessions, address="10.0.2.1"), TooManyTries)
    assert isinstance(refused(Sessions(state, KEY, clock), address="10.0.2.2"), TooManyTries)


def test_f5_two_addresses_shut_nobody_out(sessions):
    for _ in range(20):
        for address in ("10.0.1.1", "10.0.1.2"):
            refused(sessions, password="wrong password", address=address)
    assert sign_in(sessions)


def test_f5_a_device_that_signed_in_before_is_never_shut_out_by_others(sessions, state, clock):
    device = sessions.device_of("ana@example.org", None)
    for number in range(300):
        refused(sessions, password="wrong password", address=f"10.0.{number // 250}.{number % 250}")
        refused(sessions, name=f"user{number}", password="wrong password", address=HERE)
    assert isinstance(refused(sessions, address=HERE), TooManyTries)
    assert isinstance(refused(sessions, address="10.0.9.9"), TooManyTries)
    for process in (sessions, Sessions(state, KEY, clock)):
        assert sign_in(process, "ANA@example.org", address=HERE, device=device)


def test_f5_a_known_device_keeps_a_count_of_its_own_wherever_it_is(sessions, clock):
    device = sessions.device_of("ana@example.org", None)
    given = {"password": "wrong password", "device": device}
    found = [refused(sessions, address=f"10.0.1.{number}", **given) for number in range(6)]
    assert [isinstance(each, TooManyTries) for each in found] == [False] * TRIES_FROM_PLACE + [True]
    assert str(found[-1]) == "Too many tries. Try again in 15 minutes."
    assert sign_in(sessions)  # without the device, its tries do not count
    clock.now += PERIOD_SECONDS
    assert sign_in(sessions, device=device)


FORGED = [
    "",
    "x",
    "\ud800",
    "0" * 32,
    ".".join(["0" * 32] * 2),
    ".".join(["0" * 32] * 9),
    ".".join(["0" * 32] * 9_000),
]


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
def test_f5_a_device_that_somebody_made_up_is_none(sessions, forged):
    for number in range(TRIES):
        refused(sessions, password="wrong password", address=f"10.0.1.{number}", device=forged)
    assert isinstance(refused(sessions, device=forged), TooManyTries)
    kept = sessions.device_of("ana@example.org", forged)
    assert sign_in(sessions, device=kept)


def test_f5_a_device_of_one_account_is_none_of_another_and_a_till_is_one_of_several(sessions, accounts):
    accounts.add("ben", Role.VIEWER, PASSWORD)
    bens = sessions.device_of("ben", None)
    both = sessions.device_of("ana@example.org", bens)
    for number in range(TRIES):
        refused(sessions, password="wrong password", address=f"10.0.1.{number}")
        refused(sessions, name="ben", password="wrong password", address=f"10.0.2.{number}")
    assert isinstance(refused(sessions, device=bens), TooManyTries)
    assert sign_in(sessions, device=both)
    assert sign_in(sessions, name="ben", device=both)
    many = both
    for number in range(20):
        accounts.add(f"user{number}", Role.VIEWER, PASSWORD)
        many = sessions.device_of(f"user{number}", many)
    assert len(many) < 400
    assert sign_in(sessions, name="user19", device=many)


def test_f5_a_new_password_or_key_ends_what_devices_are_known_for(sessions, accounts, state, clock):
    device = sessions.device_of("ana@example.org", None)
    accounts.reset("ana@example.org", PASSWORD + "2")
    for number in range(TRIES):
        refused(sessions, password="wrong password", address=f"10.0.1.{number}")
    assert isinstance(refused(sessions, device=device), TooManyTries)
    fresh = sessions.device_of("ana@example.org", device)
    other_key = Sessions(state, "other key" * 4, clock)
    assert isinstance(refused(other_key, password=PASSWORD + "2", device=fresh), TooManyTries)
    assert sign_in(sessions, password=PASSWORD + "2", device=fresh)


def test_f5_a_device_grants_nothing_without_the_password(sessions):
    device = sessions.device_of("ana@example.org", None)
    assert str(refused(sessions, password="wrong password", device=device)) == NO_MATCH()
    assert [sessions.who(part) for part in (device, *device.split("."))] == [None] * 3


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_f5_an_address_counts_as_itself_and_one_of_ipv6_as_its_network(address, place):
    assert place_of(address) == place


def test_f5_a_household_with_many_addresses_of_ipv6_is_one(sessions):
    found = [refused(sessions, password="wrong password", address=f"2001:db8::{n:x}") for n in range(6)]
    assert isinstance(found[-1], TooManyTries)
    assert sign_in(sessions, address="2001:db8:0:1::1")


def test_f5_who_has_to_wait_is_told_how_long(sessions, clock):
    for _ in range(5):
        refused(sessions, password="wrong password")
        clock.now += 60
    told = "Too many tries. Try again in {}, or now in a browser where you have signed in before."
    for seconds, wait in ((0, "10 minutes"), (1, "10 minutes"), (479, "2 minutes"), (60, "a minute")):
        clock.now += seconds
        assert str(refused(sessions)) == told.format(wait)
    clock.now += 60
    assert sign_in(sessions)


def test_f5_an_unknown_name_is_locked_alike(sessions):
    found = [refused(sessions, name="nobody") for _ in range(6)]
    assert [isinstance(each, TooManyTries) for each in found] == [False] * 5 + [True]


def test_f5_one_password_for_many_names_is_stopped_by_address(sessions):
    found = [refused(sessions, name=f"user{n}", password="password1234") for n in range(51)]
    assert [isinstance(each, TooManyTries) for each in found] == [False] * 50 + [True]


def test_f5_the_wait_ends_and_a_new_password_ends_it_at_once(sessions, accounts, clock):
    for _ in range(5):
        refused(sessions, password="wrong password")
    clock.now += PERIOD_SECONDS
    assert sign_in(sessions)
    for _ in range(5):
        refused(sessions, password="wrong password")
    accounts.reset("ana@example.org", PASSWORD + "2")
    assert sign_in(sessions, password=PASSWORD + "2")


def test_f5_tries_at_once_count_as_many(state, accounts):
    found = []

    def attempt(sessions):
        found.append(refused(sessions, password="wrong password"))

    several = [threading.Thread(target=attempt, args=(Sessions(state, KEY),)) for _ in range(8)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    assert sum(not isinstance(each, TooManyTries) for each in found) == 5


def test_e16_tries_noted_before_the_clock_went_back_lock_nobody_out(sessions, clock):
    found = [refused(sessions, password="another password") for _ in range(6)]
    assert isinstance(found[-1], TooManyTries)
    clock.now -= 86_400
    assert sign_in(sessions)
