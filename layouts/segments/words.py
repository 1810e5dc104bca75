"""The findings of the Segments tab: sentences made of the view's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from layouts import words
from services.core.findings import LEAST_PEOPLE, leader, stands_out

if TYPE_CHECKING:
    from services.core.vocabulary import Axis
    from services.serving.segments.view import Group, View

#: What a card shows, where nothing can be said of it.
SHOWN = {
    "map": "Customers and revenue by the two scores.",
    "sizes": "Customers and revenue of each group.",
    "treemap": "Revenue of each group.",
    "rf": "Customers by days since the last order and by {}.",
    "rm": "Customers by days since the last order and by spend.",
    "fm": "Customers by {} and by spend.",
    "recency": "Customers by days since the last order.",
    "frequency": "Customers by {}.",
    "monetary": "Customers by spend.",
}


def findings(view: View, frequency: str) -> dict[str, str]:
    """Return each card's sentence by its name: what is true and no matter of course, else what it shows.

    Parameters
    ----------
    view : View
        With at least one customer.
    frequency : str
        Orders or lines.
    """
    unit = frequency.removesuffix("s")
    groups = [group for group in view.groups if group.customers >= LEAST_PEOPLE]
    said = _of_groups(groups, view, unit) if _several(view) else {}
    if view.customers >= LEAST_PEOPLE:
        said |= _distributions(view, unit)
    return {name: said.get(name) or shown.format(frequency) for name, shown in SHOWN.items()}


def _several(view: View) -> bool:
    """Say whether the view has groups to tell apart: of one alone everything would be true."""
    return sum(group.customers > 0 for group in view.groups) > 1


def _of_groups(groups: Sequence[Group], view: View, unit: str) -> dict[str, str]:
    return {
        "map": _of_map(groups, view),
        "sizes": _of_sizes(view),
        "treemap": _of_treemap(groups, view),
        "rf": _of_recency(groups),
        "rm": _of_spend(groups),
        "fm": _of_orders(groups, unit),
    }


def _distributions(view: View, unit: str) -> dict[str, str]:
    shares = view.shares
    spent = shares["monetary"]
    often = shares["frequency"]
    ones = f"{words.share(often['once'])} have one {unit}"
    half = f"half have {_times(often['median'], unit)} or fewer"
    counts = [ones] * bool(often["once"]) + [half] * (often["median"] > 1)
    return {
        "recency": f"Half ordered in the last {_days(shares['recency']['median'])}.",
        "frequency": f"{words.capital('; '.join(counts))}.",
        "monetary": f"Half spent {words.money_sum(spent['median'])} or less; the top fifth "
        f"{words.money_sum(spent['high'])} or more.",
    }


def _first(
    groups: Sequence[Group], value: Callable[[Group], float], written: Callable[[float], str]
) -> Group | None:
    """Return the group with the highest value; None where there is one group, or two are written alike."""
    place = leader([value(group) for group in groups], written)
    return None if place is None else groups[place]


def _revenue(group: Group) -> float:
    return group.revenue


def _median(axis: Axis) -> Callable[[Group], float]:
    return lambda group: group.medians[axis]


def _of_map(groups: Sequence[Group], view: View) -> str:
    best = _first(groups, _revenue, words.money_short)
    if best is None or not view.revenue:
        return ""
    people, money = best.customers / view.customers, best.revenue / view.revenue
    if not stands_out(money, people):
        return ""
    first = f"{best.entry.name}: {words.share(people)} of customers and {words.share(money)} of revenue"
    risky = [group for group in groups if group.entry.at_risk and group is not best]
    if not risky:
        return first + "."
    held = max(risky, key=lambda group: group.revenue / group.customers)
    return (
        f"{first}; {words.count(held.customers, 'customer')} in {held.entry.name} account "
        f"for {words.money_short(held.revenue)}."
    )


def of_risk(view: View) -> str:
    """Say how much revenue is at risk, and in which segment most of it is; nothing where none is."""
    risky = [group for group in view.groups if group.customers and group.entry.at_risk]
    if (worth := _first(risky, _revenue, words.money_short)) and worth.customers >= LEAST_PEOPLE:
        return (
            f"{worth.entry.name} has the most revenue at risk: {words.money_short(worth.revenue)} from "
            f"{words.count(worth.customers, 'customer')}."
        )
    if not risky:
        return ""
    held = words.money_short(sum(group.revenue for group in risky))
    return f"{held} from {words.count(sum(group.customers for group in risky), 'customer')} at risk."


def _of_sizes(view: View) -> str:
    if said := of_risk(view):
        return said
    groups = [group for group in view.groups if group.customers]
    largest = _first(groups, lambda group: float(group.customers), words.number)
    if largest is None or largest.customers < LEAST_PEOPLE:
        return ""
    share = words.share(largest.customers / view.customers)
    return f"{largest.entry.name} is the largest group, with {share} of the customers."


def _of_treemap(groups: Sequence[Group], view: View) -> str:
    ranked = sorted(groups, key=lambda group: -group.revenue)[:2]
    if not view.revenue or len(ranked) < 2 or sum(group.customers > 0 for group in view.groups) < 3:
        return ""
    share = words.share(sum(group.revenue for group in ranked) / view.revenue)
    names = words.listing([group.entry.name for group in ranked])
    return f"{names} together bring {share} of the revenue."


def _of_recency(groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    best = max(groups, key=_revenue)
    first = f"Half of {best.entry.name} ordered in the last {_days(best.medians['recency'])}"
    far = _first(groups, _median("recency"), _days)
    if far is None or far is best:
        return first + "."
    waited = _days(far.medians["recency"])
    return f"{first}; half of {far.entry.name} last ordered {waited} ago or longer."


def _of_spend(groups: Sequence[Group]) -> str:
    risky = [group for group in groups if group.entry.at_risk] or groups
    if not risky:
        return ""
    chosen = max(risky, key=_median("monetary"))
    return (
        f"Half of {chosen.entry.name} spent {words.money_sum(chosen.medians['monetary'])} or more; half "
        f"last ordered {_days(chosen.medians['recency'])} ago or longer."
    )


def _of_orders(groups: Sequence[Group], unit: str) -> str:
    def said(group: Group) -> str:
        often = _times(group.medians["frequency"], unit)
        return f"{group.entry.name}: {often} and {words.money_sum(group.medians['monetary'])}"

    if len(groups) < 2:
        return ""
    ranked = sorted(groups, key=_median("monetary"))
    return f"{said(ranked[-1])} at the median; {said(ranked[0])}."


def of_groups(as_of: words.Moment, compared: words.Moment, *, known: bool) -> str:
    """Return the sentence of the table of groups: the day, and what changes are counted from.

    Parameters
    ----------
    as_of, compared : moment
    known : bool
        Whether the earlier day can be asked for the same selection.
    """
    day = f"Means per customer on {words.date(as_of)}"
    if not compared:
        return f"{day}."
    earlier = words.day_and_month(compared)
    if not known:
        return f"{day}; what this selection held on {earlier} is not kept, so no change is shown."
    return f"{day}; “Change” compares with the same selection on {earlier}."


def of_list(customers: int, revenue: float, top_ten: float) -> str:
    """Return the sentence of the list: how much the ten largest bring."""
    counted = words.count(customers, "customer")
    if customers < LEAST_PEOPLE or not revenue:
        return f"{counted}, {words.money_sum(revenue)}."
    return f"{counted}. The ten largest bring {words.share(top_ten / revenue)} of the revenue."


def of_file(customers: int, most: int) -> str:
    """Return what a file of the list leaves out, after a blank; nothing where it holds the whole list."""
    if customers <= most:
        return ""
    return f" A file holds only the first {words.number(most)} of them, in the order of the list."


def of_left_out(left_out: int, customers: int) -> str:
    """Return how many of a list opted out and are in no file; nothing where nobody did."""
    if not left_out:
        return ""
    if left_out == customers:
        return "All of them opted out, so the file would be empty."
    are = "is" if left_out == 1 else "are"
    return (
        f"{words.number(left_out)} of these {words.count(customers, 'customer')} opted out and {are} "
        "excluded from the file."
    )


def head(as_of: words.Moment, compared: words.Moment, preset: str, release: str) -> str:
    """Return what fixes the page: the day, what it is compared with, the preset and the release."""
    beside = f", compared with {words.day_and_month(compared)}" if compared else ""
    return f"Snapshot of {words.date(as_of)}{beside}. Preset {preset}, release {release}."


def axis_title(axis: str, frequency: str) -> str:
    """Name an axis with its unit: "days since the last order", "orders", "spend"."""
    titles: Mapping[str, str] = {"recency": "days since the last order", "monetary": "spend"}
    return titles.get(axis, frequency)


def _days(value: float) -> str:
    return words.count(int(value), "day") if value % 1 == 0 else f"{words.number(value, 1)} days"


def _times(value: float, unit: str) -> str:
    return words.count(int(value), unit) if value % 1 == 0 else f"{words.number(value, 1)} {unit}s"
