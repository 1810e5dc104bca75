"""What the data says about a group, as sentences: who they are, what they buy, at what price, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.clusters.words import WEEKDAYS

if TYPE_CHECKING:
    from services.serving.playbooks.ahead import Ahead
    from services.serving.playbooks.plans import Group, Part

PRODUCTS = 4
MORE = "More often than in other customers’ orders"
_HOURS = 2
_BANDS = ("up to {low}", "over {low}, up to {high}", "over {high}")
_UNREPORTED = (
    "This release was made by an earlier version, which did not test what stands out in {}s. Train again to "
    "see it."
)


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
    ago = words.count(round(figures.recency or 0), "day")
    return (
        f"On average the last order was {ago} ago, with {often} {unit} and "
        f"{words.money_sum(figures.monetary)} per customer."
    )


def size(group: Group) -> str:
    """Return how many they are and what they bring."""
    figures = group.figures
    if not figures.customers:
        return "0 customers."
    return (
        f"{words.count(figures.customers, 'customer')}, {words.share(group.share)} of all, with "
        f"{words.share(group.revenue_share)} of the revenue, {words.money_sum(figures.revenue)}."
    )


def products(group: Group) -> str:
    """Return what they buy more often than others; empty where nothing stands out."""
    named = [f"{name} ({much})" for name, much in listed(group)]
    return f"{MORE}: {'; '.join(named)}." if named else ""


def listed(group: Group) -> list[tuple[str, str]]:
    """Return the products bought more than by others: name, and how much more by how many."""
    return [
        (each["description"], f"{_times(each['times'])}, {words.count(each['customers'], 'customer')}")
        for each in group.products[:PRODUCTS]
    ]


def distinctive(group: Group) -> str:
    """Return the words of descriptions that stand out; empty where there are none."""
    said = [f"{each['word']} ({_times(each['times'])})" for each in group.words]
    return f"Words found more often in the names of its products: {', '.join(said)}." if said else ""


def price(group: Group) -> str:
    """Return the price band that sets them apart; empty where none does."""
    part = group.price
    if part is None or group.edges is None:
        return ""
    low, high = (words.money(edge) for edge in group.edges)
    said = _BANDS[part.place].format(low=low, high=high)
    return f"{words.share(part.share)} of its items cost {said}; {words.share(part.rest)} of others’ do."


def when(group: Group) -> str:
    """Return when they order more often than others; empty where no time stands out."""
    parts = []
    if group.hours is not None:
        start = group.hours.place
        parts.append(f"between {start}:00 and {start + _HOURS}:00 ({_against(group.hours)})")
    if group.weekday is not None:
        parts.append(f"on {WEEKDAYS[group.weekday.place]}s ({_against(group.weekday)})")
    return f"Orders come more often than others’ {words.listing(parts)}." if parts else ""


def unreported(group: Group) -> str:
    """Say that training again would tell more; empty where it would not."""
    return "" if group.reported else _UNREPORTED.format(group.kind)


def told(group: Group, unit: str, ahead: Ahead | None) -> list[str]:
    """Return the sentences that a language model is told."""
    kind = f"The group is the {group.kind} “{group.figures.name}”."
    facts = [kind, size(group), who(group, unit), products(group), distinctive(group), price(group)]
    return [sentence for sentence in (*facts, when(group), outlook(ahead)) if sentence]


def outlook(ahead: Ahead | None) -> str:
    """Say what the group's customers are predicted to do, on average; nothing where nothing is known."""
    if ahead is None:
        return ""
    said = []
    if ahead.chance is not None:
        said.append(f"a chance of no order of {words.share(ahead.chance)}")
    if ahead.usual is not None:
        said.append(f"a usual spend of {words.money_sum(ahead.usual)}")
    if ahead.expected is not None:
        said.append(f"an expected spend of {words.money_sum(ahead.expected)}")
    return f"Average per customer for {words.days(ahead.horizon)}: {words.listing(said)}."


def _against(part: Part) -> str:
    return f"{words.share(part.share)} against {words.share(part.rest)}"


def _times(times: float | None) -> str:
    return "bought by nobody else" if times is None else f"{words.number(times, 1)} times as often"
