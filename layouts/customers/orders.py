"""The card of a customer's orders and returns, and an order opened to its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.customers import words as customers_words
from layouts.ids import Customers
from layouts.parts import card
from layouts.parts.attributes import attributes

if TYPE_CHECKING:
    from services.serving.customers.lines import Line, TakenFrom
    from services.serving.customers.orders import Order
    from services.serving.customers.returns import Return

MOST_LINES = 500
"""Lines of an order that are shown; the next ones would make the page too heavy."""
_OPENS = "Press an invoice to see the lines of the order."
_LEFT = "Pieces and values are after returns."
_BOUGHT = "Pieces and values are as they were bought; returns are not taken off."
_NAMED = 3
_PLACES = 3
"""Decimals of pieces that are not whole."""


def orders_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    return card(
        "Orders and returns",
        html.Span(id=Customers.ORDERS_FINDING),
        [
            _grid(),
            html.Div(id=Customers.ORDER_LINES, className="sd-order", **attributes(aria_live="polite")),
            html.Div(id=Customers.RETURNS),
            dcc.Store(id=Customers.ORDER),
            dcc.Store(id=Customers.OPENED),
        ],
        width=7,
        note=html.Span(id=Customers.ORDERS_NOTE),
        flush=True,
        id=Customers.card("orders"),
    )


def _grid() -> Component:
    numeric = {"type": "rightAligned", "sortable": True}
    columns = [
        {"field": "invoice", "headerName": "Invoice", "minWidth": 100, "cellRenderer": "OrderCell"},
        {
            "field": "bought_at",
            "headerName": "Date",
            "sort": "desc",
            "minWidth": 156,
            "valueFormatter": {"function": "dayTime(params.value)"},
        },
        {"field": "lines", "headerName": "Lines", **numeric},
        {
            "field": "pieces",
            "headerName": "Pieces",
            **numeric,
            "valueFormatter": {"function": "number(params.value, 0)"},
        },
        {
            "field": "amount",
            "headerName": "Value",
            **numeric,
            "valueFormatter": {"function": "money(params.value)"},
        },
    ]
    return dag.AgGrid(
        id=Customers.ORDERS,
        columnDefs=columns,
        rowData=[],
        columnSize="responsiveSizeToFit",
        defaultColDef={"resizable": False, "suppressMovable": True, "minWidth": 76},
        dashGridOptions={"theme": {"function": "themeQuartz"}, "suppressCellFocus": False},
        className="sd-ag sd-customers-orders",
        style={"height": "330px"},
    )


def orders(standing: Any, details: Any, *, matched: bool) -> dict[str, Any]:
    """Return the card that lists every order, with what is left of it, and every return.

    Parameters
    ----------
    standing : services.serving.customers.page.Habits
    details : services.serving.customers.page.Details
    matched : bool
        Whether returns were taken off the orders.
    """
    listed = standing.orders
    pieces = sum(order.pieces or 0 for order in listed)
    counted = f", {words.count(pieces, 'piece')}" if pieces else ""
    total = words.money(sum(order.amount for order in listed))
    rows = [
        {
            "invoice": order.invoice,
            "bought_at": order.bought_at.isoformat(),
            "lines": order.lines,
            "pieces": order.pieces,
            "amount": order.amount,
        }
        for order in listed
    ]
    finding = f"{words.capital(words.small(len(listed)))} {'order' if len(listed) == 1 else 'orders'}"
    told = [f"{finding}{counted}, {total}."] if rows else []
    parts: dict[str, Any] = {}
    if back := details.returns:
        told.append(customers_words.returns_finding(back))
        parts[Customers.RETURNS] = _returns(back, details.taken, known=details.opens)
    note = f"{_OPENS} {_LEFT if matched else _BOUGHT}" if rows else ""
    return {"orders": rows, "orders_finding": " ".join(told), "orders_note": note, "parts": parts}


def opened(invoice: str, order: Order | None, lines: Sequence[Line]) -> dict[str, Any]:
    """Return what the browser shows of an order, as plain values.

    Parameters
    ----------
    invoice : str
    order : Order or None
        None where nothing is left of it.
    lines : sequence of Line
    """
    shown = lines[:MOST_LINES]
    coded = any(each.product and each.product != each.description for each in shown)
    back = any(each.returned for each in shown)
    columns = [
        ("Product", "product", False),
        *([("Code", "text", True)] if coded else []),
        ("Quantity", "quantity", False),
        ("Price", "money", True),
        *([("Returned", "text", False)] if back else []),
        ("Value", "money", False),
    ]
    rows = [
        [
            each.description,
            *([each.product or words.NOTHING] if coded else []),
            each.quantity,
            each.price if each.quantity != 0 else None,
            *([_returned(each)] if back else []),
            each.amount,
        ]
        for each in shown
    ]
    return {
        "heading": f"Order {invoice}",
        "finding": _finding(order, lines),
        "table": f"Lines of order {invoice}",
        "columns": [dict(zip(("name", "kind", "optional"), each, strict=True)) for each in columns],
        "rows": rows,
    }


def returned(back: Return, taken: Sequence[TakenFrom], *, known: bool) -> dict[str, Any]:
    """Return what the browser shows of a return whose number was looked for.

    Parameters
    ----------
    back : Return
    taken : sequence of TakenFrom
        What it took off the orders.
    known : bool
        Whether the release has the lines of orders.
    """
    came = _came_back(taken, matched=known and back.taken is not None)
    what = "" if came == words.NOTHING else f": {came}"
    finding = f"{_when(back.returned_at)}: {words.money(back.amount)} came back{what}."
    return {"heading": f"Return {back.invoice}", "finding": finding}


def not_opened(invoice: str, sentence: str) -> dict[str, Any]:
    """Return what stands in the place of an order that cannot be shown."""
    return {"heading": f"Order {invoice[:64]}", "finding": sentence}


def _finding(order: Order | None, lines: Sequence[Line]) -> str:
    if order is None:
        return "All of it was returned, so it does not count as an order."
    kept = sum(each.quantity != 0 for each in lines)
    said = f"{_when(order.bought_at)}: {words.count(kept, 'line')}, {words.money(order.amount)}"
    if back := sum(each.returned for each in lines):
        verb = "piece was returned" if back == 1 else "pieces were returned"
        said += f" after {_pieces(back)} {verb}"
    if len(lines) > MOST_LINES:
        said += f". The first {words.number(MOST_LINES)} of {words.count(len(lines), 'line')} are shown"
    return f"{said}."


def _when(moment: datetime) -> str:
    """Name the day, and the time where there is one."""
    return words.date_time(moment) if moment.time() != time() else words.date_short(moment)


def _returned(line: Line) -> str:
    if not line.returned or line.returned_at is None:
        return ""
    return f"{_pieces(line.returned)} on {words.date_short(line.returned_at)}"


def _pieces(number: float) -> str:
    return words.number(number, 0 if float(number).is_integer() else _PLACES)


def _returns(
    back: Sequence[Return], taken: Mapping[str, Sequence[TakenFrom]], *, known: bool
) -> dict[str, Any]:
    kinds = [
        ("Return", "text", False),
        ("Date", "dayTime", False),
        ("What came back", "text", False),
        ("Pieces", "number", True),
        ("Value", "money", False),
        ("Taken off orders", "money", False),
    ]
    rows = [
        [
            each.invoice,
            each.returned_at.isoformat(),
            _came_back(taken.get(each.invoice, ()), matched=known and each.taken is not None),
            each.pieces,
            each.amount,
            each.taken,
        ]
        for each in reversed(back)
    ]
    columns = [dict(zip(("name", "kind", "optional"), each, strict=True)) for each in kinds]
    return {"table": "Returns", "columns": columns, "rows": rows}


def _came_back(taken: Sequence[TakenFrom], *, matched: bool) -> str:
    """Name the orders and products: ``6 of order 540539: Regency cakestand and 2 more``."""
    if not taken:
        return "no purchase in the file" if matched else words.NOTHING
    told = []
    for each in taken:
        named, more = each.products[:_NAMED], len(each.products) - _NAMED
        products = ", ".join(named) + (f" and {words.number(more)} more" if more > 0 else "")
        told.append(f"{_pieces(each.pieces)} of order {each.invoice}: {products}")
    return "; ".join(told)
