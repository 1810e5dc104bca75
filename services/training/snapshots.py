"""The same pipeline as of earlier moments: what the customers were at each month's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.presets import Group, Preset
from services.core.scoring import SMALLEST_CLASS
from services.training.profiles import Segmented, segment_customers, segmented_at

MONTHS = 24
COMPARED_DAYS = 30


@dataclass(frozen=True)
class History:
    """Snapshots of one ledger, oldest first; the last is the release itself.

    Attributes
    ----------
    summaries : list of dict
        As docs/architecture.md lists them under ``snapshots``.
    segments : ndarray of int16, shape (n_customers, n_snapshots)
        −1 before a customer's first order.
    previous : int or None
        The snapshot 30 days before the last, that the screens compare with.
    changed : dict or None
        Customers of both whose segment differs, and how many of them only because cut-offs moved.
    """

    summaries: list[dict[str, Any]]
    segments: npt.NDArray[np.int16]
    previous: int | None
    changed: dict[str, int] | None


def take_snapshots(
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    now: Segmented,
    as_of: pd.Timestamp,
    preset: Preset,
    groups: Sequence[Group],
) -> History:
    """Score the customers again as of each past month's end and as of 30 days ago.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    orders : DataFrame
        ``customer_id``, ``bought_at``, ``lines``, ``amount``: one row an order; without any, the past is
        unknown and the release itself is the only snapshot.
    now : Segmented
        The release's own scores.
    as_of : Timestamp
        The release's reference moment.
    preset : Preset
    groups : sequence of Group
        The segments, in the order of their indices.
    """
    row = pd.Series(np.arange(len(customers)), index=customers["customer_id"])
    timed = orders.assign(customer=row.loc[orders["customer_id"]].to_numpy()).sort_values("bought_at")
    compared = as_of - pd.Timedelta(days=COMPARED_DAYS)
    moments = sorted({*_month_ends(timed["bought_at"], as_of), compared}) if len(timed) else []
    summaries: list[dict[str, Any]] = []
    columns: list[npt.NDArray[np.int16]] = []
    previous, earlier = None, None
    for moment in moments:
        rows, seen = _seen_at(timed, moment, preset, now)
        if seen is None:
            continue
        column = np.full(len(customers), -1, dtype=np.int16)
        column[rows] = seen.segment
        if moment == compared:
            previous, earlier = len(summaries), (rows, seen)
        summaries.append(_summary(seen, moment, groups))
        columns.append(column)
    summaries.append(_summary(now, as_of, groups))
    columns.append(now.segment)
    changed = _changed(now, *earlier) if earlier else None
    return History(summaries, np.stack(columns, axis=1), previous, changed)


def _month_ends(bought_at: pd.Series, as_of: pd.Timestamp) -> list[pd.Timestamp]:
    ends = pd.date_range(bought_at.min(), as_of, freq="MS", normalize=True, inclusive="right")
    return [end for end in ends if end < as_of][-MONTHS:]


def _seen_at(
    timed: pd.DataFrame, moment: pd.Timestamp, preset: Preset, now: Segmented
) -> tuple[npt.NDArray, Segmented | None]:
    """Segment who had ordered before ``moment``; None when nobody had, or too few to score."""
    before = timed[timed["bought_at"] < moment].groupby("customer", sort=True)
    summed = before.agg(
        last_purchase=("bought_at", "max"),
        orders=("bought_at", "size"),
        lines=("lines", "sum"),
        monetary=("amount", "sum"),
    )
    if len(summed) < SMALLEST_CLASS:
        return np.zeros(0, np.intp), None
    seen = segmented_at(summed.reset_index(drop=True), moment, preset, now.segmentation)
    return summed.index.to_numpy(), seen


def _summary(seen: Segmented, moment: pd.Timestamp, groups: Sequence[Group]) -> dict[str, Any]:
    spent = seen.rfm["monetary"].to_numpy()
    at_risk = np.isin(seen.segment, [index for index, group in enumerate(groups) if group.at_risk])
    revenue = float(spent.sum())
    counts = np.bincount(seen.segment[seen.segment >= 0], minlength=len(groups))
    return {
        "as_of": moment.isoformat(),
        "customers": len(seen.rfm),
        "revenue": round(revenue, 4),
        "at_risk_share": float(spent[at_risk].sum() / revenue) if revenue else 0.0,
        "ordered_30_days": int((seen.rfm["recency"] < COMPARED_DAYS).sum()),
        "segments": {group.id: int(count) for group, count in zip(groups, counts, strict=True)},
    }


def _changed(now: Segmented, rows: npt.NDArray, then: Segmented) -> dict[str, int]:
    today = now.segment[rows]
    old_cuts = segment_customers(now.rfm, then.segmentation).segment[rows]
    moved = today != then.segment
    return {
        "changed": int(moved.sum()),
        "of": len(rows),
        "only_cuts": int((moved & (old_cuts == then.segment)).sum()),
    }
