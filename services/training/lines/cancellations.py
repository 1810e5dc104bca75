"""Which invoice numbers mark a cancellation: the lines show it, or the user says it."""

from __future__ import annotations

from collections.abc import Collection

import narwhals as nw

CANCELLED = ("C", "c")
"""What invoices of cancellations may begin with, where the file itself shows that they do."""

TAKES_BACK = 0.95
"""Share of a prefix's lines that must take back for it to mean a cancellation."""

NO_PREFIX = "none"


def cancellation_prefixes(lines: nw.LazyFrame) -> tuple[str, ...]:
    """Find which prefixes of ``CANCELLED`` mean a cancellation.

    Parameters
    ----------
    lines : LazyFrame
        The ``read_lines`` table.

    Returns
    -------
    tuple of str
        Those of which at least ``TAKES_BACK`` of the readable lines have a negative quantity or amount:
        ``CA-2017-1``, ``ch_1`` and a hash that begins with c are sales in other ledgers.
    """
    back = (nw.col("quantity") < 0) | (nw.col("amount") < 0)
    numbered = lines.filter(nw.col("unreadable").is_null() & _begins(CANCELLED))
    counted = (
        numbered.select(prefix=nw.col("invoice").str.slice(0, 1), back=nw.when(back).then(1).otherwise(0))
        .group_by("prefix")
        .agg(lines=nw.len(), back=nw.col("back").sum())
        .collect("pandas")
        .to_native()
    )
    # whole numbers, so that 19 of 20 are enough
    meant = counted[100 * counted["back"].astype(int) >= round(100 * TAKES_BACK) * counted["lines"]]
    return tuple(sorted(meant["prefix"]))


def count_prefix(lines: nw.LazyFrame, prefix: str) -> int:
    """Count the lines whose invoice begins with a prefix, in capitals or not."""
    return int(lines.filter(cancelled(lines, prefix)).select(lines=nw.len()).collect("pandas")["lines"][0])


def cancelled(lines: nw.LazyFrame, given: str | None) -> nw.Expr:
    """Tell the lines whose invoice marks a cancellation.

    Parameters
    ----------
    lines : LazyFrame
        The ``read_lines`` table.
    given : str, optional
        What such invoices begin with, in capitals or not; ``NO_PREFIX`` for nothing. Without it the lines
        decide: see ``cancellation_prefixes``.
    """
    if given is None:
        return _begins(cancellation_prefixes(lines))
    if given.lower() == NO_PREFIX:
        return _begins(())
    return nw.col("invoice").str.to_lowercase().str.starts_with(given.lower())


def _begins(prefixes: Collection[str]) -> nw.Expr:
    found = nw.lit(False)
    for prefix in prefixes:
        found = found | nw.col("invoice").str.starts_with(prefix)
    return found
