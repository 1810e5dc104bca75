"""Do the intervals of next orders hold as often as they are stated to, at days of the past?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.evidence.shares import percent
from services.core import presets
from services.core.refusals import Refusal
from services.core.value.bgnbd import fit_bgnbd
from services.core.value.fitting import histories
from services.core.value.rhythm import STATES, Tried, horizon_of, try_out
from services.core.value.spans import OrderDays, order_days, spans_at
from services.training.ledger.transactions import read_ledger
from services.training.options import TrainOptions
from services.training.progress import Progress

LEVELS = (0.5, 0.8, 0.9)
CLOSE = 0.04
#: The days that a release tries, and one a month earlier, before the summer.
CUTS = 4


def section(file: Path, folder: Path) -> str:
    """Try the law of the next order at earlier days, each with what was known then."""
    known, last = _days(file, folder)
    horizon = horizon_of(known, 0)
    tried = try_out(known, 0, horizon, LEVELS, CUTS)
    rows = [_row(each, level, last) for each in tried for level in LEVELS]
    shares = [[ordered / max(count, 1) for count, ordered in _counted(each)] for each in tried[:-1]]
    states = ", ".join(
        f"{name.lower()} {percent(min(of), 0)} to {percent(max(of), 0)}"
        for name, of in zip(STATES.values(), zip(*shares, strict=True), strict=True)
    )
    kept = all(abs(each.held[level] / each.intervals[level] - level) <= CLOSE
               for each in tried[:-1] for level in LEVELS)  # fmt: skip
    return "\n".join(
        [
            "## A customer's own rhythm",
            "",
            "Claimed: intervals stated for the next order hold as often as they say. Tried at each day, "
            f"{horizon} days ahead, with the orders until then; an order outside, or none at all, is "
            "a miss. Returns are as the whole file has them.",
            "",
            "| day | stated | intervals | held | off by |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"At the first three days, those that a release tries, {'all' if kept else 'not all'} are within "
            f"{100 * CLOSE:.0f} points. Who ordered within {horizon} days of them, by state: {states}. "
            f"{_drop_out(known)}",
        ]
    )


def _days(file: Path, folder: Path) -> tuple[OrderDays, pd.Timestamp]:
    options = TrainOptions()
    preset = presets.load(str(options.preset))
    ledger = read_ledger([file], preset, options, folder, Progress(None), None, datetime.now(UTC))
    bought = ledger.orders["bought_at"].dt.normalize()
    who = pd.factorize(ledger.orders["customer_id"], sort=True)[0]
    return order_days(who, (bought - bought.max()).dt.days), bought.max()


def _row(tried: Tried, level: float, last: pd.Timestamp) -> str:
    day = (last + pd.Timedelta(days=tried.cut)).date()
    share = tried.held[level] / max(tried.intervals[level], 1)
    off = f"{100 * (share - level):+.1f}".replace("-", "−")
    return f"| {day} | {percent(level, 0)} | {tried.intervals[level]:,} | {percent(share)} | {off} |"


def _counted(tried: Tried) -> list[tuple[int, int]]:
    return list(zip(tried.customers, tried.ordered, strict=True))


def _drop_out(known: OrderDays) -> str:
    now = spans_at(known, 0).running
    try:
        found = fit_bgnbd(histories(now.before, now.age, np.maximum(now.age + now.days, 1)))
    except Refusal as refused:
        return f"BG/NBD on the whole: {refused}"
    return f"BG/NBD on the whole: a {found.a:.3f}, b {found.b:.3f}."
