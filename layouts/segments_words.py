"""The findings of the Segments tab, as sentences made of the view's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layouts import words

UNITS = {"recency": "days since the last order", "orders": "orders", "lines": "lines"}


def map_finding(groups: Sequence[Any], customers: int, revenue: float) -> str:
    """Name the group with most revenue, and what those at risk hold."""
    best = max(groups, key=lambda group: group.revenue)
    first = (
        f"{best.entry['name']} are {words.share(best.customers / customers)} of customers"
        f" and {words.share(best.revenue / revenue if revenue else 0)} of revenue"
    )
    risky = [
        group for group in groups if group.entry.get("at_risk") and group.customers and group is not best
    ]
    if not risky:
        return first + "."
    held = max(risky, key=lambda group: group.revenue / group.customers)
    noun = words.count(held.customers, "customer")
    return f"{first}; {noun} in {held.entry['name']} hold {words.money_short(held.revenue)}."


def sizes_finding(groups: Sequence[Any], customers: int) -> str:
    """Name the largest group worth winning back, else the largest group."""
    risky = [group for group in groups if group.entry.get("at_risk") and group.customers]
    if risky:
        worth = max(risky, key=lambda group: group.revenue)
        return (
            f"{worth.entry['name']} is the largest group worth winning back: "
            f"{words.count(worth.customers, 'customer')}, {words.money_short(worth.revenue)}."
        )
    largest = max(groups, key=lambda group: group.customers)
    share = words.share(largest.customers / customers)
    return f"{largest.entry['name']} is the largest group with {share} of the customers."


def treemap_finding(groups: Sequence[Any], revenue: float) -> str:
    """Say how much the two best groups bring."""
    ranked = sorted((group for group in groups if group.customers), key=lambda group: -group.revenue)[:2]
    share = words.share(sum(group.revenue for group in ranked) / revenue if revenue else 0)
    names = words.listing([group.entry["name"] for group in ranked])
    return f"{names} together bring {share}." if len(ranked) > 1 else f"{names} brings {share}."


def pair_finding(pair: tuple[str, str], groups: Sequence[Any], unit: str) -> str:
    """Compare the two groups that lie furthest apart on the picture's first axis."""
    known = [group for group in groups if group.customers]
    near = min(known, key=lambda group: group.medians[pair[0]])
    far = max(known, key=lambda group: group.medians[pair[0]])
    if near is far:
        return f"Half of {near.entry['name']} {_at(pair[1], near, unit)} or more."
    if pair[0] == "recency":
        return (
            f"Half of {near.entry['name']} ordered within {words.days(near.medians['recency'])} and "
            f"{_at(pair[1], near, unit)} or more; half of {far.entry['name']} waited {words.days(far.medians['recency'])} or longer."
        )
    return (
        f"{far.entry['name']}: {_amount('frequency', far, unit)} and {_amount('monetary', far, unit)} at the median; "
        f"{near.entry['name']}: {_amount('frequency', near, unit)} and {_amount('monetary', near, unit)}."
    )


def distribution_finding(axis: str, shares: Mapping[str, Any], unit: str) -> str:
    """Say where half of the customers lie, and what the commonest value is for orders."""
    half = shares["median"]
    if axis == "recency":
        return f"Half ordered within {words.days(half)}."
    if axis == "monetary":
        return f"Half spent less than {words.money_sum(half)}; the top fifth {words.money_sum(shares['high'])} or more."
    once = shares["once"]
    noun = unit[:-1]
    return f"{words.share(once)} have one {noun}; half have {words.count(half, noun)} or fewer."


def grid_finding(customers: int, revenue: float, top_ten: float) -> str:
    """Say how much the ten largest bring."""
    counted = words.count(customers, "customer")
    if customers <= 10 or not revenue:
        return f"{counted}, {words.money_sum(revenue)}."
    return f"{counted}. The ten largest bring {words.share(top_ten / revenue)} of the revenue."


def unit_title(axis: str, unit: str) -> str:
    """Name an axis: "days since the last order", "orders", "spend"."""
    return {"recency": UNITS["recency"], "monetary": "spend"}.get(axis, unit)


def _at(axis: str, group: Any, unit: str) -> str:
    return (
        f"have {_amount(axis, group, unit)}" if axis == "frequency" else f"spent {_amount(axis, group, unit)}"
    )


def _amount(axis: str, group: Any, unit: str) -> str:
    value = group.medians[axis]
    if axis == "monetary":
        return words.money_sum(value)
    return words.count(round(value, 1) if value % 1 else int(value), unit[:-1])
