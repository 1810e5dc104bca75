"""Segments of presets without scores: by the means of the base, and by clusters."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.core import presets
from services.core.clusters.personas import persona_groups
from services.core.features import fit_transform, parameters
from services.core.rfm.segments import Segmentation

RAW = np.array([[10, 9, 900.0], [300, 9, 900.0], [300, 1, 10.0], [10, 1, 10.0], [10, 1, 900.0]])
CENTRES = np.array([[-1.0, 1, 1], [1, -1, -1]])


def segmentation(preset, raw=RAW):
    found = presets.load(preset)
    transform = parameters(fit_transform(raw, list(found.clusters.features)))
    return found.segments, Segmentation(found.segments, None, transform, CENTRES)


def test_the_four_groups_compare_each_value_with_the_mean_of_the_base():
    segments, base = segmentation("four-group")
    names = [segments.groups[index].name for index in base.segment(RAW)]
    assert names == ["Core", "Slipping", "Lost", "Faithful", "Faithful"]


def test_who_is_like_everybody_is_better_in_nothing():
    alike = np.array([[7, 3, 0.1 + 0.2]] * 10)
    segments, base = segmentation("four-group", alike)
    assert {segments.groups[index].name for index in base.segment(alike)} == {"Lost"}


def test_a_preset_without_scores_scores_nobody():
    assert segmentation("four-group")[1].scores(RAW) is None


def test_where_clusters_are_the_segments_the_nearest_centre_decides():
    _, base = segmentation("ten-cluster")
    assert base.segment(RAW)[[0, 2]].tolist() == [0, 1]


@given(st.permutations(range(len(RAW))))
def test_the_order_of_the_base_moves_nobody(order):
    _, base = segmentation("four-group")
    _, shuffled = segmentation("four-group", RAW[list(order)])
    assert np.array_equal(base.segment(RAW), shuffled.segment(RAW))


def test_personas_say_what_to_do_and_good_customers_long_gone_are_at_risk():
    levels = [
        {"recency": "low", "frequency": "top", "monetary": "top"},
        {"recency": "high", "frequency": "middle", "monetary": "high"},
        {"recency": "high", "frequency": "one", "monetary": "low"},
        {"recency": "low", "frequency": "one", "monetary": "low"},
    ]
    names = ["Top spenders", "Big spenders, long ago", "Éco!", "Top – spenders"]
    groups = persona_groups(names, levels, [None] * 4)
    assert [group.id for group in groups] == ["top-spenders", "big-spenders-long-ago", "co", "top-spenders-2"]
    assert [group.name for group in groups] == names
    assert [group.at_risk for group in groups] == [False, True, False, False]
    assert groups[1].playbook == "Win-back call or letter"


def test_a_persona_keeps_its_id_whatever_it_is_called_now():
    level = {"recency": "low", "frequency": "low", "monetary": "low"}
    groups = persona_groups(["New name", "Old name"], [level] * 2, ["old-name", None])
    assert [group.id for group in groups] == ["old-name", "old-name-2"]
