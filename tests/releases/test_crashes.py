"""kill -9 at any point of writing, publishing or activating leaves a release that is active and opens."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, datetime

import pytest

from services.releases import list_releases, open_release, prune, read_current
from tests.releases.tiny import make_tiny_release

LATER = datetime(2026, 11, 22, tzinfo=UTC)
AT_EVENT, AT_RANDOM = 20, 5


FILE_EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "sqlite3.connect")


@pytest.fixture(scope="module")
def points(template, tmp_path_factory) -> int:
    """How often a training opens, makes, renames or removes a file of the models folder."""
    models = shutil.copytree(template, tmp_path_factory.mktemp("count") / "models")
    tally = models.parent / "tally"

    def count():
        with tally.open("wb", buffering=0) as file:
            _at_each_event(models, lambda _step: file.write(b"."))
            make_tiny_release(models, made_at=LATER)

    assert os.waitpid(_fork(count), 0)[1] == 0
    return tally.stat().st_size


def _fork(work):
    """Do ``work`` in a child, which ends with 0, or 1 after an error, and never comes back into the tests."""
    if child := os.fork():
        return child
    try:
        work()
        os._exit(0)
    finally:
        os._exit(1)


def _at_each_event(models, act):
    """Call ``act`` with its number before each event on a file that this process causes under ``models``."""
    numbers = itertools.count(1)

    def hook(event, arguments):
        if event in FILE_EVENTS and str(arguments[0]).removeprefix("file:").startswith(str(models)):
            act(next(numbers))

    sys.addaudithook(hook)


def _survives(models, release_id):
    """The pointer names a release that opens, the list has no broken one, and nothing stays behind."""
    active = read_current(models)
    assert open_release(models, active).id == active
    listed = list_releases(models)
    assert all(release.usable for release in listed)
    assert release_id in {release.id for release in listed}
    prune(models)
    assert {path.name for path in (models / "releases").iterdir()} == {r.id for r in list_releases(models)}


@pytest.mark.parametrize("share", [n / AT_EVENT for n in range(1, AT_EVENT + 1)])
def test_a_kill_at_a_step_leaves_a_release_that_opens(models, release_id, points, share):
    last = round(points * share)

    def train():
        _at_each_event(models, lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == last else None)
        make_tiny_release(models, made_at=LATER)

    assert os.WTERMSIG(os.waitpid(_fork(train), 0)[1]) == signal.SIGKILL
    _survives(models, release_id)


@pytest.mark.parametrize("seed", range(AT_RANDOM))
def test_a_kill_at_a_random_moment_leaves_a_release_that_opens(models, release_id, seed):
    def train():
        while True:
            make_tiny_release(models, made_at=LATER)

    child = _fork(train)
    time.sleep(random.Random(seed).uniform(0.05, 1))
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    _survives(models, release_id)
