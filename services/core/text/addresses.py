"""The query of an address, taken apart in one place, so that every page and file reads it alike."""

from __future__ import annotations

from urllib.parse import parse_qs


def query_of(search: str | None, *, blanks: bool = False) -> dict[str, list[str]]:
    """Return the values of each parameter of a query, in their order.

    Parameters
    ----------
    search : str or None
        With its question mark or without. Bytes that are not UTF-8 become replacement characters, as
        browsers show them.
    blanks : bool
        With empty values, for ``services.core.parameters`` to tell of; without, they ask for nothing.
    """
    return parse_qs((search or "").removeprefix("?"), keep_blank_values=blanks, errors="replace")
