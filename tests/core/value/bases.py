"""Bases of customers who order by a known law."""

from __future__ import annotations

import numpy as np

from services.core.value.spans import OrderDays, order_days


def base(customers: int = 1_500, days: int = 500, regular: float = 3.0, seed: int = 3) -> OrderDays:
    """Customers with gaps of a gamma law around a usual gap of their own, 20 to 120 days.

    They all begin within 120 days. The higher ``regular``, the more alike are a customer's gaps.
    """
    draw = np.random.default_rng(seed)
    usual = draw.uniform(20, 120, customers)
    gaps = draw.gamma(regular, usual[:, None] / regular, (customers, days // 5))
    when = np.floor(draw.uniform(0, 120, customers)[:, None] + np.cumsum(gaps, axis=1))
    who = np.broadcast_to(np.arange(customers)[:, None], when.shape)
    return order_days(who[when < days], when[when < days])
