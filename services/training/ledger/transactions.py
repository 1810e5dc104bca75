"""From a file to the ledger in summary: everything later steps need of the transaction lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.presets import Preset
from services.core.rfm.table import reference_date
from services.training.ledger.cleaned import Cleaned, Erased, clean_transactions
from services.training.lines import quality
from services.training.lines.aggregates import ids
from services.training.lines.baskets import Baskets
from services.training.lines.engine import MEMORY_MB, materialise, opened_engine
from services.training.lines.held import Held
from services.training.lines.left_out import LeftOut
from services.training.lines.tables import Keep, tables_of
from services.training.lines.taken import Returns
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadReport


@dataclass(frozen=True)
class Ledger:
    """A cleaned ledger in summary.

    Attributes
    ----------
    report : ReadReport
        What was detected and read.
    rejected : dict of str to int
        Rows each cleaning rule took, in the rules' order.
    kept : int
    revenue : str
        The money of the kept rows, exact.
    left_out : list of LeftOut
        What each rule took that took anything.
    as_of : Timestamp
        The moment recency is counted to.
    customers, orders, favourites, products : DataFrame
        As ``services.training.lines.aggregates`` gives them.
    baskets : Baskets
    glance : dict
    returns : Returns
        What came back, and when it went off which order.
    held : Held
        What each order holds.
    opted_out : frozenset of str or None
        Ids of whom a row says that they want no campaigns; None where the file has no such column.
    churned : ndarray of int or None
        By a table of customers, in its order: 1 who churned, 0 who did not, −1 unknown; None where it does
        not say.
    statuses : dict of str to int
        Rows that the rule ``status`` took, by status as it stands in the file.
    """

    report: ReadReport
    rejected: dict[str, int]
    kept: int
    revenue: str
    left_out: list[LeftOut]
    as_of: pd.Timestamp
    customers: pd.DataFrame
    orders: pd.DataFrame
    favourites: pd.DataFrame
    products: pd.DataFrame
    baskets: Baskets
    glance: dict[str, Any]
    returns: Returns = field(default_factory=Returns)
    held: Held = field(default_factory=Held)
    opted_out: frozenset[str] | None = None
    churned: npt.NDArray[np.int8] | None = None
    statuses: dict[str, int] = field(default_factory=dict)


def read_ledger(
    paths: Sequence[Path],
    preset: Preset,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
    made_at: datetime | None = None,
    memory_mb: int = MEMORY_MB,
) -> Ledger:
    """Read, clean and summarise files of transactions.

    Parameters
    ----------
    paths : sequence of Path
    preset : Preset
        Names the optional cleaning rules, and says what becomes of returns.
    options : TrainOptions
    scratch : Path
        A folder for the engine's files, removed by the caller.
    progress : Progress
    erased : callable, optional
        Whose lines are left out under the rule ``forgotten``.
    made_at : datetime, optional
        When the training is; lines after the following day are in the future. Now when absent.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the file cannot be read, or no line is left.
    """
    with opened_engine(scratch, memory_mb) as engine:
        cleaned = clean_transactions(paths, engine, preset, options, scratch, progress, erased, made_at)
        with progress.step("customers"):
            found = _summarise(cleaned, partial(materialise, engine), options)
            cleaned.report.warnings.extend(quality.of_orders(found.customers, found.orders))
            cleaned.report.warnings.extend(quality.of_baskets(len(found.baskets.customers)))
            if not cleaned.report.ledger["opted_out"]:
                return found
            return replace(found, opted_out=frozenset(ids(cleaned.rows, opted_out=True)))


def _summarise(cleaned: Cleaned, keep: Keep, options: TrainOptions) -> Ledger:
    found = tables_of(
        cleaned.rows,
        cleaned.matched,
        keep,
        cleaned.restarts,
        items=options.items if cleaned.report.ledger["product"] else "description",
        all_codes=options.all_codes,
    )
    return Ledger(
        cleaned.report,
        cleaned.rejected,
        cleaned.kept,
        cleaned.revenue,
        cleaned.left_out,
        reference_date(
            found.customers["last_purchase"],
            pd.Timestamp(options.counted_to) if options.counted_to else None,
        ),
        **vars(found),
        statuses=cleaned.statuses,
    )
