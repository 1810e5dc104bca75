"""What each answer to a question about a file would come to: rows, customers, money and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from services.core.refusals import Refusal
from services.training.ledger.cleaned import Erased
from services.training.ledger.inspecting import Inspection, inspect
from services.training.lines.engine import MEMORY_MB
from services.training.options import TrainOptions
from services.training.reading.columns.addresses import parse_columns

MOST = 6
"""Answers that are tried for one question: each takes as long as the file itself."""

#: Fields of a question that say that the answer before it does not fit the file.
_FAILS = ("file", "accept_unreadable")

#: Fields of a question that say how a file is read, with an answer that is its value as it stands.
_AS_IT_STANDS = ("date_order", "decimal", "only_currency", "sheet", "layout")


def try_choices(
    paths: Sequence[Path],
    options: TrainOptions,
    question: Refusal,
    scratch: Path,
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> list[dict[str, Any]]:
    """Read files once for each answer that a question offers.

    Parameters
    ----------
    paths, options, scratch, erased, memory_mb
        As ``services.training.ledger.inspecting.inspect`` takes them.
    question : Refusal

    Returns
    -------
    list of dict
        An entry for each of the choices: ``choice``, ``rows`` (kept), ``customers``, ``revenue`` (exact
        text), ``days`` and ``refused``, a sentence where the file cannot be read so. All but the first are
        None where another question comes first, or where it was not tried.
    """
    return [
        _tried(paths, options, question, choice, scratch / f"tried-{place}", erased, memory_mb)
        if place < MOST
        else _outcome(choice)
        for place, choice in enumerate(question.choices)
    ]


def _tried(
    paths: Sequence[Path],
    options: TrainOptions,
    question: Refusal,
    choice: str,
    scratch: Path,
    erased: Erased | None,
    memory_mb: int,
) -> dict[str, Any]:
    told = _with(options, question.field, choice)
    if told is None:
        return _outcome(choice)
    try:
        found = inspect(paths, told, scratch, erased, memory_mb=memory_mb)
    except Refusal as refusal:
        return _outcome(choice, refused=str(refusal))
    next_one = found.questions[0] if found.questions else None
    if next_one and (next_one.field in _FAILS or question.field == next_one.field != "columns"):
        return _outcome(choice, refused=str(next_one))
    return _outcome(choice, found)


def _with(options: TrainOptions, field: str | None, choice: str) -> TrainOptions | None:
    reading = options.reading
    if field == "columns":
        columns = {**reading.columns, **parse_columns(choice)}
        return replace(options, reading=replace(reading, columns=columns))
    if field in _AS_IT_STANDS:
        said: dict[str, Any] = {field: choice}
        return replace(options, reading=replace(reading, **said))
    return None


def _outcome(choice: str, found: Inspection | None = None, refused: str | None = None) -> dict[str, Any]:
    cleaned = found.cleaned if found and not found.questions else None
    days = found.days if found and cleaned else None
    return {
        "choice": choice,
        "rows": cleaned.kept if cleaned else None,
        "customers": found.customers if found and cleaned else None,
        "revenue": cleaned.revenue if cleaned else None,
        "days": {"from": days[0].isoformat(), "to": days[1].isoformat()} if days else None,
        "refused": refused,
    }
