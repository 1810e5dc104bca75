"""Churn of the tiny release, made by rule: 300 customers at each of two earlier days, and chances by row.

At the last of them the served model's chances were 0.05, 0.15, … 0.95, 30 customers each, of whom 0, 3, 6, …
27 left: 135 of 300. The row ``r`` of ``n`` customers has the chance ``(r + 0.5) / n`` today.
"""

from __future__ import annotations

from typing import Any

import numpy as np

CUTS = ("2011-08-11", "2011-09-10")
HORIZON, SEEN = 90, "2011-12-09"
REASONS = (
    ("silence", "Days since the last order", "days"),
    ("orders", "Days with an order", "count"),
    ("spend", "Spend on a day with an order", "money"),
)


def churn_columns(n: int) -> dict[str, np.ndarray]:
    """The columns of customers/: the first reason raises the chance, the second lowers it."""
    chance = ((np.arange(n) + 0.5) / n).astype("f4")
    pad = np.full((n, 2), -1, "i1")
    return {
        "churn": chance,
        "churn_low": np.maximum(chance - np.float32(0.05), 0).astype("f4"),
        "churn_high": np.minimum(chance + np.float32(0.05), 1).astype("f4"),
        "churn_reason": np.column_stack([np.zeros(n, "i1"), np.ones(n, "i1"), pad]).astype("i1"),
        "churn_weight": np.tile(np.array([0.8, -0.4, 0, 0], "f4"), (n, 1)),
        "churn_fact": np.column_stack([np.arange(n) + 1, np.full(n, 2), np.zeros((n, 2))]).astype("f4"),
    }


def _score(model: str, auc: float, brier: float | None) -> dict[str, Any]:
    ends = {"auc": auc, "auc_low": auc - 0.02, "auc_high": auc + 0.02}
    return {
        "model": model, "brier": brier, **ends,
        "precision": auc, "precision_low": auc - 0.03, "precision_high": auc + 0.03,
    }  # fmt: skip


def _cut(day: str, predicted: float) -> dict[str, Any]:
    scores = [_score("logistic", 0.78, 0.19), _score("frequency", 0.72, None)]
    return {
        "day": day, "customers": 300, "left": 135, "predicted": predicted, "slope": 1.02, "brier": 0.19,
        "brier_base": 0.2475, "scores": scores,
    }  # fmt: skip


def tiny_churn() -> dict[str, Any]:
    """The overview's part."""
    served = [{"customers": 30 * tens, "left": sum(range(27, 27 - 3 * tens, -3))} for tens in range(11)]
    rule = [{"customers": 0, "left": 0}, {"customers": 150, "left": 90}, {"customers": 300, "left": 135}]
    bands = [
        {
            "from": 10 * place, "to": 10 * place + 10, "customers": 60, "left": 6 * place,
            "predicted": 0.1 * place + (0.12 if place == 4 else 0.02),
            "low": max(0.1 * place - 0.05, 0), "high": min(0.1 * place + 0.2, 1),
        }
        for place in range(10)
    ]  # fmt: skip
    return {
        "missing": None,
        "horizon": HORIZON,
        "seen": SEEN,
        "level": 80,
        "served": "logistic",
        "season": "The level is not shifted: the ledger holds no year before.",
        "cuts": [_cut(CUTS[0], 0.5), _cut(CUTS[1], 0.46)],
        "models": [
            {"id": "logistic", "name": "Logistic regression", "kind": "candidate", "curve": served},
            {"id": "frequency", "name": "Frequency alone", "kind": "baseline", "curve": rule},
        ],
        "thresholds": [
            {"customers": 30 * tens, "left": sum(range(27, 27 - 3 * tens, -3))}
            for tens in (10 - max(0, (percent + 4) // 10) for percent in range(101))
        ],
        "bands": bands,
        "reasons": [{"id": id, "name": name, "unit": unit} for id, name, unit in REASONS],
    }
