"""RFM, scores and segments, on tables small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core import presets
from services.core.refusals import Refusal
from services.core.rfm.scoring import Scale, buying_score, class_sizes, fit_scale, scores_used
from services.core.rfm.segments import segment_of
from services.core.rfm.table import reference_date, rfm_table

CUSTOMERS = pd.DataFrame(
    {
        "last_purchase": pd.to_datetime(["2011-12-07 15:52", "2011-12-09 12:50", "2011-01-18 10:01"]),
        "orders": [7, 1, 2],
        "lines": [182, 3, 2],
        "monetary": [4310.0, 12.5, 0.0],
    }
)
VALUES = st.lists(st.integers(0, 12), min_size=5, max_size=60)


def frame(values):
    return pd.DataFrame({"recency": values, "frequency": values, "monetary": np.array(values, float)})


def test_the_reference_date_is_a_day_after_the_last_purchase_unless_chosen():
    assert reference_date(CUSTOMERS["last_purchase"]) == pd.Timestamp("2011-12-10 12:50")
    assert reference_date(CUSTOMERS["last_purchase"], pd.Timestamp("2012-01-01")) == pd.Timestamp(
        "2012-01-01"
    )


def test_no_purchase_has_no_reference_date():
    with pytest.raises(Refusal, match="nothing to train on"):
        reference_date(CUSTOMERS["last_purchase"].iloc[:0])


def test_recency_counts_whole_days_and_frequency_what_the_preset_says():
    as_of = pd.Timestamp("2011-12-10 12:50")
    by_orders, by_lines = (rfm_table(CUSTOMERS, as_of, unit) for unit in ("orders", "lines"))
    assert by_orders["recency"].to_list() == [2, 1, 326]
    assert by_orders["frequency"].to_list() == [7, 1, 2]
    assert by_lines["frequency"].to_list() == [182, 3, 2]


def test_a_value_equal_to_an_edge_belongs_below_it():
    scale = Scale(3, "high", {"recency": (10, 20), "frequency": (1, 2), "monetary": (5, 9)})
    assert scale.of("monetary", [4, 5, 6, 9, 10]).tolist() == [1, 1, 2, 2, 3]
    assert scale.of("recency", [10, 11, 21]).tolist() == [3, 2, 1]


def test_where_low_is_best_the_best_customers_get_one():
    scale = Scale(3, "low", {"recency": (10, 20), "frequency": (1, 2), "monetary": (5, 9)})
    assert scale.of("monetary", [4, 10]).tolist() == [3, 1]
    assert scale.of("recency", [1, 30]).tolist() == [1, 3]


@given(VALUES, st.randoms())
def test_shuffled_rows_get_the_same_scores_and_equal_values_equal_ones(values, random):
    shuffled = random.sample(values, len(values))
    scale, again = fit_scale(frame(values), 5, "high"), fit_scale(frame(shuffled), 5, "high")
    assert scale.edges == again.edges
    scored = dict(zip(values, scale.of("monetary", values), strict=True))
    assert all(
        scored[value] == score for value, score in zip(values, scale.of("monetary", values), strict=True)
    )


@given(VALUES)
def test_class_sizes_add_up_and_name_empty_classes(values):
    sizes = class_sizes(fit_scale(frame(values), 5, "high").of("monetary", values), 5)
    assert list(sizes) == [1, 2, 3, 4, 5]
    assert sum(sizes.values()) == len(values)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60), st.integers(2, 9))
def test_a_small_base_uses_fewer_scores_that_reach_both_ends(values, classes):
    used = scores_used(len(values), classes)
    assert used == sorted(set(used))
    assert (used[0], used[-1]) == (1, classes)
    assert len(used) == 2 or len(values) >= 5 * len(used)
    scores = fit_scale(frame(values), classes, "high").of("monetary", values)
    assert set(scores.tolist()) <= set(used)


def test_eleven_customers_get_the_lowest_and_the_highest_score():
    scale = fit_scale(frame(range(11)), 5, "high")
    assert scale.edges["monetary"] == (5.0, 5.0, 5.0, 5.0)
    assert scale.of("monetary", [0, 5, 6, 10]).tolist() == [1, 1, 5, 5]
    assert scale.of("recency", [0, 5, 6, 10]).tolist() == [5, 5, 1, 1]


def test_the_buying_score_rounds_halves_upward():
    assert buying_score([1, 2, 4, 5], [2, 2, 5, 5]).tolist() == [2, 2, 5, 5]


def test_the_grid_of_standard_names_every_pair_of_scores_as_published():
    segments = presets.load("standard").segments
    names = [group.name for group in segments.groups]
    found = segment_of(
        segments, np.array([1, 5, 5, 3, 1]), np.array([5, 1, 5, 3, 1]), np.array([5, 1, 5, 3, 1])
    )
    assert [names[index] for index in found] == ["Can't lose", "New", "Champions", "Need attention", "Lost"]


def test_the_thresholds_of_ten_segment_are_met_from_above():
    segments = presets.load("ten-segment").segments
    names = [group.name for group in segments.groups]
    r, f, m = np.array([5, 5, 5, 1, 1]), np.array([4, 4, 1, 2, 1]), np.array([5, 4, 1, 1, 1])
    assert [names[index] for index in segment_of(segments, r, f, m)] == [
        "VIP", "Loyal", "Loyal", "At risk", "Hibernating",
    ]  # fmt: skip


def test_the_first_matching_rule_of_quartile_wins():
    segments = presets.load("quartile").segments
    names = [group.name for group in segments.groups]
    found = segment_of(
        segments, np.array([1, 2, 2, 3, 4, 2]), np.array([1, 1, 2, 2, 4, 2]), np.array([1, 1, 1, 2, 4, 3])
    )
    assert [names[index] for index in found] == [
        "Top Tier",
        "Loyal Customers",
        "High Spenders",
        "Inactive But Potentially Returning",
        "Inactive and Unlikely to Return",
        "Other",
    ]


def test_fixed_cut_points_are_taken_as_they_are_and_the_other_axes_are_cut_by_shares():
    base = frame(range(1, 11))
    by_shares = fit_scale(base, 5, "high")
    scale = fit_scale(base, 5, "high", {"monetary": (1.0, 1.0, 2.0, 9.0)})
    assert {axis: scale.edges[axis] for axis in ("recency", "frequency")} == {
        axis: by_shares.edges[axis] for axis in ("recency", "frequency")
    }
    assert scale.of("monetary", [0, 1, 2, 3, 9, 10]).tolist() == [1, 1, 3, 4, 4, 5]


def test_a_mapping_of_arrays_is_cut_like_a_table():
    base = frame([1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987])
    arrays = {axis: base[axis].to_numpy() for axis in base}
    assert fit_scale(arrays, 4, "low") == fit_scale(base, 4, "low")
