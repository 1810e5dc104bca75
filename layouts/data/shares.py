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
from services.core.language.messages import _, later, plural

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
        nothing = empty(_("No countries"), _("The file has no countries."))
        return card(_("Countries"), None, nothing, width=6)
    found = sorted(found, key=lambda country: -country.revenue)
    customers = sum(country.customers for country in found)
    revenue = sum(country.revenue for country in found)
    shown: list[tuple[Component, int, float]] = [
        (dcc.Link(each.name, href=f"/?{urlencode({'country': each.name})}"), each.customers, each.revenue)
        for each in found[:_SHOWN]
    ]
    rest = found[_SHOWN:]
    if rest:
        name = plural("{n} other country", "{n} other countries", len(rest), n=words.number(len(rest)))
        shown.append(
            (html.Span(name), sum(each.customers for each in rest), sum(each.revenue for each in rest))
        )
    most = max(count for _name, count, _spent in shown) or 1
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
        "minmax(72px, 1.2fr) 1fr 46px 1fr 58px",
        [_("Country"), _("Customers"), "", _("Revenue"), ""],
    )
    listed = written(
        [
            _("Country"),
            Column(_("Customers"), True),
            Column(_("Share"), True, True),
            Column(_("Revenue"), True),
            Column(_("Share"), True),
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
        _("Customers and revenue by country"),
        leads="/?country=",
    )
    finding = _largest(found[0], customers, revenue, len(found))
    return card(
        later("Countries"),
        finding,
        picture,
        table=listed,
        note=_(
            "By revenue; a customer’s country is the most recent one. Press a country to see its customers."
        ),
        width=6,
    )


def _largest(first: Country, customers: int, revenue: float, count: int) -> str:
    if count == 1:
        return _("All customers with a country are in {country}.", country=first.name)
    people = words.share(first.customers / customers)
    if not revenue:
        return _("{share} of customers with a country are in {country}.", share=people, country=first.name)
    return _(
        "{country} brings {share} of revenue, with {people} of customers with a country.",
        country=first.name,
        share=words.share(first.revenue / revenue),
        people=people,
    )


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
        nothing = empty(_("No products"), _("The file has no products to rank."))
        return card(_("Best-selling products"), None, nothing, width=6)
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
        "minmax(96px, 2fr) 1fr 58px 50px",
        [_("Product"), _("Revenue"), "", html.Span(_("Orders"), className="sd-num")],
    )
    pieces = "quantity" not in lacks
    listed = written(
        [
            _("Code"),
            _("Product"),
            Column(_("Revenue"), True),
            Column(_("Orders"), True),
            *([Column(_("Pieces"), True, True)] if pieces else []),
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
        _("Products with the most revenue"),
        products=_("Product"),
    )
    finding = _bring(found, sums, revenue)
    note = _("Postage, fees and corrections are excluded.")
    shown = len(found) - _SHOWN - 1
    if shown > 0:
        count = words.small(shown)
        more = plural("{n} more is in the table.", "{n} more are in the table.", shown, n=count)
        note = f"{words.capital(more)} {note}"
    return card(later("Best-selling products"), finding, picture, table=listed, note=note, width=6)


def _bring(found: Sequence[BestSeller], sums: float, revenue: float) -> str:
    """Say what the best sellers bring; of a list that holds all products there is, what the first brings."""
    share = _("{share} of revenue", share=words.share(sums / revenue)) if revenue else _("no revenue")
    if len(found) == 1:
        return _("The one product brings {share}.", share=share)
    first = leader([product.revenue for product in found], words.money_short)
    count = len(found)
    places = {"n": words.small(count), "share": share}
    if first is None:
        return (
            plural("The file has {n} product.", "The file has {n} products.", count, n=places["n"])
            if count < RANKED
            else plural(
                "The {n} best seller brings {share}.", "The {n} best sellers bring {share}.", count, **places
            )
        )
    money = words.money_short(found[first].revenue)
    if found[0].orders == 1:
        money = _("{money}, from a single order", money=money)
    if count < RANKED:
        return plural(
            "The file has {n} product; the first brings {money}.",
            "The file has {n} products; the first brings {money}.",
            count,
            n=places["n"],
            money=money,
        )
    return plural(
        "The {n} best seller brings {share}; the first alone {money}.",
        "The {n} best sellers bring {share}; the first alone {money}.",
        count,
        money=money,
        **places,
    )


def _name(product: BestSeller) -> str:
    return str(product.description or product.product or words.NOTHING)
