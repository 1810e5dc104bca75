"""Drift between releases: noted when one is trained, else measured once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.releases import activate
from services.releases.folders import releases_root
from services.releases.manifest import read_manifest
from services.serving.releases import drifting
from services.serving.releases.drifting import Drifts
from services.training.options import TrainOptions
from services.training.run import train
from services.training.sample import write_sample
from tests.releases.tiny import make_tiny_release

FIRST, SECOND = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def manifest(models, release):
    return read_manifest(releases_root(models) / release, release)


def test_equal_releases_have_not_drifted(models):
    active, other = (make_tiny_release(models, made_at=day, active=day is FIRST) for day in (FIRST, SECOND))
    found = Drifts(models).newer(active)
    assert found.manifest.id == other
    assert {each.shift for each in found.drift.figures.values()} == {"none"}
    assert list(found.drift.figures) == ["recency", "frequency", "monetary", "segments"]
    assert (found.drift.shift, found.drift.out_of_range) == ("none", 0)
    assert not found.due("some")


def test_a_customer_beyond_all_of_the_active_release_is_counted(models):
    six, eight = (make_tiny_release(models, count) for count in (6, 8))
    # both new ones spend more than anybody did
    assert Drifts(models).between(six, manifest(models, eight)).out_of_range == pytest.approx(2 / 8)


def test_an_older_release_is_no_newer_one(models):
    older, active = (make_tiny_release(models, made_at=day) for day in (FIRST, SECOND))
    assert Drifts(models).newer(active) is None
    activate(models, older)
    assert Drifts(models).newer(older).manifest.id == active


def test_a_newest_release_that_cannot_be_read_is_passed_over(models):
    active = make_tiny_release(models, made_at=FIRST)
    good = make_tiny_release(models, made_at=SECOND, active=False)
    bad = make_tiny_release(models, made_at=datetime(2026, 11, 23, tzinfo=UTC), active=False)
    (models / "releases" / bad / "manifest.json").unlink()
    assert Drifts(models).newer(active).manifest.id == good


def test_a_pair_that_no_training_compared_is_opened_once(models, monkeypatch):
    active, other = (make_tiny_release(models, made_at=day, active=day is FIRST) for day in (FIRST, SECOND))
    opened = []
    before = drifting.open_release
    monkeypatch.setattr(drifting, "open_release", lambda *args: opened.append(args[1]) or before(*args))
    drifts = Drifts(models)
    assert drifts.newer(active).drift == drifts.newer(active).drift
    assert opened == [active, other]


@pytest.mark.slow
@pytest.mark.usefixtures("little_evidence")
def test_a_training_notes_the_drift_from_the_active_release(models, tmp_path, monkeypatch):
    write_sample(tmp_path / "sample.csv", customers=300, seed=2)
    earlier = TrainOptions(preset="standard", as_of=datetime(2025, 11, 1))
    first = train(tmp_path / "sample.csv", models, earlier)
    assert "drift" not in first.metrics  # nothing was active
    options = [TrainOptions(preset=preset, activate=False) for preset in ("standard", "quartile")]
    same, other = (train(tmp_path / "sample.csv", models, each) for each in options)
    noted = Drifts(models).between(first.id, same)
    assert same.metrics["drift"]["against"] == first.id
    assert "segments" in noted.figures
    assert "segments" not in Drifts(models).between(first.id, other).figures  # they mean something else
    assert Drifts(models)._measure(first.id, same.id) == noted
    monkeypatch.setattr(drifting, "open_release", None)
    assert Drifts(models).between(first.id, same) == noted
