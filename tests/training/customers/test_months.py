"""How stable clusters are from month to month, on ledgers where the answer is known."""

import numpy as np
import pandas as pd

from services.core import presets
from services.core.clusters.evidence import gather
from services.core.features import fit_transform, parameters
from services.core.rfm.table import rfm_table
from services.training.customers.months import month_to_month
from services.training.customers.snapshots import seen_before

AS_OF = pd.Timestamp("2024-12-31")
STANDARD = presets.load("standard")


def orders(months, amount):
    """One row an order: 60 customers, the first half of whom spends a hundred times as much."""
    return pd.DataFrame(
        [
            {
                "customer": customer,
                "bought_at": AS_OF - pd.DateOffset(months=month, days=1 + customer % 7),
                "until": pd.NaT,
                "orders": 1,
                "lines": 1,
                "amount": amount(customer, month),
            }
            for customer in range(60)
            for month in months
        ]
    ).astype({"until": "datetime64[us]"})


def found(timed):
    raw = rfm_table(seen_before(timed, AS_OF), AS_OF, "orders").to_numpy(float)
    points = parameters(fit_transform(raw, list(STANDARD.clusters.features)))(raw)
    return month_to_month(timed, AS_OF, raw, gather(points, seed=1, resamples=1), STANDARD, 1)


def test_groups_that_are_always_the_same_are_stable():
    timed = orders(range(9), lambda customer, month: (1_000.0 if customer < 30 else 10.0) + customer % 5)
    assert found(timed)[2] == 1


def test_clusters_that_lie_elsewhere_a_month_later_are_less_so():
    drawn = np.random.default_rng(1)

    def amount(customer, month):
        return float(drawn.lognormal(3, 1)) * (1_000 if month == 0 else 1)

    shares = found(orders(range(9), amount))
    assert set(shares) == set(range(2, 5))
    assert all(0 < share < 0.9 for share in shares.values())


def test_without_a_past_nothing_is_known():
    assert found(orders([0], lambda customer, month: 10.0 + customer)) == {}
    empty = orders([0], lambda customer, month: 1.0).iloc[:0]
    assert month_to_month(empty, AS_OF, np.ones((3, 3)), [], STANDARD, 1) == {}
