"""Customers drawn at random, as a table for ``train --table``: no lines, so no products and no rules."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

FIRST = 100_000


def write_customers(path: Path, count: int, seed: int) -> None:
    """Write a row a customer with drawn recency, frequency and monetary value.

    Parameters
    ----------
    path : Path
    count : int
    seed : int
        Another seed, other customers of the same ids.
    """
    random = np.random.default_rng(seed)
    frequency = random.geometric(0.25, count)
    recency = np.minimum(random.exponential(120, count).astype(int), 730)
    monetary = np.round(frequency * random.lognormal(3.3, 0.7, count), 2)
    ids = range(FIRST, FIRST + count)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["customer", "recency", "frequency", "monetary"])
        writer.writerows(zip(ids, recency.tolist(), frequency.tolist(), monetary.tolist(), strict=True))
