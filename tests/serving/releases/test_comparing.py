"""Two releases side by side, counted by hand and against plain loops."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from services.core.drift import between
from services.releases.overview.bases import base_of
from services.serving.release.loaded import Loaded
from services.serving.releases.comparing import MOVES
from services.serving.releases.comparing import compare as compare_with
from services.training.options import TrainOptions
from services.training.run import train
from services.training.sample import write_sample
from tests.releases.tiny import make_tiny_release

pytestmark = pytest.mark.usefixtures("little_evidence")


def compare(here, there):
    bases = (base_of(each.manifest, each.overview, each.customers) for each in (here, there))
    return compare_with(here, there, between(*bases))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Six customers, and eight of whom six are the same, and a third as the first."""
    models = tmp_path_factory.mktemp("models")
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (21, 22, 23)]
    return [
        Loaded(models, make_tiny_release(models, count, made_at=day))
        for count, day in zip((6, 8, 6), days, strict=True)
    ]


def test_who_comes_and_who_goes_is_counted(tiny):
    six, eight, _ = tiny
    grown, shrunk = compare(six, eight), compare(eight, six)
    assert (grown.new, grown.gone, grown.both) == (2, 0, 6)
    assert (shrunk.new, shrunk.gone, shrunk.both) == (0, 2, 6)
    assert (grown.here.customers, grown.there.customers) == (6, 8)


def test_equal_releases_differ_in_nothing(tiny):
    found = compare(tiny[0], tiny[2])
    assert (found.moved, found.moves, found.new, found.gone) == (0, [], 0, 0)
    assert (found.gained, found.lost, found.gained_sets, found.lost_sets) == ([], [], 0, 0)
    assert all(each.here == each.there for each in found.segments)


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """One shop a month apart, by one preset, and by another."""
    folder = tmp_path_factory.mktemp("months")
    write_sample(folder / "sample.csv", customers=300, seed=2)
    made = [
        TrainOptions(preset="standard", as_of=datetime(2025, 11, 1)),
        TrainOptions(preset="standard"),
        TrainOptions(preset="quartile"),
    ]
    return [
        Loaded(folder / "models", train(folder / "sample.csv", folder / "models", each).id) for each in made
    ]


@pytest.mark.slow
def test_moves_are_those_that_a_loop_over_both_finds(months):
    before, after, _ = months
    found = compare(before, after)
    names = [
        {
            release.id_of(row): release.segments[int(release.customers["segment"][row])].name
            for row in range(release.count)
        }
        for release in months[:2]
    ]
    both = names[0].keys() & names[1].keys()
    counted = Counter((names[0][one], names[1][one]) for one in both if names[0][one] != names[1][one])
    assert (found.both, found.moved) == (len(both), sum(counted.values()))
    assert found.moved > 0
    assert {(each.source, each.target): each.customers for each in found.moves}.items() <= counted.items()
    assert [each.customers for each in found.moves] == sorted(counted.values(), reverse=True)[:MOVES]
    assert sum(found.causes.values()) == found.moved  # it was compared with that release when trained
    assert [(each.here, each.there) for each in found.segments] == [
        (one.customers, other.customers) for one, other in zip(before.segments, after.segments, strict=True)
    ]


@pytest.mark.slow
def test_moves_between_segments_of_two_presets_are_not_counted(months):
    found = compare(months[1], months[2])
    assert found.moved is None
    assert found.moves == []
    assert found.causes is None
    assert any(each.here is None for each in found.segments)


@pytest.mark.slow
def test_rules_that_come_and_go_are_sets_of_products(months):
    before, after, _ = months
    found = compare(before, after)
    kept = found.here.sets - found.lost_sets
    assert kept == found.there.sets - found.gained_sets
    assert len(found.gained) == min(found.gained_sets, 10)
