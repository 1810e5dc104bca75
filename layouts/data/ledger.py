"""The ledger at a glance: sales by month, when orders come, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html

from layouts import words
from layouts.data import figures
from layouts.ids import Data
from layouts.parts import Column, card, empty
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.findings import ALPHA, LEAST_PEOPLE, leader

if TYPE_CHECKING:
    from services.releases.overview.ledger import Returned
    from services.serving.release.provenance import Provenance

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _month(month: str) -> str:
    return words.month(f"{month}-01")


def sales(found: Provenance) -> html.Section:
    """Return the card of revenue and orders by month."""
    months = found.months
    picture = graph(
        Data.SALES,
        "Revenue and orders by month",
        300,
        figures.sales(
            [month.month for month in months],
            [month.revenue for month in months],
            [month.orders for month in months],
            [month.whole for month in months],
        ),
    )
    rows = [
        [
            _month(month.month),
            words.money_sum(month.revenue),
            words.number(month.orders),
            words.number(month.customers),
        ]
        for month in months
    ]
    listed = written(
        ["Month", Column("Revenue", True), Column("Orders", True), Column("Customers", True)],
        rows,
        "Revenue, orders and customers by month",
    )
    return card("Sales by month", _best(found), picture, table=listed, note=_partial(found), width=6)


def _best(found: Provenance) -> str:
    """Name the month of most revenue, or the days that the file covers where they are not two months."""
    months = found.months
    place = leader([month.revenue for month in months], words.money_short)
    if len(months) == 1:
        days = (found.manifest.data_to.date() - found.manifest.data_from.date()).days + 1
        of = _month(months[0].month)
        covers = f"The file covers {'one month, ' if months[0].whole else f'{words.days(days)} of '}{of}"
    elif place is None:
        covers = f"The file covers {words.number(len(months))} calendar months"
    else:
        covers = f"{_month(months[place].month)} was the best of {words.number(len(months))} months"
    told = months if place is None else [months[place]]
    revenue, orders = sum(month.revenue for month in told), sum(month.orders for month in told)
    return f"{covers}: {words.money_short(revenue)} from {words.count(orders, 'order')}."


def _partial(found: Provenance) -> str | None:
    faint = [_month(month.month) for month in found.months if not month.whole]
    if not faint:
        return None
    start, end = words.date(found.manifest.data_from), words.date(found.manifest.data_to)
    verb = "is not a whole month" if len(faint) == 1 else "are not whole months"
    return f"{words.listing(faint)} (faint) {verb}: the data runs from {start} to {end}."


def hours(counts: Sequence[Sequence[int]] | None) -> html.Section:
    """Return the card of orders by weekday and hour.

    Parameters
    ----------
    counts : nested sequence of int, shape (7, 24), or None
        Monday first; None where the ledger has no time of day.
    """
    if counts is None:
        nothing = empty("No time of day", "The dates in this file have no time of day.")
        return card("When orders come", None, nothing, width=6)
    by_hour = [sum(column) for column in zip(*counts, strict=True)]
    open_hours = [hour for hour, orders in enumerate(by_hour) if orders]
    first, last = open_hours[0], open_hours[-1]
    trimmed = [list(row[first : last + 1]) for row in counts]
    picture = graph(Data.HOURS, "Orders by weekday and hour", 300, figures.hours(trimmed, DAYS, first))
    listed = written(
        ["Hour", *(Column(day[:3], True) for day in DAYS)],
        [[f"{hour}:00", *(words.number(row[hour]) for row in counts)] for hour in range(first, last + 1)],
        "Orders by hour and weekday",
    )
    note = "A stronger colour means more orders; an empty cell had none. Times are the shop’s own."
    return card("When orders come", _busiest(counts, by_hour), picture, table=listed, note=note, width=6)


def _busiest(counts: Sequence[Sequence[int]], by_hour: Sequence[int]) -> str:
    """Name day and hour of most orders, and days without any, as far as more than chance and rounding say."""
    by_day = [sum(row) for row in counts]
    total = sum(by_day)
    said = []
    if total >= LEAST_PEOPLE:
        day, hour = (
            leader(values, lambda orders: words.share(orders / total)) for values in (by_day, by_hour)
        )
        if day is not None:
            said.append(f"{DAYS[day]} is the busiest day with {words.share(by_day[day] / total)} of orders")
        if hour is not None:
            busiest = f"{hour}:00 to {hour + 1}:00 {'' if said else 'is '}the busiest hour"
            said.append(f"{busiest} with {words.share(by_hour[hour] / total)}{'' if said else ' of orders'}")
    finding = ", ".join(said)
    idle = [name for name, orders in zip(DAYS, by_day, strict=True) if not orders]
    if idle and len(DAYS) * (1 - 1 / len(DAYS)) ** total <= ALPHA:
        finding = f"{finding}; none on {words.listing(idle)}" if said else f"None on {words.listing(idle)}"
    return f"{finding or words.count(total, 'order')}."


def _what_became_of(gone: Returned) -> str:
    matched = gone.matched
    if matched is None:
        return "Revenue is not reduced by them."
    off = f"{words.money_sum(matched.amount)} was taken off the orders, at the prices they were bought at."
    if not matched.unmatched_lines:
        return off
    return (
        f"{off} {words.money_sum(matched.unmatched_amount)} on "
        f"{words.count(matched.unmatched_lines, 'row')} matches no purchase in the file (bought "
        "before it begins, a fee, a discount) and changes nobody’s figures."
    )


def returns(found: Provenance) -> html.Section:
    """Return the card of what came back."""
    gone = found.overview.glance.returns
    if not gone.lines:
        nothing = empty("No returns", "No row of the file is a cancellation or has a negative amount.")
        return card("Returns", None, nothing, width=5)
    share = found.returned_share
    worth = f"{words.money_sum(gone.amount)} came back"
    finding = f"{worth}, {words.share(share, 1)} of revenue." if share is not None else f"{worth}."
    months = found.months
    picture = graph(
        Data.RETURNS,
        "Returns by month",
        300,
        figures.returns(
            [month.month for month in months],
            [month.returns for month in months],
            [month.whole for month in months],
        ),
    )
    listed = written(
        ["Month", Column("Returned", True), Column("Share of revenue", True)],
        [
            [
                _month(month.month),
                words.money_sum(month.returns),
                words.share(month.returns / month.revenue, 1) if month.revenue else words.NOTHING,
            ]
            for month in months
        ],
        "Returns by month",
    )
    note = (
        f"{words.count(gone.lines, 'row')} on {words.count(gone.invoices, 'invoice')}, cancelled, "
        "refunded or with a negative quantity or amount, in the month they are dated. "
        f"{_what_became_of(gone)}"
    )
    return card("Returns", finding, picture, table=listed, note=note, width=5, term="return")
