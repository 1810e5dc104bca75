"""The card "What to offer" of the tab Customers: a list, the reason of each product, and the track record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Customers
from layouts.parts import card, field
from layouts.parts.attributes import HIDDEN, attributes

SHOWN = 5
METHODS = {
    "best": "Best in the test",
    "linear-items": "Bought together, all products at once",
    "item-cosine": "Bought together, in pairs",
    "recent-popularity": "Recent best sellers",
    "cluster-popularity": "Favourites in the cluster",
}
_FROM = {
    "linear-items": "not bought before, but bought by others along with what they have",
    "item-cosine": "not bought before, but bought by others along with what they have",
    "recent-popularity": "not bought before, from the recent best sellers",
    "cluster-popularity": "not bought before, from the favourites in the cluster",
    "personal-frequency": "bought before and still on sale, most frequent first",
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
        [kind, html.Div(field("Method", method), className="sd-offers-method")],
        id=Customers.OFFERS_CHOICE,
        className="sd-offers-choice",
    )
    return card(
        "What to offer",
        html.Span(id=Customers.OFFERS_FINDING),
        [choice, html.Div(id=Customers.OFFERS, **attributes(aria_live="polite"))],
        note=html.Span(id=Customers.OFFERS_RECORD),
        width=5,
        id=Customers.card("offers"),
    )


def missing(sentence: str, *, choice: bool = False) -> dict[str, Any]:
    """Say why there is no list; ``choice`` where another list may be chosen."""
    return {"offers_finding": sentence, "offers_hidden": not choice, "offers": "", "offers_record": ""}


def shown(offered: Any, record: Mapping[str, Any] | None, *, again: bool) -> dict[str, Any]:
    """Return the card's outputs by the names that ``callbacks.customers.wiring`` wires.

    Parameters
    ----------
    offered : services.serving.customers.recommendations.Offered
    record : mapping or None
        ``metrics.recommendations`` of the release.
    again : bool
        Whether the list is of products bought before.
    """
    if not offered.products:
        return missing(
            "Nothing this customer bought before is still on sale."
            if again
            else "This method finds no product on sale that is new to this customer. Try another method.",
            choice=True,
        )
    how_many = words.capital(words.small(len(offered.products)))
    noun = "product" if len(offered.products) == 1 else "products"
    items = [_item(place, each) for place, each in enumerate(offered.products, start=1)]
    return {
        "offers_finding": offered.note or f"{how_many} {noun} {_FROM[offered.method]}.",
        "offers_hidden": False,
        "offers": html.Ol(items, className="sd-offers"),
        "offers_record": track_record(record, offered.method, again=again),
    }


def _item(place: int, offer: Any) -> html.Li:
    price = html.B(words.money(offer.price), className="sd-num") if offer.price is not None else ""
    return html.Li(
        [
            html.Span(str(place), className="sd-rank", **HIDDEN),
            html.B(html.Span(offer.description or offer.product, className="sd-prod")),
            price,
            html.Small(_reason(offer)),
        ]
    )


def _reason(offer: Any) -> list[Component | str]:
    """Write a reason with the product it names as products are written, by its name alone."""
    if offer.companion is None:
        return [words.capital(offer.reason)]
    code, name = offer.companion
    before, _, after = offer.reason.partition(f"{code} {name}".rstrip())
    return [words.capital(before), html.Span(name or code, className="sd-prod-in"), after]


def track_record(record: Mapping[str, Any] | None, method: str, *, again: bool) -> str:
    """Say how lists of this kind did on the days kept back, beside the best-selling products."""
    found = (record or {}).get("repeat" if again else "new", {})
    if record is None or method not in found:
        return ""
    own, plain = found[method], found["recent-popularity"]
    tried = words.count(record["repeat_customers" if again else "customers"], "customer")
    listed = words.small(record["at"])
    sentence = (
        f"Tested on the last {record['days']} days, which were kept back: of {listed} such products, "
        f"the {tried} who bought anything {'again' if again else 'new'} bought {own['found']:.2f} on average "
        f"(95 % interval {own['found_low']:.2f} to {own['found_high']:.2f})"
    )
    if method == "recent-popularity":
        return f"{sentence}."
    best_sellers = f"{listed} best sellers" + " among those bought before" * again
    return f"{sentence}; of the {best_sellers}, {plain['found']:.2f}."
