"""Rules of small baskets, against plain counting."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from services.training import mining
from services.training.lines.baskets import Baskets
from services.training.rule_tables import Scope, mine_scopes


def matrix(baskets, products=5):
    filled = np.zeros((len(baskets), products), bool)
    for row, basket in enumerate(baskets):
        filled[row, list(basket)] = True
    return csr_array(filled)


@settings(max_examples=25)
@given(st.lists(st.sets(st.integers(0, 4)), min_size=100, max_size=130))
def test_every_measure_equals_a_plain_count(baskets):
    found = mining.mine(matrix(baskets), min_support=0.1)
    n = len(baskets)

    def holding(items):
        return sum(items <= basket for basket in baskets)

    expected = {
        frozenset(items)
        for size in range(1, mining.MAX_ITEMS + 1)
        for items in combinations(range(5), size)
        if holding(frozenset(items)) / n >= found.min_support - 1e-12
    }
    assert set(found.itemsets["items"]) == expected
    for rule in found.rules.itertuples():
        both, left, right = (
            holding(s) for s in (rule.antecedents | rule.consequents, rule.antecedents, rule.consequents)
        )
        assert (rule.count, rule.antecedent_count, rule.consequent_count) == (both, left, right)
        assert rule.support == pytest.approx(both / n)
        assert rule.confidence == pytest.approx(both / left)
        assert rule.lift == pytest.approx(both * n / (left * right))
        assert rule.leverage == pytest.approx(both / n - left * right / n**2)
        assert rule.conviction == (
            pytest.approx((1 - right / n) / (1 - both / left)) if both < left else np.inf
        )
        parts = [
            frozenset(p)
            for size in range(1, len(rule.antecedents))
            for p in combinations(rule.antecedents, size)
        ]
        surer = any(holding(p | rule.consequents) / holding(p) >= both / left - 1e-9 for p in parts)
        # A part whose own rule has a lift under 1 is not in the table, so it cannot hide another.
        assert rule.redundant <= surer


def test_too_few_baskets_give_no_rules_and_say_so():
    found = mining.mine(matrix([{0, 1}] * 99))
    assert len(found.rules) == len(found.itemsets) == 0
    assert found.note == "99 baskets are too few for rules; 100 are needed."


def test_a_small_group_needs_a_count_of_ten():
    found = mining.mine(matrix([{0, 1}] * 9 + [{0}] * 50 + [{1}] * 61))
    assert found.min_support == pytest.approx(10 / 120)
    assert not (found.itemsets["items"].map(len) > 1).any()
    assert found.note == "Only sets in at least 10 baskets are shown."


def test_too_many_pairs_raise_the_support_and_say_so(monkeypatch):
    monkeypatch.setattr(mining, "PAIR_BUDGET", 1)
    found = mining.mine(matrix([{0, 1, 2}] * 60 + [{0, 1}] * 30 + [{3}] * 60))
    assert set(found.itemsets["items"]) == {frozenset({0}), frozenset({1}), frozenset({0, 1})}
    assert found.note == "Over 1 pairs are frequent; shown are those in 40.7\u00a0% of baskets or more."


def test_nothing_bought_together_gives_empty_tables_of_the_right_kind():
    found = mining.mine(matrix([{row % 5} for row in range(120)]))
    assert found.rules.empty
    assert found.rules["redundant"].dtype == bool


def test_columns_are_sorted_by_scope_then_confidence_and_hold_product_numbers():
    rows = [{0, 1}] * 80 + [{0, 2}] * 20 + [{3}] * 40
    owners = np.array(["a"] * 100 + ["b"] * 40, dtype=object)
    baskets = Baskets(
        matrix(rows), ["A", "B", "C", "D", "E"], owners, np.arange(140).astype(str).astype(object)
    )
    scopes = [Scope("all", "All", None), Scope("cluster:c1", "First", np.array(["a"], dtype=object))]
    tables = mine_scopes(baskets, scopes, {"A": "Apple"})
    assert [item["description"] for item in tables.items] == ["Apple", "B", "C", "D"]
    assert tables.rules["scope"].tolist() == sorted(tables.rules["scope"].tolist())
    whole = tables.rules["scope"] == 0
    assert np.all(np.diff(tables.rules["confidence"][whole]) <= 0)
    assert tables.rules["antecedents"].shape[1] == 3
    assert tables.scopes[1] | {"note": ""} == {
        "id": "cluster:c1", "name": "First", "baskets": 100, "products": 3, "itemsets": 5, "rules": 4,
        "min_support": 0.1, "min_count": 10, "note": "",
    }  # fmt: skip
