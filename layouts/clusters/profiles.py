"""What each served cluster is like: a card each, and how they differ on every axis."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import profile_figures as figures
from layouts.clusters.rules import rule_text
from layouts.clusters.words import (
    against,
    axis_name,
    axis_short,
    lifted,
    more_often,
    price_text,
    stands_out,
    titled,
    when,
)
from layouts.ids import Clusters
from layouts.parts import Column, card, cluster_chip
from layouts.parts.attributes import attributes
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.language.again import again
from services.core.language.messages import _, later, plural
from services.core.vocabulary import AXES

if TYPE_CHECKING:
    from services.serving.clusters.report import Profile, Times

_PRODUCTS = 3
_LEAST_RATIO = 1.2
_FURTHEST = {
    "recency": later(
        "They differ most in recency: {one} lies {low} and {other} {high} standard deviations from the mean."
    ),
    "orders": later(
        "They differ most in orders: {one} lies {low} and {other} {high} standard deviations from the mean."
    ),
    "lines": later(
        "They differ most in lines: {one} lies {low} and {other} {high} standard deviations from the mean."
    ),
    "monetary": later(
        "They differ most in spend: {one} lies {low} and {other} {high} standard deviations from the mean."
    ),
}
_NO_TIME = {
    ("weekdays", "hours", "months"): later("No day, hour or month stands out."),
    ("weekdays", "hours"): later("No day or hour stands out."),
    ("weekdays", "months"): later("No day or month stands out."),
    ("hours", "months"): later("No hour or month stands out."),
    ("weekdays",): later("No day stands out."),
    ("hours",): later("No hour stands out."),
    ("months",): later("No month stands out."),
}


def profile_card(
    profile: Profile, unit: str, times: Mapping[Any, Times | None], prices: Sequence[float] | None, place: int
) -> html.Section:
    """Return the card of one cluster.

    Parameters
    ----------
    profile : Profile
    unit : str
        What frequency counts.
    times : mapping of str to Times or None
        ``hours``, ``weekdays``, ``months``.
    prices : sequence of 2 floats or None
        Edges of the price bands.
    place : int
        Index of the cluster.
    """
    cluster = profile.cluster
    head = plural(
        "<b>{n} customer</b>, {share} of all, bring <b>{revenue_share}</b> of the revenue, {revenue}.",
        "<b>{n} customers</b>, {share} of all, bring <b>{revenue_share}</b> of the revenue, {revenue}.",
        cluster.customers,
        n=words.number(cluster.customers),
        share=words.share(profile.share),
        revenue_share=words.share(profile.revenue_share),
        revenue=words.money_sum(cluster.revenue),
    )
    facts = [
        *([(_("Name"), _name(profile))] if profile.named else []),
        (_("Rule"), _rule(profile, unit)),
        (_("Buys more"), _products(profile)),
        (_("Prices"), price_text(profile.price, prices)),
        (_("When"), _when(times, place)),
        (_("Where"), _where(profile)),
    ]
    listed = [part for name, said in facts for part in (html.Dt(name), html.Dd(said))]
    return html.Section(
        [
            html.H2(cluster_chip(cluster)),
            html.P(_bold(head), className="sd-finding"),
            html.Dl(listed, className="sd-facts"),
        ],
        className="sd-card sd-c6 sd-profile",
        **attributes(aria_label=_("Cluster {cluster}", cluster=titled(cluster))),
    )


def _bold(said: str) -> list[Component | str]:
    """Make components of a sentence of figures whose weighty ones stand in ``<b>``."""
    return [html.B(part) if at % 2 else part for at, part in enumerate(re.split("</?b>", said)) if part]


def _name(profile: Profile) -> list[Component | str]:
    """Say what the words of the name mean, and what the name was."""
    said = "; ".join(f"“{each['word']}”: {again(each['means'])}" for each in profile.named) + "."
    before = profile.cluster.formerly
    if not before:
        return [said]
    formerly = _("Formerly “{name}”, which no longer fits.", name=before)
    return [said, html.Small(f" {formerly}")]


def _rule(profile: Profile, unit: str) -> list[Component | str]:
    rule = profile.rule
    said: list[Component | str] = [words.capital(rule_text(rule["boxes"], unit)) + "."]
    if rule["boxes"]:
        right = plural(
            "Right for {right} of the {n} customer it matches; it covers {share} of the cluster.",
            "Right for {right} of the {n} customers it matches; it covers {share} of the cluster.",
            rule["customers"],
            n=words.number(rule["customers"]),
            right=words.number(rule["right"]),
            share=words.share(rule["right"] / profile.cluster.customers),
        )
        said.append(html.Small(f" {right}"))
    return said


def _products(profile: Profile) -> list[Component | str]:
    more = [product for product in profile.products if more_often(product["lift"])]
    if not more:
        return [
            _("No product with enough orders is bought clearly more often here than by customers overall.")
        ]
    parts: list[Component | str] = []
    for place, product in enumerate(more[:_PRODUCTS]):
        orders = plural("{n} order", "{n} orders", product["baskets"], n=words.number(product["baskets"]))
        parts += ["; "] * bool(place)
        parts += [
            html.Span(product["description"], className="sd-prod-in sd-prod-first"),
            html.Small(f" {lifted(product['lift'])}, {orders}"),
        ]
    return parts


def _when(times: Mapping[Any, Times | None], place: int) -> str:
    said, judged = [], []
    for part in ("weekdays", "hours", "months"):
        own = times[part]
        if own is None or not own.judged(place):
            continue
        judged.append(part)
        best = own.preferred(place)
        if best is not None and stands_out(own.shares[place][best], own.everybody[best]):
            said.append(f"{when(part, best)} ({against(own.shares[place][best], own.everybody[best])})")
    if said:
        return _("More often than others {times}.", times=words.listing(said))
    if judged:
        return _NO_TIME[tuple(judged)]()
    return _("The file has too few orders to tell.")


def _where(profile: Profile) -> str:
    if not profile.countries:
        return _("The file has no country with at least five customers of this cluster.")
    home = profile.countries[0]
    places = {
        "share": words.share(home["share"]),
        "country": home["name"],
        "everybody": words.share(home["all"]),
    }
    away = [each for each in profile.countries[1:] if each["share"] >= _LEAST_RATIO * each["all"]]
    if not away:
        return _("{share} {country} ({everybody} of all).", **places)
    most = max(away, key=lambda each: each["share"] / each["all"])
    return plural(
        "{share} {country} ({everybody} of all); {other} {ratio} times as often as among all customers, "
        "{n} customer.",
        "{share} {country} ({everybody} of all); {other} {ratio} times as often as among all customers, "
        "{n} customers.",
        most["customers"],
        n=words.number(most["customers"]),
        other=most["name"],
        ratio=words.number(most["share"] / most["all"], 1),
        **places,
    )


def snake(profiles: Sequence[Profile], unit: str) -> html.Section:
    """Return the card with the standardised means."""
    names = [axis_short(axis, unit) for axis in AXES]
    wide = {axis: [each.standardised[axis] for each in profiles] for axis in AXES}
    furthest = max(AXES, key=lambda axis: max(wide[axis]) - min(wide[axis]))
    ends = sorted(profiles, key=lambda each: each.standardised[furthest])
    finding = _FURTHEST[unit if furthest == "frequency" else furthest](
        one=ends[0].cluster.letter,
        low=words.number(ends[0].standardised[furthest], 1),
        other=ends[-1].cluster.letter,
        high=words.change(ends[-1].standardised[furthest], 1),
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
        names,
    )
    return card(
        later("Means, standardised"),
        finding,
        graph(Clusters.graph("snake"), _("Standardised means of each cluster"), 300, figure),
        table=written(
            [_("Cluster"), *(Column(name, True) for name in names)],
            rows,
            _("Standardised means of each cluster"),
        ),
        note=_(
            "0 is the average of the customers that were clustered, on the scale that the clustering uses. "
            "A standard deviation is the usual distance from the mean."
        ),
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
    finding = _(
        "Half of {high} lie at or above {above}, half of {low} at or below {below}.",
        high=high.cluster.letter,
        above=write(high.spread[axis][2]),
        low=low.cluster.letter,
        below=write(low.spread[axis][2]),
    )
    rows = [(titled(each.cluster), *(write(value) for value in each.spread[axis])) for each in profiles]
    heads = [Column(name, True) for name in ("5 %", "25 %", _("Median"), "75 %", "95 %")]
    name = axis_name(axis, unit)
    title = _("{measure} by cluster", measure=name)
    note = _("Box: the middle half; whiskers: 5 % to 95 %.")
    return card(
        name,
        finding,
        graph(
            Clusters.graph(axis),
            title,
            220,
            figures.boxes([each.cluster for each in profiles], quantiles, money=money, log=axis != "recency"),
        ),
        table=written([_("Cluster"), *heads], rows, title),
        note=note if axis == "recency" else " ".join([note, _("Logarithmic.")]),
        width=4,
    )
