"""What the commands make of the real data, trained once a file of tests and way of training."""

from __future__ import annotations

import pytest

from tests.cli.commands import run


@pytest.fixture(scope="module")
def trained(real_data, tmp_path_factory):
    """Train once for each way asked for; gives the models folder and the printed receipt."""
    done = {}

    def train(preset, *flags, file="online_retail.csv.gz"):
        key = (preset, flags, file)
        if key not in done:
            models = tmp_path_factory.mktemp("models")
            ran = run("train", real_data / file, "--preset", preset, *flags, "--models", models, "--json")
            assert ran.code == 0, ran.err
            done[key] = (models, ran.json)
        return done[key]

    return train
