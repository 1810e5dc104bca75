"""What looks wrong in a ledger whose rows could be read: a sentence for each, that says what to do."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from services.core.language.messages import _, plural
from services.core.language.written import day, number
from services.core.text.shell import in_quotes
from services.training.lines.cleaning import RETURNED
from services.training.lines.frames import distinct, to_pandas
from services.training.lines.kept import COMES_BACK, Restarts
from services.training.lines.statuses import count_statuses

#: Share of all orders above which one customer may be a till, a guest account or a test.
LARGE_CUSTOMER = 0.1
#: Days of silence before the last date, and after the first, that make it look mistyped.
SILENCE, SILENCE_AT_FIRST = 60, 365
#: Fewer customers have as many orders as each other by chance.
EQUAL_CUSTOMERS = 5
#: Fewer baskets say little about which products go together.
FEW_BASKETS = 100


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
    told = plural(
        "{n} row takes {sum} off orders with goods, such as “{example}”, without taking back anything that "
        "the customer bought, as vouchers and gift cards do: it was left out, and these orders count in "
        "full.",
        "{n} rows take {sum} off orders with goods, such as “{example}”, without taking back anything that "
        "the customer bought, as vouchers and gift cards do: they were left out, and these orders count in "
        "full.",
        rows,
        n=number(rows),
        sum=number(-found["money"], 2),
        example=found["example"][:40],
    )
    way = (
        _("If it is a discount, take it off the prices in the file.")
        if rows == 1
        else _("If they are discounts, take it off the prices in the file.")
    )
    return [f"{told} {way}"]


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
    latest = found["latest"]
    if rows == 1:
        told = _("1 row is dated after today, on {day}: it was left out.", day=day(latest))
        # the days of all customers would be counted to a day that is most likely a slip
        way = _("If the date is a slip, correct it in the file.")
    else:
        told = plural(
            "{n} row is dated after today, the latest on {day}: it was left out.",
            "{n} rows are dated after today, the latest on {day}: they were left out.",
            rows,
            n=number(rows),
            day=day(latest),
        )
        way = _("If the dates are right, add --as-of {day}.", day=f"{latest:%Y-%m-%d}")
    return [f"{told} {way}"]


def of_restarts(restarts: Restarts) -> list[str]:
    """Say that order numbers come back, so that an order is a number and a day."""
    if not restarts.numbers:
        return []
    if restarts.numbers == 1:
        told = _(
            "The receipt number “{example}” is used again for another customer or after more than {days} "
            "days, as when a till restarts at 1.",
            example=restarts.example,
            days=COMES_BACK,
        )
    else:
        told = plural(
            "{n} receipt number, such as “{example}”, is used again for another customer or after more than "
            "{days} days, as when a till restarts at 1.",
            "{n} receipt numbers, such as “{example}”, are used again for another customer or after more "
            "than {days} days, as when a till restarts at 1.",
            restarts.numbers,
            n=number(restarts.numbers),
            example=restarts.example,
            days=COMES_BACK,
        )
    counted = (
        _("Each number counts as one order per day.")
        if restarts.everywhere
        else _("Such a number counts as one order per day.")
    )
    return [f"{told} {counted}"]


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
    told = plural("There is {n} basket with products.", "There are {n} baskets with products.", baskets)
    advice = _(
        "Under {least}, products appear together by chance too often: do not base decisions on the rules "
        "between them; add the files of earlier months.",
        least=FEW_BASKETS,
    )
    return [f"{told} {advice}"]


def _large_customer(customers: pd.DataFrame) -> list[str]:
    counts = customers["orders"].to_numpy()
    every, place = int(counts.sum()), int(counts.argmax())
    share, most = counts[place] / every, counts[place]
    # of few customers each has a large part
    if share <= LARGE_CUSTOMER or most < 2 * counts.mean() or (counts == most).sum() > 1:
        return []
    name = customers["customer_id"].iloc[place]
    return [
        _(
            "The customer “{customer}” has {share} % of all orders ({orders} of {all}). If it stands for "
            "guests, the till or tests, leave it out with --drop-customer {option}.",
            customer=name,
            share=_percent(share, LARGE_CUSTOMER),
            orders=number(most),
            all=number(every),
            option=in_quotes(name),
        )
    ]


def _equal_frequency(customers: pd.DataFrame) -> list[str]:
    counts = customers["orders"]
    if len(counts) < EQUAL_CUSTOMERS or counts.min() != counts.max():
        return []
    orders = int(counts.iloc[0])
    return [
        plural(
            "Each of the {customers} customers has exactly {n} order, so order frequency cannot distinguish "
            "customers.",
            "Each of the {customers} customers has exactly {n} orders, so order frequency cannot distinguish "
            "customers.",
            orders,
            n=number(orders),
            customers=number(len(counts)),
        )
        + " "
        + _(
            "If every order has its own customer ID, name the column that identifies the customer with "
            "--columns customer=NAME."
        )
    ]


def _silence(orders: pd.DataFrame) -> list[str]:
    days = np.unique(orders["bought_at"].to_numpy("datetime64[D]"))
    if len(days) < 2:
        return []
    gaps = np.diff(days).astype(int)
    first, second, before, last = (pd.Timestamp(days[place]) for place in (0, 1, -2, -1))
    found = []
    if gaps[-1] > SILENCE:
        told = plural(
            "The last date, {day}, is {n} day after the one before it.",
            "The last date, {day}, is {n} days after the one before it.",
            gaps[-1],
            n=number(gaps[-1]),
            day=day(last),
        )
        way = _(
            "If it is wrong, everyone seems to have ordered that much longer ago: --as-of {day} leaves it "
            "out.",
            day=f"{before:%Y-%m-%d}",
        )
        found.append(f"{told} {way}")
    if gaps[0] > SILENCE_AT_FIRST and len(gaps) > 1:
        told = plural(
            "The first date, {day}, is {n} day before the next one, {next}.",
            "The first date, {day}, is {n} days before the next one, {next}.",
            gaps[0],
            n=number(gaps[0]),
            day=day(first),
            next=day(second),
        )
        way = _("If it stands for an unknown day, take its rows out of the file.")
        found.append(f"{told} {way}")
    return found


def _percent(share: float, over: float) -> str:
    """Write a share in per cent so that one just over a bound does not look like it."""
    digits = next(digits for digits in range(2, 17) if float(f"{share:.{digits}g}") > over)
    written = f"{100 * share:.{digits}g}"
    return number(float(written), len(written.partition(".")[2]))
