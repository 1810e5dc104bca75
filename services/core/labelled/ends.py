"""Who churned: the two values of a table's target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from services.core.labelled.copies import Labels
from services.core.refusals import Refusal
from services.core.text.number_cells import NumberCells, is_number

#: Words that mean that a customer is gone, where the other value is not one of them.
_GONE = frozenset(
    {"1", "yes", "y", "true", "t", "churned", "churn", "left", "lost", "gone", "exited", "ja", "oui"}
)
_UNKNOWN = -1

#: So few customers of either kind teach nothing.
LEAST_OF_EACH = 20


def ends_of(name: str, cells: Sequence[str], churned: str | None = None) -> tuple[Labels, str]:
    """Read who churned.

    Parameters
    ----------
    name : str
        The target's header.
    cells : sequence of str
    churned : str, optional
        The value of who churned, where it is not told by itself.

    Returns
    -------
    ndarray of int, shape (rows,)
        1 for who churned, 0 for who stayed, −1 where the cell is blank.
    str
        The value of who churned, as the table writes it.

    Raises
    ------
    Refusal
        If there are not two values, or it is not known which of them means that a customer churned.
    """
    spelled = [_spelled(cell) for cell in cells]
    counted = Counter(each for each in spelled if each)
    values = sorted(counted)
    shown = " and ".join(f"“{value}”" for value in values[:5])
    if len(values) != 2:
        has = ("is empty", "has one value")[len(values)] if len(values) < 2 else f"has {len(values):,} values"
        raise Refusal(
            f"The column “{name}” {has}; one that says who churned has two, such as 1 and 0, or yes and no.",
            "target",
        )
    if churned is None:
        meant = [value for value in values if value in _GONE]
        if len(meant) != 1:
            raise Refusal(
                f"The column “{name}” holds {shown}, and it is not clear which of them means that a customer "
                f"churned. Say which: --churned {values[0]}.",
                "churned",
                option="--churned",
                choices=values,
            )
        gone = meant[0]
    else:
        gone = _spelled(churned)
        if gone not in values:
            raise Refusal(
                f"The column “{name}” does not hold “{churned[:40]}”; it holds {shown}.",
                "churned",
                option="--churned",
                choices=values,
            )
    ends = np.array([_UNKNOWN if not each else int(each == gone) for each in spelled], dtype=np.int64)
    return ends, gone


def refuse_too_few(name: str, ends: Labels, groups: Labels) -> None:
    """Refuse a table with too few customers of either kind; copies of one count once.

    Raises
    ------
    Refusal
        With how many there are.
    """
    stayed, gone = (len(np.unique(groups[ends == end])) for end in (0, 1))
    if min(stayed, gone) < LEAST_OF_EACH:
        raise Refusal(
            f"By the column “{name}”, {gone:,} different customers churned and {stayed:,} stayed; a model "
            f"needs {LEAST_OF_EACH} of each at least.",
            "target",
        )


def _spelled(cell: str) -> str:
    """Write a value in one way: 1.0 as 1, YES as yes."""
    text = " ".join(cell.split()).casefold()
    if is_number(text):
        number = NumberCells().read(text)[0]
        return f"{number:g}" if number == number else text
    return text
