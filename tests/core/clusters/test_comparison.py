"""Ways of grouping side by side, on groups that are plain to see."""

import numpy as np
import pytest

from services.core.clusters.comparison import NOISE, algorithms, compare, least_of_cluster

RNG = np.random.default_rng(5)
CENTRES = np.array([[0.0, 0, 0], [9, 0, 0], [0, 9, 0]])
WHOLE = np.repeat([0, 1, 2], [60, 40, 20])
POINTS = CENTRES[WHOLE] + RNG.normal(scale=0.4, size=(120, 3))


def test_every_algorithm_finds_plain_groups_and_they_agree():
    found, agreement = compare(POINTS, algorithms(POINTS, 3, seed=1), {}, seed=1)
    assert list(found) == ["kmeans", "gaussian-mixture", "ward", "birch", "hdbscan"]
    for name in ("kmeans", "gaussian-mixture", "ward", "birch"):
        assert found[name].sizes == [60, 40, 20]
        assert found[name].left_out == 0
        assert found[name].stability == 1
        assert found[name].silhouette > 0.8
    assert sum(found["hdbscan"].sizes) + found["hdbscan"].left_out == 120
    assert agreement[:4, :4] == pytest.approx(np.ones((4, 4)))
    assert agreement == pytest.approx(agreement.T)


def test_agreement_is_the_adjusted_rand_index_of_the_whole_partitions():
    halves, other = WHOLE > 0, np.arange(120) % 2
    groupings = {"one": lambda rows: halves[rows], "other": lambda rows: other[rows]}
    found, agreement = compare(POINTS, groupings, {}, seed=1)
    assert agreement.diagonal().tolist() == [1, 1]
    assert abs(agreement[0, 1]) < 0.05
    assert found["one"].sizes == [60, 60]


def test_known_groups_are_compared_with_what_is_found_again():
    found, _ = compare(POINTS, {"served": lambda rows: np.zeros(len(rows), int)}, {"served": WHOLE}, seed=1)
    assert found["served"].sizes == [60, 40, 20]
    assert found["served"].stability == 0


def test_customers_left_out_count_neither_in_sizes_nor_in_silhouette():
    partial = np.where(WHOLE == 2, NOISE, WHOLE)
    found, _ = compare(POINTS, {"some": lambda rows: partial[rows]}, {}, seed=1)
    assert found["some"].sizes == [60, 40]
    assert found["some"].left_out == 20
    one, _ = compare(POINTS, {"one": lambda rows: np.zeros(len(rows), int)}, {}, seed=1)
    assert one["one"].silhouette is None


def test_the_least_cluster_grows_with_the_customers():
    assert (least_of_cluster(60), least_of_cluster(1_000)) == (5, 20)
