"""Somebody's basket on the tab Baskets: what goes into it, and the rules that follow it."""

from __future__ import annotations

import pytest
from dash import no_update

from callbacks.baskets import filters as baskets_filters
from callbacks.baskets.view import leads
from services.serving.rules.address import view_at
from services.serving.rules.find import RuleFilters, find
from tests.callbacks.baskets.shown import show
from tests.callbacks.baskets.test_baskets import text
from tests.serving.rules.rulebook import release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def test_the_rules_follow_the_basket_and_its_chip_empties_it(release):
    shown = show(release, "?basket=0&min_lift=1", None)
    rules = find(release, RuleFilters(basket=("0",), min_lift=1.0))
    assert text(shown["found"]).startswith(f"{len(rules)} rule")
    assert "Start from the basket" in text(shown["chips"])
    assert leads(view_at(release, "?basket=0&min_lift=1"))["basket"] == "?min_lift=1"
    full = show(release, "?" + "&".join(f"basket={place}" for place in range(5)), None)
    everything = len(find(release, RuleFilters()))
    assert f"Without “Start from the basket” there would be {everything}." in text(full["instead"])
    assert "Empty the basket" in text(full["instead"])
    other = show(release, "?min_lift=100000", None)
    assert "Remove this filter" in text(other["instead"])


def test_what_clears_all_filters_says_that_it_empties_the_basket(release):
    assert leads(view_at(release, "?basket=0&min_lift=1"))["all"] == ""
    assert "Clear all and empty the basket" in text(show(release, "?basket=0&min_lift=1", None)["chips"])
    without = text(show(release, "?min_confidence=0.1&min_lift=1", None)["chips"])
    assert "Clear all" in without
    assert "empty the basket" not in without


def test_part_of_a_name_or_code_that_one_product_alone_has_puts_it_into_the_basket(release):
    assert baskets_filters.put_in_basket(release, "", " Stand ")["address"] == "?basket=3"
    refused = baskets_filters.put_in_basket(release, "", "tea")
    assert "“tea” fits more than one product" in text(refused["product"]["error"])
    assert refused["address"] is no_update
