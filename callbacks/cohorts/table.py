"""The matrix of cohorts as the tab shows it: its newest rows, and the address of each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts.cohorts.matrix import Row, Square, Table, Total
from services.core.cohorts.measures import measured, together, visible
from services.core.cohorts.periods import key_of

if TYPE_CHECKING:
    from services.serving.cohorts.address import Answer

CAPS = {"month": 24, "quarter": 20, "week": 26}
"""How many cohorts are shown at most, the newest."""


def table_of(found: Answer, before: str) -> Table:
    """Return what the matrix shows.

    Parameters
    ----------
    found : Answer
    before : str
        The address of a cell before its key.
    """
    asked, whole = found.asked, found.found
    values, shown = measured(whole, asked.show), visible(whole, found.out, asked.show)
    count = len(whole.sizes)
    start = max(count - CAPS[asked.every], 0)
    begin = 1 if asked.show == "share" else 0
    since = list(range(begin, max(count - start, begin + 1)))

    def square(row: int, later: int) -> Square | None:
        if not shown[row, later]:
            return None
        key = f"{key_of(whole.first + row, asked.every)}.{later}"
        return Square(
            value=float(values[row, later]),
            size=int(whole.sizes[row]),
            people=int(whole.people[row, later]),
            orders=int(whole.orders[row, later]),
            revenue=float(whole.revenue[row, later]),
            href=f"{before}{key}",
            key=key,
            open=asked.cell is not None and asked.cell.key == key,
            running=row + later == count - 1 and not found.complete,
        )

    rows = [
        Row(
            found.first_day(row),
            None if found.out[row, 0] else int(whole.sizes[row]),
            [square(row, later) for later in since if row + later < count],
        )
        for row in range(start, count)
    ]
    all_rows = together(whole, shown, asked.show, max(start, 1), complete=found.complete)
    total = None
    if all_rows:
        values_together = [all_rows.values[at] for at in since if at < count]
        gaps = all_rows.cohorts < all_rows.last - all_rows.first + 1
        total = Total(
            found.first_day(all_rows.first),
            None if all_rows.newest else found.first_day(all_rows.last),
            all_rows.cohorts if gaps else None,
            all_rows.size,
            values_together,
        )
    return Table(asked.every, asked.show, since, rows, total)
