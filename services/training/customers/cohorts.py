"""What the tab Cohorts is counted from: every order, what the first ones were like, who came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.cohorts.matrix import Orders
from services.core.cohorts.newcomers import LEAST, WITHIN
from services.core.cohorts.periods import Whole, first_day, periods
from services.releases.orders import ORDERS
from services.training.customers.columns import Columns
from services.training.ledger.transactions import Ledger

_BANDS = 5
_DIGITS = 2  # of the ends of bands that people read


@dataclass(frozen=True)
class Cohorts:
    """What a training knows of orders.

    Attributes
    ----------
    orders : structured ndarray, shape (n_orders,)
        ``orders.npy``; empty where the ledger has no orders.
    columns : dict of str to ndarray, shape (n_customers,)
        ``first_items``.
    first_bought : DataFrame
        ``product``, ``customer``: what first orders held, of products that ``newcomers`` names.
    newcomers : dict or None
        As ``services.releases.overview.newcomers`` has it.
    """

    orders: npt.NDArray[Any]
    columns: Columns
    first_bought: pd.DataFrame
    newcomers: dict[str, Any] | None


def find_cohorts(ledger: Ledger, countries: Sequence[str]) -> Cohorts:
    """Lay out the orders by customer and time, and hold newcomers of each kind against all.

    Parameters
    ----------
    ledger : Ledger
    countries : sequence of str
        In the order of ``overview.countries``.

    Notes
    -----
    Newcomers are customers whose first order is not in the ledger's first calendar month, which holds old
    customers, too, and who have since had ``WITHIN`` days to come back: on a later day.
    """
    ids = pd.Index(ledger.customers["customer_id"])
    listed = ledger.orders.assign(row=ids.get_indexer(pd.Index(ledger.orders["customer_id"])))
    listed = listed.sort_values(["row", "bought_at", "invoice"], kind="stable", ignore_index=True)
    table = np.empty(len(listed), dtype=ORDERS)
    if listed.empty:
        return Cohorts(table, {}, pd.DataFrame({"product": [], "customer": []}), None)
    table["customer"] = listed["row"].to_numpy()
    table["day"] = listed["bought_at"].to_numpy("datetime64[D]").astype(np.int64)
    table["amount"] = listed["amount"].to_numpy(np.float64)
    orders = Orders(table["customer"], table["day"], table["amount"])
    starts = orders.starts()
    held = _held(ledger, listed.iloc[starts], len(ids))
    items = held.sum(axis=1).astype(np.int32) if held is not None else None
    newcomers, places = _newcomers(ledger, orders, starts, held, items, countries)
    return Cohorts(
        table,
        {} if items is None else {"first_items": items},
        _pairs(ledger, held, places),
        newcomers,
    )


def _held(ledger: Ledger, firsts: pd.DataFrame, customers: int) -> sparse.csr_array | None:
    """Return which items each customer's first order held, shape (customers, items); None without any."""
    baskets = ledger.baskets
    if not baskets.items:
        return None
    known = pd.MultiIndex.from_arrays([baskets.customers, baskets.invoices])
    place = known.get_indexer(pd.MultiIndex.from_frame(firsts[["customer_id", "invoice"]]))
    there = place >= 0
    rows = sparse.csr_array(
        (np.ones(int(there.sum())), (firsts["row"].to_numpy()[there], place[there])),
        shape=(customers, len(known)),
    )
    return (rows @ baskets.matrix.astype(np.float64)).tocsr()


def _newcomers(
    ledger: Ledger,
    orders: Orders,
    starts: Whole,
    held: sparse.csr_array | None,
    items: npt.NDArray[np.int32] | None,
    countries: Sequence[str],
) -> tuple[dict[str, Any] | None, npt.NDArray[np.intp]]:
    """Count who came back by kind; and the places of the products among these."""
    none = np.empty(0, dtype=np.intp)
    first, last = int(orders.day.min()), int(orders.day.max())
    begins = (first_day(int(periods([first], "month")[0]) + 1, "month") - first_day(0, "month")).days
    day = orders.day[starts]
    judged = (day >= begins) & (day <= last - WITHIN)
    if judged.sum() < LEAST:
        return None, none
    own = orders.customer[starts]
    started = np.full(len(ledger.customers), -1, dtype=np.int64)
    started[own] = day
    since = orders.day - started[orders.customer]
    came = np.zeros(len(ledger.customers), dtype=bool)
    came[orders.customer[(since > 0) & (since <= WITHIN)]] = True
    row = own[judged]
    back = came[row]
    groups = _bands("value", orders.amount[starts][judged], back, _rounded)
    if held is not None and items is not None:
        groups += _bands("items", items[row].astype(np.float64), back, np.ceil)
        bought = held[row]
        many, backs = np.asarray(bought.sum(axis=0)).ravel(), np.asarray(back @ bought).ravel()
        none = np.flatnonzero(many >= LEAST)
        groups += [_group("product", many[at], backs[at], name=ledger.baskets.items[at]) for at in none]
    named = ledger.customers["country"].to_numpy(dtype=object)[row]
    for country in countries:
        inside = named == country
        if inside.sum() >= LEAST:
            groups.append(_group("country", inside.sum(), back[inside].sum(), name=country))
    told = {
        "within": WITHIN,
        "from": str(np.datetime64(begins, "D")),
        "to": str(np.datetime64(last - WITHIN, "D")),
        "customers": len(row),
        "back": int(back.sum()),
        "groups": groups,
    }
    return told, none


def _bands(kind: str, values: npt.NDArray[np.float64], back: npt.NDArray[np.bool_], ends: Any) -> list[Any]:
    """Part newcomers into fifths by a number, at ends that people can read."""
    cuts = np.quantile(values, np.arange(1, _BANDS) / _BANDS)
    edges = np.unique(ends(cuts))
    edges = edges[edges > values.min()]
    band = np.searchsorted(edges, values, side="right")
    found = []
    for place in range(len(edges) + 1):
        inside = band == place
        if inside.sum() >= LEAST:
            low = float(edges[place - 1]) if place else None
            high = float(edges[place]) if place < len(edges) else None
            found.append(_group(kind, inside.sum(), back[inside].sum(), low=low, high=high))
    return found


def _rounded(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    step = 10.0 ** (np.floor(np.log10(np.maximum(values, 1))) + 1 - _DIGITS)
    return np.round(values / step) * step


def _group(
    kind: str,
    of: Any,
    back: Any,
    *,
    name: str | None = None,
    low: float | None = None,
    high: float | None = None,
) -> dict[str, Any]:
    counted = {"customers": int(of), "back": int(back)}
    return {"kind": kind, "name": name, "low": low, "high": high, **counted}


def _pairs(ledger: Ledger, held: sparse.csr_array | None, places: npt.NDArray[np.intp]) -> pd.DataFrame:
    if held is None:
        return pd.DataFrame({"product": [], "customer": []})
    taken = held[:, places].tocoo()
    names = np.array([ledger.baskets.items[at] for at in places], dtype=object)
    return pd.DataFrame({"product": names[taken.col], "customer": taken.row})
