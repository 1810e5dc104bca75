"""The tab Customers: who is this, and what to expect. The frame as first shown; it holds no data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.customers.contact import contact_card
from layouts.customers.offers import offers_card
from layouts.customers.orders import orders_card
from layouts.customers.value import value_card
from layouts.ids import Customers
from layouts.parts import button, card, field, grid, page_head, skeleton, stack
from layouts.parts.attributes import attributes
from layouts.parts.charts import graph
from layouts.parts.terms import named
from services.core.language.messages import _, later
from services.core.vocabulary import AXES, Axis

_HEADINGS = {"recency": later("Recency"), "monetary": later("Spend")}
"""Of two axes; that of the third says what frequency counts."""
_WORDS = {"recency": "recency", "monetary": "spend"}


def layout() -> Component:
    """Return the page as first shown: the finder, and the hidden frame of a customer."""
    return html.Div([_finder(), html.Div(_page(), id=Customers.PAGE, hidden=True)])


def _finder() -> html.Div:
    entry = html.Div(
        [
            field(
                _("Customer"),
                dbc.Textarea(
                    id=Customers.ENTRY,
                    rows=1,
                    maxLength=20_000,
                    placeholder=_("One ID, or several pasted at once"),
                    className="sd-customers-entry",
                ),
                hint=_("You can also type an order’s number or a product. Press Enter to search"),
            ),
            button(_("Find"), Customers.FIND, kind="primary"),
        ],
        className="sd-customers-find",
    )
    return html.Div(
        [
            page_head(_("Customers"), _("Who this is, and what to expect.")),
            entry,
            html.Div(skeleton("rows", 4), id=Customers.ANSWER, **attributes(aria_live="polite")),
        ],
        id=Customers.FINDER,
    )


def _page() -> list[Component]:
    return [
        html.Div(id=Customers.CRUMB, className="sd-crumb"),
        dcc.Store(id=Customers.CARDS),
        grid(
            [
                _head(),
                html.P(id=Customers.MISSING, className="sd-c12 sd-customer-missing"),
                contact_card(),
                value_card(),
                orders_card(),
                offers_card(),
                stack(_habits(), width=7),
                stack(_likeness(), width=5),
            ]
        ),
    ]


def _habits() -> list[Component]:
    return [
        _pictured(_("Spend by month"), Customers.MONTHS, _("Spend by month"), 230, 12),
        _gaps(),
        _pictured(_("Order values"), Customers.VALUES, _("The value of each order"), 130, 12),
        card(
            later("Favourite products"),
            html.Span(id=Customers.FAVOURITES_FINDING),
            html.Div(id=Customers.FAVOURITES),
            table=html.Div(id=Customers.FAVOURITES_TABLE),
            note=html.Span(id=Customers.FAVOURITES_NOTE),
            id=Customers.card("favourites"),
        ),
    ]


def _likeness() -> list[Component]:
    return [
        card(
            later("Segment at each monthly snapshot"),
            html.Span(id=Customers.HISTORY_FINDING),
            html.Div(id=Customers.HISTORY),
            table=html.Div(id=Customers.HISTORY_TABLE),
            id=Customers.card("history"),
            term="snapshot",
        ),
        card(
            _("Most similar customers"),
            html.Span(id=Customers.SIMILAR_FINDING),
            html.Div(id=Customers.SIMILAR),
            flush=True,
        ),
        card(
            _("Distance to each cluster"),
            html.Span(id=Customers.DISTANCES_FINDING),
            [html.Div(id=Customers.DISTANCES), html.Div(id=Customers.CROSSING)],
            note=_(
                "The three values on one common scale, as when the clusters were found; a shorter "
                "distance means more alike."
            ),
            term="cluster",
        ),
    ]


def _head() -> html.Section:
    facts = [
        (_("Country"), Customers.COUNTRY),
        (_("First order"), Customers.FIRST),
        (_("Last order"), Customers.LAST),
        (named(_("Cluster margin"), "margin"), Customers.MARGIN),
    ]
    who = html.Div(
        [
            html.Div(
                [
                    html.H1(id=Customers.ID),
                    html.Span(id=Customers.SEGMENT),
                    html.Span(id=Customers.CLUSTER),
                    html.Span(id=Customers.OUT),
                ],
                className="sd-customer-id",
            ),
            html.P(id=Customers.REASON, className="sd-customer-reason"),
            html.P(
                [html.Span([name, " ", html.B(id=place)]) for name, place in facts],
                className="sd-customer-facts",
            ),
            html.Div(id=Customers.NOTES),
            html.Div(id=Customers.ACTIONS, className="sd-customer-actions"),
        ],
        className="sd-customer-who",
    )
    figures = [
        html.Div(
            [
                _term_of(axis),
                html.Dd(id=Customers.amount(axis), className="sd-customer-value"),
                html.Dd(html.Span(id=Customers.squares(axis), className="sd-customer-squares")),
                html.Dd(id=Customers.score(axis), className="sd-customer-score"),
            ]
        )
        for axis in AXES
    ]
    moves = [
        html.Div([html.H2(name), html.P(id=place)])
        for name, place in (
            (_("With an order"), Customers.WITH),
            (_("Without an order"), Customers.WITHOUT),
            (named(_("Expected next order"), "rhythm"), Customers.EXPECTED),
            (_("Chance of no order"), Customers.LEAVING),
        )
    ]
    return html.Section(
        [who, html.Dl(figures, className="sd-customer-rfm"), html.Div(moves, className="sd-customer-moves")],
        className="sd-card sd-c12 sd-customer",
        **attributes(aria_label=_("Customer")),
    )


def _term_of(axis: Axis) -> html.Dt:
    if axis not in _HEADINGS:
        return html.Dt(id=Customers.COUNTED)
    return html.Dt(named(_HEADINGS[axis](), _WORDS[axis]))


def _gaps() -> html.Section:
    chart = graph(Customers.GAPS, _("Days between orders, the latest at the bottom"), 250)
    return card(
        later("Days between orders"),
        html.Span(id=Customers.GAPS_FINDING),
        [html.Div(chart, id=Customers.GAPS_BODY), html.Div(id=Customers.GAPS_NONE)],
        table=html.Div(id=Customers.GAPS_TABLE),
        id=Customers.card("gaps"),
    )


def _pictured(title: str, graph_id: Customers, label: str, height: int, width: int) -> html.Section:
    """Make a card with one chart; its finding and its table have the ids beside the chart's."""
    return card(
        title,
        html.Span(id=Customers[f"{graph_id.name}_FINDING"]),
        graph(graph_id, label, height),
        table=html.Div(id=Customers[f"{graph_id.name}_TABLE"]),
        width=width,
        id=Customers.card(graph_id.name.lower()),
    )
