"""What customers of a release are expected to buy: from orders to columns, and where nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from services.core.value.bgnbd import UNIDENTIFIED
from services.core.value.models import DROPPING_OUT, FEW
from services.releases.columns import EXPECTED
from services.releases.overview.value import Value
from services.training.customers import value
from services.training.customers.value import find_value
from services.training.lines.taken import TAKEN
from tests.core.value.bases import base

FIRST = pd.Timestamp("2023-01-01")
NOTHING = pd.DataFrame(columns=list(TAKEN)).astype({"returned_at": "datetime64[us]"})


def tables(who, day, amount):
    """Customers, by id, and their orders."""
    orders = pd.DataFrame(
        {
            "customer_id": [f"{each:05}" for each in who],
            "invoice": [str(place) for place in range(len(who))],
            "bought_at": FIRST + pd.to_timedelta(day, unit="D") + pd.Timedelta(hours=15),
            "lines": 1,
            "amount": amount,
        }
    ).sort_values(["customer_id", "bought_at", "invoice"])
    return pd.DataFrame({"customer_id": sorted(orders["customer_id"].unique())}), orders


def shop(customers=800, days=400, seed=3):
    """A shop that keeps to BG/NBD and Gamma–Gamma: half of its customers drop out soon."""
    draw = np.random.default_rng(seed)
    who, day, amount = [], [], []
    for each in range(customers):
        rate, drop, spend = draw.gamma(1.0, 1 / 20), draw.beta(0.8, 2.5), 10 / draw.gamma(4.0, 1 / 4)
        at = draw.uniform(0, days / 2)
        while at < days:
            who, day, amount = [*who, each], [*day, int(at)], [*amount, round(draw.gamma(5, spend / 5), 2)]
            at = at + draw.exponential(1 / rate) if draw.random() > drop else days
    return tables(who, day, amount)


@pytest.fixture(scope="module")
def found():
    customers, orders = shop()
    return customers, find_value(customers, orders, NOTHING, FIRST + pd.Timedelta(days=400))


def test_every_customer_has_what_is_expected_between_two_bounds(found):
    customers, values = found
    told = Value.model_validate(values.summary)
    assert (told.missing, told.level) == (None, 80)
    assert told.model in DROPPING_OUT
    assert told.seen == "2024-02-04"
    assert set(values.columns) == {"chance_of_order", *EXPECTED}
    for name, column in values.columns.items():
        assert column.shape == ((len(customers),) if name == "chance_of_order" else (len(customers), 3))
        assert column.dtype == np.float32
        assert np.isfinite(column).all()
    for what in ("orders", "spend"):
        short, long = (values.columns[f"expected_{what}_{horizon}"] for horizon in ("quarter", "year"))
        assert (short[:, 1] <= short[:, 2]).all()
        assert (short <= long + 1e-3).all()


def test_where_the_models_are_true_what_was_expected_at_earlier_days_happened(found):
    tried = Value.model_validate(found[1].summary).tried
    assert [each.day for each in tried] == ["2023-11-06", "2023-10-07", "2023-09-07"]
    for each in tried:
        assert each.buyers.expected == pytest.approx(each.buyers.happened, rel=0.15)
        assert each.orders.expected == pytest.approx(each.orders.happened, rel=0.15)
        assert each.spend.expected == pytest.approx(each.spend.happened, rel=0.2)
        # most who order nothing lie at the lower bound, so more than four in five are held
        assert each.orders.held / each.customers > 0.8
        assert each.spend.held / each.customers > 0.8


def test_the_order_of_the_rows_changes_nothing(found):
    customers, orders = shop()
    as_of = FIRST + pd.Timedelta(days=400)
    again = find_value(customers, orders.sample(frac=1, random_state=1), NOTHING, as_of)
    assert again.summary == found[1].summary
    assert all(np.array_equal(again.columns[name], column) for name, column in found[1].columns.items())


def test_a_portion_at_a_time_gives_the_same(found, monkeypatch):
    monkeypatch.setattr(value, "_PORTION", 300)
    monkeypatch.setattr(value, "TRIES", 0)
    again = find_value(*shop(), NOTHING, FIRST + pd.Timedelta(days=400))
    assert all(np.array_equal(again.columns[name], column) for name, column in found[1].columns.items())


def test_where_nobody_is_seen_to_stop_there_is_a_chance_of_an_order_and_no_value():
    known = base(600)
    customers, orders = tables(known.customer, known.day, np.full(len(known.day), 20.0))
    values = find_value(customers, orders, NOTHING, FIRST + pd.Timedelta(days=500))
    assert set(values.columns) == {"chance_of_order"}
    told = Value.model_validate(values.summary)
    assert (told.missing, told.model) == (UNIDENTIFIED, "nbd")
    for each in told.tried:
        assert (each.orders, each.spend) == (None, None)
        assert 0 < each.buyers.happened <= each.customers
    assert len(told.tried) == 3


def test_tables_and_few_repeats_have_neither_and_say_so():
    customers, orders = tables(range(100), np.arange(100), np.full(100, 9.0))
    once = find_value(customers, orders, NOTHING, FIRST + pd.Timedelta(days=120))
    assert (once.columns, once.summary["missing"]) == ({}, FEW)
    none = find_value(customers, orders.iloc[:0], NOTHING, FIRST)
    assert none.columns == {}
    assert Value.model_validate(none.summary).missing.startswith("A table of customers")
