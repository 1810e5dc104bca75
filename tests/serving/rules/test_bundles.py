"""Bundles: what sells together, what it costs, and who buys it most; counted by hand."""

from __future__ import annotations

import pytest

from services.serving.rules.bundles import bundles
from services.serving.rules.find import RuleFilters, find
from tests.serving.rules.rulebook import BASKETS, OF_CLUSTER, PRICES, release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def of(release, filters=None, **more):
    filters = filters or RuleFilters()
    return bundles(release, find(release, filters), filters, **more)


def test_a_bundle_is_counted_priced_and_told_whose_it_is(release):
    first = of(release)[0]
    assert [name for _, name in first.products] == ["TEA CUP", "TEA PLATE"]
    assert first.count == sum({"TEA CUP", "TEA PLATE"} <= basket for basket in BASKETS) == 144
    assert (first.share, first.price) == (pytest.approx(144 / 240), pytest.approx(sum(PRICES[:2])))
    best = first.favourite
    held = sum({"TEA CUP", "TEA PLATE"} <= basket for basket in OF_CLUSTER)
    assert (best.cluster.letter, best.count, best.baskets) == ("A", held, len(OF_CLUSTER))
    assert best.everywhere == pytest.approx(144 / 240)


def test_a_product_stands_in_one_bundle_and_what_is_no_product_in_none(release):
    listed = [code for bundle in of(release, RuleFilters(unpruned=True)) for code, _ in bundle.products]
    assert listed
    assert len(set(listed)) == len(listed)
    assert "3" not in listed  # the stand


def test_a_product_that_is_asked_for_stands_in_each(release):
    found = of(release, RuleFilters(items=("TEA POT",), unpruned=True))
    assert len(found) > 1
    assert all("2" in dict(bundle.products) for bundle in found)
    assert of(release, RuleFilters(items=("TEA POT",), unpruned=True), limit=1) == found[:1]


def test_without_a_price_of_each_product_there_is_none_of_the_bundle(release):
    with_bunting = [each for each in of(release, RuleFilters(items=("BUNTING <b>",))) if each.price is None]
    assert with_bunting
    assert all("4" in dict(bundle.products) for bundle in with_bunting)


def test_no_cluster_is_named_where_another_that_was_not_counted_may_buy_it_more(release):
    scopes = release.overview.rule_scopes
    other = release_of_baskets()
    other.overview.rule_scopes.append(scopes[2].model_copy(update={"id": "cluster:c2", "itemsets": 0}))
    assert of(release)[0].favourite is not None
    assert of(other)[0].favourite is None


def test_no_rules_give_no_bundles(release):
    assert of(release, RuleFilters("segment:new")) == []
    assert of(release, RuleFilters(min_lift=99.0)) == []
