"""Section E at a real server: killed and replaced workers, a killed master, releases that change."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from services.releases import set_current
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.server.wire import PATIENCE, address, answer, asking, status, workers

PERSON = "/api/v1/customers/12346"
PEOPLE = 4


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    return models, [make_tiny_release(models, customers=count) for count in (6, 8, 10)]


@pytest.fixture(scope="module")
def site(releases, tmp_path_factory):
    with serve(releases[0], tmp_path_factory.mktemp("faults")) as running:
        yield running


def until(condition):
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def test_e1_a_killed_worker_takes_only_its_own_requests_with_it_and_is_replaced(site):
    before = workers(site)
    victim = min(before)
    with asking(site, PERSON, PEOPLE) as found:
        until(lambda: found.right > 20)
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(workers(site) - {victim}) == 2)
        known = found.right
        until(lambda: found.right > known + 20)
    assert victim not in workers(site)
    assert len(found.wrong) <= PEOPLE, found.wrong  # one each, in its hands when it died


def test_e4_reloading_under_load_loses_no_request(site):
    before = workers(site)
    with asking(site, PERSON, PEOPLE) as found:
        until(lambda: found.right > 20)
        os.kill(site.pid, signal.SIGHUP)
        until(lambda: len(workers(site)) == 2 and not workers(site) & before)
        known = found.right
        until(lambda: found.right > known + 20)
    assert found.wrong == []


def test_e12_all_workers_follow_a_new_release_and_none_goes_back(site, releases):
    models, (first, second, _) = releases

    def served():
        return json.loads(answer(site, "/readyz")[1])["release"]

    set_current(models, first)
    until(lambda: {served() for _ in range(20)} == {first})
    set_current(models, second)
    until(lambda: {served() for _ in range(20)} == {second})
    assert {served() for _ in range(200)} == {second}


def test_e20_swaps_leave_no_files_open_and_no_memory_taken(site, releases):
    models, made = releases

    def swap(times):
        for number in range(times):
            set_current(models, made[number % len(made)])
            until(lambda: json.loads(answer(site, "/readyz")[1])["release"] == made[number % len(made)])  # noqa: B023
            assert [status(site, PERSON) for _ in range(8)] == [200] * 8

    def held():
        files = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in workers(site))
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in workers(site))
        return files, pages

    swap(4)
    files, pages = held()
    swap(8)
    later = held()
    assert later[0] <= files + 2 * PEOPLE  # a connection to lookup.sqlite for each thread that came to ask
    assert later[1] <= 1.05 * pages


def test_e2_after_a_killed_master_its_workers_end_and_the_next_start_finds_no_obstacle(
    site, releases, tmp_path_factory
):
    before = workers(site)
    os.kill(site.pid, signal.SIGKILL)
    until(lambda: not any(_runs(pid) for pid in before))
    folder = tmp_path_factory.mktemp("again")
    port = str(address(site)[1])
    with serve(releases[0], folder, PORT=port, STATE_DIR=str(site.state)) as again:
        assert address(again) == address(site)
        # so many that every worker has come up: gunicorn misses a SIGTERM to one that has not, and waits
        assert [status(again, PERSON) for _ in range(40)] == [200] * 40


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
