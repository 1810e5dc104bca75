"""One transform and one assignment for training, look-up and prediction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.evidence import gather, sample_of
from services.core.clusters.identity import match_clusters
from services.core.clusters.kmeans import assign, fit_kmeans, nearest
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
