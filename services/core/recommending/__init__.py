"""Which products to offer a customer: five methods, their reasons, and how well each would have done.

All products are columns in the order of their codes, so that equal scores fall to the lower code.
"""

from __future__ import annotations

RECENT_DAYS = 56
NEW_METHODS = ("linear-items", "item-cosine", "recent-popularity", "cluster-popularity")
REPLENISH = "personal-frequency"
METHODS = (*NEW_METHODS, REPLENISH)
BASELINES = ("recent-popularity", "cluster-popularity")
ITEM_METHODS = ("linear-items", "item-cosine")
"""Methods that look at what is bought together, and so have a product as their reason."""


def column_of(method: str) -> str:
    """Name the column of a release that holds a method's lists."""
    return f"offer_{method.replace('-', '_')}"
