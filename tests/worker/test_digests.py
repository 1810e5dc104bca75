"""The worker has digests sent that are due, by a child, beside whatever else it does."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.site.digests.due import due, standings
from services.site.digests.sendings import LEASE_SECONDS
from services.worker import errands as sending
from services.worker.child import Child
from services.worker.digests import Digests
from tests.callbacks.digests.stage import Stage
from tests.site.digests.asking import DUE
from tests.watching.mailbox import mail_server
from tests.worker.stage import runs, until


def saying(*lines, end: str = "") -> tuple[str, ...]:
    """A child that says lines of JSON, then does something."""
    said = "".join(f"print({json.dumps(json.dumps(line))}, flush=True)\n" for line in lines)
    return (sys.executable, "-S", "-c", f"import os, sys, time\nsys.stdin.readline()\n{said}{end}")


SENT = {"id": 1, "account": "ana", "state": "sent", "reason": None}


@pytest.fixture
def site(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    made = Stage(tmp_path, models)
    made.ask()
    made.clock.now = DUE
    yield made
    made.close()


def looking(site, command) -> Digests:
    return Digests(site.settings, site.state, site.clock, command)


def due_by_a_process(site, server, monkeypatch) -> None:
    """Have the digest be due by the clock of any process, which gets the settings from its environment."""
    with site.state.writing() as connection:
        connection.exec_driver_sql("UPDATE digest_sendings SET period = '2000-01-01'")
    site.set(smtp_port=server.port)
    for name in ("smtp_host", "smtp_port", "smtp_tls", "smtp_from", "models_dir", "state_dir"):
        monkeypatch.setenv(name.upper(), str(getattr(site.settings, name)))


def test_where_nothing_is_due_no_process_is_started(site):
    site.clock.now = DUE - 1
    assert looking(site, ("no such program",)).look()


def test_what_the_child_sent_stands_in_the_log(site, caplog):
    caplog.set_level(logging.INFO)
    lost = SENT | {"state": "unknown", "reason": "the connection broke"}
    assert looking(site, saying(SENT, lost)).look()
    told = [(each.levelname, each.digest["state"]) for each in caplog.records if each.message == "digest"]
    assert told == [("INFO", "sent"), ("WARNING", "unknown")]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (saying({"refused": "The records cannot be read."}), "digests wait"),
        (saying(end="1 / 0"), "sending digests broke off"),
        (saying(end="os.kill(os.getpid(), 9)"), "sending digests broke off"),
    ],
)
def test_a_child_that_breaks_off_or_is_refused_is_not_begun_again_at_once(site, caplog, command, said):
    assert not looking(site, command).look()
    assert said in caplog.text


def test_a_child_that_takes_too_long_is_ended(site, monkeypatch):
    monkeypatch.setattr(sending, "LONGEST_SECONDS", 0)
    assert not looking(site, saying(end="time.sleep(60)")).look()


def test_a_worker_that_is_to_end_lets_the_digest_under_way_be_finished(site, tmp_path):
    mark = tmp_path / "begun"
    end = (
        "import signal\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (open({str(tmp_path / 'done')!r}, 'w'), sys.exit(0)))\n"
        f"open({str(mark)!r}, 'w').write(str(os.getpid()))\n"
        "while True: time.sleep(0.01)\n"
    )
    running = looking(site, saying(end=end))
    running.start()
    until(lambda: mark.exists() and mark.read_text())
    running.stop()
    assert (tmp_path / "done").exists()
    assert not runs(int(mark.read_text()))


def test_looking_goes_on_after_a_fault_and_ends_when_told(site, monkeypatch, caplog):
    monkeypatch.setattr(sending, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 0.01)
    running, looked = looking(site, ("no such program",)), []

    def look():
        looked.append(1)
        if len(looked) == 1:
            raise RuntimeError("a defect")
        return True

    monkeypatch.setattr(running, "look", look)
    running.start()
    until(lambda: len(looked) > 2)
    running.stop()
    assert "looking for digests failed" in caplog.messages


@pytest.mark.slow
def test_two_workers_of_which_one_is_killed_while_it_sends_send_one_mail(site, monkeypatch):
    children = []

    class Noted(Child):
        def __init__(self, *given):
            super().__init__(*given)
            children.append(self.pid)

    monkeypatch.setattr(sending, "Child", Noted)
    with mail_server() as server:
        due_by_a_process(site, server, monkeypatch)
        server.waits["END"] = 2.0
        one, other = (Digests(site.settings, site.state) for _ in range(2))
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(one.look)
            until(lambda: server.mails, 120)  # taken by the server, and not yet said to be
            second = pool.submit(other.look)
            os.kill(children[0], signal.SIGKILL)
            assert not first.result()
            assert second.result()
        assert one.look()
        assert other.look()
        assert len(server.mails) == 1
    (standing,) = standings(site.settings, site.state)
    assert standing.latest.state.value == "sending"
    due(site.settings, site.state, lambda: time.time() + LEASE_SECONDS + 60)
    (standing,) = standings(site.settings, site.state)
    assert standing.latest.state.value == "unknown"


@pytest.mark.slow
def test_a_process_that_is_told_to_sends_what_is_due_and_says_so(site, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    with mail_server() as server:
        due_by_a_process(site, server, monkeypatch)
        assert Digests(site.settings, site.state).look()
        ((to, mail),) = server.mails
    assert (to, mail["Subject"]) == ("ana@example.org", "Your weekly digest: no release yet")
    (logged,) = [each.digest for each in caplog.records if each.message == "digest"]
    assert (logged["state"], logged["address"], logged["reason"]) == ("sent", "ana@example.org", None)
