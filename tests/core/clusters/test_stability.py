"""How well clusters come back, and silhouette values, against partitions made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import silhouette_samples

from services.core.clusters.evidence import gather, inertia_of_one, jaccard, sample_rows
from services.core.clusters.silhouette import silhouettes

GROUPS = np.repeat(np.eye(3) * 100, 20, axis=0) + np.linspace(0, 1, 60)[:, None]


def labels(*groups):
    return np.array(groups, np.int16)


def test_jaccard_is_the_overlap_with_the_most_similar_cluster():
    one, other = labels(0, 0, 0, 0, 1, 1), labels(1, 1, 1, 0, 0, 0)
    # {0,1,2,3} meets {0,1,2}: 3 of 4; {4,5} meets {3,4,5}: 2 of 3
    assert jaccard(one, other, 2) == pytest.approx([3 / 4, 2 / 3])


def test_other_numbers_for_the_same_clusters_overlap_wholly():
    assert jaccard(labels(0, 1, 2, 0), labels(2, 0, 1, 2), 3).tolist() == [1, 1, 1]


def test_a_cluster_spread_over_all_others_is_dissolved():
    one, other = labels(0, 0, 0, 0, 1, 1, 1, 1), labels(0, 1, 2, 3, 0, 1, 2, 3)
    assert jaccard(one, other, 2) == pytest.approx([1 / 5, 1 / 5])


@given(st.data())
def test_silhouettes_are_those_of_scikit_learn(data):
    points = data.draw(arrays(np.float64, (12, 3), elements=st.integers(0, 6).map(float)))
    partition = np.array([0, 1, *data.draw(st.lists(st.integers(0, 1), min_size=10, max_size=10))])
    three = np.array([0, 1, 2, *data.draw(st.lists(st.integers(0, 2), min_size=9, max_size=9))])
    for found, given_ in zip(silhouettes(points, [partition, three]), (partition, three), strict=True):
        assert found == pytest.approx(silhouette_samples(points, given_), abs=1e-7)


def test_more_customers_than_are_taken_at_a_time_change_nothing():
    points = np.random.default_rng(3).normal(size=(1_203, 3))
    partition = np.arange(1_203) % 4
    assert silhouettes(points, [partition])[0] == pytest.approx(silhouette_samples(points, partition))


def test_clear_groups_come_back_and_a_cut_through_one_does_not():
    trials = {trial.evidence.k: trial for trial in gather(GROUPS, seed=1)}
    assert trials[3].evidence.stability == 1
    assert trials[3].jaccard.tolist() == [1, 1, 1]
    assert trials[3].evidence.silhouette == pytest.approx(trials[3].silhouettes.mean())
    assert trials[4].jaccard.min() < 0.95
    assert trials[2].evidence.stability < 1


def test_one_cluster_has_the_spread_around_the_mean_as_its_inertia():
    assert inertia_of_one(np.array([[0.0, 0, 0], [2, 0, 0], [4, 0, 0]])) == 8


def test_sampled_rows_ascend_and_a_small_base_is_taken_whole():
    assert sample_rows(4, 1, 10).tolist() == [0, 1, 2, 3]
    rows = sample_rows(1_000, 1, 100)
    assert len(set(rows.tolist())) == 100
    assert (np.diff(rows) > 0).all()
