"""Windows of equal length: counted by hand, and left out where the ledger is too short for one."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from layouts.plain import plain
from layouts.segments.kpis import figures
from services.core.presets import load
from services.core.rfm.windows import end_of
from services.serving.lists.filters import Filters
from services.serving.segments.windows import windows_of
from services.training.customers.windows import windows
from tests.callbacks.segments.test_segments import text_of
from tests.overviews import overview, snapshot

LAST = datetime(2011, 12, 9, 12)
AS_OF = LAST + timedelta(days=1)
# days before the last purchase, customer and money
BOUGHT = [(0, "a", 10.0), (29, "a", 5.0), (30, "b", 7.0), (59, "b", 2.0), (100, "a", 1.0), (140, "c", 9.0),
          (370, "a", 50.0), (400, "c", 3.0)]  # fmt: skip


def ledger(bought=BOUGHT):
    orders = pd.DataFrame(
        [(who, LAST - timedelta(days=ago), money) for ago, who, money in bought],
        columns=["customer_id", "bought_at", "amount"],
    )
    customers = orders.groupby("customer_id").agg(
        first_purchase=("bought_at", "min"), last_purchase=("bought_at", "max")
    )
    return customers.reset_index(), orders


def release(bought=BOUGHT, *, table=False):
    customers, orders = ledger(bought)
    preset = load("standard")
    columns = {
        name: customers[name].to_numpy("datetime64[s]") for name in ("first_purchase", "last_purchase")
    }
    rfm = preset.rfm.model_copy(update={"table": table})
    return SimpleNamespace(
        preset=preset.model_copy(update={"rfm": rfm}),
        manifest=SimpleNamespace(as_of=AS_OF, data_from=orders["bought_at"].min(), data_to=LAST),
        customers=columns | windows(customers, orders, pd.Timestamp(AS_OF)),
        count=len(customers),
    )


def test_a_window_ends_with_the_last_purchase_unless_somebody_chose_the_moment():
    assert end_of(AS_OF, LAST) == LAST + timedelta(seconds=1)
    assert end_of(datetime(2012, 1, 1), LAST) == datetime(2012, 1, 1)


def test_both_windows_have_thirty_days_and_an_order_on_their_border_is_in_one():
    found = windows_of(release(), np.arange(3))
    assert (found.revenue, found.revenue_before, found.revenue_year_ago) == (15.0, 9.0, 50.0)
    assert (found.active, found.active_before) == (2, 2)  # a, b; and 30 days earlier b and, by day 100, a
    assert (found.new, found.new_before) == (0, 1)
    assert windows_of(release(), np.array([0])).revenue == 15.0


def test_a_window_that_the_ledger_does_not_reach_is_not_told():
    found = windows_of(release(BOUGHT[:5]), np.arange(2))
    assert (found.revenue_before, found.revenue_year_ago, found.active_before) == (9.0, None, None)
    assert (found.active, found.new, found.new_before) == (2, 0, 1)
    week = windows_of(release(BOUGHT[:1]), np.arange(1))
    assert set(vars(week).values()) == {None}


def test_a_table_of_customers_has_no_windows_of_orders():
    assert windows_of(release(table=True), np.arange(3)).new is None


@pytest.mark.parametrize(
    ("bought", "said"),
    [
        (BOUGHT, ["Active in the last 90 days2 of 3", "0 on 2, 30 days earlier",
                  "Revenue, last 30 days£15+67\u00a0% on the 30 days before, −70\u00a0% on a year ago",
                  "New in the last 30 days0−1 on 1, the 30 days before"]),
        (BOUGHT[:1], ["Customers3", "Revenue, purchases only£90"]),
    ],
)  # fmt: skip
def test_key_figures_can_fall(bought, said):
    view = SimpleNamespace(
        windows=windows_of(release(bought), np.arange(1 if len(bought) == 1 else 3)),
        customers=3, everybody=3, revenue=90.0, at_risk_revenue=0.0, recent=1, moved=None, rhythms=None,
        expected=None,
        filters=Filters(),
    )  # fmt: skip
    told = text_of(plain(figures(view, overview(snapshots=[snapshot("2011-12-10")]))))
    assert [each for each in said if each not in told] == []
