"""A training that is killed leaves the old release serving, whenever it happens."""

import random
import subprocess
import sys

import pytest

from services.releases import list_releases, open_release, read_current
from services.training.options import TrainOptions
from services.training.run import train
from tests.running import ROOT
from tests.training.test_run import ledger, write


@pytest.mark.slow
def test_a_training_killed_at_any_moment_changes_nothing(tmp_path):
    file, models = write(tmp_path / "ledger.csv", ledger(200)), tmp_path / "models"
    before = train(file, models, TrainOptions(k=2)).id
    command = [sys.executable, "-m", "services", "train", str(file), "--models", str(models), "--k", "3"]
    drawn = random.Random(5)
    for moment in [*(drawn.uniform(0.2, 4.0) for _ in range(8))]:
        training = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            training.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            training.kill()
            training.wait()
        now = read_current(models)
        assert open_release(models, now).id == now
        # A run that finished before its kill has published a whole release.
        assert now == before or training.returncode == 0
        before = now
    assert all(release.usable for release in list_releases(models))
