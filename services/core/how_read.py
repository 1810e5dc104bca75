"""One sentence on how a file was read: as which export, which columns, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Names of columns that are listed before the rest are counted.
_LISTED = 5


def how_read(columns: Mapping[str, str], ignored: Sequence[str], layout: str | None = None) -> str:
    """Say how a file was read.

    Parameters
    ----------
    columns : mapping of str to str
        Role to the name of its column.
    ignored : sequence of str
        Names of the columns that play no role.
    layout : str, optional
        The export that it was known to be.

    Examples
    --------
    >>> how_read({"customer": "Client", "date": "date", "order_total": "Sum"}, ["Note", ""])
    'Read by its columns: customer from “Client”, date, order total from “Sum”; not used: Note, (no name).'
    >>> how_read({"customer": "Email"}, [], "shopify-orders")
    'Read as an export of the kind shopify-orders: customer from “Email”; every column is used.'
    """
    known = f"as an export of the kind {layout}" if layout else "by its columns"
    told = ", ".join(_from(role.replace("_", " "), name) for role, name in columns.items())
    rest = f"not used: {_some(ignored)}" if ignored else "every column is used"
    return f"Read {known}: {told}; {rest}."


def _from(role: str, column: str) -> str:
    return role if column == role else f"{role} from “{column}”"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name or "(no name)" for name in names[:_LISTED])
    more = len(names) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown
