"""One's own password and sessions, and what admins change about those of others."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.people import passwords
from services.site.people.accounts import LastAdmin
from services.site.people.audit import Audit
from services.site.people.browsers import browser_of
from services.site.people.roles import Role
from services.site.people.sessions import NO_MATCH, NOT_YOURS, Sessions
from services.site.people.tries import TRIES_FROM_PLACE, TooManyTries
from tests.site.people.signing_in import HERE, KEY, PASSWORD, sign_in

ANA = "ana@example.org"
NEW = "five other words, no umlauts"


def results(state):
    return [each.result for each in Audit(state).listed(what="account")]


def test_a_new_password_ends_the_other_sessions_and_keeps_the_one_that_asked(state, sessions, clock):
    mine, other = sign_in(sessions), sign_in(sessions)
    sessions.change_password(ANA, PASSWORD, NEW, HERE, mine)
    elsewhere = Sessions(state, KEY, clock)
    assert (elsewhere.who(mine).name, elsewhere.who(other)) == (ANA, None)
    assert sessions.who(other) is None
    with pytest.raises(Refusal, match=NO_MATCH()):
        sign_in(sessions)
    assert sign_in(sessions, password=NEW)
    assert results(state) == ["password changed"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("wrong password", NEW, NOT_YOURS()),
        ("x" * 2_000, NEW, NOT_YOURS()),
        (PASSWORD, "elevenchars", "fewer than 12"),
        (PASSWORD, ANA, "easy to guess"),
        (PASSWORD, "ä" * 513, "longer than 1024 bytes"),
        (PASSWORD, PASSWORD, "choose another"),
    ],
)
def test_a_password_that_is_not_changed_ends_nothing(state, sessions, old, new, why):
    mine, other = sign_in(sessions), sign_in(sessions)
    with pytest.raises(Refusal, match=why):
        sessions.change_password(ANA, old, new, HERE, mine)
    assert sessions.who(mine)
    assert sessions.who(other)
    assert results(state) == []


def test_f5_who_has_a_session_guesses_its_password_no_faster_than_a_stranger(sessions):
    mine = sign_in(sessions)
    for _ in range(TRIES_FROM_PLACE):
        with pytest.raises(Refusal, match=NOT_YOURS()):
            sessions.change_password(ANA, "wrong password", NEW, HERE, mine)
    with pytest.raises(TooManyTries):
        sessions.change_password(ANA, PASSWORD, NEW, HERE, mine)
    with pytest.raises(TooManyTries):
        sign_in(sessions)  # counted together


def test_own_sessions_are_listed_with_browser_and_times_and_end_one_by_one(state, sessions, clock):
    first = sessions.sign_in(ANA, PASSWORD, HERE, browser="Firefox on Windows")
    clock.now += 120
    second = sessions.sign_in(ANA, PASSWORD, HERE)
    latest, earlier = sessions.open_of(ANA, second)
    assert [latest.browser, earlier.browser] == ["", "Firefox on Windows"]
    assert [latest.own, earlier.own] == [True, False]
    assert (latest.made_at - earlier.made_at).total_seconds() == 120
    assert sessions.end(ANA, earlier.key)
    assert (sessions.who(first), sessions.who(second).name) == (None, ANA)
    assert not sessions.end(ANA, earlier.key)
    assert results(state) == ["session ended"]


@pytest.mark.parametrize("key", ["", "zz", "00" * 32, "ä", "0"])
def test_a_key_of_no_session_ends_none(sessions, key):
    mine = sign_in(sessions)
    assert not sessions.end(ANA, key)
    assert sessions.who(mine)


def test_nobody_ends_anothers_session(accounts, sessions):
    accounts.add("ben", Role.VIEWER, PASSWORD)
    mine, of_ben = sign_in(sessions), sign_in(sessions, "ben")
    (his,) = sessions.open_of("ben", of_ben)
    assert not sessions.end(ANA, his.key)
    assert sessions.end_others(ANA, mine) == 0
    assert sessions.who(of_ben)


def test_all_other_sessions_end_at_once(state, sessions):
    mine, others = sign_in(sessions), [sign_in(sessions) for _ in range(2)]
    assert sessions.end_others(ANA, mine) == 2
    assert [sessions.who(each) for each in others] == [None, None]
    assert len(sessions.open_of(ANA, mine)) == 1
    assert results(state) == ["other sessions ended"]


def test_a_session_that_is_over_is_not_listed(accounts, sessions, clock):
    sign_in(sessions)
    assert sessions.open_by_account() == {ANA: 1}
    clock.now += 3_600
    assert sessions.open_by_account() == {}
    mine = sign_in(sessions)
    accounts.disable(ANA)
    assert sessions.open_of(ANA, mine) == []


def test_the_list_says_when_somebody_signed_in_last(accounts, sessions, clock):
    (before,) = accounts.listed()
    sign_in(sessions)
    clock.now += 60
    sign_in(sessions)
    (after,) = accounts.listed()
    assert (before.signed_in_at, int(after.signed_in_at.timestamp())) == (None, int(clock.now))


def test_a_first_password_is_to_be_changed_and_then_is_none(accounts, sessions):
    made = passwords.made()
    accounts.add("ben", Role.SERVICE, made, "ana", first=True)
    mine = sign_in(sessions, "ben", made)
    assert sessions.who(mine).first_password
    sessions.change_password("ben", made, NEW, HERE, mine)
    assert not sessions.who(mine).first_password
    assert [each.first_password for each in accounts.listed()] == [False, False]


def test_passwords_that_are_made_are_strong_legible_and_never_the_same():
    many = {passwords.made() for _ in range(200)}
    assert len(many) == 200
    assert {len(each) for each in many} == {19}
    assert not set("".join(many)) & set("il1o0")
    for each in many:
        passwords.check_strength("ana", each)


def test_the_last_admin_who_can_sign_in_is_neither_demoted_nor_locked(accounts):
    accounts.add("ann", Role.ADMIN, PASSWORD)
    accounts.add("off", Role.ADMIN, PASSWORD)
    accounts.disable("off")
    for change in (
        lambda: accounts.set_role("ann", Role.VIEWER, keep_admin=True),
        lambda: accounts.disable("ann", keep_admin=True),
    ):
        with pytest.raises(LastAdmin, match="ann is the only admin"):
            change()
    accounts.set_role("ann", Role.ADMIN, keep_admin=True)
    accounts.disable(ANA, keep_admin=True)
    accounts.enable("off")
    accounts.set_role("ann", Role.VIEWER, keep_admin=True)
    assert [(each.name, each.role) for each in accounts.listed() if not each.disabled] == [
        ("ann", Role.VIEWER),
        ("off", Role.ADMIN),
    ]


def test_a_change_and_its_row_in_the_log_stand_or_fall_together(accounts, state, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr("services.site.people.accounts.add_within", broken)
    with pytest.raises(RuntimeError):
        accounts.set_role(ANA, Role.ADMIN, "ann")
    assert accounts.listed()[0].role is Role.VIEWER


def test_who_is_let_in_again_has_the_password_of_before(accounts, sessions, state):
    accounts.disable(ANA, "ann")
    accounts.enable(ANA, "ann")
    assert sign_in(sessions)
    accounts.end_sessions(ANA, "ann")
    assert sessions.open_by_account() == {}
    assert results(state) == ["sessions ended", "enabled", "disabled"]
    assert {(each.who, each.subject) for each in Audit(state).listed()} == {("ann", ANA)}


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.1 Safari/605.1.15",
            "Safari on a Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "CriOS/131.0 Mobile/15E148 Safari/604.1",
            "Chrome on an iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 "
            "Safari/537.36 Edg/131.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile "
            "Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.9", "A program"),
        ("<b>" * 9_000, "A program"),
        (None, "A program"),
    ],
)
def test_a_browser_is_called_what_people_call_it_and_nothing_sent_is_kept(agent, said):
    assert browser_of(agent) == said
