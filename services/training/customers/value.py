"""What each customer is expected to order and to spend, with what such expectations were worth earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from services.core.language.messages import later
from services.core.value.base import Base, base_at
from services.core.value.base import later as came_later
from services.core.value.counts import Law, counts
from services.core.value.fitting import Floats
from services.core.value.gamma_gamma import GammaGamma
from services.core.value.models import doubts, fit
from services.training.customers.bought import Bought, bought, fit_all
from services.training.customers.columns import Columns

#: Days ahead, by the end of the columns' names; the first is tried on earlier days.
HORIZONS = {"quarter": 90, "year": 365}
HORIZON = HORIZONS["quarter"]
#: Per cent of customers that an interval is to hold.
LEVEL = 80
TRIES, APART = 3, 30
#: Histories that are looked at together, so that a large base takes no more memory than a small one.
_PORTION = 20_000
_DAY = pd.Timedelta(days=1)
_EPOCH = date(1970, 1, 1).toordinal()
_DECIMALS = 4  # of sums: the order in which floats are summed is not seen
#: Stored in English, and said when shown.
_TABLE = later(
    "A table of customers has no individual orders, so nobody’s orders or spend can be expected."
).text


@dataclass(frozen=True)
class Values:
    """What all customers are expected to buy.

    Attributes
    ----------
    columns : dict of str to ndarray
        ``chance_of_order``, shape (n_customers,), within 90 days; ``expected_orders_quarter``,
        ``expected_spend_quarter`` and the same of a year, shape (n_customers, 3): expected, and between what
        it will lie with a chance of 80 %. None of the latter where value is missing.
    summary : dict
        The fields of ``services.releases.overview.value.Value``.
    """

    columns: Columns
    summary: dict[str, Any]


def find_value(
    customers: pd.DataFrame, orders: pd.DataFrame, taken: pd.DataFrame, as_of: pd.Timestamp
) -> Values:
    """Expect each customer's orders and spend as of the release, and try the same at earlier days.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    orders, taken : DataFrame
        As ``services.training.customers.snapshots.timed_orders`` takes them; none where the file is a table
        of customers.
    as_of : Timestamp
        The release's reference moment.
    """
    if orders.empty:
        return Values({}, _summary(_TABLE))
    # threads of linear algebra would only wait for each other: a model has four parameters at most
    with threadpool_limits(limits=1):
        return _values(bought(customers, orders, taken), as_of)


def _values(found: Bought, as_of: pd.Timestamp) -> Values:
    whole = (as_of - _DAY + pd.Timedelta(seconds=1)).date().toordinal() - _EPOCH
    seen = max(found.last, whole)
    base = base_at(found.at(seen), seen)
    fitted = fit_all(base)
    chosen = fitted.chosen
    if chosen.law is None or chosen.law_name is None:
        return Values({}, _summary(chosen.refused))
    columns: Columns = {"chance_of_order": _chance(chosen.law, base).astype(np.float32)}
    spend = fitted.fits["gamma_gamma"].model
    valued = chosen.name is not None and isinstance(spend, GammaGamma)
    if valued and isinstance(spend, GammaGamma):
        for name, days in HORIZONS.items():
            for what, stated in zip(("orders", "spend"), _ahead(chosen.law, spend, base, days), strict=True):
                columns[f"expected_{what}_{name}"] = stated.astype(np.float32)
    cuts = [seen - HORIZON - APART * place for place in range(TRIES)]
    tried = [_attempt(found, cut, chosen.law_name, valued) for cut in cuts if cut - found.first >= HORIZON]
    return Values(
        columns,
        _summary(
            chosen.refused,
            model=chosen.law_name,
            seen=_iso(seen),
            tried=[each for each in tried if each],
            warnings=doubts(base, fitted.fits) if valued else [],
        ),
    )


def _iso(day: int) -> str:
    return date.fromordinal(_EPOCH + day).isoformat()


def _chance(law: Law, base: Base) -> Floats:
    return law.at_least(1, base.x, base.t_x, base.age, HORIZON)


def _ahead(law: Law, spend: GammaGamma, base: Base, days: int) -> tuple[Floats, Floats]:
    """Return orders and spend within some days: each expected, low and high, shape (n, 3)."""
    rows = np.column_stack([base.x, base.t_x, base.age, base.spend])
    # who bought once on the same day is told apart by nothing
    distinct, place = np.unique(rows, axis=0, return_inverse=True)
    parts = [
        _of_histories(law, spend, distinct[start : start + _PORTION], days)
        for start in range(0, len(distinct), _PORTION)
    ]
    orders, money = (np.concatenate(each)[place.ravel()] for each in zip(*parts, strict=True))
    return orders, money


def _of_histories(law: Law, spend: GammaGamma, histories: Floats, days: int) -> tuple[Floats, Floats]:
    x, t_x, age, money = histories.T
    number = counts(law, x, t_x, age, days)
    ends = ((1 - LEVEL / 100) / 2, (1 + LEVEL / 100) / 2)
    orders = np.column_stack([number.expected, *(number.quantile(end) for end in ends)])
    spent = [number.expected * spend.mean(x, money), *(spend.quantile(end, number, x, money) for end in ends)]
    return orders.astype(np.float64), np.column_stack(spent)


def _attempt(found: Bought, cut: int, name: str, valued: bool) -> dict[str, Any] | None:
    """Expect at an earlier day by the same models, fitted to what was known then; None where they refuse."""
    base = base_at(found.at(cut), cut)
    law = fit(name, base).model
    if law is None or isinstance(law, GammaGamma):
        return None
    came = came_later(base, found.at(cut + HORIZON), cut, cut + HORIZON)
    told: dict[str, Any] = {
        "day": _iso(cut),
        "customers": len(base.customer),
        "buyers": _total(_chance(law, base), came.purchases > 0),
        "orders": None,
        "spend": None,
    }
    if not valued:
        return told
    spend = fit("gamma_gamma", base).model
    if not isinstance(spend, GammaGamma):
        return None
    happened = (came.purchases, came.spent)
    for what, stated, was in zip(
        ("orders", "spend"), _ahead(law, spend, base, HORIZON), happened, strict=True
    ):
        held = int(((stated[:, 1] <= was) & (was <= stated[:, 2])).sum())
        told[what] = _total(stated[:, 0], was) | {"held": held}
    return told


def _total(expected: Floats, happened: Any) -> dict[str, float]:
    return {
        "expected": round(float(expected.sum()), _DECIMALS),
        "happened": round(float(happened.sum()), _DECIMALS),
    }


def _summary(missing: str | None, **told: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"model": None, "seen": None, "tried": [], "warnings": []}
    return {"missing": missing, "horizon": HORIZON, "level": LEVEL, **nothing, **told}
