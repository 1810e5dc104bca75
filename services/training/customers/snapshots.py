"""The same pipeline as of earlier moments: what the customers were at each month's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.presets import Group, Preset
from services.core.rfm.movement import CAUSES, causes, cut_points
from services.core.rfm.scoring import SMALLEST_CLASS
from services.core.vocabulary import AXES
from services.training.customers.columns import Columns, Segmented, raw_values, segmented_at

MONTHS = 24
COMPARED_DAYS = 30
DECIMALS = 4


@dataclass(frozen=True)
class History:
    """Snapshots of one ledger, oldest first; the last is the release itself.

    Attributes
    ----------
    summaries : list of dict
        As docs/architecture.md lists them under ``snapshots``.
    columns : dict of str to ndarray, shape (n_customers, n_snapshots)
        ``snapshot_segment``, −1 before a customer's first order, and ``snapshot_recency``,
        ``snapshot_frequency`` and ``snapshot_monetary``, 0 before it; a snapshot lies in one piece.
    previous : int or None
        The snapshot 30 days before the last, that the screens compare with.
    changed : dict or None
        Customers of both whose segment differs, and how many of them only because cut-offs moved.
    """

    summaries: list[dict[str, Any]]
    columns: Columns
    previous: int | None
    changed: dict[str, int] | None


def take_snapshots(
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    returned: pd.DataFrame,
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
        ``customer_id``, ``invoice``, ``bought_at``, ``lines``, ``amount``: one row an order; without any, the
        past is unknown and the release itself is the only snapshot.
    returned : DataFrame
        What returns took off orders, as ``services.training.lines.taken`` gives it.
    now : Segmented
        The release's own scores.
    as_of : Timestamp
        The release's reference moment.
    preset : Preset
    groups : sequence of Group
        The segments, in the order of their indices.

    Notes
    -----
    At each moment everybody who then had an order is scored, as a training then would have. Who has returned
    everything since has no row in the release, so they shape the cut points and are not counted.
    """
    timed = timed_orders(customers, orders, returned)
    compared = as_of - pd.Timedelta(days=COMPARED_DAYS)
    moments = sorted({*_month_ends(timed["bought_at"], as_of), compared}) if len(timed) else []
    everybody = np.arange(len(customers))
    taken: list[tuple[pd.Timestamp, npt.NDArray, Segmented]] = []
    previous, changed = None, None
    for moment in moments:
        summed = seen_before(timed, moment)
        if len(summed) < SMALLEST_CLASS:
            continue
        rows = summed.index.to_numpy()
        seen = segmented_at(summed.reset_index(drop=True), moment, preset, now.segmentation)
        if (known := int(np.searchsorted(rows, len(customers)))) < len(rows):
            rows, seen = rows[:known], _first(seen, known)
        if moment == compared:
            previous, changed = len(taken), _changed(now, rows, seen)
        taken.append((moment, rows, seen))
    taken.append((as_of, everybody, now))
    summaries = [_summary(seen, moment, groups) for moment, _, seen in taken]
    return History(summaries, _columns(len(customers), taken), previous, changed)


def timed_orders(customers: pd.DataFrame, orders: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Return the orders and what was taken off them, each with how long it was an order's.

    Parameters
    ----------
    customers : DataFrame
        ``customer_id``, in the order of the rows.
    orders : DataFrame
        ``customer_id``, ``invoice``, ``bought_at``, ``lines``, ``amount``: what is left.
    taken : DataFrame
        The same columns and ``returned_at``: what returns took off.

    Returns
    -------
    DataFrame, shape (n_orders + n_taken, >=6)
        ``customer``, the row number, after all others for who has no order left; ``bought_at``, of the whole
        order; ``until`` (NaT for what is left); ``orders``, 1 in one row of each order, the one that lasts
        longest; ``lines``; ``amount``.
    """
    parts = orders.assign(until=np.datetime64("NaT", "us"), orders=1)
    if len(taken):
        order = ["customer_id", "invoice"]
        off = taken.assign(until=taken["returned_at"]).sort_values([*order, "until"], kind="stable")
        touched = off[order].drop_duplicates().assign(touched=True)
        some = parts[order].merge(touched, how="left", on=order)["touched"].notna().to_numpy()
        left = off[order].merge(parts.loc[some, [*order, "orders"]], how="left", on=order)["orders"]
        lasts = left.isna().to_numpy() & ~off.duplicated(order, keep="last").to_numpy()
        both = pd.concat([parts[some], off.assign(orders=lasts.astype(int))])
        both["bought_at"] = both.groupby(order)["bought_at"].transform("min")
        parts = pd.concat([parts[~some], both])
    ids = pd.Index(customers["customer_id"])
    ids = ids.append(pd.Index(parts["customer_id"].unique()).difference(ids))
    return parts.assign(customer=ids.get_indexer(parts["customer_id"]))


def seen_before(timed: pd.DataFrame, moment: pd.Timestamp) -> pd.DataFrame:
    """Summarise who had ordered before a moment.

    Parameters
    ----------
    timed : DataFrame
        From :func:`timed_orders`.
    moment : Timestamp

    Returns
    -------
    DataFrame, indexed by the customers' rows, ascending
        What :func:`services.core.rfm.table.rfm_table` needs.

    Notes
    -----
    A return counts from its moment on. Amounts have four decimals. Rounded to these, a sum of floats is what
    summing decimals gives, so the same orders give the same money at every moment, to the last bit.
    """
    seen = (timed["bought_at"] < moment) & ~(timed["until"] < moment)
    summed = (
        timed[seen]
        .groupby("customer", sort=True)
        .agg(
            last_purchase=("bought_at", "max"),
            orders=("orders", "sum"),
            lines=("lines", "sum"),
            monetary=("amount", "sum"),
        )
    )
    return summed.assign(monetary=summed["monetary"].round(DECIMALS))


def _first(seen: Segmented, count: int) -> Segmented:
    """Return what was found of the first customers."""
    scores = seen.scores and {axis: scores[:count] for axis, scores in seen.scores.items()}
    return replace(seen, rfm=seen.rfm.iloc[:count], scores=scores, segment=seen.segment[:count])


def _columns(customers: int, taken: Sequence[tuple[pd.Timestamp, npt.NDArray, Segmented]]) -> Columns:
    """Lay out what each snapshot knew, one snapshot after the other: a comparison reads two of them."""
    shape = (customers, len(taken))
    columns: Columns = {"snapshot_segment": np.full(shape, -1, np.int16, order="F")}
    for axis in AXES:
        kind = np.float64 if axis == "monetary" else np.int32
        columns[f"snapshot_{axis}"] = np.zeros(shape, kind, order="F")
    for place, (_, rows, seen) in enumerate(taken):
        columns["snapshot_segment"][rows, place] = seen.segment
        for axis in AXES:
            columns[f"snapshot_{axis}"][rows, place] = seen.rfm[axis].to_numpy()
    return columns


def _month_ends(bought_at: pd.Series, as_of: pd.Timestamp) -> list[pd.Timestamp]:
    ends = pd.date_range(bought_at.min(), as_of, freq="MS", normalize=True, inclusive="right")
    return [end for end in ends if end < as_of][-MONTHS:]


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
        "cut_points": cut_points(seen.segmentation),
    }


def _changed(now: Segmented, rows: npt.NDArray, then: Segmented) -> dict[str, int]:
    today = now.rfm.iloc[rows]
    held = then.segmentation.segment(raw_values(today))
    ordered = today["frequency"].to_numpy() > then.rfm["frequency"].to_numpy()
    found = causes(then.segment, now.segment[rows], held, ordered)
    only_cuts = int((found == CAUSES.index("cut-offs")).sum())
    return {"changed": int((found >= 0).sum()), "of": len(rows), "only_cuts": only_cuts}
