"""Rhythms of a release: from orders to columns, and the bases that have none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from services.releases.overview.rhythm import Rhythm
from services.training.customers.rhythm import find_rhythms
from tests.core.value.bases import base

FIRST = pd.Timestamp("2023-01-01")


def tables(known):
    """Customers and orders of a base of order days."""
    ids = [f"{number:05}" for number in np.unique(known.customer)]
    names = pd.Series(known.customer).map("{:05}".format)
    moments = FIRST + pd.to_timedelta(known.day, unit="D") + pd.Timedelta(hours=15)
    return pd.DataFrame({"customer_id": ids}), pd.DataFrame({"customer_id": names, "bought_at": moments})


def test_every_customer_has_a_state_and_an_interval_after_the_last_day_or_none():
    customers, orders = tables(base(600))
    as_of = orders["bought_at"].max() + pd.Timedelta(days=1)
    found = find_rhythms(customers, orders, as_of)
    judged = Rhythm.model_validate(found.summary)
    assert judged.seen == orders["bought_at"].max().date().isoformat()
    assert (judged.horizon, len(judged.tried)) == (90, 3)
    assert [each.level for each in judged.records] == [80, 50]
    columns = found.columns
    assert {len(values) for values in columns.values()} == {len(customers)}
    stated = columns["next_record"] >= 0
    assert stated.any()
    assert (columns["next_low"][stated] >= 1).all()
    assert (columns["next_low"] <= columns["next_high"]).all()
    assert (columns["next_high"][~stated] == 0).all()
    assert ((columns["overdue_days"] > 0) == (columns["rhythm"] >= 2)).all()
    assert not (columns["overdue_left"] * columns["overdue_days"]).any()


def test_the_records_are_what_such_intervals_came_to():
    customers, orders = tables(base(1_000))
    found = find_rhythms(customers, orders, orders["bought_at"].max() + pd.Timedelta(days=1))
    for record in Rhythm.model_validate(found.summary).records:
        assert abs(100 * record.held / record.intervals - record.level) < 5


def test_the_order_of_the_rows_changes_nothing():
    customers, orders = tables(base(200))
    as_of = orders["bought_at"].max() + pd.Timedelta(days=1)
    one, other = (
        find_rhythms(customers, rows, as_of) for rows in (orders, orders.sample(frac=1, random_state=1))
    )
    assert one.summary == other.summary
    assert all(np.array_equal(one.columns[name], other.columns[name]) for name in one.columns)


def test_a_later_reference_moment_counts_as_silence():
    customers, orders = tables(base(200))
    last = orders["bought_at"].max()
    found = find_rhythms(customers, orders, last.normalize() + pd.Timedelta("30D23:59:59"))
    assert found.summary["seen"] == (last + pd.Timedelta(days=30)).date().isoformat()
    soon = find_rhythms(customers, orders, last + pd.Timedelta(days=1))
    late = soon.columns["rhythm"] >= 2
    assert (found.columns["overdue_days"] > soon.columns["overdue_days"])[late].all()


def test_tables_short_files_and_few_orders_have_none_and_say_so():
    customers, orders = tables(base(100))
    as_of = orders["bought_at"].max() + pd.Timedelta(days=1)
    cases = {
        "table of customers": orders.iloc[:0],
        "42 days": orders[orders["bought_at"] < FIRST + pd.Timedelta(days=30)],
        "30 gaps": orders.drop_duplicates("customer_id"),
    }
    for words, rows in cases.items():
        end = rows["bought_at"].max() + pd.Timedelta(days=1) if len(rows) else as_of
        found = find_rhythms(customers, rows, end)
        assert found.columns == {}
        assert words in Rhythm.model_validate(found.summary).missing


def test_intervals_that_were_hardly_tried_are_not_stated():
    customers, orders = tables(base(8))
    found = find_rhythms(customers, orders, orders["bought_at"].max() + pd.Timedelta(days=1))
    assert found.summary["missing"] is None
    assert found.summary["records"] == []
    assert (found.columns["next_record"] == -1).all()
    assert (found.columns["next_high"] == 0).all()
