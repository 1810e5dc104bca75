"""The findings of the Segments tab: sentences made of the view's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from layouts import words

if TYPE_CHECKING:
    from services.serving.segments.view import Group, View


_OF_GROUPS = ("map", "sizes", "treemap", "rf", "rm", "fm")


def findings(view: View, frequency: str) -> dict[str, str]:
    """Return each card's sentence by the card's name.

    Parameters
    ----------
    view : View
        With at least one customer.
    frequency : str
        Orders or lines.
    """
    groups = [group for group in view.groups if group.customers]
    if not groups:
        return dict.fromkeys(_OF_GROUPS, "") | _distributions(view, frequency)
    unit = frequency.removesuffix("s")
    return {
        "map": _of_map(groups, view),
        "sizes": _of_sizes(groups, view),
        "treemap": _of_treemap(groups, view),
        "rf": _of_recency(groups),
        "rm": _of_spend(groups),
        "fm": _of_orders(groups, unit),
    } | _distributions(view, frequency)


def _distributions(view: View, frequency: str) -> dict[str, str]:
    unit = frequency.removesuffix("s")
    shares = view.shares
    spent = shares["monetary"]
    often = shares["frequency"]
    return {
        "recency": f"Half ordered in the last {_days(shares['recency']['median'])}.",
        "frequency": f"{words.share(often['once'])} have one {unit}; half have "
        f"{_times(often['median'], unit)} or fewer.",
        "monetary": f"Half spent {words.money_sum(spent['median'])} or less; the top fifth "
        f"{words.money_sum(spent['high'])} or more.",
    }


def _of_map(groups: Sequence[Group], view: View) -> str:
    best = max(groups, key=lambda group: group.revenue)
    first = (
        f"{best.entry.name} are {words.share(best.customers / view.customers)} of customers and "
        f"{words.share(best.revenue / view.revenue if view.revenue else 0)} of revenue"
    )
    risky = [group for group in groups if group.entry.at_risk and group is not best]
    if not risky:
        return first + "."
    held = max(risky, key=lambda group: group.revenue / group.customers)
    verb = "accounts" if held.customers == 1 else "account"
    return (
        f"{first}; {words.count(held.customers, 'customer')} in {held.entry.name} {verb} "
        f"for {words.money_short(held.revenue)}."
    )


def _of_sizes(groups: Sequence[Group], view: View) -> str:
    risky = [group for group in groups if group.entry.at_risk]
    if risky:
        worth = max(risky, key=lambda group: group.revenue)
        return (
            f"{worth.entry.name} has the most revenue at risk: {words.money_short(worth.revenue)} from "
            f"{words.count(worth.customers, 'customer')}."
        )
    largest = max(groups, key=lambda group: group.customers)
    share = words.share(largest.customers / view.customers)
    return f"{largest.entry.name} is the largest group, with {share} of the customers."


def _of_treemap(groups: Sequence[Group], view: View) -> str:
    ranked = sorted(groups, key=lambda group: -group.revenue)[:2]
    share = words.share(sum(group.revenue for group in ranked) / view.revenue if view.revenue else 0)
    names = words.listing([group.entry.name for group in ranked])
    bring = "together bring" if len(ranked) > 1 else "brings"
    return f"{names} {bring} {share} of the revenue."


def _of_recency(groups: Sequence[Group]) -> str:
    best = max(groups, key=lambda group: group.revenue)
    far = max(groups, key=lambda group: group.medians["recency"])
    first = f"Half of {best.entry.name} ordered in the last {_days(best.medians['recency'])}"
    if far is best:
        return first + "."
    waited = _days(far.medians["recency"])
    return f"{first}; half of {far.entry.name} last ordered {waited} ago or longer."


def _of_spend(groups: Sequence[Group]) -> str:
    risky = [group for group in groups if group.entry.at_risk]
    chosen = max(risky or groups, key=lambda group: group.medians["monetary"])
    return (
        f"Half of {chosen.entry.name} spent {words.money_sum(chosen.medians['monetary'])} or more; half "
        f"last ordered {_days(chosen.medians['recency'])} ago or longer."
    )


def _of_orders(groups: Sequence[Group], unit: str) -> str:
    def said(group: Group) -> str:
        often = _times(group.medians["frequency"], unit)
        return f"{group.entry.name}: {often} and {words.money_sum(group.medians['monetary'])}"

    ranked = sorted(groups, key=lambda group: group.medians["monetary"])
    if len(ranked) == 1:
        return f"{said(ranked[0])} at the median."
    return f"{said(ranked[-1])} at the median; {said(ranked[0])}."


def of_groups(as_of: words.Moment, compared: words.Moment) -> str:
    """Return the sentence of the table of groups: the day, and what changes are counted from."""
    day = f"Means per customer on {words.date(as_of)}"
    return (
        f"{day}; “Change” compares with how many of these customers were in the group on "
        f"{words.day_and_month(compared)}."
        if compared
        else f"{day}."
    )


def of_list(customers: int, revenue: float, top_ten: float) -> str:
    """Return the sentence of the list: how much the ten largest bring."""
    counted = words.count(customers, "customer")
    if customers <= 10 or not revenue:
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
        f"{words.number(left_out)} of these {words.count(customers, 'customer')} opted out and {are} left "
        "out of the file."
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
