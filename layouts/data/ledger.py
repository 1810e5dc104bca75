"""The ledger at a glance: sales by month, when orders come, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html

from layouts import words
from layouts.data import figures
from layouts.data.words import DAYS, DAYS_SHORT, order_count, row_count
from layouts.ids import Data
from layouts.parts import Column, card, empty
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.findings import ALPHA, LEAST_PEOPLE, leader
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.ledger import Returned
    from services.serving.release.provenance import Provenance


def _month(month: str) -> str:
    return words.month(f"{month}-01")


def sales(found: Provenance) -> html.Section:
    """Return the card of revenue and orders by month."""
    months = found.months
    picture = graph(
        Data.SALES,
        _("Revenue and orders by month"),
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
        [_("Month"), Column(_("Revenue"), True), Column(_("Orders"), True), Column(_("Customers"), True)],
        rows,
        _("Revenue, orders and customers by month"),
    )
    return card(later("Sales by month"), _best(found), picture, table=listed, note=_partial(found), width=6)


def _best(found: Provenance) -> str:
    """Name the month of most revenue, or the days that the file covers where they are not two months."""
    months = found.months
    place = leader([month.revenue for month in months], words.money_short)
    told = months if place is None else [months[place]]
    revenue = words.money_short(sum(month.revenue for month in told))
    orders = order_count(sum(month.orders for month in told))
    count = len(months)
    if count == 1:
        of = _month(months[0].month)
        if months[0].whole:
            return _(
                "The file covers one month, {month}: {revenue} from {orders}.",
                month=of,
                revenue=revenue,
                orders=orders,
            )
        days = (found.manifest.data_to.date() - found.manifest.data_from.date()).days + 1
        return _(
            "The file covers {days} of {month}: {revenue} from {orders}.",
            days=words.days(days),
            month=of,
            revenue=revenue,
            orders=orders,
        )
    if place is None:
        return plural(
            "The file covers {n} calendar month: {revenue} from {orders}.",
            "The file covers {n} calendar months: {revenue} from {orders}.",
            count,
            n=words.number(count),
            revenue=revenue,
            orders=orders,
        )
    return plural(
        "{month} was the best of {n} month: {revenue} from {orders}.",
        "{month} was the best of {n} months: {revenue} from {orders}.",
        count,
        n=words.number(count),
        month=_month(months[place].month),
        revenue=revenue,
        orders=orders,
    )


def _partial(found: Provenance) -> str | None:
    faint = [_month(month.month) for month in found.months if not month.whole]
    if not faint:
        return None
    return plural(
        "{months} (faint) is not a whole month: the data runs from {start} to {end}.",
        "{months} (faint) are not whole months: the data runs from {start} to {end}.",
        len(faint),
        months=words.listing(faint),
        start=words.date(found.manifest.data_from),
        end=words.date(found.manifest.data_to),
    )


def hours(counts: Sequence[Sequence[int]] | None) -> html.Section:
    """Return the card of orders by weekday and hour.

    Parameters
    ----------
    counts : nested sequence of int, shape (7, 24), or None
        Monday first; None where the ledger has no time of day.
    """
    if counts is None:
        nothing = empty(_("No time of day"), _("The dates in this file have no time of day."))
        return card(_("When orders come"), None, nothing, width=6)
    by_hour = [sum(column) for column in zip(*counts, strict=True)]
    open_hours = [hour for hour, orders in enumerate(by_hour) if orders]
    first, last = open_hours[0], open_hours[-1]
    trimmed = [list(row[first : last + 1]) for row in counts]
    days, short = [day() for day in DAYS], [day() for day in DAYS_SHORT]
    drawn = figures.hours(trimmed, days, short, first)
    picture = graph(Data.HOURS, _("Orders by weekday and hour"), 300, drawn)
    listed = written(
        [_("Hour"), *(Column(day, True) for day in short)],
        [[f"{hour}:00", *(words.number(row[hour]) for row in counts)] for hour in range(first, last + 1)],
        _("Orders by hour and weekday"),
    )
    note = _("A stronger colour means more orders; an empty cell had none. Times are the shop’s own.")
    return card(
        later("When orders come"), _busiest(counts, by_hour), picture, table=listed, note=note, width=6
    )


def _busiest(counts: Sequence[Sequence[int]], by_hour: Sequence[int]) -> str:
    """Name day and hour of most orders, and days without any, as far as more than chance and rounding say."""
    by_day = [sum(row) for row in counts]
    total = sum(by_day)
    finding = ""
    if total >= LEAST_PEOPLE:
        day, hour = (
            leader(values, lambda orders: words.share(orders / total)) for values in (by_day, by_hour)
        )
        finding = _most(
            None if day is None else (DAYS[day](), words.share(by_day[day] / total)),
            None if hour is None else (hour, words.share(by_hour[hour] / total)),
        )
    idle = [name() for name, orders in zip(DAYS, by_day, strict=True) if not orders]
    if idle and len(DAYS) * (1 - 1 / len(DAYS)) ** total <= ALPHA:
        days = words.listing(idle)
        if not finding:
            return _("None on {days}.", days=days)
        return _("{finding}; none on {days}.", finding=finding, days=days)
    return f"{finding or order_count(total)}."


def _most(day: tuple[str, str] | None, hour: tuple[int, str] | None) -> str:
    """Name the day and the hour of most orders with their shares, without a full stop; empty for neither."""
    of_day = {} if day is None else {"day": day[0], "share": day[1]}
    if hour is None:
        return _("{day} is the busiest day with {share} of orders", **of_day) if of_day else ""
    of_hour = {"start": hour[0], "end": hour[0] + 1, "of_hour": hour[1]}
    if not of_day:
        return _("{start}:00 to {end}:00 is the busiest hour with {of_hour} of orders", **of_hour)
    return _(
        "{day} is the busiest day with {share} of orders, {start}:00 to {end}:00 the busiest hour with "
        "{of_hour}",
        **of_day,
        **of_hour,
    )


def _what_became_of(gone: Returned) -> str:
    matched = gone.matched
    if matched is None:
        return _("Revenue is not reduced by them.")
    off = _(
        "{money} was taken off the orders, at the prices they were bought at.",
        money=words.money_sum(matched.amount),
    )
    if not matched.unmatched_lines:
        return off
    unmatched = _(
        "{money} on {rows} matches no purchase in the file (bought before it begins, a fee, a discount) and "
        "changes nobody’s figures.",
        money=words.money_sum(matched.unmatched_amount),
        rows=row_count(matched.unmatched_lines),
    )
    return f"{off} {unmatched}"


def returns(found: Provenance) -> html.Section:
    """Return the card of what came back."""
    gone = found.overview.glance.returns
    if not gone.lines:
        nothing = empty(_("No returns"), _("No row of the file is a cancellation or has a negative amount."))
        return card(_("Returns"), None, nothing, width=5)
    share, worth = found.returned_share, words.money_sum(gone.amount)
    finding = (
        _("{money} came back.", money=worth)
        if share is None
        else _("{money} came back, {share} of revenue.", money=worth, share=words.share(share, 1))
    )
    months = found.months
    picture = graph(
        Data.RETURNS,
        _("Returns by month"),
        300,
        figures.returns(
            [month.month for month in months],
            [month.returns for month in months],
            [month.whole for month in months],
        ),
    )
    listed = written(
        [_("Month"), Column(_("Returned"), True), Column(_("Share of revenue"), True)],
        [
            [
                _month(month.month),
                words.money_sum(month.returns),
                words.share(month.returns / month.revenue, 1) if month.revenue else words.NOTHING,
            ]
            for month in months
        ],
        _("Returns by month"),
    )
    counted = _(
        "{rows} on {invoices}, cancelled, refunded or with a negative quantity or amount, in the month they "
        "are dated.",
        rows=row_count(gone.lines),
        invoices=plural("{n} invoice", "{n} invoices", gone.invoices, n=words.number(gone.invoices)),
    )
    note = f"{counted} {_what_became_of(gone)}"
    return card(later("Returns"), finding, picture, table=listed, note=note, width=5, term="return")
