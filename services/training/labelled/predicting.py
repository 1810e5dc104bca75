"""Customers of a file, with what the churn model in use says of each, written as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.labelled.columns import sign_of, typed
from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.core.text.cells import guarded
from services.core.text.column_names import plain
from services.core.text.number_cells import Sign
from services.releases.labelled.store import LabelledModel
from services.training.labelled.doubts import doubts, empty_rows
from services.training.labelled.reading import Read, read_table
from services.training.lines.engine import MEMORY_MB

ADDED = ("churn_probability", "churn_predicted", "churn_error")
#: Rows without an answer that the receipt names, and rows with one that it shows.
_TOLD = 10
_SHOWN = 5
_EMPTY = later("no column that the model uses has a value")
#: A spreadsheet takes the text for UTF-8 by it.
_MARK = "\ufeff"


@dataclass(frozen=True)
class Answers:
    """A file's rows and their chances.

    Attributes
    ----------
    read : Read
    sign : {".", ","}
        What stands before decimals in the file.
    chances : ndarray, shape (rows that were read,)
        Of churning, 0–1; NaN where nothing is known of a customer.
    chosen : ndarray of bool, shape (rows that were read,)
        Whether the chance reaches the model's threshold.
    used : list of str
        The file's headers of the columns that the model uses.
    id : str or None
        The column with the customers' ids.
    ignored : list of str
        Columns that the model does not use.
    warnings : list of str
    """

    read: Read
    sign: Sign
    chances: npt.NDArray[np.float64]
    chosen: npt.NDArray[np.bool_]
    used: list[str]
    id: str | None
    ignored: list[str]
    warnings: list[str]

    @property
    def answered(self) -> int:
        """Rows that have an answer."""
        return int(np.count_nonzero(~np.isnan(self.chances)))

    @property
    def refused(self) -> list[tuple[int, str]]:
        """Line of each row without an answer, and why it has none, in the file's order."""
        empty, reason = np.flatnonzero(np.isnan(self.chances)).tolist(), _EMPTY()
        return sorted([*self.read.rejected, *((self.read.lines[place], reason) for place in empty)])

    def shown(self) -> list[dict[str, Any]]:
        """Give the first rows with an answer as they were read: ``line, id, values, probability, likely``."""
        return [
            {
                "line": self.read.lines[place],
                "id": self.read.cells[self.id][place] if self.id else None,
                "values": {name: self.read.cells[name][place] for name in self.used},
                "probability": float(self.chances[place]),
                "likely": bool(self.chosen[place]),
            }
            for place in np.flatnonzero(~np.isnan(self.chances))[:_SHOWN].tolist()
        ]

    def text(self) -> str:
        """Write the rows in the file's order, with the answers in further columns."""
        text = io.StringIO(_MARK)
        text.seek(0, io.SEEK_END)
        writer = csv.writer(text, delimiter=self.read.separator or ",")
        writer.writerow([*map(guarded, self.read.names), *ADDED])
        writer.writerows(row for _line, row in sorted(self._rows(), key=lambda each: each[0]))
        return text.getvalue()

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        columns = [self.read.cells[name] for name in self.read.names]
        for place, line in enumerate(self.read.lines):
            cells = [guarded(column[place]) for column in columns]
            if np.isnan(self.chances[place]):
                yield line, [*cells, "", "", _error(line, _EMPTY())]
            else:
                chance = f"{self.chances[place]:.6f}".replace(".", self.sign)
                yield line, [*cells, chance, "yes" if self.chosen[place] else "no", ""]
        for line, reason in self.read.rejected:
            yield line, [*[""] * len(columns), "", "", _error(line, reason)]


def answer_table(
    model: LabelledModel,
    path: Path,
    scratch: Path,
    sheet: str | None = None,
    memory_mb: int = MEMORY_MB,
) -> Answers:
    """Say of each customer of a file how likely they are to churn.

    Parameters
    ----------
    model : LabelledModel
    path : Path
        A table with the columns that the model uses, in any order and among others.
    scratch : Path
        A folder of this run.
    sheet : str, optional
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the file cannot be read, or lacks a column that the model uses.
    """
    manifest = model.manifest
    features = [column.feature() for column in manifest.features]
    read = read_table(path, scratch, sheet=sheet, known=[each.name for each in features], memory_mb=memory_mb)
    double = next((name for name in ADDED if read.named(name)), None)
    if double:
        raise Refusal(
            _(
                "The file already has a column {column}. Remove the columns of earlier answers.",
                column=double,
            ),
            "file",
        )
    found = {each.name: read.named(each.name) for each in features}
    lacking = [name for name, header in found.items() if header is None]
    if lacking:
        shown = ", ".join(f"“{name}”" for name in lacking[:20])
        raise Refusal(
            plural(
                "The file lacks the column {columns}, by which the model tells who will churn. Add what is "
                "missing; single cells may be blank.",
                "The file lacks the columns {columns}, by which the model tells who will churn. Add what is "
                "missing; single cells may be blank.",
                len(lacking),
                columns=shown,
            ),
            "file",
        )
    headers = {name: header for name, header in found.items() if header is not None}
    cells = {name: read.cells[header] for name, header in headers.items()}
    sign = sign_of([cells[each.name] for each in features if each.kind == "number"])
    taken = typed(features, cells, sign)
    empty = empty_rows(features, taken)
    chances = np.asarray(model.pipeline.predict_proba(taken.frame)[:, 1], dtype=np.float64)
    chances[empty] = np.nan
    used = {plain(str(name)) for name in (*found, manifest.id_column or "", manifest.target)}
    ignored = [name for name in read.names if plain(name) not in used and name != read.id]
    filled = {column["name"]: not column["blank"] for column in model.insight["columns"]}
    return Answers(
        read,
        sign,
        chances,
        chances >= manifest.threshold,
        list(headers.values()),
        read.named(manifest.id_column) if manifest.id_column else read.id,
        ignored,
        [
            *read.warnings,
            *(_("The column “{column}” is not used by the model.", column=name) for name in ignored),
            *doubts(features, taken, cells, filled, ~empty),
        ],
    )


def predict_table(
    model: LabelledModel,
    path: Path,
    target: Path,
    scratch: Path,
    sheet: str | None = None,
    memory_mb: int = MEMORY_MB,
) -> dict[str, Any]:
    """Write a file's customers with their answers, whole or not at all.

    Parameters
    ----------
    model : LabelledModel
    path, target : Path
        The table, and where the CSV goes.
    scratch : Path
    sheet : str, optional
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    dict
        What ``predict-churn --json`` prints.

    Raises
    ------
    Refusal
        As ``answer_table``; or if ``target`` is the same file, or cannot be written.
    """
    if target.exists() and path.exists() and target.samefile(path):
        raise Refusal(_("--out is the same file as the table. Name another one."), "out")
    answers = answer_table(model, path, scratch, sheet, memory_mb)
    partial = target.with_name(target.name + ".partial")
    try:
        partial.write_text(answers.text(), "utf-8", newline="")
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refusal(
            _("“{path}” cannot be written: {reason}.", path=target, reason=error.strerror), "out"
        ) from None
    refused = answers.refused
    reasons = Counter(reason for _line, reason in refused)
    return {
        "release": model.manifest.id,
        "rows": answers.read.rows,
        "answered": answers.answered,
        "refused": len(refused),
        "reasons": dict(reasons.most_common()),
        "first": [{"line": line, "error": reason} for line, reason in refused[:_TOLD]],
        "predicted": int(answers.chosen.sum()),
        "threshold": model.manifest.threshold,
        "ignored": answers.ignored,
        "warnings": answers.warnings,
        "id": answers.id,
        "shown": answers.shown(),
        "out": str(target),
    }


def _error(line: int, reason: str) -> str:
    return _("Line {line}: {reason}.", line=f"{line:,}", reason=reason)
