"""What to say of a file of which no row is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.left_out import words_of
from services.core.refusals import Refusal
from services.training.lines.cleaning import RETURNED

#: The share of the rows that one rule takes where the others do not matter.
NEARLY_ALL = 0.9

_WAYS_OUT: Mapping[str, tuple[str | None, later]] = {
    "status": (
        "--keep-status",
        later("If one of their statuses is a sale, add --keep-status with it."),
    ),
    "cancellation": ("--cancel-prefix", later("If they are sales, add --cancel-prefix none.")),
    RETURNED: (
        "--returns",
        later("What was bought was returned: --returns ignore keeps the orders as they were."),
    ),
    "refund": (None, later("All of them are refunds: add the file with the purchases they belong to.")),
}
_COLUMNS = later("Check which columns were meant with --columns.")
_LATER_DAY = later("They are later than --as-of: choose a later day.")
_AFTER_TODAY = later(
    "They are dated after today. If day and month were swapped, say how dates are written with --date-order; "
    "if the dates are right, name the day to count to with --as-of."
)


def refuse_nothing_left(rows: int, rejected: Mapping[str, int], as_of: datetime | None = None) -> None:
    """Refuse a file of which every row was left out.

    Parameters
    ----------
    rows : int
        Rows read.
    rejected : mapping of str to int
        Rows by the rule that took them.
    as_of : datetime, optional
        The moment that was chosen; rows after it are ``future``.

    Raises
    ------
    Refusal
        With the rules, and where one took nearly all, or all that was bought was returned, with what to do.
    """
    if sum(rejected.values()) < rows:
        return
    if not rows:
        raise Refusal(_("The file has a header but no rows of data."), "file")
    found = {rule: count for rule, count in rejected.items() if count}
    taken = ", ".join(f"{words_of(rule).name.lower()} {number(count)}" for rule, count in found.items())
    worst = max(found, key=lambda rule: found[rule])
    only = RETURNED if RETURNED in found else worst if found[worst] >= NEARLY_ALL * rows else ""
    option, way = _WAYS_OUT.get(only, ("--columns", _COLUMNS))
    if only == "future":
        option, way = "--as-of", _LATER_DAY if as_of else _AFTER_TODAY
    none = (
        _("The only row cannot be used ({rules}).", rules=taken)
        if rows == 1
        else plural(
            "None of the {n} row can be used ({rules}).",
            "None of the {n} rows can be used ({rules}).",
            rows,
            n=number(rows),
            rules=taken,
        )
    )
    raise Refusal(f"{none} {way()}", "file", option=option)
