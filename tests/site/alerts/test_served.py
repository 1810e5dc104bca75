"""What was answered lately: added up over processes, forgotten after an hour."""

from __future__ import annotations

import pytest

from services.site.alerts.served import Served
from services.site.state import State


def test_what_two_processes_counted_in_a_minute_is_added_up(state, clock):
    processes = [Served(state, clock), Served(state, clock)]
    for failed in (False, False, True):
        processes[0].note(0.02, failed=failed)
    processes[1].note(0.02, failed=False)
    assert not processes[0].due
    clock.now += 60
    assert all(each.due for each in processes)
    for each in processes:
        each.keep()
        assert not each.due
    found = processes[0].recent()
    assert (found.answers, found.failures, found.failed_share) == (4, 1, 0.25)


def test_of_a_hundred_answers_the_fifth_slowest_says_how_long_one_in_twenty_takes(state, clock):
    served = Served(state, clock)
    for number in range(100):
        served.note(0.04 if number < 90 else 2.0, failed=False)
    clock.now += 60
    served.keep()
    # 90 answers stayed within 50 ms; of the ten between 1 and 2.5 s the fifth is taken to lie halfway
    assert served.recent().p95_seconds == pytest.approx(1.75)


def test_without_answers_nothing_is_said(state, clock):
    found = Served(state, clock).recent()
    assert (found.answers, found.failed_share, found.p95_seconds) == (0, 0.0, None)


def test_what_is_longer_ago_than_a_quarter_of_an_hour_does_not_count(state, clock):
    served = Served(state, clock)
    served.note(99.0, failed=True)
    clock.now += 15 * 60
    served.keep()
    assert served.recent().answers == 1
    clock.now += 60
    assert served.recent().answers == 0


def test_answers_that_cannot_be_kept_are_let_go(tmp_path, clock):
    (tmp_path / "taken").write_text("no folder")
    served = Served(State(tmp_path / "taken"), clock)
    served.note(0.1, failed=False)
    clock.now += 60
    served.keep()
    assert not served.due
