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
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.serving.rules.best import ClusterRules, FrequentSet
    from services.serving.rules.groups import Groups

Rules = Sequence[Mapping[str, Any]]
DRAWN = 6  # groups in the picture, the largest; the table has all


def groups_finding(found: Groups) -> Content:
    """Say the largest group, or what is missing."""
    if found.crowded:
        return _("More than nine products are linked by similar lifts, so no smaller group stands out.")
    if not found.groups:
        return _("No three products are connected by rules that are clearly beyond chance.")
    largest = found.groups[0]
    size = len(largest.products)
    alike = sum(len(each.products) == size for each in found.groups)
    n, lift = words.small(size), words.number(largest.lift, 1)
    if len(found.groups) == 1:
        said = plural(
            "The only group: {n} product around “{product}”, up to {lift} times as likely together as if "
            "bought independently.",
            "The only group: {n} products around “{product}”, up to {lift} times as likely together as if "
            "bought independently.",
            size,
            n=n,
            product=gap("product"),
            lift=lift,
        )
    elif alike == 1:
        said = plural(
            "The largest group: {n} product around “{product}”, up to {lift} times as likely together as if "
            "bought independently.",
            "The largest group: {n} products around “{product}”, up to {lift} times as likely together as if "
            "bought independently.",
            size,
            n=n,
            product=gap("product"),
            lift=lift,
        )
    else:
        said = plural(
            "One of the largest groups: {n} product around “{product}”, up to {lift} times as likely "
            "together as if bought independently.",
            "One of the largest groups: {n} products around “{product}”, up to {lift} times as likely "
            "together as if bought independently.",
            size,
            n=n,
            product=gap("product"),
            lift=lift,
        )
    return woven(said, product=names([largest.name]))


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
    return empty(_("No groups"), _("A group has three to nine products that are bought together."))


def groups_note(found: Groups) -> str:
    """Say what a line and a circle are."""
    if not found.groups:
        return ""
    more = len(found.groups) - DRAWN
    said = _(
        "A line joins two products with a lift of {lift} or more; the darker, the higher it is. "
        "A larger circle means a product in more baskets. Press a circle or a name to see the rules of its "
        "product.",
        lift=found.least_lift,
    )
    if more <= 0:
        return said
    n = words.capital(words.small(more))
    others = plural("{n} more in the table.", "{n} more in the table.", more, n=n)
    return f"{said} {others}"


def sets_finding(sets: Sequence[FrequentSet], whole: str) -> Content:
    """Say the most frequent set."""
    if not sets:
        return _("No product set has a rule here.")
    count, n = sets[0].count, words.number(sets[0].count)
    said = (
        plural(
            "{n} customer bought {products}.",
            "{n} customers bought {products}.",
            count,
            n=n,
            products=gap("products"),
        )
        if whole == "customer"
        else plural(
            "{n} invoice holds {products}.",
            "{n} invoices hold {products}.",
            count,
            n=n,
            products=gap("products"),
        )
    )
    return woven(said, products=names([name for _code, name in sets[0].products]))


def sets_data(sets: Sequence[FrequentSet]) -> list[dict[str, Any]]:
    """Return what the browser draws of the sets: products, count and share."""
    return [
        {"products": each.products, "count": each.count, "share": round(each.support, 5)} for each in sets
    ]


def sets_none() -> Component:
    """Return what stands there without sets."""
    return empty(_("No sets"), _("Products that enough baskets hold together appear here."))


def clusters_finding(tops: Sequence[tuple[ClusterRules, Rules]]) -> Content:
    """Say which cluster has the strongest rule."""
    strongest = [(rules[0], top.cluster) for top, rules in tops if rules]
    if not strongest:
        return _("No cluster has rules of its own that are beyond chance.")
    best, cluster = max(strongest, key=lambda pair: pair[0]["lift"])
    said = _(
        "The highest lift is in cluster {letter}: {products}, {lift} times as likely together as if bought "
        "independently.",
        letter=cluster.letter,
        products=gap("products"),
        lift=words.number(best["lift"], 1),
    )
    return woven(said, products=names([*best["antecedents"], *best["consequents"]]))


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
        few = _("No product set is clearly beyond chance.") if top.rules else ""
        body: Component = html.P(few or top.note or _("No products are bought together often enough."))
        if rules:
            lead = plural("All {n} rule", "All {n} rules", top.rules, n=words.number(top.rules))
            of = _("of {cluster}", cluster=top.cluster.name)
            head.append(going(html.A([lead, unseen(f" {of}")], href=f"/baskets{query}"), query))
            body = html.Ol([_top(rule, whole) for rule in rules])
        parts.append(html.Div([html.Div(head, className="sd-top-head"), body], className="sd-top"))
    return html.Div(parts, className="sd-tops")


def _top(rule: Mapping[str, Any], whole: str) -> html.Li:
    of, n = rule["antecedent_count"], words.number(rule["antecedent_count"])
    lift, confidence = words.number(rule["lift"], 1), words.share(rule["confidence"])
    count = words.number(rule["count"])
    base = (
        plural(
            "lift {lift}; confidence {confidence}, {count} of {n} customer",
            "lift {lift}; confidence {confidence}, {count} of {n} customers",
            of,
            n=n,
            lift=lift,
            confidence=confidence,
            count=count,
        )
        if whole == "customer"
        else plural(
            "lift {lift}; confidence {confidence}, {count} of {n} invoice",
            "lift {lift}; confidence {confidence}, {count} of {n} invoices",
            of,
            n=n,
            lift=lift,
            confidence=confidence,
            count=count,
        )
    )
    products = f"{words.listing(rule['antecedents'])} → {words.listing(rule['consequents'])}"
    return html.Li([product_text(products, first=True), html.Small(base)])
