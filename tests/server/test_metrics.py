"""The figures for Prometheus are those of all workers, and stay when one is killed."""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.releases.tiny import make_tiny_release
from tests.running import Site, serve

ANSWERS = re.compile(r'segment_desk_answers_total\{status="(\d+)",what="([^"]+)"\} ([\d.]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    with serve(models, tmp_path_factory.mktemp("metrics"), WEB_CONCURRENCY="2") as running:
        yield running


def ask(site: Site, path: str) -> int:
    try:
        with urllib.request.urlopen(site.url + path, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def counted(site: Site) -> dict[tuple[str, str], int]:
    with urllib.request.urlopen(f"{site.url}/metrics", timeout=20) as answer:
        found = ANSWERS.findall(answer.read().decode())
    return {(what, status): int(float(count)) for status, what, count in found}


def workers(site: Site) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()]


def test_counters_are_those_of_both_workers_also_when_one_is_killed(site):
    before = counted(site)
    sent = {("/export/rules.csv", "200"): 0, ("/_dash-layout", "200"): 0, ("/<path:path>", "404"): 0}
    for batch in range(2):
        for _ in range(20):
            assert ask(site, "/export/rules.csv") == 200
            assert ask(site, "/_dash-layout") == 200
            assert ask(site, "/nowhere/at/all.php") == 404
        sent = {key: count + 20 for key, count in sent.items()}
        now = counted(site)
        assert {key: now.get(key, 0) - before.get(key, 0) for key in sent} == sent, batch
        if batch == 0:
            first = workers(site)
            os.kill(first[0], signal.SIGKILL)
            end = time.monotonic() + 30
            while len(set(workers(site)) - {first[0]}) < 2 and time.monotonic() < end:
                time.sleep(0.1)


def test_the_release_its_age_and_the_records_are_figures(site):
    assert ask(site, "/export/rules.csv") == 200
    with urllib.request.urlopen(f"{site.url}/metrics", timeout=20) as answer:
        text = answer.read().decode()
        assert answer.headers["Content-Type"].startswith("text/plain")
    assert re.search(r'segment_desk_release\{preset="[^"]+",release="\d{8}T\d{6}Z-\w{6}"\} 1\.0', text)
    assert "segment_desk_customers 6.0" in text
    assert "segment_desk_records_readable 1.0" in text
    assert "segment_desk_data_to_seconds" in text
    assert 'segment_desk_jobs{state="waiting"} 0.0' in text
    assert "segment_desk_worker_there 0.0" in text
    assert "segment_desk_job_seconds" not in text
    assert 'segment_desk_answer_seconds_bucket{le="0.005",what="/export/rules.csv"}' in text
