"""From judged rows to every table that a training takes of the lines, on whatever engine keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw
import pandas as pd

from services.training.lines.aggregates import (
    customers,
    favourites,
    order_totals,
    orders,
    product_totals,
    products,
)
from services.training.lines.baskets import Baskets, baskets
from services.training.lines.glance import glance
from services.training.lines.held import Held, held
from services.training.lines.kept import Restarts, kept_lines
from services.training.lines.taken import Returns, returns_of

#: Computes a frame once, keeps it under a name, and gives what was kept.
Keep = Callable[[nw.LazyFrame, str], nw.LazyFrame]


@dataclass(frozen=True)
class Tables:
    """What leaves the engine.

    Attributes
    ----------
    customers, orders, favourites, products : DataFrame
        As ``services.training.lines.aggregates`` gives them.
    baskets : Baskets
    glance : dict
    returns : Returns
        What came back, and when it went off which order.
    held : Held
        What each order holds.
    """

    customers: pd.DataFrame
    orders: pd.DataFrame
    favourites: pd.DataFrame
    products: pd.DataFrame
    baskets: Baskets
    glance: dict[str, Any]
    returns: Returns
    held: Held


def tables_of(
    rows: nw.LazyFrame,
    matched: nw.LazyFrame | None,
    keep: Keep,
    restarts: Restarts | None = None,
    *,
    items: Literal["code", "description"] = "code",
    all_codes: bool = False,
) -> Tables:
    """Summarise the lines.

    Parameters
    ----------
    rows : LazyFrame
        Every row with the ``rule`` that takes it, of purchases what returns have left; at least one is kept.
    matched : LazyFrame or None
        What ``services.training.lines.returns.matched_returns`` gives; None where returns are ignored.
    keep : callable
        Of the engine that the rows are on.
    restarts : Restarts, optional
        What ``services.training.lines.kept.find_restarts`` gives for the rows; found when absent.
    items : {"code", "description"}
        What baskets hold.
    all_codes : bool
        Count codes that are no product as well.
    """
    lines = keep(kept_lines(rows, restarts), "kept")
    by_order = keep(order_totals(lines), "order_totals")
    by_product = keep(product_totals(lines), "product_totals")
    return Tables(
        customers(lines, all_codes, by_order),
        orders(lines, by_order),
        favourites(lines, all_codes=all_codes),
        products(lines, by_product),
        baskets(lines, items, all_codes),
        glance(rows, lines, matched, (by_order, by_product)),
        returns_of(rows, matched, restarts),
        held(lines, by_order),
    )
