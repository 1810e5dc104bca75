"""Each customer's own rhythm as of the release, with what such claims were worth at earlier days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from services.core.language.messages import later
from services.core.value.next_order import ENOUGH, NextOrder, learn
from services.core.value.rhythm import (
    LEAST_HORIZON,
    LEVELS,
    STATES,
    Tried,
    horizon_of,
    interval,
    standing,
    try_out,
)
from services.core.value.spans import Spans, order_days, spans_at
from services.training.customers.columns import Columns

#: Intervals that must have been tried before any is shown.
ENOUGH_TRIED = 30
_DAY = pd.Timedelta(days=1)
#: Stored in English, and said when shown.
_TABLE = later("A table of customers has no individual orders, so customers’ rhythms are not known.").text


@dataclass(frozen=True)
class Rhythms:
    """The rhythm of all customers.

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n_customers,)
        ``rhythm``, ``overdue_days``, ``overdue_left``, ``next_low``, ``next_high``, ``next_record``;
        none where nobody's is known.
    summary : dict
        The fields of ``services.releases.overview.rhythm.Rhythm``.
    """

    columns: Columns
    summary: dict[str, Any]


def find_rhythms(customers: pd.DataFrame, orders: pd.DataFrame, as_of: pd.Timestamp) -> Rhythms:
    """Judge each customer against their own law of the next order, and try the same at earlier days.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    orders : DataFrame
        ``customer_id`` and ``bought_at``, one row an order; none where the file is a table of customers.
    as_of : Timestamp
        The release's reference moment.
    """
    if orders.empty:
        return _without(_TABLE)
    row = pd.Index(customers["customer_id"]).get_indexer(orders["customer_id"])
    bought = orders["bought_at"].dt.normalize()
    seen = max(bought.max(), (as_of - _DAY + pd.Timedelta(seconds=1)).normalize())
    known = order_days(row, (bought - seen).dt.days)
    horizon = horizon_of(known, 0)
    if horizon < LEAST_HORIZON:
        return _without(
            f"The orders span fewer than {3 * LEAST_HORIZON} days, too few to know a customer’s rhythm."
        )
    spans = spans_at(known, 0)
    law = learn(spans)
    if law is None:
        return _without(
            f"Fewer than {ENOUGH} gaps between orders are known, too few to know a customer’s rhythm."
        )
    tried = try_out(known, 0, horizon)
    return Rhythms(_columns(law, spans.running, horizon, tried), _summary(seen, horizon, tried))


def _without(sentence: str) -> Rhythms:
    nothing: dict[str, list[Any]] = {"tried": [], "records": [], "states": []}
    return Rhythms({}, {"missing": sentence, "seen": None, "horizon": 0, **nothing})


def _records(tried: Sequence[Tried]) -> dict[float, tuple[int, int]]:
    """Return, of each level that was tried often enough, the intervals stated and those that held."""
    counted = {
        level: (sum(each.intervals[level] for each in tried), sum(each.held[level] for each in tried))
        for level in LEVELS
    }
    return {level: counts for level, counts in counted.items() if counts[0] >= ENOUGH_TRIED}


def _columns(law: NextOrder, now: Spans, horizon: int, tried: Sequence[Tried]) -> Columns:
    found = standing(law, now, horizon)
    low, high = (np.zeros(len(now.days), np.int16) for _ in range(2))
    record = np.full(len(now.days), -1, np.int8)
    for place, level in enumerate(_records(tried)):
        stated = interval(law, now, level, horizon)
        new = stated.stated & (record < 0)
        low[new], high[new], record[new] = stated.low[new], stated.high[new], place
    return {
        "rhythm": found.state,
        "overdue_days": np.maximum(found.overdue, 0),
        "overdue_left": np.maximum(-found.overdue, 0),
        "next_low": low,
        "next_high": high,
        "next_record": record,
    }


def _summary(seen: pd.Timestamp, horizon: int, tried: Sequence[Tried]) -> dict[str, Any]:
    states = zip(STATES.items(), range(len(STATES)), strict=True)
    return {
        "missing": None,
        "seen": seen.date().isoformat(),
        "horizon": horizon,
        "tried": [(seen + each.cut * _DAY).date().isoformat() for each in tried],
        "records": [
            {"level": round(100 * level), "intervals": intervals, "held": held}
            for level, (intervals, held) in _records(tried).items()
        ],
        "states": [
            {
                "id": id,
                "name": name.text,
                "tried": sum(each.undated[place] for each in tried),
                "ordered": sum(each.undated_ordered[place] for each in tried),
            }
            for (id, name), place in states
        ],
    }
