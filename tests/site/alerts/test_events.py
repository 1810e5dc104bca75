"""Alerts begin once and are over once, and messages of them arrive or are given up."""

from __future__ import annotations

import json

from services.site.alerts.events import KEPT, Alerts, Finding
from services.site.alerts.messages import FIRST_WAIT_SECONDS, TRIES, Messages

DISK = Finding("disk", "", "The disk is nearly full.")
JOB = Finding("failed-job", "7", "Training 7 failed.")


def names(alerts):
    return [(each.rule, each.event) for each in alerts]


def test_two_workers_begin_and_end_an_alert_once(state, clock):
    one, other = Alerts(state, clock), Alerts(state, clock)
    assert names(one.settle([DISK], tell=False)) == [("disk", "")]
    assert other.settle([DISK], tell=False) == one.settle([DISK], tell=False) == []
    clock.now += 60
    (over,) = other.settle([], tell=False)
    assert one.settle([], tell=False) == []
    assert (over.ended_at - over.began_at).total_seconds() == 60
    assert (one.on(), names(one.over(9))) == ([], [("disk", "")])


def test_another_job_that_fails_is_another_event(state, clock):
    alerts = Alerts(state, clock)
    alerts.settle([JOB], tell=False)
    changed = alerts.settle([Finding("failed-job", "8", "Training 8 failed.")], tell=False)
    assert [(each.event, each.ended_at is None) for each in changed] == [("8", True), ("7", False)]


def test_a_sentence_follows_what_it_says_and_nobody_is_told_again(state, clock):
    alerts = Alerts(state, clock)
    alerts.settle([DISK], tell=True)
    fuller = Finding("disk", "", "The disk is full.")
    assert alerts.settle([fuller], tell=True) == []
    assert [each.sentence for each in alerts.on()] == ["The disk is full."]
    assert Messages(state, clock).claim() is not None
    assert Messages(state, clock).claim() is None


def test_only_the_last_alerts_that_are_over_are_kept(state, clock):
    alerts = Alerts(state, clock)
    for number in range(KEPT + 3):
        alerts.settle([Finding("failed-job", str(number), "…")], tell=False)
    over = alerts.over(KEPT + 3)
    assert len(over) == KEPT
    assert over[0].event == str(KEPT + 1)


def test_a_message_says_what_began_and_what_is_over(state, clock):
    alerts, messages = Alerts(state, clock), Messages(state, clock)
    alerts.settle([DISK], tell=True)
    alerts.settle([], tell=True)
    told = []
    while (message := messages.claim()) is not None:
        told.append(json.loads(message.body))
        messages.remove(message)
    assert [each["state"] for each in told] == ["on", "over"]
    assert told[0] == {
        "id": 1,
        "rule": "disk",
        "event": "",
        "state": "on",
        "sentence": "The disk is nearly full.",
        "began_at": "2026-12-01T00:00:00+00:00",
        "ended_at": None,
    }


def test_a_message_is_one_workers_and_is_tried_ever_more_seldom_until_it_is_given_up(state, clock):
    Alerts(state, clock).settle([DISK], tell=True)
    one, other = Messages(state, clock), Messages(state, clock)
    waited = []
    for number in range(TRIES):
        message = one.claim()
        assert (message.tries, message.given_up) == (number + 1, False)
        assert other.claim() is None
        began = clock.now
        while one.claim() is None and number < TRIES - 1:
            clock.now += FIRST_WAIT_SECONDS / 2
            if clock.now - began >= FIRST_WAIT_SECONDS * 2**number:
                break
        waited.append(clock.now - began)
    assert waited[:4] == [30, 60, 120, 240]
    clock.now += FIRST_WAIT_SECONDS * 2**TRIES
    message = one.claim()
    assert message.given_up
    one.remove(message)
    clock.now += 24 * 3600
    assert one.claim() is None
