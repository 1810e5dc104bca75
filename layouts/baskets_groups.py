"""Groups bought together, most frequent sets, top five of each cluster."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets_filters import going
from layouts.baskets_rules import names, product_text
from layouts.components import bars, cluster_chip, empty, track, unseen
from layouts.components.attributes import HIDDEN
from layouts.components.cards import Content
from layouts.components.tables import Column, table

if TYPE_CHECKING:
    from services.serving.product_groups import Group, Groups
    from services.serving.rule_summaries import ClusterRules, FrequentSet

Rules = Sequence[Mapping[str, Any]]
Point = tuple[float, float]
_WIDE, _HIGH, _RADIUS = 100, 88, 34
_SHADES = 4
_FAINT = 0.35  # how strongly the weakest pair is drawn


def groups_finding(found: Groups) -> Content:
    """Say the largest group, or what is missing."""
    if not found.groups:
        return "No three products are bought together often enough to make a group."
    largest = found.groups[0]
    return [
        f"Shoppers complete a set: {words.small(len(largest.products))} products around “",
        names([largest.name]),
        f"”, up to {words.number(largest.lift, 1)} times as likely together as by chance.",
    ]


def groups_rings(found: Groups) -> Component:
    """Return a ring for each group: products as circles, their pairs as lines."""
    if not found.groups:
        return empty("No groups", "A group needs three products that are bought together.")
    strongest = max(group.lift for group in found.groups)
    return html.Ul(
        [_ring(group, found.least_lift, strongest) for group in found.groups], className="sd-rings"
    )


def _ring(group: Group, least: float, strongest: float) -> html.Li:
    around = len(group.products)
    turns = [2 * math.pi * place / around - math.pi / 2 for place in range(around)]
    at = [(_WIDE / 2 + _RADIUS * math.cos(turn), _HIGH / 2 + _RADIUS * math.sin(turn)) for turn in turns]
    sizes = [3 + 3 * math.sqrt(held / group.products[0][1]) for _, held in group.products]
    span = math.log(strongest / least) if strongest > least else 1.0
    paths: dict[int, list[str]] = {}
    for one, other, lift in group.pairs:
        step = round(_SHADES * max(math.log(lift / least), 0.0) / span)
        paths.setdefault(step, []).append(_line(at[one], at[other], sizes[one], sizes[other]))
    lines = "".join(
        f"%3Cpath stroke-opacity='{_FAINT + (1 - _FAINT) * step / _SHADES:.2f}' d='{''.join(path)}'/%3E"
        for step, path in sorted(paths.items())
    )
    dots = "".join(
        f"%3Ccircle cx='{x:.0f}' cy='{y:.0f}' r='{size:.1f}'/%3E"
        for (x, y), size in zip(at, sizes, strict=True)
    )
    picture = [html.Span(className="sd-ring-lines", style=_mask(lines)), html.Span(style=_mask(dots))]
    return html.Li(
        [
            html.Span(picture, className="sd-ring", **HIDDEN),
            html.B(group.name, className="sd-prod"),
            html.Small(f"{words.count(around, 'product')}, lift {words.number(group.lift)}"),
        ],
        title=words.listing([name.lower() for name, _ in group.products]),
    )


def _line(start: Point, end: Point, first: float, second: float) -> str:
    """Draw from edge to edge of two circles of the given radii."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    a, b = first / length, 1 - second / length
    moved = (x1 + (x2 - x1) * a, y1 + (y2 - y1) * a, x1 + (x2 - x1) * b, y1 + (y2 - y1) * b)
    return "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*moved)


def _mask(drawing: str) -> dict[str, str]:
    """Cut a shape out of a colour that the style sheet gives: one picture for both themes."""
    picture = (
        f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDE} {_HIGH}'%3E"
        f"%3Cg fill='none' stroke='black' stroke-width='1.4'%3E{drawing}%3C/g%3E%3C/svg%3E"
    )
    return {"--mask": f'url("data:image/svg+xml,{picture}")'}


def groups_table(found: Groups) -> Component:
    """Return the groups in words: every product, the pairs and their highest lift."""
    rows = [
        (
            html.Span(group.name, className="sd-prod"),
            names([name for name, _ in group.products], first=True),
            words.number(len(group.pairs)),
            words.number(group.lift, 1),
        )
        for group in found.groups
    ]
    heads = [Column("Group"), Column("Products"), Column("Pairs", True), Column("Highest lift", True)]
    return table(heads, rows, "Groups of products bought together")


def groups_note(found: Groups) -> str:
    """Say what a line and a circle are."""
    if not found.groups:
        return ""
    return (
        f"Lines: pairs with a lift of {found.least_lift} or more, darker for a higher one. A larger "
        "circle is in more baskets. Only the segment or cluster narrows this card."
    )


def sets_finding(sets: Sequence[FrequentSet]) -> Content:
    """Say the most frequent set."""
    if not sets:
        return "No two products are in the same basket often enough."
    return [names(sets[0].names, first=True), f": {words.count(sets[0].count, 'invoice')}."]


def sets_bars(sets: Sequence[FrequentSet]) -> Component:
    """Return a bar for each set, as long as it is frequent."""
    if not sets:
        return empty("No sets", "Sets of products show here once enough baskets hold them.")
    return bars(
        [
            (
                html.Span(_joined(each.names), className="sd-set-names"),
                track(each.count / sets[0].count),
                html.Span(words.number(each.count), className="sd-num"),
            )
            for each in sets
        ],
        "minmax(0, 1fr) 56px 44px",
    )


def sets_table(sets: Sequence[FrequentSet]) -> Component:
    """Return the sets in numbers."""
    rows = [(_joined(each.names), words.number(each.count), words.share(each.support, 2)) for each in sets]
    return table(
        ["Products", Column("Invoices", True), Column("Share", True)],
        rows,
        "Sets of products by their number of invoices",
    )


def _joined(products: Sequence[str]) -> html.Span:
    return product_text(" + ".join(products), first=True)


def clusters_finding(tops: Sequence[tuple[ClusterRules, Rules]]) -> Content:
    """Say which cluster has the strongest rule."""
    strongest = [(rules[0], top.cluster) for top, rules in tops if rules]
    if not strongest:
        return "No cluster has enough baskets for rules of its own."
    best, cluster = max(strongest, key=lambda pair: pair[0]["lift"])
    return [
        f"The tightest is in cluster {cluster['letter']}: ",
        names([*best["antecedents"], *best["consequents"]]),
        f", {words.number(best['lift'], 1)} times as likely together as by chance.",
    ]


def clusters_tops(tops: Sequence[tuple[ClusterRules, Rules]], queries: Sequence[str]) -> Component:
    """Return each cluster's strongest rules.

    Parameters
    ----------
    tops : sequence of (ClusterRules, rules)
        With their rules as the table has them.
    queries : sequence of str
        What leads to all rules of each cluster.
    """
    parts = []
    for (top, rules), query in zip(tops, queries, strict=True):
        head: list[Component] = [html.H3(cluster_chip(top.cluster))]
        body: Component = html.P(top.note or "No products are bought together often enough.")
        if rules:
            link = html.A(
                ["All ", words.count(top.rules, "rule"), unseen(f" of {top.cluster['name']}")],
                href=f"/baskets{query}",
            )
            head.append(going(link, query))
            body = html.Ol([_top(rule) for rule in rules])
        parts.append(html.Div([html.Div(head, className="sd-top-head"), body], className="sd-top"))
    return html.Div(parts, className="sd-tops")


def _top(rule: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            product_text(
                f"{words.listing(rule['antecedents'])} → {words.listing(rule['consequents'])}", first=True
            ),
            html.Small(
                f"lift {words.number(rule['lift'], 1)}; {words.share(rule['confidence'])} of theirs, "
                f"{words.count(rule['count'], 'invoice')}"
            ),
        ]
    )
