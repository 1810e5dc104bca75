"""The columns of a release's tables, as docs/architecture.md lists them: dtype and width of each."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

import numpy as np

AXES = ("recency", "frequency", "monetary")
_OFFERS = {
    "linear_items": {"_score": "f4", "_with": "i2", "_by": "i4"},
    "item_cosine": {"_score": "f4", "_with": "i2", "_by": "i4"},
    "recent_popularity": {},
    "cluster_popularity": {},
    "personal_frequency": {"_score": "f4"},
}


class Column(NamedTuple):
    """One column: a NumPy dtype (``S`` of any length) and, for two dimensions, the width (0: free).

    A column that came ``later`` is not in the releases made before it, which go on serving without it.
    """

    dtype: str
    width: int | None = None
    later: bool = False


#: Expected, low and high, of orders and of spend in 90 and in 365 days.
EXPECTED = tuple(
    f"expected_{what}_{horizon}" for what in ("orders", "spend") for horizon in ("quarter", "year")
)
_ORDERS = ("customer_id", *AXES, "segment", "cluster", "country", "last_purchase")

CUSTOMERS = MappingProxyType(
    {
        "customer_id": Column("S"),
        "recency": Column("i4"),
        "frequency": Column("i4"),
        "monetary": Column("f8"),
        "orders": Column("i4"),
        "products": Column("i4"),
        "pieces": Column("f8"),
        "first_purchase": Column("datetime64[s]"),
        "last_purchase": Column("datetime64[s]"),
        **{score: Column("i1") for score in ("r", "f", "m")},
        **{place: Column("i2") for place in ("segment", "cluster", "second_cluster", "country")},
        "margin": Column("f4"),
        "outlier": Column("?", later=True),
        "opted_out": Column("?", later=True),
        "churned": Column("i1", later=True),
        "rhythm": Column("i1", later=True),
        **{f"overdue_{part}": Column("i4", later=True) for part in ("days", "left")},
        **{f"next_{end}": Column("i2", later=True) for end in ("low", "high")},
        "next_record": Column("i1", later=True),
        "chance_of_order": Column("f4", later=True),
        **{name: Column("f4", width=3, later=True) for name in EXPECTED},
        **{f"churn{part}": Column("f4", later=True) for part in ("", "_low", "_high")},
        "churn_reason": Column("i1", width=4, later=True),
        **{f"churn_{part}": Column("f4", width=4, later=True) for part in ("weight", "fact")},
        **{f"spent_{window}": Column("f8", later=True) for window in ("recently", "before", "year_ago")},
        "active_before": Column("?", later=True),
        "first_items": Column("i4", later=True),
        **{f"top_{axis}": Column("f4") for axis in AXES},
        **{f"order_{name}": Column("i4") for name in _ORDERS},
        "snapshot_segment": Column("i2", width=0),
        "snapshot_recency": Column("i4", width=0, later=True),
        "snapshot_frequency": Column("i4", width=0, later=True),
        "snapshot_monetary": Column("f8", width=0, later=True),
        **{f"earlier_{kind}": Column("i2", later=True) for kind in ("segment", "cluster")},
        **{f"earlier_{kind}_cause": Column("i1", later=True) for kind in ("segment", "cluster")},
        **{
            f"offer_{method}{part}": Column(dtype, width=0, later=True)
            for method, parts in _OFFERS.items()
            for part, dtype in ({"": "i2"} | parts).items()
        },
    }
)

_MEASURES = (
    "support",
    "confidence",
    "lift",
    "leverage",
    "conviction",
    "zhangs_metric",
    "jaccard",
    "certainty",
    "kulczynski",
    "representativity",
)
_LATER_COUNTS = ("later_count", "later_antecedent_count", "later_consequent_count")

RULES = MappingProxyType(
    {
        "scope": Column("i2"),
        "antecedents": Column("i4", width=3),
        "consequents": Column("i4", width=3),
        **{name: Column("i4") for name in ("count", "antecedent_count", "consequent_count")},
        **{name: Column("f8") for name in _MEASURES},
        "redundant": Column("?"),
        **{
            name: Column("f8", later=True)
            for name in ("p_value", "q_value", "chance_lift", "later_confidence")
        },
        **{name: Column("i4", later=True) for name in (*_LATER_COUNTS, "customers", "largest_count")},
        "held_up": Column("i1", later=True),
        "finding": Column("?", later=True),
    }
)

ITEMSETS = MappingProxyType(
    {"scope": Column("i2"), "items": Column("i4", width=4), "count": Column("i4"), "support": Column("f8")}
)

TABLES = MappingProxyType({"customers": CUSTOMERS, "rules": RULES, "itemsets": ITEMSETS})
ORDERED_BY = _ORDERS


def matches(array: np.ndarray, column: Column) -> bool:
    """Say whether ``array`` has the dtype and the shape that ``column`` asks for."""
    if column.dtype == "S":
        if array.dtype.kind != "S":
            return False
    elif array.dtype != np.dtype(column.dtype):
        return False
    if column.width is None:
        return array.ndim == 1
    return array.ndim == 2 and column.width in (0, array.shape[1])
