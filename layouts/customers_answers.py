"""The tab Customer in its states: before a look-up, nobody found, several found, and a customer's parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts import customers_words, words
from layouts.components import (
    alert,
    breadcrumb,
    card,
    cluster_chip,
    customer_link,
    empty,
    segment_badge,
    table,
)
from layouts.components.tables import Column

TURNS_SHOWN = 2
NO_ORDERS = (
    "This release was made from a table of customers, so there are no single orders to show: "
    "a file of transactions brings spend by month, gaps, favourite products and order values."
)


def options(ids: Sequence[str]) -> list[Component]:
    """Return what the look-up offers."""
    return [html.Option(value=each) for each in ids]


def before(examples: Sequence[Any]) -> Component:
    """Show what the tab is for, and customers to begin with."""
    links = [
        html.Span(
            [customer_link(each.customer_id), f" ({each.segment['name']})" if each.segment else ""],
            className="sd-nowrap",
        )
        for each in examples
    ]
    return empty(
        "Type an id, or paste several",
        [
            "The look-up at the top works on every page; press / to reach it. To begin with: ",
            *_spaced(links),
        ],
        art="search",
    )


def not_found(sentence: str, near: Sequence[str]) -> Component:
    """Say that nobody has this id, and who is close by."""
    links: list[Component | str] = (
        ["Close by: ", *_spaced([customer_link(each) for each in near])] if near else []
    )
    more = " Customers whose lines were all left out in cleaning are not listed; the Data tab counts them."
    return empty(sentence, [*links, more], art="search")


def several(found: Sequence[Any], unknown: Sequence[str]) -> Component:
    """List the customers of pasted ids, and name the ids that nobody has."""
    parts: list[Component] = []
    if unknown:
        heading = f"{words.count(len(unknown), 'id is', 'ids are')} not in this release."
        parts.append(
            alert(heading, words.listing(list(unknown[:20])) + (" …" if len(unknown) > 20 else ""), "warn")
        )
    if found:
        together = words.money_sum(sum(each.values["monetary"] for each in found))
        parts.append(
            card(
                "Customers",
                f"{words.count(len(found), 'customer')}, {together} together.",
                people(found, "Customers looked up"),
                flush=True,
            )
        )
    return html.Div(parts, className="sd-stack")


def people(found: Sequence[Any], name: str) -> Component:
    """List customers with their figures."""
    numbers = [Column(name, numeric=True) for name in ("Days", "Orders", "Spend")]
    rows: list[list[Component | str]] = [
        [
            customer_link(each.customer_id),
            segment_badge(each.segment),
            words.number(each.values["recency"]),
            words.number(each.orders),
            words.money(each.values["monetary"]),
        ]
        for each in found
    ]
    return table(["Customer", "Segment", *numbers], rows, name)


def head(standing: Any) -> dict[str, Any]:
    """Return the values of the page's head by the names that ``callbacks.customers`` wires."""
    profile = standing.profile
    values = profile.values
    amounts = {
        "recency": [
            words.number(values["recency"]),
            html.Small("day" if values["recency"] == 1 else "days"),
        ],
        "frequency": words.number(values["frequency"]),
        "monetary": words.money(values["monetary"]),
    }
    return {
        "id": profile.customer_id,
        "segment": segment_badge(profile.segment, pill=True),
        "cluster": cluster_chip(profile.cluster),
        "reason": customers_words.reason(standing),
        "country": profile.country or "unknown",
        "first": words.date_short(profile.first_purchase) if profile.first_purchase else "unknown",
        "last": words.date_short(profile.last_purchase),
        "margin": customers_words.margin(profile.margin),
        "with_order": customers_words.with_order(standing),
        "without": _without(standing),
        "expected": customers_words.expected(standing),
        "counted": words.capital(standing.unit),
        "values": amounts,
        "squares": _squares(standing),
        "scores": {
            axis: customers_words.score(profile.scores.get(axis), profile.top[axis]) for axis in values
        },
        "missing": "" if standing.orders else NO_ORDERS,
    }


def crumb(standing: Any) -> list[Component]:
    """Return the way back to the customer's segment."""
    segment = standing.profile.segment
    steps: list[tuple[str, str | None]] = [("Segments", "/")]
    if segment:
        named = f"{segment['name']}, {words.number(segment['customers'])}"
        steps.append((named, "/?" + urlencode({"segment": segment["id"]})))
    children: list[Component] = breadcrumb(steps).children
    return children


def _squares(standing: Any) -> dict[str, dict[str, int]]:
    """Say how many squares of how many are filled: all for the best, whichever end of the scale that is."""
    scores = standing.profile.scores
    if not scores:
        return {axis: {"--of": 0} for axis in standing.profile.values}
    return {
        axis: {
            "--on": score if standing.best == "high" else standing.scale + 1 - score,
            "--of": standing.scale,
        }
        for axis, score in scores.items()
    }


def _without(standing: Any) -> Any:
    if not standing.turns:
        return "Waiting alone changes nothing."
    parts: list[Component | str] = []
    for place, turn in enumerate(standing.turns[:TURNS_SHOWN]):
        parts += [", " if place else "", segment_badge(turn.segment), f" from {words.date_short(turn.on)}"]
    return [*parts, ", by today’s cut-offs."]


def _spaced(parts: Sequence[Component]) -> list[Component | str]:
    spaced: list[Component | str] = []
    for place, part in enumerate(parts):
        spaced += [", " if place else "", part]
    return [*spaced, "."] if spaced else []
