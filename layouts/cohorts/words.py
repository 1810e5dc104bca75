"""The sentences of cohorts: periods, cells, what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from layouts import words
from services.core.language.messages import _, later, plural, sense

SUB = later("Do newcomers come back, and which are worth having?")
EVERY: Mapping[str, later] = {"month": later("Month"), "quarter": later("Quarter"), "week": later("Week")}
SHOW: Mapping[str, later] = {
    "share": later("Share back"),
    "orders": later("Orders"),
    "revenue": later("Revenue per customer"),
    "cumulative": later("Cumulative"),
}
NARROWED: Mapping[str, later] = {
    "country": later("Country"),
    "segment": later("Segment today"),
    "product": later("In the first order"),
    "first": later("First order"),
}
LEFT_OUT = later("left out")
OF_ALL = later("The cards below are about all customers, whatever is chosen above.")
TOO_FEW = later("Too few newcomers have had time to come back for a comparison.")
_MEANS: Mapping[tuple[str, str], later] = {
    ("share", "month"): later("Each cell is the share of a cohort that ordered in that month."),
    ("share", "quarter"): later("Each cell is the share of a cohort that ordered in that quarter."),
    ("share", "week"): later("Each cell is the share of a cohort that ordered in that week."),
    ("orders", "month"): later("Each cell is the number of orders that a cohort placed in that month."),
    ("orders", "quarter"): later("Each cell is the number of orders that a cohort placed in that quarter."),
    ("orders", "week"): later("Each cell is the number of orders that a cohort placed in that week."),
    ("revenue", "month"): later(
        "Each cell is what a cohort spent in that month, per customer of the cohort."
    ),
    ("revenue", "quarter"): later(
        "Each cell is what a cohort spent in that quarter, per customer of the cohort."
    ),
    ("revenue", "week"): later("Each cell is what a cohort spent in that week, per customer of the cohort."),
    ("cumulative", "month"): later(
        "Each cell is what a cohort has spent up to the end of that month, per customer of the cohort."
    ),
    ("cumulative", "quarter"): later(
        "Each cell is what a cohort has spent up to the end of that quarter, per customer of the cohort."
    ),
    ("cumulative", "week"): later(
        "Each cell is what a cohort has spent up to the end of that week, per customer of the cohort."
    ),
}
_NEXT: Mapping[str, later] = {
    "month": later("Of the customers won {when}, {share} ordered in the next month."),
    "quarter": later("Of the customers won {when}, {share} ordered in the next quarter."),
    "week": later("Of the customers won {when}, {share} ordered in the next week."),
}
_NEXT_AND_LATER: Mapping[str, later] = {
    "month": later(
        "Of the customers won {when}, {share} ordered in the next month and {later} in the {ordinal}."
    ),
    "quarter": later(
        "Of the customers won {when}, {share} ordered in the next quarter and {later} in the {ordinal}."
    ),
    "week": later(
        "Of the customers won {when}, {share} ordered in the next week and {later} in the {ordinal}."
    ),
}
_LAST_ORDINAL = 6


def head(last_day: str, preset: str, release: str, *, matched: bool) -> str:
    """Return what fixes the page."""
    day = words.date(last_day)
    fixed = (
        _(
            "Up to {day}, preset {preset}, release {id}, returns taken off.",
            day=day,
            preset=preset,
            id=release,
        )
        if matched
        else _(
            "Up to {day}, preset {preset}, release {id}, returns not taken off.",
            day=day,
            preset=preset,
            id=release,
        )
    )
    return f"{SUB()} {fixed}"


def period(first: date, every: str) -> str:
    """Name a period: ``April 2011``, ``Q2 2011``, ``the week of 4 April 2011``."""
    if every == "week":
        return _("the week of {day}", day=words.date(first))
    return _quarter(first) if every == "quarter" else words.month_long(first)


def period_short(first: date, every: str) -> str:
    """Name a period in a row: ``Apr 2011``, ``Q2 2011``, ``4 Apr 2011``."""
    if every == "week":
        return words.date_short(first)
    return _quarter(first) if every == "quarter" else words.month(first)


def _quarter(first: date) -> str:
    return _("Q{quarter} {year}", quarter=(first.month + 2) // 3, year=first.year)


def finding(every: str, won: str, shares: Mapping[int, float]) -> str:
    """Say how many come back: ``Of the customers won since January 2011, 20 % ordered in the next month``.

    Parameters
    ----------
    every : str
    won : str
        In which periods the customers were won, as :func:`won` says it.
    shares : mapping of int to float
        Of all cohorts that had the time, by periods since the first order.
    """
    if 1 not in shares:
        return means("share", every)
    share = words.share(shares[1])
    last = max(place for place in shares if place <= _LAST_ORDINAL)
    if last == 1:
        return _NEXT[every](when=won, share=share)
    return _NEXT_AND_LATER[every](
        when=won, share=share, later=words.share(shares[last]), ordinal=_ordinal(last, every)
    )


def _ordinal(place: int, every: str) -> str:
    """Return ``second`` to ``sixth``; of weeks apart, as some languages have genders."""
    if every == "week":
        weeks = (
            sense("week", "second"),
            sense("week", "third"),
            sense("week", "fourth"),
            sense("week", "fifth"),
            sense("week", "sixth"),
        )
        return weeks[place - 2]
    return (_("second"), _("third"), _("fourth"), _("fifth"), _("sixth"))[place - 2]


def won(every: str, first: date, last: date | None) -> str:
    """Say in which periods: ``since January 2011``, or where newer ones are left out, from which to which."""
    if last is None:
        return _("since {period}", period=period(first, every))
    return _("from {first} to {last}", first=period(first, every), last=period(last, every))


def means(show: str, every: str) -> str:
    """Say what a cell is."""
    return _MEANS[show, every]()


def note(first: date, every: str, last: date, known_to: date, *, capped: tuple[int, int] | None) -> str:
    """Say what is odd about the first row and the last period, and what is left out.

    Parameters
    ----------
    first, last : date
        First day of the file's first period, and of its last.
    every : str
    known_to : date
        The last day of the data.
    capped : (int, int) or None
        How many cohorts are shown, and how many there are.
    """
    said = [
        _(
            "The file begins in {period}, so its first cohort may hold older customers. Cells of fewer than "
            "five people are left out, with those that would give them away.",
            period=period(first, every),
        )
    ]
    if ends := _unfinished(last, every, known_to):
        said.append(ends)
    if capped:
        said.append(
            plural(
                "The newest {newest} of {n} cohort are shown.",
                "The newest {newest} of {n} cohorts are shown.",
                capped[1],
                n=words.number(capped[1]),
                newest=words.number(capped[0]),
            )
        )
    return " ".join(said)


def _unfinished(last: date, every: str, known_to: date) -> str:
    """Say how much of the last period the data knows; nothing where it is whole."""
    days = (_next(last, every) - last).days
    known = (known_to - last).days + 1
    if known >= days:
        return ""
    return plural(
        "Hatched: {period}, of which the data covers {known} of {n} day; the last row does not count it.",
        "Hatched: {period}, of which the data covers {known} of {n} days; the last row does not count it.",
        days,
        n=words.number(days),
        period=period(last, every),
        known=words.number(known),
    )


def _next(first: date, every: str) -> date:
    if every == "week":
        return first + timedelta(days=7)
    months = first.month - 1 + (1 if every == "month" else 3)
    return date(first.year + months // 12, months % 12 + 1, 1)


def cell(size: int, people: int, orders: int, revenue: float) -> str:
    """Say what is in a cell: ``64 of 300 customers ordered, 21 %: 93 orders for £28,117``."""
    return plural(
        "{people} of {n} customer ordered, {share}: {orders} for {revenue}, {each} per customer of the "
        "cohort.",
        "{people} of {n} customers ordered, {share}: {orders} for {revenue}, {each} per customer of the "
        "cohort.",
        size,
        n=words.number(size),
        people=words.number(people),
        share=words.share(people / size),
        orders=plural("{n} order", "{n} orders", orders, n=words.number(orders)),
        revenue=words.money_sum(revenue),
        each=words.money(revenue / size),
    )


def place(cohort: date, since: int, every: str) -> str:
    """Name a cell: ``April 2011, month 6``."""
    if every == "week":
        return _("The week of {day}, week {number}", day=words.date(cohort), number=since)
    if every == "quarter":
        return _("{period}, quarter {number}", period=period(cohort, every), number=since)
    return _("{period}, month {number}", period=period(cohort, every), number=since)


def of_found(customers: int, cohorts: int) -> str:
    """Say how many customers are in cohorts that are shown."""
    of = plural("{n} cohort", "{n} cohorts", cohorts, n=words.number(cohorts))
    return plural(
        "{n} customer in {cohorts}",
        "{n} customers in {cohorts}",
        customers,
        n=words.number(customers),
        cohorts=of,
    )


def of_list(customers: int, cohort: str, ordered: str, narrowed: Sequence[str]) -> str:
    """Say who is listed: those of a cell, or everybody who is counted.

    Parameters
    ----------
    customers : int
    cohort, ordered : str
        The periods of the first order and of the cell, in words; empty where no cell is open.
    narrowed : sequence of str
        ``Country: Germany``.
    """
    n = words.number(customers)
    if not cohort:
        said = plural("{n} customer", "{n} customers", customers, n=n)
    elif cohort == ordered:
        said = plural(
            "{n} customer whose first order was in {cohort}",
            "{n} customers whose first order was in {cohort}",
            customers,
            n=n,
            cohort=cohort,
        )
    else:
        said = plural(
            "{n} customer whose first order was in {cohort} and who ordered in {ordered}",
            "{n} customers whose first order was in {cohort} and who ordered in {ordered}",
            customers,
            n=n,
            cohort=cohort,
            ordered=ordered,
        )
    return f"{said} ({'; '.join(narrowed)})." if narrowed else f"{said}."
