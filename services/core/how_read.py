"""One sentence on how a file was read: as which export, which columns, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.core.language import lists
from services.core.language.messages import _
from services.core.roles import in_words

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
    told = ", ".join(_from(role, name) for role, name in columns.items())
    if layout is None:
        if not ignored:
            return _("Read by its columns: {columns}; every column is used.", columns=told)
        return _("Read by its columns: {columns}; not used: {others}.", columns=told, others=_some(ignored))
    if not ignored:
        return _(
            "Read as an export of the kind {layout}: {columns}; every column is used.",
            layout=layout,
            columns=told,
        )
    return _(
        "Read as an export of the kind {layout}: {columns}; not used: {others}.",
        layout=layout,
        columns=told,
        others=_some(ignored),
    )


def _from(role: str, column: str) -> str:
    if column == role.replace("_", " "):
        return in_words(role)
    return _("{role} from “{column}”", role=in_words(role), column=column)


def _some(names: Sequence[str]) -> str:
    shown = [name or _("(no name)") for name in names[:_LISTED]]
    more = len(names) - _LISTED
    return lists.first(shown, more) if more > 0 else ", ".join(shown)
