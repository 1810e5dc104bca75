"""The card of a customer's orders and returns, and an order opened to its lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.customers import findings
from layouts.customers.came_back import came_back, many, returns
from layouts.ids import Customers
from layouts.parts import card
from layouts.parts.attributes import attributes
from layouts.parts.grids import grid_options
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.customers.lines import Line, TakenFrom
    from services.serving.customers.orders import Order
    from services.serving.customers.returns import Return

MOST_LINES = 500
"""Lines of an order that are shown; the next ones would make the page too heavy."""
_HEAD, _ROW = 42, 36
_LEAST, _MOST = 3, 8
_OPENS = later("Press an invoice to see the lines of the order.")
_LEFT = later("Pieces and values are after returns.")
_BOUGHT = later("Pieces and values are as they were bought; returns are not taken off.")


def orders_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    return card(
        _("Orders and returns"),
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
    money = {**numeric, "valueFormatter": {"function": "money(params.value)"}}
    columns = [
        {"field": "invoice", "headerName": _("Invoice"), "minWidth": 100, "cellRenderer": "OrderCell"},
        {
            "field": "bought_at",
            "headerName": _("Date"),
            "sort": "desc",
            "minWidth": 156,
            "valueFormatter": {"function": "dayTime(params.value)"},
        },
        {"field": "lines", "headerName": _("Lines"), **numeric},
        {
            "field": "pieces",
            "headerName": _("Pieces"),
            **numeric,
            "valueFormatter": {"function": "number(params.value, 0)"},
        },
        {"field": "amount", "headerName": _("Value"), **money},
    ]
    return dag.AgGrid(
        id=Customers.ORDERS,
        columnDefs=columns,
        rowData=[],
        columnSize="responsiveSizeToFit",
        defaultColDef={"resizable": False, "suppressMovable": True, "minWidth": 76},
        dashGridOptions=grid_options(suppressCellFocus=False),
        className="sd-ag sd-customers-orders",
        style=room(0),
    )


def room(rows: int) -> dict[str, str]:
    """Return how high the list is: as its rows, from three to eight of them."""
    return {"height": f"{_HEAD + _ROW * min(max(rows, _LEAST), _MOST)}px"}


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
    told = [_told(listed, pieces)] if rows else []
    parts: dict[str, Any] = {}
    if back := details.returns:
        told.append(findings.returns(back))
        parts[Customers.RETURNS] = returns(back, details.taken, known=details.opens)
    note = f"{_OPENS()} {_LEFT() if matched else _BOUGHT()}" if rows else ""
    return {
        "orders": rows,
        "orders_room": room(len(rows)),
        "orders_finding": " ".join(told),
        "orders_note": note,
        "parts": parts,
    }


def _told(listed: Sequence[Order], pieces: float) -> str:
    """Say how many orders there are, of how many pieces, and their sum."""
    n, total = words.small(len(listed)), words.money(sum(order.amount for order in listed))
    if not pieces:
        return words.capital(
            plural("{n} order, {money}.", "{n} orders, {money}.", len(listed), n=n, money=total)
        )
    return words.capital(
        plural(
            "{n} order, {pieces}, {money}.",
            "{n} orders, {pieces}, {money}.",
            len(listed),
            n=n,
            pieces=plural("{n} piece", "{n} pieces", math.ceil(pieces), n=words.number(pieces)),
            money=total,
        )
    )


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
        (_("Product"), "product", False),
        *([(_("Code"), "text", True)] if coded else []),
        (_("Quantity"), "quantity", False),
        (_("Price"), "money", True),
        *([(_("Returned"), "text", False)] if back else []),
        (_("Value"), "money", False),
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
        "heading": _("Order {invoice}", invoice=invoice),
        "finding": _finding(order, lines),
        "table": _("Lines of order {invoice}", invoice=invoice),
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
    came = came_back(taken, matched=known and back.taken is not None)
    places = {"when": _when(back.returned_at), "money": words.money(back.amount)}
    finding = (
        _("{when}: {money} came back.", **places)
        if came == words.NOTHING
        else _("{when}: {money} came back: {what}.", what=came, **places)
    )
    return {"heading": _("Return {invoice}", invoice=back.invoice), "finding": finding}


def not_opened(invoice: str, sentence: str) -> dict[str, Any]:
    """Return what stands in the place of an order that cannot be shown."""
    return {"heading": _("Order {invoice}", invoice=invoice[:64]), "finding": sentence}


def _finding(order: Order | None, lines: Sequence[Line]) -> str:
    if order is None:
        return _("All of it was returned, so it does not count as an order.")
    kept = sum(each.quantity != 0 for each in lines)
    places = {"when": _when(order.bought_at), "lines": _lines(kept), "money": words.money(order.amount)}
    if back := sum(each.returned for each in lines):
        said = plural(
            "{when}: {lines}, {money} after {n} piece was returned.",
            "{when}: {lines}, {money} after {n} pieces were returned.",
            math.ceil(back),
            n=many(back),
            **places,
        )
    else:
        said = _("{when}: {lines}, {money}.", **places)
    if len(lines) <= MOST_LINES:
        return said
    cut = _("The first {most} of {lines} are shown.", most=words.number(MOST_LINES), lines=_lines(len(lines)))
    return f"{said} {cut}"


def _lines(count: int) -> str:
    return plural("{n} line", "{n} lines", count, n=words.number(count))


def _when(moment: datetime) -> str:
    """Name the day, and the time where there is one."""
    return words.date_time(moment) if moment.time() != time() else words.date_short(moment)


def _returned(line: Line) -> str:
    if not line.returned or line.returned_at is None:
        return ""
    day = words.date_short(line.returned_at)
    return _("{pieces} on {day}", pieces=many(line.returned), day=day)
