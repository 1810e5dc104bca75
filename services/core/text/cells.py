"""Text that a spreadsheet must not take for a formula."""

from __future__ import annotations

import unicodedata

from services.core.text.number_cells import is_number

_BEGINS = ("=", "+", "-", "@")


def guarded(text: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet would run.

    Notes
    -----
    A formula begins with ``=``, ``+``, ``-`` or ``@``, also after blanks and in full-width form; a tab or a
    carriage return at the beginning starts a new cell in some programs. Numbers, with a sign too, run nothing
    and stay.

    Examples
    --------
    >>> guarded("=1+1"), guarded("  @SUM"), guarded("JUMBO BAG"), guarded("-12.5")
    ("'=1+1", "'  @SUM", 'JUMBO BAG', '-12.5')
    """
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    runs = begins in _BEGINS or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if runs and not is_number(text.strip(" ")) else text
