"""A bundle that is being built: its products, its terms, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets import builder_words as said
from layouts.baskets.filters import going
from layouts.baskets.offers import basket_chips
from layouts.ids import Baskets
from layouts.parts import alert, button, card, empty, field, kpi, kpis, link_button, table, term
from layouts.parts.attributes import attributes
from layouts.parts.tables import Cell, Column
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.rules.builder import Member, Told

EXPORT = "/export/bundle.csv"
KINDS = {"price": later("Bundle price"), "discount": later("Discount %")}


def builder() -> html.Section:
    """Return the card as first shown: nothing is in the bundle."""
    export = link_button(
        "CSV",
        EXPORT,
        id=Baskets.EXPORT_BUILDER,
        icon_name="download",
        small=True,
        download="bundle.csv",
        hidden=True,
    )
    return card(
        _("Build a bundle"),
        html.Span(id=Baskets.BUILDER_FINDING),
        [
            html.Div(id=Baskets.BUILDER_CHIPS, className="sd-inbasket"),
            html.Div(id=Baskets.BUILDER_START, className="sd-builder-start"),
            _products(),
            html.Div(
                [_price(), _margin()], id=Baskets.BUILDER_TERMS, hidden=True, className="sd-builder-terms"
            ),
            html.Div(id=Baskets.BUILDER_RESULT),
        ],
        note=[
            f"{said.NOTE()} ",
            _("What they mean:"),
            " ",
            term("take-up"),
            ", ",
            term("break-even"),
            ".",
        ],
        tools=[export],
    )


def _products() -> html.Div:
    entry = dbc.Input(
        id=Baskets.BUILDER_INPUT,
        type="text",
        list=Baskets.BUILDER_OPTIONS,
        placeholder=_("Add a product by name or code"),
        autocomplete="off",
        maxLength=200,
    )
    parts = [
        field(_("Product of the bundle"), entry, error_id=Baskets.BUILDER_ERROR),
        html.Datalist(id=Baskets.BUILDER_OPTIONS),
        button(_("Add to the bundle"), Baskets.BUILDER_ADD),
    ]
    return html.Div(parts, className="sd-entry")


def _price() -> html.Div:
    options = [{"label": label(), "value": value} for value, label in KINDS.items()]
    value = dbc.Input(
        id=Baskets.BUILDER_VALUE, type="text", inputMode="decimal", autocomplete="off", maxLength=40
    )
    parts = [
        field(_("Sell it by"), dbc.Select(id=Baskets.BUILDER_KIND, options=options, value="discount")),
        field(_("Price or discount"), value, error_id=Baskets.BUILDER_VALUE_ERROR),
        button(_("Set"), Baskets.BUILDER_SET, **attributes(aria_label=_("Set the price or the discount"))),
    ]
    return html.Div(parts, className="sd-entry")


def _margin() -> html.Div:
    value = dbc.Input(
        id=Baskets.BUILDER_MARGIN, type="text", inputMode="decimal", autocomplete="off", maxLength=40
    )
    parts = [
        field(_("Margin of"), dbc.Select(id=Baskets.BUILDER_OF, options=[])),
        field(_("Margin, empty: not known"), value, error_id=Baskets.BUILDER_MARGIN_ERROR, unit="%"),
        button(_("Set"), Baskets.BUILDER_SET_MARGIN, **attributes(aria_label=_("Set the margin"))),
    ]
    return html.Div(parts, className="sd-entry")


def chips(names: Sequence[str], without: Sequence[str]) -> list[Component]:
    """Return the products of the bundle; pressing one leads to the query ``without`` it."""
    return basket_chips(names, without)


def start(query: str | None) -> list[Component]:
    """Offer to begin with the products in the basket, where that can be; a query or None."""
    return [] if query is None else [going(button(_("Take the products in the basket"), small=True), query)]


def options(members: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Return the products whose margin can be given; codes and names."""
    return [{"label": name, "value": code} for code, name in members]


def nothing(sentence: str) -> Component:
    """Return the placeholder shown before there is a result."""
    return empty(_("No bundle yet"), sentence, art="search")


def refused(sentence: str) -> Component:
    """Return what stands there where the bundle cannot be."""
    return alert(_("This bundle cannot be worked out."), sentence, "warn")


def result(told: Told, audiences: Mapping[str, str]) -> list[Component]:
    """Return the figures of a bundle, what they mean, and its products.

    Parameters
    ----------
    told : Told
    audiences : mapping of str to str
        By code, where who bought all the others and not this one can be saved; none where that is not known.
    """
    return [
        kpis(_figures(told)),
        html.Ul([html.Li(each) for each in said.sentences(told)], className="sd-builder-said"),
        _members(told.members, audiences),
    ]


def _figures(told: Told) -> list[html.Div]:
    usual = words.money(told.usual) if told.usual is not None else _("not known")
    cells = [kpi(_("Usual price together"), usual, base=_("sum of the median unit prices"))]
    if told.terms is not None:
        cells.append(kpi(_("Bundle price"), words.money(told.terms.price), base=said.taken_off(told)))
    in_all = _("{share} of all orders with products", share=words.share(told.together / told.orders, 1))
    cells.append(kpi(_("Bought together"), _orders(told.together), base=in_all))
    cells.append(kpi(_("One product short"), _orders(told.short), base=_("with all products but one")))
    cells.append(
        kpi(_("Take-up in the past"), words.share(told.take_up.share, 1), base=said.between(told.take_up))
    )
    if told.in_sales is not None and told.in_sales.given:
        reached = told.in_sales.share
        value = _("out of reach") if reached is None else words.share(reached, 1)
        cells.append(kpi(_("Break-even take-up"), value, base=_("in sales, before costs")))
    return cells


def _orders(number: int) -> str:
    return plural("{n} order", "{n} orders", number, n=words.number(number))


def _members(members: Sequence[Member], audiences: Mapping[str, str]) -> html.Div:
    heads: list[Column | str] = [
        _("Product"),
        Column(_("Usual price"), True),
        Column(_("Margin"), True),
        Column(_("Orders with it"), True),
        Column(_("Orders that lack only it"), True),
        Column(_("Orders with the others that hold it too"), True),
    ]
    if audiences:
        heads.append(_("Bought the others, not it"))
    return table(heads, [_row(each, audiences) for each in members], _("Products of the bundle"))


def _row(member: Member, audiences: Mapping[str, str]) -> list[Cell]:
    holds = f"{words.share(member.take_up.share, 1)} ({said.between(member.take_up)})"
    row: list[Cell] = [
        html.Span(member.name, className="sd-prod"),
        _("not known") if member.price is None else words.money(member.price),
        _("not known") if member.margin is None else words.share(member.margin, 1),
        words.number(member.orders),
        words.number(member.short),
        holds,
    ]
    return [*row, _save(member, audiences[member.code])] if audiences else row


def _save(member: Member, address: str) -> Component:
    called = _(
        "Save the customers who bought the others and not {product} as an audience", product=member.name
    )
    return dcc.Link(_("Save as audience"), href=address, title=called)


def audience(code: str, others: Sequence[str]) -> str:
    """Return where the customers who bought the others and not this product can be saved."""
    asked: dict[str, Any] = {
        "save": "rule",
        "antecedent": list(others),
        "consequent": code,
        "buyers": "not-yet",
    }
    return f"/audiences?{urlencode(asked, doseq=True)}"
