"""Findings: a random group has none, a planted one is found, and a superlative needs a winner."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse, stats

from services.core.findings import found, has_changed, leader, more_often, proportions, tally


def test_few_people_are_tried_exactly_and_many_by_the_normal_curve():
    assert proportions(3, 8, 1, 40) == pytest.approx(stats.fisher_exact([[3, 5], [1, 39]]).pvalue)
    pooled = stats.chi2_contingency([[60, 140], [200, 800]], correction=False).pvalue
    assert proportions(60, 200, 200, 1000) == pytest.approx(pooled)
    assert proportions(0, 0, 5, 10) == proportions(5, 10, 0, 0) == 1.0


@pytest.mark.parametrize(
    ("group", "rest", "said"),
    [
        ((60, 100), (200, 1000), True),
        ((29, 40), (100, 1000), False),  # fewer than thirty people behind it
        ((5_300, 10_000), (5_000, 10_000), False),  # neither a fifth above nor five points
        ((30, 100), (250, 1000), False),  # chance explains it
        ((100, 100), (0, 0), False),  # nobody to compare with
        ((10, 100), (500, 1000), False),
    ],
)
def test_a_share_is_called_higher_only_if_it_is_more_than_chance_and_more_than_a_little(group, rest, said):
    assert more_often(*group, *rest) == said


def test_each_further_claim_of_a_card_asks_for_more():
    assert more_often(40, 100, 280, 1000)
    assert not more_often(40, 100, 280, 1000, claims=5)


def test_a_size_changes_when_more_come_than_leave_beyond_the_toss_of_a_coin():
    assert has_changed(60, 20)
    assert not has_changed(52, 48)
    assert not has_changed(20, 0)


@pytest.mark.parametrize(
    ("values", "place"), [([1, 3, 2], 1), ([3, 3, 1], None), ([2.4, 2.2, 1], None), ([5], None), ([], None)]
)
def test_a_superlative_needs_a_winner_that_is_written_differently(values, place):
    assert leader(values, lambda value: str(round(value))) == place


def people(rng, group, favourite=None):
    """Five hundred customers, some with very many orders, each with a taste of their own for ten things."""
    of = rng.geometric(0.15, len(group))
    taste = rng.beta(1, 6, (len(group), 10))
    if favourite is not None:
        taste[group == 0, favourite] = rng.beta(4, 6, (group == 0).sum())
    return sparse.csr_array(rng.binomial(of[:, None], taste)), of


def test_random_groups_have_hardly_a_finding_though_few_people_place_most_orders():
    rng, said = np.random.default_rng(1), 0
    for _draw in range(200):
        group = rng.integers(0, 2, 500)
        said += bool(found(tally(*people(rng, group), group, 2))[0].any())
    assert said <= 18  # 5 % of 200, and two standard errors


def test_what_a_group_is_fond_of_is_found_and_nothing_else():
    rng = np.random.default_rng(2)
    group = (rng.random(500) < 0.7).astype(int)
    assert np.flatnonzero(found(tally(*people(rng, group, favourite=3), group, 2))[0]).tolist() == [3]


def test_one_customer_with_a_hundred_orders_is_no_finding():
    hits, of = np.ones((200, 1)), np.full(200, 10)
    hits[0], of[0] = 100, 100
    group = np.r_[np.zeros(40, int), np.ones(160, int)]
    assert not found(tally(sparse.csr_array(hits), of, group, 2)).any()


def test_customers_of_no_group_count_nowhere():
    counted = tally(sparse.csr_array([[1.0], [2.0], [4.0]]), [1, 2, 4], np.array([0, -1, 1]), 2)
    assert (counted.hits.ravel().tolist(), counted.of.tolist(), counted.nn.tolist()) == (
        [1, 4],
        [1, 4],
        [1, 16],
    )
