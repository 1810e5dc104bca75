"""A training that is killed leaves the old release serving or a whole new one, whenever it happens."""

import os
import random
import time

import pytest

from services.releases import list_releases, open_release, read_current
from services.training.options import TrainOptions
from services.training.run import train
from tests.cli.commands import run, start
from tests.training.test_run import ledger, write

#: In the gate; ``make test-all`` kills more of them.
KILLS = min(20, int(os.environ.get("KILLS", "4")))


@pytest.mark.slow
def test_a_training_killed_at_any_moment_changes_nothing_or_all(tmp_path):
    file, models = write(tmp_path / "ledger.csv", ledger(200)), tmp_path / "models"
    seen = {train(file, models, TrainOptions(k=2)).id}

    def begin():
        return start(tmp_path, "train", file, "--models", models, "--k", 3)

    run("--help")  # the first command also starts what all are forked from
    started = time.monotonic()
    whole = begin()
    whole.join()
    assert whole.exitcode == 0
    length = time.monotonic() - started
    seen.add(read_current(models))
    drawn = random.Random(5)
    for part in range(KILLS):
        before = read_current(models)
        training = begin()
        # One moment in each part of a training's length on this machine; the last may come after its end.
        training.join(length * (part + drawn.random()) / KILLS)
        training.kill()
        training.join()
        now = read_current(models)
        assert open_release(models, now).id == now
        # A kill between activation and exit leaves a new release as whole as one after the exit.
        assert now == before or now not in seen
        assert now != before or training.exitcode != 0
        seen.add(now)
    assert all(release.usable for release in list_releases(models))
