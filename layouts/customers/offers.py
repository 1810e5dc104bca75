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
from services.core.language.messages import _, later, plural

SHOWN = 5
METHODS = {
    "best": later("Best in the test"),
    "linear-items": later("Bought together, all products at once"),
    "item-cosine": later("Bought together, in pairs"),
    "recent-popularity": later("Recent best sellers"),
    "cluster-popularity": later("Favourites in the cluster"),
}


def offers_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    kind = dbc.RadioItems(
        id=Customers.OFFERS_KIND,
        options=[{"label": _("New to them"), "value": "new"}, {"label": _("Buy again"), "value": "again"}],
        value="new",
        inline=True,
    )
    method = dbc.Select(
        id=Customers.OFFERS_METHOD,
        options=[{"label": label(), "value": name} for name, label in METHODS.items()],
        value="best",
        size="sm",
    )
    choice = html.Div(
        [kind, html.Div(field(_("Method"), method), className="sd-offers-method")],
        id=Customers.OFFERS_CHOICE,
        className="sd-offers-choice",
    )
    return card(
        _("What to offer"),
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
            _("Nothing this customer bought before is still on sale.")
            if again
            else _("This method finds no product on sale that is new to this customer. Try another method."),
            choice=True,
        )
    items = [_item(place, each) for place, each in enumerate(offered.products, start=1)]
    return {
        "offers_finding": offered.note or _finding(offered.method, len(offered.products)),
        "offers_hidden": False,
        "offers": html.Ol(items, className="sd-offers"),
        "offers_record": track_record(record, offered.method, again=again),
    }


def _finding(method: str, products: int) -> str:
    """Say how many products there are, and where they come from."""
    n = words.small(products)
    match method:
        case "recent-popularity":
            said = plural(
                "{n} product not bought before, from the recent best sellers.",
                "{n} products not bought before, from the recent best sellers.",
                products,
                n=n,
            )
        case "cluster-popularity":
            said = plural(
                "{n} product not bought before, from the favourites in the cluster.",
                "{n} products not bought before, from the favourites in the cluster.",
                products,
                n=n,
            )
        case "personal-frequency":
            said = plural(
                "{n} product bought before and still on sale, most frequent first.",
                "{n} products bought before and still on sale, most frequent first.",
                products,
                n=n,
            )
        case _:
            said = plural(
                "{n} product not bought before, but bought by others along with what they have.",
                "{n} products not bought before, but bought by others along with what they have.",
                products,
                n=n,
            )
    return words.capital(said)


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
    before, _named, after = offer.reason.partition(f"{code} {name}".rstrip())
    return [words.capital(before), html.Span(name or code, className="sd-prod-in"), after]


def track_record(record: Mapping[str, Any] | None, method: str, *, again: bool) -> str:
    """Say how lists of this kind did on the days kept back, beside the best-selling products."""
    found = (record or {}).get("repeat" if again else "new", {})
    if record is None or method not in found:
        return ""
    own, best = found[method], found["recent-popularity"]
    tried = record["repeat_customers" if again else "customers"]
    places = {
        "days": words.days(record["days"]),
        "listed": words.small(record["at"]),
        "n": words.number(tried),
        "found": words.number(own["found"], 2),
        "low": words.number(own["found_low"], 2),
        "high": words.number(own["found_high"], 2),
        "best": words.number(best["found"], 2),
    }
    if again:
        return plural(
            "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customer "
            "who bought anything again bought {found} on average (95 % interval {low} to {high}); of the "
            "{listed} best sellers among those bought before, {best}.",
            "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customers "
            "who bought anything again bought {found} on average (95 % interval {low} to {high}); of the "
            "{listed} best sellers among those bought before, {best}.",
            tried,
            **places,
        )
    if method == "recent-popularity":
        return plural(
            "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customer "
            "who bought anything new bought {found} on average (95 % interval {low} to {high}).",
            "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customers "
            "who bought anything new bought {found} on average (95 % interval {low} to {high}).",
            tried,
            **places,
        )
    return plural(
        "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customer who "
        "bought anything new bought {found} on average (95 % interval {low} to {high}); of the {listed} best "
        "sellers, {best}.",
        "Tested on the last {days}, which were kept back: of {listed} such products, the {n} customers who "
        "bought anything new bought {found} on average (95 % interval {low} to {high}); of the {listed} best "
        "sellers, {best}.",
        tried,
        **places,
    )
