"""The findings of the Segments tab: sentences made of the view's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from layouts import words
from layouts.segments.axes import days, times
from layouts.segments.cards import shown_by_cards
from services.core.findings import LEAST_PEOPLE, leader, stands_out
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.core.vocabulary import Axis
    from services.serving.segments.view import Group, View


def findings(view: View, frequency: str) -> dict[str, str]:
    """Return each card's sentence by its name: what is true and no matter of course, else what it shows.

    Parameters
    ----------
    view : View
        With at least one customer.
    frequency : str
        Orders or lines.
    """
    groups = [group for group in view.groups if group.customers >= LEAST_PEOPLE]
    said = _of_groups(groups, view, frequency) if _several(view) else {}
    if view.customers >= LEAST_PEOPLE:
        said |= _distributions(view, frequency)
    return {name: said.get(name) or shown() for name, shown in shown_by_cards(frequency).items()}


def _several(view: View) -> bool:
    """Say whether the view has groups to tell apart: of one alone everything would be true."""
    return sum(group.customers > 0 for group in view.groups) > 1


def _of_groups(groups: Sequence[Group], view: View, frequency: str) -> dict[str, str]:
    return {
        "map": _of_map(groups, view),
        "sizes": _of_sizes(view),
        "treemap": _of_treemap(groups, view),
        "rf": _of_recency(groups),
        "rm": _of_spend(groups),
        "fm": _of_orders(groups, frequency),
    }


def _distributions(view: View, frequency: str) -> dict[str, str]:
    shares = view.shares
    spent = shares["monetary"]
    return {
        "recency": _("Half ordered in the last {days}.", days=days(shares["recency"]["median"])),
        "frequency": _of_frequency(shares["frequency"], frequency),
        "monetary": _(
            "Half spent {median} or less; the top fifth {high} or more.",
            median=words.money_sum(spent["median"]),
            high=words.money_sum(spent["high"]),
        ),
    }


def _of_frequency(often: Mapping[str, float], frequency: str) -> str:
    """Say how many have one order, and how many orders half have at most."""
    places = {"share": words.share(often["once"]), "counted": times(often["median"], frequency)}
    if not often["once"]:
        return _("Half have {counted} or fewer.", **places)
    if often["median"] > 1:
        return (
            _("{share} have one order; half have {counted} or fewer.", **places)
            if frequency == "orders"
            else _("{share} have one line; half have {counted} or fewer.", **places)
        )
    return (
        _("{share} have one order.", **places)
        if frequency == "orders"
        else _("{share} have one line.", **places)
    )


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
    places = {"group": best.entry.name, "people": words.share(people), "revenue": words.share(money)}
    risky = [group for group in groups if group.entry.at_risk and group is not best]
    if not risky:
        return _("{group}: {people} of customers and {revenue} of revenue.", **places)
    held = max(risky, key=lambda group: group.revenue / group.customers)
    return plural(
        "{group}: {people} of customers and {revenue} of revenue; {n} customer in {other} account for "
        "{money}.",
        "{group}: {people} of customers and {revenue} of revenue; {n} customers in {other} account for "
        "{money}.",
        held.customers,
        n=words.number(held.customers),
        other=held.entry.name,
        money=words.money_short(held.revenue),
        **places,
    )


def of_risk(view: View) -> str:
    """Say how much revenue is at risk, and in which segment most of it is; nothing where none is."""
    risky = [group for group in view.groups if group.customers and group.entry.at_risk]
    if (worth := _first(risky, _revenue, words.money_short)) and worth.customers >= LEAST_PEOPLE:
        return plural(
            "{segment} has the most revenue at risk: {money} from {n} customer.",
            "{segment} has the most revenue at risk: {money} from {n} customers.",
            worth.customers,
            n=words.number(worth.customers),
            segment=worth.entry.name,
            money=words.money_short(worth.revenue),
        )
    if not risky:
        return ""
    held = words.money_short(sum(group.revenue for group in risky))
    people = sum(group.customers for group in risky)
    return plural(
        "{money} from {n} customer at risk.",
        "{money} from {n} customers at risk.",
        people,
        n=words.number(people),
        money=held,
    )


def _of_sizes(view: View) -> str:
    if said := of_risk(view):
        return said
    groups = [group for group in view.groups if group.customers]
    largest = _first(groups, lambda group: float(group.customers), words.number)
    if largest is None or largest.customers < LEAST_PEOPLE:
        return ""
    share = words.share(largest.customers / view.customers)
    return _(
        "{group} is the largest group, with {share} of the customers.", group=largest.entry.name, share=share
    )


def _of_treemap(groups: Sequence[Group], view: View) -> str:
    ranked = sorted(groups, key=lambda group: -group.revenue)[:2]
    if not view.revenue or len(ranked) < 2 or sum(group.customers > 0 for group in view.groups) < 3:
        return ""
    share = words.share(sum(group.revenue for group in ranked) / view.revenue)
    names = words.listing([group.entry.name for group in ranked])
    return _("{groups} together bring {share} of the revenue.", groups=names, share=share)


def _of_recency(groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    best = max(groups, key=_revenue)
    places = {"group": best.entry.name, "days": days(best.medians["recency"])}
    far = _first(groups, _median("recency"), days)
    if far is None or far is best:
        return _("Half of {group} ordered in the last {days}.", **places)
    return _(
        "Half of {group} ordered in the last {days}; half of {other} last ordered {waited} ago or longer.",
        other=far.entry.name,
        waited=days(far.medians["recency"]),
        **places,
    )


def _of_spend(groups: Sequence[Group]) -> str:
    risky = [group for group in groups if group.entry.at_risk] or groups
    if not risky:
        return ""
    chosen = max(risky, key=_median("monetary"))
    return _(
        "Half of {group} spent {money} or more; half last ordered {days} ago or longer.",
        group=chosen.entry.name,
        money=words.money_sum(chosen.medians["monetary"]),
        days=days(chosen.medians["recency"]),
    )


def _of_orders(groups: Sequence[Group], frequency: str) -> str:
    if len(groups) < 2:
        return ""
    lowest, *_between, highest = sorted(groups, key=_median("monetary"))
    return _(
        "{group}: {counted} and {money} at the median; {other}: {other_counted} and {other_money}.",
        group=highest.entry.name,
        counted=times(highest.medians["frequency"], frequency),
        money=words.money_sum(highest.medians["monetary"]),
        other=lowest.entry.name,
        other_counted=times(lowest.medians["frequency"], frequency),
        other_money=words.money_sum(lowest.medians["monetary"]),
    )


def of_groups(as_of: words.Moment, compared: words.Moment, *, known: bool) -> str:
    """Return the sentence of the table of groups: the day, and what changes are counted from.

    Parameters
    ----------
    as_of, compared : moment
    known : bool
        Whether the earlier day can be asked for the same selection.
    """
    day = words.date(as_of)
    if not compared:
        return _("Means per customer on {day}.", day=day)
    earlier = words.day_and_month(compared)
    if not known:
        return _(
            "Means per customer on {day}; what this selection held on {earlier} is not kept, so no change is "
            "shown.",
            day=day,
            earlier=earlier,
        )
    return _(
        "Means per customer on {day}; “Change” compares with the same selection on {earlier}.",
        day=day,
        earlier=earlier,
    )


def of_list(customers: int, revenue: float, top_ten: float) -> str:
    """Return the sentence of the list: how much the ten largest bring."""
    n = words.number(customers)
    if customers < LEAST_PEOPLE or not revenue:
        money = words.money_sum(revenue)
        return plural("{n} customer, {money}.", "{n} customers, {money}.", customers, n=n, money=money)
    return plural(
        "{n} customer. The ten largest bring {share} of the revenue.",
        "{n} customers. The ten largest bring {share} of the revenue.",
        customers,
        n=n,
        share=words.share(top_ten / revenue),
    )


def of_file(customers: int, most: int) -> str:
    """Return what a file of the list leaves out, after a blank; nothing where it holds the whole list."""
    if customers <= most:
        return ""
    said = _("A file holds only the first {n} of them, in the order of the list.", n=words.number(most))
    return f" {said}"


def of_left_out(left_out: int, customers: int) -> str:
    """Return how many of a list opted out and are in no file; nothing where nobody did."""
    if not left_out:
        return ""
    if left_out == customers:
        return _("All of them opted out, so the file would be empty.")
    return plural(
        "{n} of these {customers} opted out and is excluded from the file.",
        "{n} of these {customers} opted out and are excluded from the file.",
        left_out,
        n=words.number(left_out),
        customers=plural("{n} customer", "{n} customers", customers, n=words.number(customers)),
    )


def head(as_of: words.Moment, compared: words.Moment, preset: str, release: str) -> str:
    """Return what fixes the page: the day, what it is compared with, the preset and the release."""
    places = {"day": words.date(as_of), "preset": preset, "release": release}
    if not compared:
        return _("Snapshot of {day}. Preset {preset}, release {release}.", **places)
    return _(
        "Snapshot of {day}, compared with {earlier}. Preset {preset}, release {release}.",
        earlier=words.day_and_month(compared),
        **places,
    )
