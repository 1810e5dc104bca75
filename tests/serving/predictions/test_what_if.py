"""Tracks and changes never contradict a prediction."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.clusters.crossing import PER_UNIT
from services.core.presets import Segments, shipped
from services.core.rfm.scoring import Scale
from services.core.rfm.segments import Segmentation
from services.core.vocabulary import AXES
from services.releases import read_current
from services.serving.predictions.what_if import answer, changes, tracks
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release

EDGES = {"recency": (13.6, 33.0, 72.0, 179.0), "frequency": (1.0, 2.0, 3.0, 6.0)}
EDGES["monetary"] = (248.84400000000002, 487.118, 933.2019999999999, 2054.82)
QUARTERS = {axis: edges[1:] for axis, edges in EDGES.items()}
VALUES = {"recency": 75.0, "frequency": 4.0, "monetary": 1797.24}
KINDS = ("grid", "score", "rules", "means", "clusters")


class Like:
    """A release with another segmentation; ``segments`` are named by their index."""

    def __init__(self, release, preset, scale=None):
        self.preset, self.scale = preset, scale
        self.transform, self.centres = release.transform, release.centres
        self.segmentation = Segmentation(preset.segments, scale, release.transform, release.centres)
        self.segments = preset.segments.groups


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    models = tmp_path_factory.mktemp("tiny")
    make_tiny_release(models, 40)
    return Loaded(models, read_current(models))


@pytest.fixture(scope="module")
def releases(tiny):
    """One release of each kind of segments."""
    presets = shipped()
    clusters = presets["standard"].model_copy(update={"segments": Segments(kind="clusters")})
    return {
        "grid": Like(tiny, presets["standard"], Scale(5, "high", EDGES)),
        "score": Like(tiny, presets["ten-segment"], Scale(5, "high", EDGES)),
        "rules": Like(tiny, presets["quartile"], Scale(4, "low", QUARTERS)),
        "means": Like(tiny, presets["four-group"]),
        "clusters": Like(tiny, clusters),
    }


def segment_at(release, values):
    return int(release.segmentation.segment(np.array([[values[axis] for axis in AXES]]))[0])


def names(release, parts):
    return [(part.first, part.last, release.segments[part.segment].name) for part in parts]


def test_the_tracks_of_the_published_cut_points(releases):
    found = tracks(releases["grid"], VALUES)
    assert names(releases["grid"], found["recency"]) == [
        (0.0, 13.0, "Champions"),
        (14.0, 72.0, "Loyal"),
        (73.0, 179.0, "At risk"),
        (180.0, 1e12, "Can't lose"),
    ]
    assert names(releases["grid"], found["frequency"]) == [(1.0, 6.0, "At risk"), (7.0, 1e12, "Can't lose")]
    assert names(releases["grid"], found["monetary"]) == [
        (0.0, 2054.82, "At risk"),
        (2054.83, 1e12, "Can't lose"),
    ]


def test_the_changes_are_the_nearest_other_segments_on_both_sides(releases):
    found = changes(tracks(releases["grid"], VALUES), VALUES)
    assert [(change.axis, change.direction, change.value) for change in found] == [
        ("recency", "lower", 72.0),
        ("recency", "higher", 180.0),
        ("frequency", "higher", 7.0),
        ("monetary", "higher", 2054.83),
    ]


def test_a_value_between_two_pence_belongs_where_the_prediction_puts_it(releases):
    between = VALUES | {"monetary": 2054.825}
    found = changes(tracks(releases["grid"], between), between)
    assert ("monetary", "lower", 2054.82) in [(each.axis, each.direction, each.value) for each in found]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_every_part_of_every_track_is_what_a_prediction_says(releases, kind, data):
    release = releases[kind]
    drawn = st.tuples(st.integers(0, 500), st.integers(1, 300), st.integers(0, 30_000_000))
    recency, frequency, pence = data.draw(drawn)
    values = {"recency": float(recency), "frequency": float(frequency), "monetary": pence / 100}
    found = tracks(release, values)
    for axis in AXES:
        parts = found[axis]
        for part in parts:
            assert segment_at(release, values | {axis: part.first}) == part.segment
            assert segment_at(release, values | {axis: part.last}) == part.segment
        for one, two in pairwise(parts):
            assert one.segment != two.segment
            steps = round((two.first - one.last) * PER_UNIT[axis])
            assert steps == 1 or values[axis] in (one.last, two.first)
        elsewhere = data.draw(st.integers(int(parts[0].first), 1_000))
        (inside,) = [part for part in parts if part.first <= elsewhere <= part.last]
        assert segment_at(release, values | {axis: float(elsewhere)}) == inside.segment


@pytest.mark.parametrize("kind", KINDS)
def test_each_change_leads_where_it_says_and_one_step_less_does_not(releases, kind):
    release = releases[kind]
    here = segment_at(release, VALUES)
    for change in changes(tracks(release, VALUES), VALUES):
        step = (1 if change.direction == "lower" else -1) / PER_UNIT[change.axis]
        assert segment_at(release, VALUES | {change.axis: change.value}) == change.segment != here
        short = round(change.value + step, 2)
        assert segment_at(release, VALUES | {change.axis: short}) == here


def test_the_means_part_the_segments_told_apart_by_them(releases):
    release = releases["means"]
    means = release.transform.invert(np.zeros((1, 3)))[0]
    (before, after) = tracks(release, VALUES | {"frequency": 300.0, "monetary": 1e6})["recency"]
    assert before.last < means[0] <= after.first


def test_an_answer_holds_together(tiny):
    found = answer(tiny, {"recency": 30, "frequency": 2, "monetary": 100.0})
    assert tiny.segments[found.segment] == found.prediction.segment
    assert tiny.clusters[found.cluster] == found.prediction.cluster
    assert len(found.people) == 6
    assert found.people[0].customer_id in {tiny.id_of(row) for row in range(tiny.count)}


def test_the_customer_asked_from_is_the_first_of_the_people(tiny):
    values = {axis: float(tiny.customers[axis][3]) for axis in AXES}
    found = answer(tiny, values, start=3)
    assert found.people[0].customer_id == tiny.id_of(3)
    assert (found.people[0].segment, found.people[0].cluster) == (found.segment, found.cluster)


def test_a_segment_that_cannot_be_reached_by_one_change_is_not_listed(tiny):
    only = replace(tiny.scale, edges=dict.fromkeys(AXES, (-1.0,) * 4))
    release = Like(tiny, tiny.preset, only)
    assert changes(tracks(release, VALUES), VALUES) == []
