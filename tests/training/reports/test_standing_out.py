"""What stands out in groups: planted tastes are told, of random groups nothing, no season that is over."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from services.training.lines.baskets import Baskets
from services.training.reports.seasons import in_season
from services.training.reports.standing_out import standing_out, things_of
from tests.training.reports.baskets import SHOP, shop

NAMES = {"A": "Red Lantern", "B": "Tin Lantern", "C": "Lantern, large", "D": "Mug", "E": "Easter Egg"}


@pytest.fixture(scope="module")
def told():
    ledger, group = shop()
    return standing_out(things_of(ledger, NAMES), group, 2, NAMES)


def test_a_planted_taste_is_told_with_its_people_and_how_many_times_as_often(told):
    assert {each["product"] for each in told[0]["products"]} == {"A", "B", "C"}
    assert all(each["customers"] >= 30 and each["times"] > 1.2 for each in told[0]["products"])
    assert told[0]["products"][0]["description"] == "Red Lantern"
    assert [each["word"] for each in told[0]["words"]] == ["lantern"]
    assert told[1]["products"][0]["product"] == "D"


def test_the_times_and_prices_of_a_group_are_told_where_they_differ(told):
    assert (told[0]["weekday"]["place"], told[0]["hours"]["place"]) == (4, 18)
    assert told[0]["weekday"]["share"] > told[0]["weekday"]["rest"] + 0.05
    assert told[0]["price"]["place"] == 1


def test_a_random_group_of_the_same_customers_has_nothing_to_tell():
    ledger, group = shop()
    things, rng, said = things_of(ledger, NAMES), np.random.default_rng(5), 0
    for _draw in range(40):
        drawn = standing_out(things, rng.permutation(group), 2, NAMES)[0]
        said += any(drawn[name] for name in ("products", "words", "price", "hours", "weekday"))
    assert said <= 5  # 5 % of 40, and two standard errors


def test_the_order_of_the_customers_changes_nothing(told):
    ledger, group = shop()
    turned = SimpleNamespace(**vars(ledger) | {"customers": ledger.customers[::-1]})
    again = standing_out(things_of(turned, NAMES), group[::-1], 2, NAMES)
    assert [each["product"] for each in again[0]["products"]] == [
        each["product"] for each in told[0]["products"]
    ]
    assert again[0]["orders"] == told[0]["orders"]


@pytest.mark.parametrize(
    ("as_of", "sold"),
    [
        ("2012-03-10", {"A": True, "D": True, "E": True}),  # Easter goods sold in the weeks after, a year ago
        ("2011-12-10", {"A": True, "D": True, "E": False}),
    ],
)
def test_products_are_in_season_by_the_coming_weeks_of_a_year_ago(as_of, sold):
    ledger, _group = shop()
    baskets: Baskets = ledger.baskets
    bought = ledger.orders["bought_at"].to_numpy()
    found = dict(
        zip(baskets.items, in_season(baskets.matrix.astype(float), bought, pd.Timestamp(as_of)), strict=True)
    )
    assert {name: bool(found[name]) for name in sold} == sold


def test_without_a_year_the_last_weeks_are_asked():
    bought = pd.date_range("2011-06-01", periods=90).to_numpy()
    held = np.zeros((90, 2))
    held[:30, 0] = held[60:, 1] = 1
    from scipy import sparse

    assert in_season(sparse.csr_array(held), bought, pd.Timestamp("2011-08-30")).tolist() == [False, True]


def test_a_shop_without_anything_has_nothing_to_tell():
    assert SHOP["customers"] == 400
    ledger, group = shop()
    empty = Baskets(
        ledger.baskets.matrix[:0, :0], [], ledger.baskets.customers[:0], ledger.baskets.invoices[:0]
    )
    bare = SimpleNamespace(**vars(ledger) | {"baskets": empty, "orders": ledger.orders[:0]})
    told = standing_out(things_of(bare, NAMES), group, 2, NAMES)
    assert (
        told
        == [{"products": [], "words": [], "orders": 0, "price": None, "hours": None, "weekday": None}] * 2
    )
