"""What to offer with a basket, what goes together: against counts by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.serving.rules.best import frequent_sets, top_of_clusters
from services.serving.rules.find import RuleFilters, as_contract, find
from services.serving.rules.groups import LARGEST, product_groups, shared_words
from services.serving.rules.next_items import next_items
from services.serving.rules.scatter import LIFT_CLASSES, lift_classes, notable, points, pressed
from services.serving.rules.table import ordered, page, read_sort, sort_text
from tests.serving.rules.rulebook import BASKETS, ITEMS, OF_CLUSTER, release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def confidences(basket: set[str], baskets: list[set[str]]) -> dict[str, float]:
    """The best share of each other product over all parts of the basket; only where it is above chance."""
    best: dict[str, float] = {}
    parts = [set(part) for size in (1, 2, 3) for part in combinations(sorted(basket), size)]
    for part in parts:
        given = [each for each in baskets if part <= each]
        for item in set(ITEMS) - basket:
            both = sum(item in each for each in given)
            usual = sum(item in each for each in baskets) / len(baskets)
            if both >= 10 and both / len(given) >= usual:
                best[item] = max(best.get(item, 0.0), both / len(given))
    return best


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize(("scope", "baskets"), [("all", BASKETS), ("cluster:c1", OF_CLUSTER)])
def test_offers_are_the_best_share_over_all_parts_of_any_basket(release, size, scope, baskets):
    for held in combinations(range(len(ITEMS)), size):
        offers = next_items(release, [str(place) for place in held], scope)
        hand = confidences({ITEMS[place] for place in held}, baskets)
        assert {offer.description: offer.confidence for offer in offers} == pytest.approx(hand)
        shares = [offer.confidence for offer in offers]
        assert shares == sorted(shares, reverse=True)


def test_an_offer_carries_the_counts_it_rests_on(release):
    offer = next(each for each in next_items(release, ["0"]) if each.description == "TEA PLATE")
    assert (offer.count, offer.antecedent_count, offer.whole) == (144, 144, True)
    assert offer.share == pytest.approx(144 / 240)
    assert offer.lift == pytest.approx(240 / 144)


def test_nothing_is_offered_for_an_empty_basket_an_unknown_product_or_a_group_without_rules(release):
    assert next_items(release, []) == []
    assert next_items(release, ["no such code"]) == []
    assert next_items(release, ["0"], "segment:new") == []
    assert next_items(release, ["0"], "segment:never-heard-of") == []


def test_groups_are_the_connected_products_of_the_strongest_pairs(release):
    found = product_groups(release, find(release, RuleFilters()))
    assert found.least_lift == 1
    (group,) = found.groups
    # cups and plates go with one another alone: a pair is no group
    assert {name for _, name, _ in group.products} == {"TEA POT", "CAKE STAND", "BUNTING <b>"}
    assert len(group.products) <= LARGEST
    assert all(lift >= found.least_lift for *_, lift in group.pairs)
    counts = Counter(item for basket in BASKETS for item in basket)
    assert [(ITEMS[int(code)], counts[name]) for code, name, _ in group.products] == [
        (name, held) for _, name, held in group.products
    ]
    assert product_groups(release, find(release, RuleFilters("segment:new"))).groups == ()


def test_groups_follow_the_rules_that_fit(release):
    strong = find(release, RuleFilters(min_lift=1.6))
    pairs = {frozenset(as_contract(release, row)["antecedent_names"]) for row in strong}
    assert frozenset({"TEA POT"}) not in pairs
    assert product_groups(release, strong).groups == ()


def test_more_products_around_one_than_a_group_may_have_are_crowded_and_no_group():
    around = np.arange(1, 12)
    none = np.full(len(around), -1)
    rules = {
        "antecedents": np.stack([np.zeros_like(around), none, none], axis=1),
        "consequents": np.stack([around, none, none], axis=1),
        "antecedent_count": np.full(len(around), 20),
        "consequent_count": np.full(len(around), 20),
        "lift": np.full(len(around), 2.5),
    }
    found = product_groups(SimpleNamespace(rules=rules), np.arange(len(around)))
    assert (found.groups, found.crowded) == ((), True)
    assert not product_groups(SimpleNamespace(rules=rules), np.arange(1)).crowded


def test_a_group_is_named_by_the_words_most_of_its_products_share():
    assert shared_words(["SET OF TEA PLATES", "TEA CUP", "TEA POT"]) == "TEA"
    assert shared_words(["CAKE STAND", "BUNTING"]) == "CAKE STAND"
    assert shared_words(["BOX AND LID", "JAR AND LID"]) == "LID"


def test_the_most_frequent_sets_are_counted_over_the_baskets(release):
    first = frequent_sets(release, find(release, RuleFilters()))[0]
    assert ({name for _, name in first.products}, first.count) == ({"TEA CUP", "TEA PLATE"}, 144)
    assert first.support == pytest.approx(144 / 240)
    of_pots = frequent_sets(release, find(release, RuleFilters(items=("pot",))))
    assert of_pots
    assert all("TEA POT" in dict(each.products).values() for each in of_pots)
    assert frequent_sets(release, find(release, RuleFilters("segment:new"))) == []


def test_each_cluster_shows_its_strongest_rules_one_for_each_set(release):
    (top,) = top_of_clusters(release)  # c2 was not mined
    rules = [as_contract(release, row) for row in top.rows]
    sets = [frozenset(rule["antecedents"] + rule["consequents"]) for rule in rules]
    assert len(set(sets)) == len(sets)
    lifts = [rule["lift"] for rule in rules]
    assert lifts == sorted(lifts, reverse=True)
    own = find(release, RuleFilters("cluster:c1"))
    assert lifts[0] == max(release.rules["lift"][own])
    assert top.rules == len(own)


def test_pages_follow_the_order_asked_for_and_cover_every_rule_once(release):
    found = find(release, RuleFilters(unpruned=True))
    rows = ordered(release, found, (("support", True), ("lift", False)))
    shown = [*page(release, rows[:5]), *page(release, rows[5:])]
    assert sorted(int(row["id"]) for row in shown) == found.tolist()
    keys = [(-row["support"], row["lift"]) for row in shown]
    assert keys == sorted(keys)
    assert {row["conviction"] for row in shown if row["confidence"] == 1} == {None}
    assert ordered(release, found, ()).tolist() == found.tolist()


def test_an_order_survives_the_address_and_unknown_names_are_refused():
    sort = (("lift", True), ("count", False))
    assert read_sort(sort_text(sort)) == sort
    assert read_sort("none") == read_sort("") == ()
    with pytest.raises(Refusal, match="cannot be sorted by “drop table”"):
        read_sort("-lift,drop table")


def test_points_carry_every_rule_and_an_event_of_another_picture_names_none(release):
    found = find(release, RuleFilters(unpruned=True))
    drawn = points(release, found, "all")
    assert (sorted(drawn.rows.tolist()), drawn.left_out, drawn.baskets) == (found.tolist(), 0, 240)
    assert sum(each.rules for each in lift_classes(drawn)) == len(found)
    assert notable(release, drawn)[0][0] == len(found) - 1
    for place, row in enumerate(drawn.rows.tolist()):
        rule = as_contract(release, row)
        assert LIFT_CLASSES[drawn.classes[place]] <= max(rule["lift"], 1)
        count = rule["count"]
        assert pressed(drawn, {"points": [{"pointNumber": place, "x": count}]}) == row
        assert pressed(drawn, {"points": [{"pointNumber": place, "x": count + 1}]}) is None


def test_too_many_points_leave_out_the_weakest(release, monkeypatch):
    monkeypatch.setattr("services.serving.rules.scatter.MOST_POINTS", 3)
    found = find(release, RuleFilters(unpruned=True))
    drawn = points(release, found, "all")
    lifts = sorted(release.rules["lift"][found])
    assert (release.rules["lift"][drawn.rows].tolist(), drawn.left_out) == (lifts[-3:], len(found) - 3)
