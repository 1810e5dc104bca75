"""The ledger at a glance: countries and best-selling products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import Column, bars, card, empty, track
from layouts.parts.late_tables import written
from services.core.findings import leader

if TYPE_CHECKING:
    from services.releases.overview.groups import Country
    from services.releases.overview.ledger import BestSeller

_SHOWN = 8
RANKED = 15  # products in the table; a file with fewer has no others


def countries(found: Sequence[Country]) -> html.Section:
    """Return the card of customers and revenue by country, most revenue first.

    Parameters
    ----------
    found : sequence of Country
        ``overview.countries``: most customers first, which is kept where revenue is equal.
    """
    if not found:
        nothing = empty("No countries", "The file has no countries.")
        return card("Countries", None, nothing, width=6)
    found = sorted(found, key=lambda country: -country.revenue)
    customers = sum(country.customers for country in found)
    revenue = sum(country.revenue for country in found)
    shown: list[tuple[Component, int, float]] = [
        (dcc.Link(each.name, href=f"/?{urlencode({'country': each.name})}"), each.customers, each.revenue)
        for each in found[:_SHOWN]
    ]
    rest = found[_SHOWN:]
    if rest:
        name = words.count(len(rest), "other country", "other countries")
        shown.append(
            (html.Span(name), sum(each.customers for each in rest), sum(each.revenue for each in rest))
        )
    most = max(count for _, count, _ in shown) or 1
    richest = max(spent for *_, spent in shown) or 1
    picture = bars(
        [
            [
                name,
                track(count / most, open_=True),
                html.Span(words.number(count), className="sd-num"),
                track(spent / richest, "var(--sd-ink-2)", open_=True),
                html.Span(words.money_short(spent), className="sd-num"),
            ]
            for name, count, spent in shown
        ],
        "minmax(96px, 1.2fr) 1fr 46px 1fr 58px",
        ["Country", "Customers", "", "Revenue", ""],
    )
    listed = written(
        [
            "Country",
            Column("Customers", True),
            Column("Share", True, True),
            Column("Revenue", True),
            Column("Share", True),
        ],
        [
            [
                country.name,
                words.number(country.customers),
                words.share(country.customers / customers, 1) if customers else words.NOTHING,
                words.money_sum(country.revenue),
                words.share(country.revenue / revenue, 1) if revenue else words.NOTHING,
            ]
            for country in found
        ],
        "Customers and revenue by country",
        leads="/?country=",
    )
    finding = _largest(found[0], customers, revenue, len(found))
    return card(
        "Countries",
        finding,
        picture,
        table=listed,
        note="By revenue; a customer’s country is the most recent one. Press a country to see its customers.",
        width=6,
    )


def _largest(first: Country, customers: int, revenue: float, count: int) -> str:
    if count == 1:
        return f"All customers with a country are in {first.name}."
    people = f"{words.share(first.customers / customers)} of customers with a country"
    if not revenue:
        return f"{people} are in {first.name}."
    return f"{first.name} brings {words.share(first.revenue / revenue)} of revenue, with {people}."


def products(found: Sequence[BestSeller], revenue: float, lacks: Sequence[str] = ()) -> html.Section:
    """Return the card of the best-selling products.

    Parameters
    ----------
    found : sequence of BestSeller
        ``overview.glance.products``, most revenue first.
    revenue : float
        Of everything sold.
    lacks : sequence of str
        Roles that the file has no column for.
    """
    if not found:
        nothing = empty("No products", "The file has no products to rank.")
        return card("Best-selling products", None, nothing, width=6)
    sums = sum(product.revenue for product in found)
    richest = max(product.revenue for product in found) or 1
    picture = bars(
        [
            [
                html.Span(_name(product), className="sd-prod sd-data-cut", title=_name(product)),
                track(product.revenue / richest, open_=True),
                html.Span(words.money_short(product.revenue), className="sd-num"),
                html.Span(words.number(product.orders), className="sd-num sd-muted"),
            ]
            for product in found[: _SHOWN + 1]
        ],
        "minmax(120px, 2fr) 1fr 58px 50px",
        ["Product", "Revenue", "", html.Span("Orders", className="sd-num")],
    )
    pieces = "quantity" not in lacks
    listed = written(
        [
            "Code",
            "Product",
            Column("Revenue", True),
            Column("Orders", True),
            *([Column("Pieces", True, True)] if pieces else []),
        ],
        [
            [
                product.product or words.NOTHING,
                _name(product),
                words.money_sum(product.revenue),
                words.number(product.orders),
                *([words.number(product.pieces)] if pieces else []),
            ]
            for product in found
        ],
        "Products with the most revenue",
        products="Product",
    )
    finding = _bring(found, sums, revenue)
    note = "Postage, fees and corrections are excluded."
    shown = len(found) - _SHOWN - 1
    if shown > 0:
        note = f"{words.capital(words.small(shown))} more are in the table. {note}"
    return card("Best-selling products", finding, picture, table=listed, note=note, width=6)


def _bring(found: Sequence[BestSeller], sums: float, revenue: float) -> str:
    """Say what the best sellers bring; of a list that holds all products there is, what the first brings."""
    share = f"{words.share(sums / revenue)} of revenue" if revenue else "no revenue"
    if len(found) == 1:
        return f"The one product brings {share}."
    one = ", from a single order" if found[0].orders == 1 else ""
    first = leader([product.revenue for product in found], words.money_short)
    money = "" if first is None else f"{words.money_short(found[first].revenue)}{one}"
    if len(found) < RANKED:
        count, brings = f"The file has {words.small(len(found))} products", "the first brings"
    else:
        count, brings = f"The {words.small(len(found))} best sellers bring {share}", "the first alone"
    return f"{count}; {brings} {money}." if money else f"{count}."


def _name(product: BestSeller) -> str:
    return str(product.description or product.product or words.NOTHING)
