"""The table of rules, and what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Baskets
from layouts.parts.terms import header_class
from services.core.vocabulary import LIFT_CLASSES

if TYPE_CHECKING:
    from services.releases.overview.ledger import RulesLater

PORTION = 25  # rows that the table asks for at once
# Name, heading, width, how it is written or what draws it, whether it is shown at first.
MEASURES = (
    ("support", "Support", 86, "SupportCell", True),
    ("customers", "Customers", 96, "number(params.value, 0)", True),
    ("confidence", "Confidence", 104, "ConfidenceCell", True),
    ("lift", "Lift", 78, "LiftCell", True),
    ("chance_lift", "Lift by chance", 118, "ChanceCell", True),
    ("held_up", "Held up later", 122, "HeldUpCell", True),
    ("leverage", "Leverage", 94, "number(params.value, 4)", False),
    ("conviction", "Conviction", 102, "conviction(params.value)", False),
    ("p_value", "Fisher’s p", 100, "probability(params.value)", False),
    ("jaccard", "Jaccard", 90, "number(params.value, 2)", False),
    ("certainty", "Certainty", 94, "number(params.value, 2)", False),
    ("kulczynski", "Kulczynski", 104, "number(params.value, 2)", False),
    ("representativity", "Representativity", 134, "number(params.value, 2)", False),
    ("q_value", "Chance of a fluke", 144, "FlukeCell", False),
    ("zhangs_metric", "Zhang", 70, "number(params.value, 2)", False),
)
# The word of each measure in the glossary.
WORDS = {
    "support": "support",
    "customers": "rule-customers",
    "confidence": "confidence",
    "lift": "lift",
    "chance_lift": "chance-lift",
    "held_up": "held-up",
    "leverage": "leverage",
    "conviction": "conviction",
    "p_value": "fisher",
    "jaccard": "jaccard",
    "certainty": "certainty",
    "kulczynski": "kulczynski",
    "representativity": "representativity",
    "q_value": "fluke",
    "zhangs_metric": "zhang",
}


def rules_grid() -> Component:
    """Return the table; its rows come in portions, sorted by the service."""
    sides = [
        {"field": "antecedents", "headerName": "If the basket has"},
        {"field": "consequents", "headerName": "Then also"},
    ]
    details = {"colId": "details", "headerName": "Product set", "cellRenderer": "DetailsCell", "width": 104}
    buyers = {"colId": "buyers", "headerName": "Buyers", "cellRenderer": "BuyersCell", "width": 76}
    columns = [
        *({**side, "type": "products"} for side in sides),
        *(_measure(*measure) for measure in MEASURES if measure[-1]),
        {**details, "sortable": False},
        {**buyers, "sortable": False},
        *(_measure(*measure) for measure in MEASURES if not measure[-1]),
    ]
    products = {
        "flex": 2,
        "minWidth": 88,
        "cellRenderer": "ProductsCell",
        "sortingOrder": ["asc", "desc", None],
    }
    return dag.AgGrid(
        id=Baskets.GRID,
        className="sd-ag sd-rules",
        rowModelType="infinite",
        columnDefs=columns,
        defaultColDef={
            "resizable": True,
            "sortable": True,
            "cellDataType": False,
            "suppressMovable": True,
            "sortingOrder": ["desc", "asc", None],
        },
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {"function": "themeQuartz"},
            "columnTypes": {"products": products},
            "rowHeight": 44,
            "headerHeight": 34,
            "cacheBlockSize": PORTION,
            "maxConcurrentDatasourceRequests": 1,
            "maxBlocksInCache": 20,
            "infiniteInitialRowCount": 1,
            "suppressCellFocus": False,
            "multiSortKey": "ctrl",
        },
        style={"height": "560px"},
    )


def _measure(name: str, heading: str, width: int, drawn: str, shown: bool) -> dict[str, Any]:
    column: dict[str, Any] = {"field": name, "headerName": heading, "type": "rightAligned", "width": width}
    column["headerClass"] = header_class(WORDS[name], numeric=True)
    column |= {"cellRenderer": drawn} if drawn.isalpha() else {"valueFormatter": {"function": drawn}}
    if not shown:
        column["hide"] = True
    if name == "q_value":
        column["sortingOrder"] = ["asc", "desc", None]
    if name == "lift":
        column |= {"sort": "desc", "cellRendererParams": {"classes": list(LIFT_CLASSES)}}
    return column


def note(tested: bool, judged: bool, later: RulesLater | None, whole: str) -> str:
    """Say what the columns mean, or what this release lacks of them.

    Parameters
    ----------
    tested : bool
        Whether rules carry a test.
    judged : bool
        Whether they are compared with chance, and count customers.
    later : dict or None
        ``overview.rules_later``: the days held back; None where rules were not tried on later baskets.
    whole : str
        ``invoice`` or ``customer``: what a basket is.
    """
    parts = ["One row for each product set: its best rule. Press “All … rules” in its row for the others."]
    if judged:
        having = "who bought all products" if whole == "customer" else "with an invoice that has all products"
        parts.append(
            f"Customers: those {having}; a rule needs at least five, none of them with more than half "
            "of its baskets. “May be chance”: the lift is not clearly beyond the lift by chance."
        )
    if later:
        parts.append(
            f"Held up later: found in the baskets before {words.date(later.first_day)} and still clearly "
            f"above chance in those of the {later.days} days from then on. The counts below it: of the later "
            "baskets with the first products, how many had the others too."
        )
    elif tested:
        parts.append("The file is too short to set later baskets aside, so no rule could be tested on them.")
    if not judged:
        lacks = "did not compare rules with chance" if tested else "did not test rules"
        parts.append(
            f"This release was made by an earlier version, which {lacks}. Train again to see customers, lift "
            "by chance and which rules held up later."
        )
    return " ".join(parts)
