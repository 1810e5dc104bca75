"""The card "What to offer" of the tab Customer: a list, the reason of each product, and the track record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from layouts import words
from layouts.components import card
from layouts.ids import Customers

SHOWN = 5
METHODS = {
    "best": "The one that did best",
    "linear-items": "What goes together, weighed against each other",
    "item-cosine": "What the same people buy",
    "recent-popularity": "What sold best lately",
    "cluster-popularity": "What the cluster buys most",
}
_SHORT = {name: label[0].lower() + label[1:] for name, label in METHODS.items()} | {
    "personal-frequency": "what they ordered most often"
}


def offers_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    kind = dbc.RadioItems(
        id=Customers.OFFERS_KIND,
        options=[{"label": "New to them", "value": "new"}, {"label": "Buy again", "value": "again"}],
        value="new",
        inline=True,
    )
    method = dbc.Select(
        id=Customers.OFFERS_METHOD,
        options=[{"label": label, "value": name} for name, label in METHODS.items()],
        value="best",
        size="sm",
    )
    choice = html.Div(
        [
            kind,
            html.Label("Method for new products", htmlFor=Customers.OFFERS_METHOD, className="sd-label"),
            method,
        ],
        className="sd-offers-choice",
    )
    return card(
        "What to offer",
        html.Span(id=Customers.OFFERS_FINDING),
        [choice, html.Div(id=Customers.OFFERS)],
        note=html.Span(id=Customers.OFFERS_RECORD),
        id=Customers.card("offers"),
    )


def missing(sentence: str) -> dict[str, Any]:
    """Say why there is no list."""
    return {"finding": sentence, "list": "", "record": ""}


def shown(offered: Any, record: Mapping[str, Any] | None, *, again: bool) -> dict[str, Any]:
    """Return the parts of the card.

    Parameters
    ----------
    offered : services.serving.recommendations.Offered
    record : mapping or None
        ``metrics.recommendations`` of the release.
    again : bool
        Whether the list is of products bought before.
    """
    if not offered.products:
        return missing(
            "Nothing that this customer bought before is still on sale."
            if again
            else "No product on sale is new to this customer by this method."
        )
    how_many = words.capital(words.small(len(offered.products)))
    kind = "bought before and still on sale" if again else "not bought before"
    noun = "product" if len(offered.products) == 1 else "products"
    items = [
        html.Li(
            [
                html.B(each.description or each.product, className="sd-prod"),
                f" {words.money(each.price)}" if each.price is not None else "",
                html.Small(words.capital(each.reason)),
            ]
        )
        for each in offered.products
    ]
    finding = offered.note or f"{how_many} {noun} {kind}: {_SHORT[offered.method]}."
    return {
        "finding": finding,
        "list": html.Ol(items, className="sd-offers"),
        "record": track_record(record, offered.method, again=again),
    }


def track_record(record: Mapping[str, Any] | None, method: str, *, again: bool) -> str:
    """Say how lists of this kind did on the days kept back, beside the best-selling products."""
    found = (record or {}).get("repeat" if again else "new", {})
    if record is None or method not in found:
        return ""
    own, plain = found[method], found["recent-popularity"]
    tried = record["repeat_customers" if again else "customers"]
    sentence = (
        f"Tried on the last {record['days']} days, which were kept back: of {record['at']} products listed, "
        f"{words.count(tried, 'customer')} bought {own['found']:.2f} on average "
        f"(95 % interval {own['found_low']:.2f} to {own['found_high']:.2f})"
    )
    if method == "recent-popularity":
        return f"{sentence}."
    return f"{sentence}; of the {record['at']} that sold best, {plain['found']:.2f}."
