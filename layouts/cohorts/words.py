"""The sentences of cohorts: periods, cells, what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from layouts import words

if TYPE_CHECKING:
    from layouts.cohorts.cards import Kind

SUB = "Do newcomers come back, and which are worth having?"
EVERY: Mapping[str, str] = {"month": "Month", "quarter": "Quarter", "week": "Week"}
SHOW: Mapping[str, str] = {
    "share": "Share back",
    "orders": "Orders",
    "revenue": "Revenue per customer",
    "cumulative": "Cumulative",
}
NARROWED: Mapping[str, str] = {
    "country": "Country",
    "segment": "Segment today",
    "product": "In the first order",
    "first": "First order",
}
LEFT_OUT = "left out"
OF_ALL = "The cards below are about all customers, whatever is chosen above."
TOO_FEW = "Too few newcomers have had time to come back for a comparison."
_MEANS: Mapping[str, str] = {
    "share": "Each cell is the share of a cohort that ordered in that {every}.",
    "orders": "Each cell is the number of orders that a cohort placed in that {every}.",
    "revenue": "Each cell is what a cohort spent in that {every}, per customer of the cohort.",
    "cumulative": "Each cell is what a cohort has spent up to the end of that {every}, per customer of the "
    "cohort.",
}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")


def head(last_day: str, preset: str, release: str, *, matched: bool) -> str:
    """Return what fixes the page."""
    returns = "returns taken off" if matched else "returns not taken off"
    return f"{SUB} Up to {words.date(last_day)}, preset {preset}, release {release}, {returns}."


def period(first: date, every: str) -> str:
    """Name a period: ``April 2011``, ``Q2 2011``, ``the week of 4 April 2011``."""
    if every == "week":
        return f"the week of {words.date(first)}"
    return _quarter(first) if every == "quarter" else words.month_long(first)


def period_short(first: date, every: str) -> str:
    """Name a period in a row: ``Apr 2011``, ``Q2 2011``, ``4 Apr 2011``."""
    if every == "week":
        return words.date_short(first)
    return _quarter(first) if every == "quarter" else words.month(first)


def _quarter(first: date) -> str:
    return f"Q{(first.month + 2) // 3} {first.year}"


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
        return _MEANS["share"].format(every=every)
    said = f"Of the customers won {won}, {words.share(shares[1])} ordered in the next {every}"
    later = max(place for place in shares if place < len(_ORDINALS))
    if later == 1:
        return f"{said}."
    return f"{said} and {words.share(shares[later])} in the {_ORDINALS[later]}."


def won(every: str, first: date, last: date | None) -> str:
    """Say in which periods: ``since January 2011``, or where newer ones are left out, from which to which."""
    if last is None:
        return f"since {period(first, every)}"
    return f"from {period(first, every)} to {period(last, every)}"


def means(show: str, every: str) -> str:
    """Say what a cell is."""
    return _MEANS[show].format(every=every)


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
        f"The file begins in {period(first, every)}, so its first cohort may hold older customers. Cells of "
        "fewer than five people are left out, with those that would give them away."
    ]
    if ends := _unfinished(last, every, known_to):
        said.append(ends)
    if capped:
        said.append(f"The newest {words.number(capped[0])} of {words.number(capped[1])} cohorts are shown.")
    return " ".join(said)


def _unfinished(last: date, every: str, known_to: date) -> str:
    """Say how much of the last period the data knows; nothing where it is whole."""
    days = (_next(last, every) - last).days
    known = (known_to - last).days + 1
    if known >= days:
        return ""
    return (
        f"Hatched: {period(last, every)}, of which the data covers {words.number(known)} of "
        f"{words.number(days)} days; the last row does not count it."
    )


def _next(first: date, every: str) -> date:
    if every == "week":
        return first + timedelta(days=7)
    months = first.month - 1 + (1 if every == "month" else 3)
    return date(first.year + months // 12, months % 12 + 1, 1)


def cell(size: int, people: int, orders: int, revenue: float) -> str:
    """Say what is in a cell: ``64 of 300 customers ordered, 21 %: 93 orders for £28,117``."""
    return (
        f"{words.number(people)} of {words.count(size, 'customer')} ordered, {words.share(people / size)}: "
        f"{words.count(orders, 'order')} for {words.money_sum(revenue)}, {words.money(revenue / size)} per "
        "customer of the cohort."
    )


def place(cohort: date, since: int, every: str) -> str:
    """Name a cell: ``April 2011, month 6``."""
    return f"{words.capital(period(cohort, every))}, {every} {since}"


def of_found(customers: int, cohorts: int) -> str:
    """Say how many customers are in cohorts that are shown."""
    return f"{words.count(customers, 'customer')} in {words.count(cohorts, 'cohort')}"


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
    said = words.count(customers, "customer")
    if cohort:
        said += f" whose first order was in {cohort}"
    if cohort != ordered:
        said += f" and who ordered in {ordered}"
    return f"{said} ({'; '.join(narrowed)})." if narrowed else f"{said}."


def kind(of: str, label: str) -> str:
    """Name newcomers of a kind: ``First order under £140``."""
    return {
        "value": f"First order {label}",
        "items": f"{words.capital(label)} different products",
        "product": label,
        "country": label,
    }[of]


def band_name(of: str, low: float | None, high: float | None) -> str:
    """Name a band where it is one of the filters."""
    return band(of, low, high) + (" different products" if of == "items" else "")


def band(kind: str, low: float | None, high: float | None) -> str:
    """Name a band of first orders: ``£140 to under £230``, ``7 to 13``, ``up to 6``."""
    if kind == "items":
        if high is None:
            return f"{words.number(low)} or more"
        start, end = int(low or 0), int(high) - 1
        if low is None:
            return f"up to {words.number(end)}"
        return words.number(start) if start == end else f"{words.number(start)} to {words.number(end)}"
    if low is None:
        return f"under {words.money_sum(high)}"
    if high is None:
        return f"{words.money_sum(low)} or more"
    return f"{words.money_sum(low)} to under {words.money_sum(high)}"


def best(kinds: Sequence[Kind], everybody: float, within: int) -> str:
    """Say which first orders bring customers back, as far as that is proven.

    Parameters
    ----------
    kinds : sequence of Kind
        ``name``, ``short``, ``kind``, ``share`` and ``verdict`` of each.
    everybody : float
        The share of all newcomers who came back.
    within : int
        Days.
    """
    more, less = ([each for each in kinds if each.verdict == way] for way in ("more", "less"))
    if not more and not less:
        return (
            f"{words.share(everybody)} of newcomers order again within {within} days; no kind of first order "
            "is shown to bring back more or fewer."
        )
    both = [each for each in more if any(other.kind == each.kind for other in less)]
    chosen = max(both or more or less, key=lambda each: each.share)
    said = f"{chosen.name}: {words.share(chosen.share)} order again within {within} days"
    against = [each for each in less if each.kind == chosen.kind and each is not chosen]
    if against:
        other = min(against, key=lambda each: each.share)
        return f"{said}; {other.short}: {words.share(other.share)}."
    return f"{said}, against {words.share(everybody)} of all newcomers."
