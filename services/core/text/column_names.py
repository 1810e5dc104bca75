"""What a header may call the three values: the one list for training on tables and for predicting rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.core.vocabulary import Axis

#: Most telling first, as :func:`plain` spells them.
AXIS_NAMES: Mapping[Axis, tuple[str, ...]] = {
    "recency": (
        "recency", "recencydays", "daysincelastorder", "dayssincelastorder", "daysincelastpurchase",
        "dayssincelastpurchase", "dayslastorder",
    ),
    "frequency": (
        "frequency", "ordercount", "orderscount", "numberoforders", "orders", "purchasecount", "purchases",
        "invoices", "transactions",
    ),
    "monetary": (
        "monetary", "monetaryvalue", "totalspend", "totalspent", "spend", "spent", "revenue", "turnover",
        "totalamount", "amount", "cashbackamount", "cashback",
    ),
}  # fmt: skip


def plain(name: str) -> str:
    """Reduce a header to its letters and digits, in lower case.

    Examples
    --------
    >>> plain("Days since last order"), plain("Order_Count")
    ('dayssincelastorder', 'ordercount')
    """
    return re.sub(r"[\W_]+", "", name.casefold())
