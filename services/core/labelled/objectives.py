"""What a threshold is to be good for, and how good it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn import metrics

Ends = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Objective:
    """What the threshold is chosen for: the F1, unless a recall is wished or money is named.

    Attributes
    ----------
    recall : float, optional
        The share of churned customers to be found at least, over 0 and up to 1; then as few others as can be.
    value, cost : float, optional
        What it is worth to reach a customer who would churn, and what it costs to reach anybody.
    """

    recall: float | None = None
    value: float | None = None
    cost: float | None = None

    @property
    def name(self) -> str:
        """``f1``, ``recall`` or ``profit``."""
        if self.recall is not None:
            return "recall"
        return "f1" if self.value is None else "profit"

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values; what does not belong to it is left out."""
        stated = {name: value for name, value in asdict(self).items() if value is not None}
        return {"name": self.name, **stated}

    def score(self, ends: npt.ArrayLike, chosen: npt.ArrayLike) -> float:
        """Say how good a choice of customers is; more is better.

        Parameters
        ----------
        ends, chosen : array-like of int, shape (rows,)
            1 for who churned, and for who would be reached.

        Returns
        -------
        float
            The F1, 0–1; the profit a customer of the table; or the precision where the recall is reached,
            else by how much it is missed, below 0.
        """
        # asked for hundreds of thresholds: the library's functions would take longer than the fits
        gone, reached = np.asarray(ends) == 1, np.asarray(chosen) == 1
        hits, churned, contacts = (int(np.count_nonzero(each)) for each in (gone & reached, gone, reached))
        if self.recall is not None:
            found = hits / max(churned, 1)
            return hits / max(contacts, 1) if found >= self.recall else found - self.recall
        if self.value is not None and self.cost is not None:
            return (self.value * hits - self.cost * contacts) / len(gone)
        return 2 * hits / max(churned + contacts, 1)


def measured(ends: Ends, chances: npt.NDArray[np.float64], threshold: float) -> dict[str, float]:
    """Measure a model on rows that it has not seen.

    Parameters
    ----------
    ends : ndarray of int, shape (rows,)
        1 for who churned; both ends occur.
    chances : ndarray, shape (rows,)
        What the model gave each to churn, 0–1.
    threshold : float
        From which chance on a customer counts as one who will churn.

    Returns
    -------
    dict
        ``accuracy``, ``recall``, ``precision``, ``f1``, ``roc_auc`` and ``pr_auc`` (average precision), 0–1.
    """
    chosen = (chances >= threshold).astype(np.int64)
    return {
        "accuracy": float(metrics.accuracy_score(ends, chosen)),
        "recall": float(metrics.recall_score(ends, chosen, zero_division=0.0)),
        "precision": float(metrics.precision_score(ends, chosen, zero_division=0.0)),
        "f1": float(metrics.f1_score(ends, chosen, zero_division=0.0)),
        "roc_auc": float(metrics.roc_auc_score(ends, chances)),
        "pr_auc": float(metrics.average_precision_score(ends, chances)),
    }
