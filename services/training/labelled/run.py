"""A training on a labelled table: read, tried, chosen, fitted, described, stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from services.core.labelled.candidates import CANDIDATES
from services.core.labelled.columns import holds_numbers, learn, sign_of, typed
from services.core.labelled.copies import canonical, contradicting, copies, groups_of
from services.core.labelled.ends import ends_of, refuse_too_few
from services.core.labelled.insight import insight
from services.core.labelled.objectives import Objective
from services.core.labelled.published import published
from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.customer_ids import canonical_id
from services.releases.labelled.store import labelled_root, save_model
from services.releases.locks import training_lock
from services.training.labelled.evaluating import (
    FOLDS,
    Table,
    Tell,
    fit_served,
    meter_of_copies,
    try_candidates,
)
from services.training.labelled.reading import Read, read_table, rows_left_out
from services.training.lines.engine import MEMORY_MB

if TYPE_CHECKING:
    from services.training.ledger.cleaned import Erased


@dataclass(frozen=True)
class TableOptions:
    """What a person says of a table.

    Attributes
    ----------
    target : str
        The column that says who churned.
    churned : str, optional
        Its value of who did.
    id_column, sheet : str, optional
    objective : Objective
        What the threshold is to be good for.
    seed : int
    candidates : sequence of str
        Ids of the kinds of models that are tried.
    """

    target: str
    churned: str | None = None
    id_column: str | None = None
    sheet: str | None = None
    objective: Objective = field(default_factory=Objective)
    seed: int = 0
    candidates: Sequence[str] = tuple(CANDIDATES)


def train_table(
    path: Path,
    models: Path,
    options: TableOptions,
    scratch: Path,
    tell: Tell,
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> dict[str, Any]:
    """Make a churn model of a table, and make it the one in use.

    Parameters
    ----------
    path : Path
        CSV or Excel workbook with a customer a row.
    models : Path
        The models folder.
    options : TableOptions
    scratch : Path
        A folder of this run.
    tell : callable
        Is told what is tried.
    erased : callable, optional
        Gives those of some ids whose rows are left out.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    dict
        What ``train-churn --json`` prints; docs/contract.md says what stands in it.

    Raises
    ------
    Refusal
        If the table cannot be used, or another training of a table is running; the model in use stays.
    """
    with training_lock(labelled_root(models)):
        read = read_table(
            path,
            scratch,
            target=options.target,
            id_column=options.id_column,
            sheet=options.sheet,
            memory_mb=memory_mb,
        )
        table, told = _prepared(read, options, erased)
        tried, missing = try_candidates(table, options.objective, options.seed, tell, options.candidates)
        if not tried:
            raise Refusal(" ".join(missing))
        served = max(tried, key=lambda each: each.score)
        tell(_("{model}, on all rows", model=served.candidate.name()))
        fitted = fit_served(table, served.candidate, options.objective, options.seed)
        report = {
            **told,
            "candidates": [each.as_json() for each in tried],
            "served": served.candidate.id,
            "keeps_rows": served.candidate.keeps_rows,
            "threshold": fitted.threshold,
            "objective": options.objective.as_json(),
            "folds": FOLDS,
            "leak_meter": meter_of_copies(table, options.seed),
            "published": published(read.names, read.rows),
            "warnings": [*told["warnings"], *missing],
        }
        fields = {
            "source": read.name,
            "sha256": read.sha256,
            "target": report["target"],
            "churned": report["churned"],
            "id_column": read.id,
            "features": [{**asdict(each), "words": list(each.words)} for each in table.features],
            "served": served.candidate.id,
            "threshold": fitted.threshold,
            "seed": options.seed,
        }
        described = {"columns": insight(table.features, table.frame, table.ends)}
        manifest = save_model(models, datetime.now(UTC), fields, fitted.pipeline, report, described)
    return {"release": manifest.id, **report, "insight": described["columns"]}


def _prepared(read: Read, options: TableOptions, erased: Erased | None) -> tuple[Table, dict[str, Any]]:
    """Make a table of what was read, and say what became of its rows and columns."""
    target = read.named(options.target)
    assert target is not None
    ends, churned = ends_of(target, read.cells[target], options.churned)
    forgotten = _forgotten(read, erased)
    known = np.flatnonzero((ends >= 0) & ~forgotten)
    blank, gone = int(np.count_nonzero((ends < 0) & ~forgotten)), int(np.count_nonzero(forgotten))
    cells = {
        name: [column[place] for place in known]
        for name, column in read.cells.items()
        if name not in (target, read.id)
    }
    ids = [read.cells[read.id][place] for place in known] if read.id else [""] * len(known)
    _refuse_twice(read.id, ids)
    sign = sign_of([column for column in cells.values() if holds_numbers(column)])
    features, left_out = learn(cells, sign)
    if not features:
        raise Refusal(_("No column is left that could tell who churns."), "file")
    values, ends = typed(features, cells, sign).frame, ends[known]
    order = canonical(values, ends, ids, options.seed)
    values, ends = values.iloc[order].reset_index(drop=True), ends[order]
    groups = groups_of(values)
    refuse_too_few(target, ends, groups)
    said = [
        *_rows_said(blank, gone),
        *(each.said for each in left_out.values()),
        *(
            _(
                "“{column}” holds a whole number of its own in every row. If these are IDs, name the column "
                "with --id.",
                column=name,
            )
            for name, column in cells.items()
            if read.id is None and len(set(column)) == len(column) and all(map(str.isdecimal, column))
        ),
        *_torn_said(contradicting(groups, ends)),
    ]
    return Table(features, values, ends, groups), {
        "file": read.name,
        "target": target,
        "churned": churned,
        "id": read.id,
        "rows": read.rows,
        "kept": len(known),
        "rejected": {"unreadable": len(read.rejected), "unlabelled": blank, "forgotten": gone},
        "target_rate": float(ends.mean()),
        "copies": copies(groups),
        "columns": [{"name": each.name, "kind": each.kind} for each in features],
        "left_out": {name: each.why for name, each in left_out.items()},
        "warnings": [*read.warnings, *rows_left_out(read.rejected), *said],
    }


def _rows_said(blank: int, gone: int) -> list[str]:
    said = []
    if blank:
        said.append(
            plural(
                "{n} row does not say who churned and was left out.",
                "{n} rows do not say who churned and were left out.",
                blank,
                n=number(blank),
            )
        )
    if gone:
        said.append(
            plural(
                "{n} row of an erased customer was left out.",
                "{n} rows of erased customers were left out.",
                gone,
                n=number(gone),
            )
        )
    return said


def _torn_said(rows: int) -> list[str]:
    if not rows:
        return []
    return [
        plural(
            "{n} row has the same values as another one that ended differently.",
            "{n} rows have the same values as another one that ended differently.",
            rows,
            n=number(rows),
        )
    ]


def _forgotten(read: Read, erased: Erased | None) -> npt.NDArray[np.bool_]:
    """Say which rows are of customers who were erased, as far as the table has their ids."""
    ids = [canonical_id(each) or "" for each in read.cells[read.id]] if read.id else [""] * len(read.lines)
    gone = erased(ids) if erased and read.id else set()
    return np.array([each in gone for each in ids], dtype=np.bool_)


def _refuse_twice(id_column: str | None, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for each in filter(None, ids):
        if each in seen:
            raise Refusal(
                _(
                    "The customer “{customer}” appears in several rows of the column “{column}”. The table "
                    "needs one row per customer; if that is not the column of the IDs, name it with --id.",
                    customer=each[:40],
                    column=id_column,
                ),
                "id",
            )
        seen.add(each)
