"""Rules of small baskets, against plain counting."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from services.core.refusals import Refusal
from services.core.rules.significance import CANNOT_TELL, YES
from services.training.lines.baskets import Baskets
from services.training.rules import itemset_budget
from services.training.rules.itemset_budget import check_support
from services.training.rules.mining import MAX_ITEMS, mine
from services.training.rules.scope_baskets import Scope, ScopeBaskets, baskets_of
from services.training.rules.scopes import periods
from services.training.rules.tables import mine_scopes
from tests.drawn import drawn
from tests.training.rules.small_baskets import baskets_of_five, matrix


@drawn(15)
@given(baskets_of_five, st.integers(60, 130))
def test_every_measure_equals_a_plain_count(baskets, cut):
    found = mine(ScopeBaskets(matrix(baskets), matrix(baskets[:cut]), matrix(baskets[cut:])), min_support=0.1)
    n = len(baskets)

    def holding(items, among=baskets):
        return sum(items <= basket for basket in among)

    expected = {
        frozenset(items)
        for size in range(1, MAX_ITEMS + 1)
        for items in combinations(range(5), size)
        if holding(frozenset(items)) / n >= found.min_support - 1e-12
    }
    assert set(found.itemsets["items"]) == expected
    assert found.itemsets["count"].tolist() == [holding(items) for items in found.itemsets["items"]]
    before = mine(ScopeBaskets(matrix(baskets[:cut])), min_support=found.min_support).rules
    found_before = set(zip(before["antecedents"], before["consequents"], strict=True))
    for rule in found.rules.itertuples():
        sides = rule.antecedents | rule.consequents, rule.antecedents, rule.consequents
        both, left, right = (holding(side) for side in sides)
        share, other, whole = left / n, right / n, both / n
        assert (rule.count, rule.antecedent_count, rule.consequent_count) == (both, left, right)
        assert rule.support == pytest.approx(whole)
        assert rule.confidence == pytest.approx(both / left)
        assert rule.lift == pytest.approx(both * n / (left * right))
        assert rule.leverage == pytest.approx(whole - share * other)
        assert rule.conviction == (
            pytest.approx((1 - right / n) / (1 - both / left)) if both < left else np.inf
        )
        spread = max(whole * (1 - share), share * (other - whole))
        assert rule.zhangs_metric == pytest.approx((whole - share * other) / spread if spread else 0)
        assert rule.jaccard == pytest.approx(both / (left + right - both))
        assert rule.certainty == pytest.approx((both / left - other) / (1 - other) if right < n else 0)
        assert rule.kulczynski == pytest.approx((both / left + both / right) / 2)
        assert rule.representativity == 1
        table = [[both, left - both], [right - both, n - left - right + both]]
        assert rule.p_value == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-8)
        later = tuple(holding(side, baskets[cut:]) for side in sides)
        assert (rule.later_count, rule.later_antecedent_count, rule.later_consequent_count) == later
        assert rule.later_confidence == pytest.approx(
            later[0] / later[1] if later[1] else np.nan, nan_ok=True
        )
        if (rule.antecedents, rule.consequents) not in found_before:
            assert rule.held_up == CANNOT_TELL
        elif rule.held_up == YES:
            assert later[0] * (n - cut) > later[1] * later[2] * min(1, rule.chance_lift)
        parts = [
            frozenset(p)
            for size in range(1, len(rule.antecedents))
            for p in combinations(rule.antecedents, size)
        ]
        surer = any(holding(p | rule.consequents) / holding(p) >= both / left - 1e-9 for p in parts)
        # A part whose own rule has a lift under 1 is not in the table, so it cannot hide another.
        assert rule.redundant <= surer


def test_a_support_that_would_make_too_many_sets_is_refused_with_their_number(monkeypatch):
    monkeypatch.setattr(itemset_budget, "MOST_SETS", 14)
    rows = matrix([{0, 1, 2, 3}] * 20 + [{4}] * 100)
    check_support(rows, 0.5, 4)
    with pytest.raises(Refusal, match=r"0\.1 \(12 of 120 baskets\) mining would find 16 sets of products"):
        check_support(rows, 0.1, 4)
    for share in (0.0, 1.5, float("nan")):
        with pytest.raises(Refusal, match="a share of baskets over 0"):
            check_support(rows, share, 4)


def of_customers(rows, owners):
    return mine(ScopeBaskets(matrix(rows), owners=np.array(owners)))


def test_customers_are_counted_beside_baskets_and_tested_for_what_they_ever_bought():
    # Customers 0–9 have the pair four times each, 10–19 its products in baskets of their own, 20–59 neither.
    rows = [{0, 1}] * 40 + [{0}] * 10 + [{1}] * 10 + [{2}] * 60
    owners = [
        *(row % 10 for row in range(40)),
        *range(10, 20),
        *range(10, 20),
        *(row % 40 + 20 for row in range(60)),
    ]
    rule = of_customers(rows, owners).rules.iloc[0]
    assert (rule["count"], rule["customers"], rule["largest_count"]) == (40, 10, 4)
    assert rule["p_value"] == pytest.approx(fisher_exact([[20, 0], [0, 40]], alternative="greater").pvalue)


@pytest.mark.parametrize(
    ("owners", "kept"),
    [
        ([row % 5 for row in range(40)], True),
        ([row % 4 for row in range(40)], False),
        ([0] * 20 + [row % 4 + 1 for row in range(20)], True),
        ([0] * 21 + [row % 9 + 1 for row in range(19)], False),
    ],
)
def test_a_rule_needs_five_customers_and_no_one_with_over_half_of_its_baskets(owners, kept):
    found = of_customers([{0, 1}] * 40 + [{2}] * 100, owners + list(range(50, 150)))
    assert (len(found.rules) > 0) == kept
    assert found.itemsets["count"].tolist() == [40, 40, 100, 40]
    said = (
        "1 product set gives no rules: fewer than 5 customers bought them together, or one customer accounts "
        "for over half of its baskets."
    )
    assert found.note.endswith(said) != kept


def test_whose_baskets_stand_where_changes_nothing():
    rows = [{0, 1}] * 60 + [{0, 2}] * 50 + [{3}] * 40
    owners = np.array([row * row % 17 for row in range(150)])
    order = np.random.default_rng(3).permutation(150)
    one, other = (
        of_customers([rows[row] for row in some], owners[some]).rules for some in (range(150), order)
    )
    assert one.equals(other)


def test_a_strong_pair_is_a_finding_and_big_baskets_alone_make_none():
    draws = np.random.default_rng(11)
    sizes = np.where(np.arange(3_000) % 10, 2, 20)
    rows = [set(draws.choice(60, size, replace=False).tolist()) for size in sizes]
    chance = mine(ScopeBaskets(matrix(rows, 60)), min_support=0.001).rules
    assert len(chance) > 2_000
    assert chance["lift"].median() == pytest.approx(chance["chance_lift"].median(), rel=0.05)
    assert chance["chance_lift"].min() > 2
    assert not chance["finding"].any()
    for row in range(0, 3_000, 25):
        rows[row] |= {0, 1}
    found = mine(ScopeBaskets(matrix(rows, 60)), min_support=0.001).rules
    named = {
        frozenset(one | other) for one, other in zip(found["antecedents"], found["consequents"], strict=True)
    }
    strong = found[found["finding"]]
    assert frozenset({0, 1}) in named
    assert all(
        {0, 1} <= one | other for one, other in zip(strong["antecedents"], strong["consequents"], strict=True)
    )
    assert len(strong) >= 2


def test_too_few_baskets_give_no_rules_and_say_so():
    found = mine(ScopeBaskets(matrix([{0, 1}] * 99)))
    assert len(found.rules) == len(found.itemsets) == 0
    assert found.note == "Too few baskets for rules: 99; at least 100 are needed."


def test_a_small_group_needs_a_count_of_ten():
    found = mine(ScopeBaskets(matrix([{0, 1}] * 9 + [{0}] * 50 + [{1}] * 61)))
    assert found.min_support == pytest.approx(10 / 120)
    assert not (found.itemsets["items"].map(len) > 1).any()
    assert found.note == "Only sets in at least 10 baskets are shown."


def test_too_many_pairs_raise_the_support_and_say_so():
    found = mine(ScopeBaskets(matrix([{0, 1, 2}] * 60 + [{0, 1}] * 30 + [{3}] * 60)), pair_budget=1)
    assert set(found.itemsets["items"]) == {frozenset({0}), frozenset({1}), frozenset({0, 1})}
    assert found.note == "Over 1 pairs are frequent; only those in 40.7\u00a0% of baskets or more are shown."


def test_too_many_sets_raise_the_support_too():
    found = mine(ScopeBaskets(matrix([{0, 1, 2, 3}] * 60 + [{0, 1}] * 30 + [{4}] * 60)), set_budget=5)
    assert frozenset({0, 1}) in set(found.itemsets["items"])
    assert found.itemsets["count"].tolist() == [90, 90, 90]
    assert found.note.startswith("Over 5 sets are frequent; only those in 40.7")


def test_nothing_bought_together_gives_empty_tables_of_the_right_kind():
    found = mine(ScopeBaskets(matrix([{row % 5} for row in range(120)])))
    assert found.rules.empty
    assert found.rules["redundant"].dtype == bool


def test_columns_are_sorted_by_scope_then_confidence_and_hold_product_numbers():
    rows = [{0, 1}] * 80 + [{0, 2}] * 20 + [{3}] * 40
    owners = np.array([f"a{row % 10}" for row in range(100)] + ["b"] * 40, dtype=object)
    baskets = Baskets(
        matrix(rows), ["A", "B", "C", "D", "E"], owners, np.arange(140).astype(str).astype(object)
    )
    scopes = [Scope("all", "All", None), Scope("cluster:c1", "First", np.unique(owners[:100]))]
    tables = mine_scopes(baskets, scopes, {"A": "Apple"})
    assert [item["description"] for item in tables.items] == ["Apple", "B", "C", "D"]
    assert tables.rules["scope"].tolist() == sorted(tables.rules["scope"].tolist())
    whole = tables.rules["scope"] == 0
    assert np.all(np.diff(tables.rules["confidence"][whole]) <= 0)
    assert tables.rules["antecedents"].shape[1] == 3
    assert tables.scopes[1] | {"note": ""} == {
        "id": "cluster:c1", "name": "First", "baskets": 100, "products": 3, "itemsets": 5, "rules": 4,
        "min_support": 0.1, "min_count": 10, "note": "", "group": "cluster:c1", "baskets_of": "invoices",
        "from": None, "to": None, "earlier_baskets": 0, "later_baskets": 0,
    }  # fmt: skip


def test_periods_are_the_last_months_and_the_coming_ones_a_year_ago():
    days = np.arange("2009-01-01", "2011-12-10", dtype="datetime64[D]").astype("datetime64[s]")
    found = {scope.id: scope.days for scope in periods(days)}
    assert {name: tuple(map(str, each)) for name, each in found.items()} == {
        "period:3-months": ("2011-09-10", "2011-12-09"),
        "period:12-months": ("2010-12-10", "2011-12-09"),
        "period:season": ("2010-12-10", "2011-03-09"),
    }
    # a year and nine days are barely more than the last 12 months
    assert [scope.id for scope in periods(days[-374:])] == ["period:3-months", "period:season"]
    assert periods(days[:0]) == []


def test_scopes_take_their_customers_days_and_what_one_basket_is_of():
    owners = np.array(["a", "b", "a", "a"], object)
    days = np.array(["2011-01-05", "2011-01-06", "2011-02-01", "2011-06-01"], "datetime64[s]")
    baskets = Baskets(matrix([{0}, {1}, {2}, {3}]), list("ABCDE"), owners, np.array(list("1234"), object))
    june = np.datetime64("2011-06-01")

    def items(scope):
        chosen = baskets_of(scope, baskets, days, june)
        return [
            [set(np.flatnonzero(row)) for row in part.toarray()]
            for part in (chosen.whole, chosen.before, chosen.after)
        ]

    of_a = np.array(["a"], object)
    january = (np.datetime64("2011-01-01"), np.datetime64("2011-01-31"))
    assert items(Scope("cluster:c1", "A", of_a)) == [[{0}, {2}, {3}], [{0}, {2}], [{3}]]
    assert items(Scope("cluster:c1@customers", "A", of_a)) == [[{0, 2, 3}], [{0, 2}], [{3}]]
    assert items(Scope("all@customers", "All")) == [[{0, 2, 3}, {1}], [{0, 2}, {1}], [{3}]]
    # a rule of January is tried out on what came after
    assert items(Scope("period:january", "January", days=january)) == [[{0}, {1}], [{0}, {1}], [{3}]]
