"""What is said of the next cluster and of outliers: a sentence for each case."""

from __future__ import annotations

import pytest

from layouts import words
from layouts.parts import borders
from services.core.clusters.crossing import Crossing


def leading(axis, units, value, *, better):
    return Crossing(axis, units, value, 1, 0.5, better)


@pytest.mark.parametrize(
    ("found", "unit", "said"),
    [
        (leading("frequency", 2, 6.0, better=True), "orders", "2 more orders"),
        (leading("frequency", 1, 5.0, better=True), "orders", "1 more order"),
        (leading("frequency", 1_200, 1_300.0, better=True), "lines", "1,200 more lines"),
        (leading("frequency", -1, 3.0, better=False), "lines", "1 fewer line"),
        (leading("monetary", 14_000, 1_937.24, better=True), "orders", "£140.00 more"),
        (leading("monetary", -154_350, 2_766.5, better=False), "orders", "£1,543.50 less"),
        (leading("recency", -35, 40.0, better=True), "orders", "An order within the last 40 days"),
        (leading("recency", -35, 1.0, better=True), "orders", "An order within the last day"),
        (leading("recency", -35, 0.0, better=True), "orders", "An order today"),
        (leading("recency", 35, 75.0, better=False), "orders", "35 more days without an order"),
        (leading("recency", 1, 76.0, better=False), "orders", "1 more day without an order"),
    ],
)
def test_a_change_is_said_in_its_own_units(found, unit, said):
    assert borders.change(found, unit) == said


def test_a_change_is_in_the_currency_of_the_site():
    before = words.manner()
    try:
        words.use(words.Manner("en_GB", "EUR", "Europe/London"))
        assert borders.change(leading("monetary", 14_000, 1.0, better=True), "orders") == "€140.00 more"
    finally:
        words.use(before)


def test_what_a_shop_can_cause_comes_before_what_it_would_not_want():
    better = leading("frequency", 2, 6.0, better=True)
    worse = leading("recency", 12, 52.0, better=False)
    said = borders.crossings([better, worse], 4, "orders")
    assert said["lead"] == (
        "The smallest changes, one better and one worse, that would move this customer to another cluster:"
    )
    assert said["changes"] == [
        {"said": "2 more orders", "cluster": 1},
        {"said": "12 more days without an order", "cluster": 1},
    ]
    assert "not the effect of an offer" in said["note"]
    assert borders.crossings([better], 4, "orders")["lead"].endswith("to another cluster:")


@pytest.mark.parametrize(
    ("worse", "lead"),
    [
        (leading("monetary", -154_350, 2_766.5, better=False), "spend fell by £1,543.50"),
        (leading("recency", 12, 52.0, better=False), "another 12 days passed without an order"),
        (leading("frequency", -1, 3.0, better=False), "1 order fewer was counted"),
    ],
)
def test_where_nothing_better_leads_elsewhere_the_closest_cluster_is_named_as_such(worse, lead):
    assert borders.crossings([worse], 4, "orders")["lead"] == f"Closest other cluster, if {lead}:"


def test_where_there_is_nothing_to_cross_the_screen_says_so():
    nothing = borders.crossings([], 4, "orders")
    assert nothing["lead"].startswith("No change to a single value")
    assert (nothing["changes"], nothing["note"]) == ([], "")
    assert "only one cluster" in borders.crossings([], 1, "orders")["lead"]


def test_the_badges_say_what_they_mean():
    assert borders.notes(0.1, "B", [], "orders") == []
    assert borders.notes(0.0, None, [], "orders") == []
    (note,) = borders.notes(0.0999, "Steady regulars", [], "orders")
    assert note["sign"] == "Borderline"
    assert "Almost as near to Steady regulars as to the customer’s own cluster" in note["meaning"]
    (note,) = borders.notes(0.5, "B", ["monetary"], "orders")
    assert note["sign"] == "Outlier"
    assert note["meaning"].startswith("The spend is far from usual")
    _borderline, outlier = borders.notes(0.05, "B", ["frequency", "monetary"], "lines")
    assert outlier["meaning"].startswith("The number of lines and the spend are far")
