"""What each order holds and who bought what, numbered and packed for ``lookup.sqlite``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from services.releases.lines import Packed, PackedOrder, TakenBack, pack, pack_rows
from services.training.lines.held import Held

_PLACES = 8
"""Decimals of a price: what a line is worth stays true to the penny up to a million pieces."""


def line_tables(
    held: Held, by_item: pd.DataFrame, orders: pd.DataFrame, row: pd.Series
) -> dict[str, pd.DataFrame]:
    """Give the tables ``lines``, ``line_items`` and ``bought``, as ``write_lookup`` takes them.

    Parameters
    ----------
    held : Held
    by_item : DataFrame
        What returns took off which item, as ``services.training.lines.taken.Returns`` has it.
    orders : DataFrame, shape (n_orders, >=2)
        ``customer_id`` and ``invoice``, as ``services.training.lines.aggregates.orders`` gives them.
    row : Series
        Row of the release by ``customer_id``.
    """
    back = by_item[by_item["customer_id"].isin(row.index)]
    names, number = _numbered(held, sorted(set(back["item"]) - set(held.names)))
    lines, prices = _priced(held.lines, number)
    taken = _taken(back, {name: place for place, name in enumerate(names)}, row)
    customers = row.loc[orders["customer_id"]].to_numpy(np.int64)
    rows = [(customer, pack(each)) for customer, each in _packed(lines, orders, taken, customers)]
    items = {
        "item": range(len(names)),
        "name": pd.Series(names, dtype=object),
        "prices": [json.dumps(prices.get(place, []), separators=(",", ":")) for place in range(len(names))],
    }
    return {
        "lines": pd.DataFrame(rows, columns=["customer", "held"]),
        "line_items": pd.DataFrame(items),
        "bought": _bought(lines[lines["item"] < len(names) - (None in names)], customers, len(row)),
    }


def _numbered(held: Held, returned: list[str]) -> tuple[list[str | None], np.ndarray]:
    """Give numbers to names, the most often bought first; what was only ever returned comes last.

    Returns
    -------
    list of str or None
        Names by number; None for lines that name nothing, where there are any.
    ndarray of int
        Numbers by place in ``held.names``, and last that of lines that name nothing.
    """
    item = held.lines["item"].to_numpy(np.int64)
    times = np.bincount(item[item >= 0], minlength=len(held.names))
    by_times = np.argsort(-times, kind="stable")
    number = np.empty(len(held.names) + 1, dtype=np.int64)
    number[by_times] = np.arange(len(held.names))
    number[-1] = len(held.names) + len(returned)
    nameless: list[str | None] = [None] if (item < 0).any() else []
    return [*(held.names[place] for place in by_times), *returned, *nameless], number


def _priced(lines: pd.DataFrame, number: np.ndarray) -> tuple[pd.DataFrame, dict[int, list[float]]]:
    """Give each line its item's number and the place of its price, the item's most frequent price first."""
    quantity, amount = lines["quantity"].to_numpy(float), lines["amount"].to_numpy(float)
    counted = quantity > 0
    each = np.divide(amount, quantity, out=amount.copy(), where=counted)
    told = pd.DataFrame(
        {
            "order": lines["order"].to_numpy(np.int64),
            "item": number[lines["item"].to_numpy(np.int64)],
            "each": np.round(each, _PLACES),
            "quantity": np.where(counted, quantity, np.nan),
        }
    )
    pairs = told.groupby(["item", "each"])
    offers = pairs.size().rename("lines").reset_index()
    offers["less"] = -offers["lines"]
    ranked = offers.sort_values(["item", "less", "each"], kind="stable")
    place = ranked.groupby("item").cumcount().sort_index().to_numpy()
    prices: dict[int, list[float]] = {}
    for item, each_costs in zip(ranked["item"].tolist(), ranked["each"].tolist(), strict=True):
        prices.setdefault(item, []).append(each_costs)
    told["price"] = place[pairs.ngroup().to_numpy()] if len(told) else 0
    return told.sort_values(["order", "item", "price"], kind="stable", ignore_index=True), prices


def _taken(back: pd.DataFrame, number: dict[str | None, int], row: pd.Series) -> dict[int, list[TakenBack]]:
    found: dict[int, list[TakenBack]] = {}
    for customer, at, document, invoice, item, pieces, amount in back.itertuples(index=False, name=None):
        moment = at.isoformat(timespec="seconds")
        told = TakenBack(moment, document, invoice, number[item], pieces, round(amount, 4))
        found.setdefault(int(row[customer]), []).append(told)
    return found


def _packed(
    lines: pd.DataFrame, orders: pd.DataFrame, taken: dict[int, list[TakenBack]], customers: np.ndarray
) -> Iterator[tuple[int, Packed]]:
    """Give each customer with what the orders hold, which stand together in ``orders``."""
    ends = np.searchsorted(lines["order"].to_numpy(), np.arange(len(orders) + 1)).tolist()
    items, prices, quantities = (lines[name].to_numpy() for name in ("item", "price", "quantity"))
    whose, invoices = customers.tolist(), orders["invoice"].astype(object).tolist()
    own: dict[str, PackedOrder] = {}
    for place, (customer, invoice) in enumerate(zip(whose, invoices, strict=True)):
        part = slice(ends[place], ends[place + 1])
        counts = [_plain(each) for each in quantities[part].tolist()]
        own[invoice] = PackedOrder(items[part].tolist(), prices[part].tolist(), counts)
        if place + 1 == len(whose) or whose[place + 1] != customer:
            yield customer, Packed(own, taken.get(customer, []))
            own = {}


def _bought(named: pd.DataFrame, customers: np.ndarray, many: int) -> pd.DataFrame:
    """List whose orders hold each item."""
    pairs = np.unique(named["item"].to_numpy() * many + customers[named["order"].to_numpy()])
    items, starts = np.unique(pairs // max(many, 1), return_index=True)
    parts = np.split(pairs % max(many, 1), starts[1:])
    packed = [pack_rows(part.tolist()) for part in parts[: len(items)]]
    return pd.DataFrame({"item": items, "customers": pd.Series(packed, dtype=object)})


def _plain(quantity: float) -> float | None:
    if math.isnan(quantity):
        return None
    return int(quantity) if quantity.is_integer() else quantity
