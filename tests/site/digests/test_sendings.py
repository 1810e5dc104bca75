"""A digest is sent at most once, whoever is killed when; what nobody accepted is tried again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from services.site.backup import backup, restore
from services.site.digests.due import due, standings
from services.site.digests.reasons import GONE
from services.site.digests.sendings import FIRST_WAIT_SECONDS, LEASE_SECONDS, TRIES, Sendings, Stage
from services.site.digests.subscriptions import Subscriptions
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit
from services.site.state import State
from tests.site.digests.asking import BEFORE, DUE, asked, mailing

WEEK = 7 * 24 * 3_600
SETTINGS = mailing()


@pytest.fixture
def ana(state, clock):
    return asked(state, clock, SETTINGS)


def periods(state, clock):
    return [(each.period.isoformat(), each.again is not None) for each in due(SETTINGS, state, clock)]


def claimed(state, clock, ana):
    (wanted,) = due(SETTINGS, state, clock)
    return Sendings(state, clock).claim(ana.id, wanted.period, wanted.again, "r1", date(2011, 12, 9))


def latest(state, clock):
    return standings(SETTINGS, state, clock=clock)[0].latest


def test_nothing_that_was_due_before_it_was_asked_for_is_sent_and_the_next_one_is(state, clock, ana):
    assert latest(state, clock) is None
    assert periods(state, clock) == []
    clock.now = DUE - 1
    assert periods(state, clock) == []
    clock.now = DUE
    assert periods(state, clock) == [("2026-12-07", False)]


def test_one_that_was_sent_is_not_due_before_the_next_week(state, clock, ana):
    clock.now = DUE
    sending = claimed(state, clock, ana)
    assert periods(state, clock) == []
    assert Sendings(state, clock).sent(sending, ana) is Stage.SENT
    clock.now = DUE + WEEK - 1
    assert periods(state, clock) == []
    clock.now = DUE + WEEK
    assert periods(state, clock) == [("2026-12-14", False)]
    entry = Audit(state).listed(what="digest")[0]
    assert (entry.who, entry.subject, entry.release, entry.result) == (
        "ana",
        "mail ana@example.org",
        "r1",
        "sent",
    )


def test_a_worker_that_slept_five_weeks_sends_one_and_not_five(state, clock, ana):
    clock.now = DUE + 4 * WEEK + 3_600
    assert periods(state, clock) == [("2027-01-04", False)]
    Sendings(state, clock).sent(claimed(state, clock, ana), ana)
    assert periods(state, clock) == []


def test_of_many_workers_at_once_one_gets_a_digest(state, clock, ana):
    clock.now = DUE
    (wanted,) = due(SETTINGS, state, clock)

    def claim(_):
        return Sendings(state, clock).claim(ana.id, wanted.period, None, "r1", None)

    with ThreadPoolExecutor(8) as pool:
        got = [each for each in pool.map(claim, range(8)) if each is not None]
    assert [each.period for each in got] == ["2026-12-07"]


def test_a_killed_workers_digest_is_never_sent_again_and_is_said_to_be_unknown(state, clock, ana, caplog):
    clock.now = DUE
    claimed(state, clock, ana)
    clock.now = DUE + LEASE_SECONDS
    assert periods(state, clock) == []
    assert latest(state, clock).state is Stage.SENDING
    clock.now += 1
    said = latest(state, clock)  # before any worker notes it
    assert (said.state, said.reason, said.ended_at) == (Stage.UNKNOWN, GONE.text, None)
    assert periods(state, clock) == periods(state, clock) == []
    assert latest(state, clock).ended_at is not None
    assert (latest(state, clock).state, latest(state, clock).reason) == (Stage.UNKNOWN, GONE.text)
    assert [each.result for each in Audit(state).listed(what="digest")] == ["unknown", "subscribed ana"]
    assert caplog.messages == ["not known whether a digest arrived"]
    clock.now = DUE + WEEK
    assert periods(state, clock) == [("2026-12-14", False)]


def test_what_may_have_arrived_is_not_sent_again(state, clock, ana):
    clock.now = DUE
    sending = claimed(state, clock, ana)
    assert Sendings(state, clock).unknown(sending, ana, "the connection broke") is Stage.UNKNOWN
    clock.now = DUE + WEEK - 1
    assert periods(state, clock) == []
    assert latest(state, clock).reason == "the connection broke"


def test_what_nobody_accepted_is_tried_ever_more_seldom_by_one_worker_and_given_up(state, clock, ana):
    clock.now, waits = DUE, []
    for number in range(TRIES):
        (wanted,) = due(SETTINGS, state, clock)
        one, other = (
            Sendings(state, clock).claim(ana.id, wanted.period, wanted.again, "r1", None) for _ in range(2)
        )
        assert (one.tries, other) == (number + 1, None)
        stage = Sendings(state, clock).refused(one, ana, "status 503")
        if stage is Stage.WAITING:
            began = clock.now
            while not due(SETTINGS, state, clock):
                clock.now += FIRST_WAIT_SECONDS / 2
            waits.append(clock.now - began)
    assert waits == [FIRST_WAIT_SECONDS * 2**number for number in range(TRIES - 1)]
    assert (stage, latest(state, clock).state, latest(state, clock).reason) == (
        Stage.FAILED,
        Stage.FAILED,
        "status 503",
    )
    assert periods(state, clock) == []


def test_the_next_one_that_is_due_ends_the_tries_for_the_one_before(state, clock, ana):
    clock.now = DUE
    Sendings(state, clock).refused(claimed(state, clock, ana), ana, "status 503")
    clock.now = DUE + WEEK
    assert periods(state, clock) == [("2026-12-14", False)]
    Sendings(state, clock).sent(claimed(state, clock, ana), ana)
    (standing,) = standings(SETTINGS, state)
    assert [(each.period, each.state) for each in standing.sendings] == [
        ("2026-12-14", Stage.SENT),
        ("2026-12-07", Stage.FAILED),
        ("2026-11-30", Stage.BEGUN),
    ]


def test_what_became_of_digests_long_ago_is_forgotten(state, clock, ana):
    for week in range(20):
        clock.now = DUE + week * WEEK
        Sendings(state, clock).sent(claimed(state, clock, ana), ana)
    (standing,) = standings(SETTINGS, state)
    assert len(standing.sendings) == 15
    assert date.fromisoformat(standing.sendings[-1].period) >= date(2027, 4, 19) - timedelta(days=100)


def test_one_that_was_removed_meanwhile_is_not_sent(state, clock, ana):
    clock.now = DUE
    (wanted,) = due(SETTINGS, state, clock)
    Subscriptions(state).remove(ana.id, "ana")
    assert Sendings(state, clock).claim(ana.id, wanted.period, None, "r1", None) is None
    assert periods(state, clock) == []


def test_who_cannot_sign_in_any_more_and_what_settings_no_longer_name_get_none(state, clock, ana):
    clock.now = DUE
    Accounts(state).disable("ana")
    assert periods(state, clock) == []
    assert standings(SETTINGS, state)[0].hindrance == "ana cannot sign in to this site, so nothing is sent."
    Accounts(state).enable("ana")
    assert due(mailing(smtp_host=None), state, clock) == []
    assert periods(state, clock) == [("2026-12-07", False)]


def test_after_a_restore_nothing_that_may_have_been_sent_before_is_sent_again(state, clock, ana, tmp_path):
    clock.now = DUE
    backup(state, tmp_path / "file")
    Sendings(state, clock).sent(claimed(state, clock, ana), ana)
    restored = State(tmp_path / "restored")
    restore(restored, tmp_path / "file", "cli:ana")
    assert [each.account for each in Subscriptions(restored).listed()] == ["ana"]
    assert due(SETTINGS, restored, clock) == []
    assert due(SETTINGS, restored, clock) == []
    clock.now = DUE + WEEK
    assert [each.period for each in due(SETTINGS, restored, clock)] == [date(2026, 12, 14)]
    restored.close()


def test_the_clock_of_these_tests_is_a_tuesday():
    assert date.fromtimestamp(BEFORE + 12 * 3_600).isoweekday() == 2
