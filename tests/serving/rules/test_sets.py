"""One row a set, one count of rules: against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from services.serving.rules.find import RuleFilters, as_contract, find, judged
from services.serving.rules.sets import best_of_sets, counted, counted_of, of_one_set
from tests.serving.rules.rulebook import release_of_baskets


@pytest.fixture
def release():
    return release_of_baskets()


def products(release, row):
    answer = as_contract(release, int(row))
    return frozenset(answer["antecedents"] + answer["consequents"])


def test_each_set_is_told_by_its_best_rule(release):
    release.rules["finding"] = np.zeros(len(release.rules["lift"]), bool)
    found = find(release, RuleFilters(unpruned=True))
    best = best_of_sets(release, found)
    by_set = {}
    for row in found:
        by_set.setdefault(products(release, row), []).append(row)
    assert sorted(map(str, map(set, by_set))) == sorted(str(set(products(release, row))) for row in best)
    for row in best:
        same = by_set[products(release, row)]
        lift, confidence = (release.rules[name] for name in ("lift", "confidence"))
        assert lift[row] == pytest.approx(max(lift[same]))
        as_strong = [other for other in same if lift[other] == pytest.approx(lift[row])]
        assert confidence[row] == max(confidence[as_strong])
    assert (np.diff(best) > 0).all()
    assert any(len(same) > 2 for same in by_set.values())


def test_a_finding_stands_for_its_set_before_a_higher_lift_that_is_none(release):
    found = find(release, RuleFilters(unpruned=True))
    best = best_of_sets(release, found)[0]
    others = [row for row in of_one_set(release, int(best)).tolist() if row != best]
    release.rules["finding"] = np.isin(np.arange(len(release.rules["lift"])), others[-1:])
    assert best_of_sets(release, found)[0] != best
    assert others[-1] in best_of_sets(release, found)


def test_rules_are_counted_once_and_in_one_way(release):
    found = find(release, RuleFilters())
    count = counted_of(release, RuleFilters())
    assert count == counted(release, found) == (len(found), len(best_of_sets(release, found)))
    release.overview = release.overview.model_copy(update={"baskets_missing": "The file has no products."})
    assert counted_of(release, RuleFilters()) == (0, 0)


def test_all_rules_of_a_set_are_of_its_products_and_its_scope(release):
    for row in find(release, RuleFilters("cluster:c1")).tolist():
        same = of_one_set(release, row)
        assert row in same
        assert {products(release, other) for other in same} == {products(release, row)}
        assert set(release.rules["scope"][same]) == {1}
    for row in (-1, 10**9):
        assert len(of_one_set(release, row)) == 0


def test_an_older_release_has_no_customers_no_chance_and_no_finding(release):
    assert judged(release)
    row = int(find(release, RuleFilters())[0])
    answer = as_contract(release, row)
    assert answer["customers"] in (24, 25)
    assert type(answer["finding"]) is bool
    assert answer["chance_lift"] > 0
    for name in ("customers", "largest_count", "chance_lift", "finding"):
        del release.rules[name]
    assert not judged(release)
    older = as_contract(release, row)
    assert [older[name] for name in ("customers", "chance_lift", "finding")] == [None] * 3
    assert len(best_of_sets(release, find(release, RuleFilters()))) > 1
