"""What looks wrong in a ledger whose rows could be read: a sentence for each, that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import narwhals as nw
import numpy as np
import pandas as pd

from services.core.text.shell import in_quotes
from services.training.lines.cleaning import RETURNED
from services.training.lines.frames import distinct, to_pandas
from services.training.lines.kept import COMES_BACK, Restarts
from services.training.lines.statuses import JOINT, Statuses, count_statuses

#: Share of all orders above which one customer may be a till, a guest account or a test.
LARGE_CUSTOMER = 0.1
#: Days of silence before the last date, and after the first, that make it look mistyped.
SILENCE, SILENCE_AT_FIRST = 60, 365
#: Fewer customers have as many orders as each other by chance.
EQUAL_CUSTOMERS = 5
#: Fewer baskets say little about which products go together.
FEW_BASKETS = 100

_LISTED = 8
#: Less than this is no difference of money.
CENT = 0.005


def of_statuses(statuses: Statuses, column: str, refunded: str | None = None) -> list[str]:
    """Say which statuses took rows, which stay in part or unknown, and where none took any.

    Parameters
    ----------
    statuses : Statuses
    column : str
        What the file calls them; several with ``JOINT`` between them.
    refunded : str, optional
        A column that says how much was given back.
    """
    names = [f"“{name}”" for name in column.split(JOINT)]
    several = len(names) > 1
    columns = f"columns {', '.join(names[:-1])} and {names[-1]}" if several else f"column {names[0]}"
    say, they = ("say", "they do") if several else ("says", "it does")
    found = [
        f"No row has the status “{value[:40]}” that {option} names." for option, value in statuses.unseen
    ]
    if statuses.taken:
        example = next(iter(statuses.taken))
        found.append(
            f"{_rows(statuses.taken)} left out, because the {columns} {say} that nothing was sold: "
            f"{listed(statuses.taken)}. To keep one that is a sale, add --keep-status with it, such as "
            f"--keep-status {in_quotes(example)}."
        )
    if statuses.partly:
        found.append(
            f"{_rows(statuses.partly)} kept in full although the {columns} {say} that part was "
            "taken back; "
            + (f"the column “{refunded}” says how much" if refunded else f"{they} not say how much")
            + f": {listed(statuses.partly)}."
        )
    if statuses.kept and not statuses.taken:
        whose = "" if statuses.of_orders else ", which are about customers rather than orders"
        found.append(
            f"The {columns} left out no row. {'Their' if several else 'Its'} values{whose}: "
            f"{listed(statuses.kept | statuses.partly)}. "
            "To leave out one that is not a sale, add --drop-status with it, such as "
            f"--drop-status {in_quotes(next(iter(statuses.kept)))}."
        )
    elif statuses.unknown:
        found.append(
            f"{_rows(statuses.unknown)} kept although the {columns} {'do' if several else 'does'} not "
            f"clearly say that it is a sale: {listed(statuses.unknown)}. To leave out one that is not a "
            "sale, add --drop-status with it, such as "
            f"--drop-status {in_quotes(next(iter(statuses.unknown)))}."
        )
    return found


def of_refunded(cleaned: nw.LazyFrame, column: str, pieces: bool = False) -> list[str]:
    """Say how much a column says was given back on kept rows, where it is not taken off.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    column : str
        What the file calls it. An amount that stands on every line of an order is counted once.
    pieces : bool
        Whether it speaks of pieces, which are a line's.
    """
    kept = cleaned.filter(nw.col("rule").is_null() & (nw.col("refunded") != 0))
    orders = to_pandas(
        kept.group_by("customer_id", "invoice", "bought_at").agg(
            rows=nw.len(),
            least=nw.col("refunded").min().cast(nw.Float64),
            most=nw.col("refunded").max().cast(nw.Float64),
            every=nw.col("refunded").sum().cast(nw.Float64),
        )
    )
    rows = int(orders["rows"].sum())
    if not rows:
        return []
    once = orders["most"].where(orders["least"] == orders["most"], orders["every"])
    total, by_row = abs(once.sum()), abs(orders["every"].sum())
    sums = f"{total:,.2f}" if abs(total - by_row) < CENT else f"{total:,.2f} (by rows {by_row:,.2f})"
    if pieces:
        sums = "1 piece" if by_row == 1 else f"{by_row:,g} pieces"
    on = "1 row" if rows == 1 else f"{rows:,} rows"
    return [f"The column “{column}” says that {sums} on {on} was given back; it is not taken off."]


def count_taken(cleaned: nw.LazyFrame) -> dict[str, int]:
    """Count the rows that the rule ``status`` took, by status, the commonest first.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    """
    return count_statuses(cleaned.filter(nw.col("rule") == "status"))


def of_vouchers(cleaned: nw.LazyFrame) -> list[str]:
    """Say how much negative lines beside goods come to that take back nothing their customer bought.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    """
    rule, thing = nw.col("rule"), nw.coalesce("product", "description")
    lines = cleaned.with_columns(thing=thing)
    sold = lines.filter(rule.is_null() | (rule == RETURNED))
    bought = distinct(sold, "customer_id", "thing").with_columns(bought=nw.lit(True))
    less = (
        lines.filter(rule.is_in(("refund", "quantity")) & (nw.col("amount") < 0))
        .join(distinct(sold, "customer_id", "invoice"), on=["customer_id", "invoice"])
        .join(bought, on=["customer_id", "thing"], how="left")
        .filter(nw.col("bought").is_null() & ~nw.col("thing").is_null())
        .select(rows=nw.len(), money=nw.col("amount").sum(), example=nw.col("thing").min())
    )
    found = to_pandas(less).iloc[0]
    rows = int(found["rows"])
    if not rows:
        return []
    subject, they = ("1 row takes", "it was") if rows == 1 else (f"{rows:,} rows take", "they were")
    return [
        f"{subject} {-found['money']:,.2f} off orders with goods, such as “{found['example'][:40]}”, "
        "without taking back anything that the customer bought, as vouchers and gift cards do: "
        f"{they} left out, and these orders count in full. If "
        f"{'it is a discount' if rows == 1 else 'they are discounts'}, take it off the prices in the file."
    ]


def of_future(cleaned: nw.LazyFrame) -> list[str]:
    """Say how many rows are dated after the day of the training, and the latest of these days.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    """
    late = cleaned.filter(nw.col("rule") == "future")
    found = to_pandas(late.select(rows=nw.len(), latest=nw.col("bought_at").max())).iloc[0]
    rows = int(found["rows"])
    if not rows:
        return []
    subject, done = ("1 row is", "it was") if rows == 1 else (f"{rows:,} rows are", "they were")
    latest = "on" if rows == 1 else "the latest on"
    said = f"{subject} dated after today, {latest} {_day(found['latest'])}: {done} left out."
    if rows == 1:
        # the days of all customers would be counted to a day that is most likely a slip
        return [f"{said} If the date is a slip, correct it in the file."]
    return [f"{said} If the dates are right, add --as-of {found['latest']:%Y-%m-%d}."]


def of_restarts(restarts: Restarts) -> list[str]:
    """Say that order numbers come back, so that an order is a number and a day."""
    if not restarts.numbers:
        return []
    which = (
        f"The receipt number “{restarts.example}” is"
        if restarts.numbers == 1
        else f"{restarts.numbers:,} receipt numbers, such as “{restarts.example}”, are"
    )
    every = "each number counts" if restarts.everywhere else "such a number counts"
    return [
        f"{which} used again for another customer or after more than {COMES_BACK} days, as when a till "
        f"restarts at 1: {every} as one order per day."
    ]


def of_orders(customers: pd.DataFrame, orders: pd.DataFrame) -> list[str]:
    """Say what looks wrong in who ordered how often, and when.

    Parameters
    ----------
    customers, orders : DataFrame
        As ``services.training.lines.aggregates`` gives them, at least one row each.
    """
    return [*_large_customer(customers), *_equal_frequency(customers), *_silence(orders)]


def of_baskets(baskets: int) -> list[str]:
    """Say that there are too few baskets for rules; nothing where there are none at all."""
    if not 0 < baskets < FEW_BASKETS:
        return []
    subject = "There is 1 basket" if baskets == 1 else f"There are {baskets} baskets"
    return [
        f"{subject} with products. Under {FEW_BASKETS}, products appear together by chance too often: do not "
        "base decisions on the rules between them; add the files of earlier months."
    ]


def _large_customer(customers: pd.DataFrame) -> list[str]:
    counts = customers["orders"].to_numpy()
    every, place = int(counts.sum()), int(counts.argmax())
    share, most = counts[place] / every, counts[place]
    # of few customers each has a large part
    if share <= LARGE_CUSTOMER or most < 2 * counts.mean() or (counts == most).sum() > 1:
        return []
    name = customers["customer_id"].iloc[place]
    return [
        f"The customer “{name}” has {_percent(share, LARGE_CUSTOMER)} of all orders ({most:,} of "
        f"{every:,}). If it "
        f"stands for guests, the till or tests, leave it out with --drop-customer {in_quotes(name)}."
    ]


def _equal_frequency(customers: pd.DataFrame) -> list[str]:
    counts = customers["orders"]
    if len(counts) < EQUAL_CUSTOMERS or counts.min() != counts.max():
        return []
    orders = int(counts.iloc[0])
    return [
        f"Each of the {len(counts):,} customers has exactly {orders:,} "
        f"{'order' if orders == 1 else 'orders'}, so "
        "order frequency cannot distinguish customers. If every order has its own customer ID, name the "
        "column that identifies the customer with --columns customer=NAME."
    ]


def _silence(orders: pd.DataFrame) -> list[str]:
    days = np.unique(orders["bought_at"].to_numpy("datetime64[D]"))
    if len(days) < 2:
        return []
    gaps = np.diff(days).astype(int)
    first, second, before, last = (pd.Timestamp(days[place]) for place in (0, 1, -2, -1))
    found = []
    if gaps[-1] > SILENCE:
        found.append(
            f"The last date, {_day(last)}, is {gaps[-1]:,} days after the one before it. If it is wrong, "
            f"everyone seems to have ordered that much longer ago: --as-of {before:%Y-%m-%d} leaves it out."
        )
    if gaps[0] > SILENCE_AT_FIRST and len(gaps) > 1:
        found.append(
            f"The first date, {_day(first)}, is {gaps[0]:,} days before the next one, {_day(second)}. If "
            "it stands for "
            "an unknown day, take its rows out of the file."
        )
    return found


def _rows(values: Mapping[str, int]) -> str:
    rows = sum(values.values())
    return "1 row was" if rows == 1 else f"{rows:,} rows were"


def listed(values: Mapping[str, int]) -> str:
    """List texts with their rows, the first of them."""
    first = list(values.items())[:_LISTED]
    more = f" and {len(values) - _LISTED:,} more" if len(values) > _LISTED else ""
    return ", ".join(f"“{value[:40]}” {rows:,}" for value, rows in first) + more


def _percent(share: float, over: float) -> str:
    """Write a share in per cent so that one just over a bound does not look like it."""
    digits = next(digits for digits in range(2, 17) if float(f"{share:.{digits}g}") > over)
    return f"{100 * share:.{digits}g} %"


def _day(moment: datetime) -> str:
    return f"{moment:%-d %B %Y}"
