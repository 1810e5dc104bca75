"""What the data says about a group, as sentences: who they are, what they buy, at what price, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.clusters.words import ON_WEEKDAYS
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.playbooks.ahead import Ahead
    from services.serving.playbooks.plans import Group, Part

PRODUCTS = 4
TEXTS = {"goal": later("Goal"), "message": later("Message"), "offer": later("Offer")}
"""What staff may write, and how each is called."""
_HOURS = 2
_BANDS = (
    later("{share} of its items cost up to {low}; {rest} of others’ do."),
    later("{share} of its items cost over {low}, up to {high}; {rest} of others’ do."),
    later("{share} of its items cost over {high}; {rest} of others’ do."),
)
_UNREPORTED = {
    "segment": later(
        "This release was made by an earlier version, which did not test what stands out in segments. Train "
        "again to see it."
    ),
    "cluster": later(
        "This release was made by an earlier version, which did not test what stands out in clusters. Train "
        "again to see it."
    ),
}


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
        return _("No customer is in this group now.")
    ago = round(figures.recency or 0)
    places = {
        "n": words.number(ago),
        "often": words.number(figures.frequency, 1),
        "spend": words.money_sum(figures.monetary),
    }
    if unit == "orders":
        return plural(
            "On average the last order was {n} day ago, with {often} orders and {spend} per customer.",
            "On average the last order was {n} days ago, with {often} orders and {spend} per customer.",
            ago,
            **places,
        )
    return plural(
        "On average the last order was {n} day ago, with {often} lines and {spend} per customer.",
        "On average the last order was {n} days ago, with {often} lines and {spend} per customer.",
        ago,
        **places,
    )


def size(group: Group) -> str:
    """Return how many they are and what they bring."""
    figures = group.figures
    if not figures.customers:
        return _("0 customers.")
    return plural(
        "{n} customer, {share} of all, with {part} of the revenue, {revenue}.",
        "{n} customers, {share} of all, with {part} of the revenue, {revenue}.",
        figures.customers,
        n=words.number(figures.customers),
        share=words.share(group.share),
        part=words.share(group.revenue_share),
        revenue=words.money_sum(figures.revenue),
    )


def products(group: Group) -> str:
    """Return what they buy more often than others; empty where nothing stands out."""
    named = [f"{name} ({much})" for name, much in listed(group)]
    return more_often("; ".join(named)) if named else ""


def more_often(named: str) -> str:
    """Say which products stand out, each with how much."""
    return _("More often than in other customers’ orders: {products}.", products=named)


def listed(group: Group) -> list[tuple[str, str]]:
    """Return the products bought more than by others: name, and how much more by how many."""
    return [
        (
            each["description"],
            plural(
                "{times}, {n} customer",
                "{times}, {n} customers",
                each["customers"],
                n=words.number(each["customers"]),
                times=_times(each["times"]),
            ),
        )
        for each in group.products[:PRODUCTS]
    ]


def distinctive(group: Group) -> str:
    """Return the words of descriptions that stand out; empty where there are none."""
    said = [f"{each['word']} ({_times(each['times'])})" for each in group.words]
    if not said:
        return ""
    return _("Words found more often in the names of its products: {words}.", words=", ".join(said))


def price(group: Group) -> str:
    """Return the price band that sets them apart; empty where none does."""
    part = group.price
    if part is None or group.edges is None:
        return ""
    low, high = (words.money(edge) for edge in group.edges)
    return _BANDS[part.place](share=words.share(part.share), rest=words.share(part.rest), low=low, high=high)


def when(group: Group) -> str:
    """Return when they order more often than others; empty where no time stands out."""
    parts = []
    if group.hours is not None:
        start = group.hours.place
        between = _("between {start} and {end}", start=f"{start}:00", end=f"{start + _HOURS}:00")
        parts.append(_against(between, group.hours))
    if group.weekday is not None:
        parts.append(_against(ON_WEEKDAYS[group.weekday.place](), group.weekday))
    return _("Orders come more often than others’ {times}.", times=words.listing(parts)) if parts else ""


def unreported(group: Group) -> str:
    """Say that training again would tell more; empty where it would not."""
    return "" if group.reported else _UNREPORTED[group.kind]()


def told(group: Group, unit: str, ahead: Ahead | None) -> list[str]:
    """Return the sentences that a language model is told."""
    name = group.figures.name
    kind = (
        _("The group is the segment “{name}”.", name=name)
        if group.kind == "segment"
        else _("The group is the cluster “{name}”.", name=name)
    )
    facts = [kind, size(group), who(group, unit), products(group), distinctive(group), price(group)]
    return [sentence for sentence in (*facts, when(group), outlook(ahead)) if sentence]


def outlook(ahead: Ahead | None) -> str:
    """Say what the group's customers are predicted to do, on average; nothing where nothing is known."""
    if ahead is None:
        return ""
    said = []
    if ahead.chance is not None:
        said.append(_("a chance of no order of {share}", share=words.share(ahead.chance)))
    if ahead.usual is not None:
        said.append(_("a usual spend of {spend}", spend=words.money_sum(ahead.usual)))
    if ahead.expected is not None:
        said.append(_("an expected spend of {spend}", spend=words.money_sum(ahead.expected)))
    return plural(
        "Average per customer for {n} day: {figures}.",
        "Average per customer for {n} days: {figures}.",
        ahead.horizon,
        n=words.number(ahead.horizon),
        figures=words.listing(said),
    )


def _against(when: str, part: Part) -> str:
    return _(
        "{when} ({share} against {rest})",
        when=when,
        share=words.share(part.share),
        rest=words.share(part.rest),
    )


def _times(times: float | None) -> str:
    if times is None:
        return _("bought by nobody else")
    return _("{times} times as often", times=words.number(times, 1))
