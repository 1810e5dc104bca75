"""Association rules as columns: measures, and which rules say nothing new."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

MEASURES = (
    "support", "confidence", "lift", "leverage", "conviction", "zhangs_metric",
    "jaccard", "certainty", "kulczynski", "representativity",
)  # fmt: skip
COUNTS = ("count", "antecedent_count", "consequent_count")
BUYERS = ("customers", "largest_count")
"""Customers who have a basket with all of a rule's products, and the baskets of the one who has most."""
TESTS = ("p_value", "q_value")
LATER_COUNTS = ("later_count", "later_antecedent_count", "later_consequent_count")
_TOLERANCE = 1e-12


def redundant(rules: pd.DataFrame) -> np.ndarray:
    """Mark the rules whose consequents follow at least as surely from part of their antecedents.

    Parameters
    ----------
    rules : DataFrame, shape (n_rules, >=3)
        ``antecedents`` and ``consequents`` (frozenset), ``confidence`` (0–1), of one set of baskets.

    Returns
    -------
    ndarray of bool, shape (n_rules,)

    Notes
    -----
    Bayardo, Agrawal and Gunopulos, *Constraint-based rule mining in large, dense databases*, 1999,
    with a minimum improvement of zero. Antecedents of one item have no proper part and always stay.
    """
    confidence = {
        (antecedents, consequents): value
        for antecedents, consequents, value in zip(
            rules["antecedents"], rules["consequents"], rules["confidence"], strict=True
        )
    }

    def covered(antecedents: frozenset[int], consequents: frozenset[int], value: float) -> bool:
        parts = (part for size in range(1, len(antecedents)) for part in combinations(antecedents, size))
        return any(
            confidence.get((frozenset(part), consequents), 0.0) >= value - _TOLERANCE for part in parts
        )

    return np.array(
        [
            covered(antecedents, consequents, value)
            for antecedents, consequents, value in zip(
                rules["antecedents"], rules["consequents"], rules["confidence"], strict=True
            )
        ],
        dtype=bool,
    )
