"""A worker looks for what is wrong and tells of it: to the log, and to a server that checks the signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import socket
import time

import pytest

from services.site.alerts.events import Alerts
from services.site.alerts.messages import TRIES
from services.site.settings import Settings
from services.site.state import State
from services.watching import watch
from services.watching.watch import Watch
from services.watching.webhook import Unsent, Webhook
from tests.clock import Clock
from tests.watching.receiver import receiver

SECRET = "0123456789abcdef" * 4


@pytest.fixture
def told():
    with receiver() as server:
        yield server


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watches(tmp_path, state, told, clock):
    """Two workers of a site whose disk is full."""
    settings = Settings(
        models_dir=tmp_path,
        state_dir=tmp_path,
        alert_disk_percent=100,
        alert_webhook_url=told.url,
        alert_webhook_secret=SECRET,
    )
    return [Watch(settings, state, clock) for _ in range(2)]


def test_two_workers_tell_of_an_event_once_and_once_when_it_is_over(watches, told, state, clock, caplog):
    caplog.set_level(logging.INFO)
    for each in watches:
        each.look()
        each.send()
    Alerts(state, clock).settle([], tell=True)
    for each in watches:
        each.send()
    assert [(path, json.loads(body)["state"]) for path, body, _ in told.got] == [
        ("/alerts?key=secret", "on"),
        ("/alerts?key=secret", "over"),
    ]
    logged = [record.alert["rule"] for record in caplog.records if record.message == "alert"]
    assert logged == ["disk"]


def test_a_message_is_signed_with_its_moment(watches, told, clock):
    watches[0].look()
    watches[0].send()
    ((_, body, signature),) = told.got
    at, digest = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", signature).groups()
    assert int(at) == int(clock.now)
    assert digest == hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(("status", "why"), [(500, "status 500"), (302, "status 302")])
def test_a_message_that_is_refused_or_led_elsewhere_is_tried_again(watches, told, clock, caplog, status, why):
    told.status = status
    watches[0].look()
    for each in watches:
        each.send()
    assert [path for path, *_ in told.got] == ["/alerts?key=secret"]
    assert [record.why for record in caplog.records if record.message == "alert message not sent"] == [why]
    clock.now += 30
    told.status = 204
    watches[1].send()
    assert len(told.got) == 2
    clock.now += 3_600
    watches[1].send()
    assert len(told.got) == 2


def test_a_message_that_never_arrives_is_given_up_and_logged(watches, told, clock, caplog):
    told.status = 500
    watches[0].look()
    for _ in range(TRIES + 3):
        watches[0].send()
        clock.now += 30 * 2**TRIES
    assert len(told.got) == TRIES
    (given_up,) = (record for record in caplog.records if record.message == "alert message given up")
    assert json.loads(given_up.body)["rule"] == "disk"


def test_a_receiver_that_is_slow_or_not_there_holds_nobody_up(told):
    told.seconds = 5.0
    slow = Webhook(told.url, SECRET, seconds=0.2).send("{}")
    assert slow == Unsent("no answer within 0.2 seconds", perhaps=True)
    assert Webhook("http://127.0.0.1:1/", SECRET).send("{}") == Unsent("it cannot be reached")


def test_a_host_that_never_takes_up_the_connection_cannot_have_got_it(monkeypatch):
    def connect(_address, timeout, _source=None, **_more):
        time.sleep(timeout)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    silent = Webhook("http://hooks.example/", None, seconds=1.0).send("{}")
    assert silent == Unsent("no answer within 1 seconds")


@pytest.mark.parametrize(
    ("status", "perhaps"), [(302, False), (404, False), (429, False), (500, True), (503, False), (504, True)]
)
def test_it_is_told_apart_whether_a_message_may_have_arrived(told, status, perhaps):
    told.status = status
    assert Webhook(told.url, None).send("{}") == Unsent(f"status {status}", perhaps, status)
    ((_, _, signature),) = told.got
    assert signature is None


def test_the_log_names_no_address_of_the_receiver(watches, told, caplog):
    told.status = 500
    watches[0].look()
    watches[0].send()
    assert "key=secret" not in "".join(str(record.__dict__) for record in caplog.records)


def test_where_nobody_is_to_be_told_alerts_are_logged_and_kept(tmp_path, state, clock, caplog):
    quiet = Watch(Settings(models_dir=tmp_path, state_dir=tmp_path, alert_disk_percent=100), state, clock)
    (began,) = quiet.look()
    quiet.send()
    assert [each.id for each in Alerts(state).on()] == [began.id]
    assert "alert" in caplog.messages


def test_a_watch_goes_on_after_a_fault_and_ends_when_told(watches, state, monkeypatch, caplog):
    monkeypatch.setattr(watch, "SEND_SECONDS", 0.01)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.0)
    looked = []

    def look():
        looked.append(1)
        if len(looked) == 1:
            raise RuntimeError("a defect")
        watches[0]._ending.set()

    monkeypatch.setattr(watches[0], "look", look)
    watches[0].start()
    watches[0]._thread.join(20)
    watches[0].stop()
    assert len(looked) == 2
    assert "looking for alerts failed" in caplog.messages
