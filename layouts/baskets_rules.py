"""The rules: their table, the picture's legend and findings, and the states without any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.baskets_filters import bound, going
from layouts.components import button, empty
from layouts.components.attributes import HIDDEN, attributes
from layouts.components.cards import Content
from layouts.ids import Baskets

if TYPE_CHECKING:
    from services.serving.rule_points import LiftClass
    from services.serving.rules import RuleFilters

CLASSES = (1, 3, 6, 10, 16, 24, 40)
# Name, heading, how it is written, whether it is shown at first.
MEASURES = (
    ("count", "Baskets", "number(params.value)", True),
    ("support", "Support", "share(params.value, 2)", True),
    ("confidence", "Confidence", "share(params.value)", True),
    ("lift", "Lift", "number(params.value, 1)", True),
    ("leverage", "Leverage", "number(params.value, 4)", True),
    ("conviction", "Conviction", "conviction(params.value)", True),
    ("zhangs_metric", "Zhang", "number(params.value, 2)", True),
    ("jaccard", "Jaccard", "number(params.value, 2)", False),
    ("certainty", "Certainty", "number(params.value, 2)", False),
    ("kulczynski", "Kulczynski", "number(params.value, 2)", False),
    ("representativity", "Representativity", "number(params.value, 2)", False),
)


_WIDTHS = {"confidence": 98, "lift": 86, "kulczynski": 112, "representativity": 140}


def rules_grid() -> Component:
    """Return the table; its rows come in portions, sorted by the service."""
    sides: list[dict[str, Any]] = [
        {"field": "antecedents", "headerName": "If the basket has"},
        {"field": "consequents", "headerName": "Then also"},
    ]
    columns = [
        {
            **side,
            "flex": 2,
            "minWidth": 88,
            "cellRenderer": "ProductsCell",
            "sortingOrder": ["asc", "desc", None],
        }
        for side in sides
    ] + [_measure(*measure) for measure in MEASURES]
    return dag.AgGrid(
        id=Baskets.GRID,
        className="sd-ag sd-rules",
        rowModelType="infinite",
        columnDefs=columns,
        defaultColDef={"resizable": True, "sortable": True, "cellDataType": False, "suppressMovable": True},
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {"function": "themeQuartz"},
            "rowHeight": 40,
            "headerHeight": 34,
            "cacheBlockSize": 50,
            "maxBlocksInCache": 10,
            "infiniteInitialRowCount": 1,
            "suppressCellFocus": False,
            "multiSortKey": "ctrl",
        },
        style={"height": "560px"},
    )


def _measure(name: str, heading: str, formatter: str, shown: bool) -> dict[str, Any]:
    column: dict[str, Any] = {
        "field": name,
        "headerName": heading,
        "type": "rightAligned",
        "width": _WIDTHS.get(name, 104),
        "hide": not shown,
        "sortingOrder": ["desc", "asc", None],
        "valueFormatter": {"function": formatter},
    }
    if name == "confidence":
        column |= {"cellClass": "ag-right-aligned-cell sd-strongest"}
    if name == "lift":
        column |= {
            "cellRenderer": "LiftCell",
            "sort": "desc",
            "cellRendererParams": {"classes": list(CLASSES)},
        }
    return column


def legend() -> html.Div:
    """Return the colours of lift, each with the lift it begins at."""
    parts: list[Component] = [html.Span("Lift")]
    for lowest, colour in zip(CLASSES, palette.SEQUENTIAL, strict=True):
        swatch = html.Span(className="sd-swatch", style={"--c": colour}, **HIDDEN)
        parts.append(html.Span([swatch, str(lowest)]))
    return html.Div(parts, className="sd-legend", role="note", **attributes(aria_label="Lift from"))


def sub(scope: dict[str, Any], everybody: bool) -> str:
    """Say which baskets were mined."""
    whose = "" if everybody else f"{scope['name']}: "
    return (
        f"{whose}{words.count(scope['baskets'], 'invoice')}, {words.count(scope['products'], 'product')}. "
        "A basket is an invoice; purchases only, duplicates removed."
    )


def scatter_finding(classes: Sequence[LiftClass]) -> str:
    """Say how often the strong rules occur, from the classes of lift that hold a rule, weakest first."""
    rules = sum(each.rules for each in classes)
    if len(classes) < 2:
        lowest, below = classes[0].lowest, classes[0].below
        upto = f"under {below}" if below else "and more"
        return f"{words.capital(words.count(rules, 'rule'))}, with a lift of {lowest} {upto}."
    strong = [classes[-1]]
    for each in reversed(classes[1:-1]):
        if sum(one.rules for one in strong) >= max(5, rules // 50):
            break
        strong.append(each)
    least, most = strong[-1].lowest, max(each.support for each in strong)
    if most < 0.75 * max(each.support for each in classes):
        above = math.floor(most * 1000 + 1e-9) / 1000 + 0.001
        return (
            f"The strong rules are rare: none with a lift of {least} or more reaches "
            f"{words.share(above, 1)} of invoices."
        )
    count = sum(each.rules for each in strong)
    return (
        f"{words.count(count, 'rule')} of {words.number(rules)} {'has' if count == 1 else 'have'} a lift of "
        f"{least} or more, in up to {words.share(most, 1)} of invoices."
    )


def rules_finding(best: dict[str, Any]) -> Content:
    """Say the rule of highest lift in a sentence; ``best`` is a row of the table."""
    several = len(best["antecedents"]) > 1
    return [
        names(best["antecedents"], first=True),
        " lead to " if several else " leads to ",
        names(best["consequents"]),
        f" in {words.share(best['confidence'])} of {'their' if several else 'its'} invoices, "
        f"{words.number(best['lift'], 1)} times as often as by chance.",
    ]


def names(products: Sequence[str], *, first: bool = False) -> html.Span:
    """Return products within a sentence; the style sheet lowers their capitals but the ``first``."""
    return product_text(words.listing(products), first=first)


def product_text(text: str, *, first: bool = False) -> html.Span:
    """Return text made of products' names."""
    return html.Span(text, className="sd-prod-in sd-prod-first" if first else "sd-prod-in")


def nothing(given: RuleFilters, note: str, drop: str = "", would: int = 0, query: str = "") -> Component:
    """Say that no rule fits, which filter to drop, and what that would give.

    Parameters
    ----------
    given : RuleFilters
    note : str
        Why a group has no rules at all; empty when it has some.
    drop : str
        The filter to drop in words, such as "Product tea"; empty where none helps.
    would : int
        How many rules there would be without it.
    query : str
        The address without it.
    """
    active = len(given.active)
    lead = "No rule was found"
    if active:
        lead = (
            "No rule fits this filter" if active == 1 else f"No rule fits all {words.small(active)} filters"
        )
    if not drop:
        return empty(lead, note or "No products are bought together often enough.")
    action = going(button("Drop this filter", small=True), query)
    return empty(lead, f"{note} Without “{drop}” there would be {words.number(would)}.".strip(), action)


def said(name: str, given: RuleFilters, scope: str, items: Sequence[str]) -> str:
    """Return a set filter in words, as its chip has it."""
    if name == "scope":
        return f"{given.scope.partition(':')[0].capitalize()} {scope}"
    if name == "items":
        return f"Product {' and '.join(items)}"
    return f"{name.removeprefix('min_').capitalize()} {bound(name, getattr(given, name))}"


def refused() -> Component:
    """Return what stands where the rules were when a filter's value was refused."""
    return empty("No rules for this value", "What is possible stands beside the field.")
