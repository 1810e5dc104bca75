"""The small things of the tiny release: overview, rules and manifest."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from services.core.presets import Preset
from services.core.rfm.group_figures import group_figures
from services.releases.overview.model import Overview
from tests.releases.tiny_churn import tiny_churn

PRODUCTS = (("22423", "REGENCY CAKESTAND", 1), ("85123A", "WHITE HANGING HEART", 1), ("POST", "POSTAGE", 0))
SNAPSHOTS = ("2011-11-10T00:00:00", "2011-12-10T00:00:00")
SEGMENTS = (("recent", "Recent"), ("distant", "Distant"))
CLUSTERS = (("c1", "A", "Big spenders"), ("c2", "B", "Small spenders"))
COUNTRIES = ("United Kingdom", "France")
PRESET = Preset(
    id="standard",
    name="Tiny",
    summary="Two segments by recency.",
    source="Made for tests.",
    rfm={"frequency": "orders"},
    cleaning={"price": False},
    scoring={"classes": 5, "best": "high"},
    segments={
        "kind": "rules",
        "groups": [
            {"id": "recent", "name": "Recent", "playbook": "Write to them.", "when": {"r": 5}},
            {"id": "distant", "name": "Distant", "playbook": "Write to them.", "when": {}, "at_risk": True},
        ],
    },
    clusters={
        "features": ["recency", "log1p_frequency", "log1p_monetary"],
        "k": 2,
        "n_init": 1,
        "tol": 0.0,
        "seed": 42,
    },
)
RHYTHM = {
    "missing": None,
    "seen": "2011-12-09",
    "horizon": 90,
    "tried": ["2011-09-10", "2011-08-11", "2011-07-12"],
    "records": [
        {"level": 80, "intervals": 1638, "held": 1298},
        {"level": 50, "intervals": 4401, "held": 2214},
    ],
    "states": [
        {"id": "in-rhythm", "name": "In rhythm", "tried": 3960, "ordered": 2590},
        {"id": "due", "name": "Due", "tried": 2851, "ordered": 1489},
        {"id": "overdue", "name": "Overdue", "tried": 845, "ordered": 509},
        {"id": "silent", "name": "Silent", "tried": 1942, "ordered": 576},
    ],
}


def _tried(day: str, spend: float, held: int) -> dict[str, object]:
    buyers, ordered = {"expected": 38.0, "happened": 40.0}, {"expected": 60.0, "happened": 80.0, "held": 90}
    spent = {"expected": spend, "happened": 1000.0, "held": held}
    return {"day": day, "customers": 100, "buyers": buyers, "orders": ordered, "spend": spent}


VALUE = {
    "missing": None, "model": "bg_nbd", "seen": "2011-12-09", "horizon": 90, "level": 80,
    "tried": [_tried("2011-09-10", 900.0, 86), _tried("2011-08-11", 1100.0, 82)], "warnings": [],
}  # fmt: skip
BASKETS, BOTH, FIRST, SECOND = 100, 40, 50, 80


def _edges(columns: dict[str, np.ndarray]) -> dict[str, list[float]]:
    """The cut points that the scores of ``tiny_columns`` follow: halves of recency and of spend."""
    below = float(np.nextafter(np.median(columns["monetary"]), -np.inf))
    return {
        "recency": [float(np.median(columns["recency"]))] * 4,
        "frequency": [1.0, 2.0, 3.0, 4.0],
        "monetary": [below] * 4,
    }


def overview(columns: dict[str, np.ndarray], orders: pd.DataFrame, products: bool) -> Overview:
    """The overview of docs/architecture.md, counted from the columns."""
    scope = {
        "id": "all",
        "name": "All customers",
        "group": "all",
        "baskets_of": "invoices",
        "from": None,
        "to": None,
        "earlier_baskets": None,
        "later_baskets": None,
        "baskets": BASKETS,
        "products": 2,
        "itemsets": 1,
        "rules": 2,
    }
    scope |= {"min_support": 0.01, "min_count": 10, "note": ""}
    ids = (name for name, _ in SEGMENTS)
    sizes = {name: int((columns["segment"] == row).sum()) for row, name in enumerate(ids)}
    revenue = float(columns["monetary"].sum())
    snapshot = {
        "customers": len(columns["r"]),
        "revenue": revenue,
        "at_risk_share": 0.5,
        "ordered_30_days": 2,
        "cut_points": None,
    }
    units = {"recency": {"unit": "days"}, "frequency": {"unit": "orders"}, "monetary": {"unit": "currency"}}
    segments = [
        _group(columns, "segment", row)
        | {"id": i, "name": n, "colour": row + 1, "at_risk": i == "distant", "playbook": "Write to them."}
        for row, (i, n) in enumerate(SEGMENTS)
    ]
    fields = {
        "axes": {axis: _axis(columns[axis]) | unit for axis, unit in units.items()},
        "scoring": {
            "scale": 5,
            "best": "high",
            "edges": _edges(columns),
            "sizes": {axis: _sizes(columns[score]) for axis, score in zip(units, "rfm", strict=True)},
        },
        "segments": [
            group | {"cells": [[r, b] for r in rows for b in range(1, 6)]}
            for group, rows in zip(segments, ((3, 4, 5), (1, 2)), strict=True)
        ],
        "grid": {
            "row": "r",
            "column": "b",
            "cells": [
                [r, b, 0 if r > 2 else 1, *_cell(columns, r, b)] for r in range(1, 6) for b in range(1, 6)
            ],
        },
        "clusters": [
            _group(columns, "cluster", row)
            | {"id": i, "letter": a, "name": n, "colour": row + 1}
            | {"levels": dict.fromkeys(units, "middle"), "median": dict.fromkeys(units, 1.0)}
            for row, (i, a, n) in enumerate(CLUSTERS)
        ],
        "clusters_allotted": len(CLUSTERS),
        "k": {"chosen": 2, "reason": "Two are enough here.", "evidence": [_evidence(columns)]},
        "countries": [_size(columns, "country", row) | {"name": n} for row, n in enumerate(COUNTRIES)],
        "snapshots": [snapshot | {"as_of": as_of, "segments": sizes} for as_of in SNAPSHOTS],
        "previous": 0,
        "changed": {"changed": 0, "of": len(columns["r"]), "only_cuts": 0},
        "rule_scopes": [scope] if products else [],
        "baskets_missing": None if products else "The file has no column for products.",
        "items": [
            {"product": code, "description": text} for code, text, sold in PRODUCTS if sold and products
        ],
        "outliers": None,
        "since": None,
        "rules_later": None,
        "left_out": [],
        "glance": _glance(orders, products),
        "rhythm": RHYTHM,
        "churn": tiny_churn(),
        "value": VALUE,
    }
    return Overview.of(fields)


def rules(products: bool) -> dict[str, np.ndarray]:
    """Two rules from 100 baskets: 50 hold the first product, 80 the second, 40 both; or none."""
    counts = np.array([[FIRST, SECOND], [SECOND, FIRST]][: 2 * products], "i4").reshape(-1, 2)
    antecedent, consequent = counts[:, 0], counts[:, 1]
    n = len(counts)
    support, confidence = np.full(n, BOTH / BASKETS), BOTH / antecedent
    measures = {
        "support": support,
        "confidence": confidence,
        "lift": confidence / (consequent / BASKETS),  # 1: the products are independent, 0.4 = 0.5 * 0.8
        "leverage": np.zeros(n),
        "conviction": np.ones(n),
        "zhangs_metric": np.zeros(n),
        "jaccard": BOTH / (antecedent + consequent - BOTH),
        "certainty": np.zeros(n),
        "kulczynski": (BOTH / antecedent + BOTH / consequent) / 2,
        "representativity": support,
    }
    return {
        "scope": np.zeros(n, "i2"),
        "antecedents": np.array([[0, -1, -1], [1, -1, -1]][:n], "i4").reshape(-1, 3),
        "consequents": np.array([[1, -1, -1], [0, -1, -1]][:n], "i4").reshape(-1, 3),
        "count": np.full(n, BOTH, "i4"),
        "antecedent_count": antecedent,
        "consequent_count": consequent,
        **{name: values.astype("f8") for name, values in measures.items()},
        "redundant": np.zeros(n, bool),
    }


def itemsets(products: bool) -> dict[str, np.ndarray]:
    """The one pair, or none."""
    n = int(products)
    return {
        "scope": np.zeros(n, "i2"),
        "items": np.array([[0, 1, -1, -1]][:n], "i4").reshape(-1, 4),
        "count": np.full(n, BOTH, "i4"),
        "support": np.full(n, BOTH / BASKETS),
    }


def manifest_fields(
    made_at: datetime,
    orders: pd.DataFrame,
    counts: dict[str, int],
    previous: str | None,
    libraries: dict[str, str],
) -> dict:
    """manifest.json without id and files; of the rows read, one had no customer."""
    kept = int(orders["lines"].sum())
    return counts | {
        "made_at": made_at,
        "made_by": "tests",
        "preset": "standard",
        "preset_definition": PRESET.model_dump(mode="json"),
        "seed": 42,
        "source": {"name": "tiny.csv", "sha256": "0" * 64, "bytes": 1000, "rows": kept + 1, "form": "csv"},
        "as_of": datetime(2011, 12, 10),
        "data_from": orders["bought_at"].min(),
        "data_to": orders["bought_at"].max(),
        "rows": {"read": kept + 1, "kept": kept, "rejected": {"no_customer": 1}},
        "detected": {
            "encoding": "utf-8",
            "separator": ",",
            "decimal": ".",
            "date_order": "ymd",
            "columns": {"customer": "CustomerID", "invoice": "InvoiceNo"},
            "ignored": [],
        },
        "ledger": {"invoice": True, "product": counts["rules"] > 0, "country": True},
        "revenue": f"{orders['amount'].sum():.2f}",
        "k": 2,
        "silhouette": 0.5,
        "metrics": {},
        "warnings": [],
        "seconds": {"read": 0.1},
        "peak_memory_mb": 100.0,
        "previous": previous,
        "libraries": libraries,
    }


def _sold() -> list[dict[str, str]]:
    return [{"product": code, "description": text} for code, text, sold in PRODUCTS if sold]


def _axis(values: np.ndarray) -> dict[str, float]:
    return {"min": float(values.min()), "max": float(values.max()), "median": float(np.median(values))}


def _sizes(scores: np.ndarray) -> dict[str, int]:
    return {str(score): int((scores == score).sum()) for score in range(1, 6)}


def _group(columns: dict, by: str, row: int) -> dict:
    return group_figures(columns, columns[by] == row)


def _size(columns: dict, by: str, row: int) -> dict:
    members = columns[by] == row
    return {"customers": int(members.sum()), "revenue": float(columns["monetary"][members].sum())}


def _cell(columns: dict, r: int, b: int) -> tuple[int, float]:
    buying = np.floor((columns["f"].astype(float) + columns["m"]) / 2 + 0.5)
    members = (columns["r"] == r) & (buying == b)
    return int(members.sum()), float(columns["monetary"][members].sum())


def _evidence(columns: dict) -> dict:
    smallest = int(np.bincount(columns["cluster"], minlength=2).min())
    measures = {"silhouette": 0.5, "davies_bouldin": 0.6, "calinski_harabasz": 10.0, "stability": 0.9}
    return {"k": 2, "inertia": 3.0, "smallest": smallest, **measures}


def _glance(orders: pd.DataFrame, products: bool) -> dict:
    month = orders["bought_at"].dt.strftime("%Y-%m")
    months = [
        {
            "month": name,
            "revenue": float(part["amount"].sum()),
            "orders": len(part),
            "customers": int(part["customer"].nunique()),
            "returns": 0.0,
        }
        for name, part in orders.groupby(month)
    ]
    sold = [
        {"product": code, "description": text} for code, text, is_sold in PRODUCTS if is_sold and products
    ]
    return {
        "months": months,
        "hours": None,
        "products": [product | {"orders": 6, "pieces": 18.0, "revenue": 30.0} for product in sold],
        "returns": {"lines": 0, "amount": 0.0, "invoices": 0},
    }
