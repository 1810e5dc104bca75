"""The seconds left of a training, by those that the last one took."""

from __future__ import annotations

import shutil

import pytest

from services.releases.folders import releases_root
from services.releases.manifest import MANIFEST, read_manifest
from services.releases.strictjson import from_json, to_json
from services.worker.remaining import Remaining
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A release of 1,000 bytes that took 10 seconds to read and 30 to find clusters."""
    folder = tmp_path_factory.mktemp("models")
    release_id = make_tiny_release(folder)
    path = releases_root(folder) / release_id / MANIFEST
    told = from_json(path.read_bytes())
    told["seconds"] = {"read": 10.0, "clusters": 30.0}
    told["source"]["bytes"] = 1_000
    path.write_bytes(to_json(told))
    assert read_manifest(path.parent, release_id).seconds["clusters"] == 30.0
    return folder


@pytest.fixture
def file(tmp_path):
    """A file twice as large."""
    path = tmp_path / "sales.csv"
    path.write_bytes(b"x" * 2_000)
    return path


def test_at_first_a_training_is_expected_to_take_as_long_as_the_last_by_its_size(models, file):
    assert Remaining(models, [file], 100.0).left(100.0) == 80
    assert Remaining(models, [file.parent], 100.0).left(115.0) == 65


def test_a_training_slower_than_the_last_is_expected_to_go_on_like_that(models, file):
    remaining = Remaining(models, [file], 0.0)
    remaining.enter("clusters", 40.0)  # reading took twice as long as expected
    assert remaining.left(40.0) == 120
    assert remaining.left(100.0) == 60
    remaining.enter("rules", 160.0)
    assert remaining.left(160.0) is None  # nothing is known of the steps that follow


def test_a_step_that_takes_longer_than_expected_counts_nothing_more(models, file):
    assert Remaining(models, [file], 0.0).left(1_000.0) == 60


def test_without_a_training_before_nothing_is_expected(models, file, tmp_path):
    assert Remaining(tmp_path, [file], 0.0).left(1.0) is None
    damaged = shutil.copytree(models, tmp_path / "damaged")
    next(releases_root(damaged).iterdir()).joinpath(MANIFEST).write_text("{")
    assert Remaining(damaged, [file], 0.0).left(1.0) is None
