"""Who churned: the two values of a table's target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from services.core.labelled.copies import Labels
from services.core.language import lists
from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.number_cells import NumberCells, is_number

#: Words that mean that a customer is gone, where the other value is not one of them.
_GONE = frozenset(
    {"1", "yes", "y", "true", "t", "churned", "churn", "left", "lost", "gone", "exited", "ja", "oui"}
)
_UNKNOWN = -1

_EMPTY = later(
    "The column “{column}” is empty; one that says who churned has two, such as 1 and 0, or yes and no."
)
_ONE_VALUE = later(
    "The column “{column}” has one value; one that says who churned has two, such as 1 and 0, or yes and no."
)

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
    if len(values) != 2:
        raise Refusal(_not_two(name, len(values)), "target")
    shown = lists.every([f"“{value}”" for value in values])
    if churned is None:
        meant = [value for value in values if value in _GONE]
        if len(meant) != 1:
            raise Refusal(
                _(
                    "The column “{column}” holds {values}, and it is not clear which of them means that a "
                    "customer churned. Say which: --churned {value}.",
                    column=name,
                    values=shown,
                    value=values[0],
                ),
                "churned",
                option="--churned",
                choices=values,
            )
        gone = meant[0]
    else:
        gone = _spelled(churned)
        if gone not in values:
            raise Refusal(
                _(
                    "The column “{column}” does not hold “{value}”; it holds {values}.",
                    column=name,
                    value=churned[:40],
                    values=shown,
                ),
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
            plural(
                "By the column “{column}”, {n} different customer churned and {stayed} stayed; a model needs "
                "{least} of each at least.",
                "By the column “{column}”, {n} different customers churned and {stayed} stayed; a model "
                "needs {least} of each at least.",
                gone,
                n=number(gone),
                column=name,
                stayed=number(stayed),
                least=LEAST_OF_EACH,
            ),
            "target",
        )


def _not_two(name: str, values: int) -> str:
    if values < 2:
        return (_EMPTY, _ONE_VALUE)[values](column=name)
    return plural(
        "The column “{column}” has {n} value; one that says who churned has two, such as 1 and 0, or yes and "
        "no.",
        "The column “{column}” has {n} values; one that says who churned has two, such as 1 and 0, or yes "
        "and no.",
        values,
        n=number(values),
        column=name,
    )


def _spelled(cell: str) -> str:
    """Write a value in one way: 1.0 as 1, YES as yes."""
    text = " ".join(cell.split()).casefold()
    if is_number(text):
        number = NumberCells().read(text)[0]
        return f"{number:g}" if number == number else text
    return text
