"""One transform and one assignment for training, look-up and prediction."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.evidence import TOO_FEW, Evidence, elbow, gather, recommend, sample_of
from services.core.clusters.identity import match_clusters
from services.core.clusters.kmeans import assign, fit_kmeans, nearest
from services.core.clusters.naming import Position, cluster_names, positions
from services.core.features import fit_transform, parameters
from services.core.refusals import Refusal

FEATURES = ["recency", "log1p_frequency", "log1p_monetary"]
RAW = np.array([[1, 9, 900.0], [2, 8, 850], [300, 1, 10], [310, 1, 12], [150, 4, 200], [160, 4, 190]])


@pytest.fixture(scope="module")
def fitted():
    pipeline = fit_transform(RAW, FEATURES)
    transform = parameters(pipeline)
    return pipeline, transform, fit_kmeans(transform(RAW), 3, n_init=10, tol=0.0, seed=42)


def test_the_plain_transform_equals_the_pickled_pipeline_to_the_bit(fitted):
    pipeline, transform, _ = fitted
    assert np.array_equal(transform(RAW), pipeline.transform(RAW))


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 999), st.floats(0, 1e9)), min_size=1, max_size=30)
)
def test_one_row_gives_what_a_batch_gives(fitted, rows):
    _, transform, kmeans = fitted
    raw = np.array(rows, float)
    batch = assign(transform(raw), kmeans.cluster_centers_)
    for index, row in enumerate(raw):
        alone = assign(transform(row[None, :]), kmeans.cluster_centers_)
        assert alone.nearest[0] == batch.nearest[index]
        assert np.array_equal(alone.distances[0], batch.distances[index])


def test_the_transform_can_be_undone(fitted):
    _, transform, _ = fitted
    assert transform.invert(transform(RAW)) == pytest.approx(RAW)


def test_the_nearest_centre_is_the_one_scikit_learn_predicts(fitted):
    pipeline, transform, kmeans = fitted
    grid = np.array(
        [[r, f, m] for r in range(0, 360, 7) for f in (1, 2, 5, 12) for m in (0, 50, 400, 5000.0)]
    )
    placed = assign(transform(grid), kmeans.cluster_centers_)
    clear = placed.margin > 1e-9
    assert np.array_equal(placed.nearest[clear], kmeans.predict(pipeline.transform(grid))[clear])


@given(st.integers(0, 2**32 - 1), st.integers(1, 9))
def test_the_nearest_alone_is_the_nearest_of_the_whole_placement(seed, k):
    random = np.random.default_rng(seed)
    points, centres = random.integers(-2, 3, (20, 3)) / 2, random.integers(-2, 3, (k, 3)) / 2  # ties, too
    assert nearest(points, centres) == assign(points, centres).nearest.tolist()


def test_a_tie_goes_to_the_lower_index_and_has_no_margin():
    placed = assign(np.zeros((1, 3)), np.array([[1.0, 0, 0], [-1, 0, 0]]))
    assert (placed.nearest[0], placed.second[0], placed.margin[0]) == (0, 1, 0.0)


def test_the_margin_is_one_on_a_centre_and_zero_where_there_is_a_single_one():
    centres = np.array([[0.0, 0, 0], [2, 0, 0]])
    assert assign(np.zeros((1, 3)), centres).margin[0] == 1.0
    assert assign(np.zeros((1, 3)), centres[:1]).margin[0] == 0.0


def test_more_clusters_than_different_customers_are_refused():
    with pytest.raises(Refusal, match="at least 3 customers with different values; the file has 1"):
        fit_kmeans(np.ones((20, 3)), 3, n_init=1, tol=0.0, seed=1)


def test_clusters_are_named_by_what_is_in_them_and_never_alike():
    rfm = pd.DataFrame(RAW, columns=["recency", "frequency", "monetary"])
    names = cluster_names(positions(rfm, np.array([0, 0, 1, 1, 2, 2], np.int16), 3), frequency_is_orders=True)
    assert names == ["Frequent big spenders", "One-time small spenders, long ago", "Steady spenders"]
    alike = cluster_names(positions(rfm, np.array([0, 1, 2, 2, 2, 2], np.int16), 3), frequency_is_orders=True)
    assert len(set(alike)) == 3


@pytest.mark.parametrize(("orders", "unit"), [(True, "orders"), (False, "lines")])
def test_clusters_of_one_name_are_told_apart_in_the_unit_that_is_counted(orders, unit):
    alike = [position(place) for place in (0.45, 0.5, 0.55)]
    names = cluster_names(alike, frequency_is_orders=orders)
    assert names == [
        f"Steady spenders, fewer {unit}",
        f"Steady spenders, 2 of 3 by {unit}",
        f"Steady spenders, more {unit}",
    ]


def position(frequency: float) -> Position:
    """A cluster in the middle of the base but for its frequency."""
    return Position(
        {"recency": 30.0, "frequency": 100 * frequency, "monetary": 50.0},
        {"recency": 0.5, "frequency": frequency, "monetary": 0.5},
    )


def test_two_clusters_of_long_ago_are_told_apart_without_contradiction():
    rich = [[days, 9, 900.0 + days] for days in range(1, 9)]
    poor = [[250, 1, 10], [260, 1, 10], [370, 1, 10], [371, 1, 10]]
    rfm = pd.DataFrame(rich + poor, columns=["recency", "frequency", "monetary"])
    labels = np.array([0] * 8 + [1, 1, 2, 2], np.int16)
    names = cluster_names(positions(rfm, labels, 3), frequency_is_orders=True)
    assert names[1:] == ["One-time small spenders, long ago", "One-time small spenders, very long ago"]


def test_names_follow_the_customers_not_the_labels():
    rfm = pd.DataFrame(RAW, columns=["recency", "frequency", "monetary"])
    labels = np.array([0, 0, 1, 1, 2, 2], np.int16)
    swapped = np.array([2, 2, 0, 0, 1, 1], np.int16)
    one = cluster_names(positions(rfm, labels, 3), frequency_is_orders=True)
    other = cluster_names(positions(rfm, swapped, 3), frequency_is_orders=True)
    assert [one[label] for label in labels] == [other[label] for label in swapped]


def test_a_renumbered_cluster_is_matched_with_its_older_self():
    old = np.array([0, 0, 0, 1, 1, 2], np.int16)
    new = np.array([1, 1, 1, 0, 0, 2], np.int16)
    assert [(match.old, match.overlap) for match in match_clusters(old, new, 3, 3)] == [
        (1, 1.0),
        (0, 1.0),
        (2, 1.0),
    ]


def test_a_cluster_that_shares_nobody_is_new():
    matches = match_clusters(np.array([0, 0], np.int16), np.array([1, 1], np.int16), 1, 2)
    assert [match.old for match in matches] == [None, 0]


def evidence(k, inertia, stability=0.95, smallest=100):
    return Evidence(k, inertia, 0.4, 1.0, 1.0, stability, smallest)


def test_the_bend_of_the_curve_is_recommended_with_its_reason():
    curve = [evidence(k, inertia) for k, inertia in zip(range(2, 7), [100, 60, 20, 15, 10], strict=True)]
    assert elbow(curve) == 4
    assert recommend(curve, 1000) == (
        4,
        "4 is where the inertia curve bends and its clusters are stable when customers are resampled "
        "(agreement 0.95); the smallest has 100 customers.",
    )


def test_a_k_with_a_tiny_or_unsteady_cluster_is_passed_over():
    curve = [evidence(2, 100), evidence(3, 60), evidence(4, 20, smallest=5), evidence(5, 15, stability=0.5)]
    assert recommend(curve, 1000)[0] == 3
    unsteady = [evidence(2, 100, stability=0.4), evidence(3, 60, stability=0.6)]
    assert recommend(unsteady, 1000)[0] == 3
    assert "no number reaches 0.9" in recommend(unsteady, 1000)[1]


def test_of_few_customers_no_number_is_praised_and_clusters_hold_five_on_average():
    curve = [
        evidence(k, inertia, smallest=1)
        for k, inertia in zip(range(2, 7), [100, 60, 20, 15, 10], strict=True)
    ]
    assert recommend(curve, 50)[1] != TOO_FEW
    assert recommend(curve, 49) == (4, TOO_FEW)
    assert recommend(curve, 19) == (2, TOO_FEW)
    assert recommend(curve, 8) == (2, TOO_FEW)


def test_evidence_is_gathered_for_every_k_the_customers_bear():
    points = np.random.default_rng(1).normal(size=(7, 3))
    assert [each.evidence.k for each in gather(points, seed=1)] == [2, 3, 4, 5, 6]
    assert gather(np.ones((9, 3)), seed=1) == []


def test_a_sample_is_seeded_and_keeps_the_order():
    points = np.arange(300.0).reshape(100, 3)
    drawn = sample_of(points, 1, size=10)
    assert np.array_equal(drawn, sample_of(points, 1, size=10))
    assert np.all(np.diff(drawn[:, 0]) > 0)


@pytest.mark.parametrize(
    ("different", "way"),
    [(1, "has 1. Train on a longer period."), (3, "has 3. Choose --k 3, or train on a longer period.")],
)
def test_too_few_different_customers_are_refused_with_what_can_be_done(different, way):
    points = np.repeat(np.arange(different, dtype=float)[:, None] * np.ones(3), 4, axis=0)
    with pytest.raises(Refusal) as refused:
        fit_kmeans(points, 5, n_init=1, tol=0.0, seed=1)
    assert str(refused.value).endswith(way)
