"""What the callbacks of the tab Baskets fill, by name."""

from __future__ import annotations

from dash import Output

from callbacks.baskets.builder import BUILDER
from callbacks.baskets.cards import FOLLOWING, OF_GROUP
from layouts.baskets.filters import FIELDS
from layouts.ids import Baskets, Shell

SHOWN = {
    "sub": Output(Baskets.SUB, "children"),
    "chips": Output(Baskets.CHIPS, "children"),
    "found": Output(Baskets.FOUND, "children"),
    "notes": Output(Baskets.NOTES, "children"),
    "cards_hidden": Output(Baskets.CARDS, "hidden"),
    "scatter_hidden": Output(Baskets.SCATTER_CARD, "hidden"),
    "rules_hidden": Output(Baskets.RULES_CARD, "hidden"),
    "instead": Output(Baskets.INSTEAD, "children"),
    "instead_hidden": Output(Baskets.INSTEAD_CARD, "hidden"),
    "back_hidden": Output(Baskets.BACK, "hidden"),
    "errors": {name: Output(Baskets.error(name), "children") for name in FIELDS},
    "figure": Output(Baskets.SCATTER, "figure"),
    "point": Output(Baskets.POINT, "children"),
    "scatter_finding": Output(Baskets.SCATTER_FINDING, "children"),
    "rules_finding": Output(Baskets.RULES_FINDING, "children"),
    "details": Output(Baskets.DETAILS, "children"),
    "offer": Output(Baskets.OFFER, "children"),
    "offers": Output(Baskets.OFFERS, "children"),
    "basket": Output(Baskets.BASKET_CHIPS, "children"),
    "scope": Output(Baskets.SCOPE, "data"),
    "held_up": Output(Baskets.HELD_UP, "value"),
}

LIST = {
    "export": Output(Baskets.EXPORT, "href"),
    "export_rows": Output(Baskets.EXPORT_ROWS, "href"),
}
#: All that one step on the page can change.
OUTPUTS = {
    "address": Output(Shell.ADDRESS, "search", allow_duplicate=True),
    "shown": SHOWN,
    "cards": FOLLOWING,
    "group": OF_GROUP,
    "values": {name: Output(Baskets.field(name), "value") for name in FIELDS},
    "product": {
        "value": Output(Baskets.BASKET_INPUT, "value"),
        "error": Output(Baskets.BASKET_ERROR, "children"),
    },
    "builder": BUILDER,
    "list": LIST | {"portion": Output(Baskets.PORTION, "data")},
    # as it is, unless the answer fails: then the grid gets nothing
    "rows": Output(Baskets.ANSWERED, "data", allow_duplicate=True),
}
