"""The tab Customer in its states: before a look-up, nobody found, several found, and a customer's parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import customers_words, palette, words
from layouts.components import (
    alert,
    bars,
    card,
    cluster_chip,
    customer_link,
    empty,
    score_dots,
    segment_badge,
    table,
    track,
)
from layouts.components.tables import Column

MOST_GAPS = 10


def before(examples: Sequence[Any]) -> Component:
    """Show what the tab is for, and customers to begin with."""
    links = [
        html.Span([customer_link(each.customer_id), f" {each.segment['name'] if each.segment else ''}"])
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


def people(found: Sequence[Any], name: str, distances: Sequence[float] | None = None) -> Component:
    """List customers with their figures, and how far they are where that is given."""
    columns: list[Column | str] = [
        "Customer",
        "Segment",
        Column("Days", True),
        Column("Orders", True),
        Column("Spend", True),
    ]
    rows: list[list[Component | str]] = [
        [
            customer_link(each.customer_id),
            segment_badge(each.segment),
            words.number(each.values["recency"]),
            words.number(each.orders),
            words.money(each.values["monetary"])
            if distances is None
            else words.money_sum(each.values["monetary"]),
        ]
        for each in found
    ]
    if distances is not None:
        columns.append(Column("Distance", True))
        rows = [[*row, words.number(distance, 2)] for row, distance in zip(rows, distances, strict=True)]
    return table(columns, rows, name)


def head(standing: Any) -> dict[str, Any]:
    """Return the values of the page's head by the names that ``callbacks.customers`` wires."""
    profile = standing.profile
    values, tops = profile.values, profile.top
    units = {
        "recency": [
            words.number(values["recency"]),
            html.Small(" day" if values["recency"] == 1 else " days"),
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
        "first": words.date_short(profile.first_purchase),
        "last": words.date_short(profile.last_purchase),
        "margin": customers_words.margin(profile.margin),
        "keeps": customers_words.keeps(standing),
        "without": _without(standing),
        "expected": customers_words.expected(standing),
        "values": units,
        "dots": {axis: score_dots(score, standing.scale) for axis, score in _good(standing).items()},
        "scores": {axis: customers_words.score(profile.scores.get(axis), tops[axis]) for axis in values},
    }


def history(moments: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Draw the segment at each snapshot as a strip, with its legend, finding and table."""
    known = [(moment, segment) for moment, segment in moments if segment]
    if not known:
        missing = empty("No segments in this release", "The preset names none.")
        return {"finding": "", "strip": missing, "table": missing}
    cells = [
        html.Div(
            [
                html.Span(
                    className="sd-history-cell",
                    style={"--c": palette.segment(segment["id"]) if segment else "var(--sd-sunken)"},
                ),
                words.month(moment)[:3],
            ],
            title=f"{words.date(moment)}: {segment['name'] if segment else 'no order yet'}",
        )
        for moment, segment in moments
    ]
    different = {segment["id"]: segment for _, segment in known}
    legend = [segment_badge(segment) for segment in different.values()]
    last = known[-1][1]
    times = sum(segment["id"] == last["id"] for _, segment in known)
    rows: list[list[Component | str]] = [
        [words.date_short(moment), segment_badge(segment) if segment else "no order yet"]
        for moment, segment in moments
    ]
    return {
        "finding": f"{last['name']} in {words.small(times)} of {words.count(len(known), 'snapshot')}.",
        "strip": [
            html.Div(
                cells,
                className="sd-history",
                style={"gridTemplateColumns": f"repeat({len(cells)}, minmax(0, 1fr))"},
            ),
            html.Div(legend, className="sd-history-legend"),
        ],
        "table": table(["Snapshot", "Segment"], rows, "Segment at each snapshot"),
    }


def favourites(found: Sequence[Any], orders: int, products: int) -> dict[str, Any]:
    """List the products ordered most often."""
    if not found:
        missing = empty("The ledger names no products", "A file with a product column fills this card.")
        return {"finding": "", "bars": missing, "table": missing}
    best = found[0]
    finding = [
        f"{words.count(products, 'product')} in {words.count(orders, 'order')}; ",
        _product(best.description),
        f" was in {words.small(best.orders)} of them.",
    ]
    lines = [
        [
            html.Span(_product(each.description)),
            track(each.orders / orders),
            html.Span(words.count(each.orders, "order"), className="sd-num"),
            html.Span(words.money_sum(each.amount), className="sd-num"),
        ]
        for each in found[:8]
    ]
    rows: list[list[Component | str]] = [
        [
            _product(each.description),
            words.number(each.orders),
            words.number(each.pieces),
            words.money(each.amount),
        ]
        for each in found
    ]
    columns = [Column("Product"), Column("Orders", True), Column("Pieces", True), Column("Value", True)]
    return {
        "finding": finding,
        "bars": bars(lines, "minmax(0, 1fr) 84px 74px 64px"),
        "table": table(columns, rows, "Favourite products"),
    }


def distances(clusters: Sequence[Any], values: Sequence[float]) -> dict[str, Any]:
    """Draw how far each cluster's centre is."""
    ranked = sorted(zip(clusters, values, strict=True), key=lambda pair: pair[1])
    longest = max(values) or 1.0
    lines = [
        [
            cluster_chip(cluster),
            track(value / longest, palette.cluster(cluster["letter"])),
            html.Span(words.number(value, 2), className="sd-num"),
        ]
        for cluster, value in ranked
    ]
    finding = f"Closest to {ranked[0][0]['name']}"
    if len(ranked) > 1 and ranked[0][1] > 0:
        finding += f", {words.number(ranked[1][1] / ranked[0][1], 1)} times nearer than the next"
    return {"finding": finding + ".", "bars": bars(lines, "minmax(0, 62%) minmax(40px, 1fr) 44px")}


def _good(standing: Any) -> dict[str, int]:
    """Turn scores into how many squares are filled: all for the best, whichever end that is."""
    scores = standing.profile.scores
    if not scores:
        return {}
    return {
        axis: score if standing.best == "high" else standing.scale + 1 - score
        for axis, score in scores.items()
    }


def _without(standing: Any) -> Any:
    if not standing.turns:
        return "Stays where it is."
    parts: list[Any] = []
    for place, turn in enumerate(standing.turns[:2]):
        parts += [", " if place else "", segment_badge(turn.segment), f" from {words.date_short(turn.on)}"]
    return [*parts, "."]


def _product(description: str) -> html.Span:
    return html.Span(description, className="sd-prod")


def _spaced(parts: Sequence[Component]) -> list[Component | str]:
    spaced: list[Component | str] = []
    for place, part in enumerate(parts):
        spaced += [", " if place else "", part]
    return [*spaced, "."] if spaced else []
