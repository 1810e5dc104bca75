"""An order opened to its lines, on the tab Customers: by a press, or by the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks.customers.asked import asked_in
from callbacks.shared.address import one_or_none
from layouts.customers import orders as view
from layouts.ids import Customers, Shell
from services.core.refusals import Refusal
from services.serving.customers.lines import keeps_lines, lines_of, taken_by_return
from services.serving.customers.orders import one_order
from services.serving.customers.returns import returns

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded


def register(app: Dash, services: Services, tell: Callable[[Loaded, list[str]], None]) -> None:
    """Attach what opens orders to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    tell : callable
        Has it logged whom they look up.
    """
    app.clientside_callback(
        ClientsideFunction("desk_orders", "build"),
        Output(Customers.ORDER_LINES, "children"),
        Input(Customers.ORDER, "data"),
        Input(Customers.ID, "children"),
    )

    @app.callback(
        Output(Customers.ORDER, "data", allow_duplicate=True),
        inputs={
            "opened": Input(Customers.OPENED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_open(opened: dict[str, Any] | None, search: str | None, release_id: str | None) -> Any:
        if not opened:
            raise PreventUpdate
        release = services.releases.at(release_id)
        asked = asked_in(release, search)
        tell(release, asked.looked_up)
        profile = one_or_none(release, asked.ids)
        return order(release, profile.row, opened["order"]) if profile else None


def order(release: Loaded, row: int, invoice: str) -> dict[str, Any]:
    """Return an order of the customer in a row as the browser shows it, or why it cannot, and whose it is."""
    return {"customer": release.id_of(row), **_shown(release, row, invoice)}


def _shown(release: Loaded, row: int, invoice: str) -> dict[str, Any]:
    found = one_order(release, row, invoice)
    back = next((each for each in returns(release, row) if each.invoice == invoice), None)
    if found is None and back is not None:
        taken = taken_by_return(release, row).get(invoice, [])
        return view.returned(back, taken, known=keeps_lines(release))
    try:
        lines = lines_of(release, row, invoice)
    except Refusal as refused:
        return view.not_opened(invoice, str(refused))
    return view.opened(invoice, found, lines)
