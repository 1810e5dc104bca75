"""Chances of customers of a release: from orders to columns, and the ledgers that have none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from services.core.churn.cuts import HORIZON, least_days
from services.core.churn.trying import Tried
from services.core.value.spans import order_days
from services.releases.columns import CUSTOMERS, matches
from services.releases.overview.churn import Churn
from services.releases.strictjson import to_json
from services.training.customers import churn
from services.training.customers.churn import find_churn
from services.training.lines.taken import TAKEN
from tests.core.value.bases import base

FIRST = pd.Timestamp("2023-01-01")
NOTHING = pd.DataFrame(columns=list(TAKEN)).astype({"returned_at": "datetime64[us]"})
DAY = pd.Timedelta(days=1)


def tables(known):
    """Customers and orders of a base of order days."""
    orders = pd.DataFrame(
        {
            "customer_id": pd.Series(known.customer).map("{:05}".format),
            "invoice": [str(place) for place in range(len(known.day))],
            "bought_at": FIRST + pd.to_timedelta(known.day, unit="D") + pd.Timedelta(hours=15),
            "lines": 1 + known.day % 4,
            "amount": 10.0 + known.day % 7 / 10,
        }
    )
    last = orders.groupby("customer_id", as_index=False)["bought_at"].max()
    return last.set_axis(["customer_id", "last_purchase"], axis=1), orders


def found_in(customers, orders, as_of=None):
    return find_churn(customers, orders, NOTHING, as_of or orders["bought_at"].max() + DAY, 0)


def of(summary):
    return Churn.model_validate_json(to_json(summary))


@pytest.fixture(scope="module")
def shop():
    """Customers who come over 550 days, order at rates of their own, and may stop after each order."""
    draw, who, day = np.random.default_rng(6), [], []
    for each in range(500):
        gap, at = np.exp(draw.uniform(2, 6)), draw.uniform(0, 500)
        while at < 550:
            who, day = [*who, each], [*day, int(at)]
            at += draw.exponential(gap) if draw.random() > 0.07 else 1_000
    customers, orders = tables(order_days(who, day))
    return customers, orders, found_in(customers, orders)


def test_every_customer_has_a_chance_within_its_interval_and_reasons(shop):
    customers, orders, found = shop
    told = of(found.summary)
    assert (told.missing, told.horizon, told.level, told.served in churn.CANDIDATES) == (None, 90, 80, True)
    assert told.seen == orders["bought_at"].max().date().isoformat()
    columns = found.columns
    assert all(matches(values, CUSTOMERS[name]) for name, values in columns.items())
    assert {len(values) for values in columns.values()} == {len(customers)}
    assert ((columns["churn_low"] <= columns["churn"]) & (columns["churn"] <= columns["churn_high"])).all()
    assert columns["churn_reason"].max() < len(told.reasons)
    silence = columns["churn_reason"] == [each.id for each in told.reasons].index("silence")
    # a day more than until the last day that is known whole: to the reference moment, as recency is counted
    row = int(np.argmax(silence.any(axis=1)))
    told_since = columns["churn_fact"][row][silence[row]][0]
    assert told_since == (orders["bought_at"].max() + DAY - customers["last_purchase"][row]).days


def test_cuts_bands_and_curves_count_the_same_customers(shop):
    told = of(shop[2].summary)
    last = told.cuts[-1]
    assert [each.day for each in told.cuts] == sorted(each.day for each in told.cuts)
    assert len(told.cuts) == 4
    assert sum(band.customers for band in told.bands) == sum(cut.customers for cut in told.cuts)
    assert sum(band.left for band in told.bands) == sum(cut.left for cut in told.cuts)
    ends = [model.curve[-1] for model in told.models] + [told.thresholds[0]]
    assert {(each.customers, each.left) for each in ends} == {(last.customers, last.left)}
    assert [score.model for score in last.scores] == [model.id for model in told.models]


def test_the_manifest_names_the_last_cut_and_all_of_them(shop):
    _, _, found = shop
    told, last = found.metrics, of(found.summary).cuts[-1]
    assert told["cuts"][-1].items() <= told.items()
    assert (told["observed"], told["mean_predicted"]) == (last.left / last.customers, last.predicted)
    assert set(told["baselines"]) == {"recency", "frequency", "rhythm"}


def test_the_order_of_the_rows_changes_nothing(shop):
    customers, orders, found = shop
    again = found_in(customers, orders.sample(frac=1, random_state=1))
    assert again.summary == found.summary
    assert all(np.array_equal(again.columns[name], found.columns[name]) for name in found.columns)


def test_outcomes_that_nothing_tells_are_refused_in_a_sentence(shop, monkeypatch):
    customers, orders, _ = shop
    honest, draw = churn.try_out, np.random.default_rng(3)

    def shuffled(days, cut, seed):
        tried: Tried = honest(days, cut, seed)
        blind = {name: draw.permutation(each) for name, each in tried.chances.items()}
        return Tried(tried.cut, tried.left, blind, tried.shifts, tried.scores)

    monkeypatch.setattr(churn, "try_out", shuffled)
    found = found_in(customers, orders)
    told = of(found.summary)
    assert told.missing.startswith("No chances are given: on earlier days ")
    assert (found.columns, told.served, told.bands, len(told.cuts)) == ({}, None, [], 4)
    assert found.metrics["served"] is None


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (base(300, 200), "The orders span fewer than 211 days"),
        (base(60, 400), "Fewer than 50 customers left or fewer than 50 came back"),
    ],
)
def test_a_ledger_that_says_too_little_is_refused_in_a_sentence(known, sentence):
    found = found_in(*tables(known))
    told = of(found.summary)
    assert told.missing.startswith(sentence)
    assert (found.columns, found.metrics, told.cuts, told.seen) == ({}, {}, [], None)


def test_the_refusals_name_the_days_and_customers_that_are_asked_for():
    assert str(churn.SHORT).count(str(HORIZON)) == 2
    assert f"fewer than {least_days() + 1} days" in str(churn.SHORT)
    assert str(churn.FEW).count(str(churn.ENOUGH)) == 2


def test_a_table_of_customers_has_no_orders_to_learn_from():
    customers, orders = tables(base(5, 100))
    assert "A table of customers" in found_in(customers, orders.iloc[:0], FIRST).summary["missing"]
