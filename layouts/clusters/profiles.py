"""What each served cluster is like: a card each, and how they differ on every axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import profile_figures as figures
from layouts.clusters.words import (
    HOURS,
    MONTHS,
    WEEKDAYS,
    against,
    axis_name,
    lifted,
    more_often,
    price_text,
    rule_text,
    stands_out,
    titled,
)
from layouts.ids import Clusters
from layouts.parts import Column, card, cluster_chip
from layouts.parts.attributes import attributes
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.vocabulary import AXES

if TYPE_CHECKING:
    from services.serving.clusters.report import Profile, Times

_PRODUCTS = 3
_LEAST_RATIO = 1.2


def profile_card(
    profile: Profile, unit: str, when: Mapping[Any, Times | None], prices: Sequence[float] | None, place: int
) -> html.Section:
    """Return the card of one cluster.

    Parameters
    ----------
    profile : Profile
    unit : str
        What frequency counts.
    when : mapping of str to Times or None
        ``hours``, ``weekdays``, ``months``.
    prices : sequence of 2 floats or None
        Edges of the price bands.
    place : int
        Index of the cluster.
    """
    cluster = profile.cluster
    head = html.P(
        [
            html.B(words.count(cluster.customers, "customer")),
            f", {words.share(profile.share)} of all, bring ",
            html.B(words.share(profile.revenue_share)),
            f" of the revenue, {words.money_sum(cluster.revenue)}.",
        ],
        className="sd-finding",
    )
    facts = [
        *([("Name", _name(profile))] if profile.named else []),
        ("Rule", _rule(profile, unit)),
        ("Buys more", _products(profile)),
        ("Prices", price_text(profile.price, prices)),
        ("When", _when(when, place)),
        ("Where", _where(profile)),
    ]
    listed = [part for name, said in facts for part in (html.Dt(name), html.Dd(said))]
    return html.Section(
        [html.H2(cluster_chip(cluster)), head, html.Dl(listed, className="sd-facts")],
        className="sd-card sd-c6 sd-profile",
        **attributes(aria_label=f"Cluster {titled(cluster)}"),
    )


def _name(profile: Profile) -> list[Component | str]:
    """Say what the words of the name mean, and what the name was."""
    said = "; ".join(f"“{each['word']}”: {each['means']}" for each in profile.named) + "."
    before = profile.cluster.formerly
    return [said, *([html.Small(f" Formerly “{before}”, which no longer fits.")] if before else [])]


def _rule(profile: Profile, unit: str) -> list[Component | str]:
    rule = profile.rule
    said: list[Component | str] = [words.capital(rule_text(rule["boxes"], unit)) + "."]
    if rule["boxes"]:
        said.append(
            html.Small(
                f" Right for {words.number(rule['right'])} of the "
                f"{words.count(rule['customers'], 'customer')} it matches; it covers "
                f"{words.share(rule['right'] / profile.cluster.customers)} of the cluster."
            )
        )
    return said


def _products(profile: Profile) -> list[Component | str]:
    more = [product for product in profile.products if more_often(product["lift"])]
    if not more:
        return ["No product with enough orders is bought clearly more often here than by customers overall."]
    parts: list[Component | str] = []
    for place, product in enumerate(more[:_PRODUCTS]):
        parts += ["; "] * bool(place)
        parts += [
            html.Span(product["description"], className="sd-prod-in sd-prod-first"),
            html.Small(f" {lifted(product['lift'])}, {words.count(product['baskets'], 'order')}"),
        ]
    return parts


def _when(when: Mapping[Any, Times | None], place: int) -> str:
    said, judged = [], []
    for part, one, names, form in (
        ("weekdays", "day", WEEKDAYS, "on {}s"),
        ("hours", "hour", HOURS, "from {}"),
        ("months", "month", MONTHS, "in {}"),
    ):
        times = when[part]
        if times is None or not times.judged(place):
            continue
        judged.append(one)
        best = times.preferred(place)
        if best is not None and stands_out(times.shares[place][best], times.everybody[best]):
            shares = against(times.shares[place][best], times.everybody[best])
            said.append(f"{form.format(names[best])} ({shares})")
    if said:
        return f"More often than others {words.listing(said)}."
    if judged:
        return f"No {words.listing(judged).replace(' and ', ' or ')} stands out."
    return "The file has too few orders to tell."


def _where(profile: Profile) -> str:
    if not profile.countries:
        return "The file has no country with at least five customers of this cluster."
    home = profile.countries[0]
    said = f"{words.share(home['share'])} {home['name']} ({words.share(home['all'])} of all)"
    away = [each for each in profile.countries[1:] if each["share"] >= _LEAST_RATIO * each["all"]]
    if away:
        most = max(away, key=lambda each: each["share"] / each["all"])
        ratio = lifted(most["share"] / most["all"])
        those = words.count(most["customers"], "customer")
        said += f"; {most['name']} {ratio} as often as among all customers, {those}"
    return said + "."


def snake(profiles: Sequence[Profile], unit: str) -> html.Section:
    """Return the card with the standardised means."""
    names = [axis_name(axis, unit) for axis in AXES]
    wide = {axis: [each.standardised[axis] for each in profiles] for axis in AXES}
    furthest = max(AXES, key=lambda axis: max(wide[axis]) - min(wide[axis]))
    ends = sorted(profiles, key=lambda each: each.standardised[furthest])
    name = axis_name(furthest, unit).partition(",")[0].lower()
    finding = (
        f"They differ most in {name}: {ends[0].cluster.letter} lies "
        f"{words.number(ends[0].standardised[furthest], 1)} and {ends[-1].cluster.letter} "
        f"{words.change(ends[-1].standardised[furthest], 1)} standard deviations from the mean."
    )
    rows = [
        (
            titled(each.cluster),
            *(words.change(each.standardised[axis], 2) for axis in AXES),
        )
        for each in profiles
    ]
    figure = figures.snake(
        [each.cluster for each in profiles],
        [[each.standardised[axis] for axis in AXES] for each in profiles],
        [name.partition(",")[0] for name in names],
    )
    return card(
        "Means, standardised",
        finding,
        graph(Clusters.graph("snake"), "Standardised means of each cluster", 300, figure),
        table=written(
            ["Cluster", *(Column(name.partition(",")[0], True) for name in names)],
            rows,
            "Standardised means of each cluster",
        ),
        note="0 is the average of the customers that were clustered, on the scale that the clustering uses. "
        "A standard deviation is the usual distance from the mean.",
        width=6,
    )


def spread(profiles: Sequence[Profile], unit: str) -> list[html.Section]:
    """Return a card of boxes for each axis."""
    return [_boxes(profiles, axis, unit) for axis in AXES]


def _boxes(profiles: Sequence[Profile], axis: Any, unit: str) -> html.Section:
    money = axis == "monetary"
    write: Callable[[float], str] = words.money_sum if money else words.number
    quantiles = [each.spread[axis] for each in profiles]
    ranked = sorted(profiles, key=lambda each: each.spread[axis][2])
    low, high = ranked[0], ranked[-1]
    finding = (
        f"Half of {high.cluster.letter} lie at or above {write(high.spread[axis][2])}, half of "
        f"{low.cluster.letter} at or below {write(low.spread[axis][2])}."
    )
    rows = [(titled(each.cluster), *(write(value) for value in each.spread[axis])) for each in profiles]
    heads = [Column(name, True) for name in ("5 %", "25 %", "Median", "75 %", "95 %")]
    name = axis_name(axis, unit)
    return card(
        name,
        finding,
        graph(
            Clusters.graph(axis),
            f"{name} by cluster",
            220,
            figures.boxes([each.cluster for each in profiles], quantiles, money=money, log=axis != "recency"),
        ),
        table=written(["Cluster", *heads], rows, f"{name} by cluster"),
        note="Box: the middle half; whiskers: 5 % to 95 %." + (" Logarithmic." if axis != "recency" else ""),
        width=4,
    )
