"""A step on the tab Baskets: one answer for whatever is pressed, and nothing sent that is there already."""

from __future__ import annotations

import pytest
from dash import no_update

from callbacks.baskets.outputs import OUTPUTS
from callbacks.baskets.steps import rows
from layouts.ids import Baskets
from layouts.plain import plain
from services.serving.rules.find import RuleFilters, find
from tests.callbacks.baskets.shown import answered, show_following
from tests.callbacks.baskets.test_baskets import text
from tests.serving.rules.rulebook import release_of_baskets

LIFT = [{"colId": "lift", "sort": "desc"}]


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def test_a_value_that_is_in_the_address_already_brings_the_rules_back(release):
    answer = answered(release, "?min_lift=1.2", Baskets.apply("min_lift"), min_lift="1.2")
    shown = answer["shown"]
    assert (shown["scatter_hidden"], shown["rules_hidden"], shown["instead_hidden"]) == (False, False, True)
    assert shown["back_hidden"]
    assert text(shown["found"]).startswith(f"{len(find(release, RuleFilters(min_lift=1.2)))} rules")
    assert answer["address"] is no_update


def test_a_filter_brings_its_view_its_cards_its_first_rows_and_its_address_at_once(release):
    answer = answered(release, "?unpruned=1", Baskets.field("min_lift"), min_lift="1.2")
    asked = RuleFilters(min_lift=1.2, unpruned=True)
    assert answer["address"] == "?min_lift=1.2&unpruned=1"
    assert set(answer) == set(OUTPUTS)
    assert answer["cards"] == plain(show_following(release, asked))
    portion = answer["list"]["portion"]
    assert (portion["search"], portion["order"]) == (answer["address"], "lift:desc")
    listed = rows(release, {"startRow": 0, "endRow": 25, "sortModel": LIFT}, answer["address"])
    assert portion["rows"] == listed["rows"]
    assert answer["group"]["options"] is not no_update


def test_the_lists_of_a_group_are_sent_once_and_its_cards_with_another_group(release):
    there = {"scope": "all", "tests": answered(release, "")["group"]["tests"], "asked": {"sortModel": []}}
    answer = answered(release, "", Baskets.apply("min_lift"), there, min_lift="1.2")
    assert set(answer["group"].values()) == {no_update}
    assert answer["list"]["portion"]["order"] == ""
    other = answered(release, "", Baskets.GROUP, there, group="cluster:c1")
    assert (other["address"], other["group"]["group"]) == ("?cluster=c1", "cluster:c1")
    assert (other["group"]["options"], other["shown"]["scope"]) == (no_update, "cluster:c1")


def test_a_refused_filter_and_a_list_that_says_nothing_new_leave_the_rest_as_it_is(release):
    refused = answered(release, "", Baskets.apply("min_lift"), min_lift="many")
    assert refused["shown"]["rules_hidden"] is True
    assert refused["shown"]["figure"] is refused["address"] is no_update
    assert set(refused["list"].values()) == {no_update}
    same = answered(release, "?cluster=c1", Baskets.GROUP, group="cluster:c1")
    assert set(same["shown"]["errors"].values()) == {no_update}
    basket = answered(release, "", Baskets.BASKET_ADD, product="coffee")
    assert "No rule contains a product" in text(basket["product"]["error"])
    assert basket["product"]["value"] is no_update
    assert basket["shown"]["basket"] is no_update
