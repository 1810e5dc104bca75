"""``orders.npy``: every order of a release, by customer and then by time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.releases.faults import unusable

FILE = "orders.npy"
#: Row of the customer, days since 1970, shop currency after returns.
ORDERS = np.dtype([("customer", "<i4"), ("day", "<i4"), ("amount", "<f8")])

Table = npt.NDArray[Any]


def open_orders(folder: Path, release_id: str) -> Table | None:
    """Return a release's orders, memory-mapped; None in a release from before they were kept.

    Raises
    ------
    ReleaseUnusable
        If they cannot be read, or are not orders.
    """
    if not (folder / FILE).exists():
        return None
    try:
        mapped = np.load(folder / FILE, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise unusable(release_id, _("{file} cannot be read as orders.", file=FILE)) from error
    if mapped.dtype != ORDERS or mapped.ndim != 1:
        raise unusable(
            release_id,
            _("{file} holds {type} {shape}, not orders.", file=FILE, type=mapped.dtype, shape=mapped.shape),
        )
    table: Table = mapped.view(np.ndarray)
    return table


def check_orders(table: Table, customers: int, release_id: str) -> None:
    """Check that orders are in order, and that each is of a customer of the release.

    Raises
    ------
    ReleaseUnusable
        If not.
    """
    customer, later = table["customer"].astype(np.int64), np.diff(table["day"].astype(np.int64))
    if len(table) and not 0 <= customer.min() <= customer.max() < customers:
        raise unusable(release_id, _("{file} has an order of an unknown customer.", file=FILE))
    step = np.diff(customer)
    if (step < 0).any() or (later[step == 0] < 0).any():
        raise unusable(release_id, _("{file} is not sorted by customer and day.", file=FILE))
    if not np.isfinite(table["amount"]).all():
        raise unusable(release_id, _("{file} has an amount that is not a finite number.", file=FILE))


def orders_without(table: Table, row: int) -> Table:
    """Return the orders without those of a customer's row; the rows behind it move up."""
    kept = table[table["customer"] != row]
    kept["customer"] -= kept["customer"] > row
    return kept
