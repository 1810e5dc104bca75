"""Groups bought together, most frequent sets, top five of each cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets.rules import names, product_text
from layouts.parts import cluster_chip, empty, unseen
from layouts.parts.cards import Content
from layouts.parts.filters import going

if TYPE_CHECKING:
    from services.serving.rules.best import ClusterRules, FrequentSet
    from services.serving.rules.groups import Groups

Rules = Sequence[Mapping[str, Any]]
DRAWN = 6  # groups in the picture, the largest; the table has all


def groups_finding(found: Groups) -> Content:
    """Say the largest group, or what is missing."""
    if found.crowded:
        return "More than nine products are linked by similar lifts, so no smaller group stands out."
    if not found.groups:
        return "No three products are connected by rules that are clearly beyond chance."
    largest = found.groups[0]
    alike = sum(len(each.products) == len(largest.products) for each in found.groups)
    lead = "The largest group" if alike == 1 else "One of the largest groups"
    if len(found.groups) == 1:
        lead = "The only group"
    return [
        f"{lead}: {words.small(len(largest.products))} products around “",
        names([largest.name]),
        f"”, up to {words.number(largest.lift, 1)} times as likely together as if bought independently.",
    ]


def groups_data(found: Groups) -> dict[str, Any]:
    """Return what the browser draws of the groups, as rings and as a table: ``assets/baskets/cards.js``."""
    return {
        "least": found.least_lift,
        "drawn": DRAWN,
        "groups": [
            {
                "name": group.name,
                "lift": round(group.lift, 4),
                "products": group.products,
                "pairs": [[one, other, round(lift, 2)] for one, other, lift in group.pairs],
            }
            for group in found.groups
        ],
    }


def groups_none() -> Component:
    """Return what stands there without groups."""
    return empty("No groups", "A group has three to nine products that are bought together.")


def groups_note(found: Groups) -> str:
    """Say what a line and a circle are."""
    if not found.groups:
        return ""
    more = len(found.groups) - DRAWN
    others = f" {words.capital(words.small(more))} more in the table." if more > 0 else ""
    return (
        f"A line joins two products with a lift of {found.least_lift} or more; the darker, the higher it is. "
        "A larger circle means a product in more baskets. Press a circle or a name to see the rules of its "
        f"product.{others}"
    )


def sets_finding(sets: Sequence[FrequentSet], whole: str) -> Content:
    """Say the most frequent set."""
    if not sets:
        return "No product set has a rule here."
    held = [name for _, name in sets[0].products]
    holds = "holds" if sets[0].count == 1 else "hold"
    bought = "bought" if whole == "customer" else holds
    return [f"{words.capital(words.count(sets[0].count, whole))} {bought} ", names(held), "."]


def sets_data(sets: Sequence[FrequentSet]) -> list[dict[str, Any]]:
    """Return what the browser draws of the sets: products, count and share."""
    return [
        {"products": each.products, "count": each.count, "share": round(each.support, 5)} for each in sets
    ]


def sets_none() -> Component:
    """Return what stands there without sets."""
    return empty("No sets", "Products that enough baskets hold together appear here.")


def clusters_finding(tops: Sequence[tuple[ClusterRules, Rules]]) -> Content:
    """Say which cluster has the strongest rule."""
    strongest = [(rules[0], top.cluster) for top, rules in tops if rules]
    if not strongest:
        return "No cluster has rules of its own that are beyond chance."
    best, cluster = max(strongest, key=lambda pair: pair[0]["lift"])
    return [
        f"The highest lift is in cluster {cluster.letter}: ",
        names([*best["antecedents"], *best["consequents"]]),
        f", {words.number(best['lift'], 1)} times as likely together as if bought independently.",
    ]


def clusters_tops(
    tops: Sequence[tuple[ClusterRules, Rules]], queries: Sequence[str], whole: str
) -> Component:
    """Return each cluster's strongest rules.

    Parameters
    ----------
    tops : sequence of (ClusterRules, rules)
        With their rules as the table has them.
    queries : sequence of str
        What leads to all rules of each cluster.
    whole : str
        ``invoice`` or ``customer``.
    """
    parts = []
    for (top, rules), query in zip(tops, queries, strict=True):
        head: list[Component] = [html.H3(cluster_chip(top.cluster))]
        few = "No product set is clearly beyond chance." if top.rules else ""
        body: Component = html.P(few or top.note or "No products are bought together often enough.")
        if rules:
            link = html.A(
                ["All ", words.count(top.rules, "rule"), unseen(f" of {top.cluster.name}")],
                href=f"/baskets{query}",
            )
            head.append(going(link, query))
            body = html.Ol([_top(rule, whole) for rule in rules])
        parts.append(html.Div([html.Div(head, className="sd-top-head"), body], className="sd-top"))
    return html.Div(parts, className="sd-tops")


def _top(rule: Mapping[str, Any], whole: str) -> html.Li:
    return html.Li(
        [
            product_text(
                f"{words.listing(rule['antecedents'])} → {words.listing(rule['consequents'])}", first=True
            ),
            html.Small(
                f"lift {words.number(rule['lift'], 1)}; confidence {words.share(rule['confidence'])}, "
                f"{words.number(rule['count'])} of {words.count(rule['antecedent_count'], whole)}"
            ),
        ]
    )
