"""Recommendations on ledgers small enough to check by hand, and their trial against counting one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from services.core.recommending.evaluation import hits, intervals, later_purchases
from services.core.recommending.history import Purchases, history_before
from services.core.recommending.methods import (
    bought_together,
    by_cluster_popularity,
    by_personal_frequency,
    by_recent_popularity,
    by_relation,
    cosine_relation,
    linear_relation,
)
from services.core.recommending.ranking import partners, rank

NOW = np.datetime64("2011-12-10T00:00:00")
#: customer, days before now, products; D was sold last 100 days ago, E only long before.
ORDERS = [
    (0, 10, "AB"),
    (0, 70, "A"),
    (1, 20, "ABC"),
    (2, 30, "B"),
    (2, 100, "D"),
    (3, 5, "C"),
    (3, 200, "E"),
]
CODES = list("ABCDE")
CLUSTER = np.array([0, 0, 1, 1])


def purchases(orders: list[tuple[int, int, str]] = ORDERS) -> Purchases:
    matrix = np.array([[code in held for code in CODES] for _, _, held in orders])
    return Purchases(
        sparse.csr_array(matrix),
        CODES,
        np.array([customer for customer, _, _ in orders]),
        np.array([NOW - np.timedelta64(days, "D") for _, days, _ in orders]),
        4,
    )


def names(listed: np.ndarray) -> list[str]:
    return ["".join(CODES[place] for place in row if place >= 0) for row in listed]


def lists(scorer_of, orders=ORDERS, *, repeat: bool = False) -> list[str]:
    history = history_before(purchases(orders), NOW, CLUSTER)
    return names(rank(history, scorer_of(history), np.arange(4), 5, repeat=repeat).products)


def test_recent_popularity_counts_customers_and_leaves_out_what_was_bought_or_is_not_sold_any_more():
    # in 56 days: A by two, B by three, C by two; D and E were not sold for 90 days
    assert lists(by_recent_popularity) == ["C", "", "AC", "BA"]


def test_cluster_popularity_counts_the_customers_of_the_same_cluster():
    # in cluster 0 A and B have two buyers, C one; in cluster 1 B and C have one each, A none
    assert lists(by_cluster_popularity) == ["C", "", "C", "B"]


def test_personal_frequency_lists_the_most_ordered_first_and_equal_ones_by_popularity():
    assert lists(by_personal_frequency, repeat=True) == ["AB", "BAC", "B", "C"]


def test_cosine_is_shared_customers_over_the_geometric_mean_of_both():
    history = history_before(purchases(), NOW, CLUSTER)
    relation = cosine_relation(bought_together(history.bought()))
    assert relation[0, 1] == pytest.approx(2 / math.sqrt(2 * 3))
    assert relation[0, 0] == 0
    # customer 3 has C and E: C was bought with A and B by customer 1
    assert lists(lambda history: by_relation(history, relation))[3] == "AB"


def test_linear_weights_are_the_ridge_regression_of_each_product_on_the_others():
    bought = history_before(purchases(), NOW, CLUSTER).bought()
    found = linear_relation(bought_together(bought), ridge=2.0)
    dense = bought.toarray()
    for product in range(5):
        others = [each for each in range(5) if each != product]
        known = dense[:, others]
        weights = np.linalg.solve(known.T @ known + 2.0 * np.eye(4), known.T @ dense[:, product])
        assert found[others, product] == pytest.approx(weights, abs=1e-5)
        assert found[product, product] == 0


def test_a_list_that_is_not_full_ends_in_nothing():
    history = history_before(purchases(), NOW, CLUSTER)
    ranked = rank(history, by_recent_popularity(history), np.array([2]), 4)
    assert ranked.products.tolist() == [[0, 2, -1, -1]]
    assert ranked.scores.tolist() == [[2, 2, 0, 0]]


def test_the_reason_is_the_product_bought_that_speaks_most_for_the_offer():
    bought = sparse.csr_array(np.array([[1, 1, 0, 0], [0, 0, 0, 0]], np.float32))
    relation = np.array([[0, 0, 0.2, 0.5], [0, 0, 0.3, 0.1], [0, 0, 0, 0], [0, 0, 0, 0]], np.float32)
    assert partners(bought, relation, np.array([[2, 3, -1], [-1, -1, -1]])).tolist() == [[1, 0, -1], [-1] * 3]


def test_equal_scores_fall_to_the_lower_code_and_the_order_of_rows_changes_nothing():
    shuffled = [ORDERS[place] for place in np.random.default_rng(1).permutation(len(ORDERS))]
    for scorer in (by_recent_popularity, by_cluster_popularity):
        assert lists(scorer, shuffled) == lists(scorer)
    assert lists(by_recent_popularity)[2] == "AC"


def test_only_the_products_of_most_customers_are_looked_at():
    history = history_before(purchases(), NOW, CLUSTER, most=2)
    assert [CODES[column] for column in history.columns] == ["A", "B"]


def test_the_trial_agrees_with_counting_one_by_one():
    random = np.random.default_rng(5)
    orders = [
        (
            int(random.integers(4)),
            int(random.integers(1, 120)),
            "".join(random.choice(CODES, 3, replace=False)),
        )
        for _ in range(14)
    ]
    ledger, cut = purchases(orders), NOW - np.timedelta64(60, "D")
    history = history_before(ledger, cut, CLUSTER)
    for repeat in (False, True):
        later = later_purchases(ledger, history, cut, repeat=repeat)
        ranked = rank(history, by_recent_popularity(history), later.rows, 2, repeat=repeat)
        found = hits(ranked, later, at=2)
        known = {code for _, days, held in orders if days > 60 for code in held}
        expected = {}
        for customer in range(4):
            before = {code for who, days, held in orders if who == customer and days > 60 for code in held}
            after = {code for who, days, held in orders if who == customer and days <= 60 for code in held}
            wanted = (after & before if repeat else after - before) & known
            if before and wanted:
                expected[customer] = wanted
        assert later.rows.tolist() == list(expected)
        for at, wanted in enumerate(expected.values()):
            listed = [CODES[history.columns[place]] for place in ranked.products[at] if place >= 0]
            gained = sum(1 / math.log2(place + 2) for place, code in enumerate(listed) if code in wanted)
            ideal = sum(1 / math.log2(place + 2) for place in range(min(2, len(wanted))))
            assert found.recall[at] == pytest.approx(len(wanted & set(listed)) / min(2, len(wanted)))
            assert found.ndcg[at] == pytest.approx(gained / ideal)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_mean():
    values, others = np.random.default_rng(3).random((2, 200))
    both = intervals([values, others], 7)
    assert both == [*intervals([values], 7), *intervals([others], 7)]
    for (low, high), each in zip(both, (values, others), strict=True):
        assert low < each.mean() < high
