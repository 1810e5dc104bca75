"""What the steps over lines share, exact and alike on every engine: distinct values, medians, quotients.

Some engines take an approximation for a count of distinct values or a median, and a lazy ``unique()`` is a
window over all rows. Grouping is exact everywhere, and cheaper.
"""

from __future__ import annotations

import narwhals as nw
import narwhals.selectors as ncs
import pandas as pd

#: Whole numbers beyond 64 bits; engines without 128-bit integers have these.
WHOLE = nw.Decimal(38, 0)


def distinct(frame: nw.LazyFrame, *columns: str) -> nw.LazyFrame:
    """Give each combination of values once, missing ones too; in no order.

    Parameters
    ----------
    frame : LazyFrame
    columns : str
        Those that are compared; no others are given.
    """
    return frame.group_by(*columns).agg(nw.len().alias("_rows")).select(*columns)


def medians(frame: nw.LazyFrame, by: str, column: str) -> nw.LazyFrame:
    """Find the median of each group, of an even number of values the middle of the two in the middle.

    Parameters
    ----------
    frame : LazyFrame
        Rows without a value count for nothing.
    by : str
        What tells groups apart.
    column : str
        Decimals.

    Returns
    -------
    LazyFrame, shape (n_groups, 2)
        ``by`` and ``column`` (float64); groups without a value have no row.
    """
    value, rows = nw.col(column), nw.col("_rows")
    counted = frame.filter(~value.is_null()).group_by(by, column).agg(_rows=nw.len())
    # twice the rows up to each value, beside all rows of the group
    placed = counted.with_columns(
        _upto=2 * rows.cum_sum().over(by, order_by=column), _all=rows.sum().over(by)
    )
    upto, every = nw.col("_upto"), nw.col("_all")
    middle = (
        placed.with_columns(_low=nw.when(upto >= every).then(value), _high=nw.when(upto > every).then(value))
        .group_by(by)
        .agg(_low=nw.col("_low").min(), _high=nw.col("_high").min())
        .with_columns(nw.col("_low", "_high").cast(nw.Float64))
    )
    low, high = nw.col("_low"), nw.col("_high")
    return middle.select(by, ((low + high) * 0.5).alias(column))


def with_quotient(frame: nw.LazyFrame, name: str, dividend: nw.Expr, divisor: nw.Expr) -> nw.LazyFrame:
    """Add a column: how often one whole number goes into another, exactly.

    Parameters
    ----------
    frame : LazyFrame
    name : str
        Of the new column, ``WHOLE``.
    dividend, divisor : Expr
        Of ``WHOLE``; not below 0, and above 0.

    Notes
    -----
    No division of large numbers is both exact and known to every engine. Floats come near, and near again
    from what is left over; what then is missing, or too much, is less than one divisor, and multiplying is
    exact. Quotients up to 10¹⁸.
    """
    given = [*frame.collect_schema().names(), name]
    quotient, rest, by = nw.col(name), nw.col("_rest"), nw.col("_by")
    left = nw.col("_of") - quotient * by
    first = frame.with_columns(_of=dividend, _by=divisor)
    first = first.with_columns(_nearly(nw.col("_of"), by).alias(name)).with_columns(_rest=left)
    second = first.with_columns((quotient + _nearly(rest, by)).alias(name)).with_columns(_rest=left)
    off = nw.when(rest < 0).then(-1).otherwise(nw.when(rest >= by).then(1).otherwise(0))
    return second.with_columns((quotient + off).cast(WHOLE).alias(name)).select(*given)


def to_pandas(frame: nw.LazyFrame) -> pd.DataFrame:
    """Run a frame and hand it over.

    Parameters
    ----------
    frame : LazyFrame
        Small enough for memory.

    Returns
    -------
    DataFrame
        Decimals as float64, moments in microseconds.
    """
    return frame.with_columns(ncs.by_dtype(nw.Decimal).cast(nw.Float64)).collect("pandas").to_native()


def _nearly(dividend: nw.Expr, divisor: nw.Expr) -> nw.Expr:
    # cut off by itself: to some engines a cast to whole decimals is one to decimals
    return (dividend.cast(nw.Float64) / divisor.cast(nw.Float64)).floor().cast(WHOLE)
