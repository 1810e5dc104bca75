"""Rows that cannot be read: why, with examples, and how many are too many to go on in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from services.core.language.messages import _, later, plural
from services.core.language.written import number
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

_WRONG_COLUMN = later("If the wrong column was read, name the right one with --columns.")
_ACCEPT = later("Correct them, or leave them out with --accept-unreadable.")
_HINTS = {
    "not a date": later("A date is written such as 2023-01-31, 31/01/2023 or 31.01.2023 14:05."),
    ROUNDED: later(
        "The last digits of these ids are lost, so several customers became one and no figure would be "
        "right. Export the file again without opening it in a spreadsheet, or give the column the format "
        "Text there before you paste."
    ),
}

#: How a report keeps a reason that speaks of a role whose column is called otherwise, in English.
_NAMED = later("{reason} (in column “{column}”)")
_IS_NAMED = re.compile(r"(.+) \((?:in )?column “(.*)”\)", re.DOTALL)

#: Examples, one and two, in a row of a sheet or a line, with a cell or not.
_EXAMPLES = {
    ("row", False): (
        later("An example is row {line}."),
        later("Examples are row {line} and row {other_line}."),
    ),
    ("row", True): (
        later("An example is “{cell}” in row {line}."),
        later("Examples are “{cell}” in row {line} and “{other_cell}” in row {other_line}."),
    ),
    ("line", False): (
        later("An example is line {line}."),
        later("Examples are line {line} and line {other_line}."),
    ),
    ("line", True): (
        later("An example is “{cell}” in line {line}."),
        later("Examples are “{cell}” in line {line} and “{other_cell}” in line {other_line}."),
    ),
}
_FIRST = {
    ("row", False): later("Look at row {line}: {reason}."),
    ("row", True): later("Look at row {line}: {reason}: “{cell}”."),
    ("line", False): later("Look at line {line}: {reason}."),
    ("line", True): later("Look at line {line}: {reason}: “{cell}”."),
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
    return _NAMED.text.format(reason=reason, column=columns[role])


def nothing_can_be_read(rows: int, example: Unreadable, form: str) -> str:
    """Say that no row can be read, and why the first cannot."""
    none = (
        _("The only row cannot be read.")
        if rows == 1
        else plural(
            "None of the {n} row can be read.", "None of the {n} rows can be read.", rows, n=number(rows)
        )
    )
    first = _FIRST[_place(form), bool(example.cell)](
        line=number(example.line), reason=_say(example.reason), cell=_cut(example.cell or "")
    )
    return " ".join([none, first, *_hints([example.reason]), _WRONG_COLUMN()])


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
    many = plural(
        "{unreadable} of the {n} row ({share} %) cannot be read.",
        "{unreadable} of the {n} rows ({share} %) cannot be read.",
        report.rows,
        n=number(report.rows),
        unreadable=number(report.unreadable),
        share=_percent(share),
    )
    told = [_told(report, reason) for reason in commonest]
    raise Refusal(
        " ".join([many, *told, *_hints(commonest), _ACCEPT(), _WRONG_COLUMN()]),
        "accept_unreadable",
        option="--accept-unreadable",
    )


def _told(report: ReadReport, reason: str) -> str:
    rows = report.reasons[reason]
    told = plural(
        "{n} row has this fault: {reason}.",
        "{n} rows have this fault: {reason}.",
        rows,
        n=number(rows),
        reason=_say(reason),
    )
    examples = [each for each in report.examples if each.reason == reason][:_EXAMPLES_SAID]
    return f"{told} {_such_as(examples, report.form)}"


def _such_as(examples: list[Unreadable], form: str) -> str:
    one, several = _EXAMPLES[_place(form), all(each.cell for each in examples)]
    first, *others = examples
    places = {"cell": _cut(first.cell or ""), "line": _line(first)}
    for other in others:
        return several(other_cell=_cut(other.cell or ""), other_line=_line(other), **places)
    return one(**places)


def _line(each: Unreadable) -> str:
    return number(each.line) + (f" ({each.file})" if each.file else "")


def _say(reason: str) -> str:
    """Say a reason that a report keeps in English."""
    found = _IS_NAMED.fullmatch(reason)
    return _NAMED(reason=_(found[1]), column=found[2]) if found else _(reason)


def _place(form: str) -> Literal["row", "line"]:
    return "row" if form in ("xlsx", "parquet") else "line"


def _cut(cell: str) -> str:
    return f"{cell[:_LONGEST_CELL]}{'…' if len(cell) > _LONGEST_CELL else ''}"


def _hints(reasons: list[str]) -> list[str]:
    return [hint() for start, hint in _HINTS.items() if any(reason.startswith(start) for reason in reasons)]


def _percent(share: float) -> str:
    """Write a share in per cent; one just over ``MOST`` does not look like it."""
    digits = next(digits for digits in range(3, 17) if float(f"{share:.{digits}g}") != MOST or share == MOST)
    written = f"{100 * share:.{digits}g}"
    return number(float(written), len(written.partition(".")[2]))
