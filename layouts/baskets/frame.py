"""The tab Baskets: what is bought together. The frame as first shown; it holds no data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.baskets.builder import builder
from layouts.baskets.filters import filters
from layouts.baskets.rules import legend
from layouts.baskets.table import rules_grid
from layouts.ids import Baskets
from layouts.parts import button, card, copy_link_button, field, grid, link_button, page_head, skeleton, term
from layouts.parts.attributes import attributes
from layouts.parts.charts import graph
from layouts.parts.tables import Column, table
from layouts.parts.views import views_menu
from services.core.language.messages import _, later

EXPORT, EXPORT_BUNDLES = "/export/rules.csv", "/export/bundles.csv"


def layout() -> Component:
    """Return the page as first shown."""
    head = page_head(
        _("Baskets"),
        html.Span(_("What is bought together."), id=Baskets.SUB),
        [
            views_menu("baskets"),
            copy_link_button(),
            link_button(
                _("Export CSV"), EXPORT, id=Baskets.EXPORT, icon_name="download", download="rules.csv"
            ),
        ],
    )
    cards = [
        _basket(),
        _instead(),
        _scatter(),
        _rules(),
        builder(),
        _groups(),
        _sets(),
        _bundles(),
        _clusters(),
    ]
    stores = [
        dcc.Store(id=name)
        for name in (
            Baskets.SCOPE,
            Baskets.CLOSED,
            Baskets.PURGED,
            Baskets.FITTED,
            Baskets.SORTED,
            Baskets.STEP,
            Baskets.PORTION,
            Baskets.ASKED,
            Baskets.ANSWERED,
            Baskets.TESTS,
            Baskets.OPENED,
            Baskets.SEEN,
            Baskets.CARDS_DATA,
        )
    ]
    return html.Div(
        [
            head,
            filters(),
            html.Div(id=Baskets.NOTES, role="status", className="sd-notes"),
            html.Div(grid(cards), id=Baskets.CARDS),
            *stores,
        ]
    )


def _basket() -> html.Section:
    entry = html.Div(
        [
            field(
                _("Product"),
                dbc.Input(
                    id=Baskets.BASKET_INPUT,
                    type="text",
                    list=Baskets.BASKET_OPTIONS,
                    placeholder=_("Add a product by name or code"),
                    autocomplete="off",
                    maxLength=200,
                ),
                error_id=Baskets.BASKET_ERROR,
            ),
            html.Datalist(id=Baskets.BASKET_OPTIONS),
            button(_("Add"), Baskets.BASKET_ADD),
        ],
        className="sd-entry",
    )
    return card(
        _("Someone has these in their basket"),
        html.Span(id=Baskets.OFFER),
        [
            html.Div(id=Baskets.BASKET_CHIPS, className="sd-inbasket"),
            entry,
            html.Div(skeleton("rows", 5), id=Baskets.OFFERS),
        ],
        note=_(
            "Add a product, and this page keeps only the rules that start from products in the basket "
            "alone and lead to another product."
        ),
        width=5,
    )


def _instead() -> html.Section:
    """Return what stands in the rules' place when there are none; its button undoes a refused value."""
    return html.Section(
        [
            html.Div(id=Baskets.INSTEAD),
            button(_("Show the rules without this value"), Baskets.BACK, small=True, hidden=True),
        ],
        id=Baskets.INSTEAD_CARD,
        hidden=True,
        className="sd-card sd-c7 sd-instead",
        **attributes(aria_label=_("No rules")),
    )


def _scatter() -> html.Section:
    return card(
        later("Support, confidence and lift"),
        html.Span(id=Baskets.SCATTER_FINDING),
        [
            graph(Baskets.SCATTER, _("Rules by support and confidence, coloured by lift"), 376),
            legend(),
            html.P(id=Baskets.POINT, className="sd-point"),
        ],
        table=_classes(),
        note=[
            _("What they mean:"),
            " ",
            term("support"),
            ", ",
            term("confidence"),
            ", ",
            term("lift"),
            ".",
        ],
        width=7,
        id=Baskets.SCATTER_CARD,
    )


def _classes() -> html.Div:
    """Return the picture's table; ``assets/baskets/baskets.js`` writes its rows from the figure's numbers."""
    heads = [
        Column(_("Lift"), term="lift"),
        Column(_("Rules"), True),
        Column(_("Support up to"), True, term="support"),
        Column(_("Confidence up to"), True, term="confidence"),
    ]
    framed = table(heads, [], _("Rules by lift; the table of rules lists each one"))
    framed.children.children[-1].id = Baskets.SCATTER_TABLE
    return framed


def _rules() -> html.Section:
    tools = [
        html.Span(
            button(_("All measures"), Baskets.MEASURES, small=True, **attributes(aria_pressed="false")),
            className="sd-opt",
        ),
        link_button(
            "CSV", EXPORT, id=Baskets.EXPORT_ROWS, icon_name="download", small=True, download="rules.csv"
        ),
    ]
    return card(
        _("Rules"),
        html.Span(id=Baskets.RULES_FINDING),
        [rules_grid(), html.Div(id=Baskets.DETAILS, className="sd-set-details")],
        note=html.Span(id=Baskets.RULES_NOTE),
        tools=tools,
        flush=True,
        id=Baskets.RULES_CARD,
    )


def _groups() -> html.Section:
    return card(
        later("Groups bought together"),
        html.Span(id=Baskets.GROUPS_FINDING),
        html.Div(skeleton("chart"), id=Baskets.GROUPS),
        table=html.Div(id=Baskets.GROUPS_TABLE),
        note=html.Span(id=Baskets.GROUPS_NOTE),
    )


def _sets() -> html.Section:
    return card(
        _("Most frequent sets"),
        html.Span(id=Baskets.SETS_FINDING),
        html.Div(skeleton("rows", 8), id=Baskets.SETS),
    )


def _bundles() -> html.Section:
    export = link_button(
        "CSV",
        EXPORT_BUNDLES,
        id=Baskets.EXPORT_BUNDLES,
        icon_name="download",
        small=True,
        download="bundles.csv",
    )
    return card(
        _("Bundles: what sells together"),
        html.Span(id=Baskets.BUNDLES_FINDING),
        html.Div(skeleton("rows", 8), id=Baskets.BUNDLES),
        note=html.Span(id=Baskets.BUNDLES_NOTE),
        tools=[export],
    )


def _clusters() -> html.Section:
    return card(
        _("Top five of each cluster"),
        html.Span(id=Baskets.CLUSTERS_FINDING),
        html.Div(skeleton("rows", 5), id=Baskets.CLUSTERS),
        note=_(
            "The highest lift in each cluster’s own baskets, whatever the filters. Of rules with the same "
            "products, the one with the highest confidence."
        ),
    )
