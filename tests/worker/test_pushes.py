"""The worker has audiences sent that are due, by a child, beside whatever else it does."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.site.state import State
from services.worker import errands
from services.worker.child import Child
from services.worker.pushes import Pushes
from tests.campaigns.pushing.stage import Stage
from tests.clock import Clock
from tests.releases.tiny import make_tiny_release
from tests.site.pushing import audience_of, queued
from tests.watching.receiver import receiver
from tests.worker.stage import until
from tests.worker.test_digests import saying

SENT = {"audience": 1, "receiver": "Brevo", "state": "done", "accepted": 5, "refused": 0, "unsure": 0}


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def test_where_nothing_waits_no_process_is_started(state):
    assert Pushes(state, command=("no such program",)).look()


def test_what_the_child_sent_stands_in_the_log(state, caplog):
    caplog.set_level(logging.INFO)
    queued(state, time.time, audience_of(state), ["c1"])
    lost = SENT | {"accepted": 0, "unsure": 5}
    assert Pushes(state, command=saying({"push": SENT}, {"push": lost})).look()
    told = [(each.levelname, each.push["unsure"]) for each in caplog.records if hasattr(each, "push")]
    assert told == [("INFO", 0), ("WARNING", 5)]


def by_a_process(tmp_path, server, monkeypatch) -> Stage:
    """Have an audience be asked for, on a site whose settings any process gets from its environment."""
    make_tiny_release(tmp_path / "models", 30)
    stage = Stage(tmp_path, tmp_path / "models", server.url)
    for name in ("push_layout", "push_url", "push_secret", "models_dir", "state_dir"):
        monkeypatch.setenv(name.upper(), str(getattr(stage.settings, name)))
    stage.ask()
    with stage.state.writing() as connection:  # by the clock of any process
        connection.exec_driver_sql("UPDATE pushes SET due_at = 0, asked_at = unixepoch()")
    return stage


@pytest.mark.slow
def test_two_workers_of_which_one_is_killed_send_one_request_under_one_key(tmp_path, monkeypatch):
    children = []

    class Noted(Child):
        def __init__(self, *given):
            super().__init__(*given)
            children.append(self.pid)

    monkeypatch.setattr(errands, "Child", Noted)
    with receiver() as server:
        stage = by_a_process(tmp_path, server, monkeypatch)
        server.seconds = 3.0
        one, other = Pushes(stage.state), Pushes(stage.state)
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(one.look)
            until(lambda: server.got, 120)  # it has come, and is not answered
            assert other.look()  # finds nothing to do
            os.kill(children[0], signal.SIGKILL)
            assert not first.result()
        assert (len(children), len(server.got)) == (1, 1)
        server.seconds = 0.0
        with stage.state.writing() as connection:
            connection.exec_driver_sql("UPDATE pushes SET taken_at = 0")
        assert other.look()
        keys = {headers["idempotency-key"] for headers in server.headers}
        assert (len(server.got), len(keys)) == (2, 1)
        assert json.loads(server.got[0][1]) == json.loads(server.got[1][1])
        assert stage.counts() == (5, 0, 0, 0)
        stage.close()


@pytest.mark.slow
def test_a_process_that_is_told_to_sends_what_waits_and_says_so(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    with receiver() as server:
        stage = by_a_process(tmp_path, server, monkeypatch)
        assert Pushes(stage.state).look()
        assert len(server.got) == 1
        (told,) = [each.push for each in caplog.records if hasattr(each, "push")]
        assert (told["audience"], told["who"], told["accepted"]) == (stage.audience, "ana", 5)
        stage.close()


def test_a_push_that_waits_for_its_next_try_wakes_nobody(state):
    clock = Clock()
    queued(state, clock, audience_of(state))
    worker = Pushes(state, clock, ("no such program",))
    assert worker.due()
    clock.now -= 1
    assert not worker.due()
