"""Rows that cannot be read: why, with examples, and how many are too many to go on in silence."""

from __future__ import annotations

from collections.abc import Mapping

from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.cleaning import NO_LINE
from services.training.lines.engine import Engine
from services.training.reading.cells.ids import ROUNDED
from services.training.reading.files.totals import BELOW
from services.training.reading.report import ReadReport, Unreadable

#: Examples kept of each reason, and how many a refusal names.
EXAMPLES = 20
_REASONS_SAID, _EXAMPLES_SAID = 3, 2
_LONGEST_CELL = 40

#: Share of the rows above which a file is refused.
MOST = 0.05

_WRONG_COLUMN = "If the wrong column was read, name the right one with --columns."
_HINTS = {
    "not a date": " A date is written such as 2023-01-31, 31/01/2023 or 31.01.2023 14:05.",
    ROUNDED: " The last digits of these ids are lost, so several customers became one and no figure would be "
    "right. Export the file again without opening it in a spreadsheet, or give the column the format Text "
    "there "
    "before you paste.",
}


def found(engine: Engine, table: str, columns: Mapping[str, str]) -> tuple[dict[str, int], list[Unreadable]]:
    """Count the rows of each reason, and give examples by line.

    Parameters
    ----------
    engine : Engine
    table : str
        With ``line``, ``unreadable`` and ``cell``.
    columns : mapping
        Role to the name of its column: a reason that speaks of a role names its column too.

    Returns
    -------
    tuple of dict and list of Unreadable
        Reasons with their rows, the commonest first; at most ``EXAMPLES`` examples a reason.
    """
    lost = f"unreadable IS NOT NULL AND NOT starts_with(unreadable, {engines.text(NO_LINE)})"
    counted = engine.execute(
        f"SELECT unreadable, count(*) FROM {table} WHERE {lost} "
        "GROUP BY unreadable ORDER BY count(*) DESC, unreadable"
    ).fetchall()
    examples = engine.execute(
        f"SELECT line, unreadable, cell FROM {table} WHERE {lost} "
        f"QUALIFY row_number() OVER (PARTITION BY unreadable ORDER BY line) <= {EXAMPLES} ORDER BY line"
    ).fetchall()
    return (
        {named(reason, columns): rows for reason, rows in counted},
        [Unreadable(line, named(reason, columns), cell) for line, reason, cell in examples],
    )


def named(reason: str, columns: Mapping[str, str]) -> str:
    """Name the column of the role that a reason speaks of, where the file calls it otherwise."""
    said = set(reason.split())
    role = next((role for role in columns if role in said), None)
    if role is None or columns[role] == role:
        return reason
    return f"{reason} (column “{columns[role]}”)"


def none_of(rows: int, done: str) -> str:
    """Begin a sentence: none of the rows can be ``read``, or ``used``."""
    return f"The only row cannot be {done}" if rows == 1 else f"None of the {rows:,} rows can be {done}"


def nothing_can_be_read(rows: int, example: Unreadable, form: str) -> str:
    """Say that no row can be read, and why the first cannot."""
    cell = f": {_quoted(example.cell)}" if example.cell else ""
    said = f"{_place(form).capitalize()} {example.line:,}: {example.reason}{cell}."
    return f"{none_of(rows, 'read')}. {said}{_hint([example.reason])} {_WRONG_COLUMN}"


def refuse_unreadable(report: ReadReport, accepted: bool) -> None:
    """Refuse a file of which too many rows cannot be read, unless that was accepted.

    Raises
    ------
    Refusal
        With the three commonest reasons and examples of each.
    """
    # every list may end with its sum
    share = (report.unreadable - report.reasons.get(BELOW, 0)) / max(report.rows - report.no_lines, 1)
    rounded = [reason for reason in report.reasons if reason.startswith(ROUNDED)]
    if accepted or (share <= MOST and not rounded):
        return
    commonest = list(dict.fromkeys([*rounded, *report.reasons]))[:_REASONS_SAID]
    said = "; ".join(_told(report, reason) for reason in commonest)
    raise Refusal(
        f"{report.unreadable:,} of the {report.rows:,} rows ({_percent(share)}) cannot be read: {said}."
        f"{_hint(commonest)} Correct them, or leave them out with --accept-unreadable. {_WRONG_COLUMN}",
        "accept_unreadable",
        option="--accept-unreadable",
    )


def _told(report: ReadReport, reason: str) -> str:
    place = _place(report.form)
    examples = [each for each in report.examples if each.reason == reason][:_EXAMPLES_SAID]
    such = " and ".join(
        (f"{_quoted(each.cell)} in " if each.cell else "")
        + f"{place} {each.line:,}"
        + (f" of {each.file}" if each.file else "")
        for each in examples
    )
    rows = report.reasons[reason]
    return f"{reason} in {rows:,} {'row' if rows == 1 else 'rows'}, such as {such}"


def _place(form: str) -> str:
    return "row" if form in ("xlsx", "parquet") else "line"


def _quoted(cell: str) -> str:
    return f"“{cell[:_LONGEST_CELL]}{'…' if len(cell) > _LONGEST_CELL else ''}”"


def _hint(reasons: list[str]) -> str:
    return "".join(
        hint for start, hint in _HINTS.items() if any(reason.startswith(start) for reason in reasons)
    )


def _percent(share: float) -> str:
    """Write a share; one just over ``MOST`` does not look like it."""
    digits = next(digits for digits in range(3, 17) if float(f"{share:.{digits}g}") != MOST or share == MOST)
    return f"{100 * share:.{digits}g} %"
