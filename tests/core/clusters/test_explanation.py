"""Rules in raw units: what they say is what they predict."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.explanation import Box, explain, predicted, recover

DAYS = np.repeat([5.0, 40, 200], 20) + np.arange(60) % 5
RAW = np.stack([DAYS, np.where(DAYS < 100, 4.0, 1), 10.0 * np.arange(1, 61)], axis=1)
LABELS = np.repeat([0, 1, 2], 20)


def test_clusters_that_part_by_recency_get_one_range_each_with_round_cuts():
    found = explain(RAW, LABELS, 3, seed=1)
    assert found.fidelity == 1
    assert [rule.boxes for rule in found.rules] == [
        (Box(up_to=(10, math.inf, math.inf)),),
        (Box(over=(10, -math.inf, -math.inf), up_to=(100, math.inf, math.inf)),),
        (Box(over=(100, -math.inf, -math.inf)),),
    ]
    assert [(rule.customers, rule.right) for rule in found.rules] == [(20, 20)] * 3


@given(st.integers(0, 10_000))
def test_every_customer_satisfies_the_rule_of_one_cluster_and_fidelity_counts_the_right_ones(seed):
    drawn = np.random.default_rng(seed)
    raw = np.stack(
        [drawn.integers(0, 300, 50), drawn.integers(1, 9, 50), drawn.integers(1, 9_999, 50) / 100], axis=1
    )
    labels = drawn.integers(0, 3, 50)
    found = explain(raw, labels, 3, seed=1)
    satisfied = sum(box.holds(raw).astype(int) for rule in found.rules for box in rule.boxes)
    assert (satisfied == 1).all()
    said = predicted(found.rules, raw)
    assert found.fidelity == (said == labels).mean()
    assert [rule.customers for rule in found.rules] == [(said == label).sum() for label in range(3)]


def test_the_rules_predict_what_the_tree_predicts():
    from sklearn.tree import DecisionTreeClassifier

    drawn = np.random.default_rng(2)
    raw = drawn.integers(0, 64, (200, 3)).astype(float)
    labels = (raw[:, 0] > 31).astype(int) + (raw[:, 1] > 40)
    found = explain(raw, labels, 3, seed=1)
    trees = [DecisionTreeClassifier(max_leaf_nodes=n, random_state=1).fit(raw, labels) for n in range(3, 7)]
    assert any(np.array_equal(tree.predict(raw), predicted(found.rules, raw)) for tree in trees)


def test_the_clusters_of_unseen_customers_are_recovered():
    found = recover(RAW, LABELS, seed=1)
    assert (found.learned, found.asked, found.right) == (42, 18, 18)
    assert found.largest < 18
    assert recover(RAW[:9], LABELS[:9], seed=1) is None


def test_clusters_that_follow_nothing_are_not_recovered():
    labels = np.random.default_rng(4).integers(0, 2, 60)
    found = recover(RAW, labels, seed=1)
    assert found.right < 0.85 * found.asked
