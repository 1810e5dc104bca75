"""What the data says about a group, as sentences: who they are, what they buy, at what price, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.clusters.words import MONTHS, WEEKDAYS, against, lifted, price_text, stands_out

if TYPE_CHECKING:
    from services.serving.playbooks.plans import Group, Peak

PRODUCTS = 4
MORE = "More often than in all orders"
_HOURS = 2
_FEW = "Fewer than five customers: too few to say what they buy and when."
_UNREPORTED = "An earlier version made this release and did not keep this for {}s. Train again to see it."


def who(group: Group, unit: str) -> str:
    """Return the group's averages.

    Parameters
    ----------
    group : Group
    unit : str
        What frequency counts: ``orders`` or ``lines``.
    """
    figures = group.figures
    if not figures.customers:
        return "No customer is in this group now."
    often = words.number(figures.frequency, 1)
    return (
        f"On average the last order was {words.number(figures.recency)} days ago, with {often} {unit} and "
        f"{words.money_sum(figures.monetary)} per customer."
    )


def size(group: Group) -> str:
    """Return how many they are and what they bring."""
    figures = group.figures
    return (
        f"{words.count(figures.customers, 'customer')}, {words.share(group.share)} of all, with "
        f"{words.share(group.revenue_share)} of the revenue, {words.money_sum(figures.revenue)}."
    )


def products(group: Group) -> str:
    """Return what they buy more often than others, or why that is not told."""
    named = (f"{name} ({much})" for name, much in listed(group))
    return f"{MORE}: {'; '.join(named)}." if group.products and not _missing(group) else lacking(group)


def listed(group: Group) -> list[tuple[str, str]]:
    """Return the products bought more than by others: name, and how much more by how many."""
    return [
        (each["description"], f"{lifted(each['lift'])}, {words.count(each['customers'], 'customer')}")
        for each in (group.products or [])[:PRODUCTS]
    ]


def lacking(group: Group) -> str:
    """Say why no product is named; empty where some are."""
    if said := _missing(group):
        return said
    if group.products is None:
        return "The file has no products."
    return (
        ""
        if group.products
        else "No product with enough orders is bought more often here than by customers overall."
    )


def distinctive(group: Group) -> str:
    """Return the words of descriptions that stand out; empty where there are none."""
    if _missing(group) or not group.words:
        return ""
    said = (f"{each['word']} ({lifted(each['ratio'])})" for each in group.words)
    return f"Words found more often in the names of its products: {', '.join(said)}."


def price(group: Group) -> str:
    """Return the price band that sets them apart."""
    return _missing(group) or price_text(group.price, group.edges)


def when(group: Group) -> str:
    """Return when they order."""
    if said := _missing(group):
        return said
    times = group.when
    if times is None:
        return "The file has no single orders, so order times are not known."
    if times.weekday is None or times.month is None:
        return f"{words.capital(words.count(times.orders, 'order'))}: too few to tell when."
    parts = [
        f"on {WEEKDAYS[times.weekday.place]}s ({_shares(times.weekday)})",
        f"in {MONTHS[times.month.place]} ({_shares(times.month)})",
    ]
    if times.hours is not None:
        start = times.hours.place
        parts.insert(0, f"between {start}:00 and {start + _HOURS}:00 ({_shares(times.hours)})")
    said = f"Orders peak {words.listing(parts)}."
    if times.season is not None and stands_out(times.season.share, times.season.everybody):
        said += f" More often than others in {MONTHS[times.season.place]} ({_shares(times.season)})."
    return said if times.hours is not None else f"{said} The file has no time of day."


def told(group: Group, unit: str) -> list[str]:
    """Return the sentences that a language model is told."""
    kind = f"The group is the {group.kind} “{group.figures.name}”."
    facts = [kind, size(group), who(group, unit), products(group), distinctive(group), price(group)]
    return [sentence for sentence in (*facts, when(group)) if sentence]


def _shares(peak: Peak) -> str:
    return against(peak.share, peak.everybody)


def _missing(group: Group) -> str:
    if group.few:
        return _FEW
    return "" if group.reported else _UNREPORTED.format(group.kind)
