"""Where on the tab Customers its callbacks put their values."""

from __future__ import annotations

from dash import Output

from callbacks.customers import offers as customers_offers
from layouts.ids import Customers
from services.core.vocabulary import AXES

STATE = {
    "finder": Output(Customers.FINDER, "hidden"),
    "page": Output(Customers.PAGE, "hidden"),
    "answer": Output(Customers.ANSWER, "children"),
}
HEAD = {
    "id": Output(Customers.ID, "children"),
    "segment": Output(Customers.SEGMENT, "children"),
    "cluster": Output(Customers.CLUSTER, "children"),
    "reason": Output(Customers.REASON, "children"),
    "country": Output(Customers.COUNTRY, "children"),
    "first": Output(Customers.FIRST, "children"),
    "last": Output(Customers.LAST, "children"),
    "margin": Output(Customers.MARGIN, "children"),
    "with_order": Output(Customers.WITH, "children"),
    "without": Output(Customers.WITHOUT, "children"),
    "expected": Output(Customers.EXPECTED, "children"),
    "leaving": Output(Customers.LEAVING, "children"),
    "counted": Output(Customers.COUNTED, "children"),
    "values": {axis: Output(Customers.amount(axis), "children") for axis in AXES},
    "squares": {axis: Output(Customers.squares(axis), "style") for axis in AXES},
    "scores": {axis: Output(Customers.score(axis), "children") for axis in AXES},
    "missing": Output(Customers.MISSING, "children"),
    "crumb": Output(Customers.CRUMB, "children"),
    "actions": Output(Customers.ACTIONS, "children"),
}
FINDINGS = {
    "months_finding": Output(Customers.MONTHS_FINDING, "children"),
    "history_finding": Output(Customers.HISTORY_FINDING, "children"),
    "gaps_finding": Output(Customers.GAPS_FINDING, "children"),
    "favourites_finding": Output(Customers.FAVOURITES_FINDING, "children"),
    "values_finding": Output(Customers.VALUES_FINDING, "children"),
    "value_finding": Output(Customers.VALUE_FINDING, "children"),
    "distances_finding": Output(Customers.DISTANCES_FINDING, "children"),
    "orders_finding": Output(Customers.ORDERS_FINDING, "children"),
    "similar_finding": Output(Customers.SIMILAR_FINDING, "children"),
}
CARDS = FINDINGS | {
    "months": Output(Customers.MONTHS, "figure"),
    "gaps": Output(Customers.GAPS, "figure"),
    "gaps_hidden": Output(Customers.GAPS_BODY, "hidden"),
    "favourites_note": Output(Customers.FAVOURITES_NOTE, "children"),
    "gaps_none": Output(Customers.GAPS_NONE, "children"),
    "values": Output(Customers.VALUES, "figure"),
    "orders": Output(Customers.ORDERS, "rowData"),
    "orders_room": Output(Customers.ORDERS, "style"),
    "orders_note": Output(Customers.ORDERS_NOTE, "children"),
    "order": Output(Customers.ORDER, "data"),
    "value": Output(Customers.VALUE, "figure"),
    "value_note": Output(Customers.VALUE_NOTE, "children"),
    "parts": Output(Customers.CARDS, "data"),
    **customers_offers.OUTPUTS,
}
#: Where the browser puts what it builds of ``parts``.
PLACES = (
    Customers.MONTHS_TABLE,
    Customers.HISTORY,
    Customers.HISTORY_TABLE,
    Customers.GAPS_TABLE,
    Customers.FAVOURITES,
    Customers.FAVOURITES_TABLE,
    Customers.VALUES_TABLE,
    Customers.VALUE_TABLE,
    Customers.DISTANCES,
    Customers.CROSSING,
    Customers.NOTES,
    Customers.RETURNS,
    Customers.SIMILAR,
)
