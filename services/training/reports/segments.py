"""What the customers of each segment and cluster do more often than others: ``segments.json``."""

from __future__ import annotations

from typing import Any

from services.training.customers.columns import Columns
from services.training.ledger.transactions import Ledger
from services.training.reports.standing_out import standing_out, things_of


def segment_report(ledger: Ledger, columns: Columns, segments: int, clusters: int) -> dict[str, Any]:
    """Return the content of ``segments.json``: see docs/architecture.md.

    Parameters
    ----------
    ledger : Ledger
    columns : dict of str to ndarray
        ``segment`` of each customer, −1 for none, and ``cluster``.
    segments, clusters : int
        How many there are.
    """
    names = described(ledger)
    things = things_of(ledger, names)
    return {
        "profiles": {
            "segments": standing_out(things, columns["segment"], segments, names),
            "clusters": standing_out(things, columns["cluster"], clusters, names),
            "baskets": len(ledger.baskets.customers),
            "edges": things.edges,
        }
    }


def described(ledger: Ledger) -> dict[str, str]:
    """Return the description of each product that has one."""
    pairs = zip(ledger.products["product"], ledger.products["description"], strict=True)
    return {product: name for product, name in pairs if isinstance(name, str)}
