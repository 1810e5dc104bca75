"""Figures that were published for known tables, and why ours differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from services.core.language.messages import later

#: Headers by which the public table of an online shop's customers is told, as they stand there.
_SHOP = frozenset(
    {
        "Tenure", "PreferredLoginDevice", "CityTier", "WarehouseToHome", "PreferredPaymentMode",
        "HourSpendOnApp", "NumberOfDeviceRegistered", "PreferedOrderCat", "OrderAmountHikeFromlastYear",
        "CashbackAmount",
    }
)  # fmt: skip
_ROWS = 5_630
_WHY = (
    later(
        "The published figures come from one random split. In this table 556 rows copy another one in "
        "everything but the ID, so a random split puts copies of training rows among the test rows."
    ),
    later(
        "Ours are means over five parts of the table, each predicted without having been seen; in the "
        "main figures copies always stay on one side."
    ),
    later("Our threshold is chosen inside the training rows, never on the rows it is measured on."),
)
"""Reports have them in English, and pages say them in the reader's language."""


def published(headers: Collection[str], rows: int) -> dict[str, Any] | None:
    """Return what was published for a table; None where it is not one that is known.

    Returns
    -------
    dict or None
        ``accuracy``, ``recall``, ``precision``, ``f1`` (0–1), ``threshold``, and ``why``: sentences.
    """
    if rows != _ROWS or not _SHOP.issubset(headers):
        return None
    return {
        "accuracy": 0.9938,
        "recall": 1.0,
        "precision": 0.9645,
        "f1": 0.9819,
        "threshold": 0.1375,
        "why": [each.text for each in _WHY],
    }
