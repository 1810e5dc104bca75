"""The table of rules, and what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Baskets
from layouts.parts.grids import grid_options
from layouts.parts.terms import header_class
from services.core.language.messages import _, later, plural
from services.core.vocabulary import LIFT_CLASSES

if TYPE_CHECKING:
    from services.releases.overview.ledger import RulesLater

PORTION = 25  # rows that the table asks for at once
# Name, heading, width, how it is written or what draws it, whether it is shown at first.
MEASURES = (
    ("support", later("Support"), 86, "SupportCell", True),
    ("customers", later("Customers"), 96, "number(params.value, 0)", True),
    ("confidence", later("Confidence"), 104, "ConfidenceCell", True),
    ("lift", later("Lift"), 78, "LiftCell", True),
    ("chance_lift", later("Lift by chance"), 118, "ChanceCell", True),
    ("held_up", later("Held up later"), 122, "HeldUpCell", True),
    ("leverage", later("Leverage"), 94, "number(params.value, 4)", False),
    ("conviction", later("Conviction"), 102, "conviction(params.value)", False),
    ("p_value", later("Fisher’s p"), 100, "probability(params.value)", False),
    ("jaccard", later("Jaccard"), 90, "number(params.value, 2)", False),
    ("certainty", later("Certainty"), 94, "number(params.value, 2)", False),
    ("kulczynski", later("Kulczynski"), 104, "number(params.value, 2)", False),
    ("representativity", later("Representativity"), 134, "number(params.value, 2)", False),
    ("q_value", later("Chance of a fluke"), 144, "FlukeCell", False),
    ("zhangs_metric", later("Zhang"), 70, "number(params.value, 2)", False),
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
        {"field": "antecedents", "headerName": _("If the basket has")},
        {"field": "consequents", "headerName": _("Then also")},
    ]
    details = {
        "colId": "details",
        "headerName": _("Product set"),
        "cellRenderer": "DetailsCell",
        "width": 104,
    }
    buyers = {"colId": "buyers", "headerName": _("Buyers"), "cellRenderer": "BuyersCell", "width": 76}
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
        dashGridOptions=grid_options(
            columnTypes={"products": products},
            rowHeight=44,
            headerHeight=34,
            cacheBlockSize=PORTION,
            maxConcurrentDatasourceRequests=1,
            maxBlocksInCache=20,
            infiniteInitialRowCount=1,
            suppressCellFocus=False,
            multiSortKey="ctrl",
        ),
        style={"height": "560px"},
    )


def _measure(name: str, heading: later, width: int, drawn: str, shown: bool) -> dict[str, Any]:
    column: dict[str, Any] = {"field": name, "headerName": heading(), "type": "rightAligned", "width": width}
    column["headerClass"] = header_class(WORDS[name], numeric=True)
    column |= {"cellRenderer": drawn} if drawn.isalpha() else {"valueFormatter": {"function": drawn}}
    if not shown:
        column["hide"] = True
    if name == "q_value":
        column["sortingOrder"] = ["asc", "desc", None]
    if name == "lift":
        column |= {"sort": "desc", "cellRendererParams": {"classes": list(LIFT_CLASSES)}}
    return column


def note(tested: bool, judged: bool, held_back: RulesLater | None, whole: str) -> str:
    """Say what the columns mean, or what this release lacks of them.

    Parameters
    ----------
    tested : bool
        Whether rules carry a test.
    judged : bool
        Whether they are compared with chance, and count customers.
    held_back : RulesLater or None
        ``overview.rules_later``: the days held back; None where rules were not tried on later baskets.
    whole : str
        ``invoice`` or ``customer``: what a basket is.
    """
    parts = [_("One row for each product set: its best rule. Press “All … rules” in its row for the others.")]
    if judged:
        parts.append(
            _(
                "Customers: those who bought all products; a rule needs at least five, none of them with "
                "more than half of its baskets. “May be chance”: the lift is not clearly beyond the lift by "
                "chance."
            )
            if whole == "customer"
            else _(
                "Customers: those with an invoice that has all products; a rule needs at least five, none of "
                "them with more than half of its baskets. “May be chance”: the lift is not clearly beyond "
                "the lift by chance."
            )
        )
    if held_back:
        parts.append(
            plural(
                "Held up later: found in the baskets before {day} and still clearly above chance in those of "
                "the {n} day from then on. The counts below it: of the later baskets with the first "
                "products, how many had the others too.",
                "Held up later: found in the baskets before {day} and still clearly above chance in those of "
                "the {n} days from then on. The counts below it: of the later baskets with the first "
                "products, how many had the others too.",
                held_back.days,
                day=words.date(held_back.first_day),
            )
        )
    elif tested:
        parts.append(
            _("The file is too short to set later baskets aside, so no rule could be tested on them.")
        )
    if not judged:
        parts.append(
            _("This release was made by an earlier version, which did not compare rules with chance.")
            if tested
            else _("This release was made by an earlier version, which did not test rules.")
        )
        parts.append(_("Train again to see customers, lift by chance and which rules held up later."))
    return " ".join(parts)
