"""Callbacks of the tab Movement: from the address to flows, causes and the customers of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.movement.view import query_of, show
from callbacks.shared.grid_requests import portion_of, sort_of, told
from callbacks.shared.left_out import left_out, register_left_out
from layouts.ids import Movement, Shell
from layouts.movement import words as said
from layouts.movement.frame import SAVING
from layouts.segments.frame import EXPORT
from services.serving.movement.address import answer, listed_movers, rows_in_flow
from services.serving.movement.moments import why_not
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
SHOWN = {
    "sub": Output(Movement.SUB, "children"),
    "missing": Output(Movement.MISSING, "children"),
    "body_hidden": Output(Movement.BODY, "hidden"),
    "end_hidden": Output(Movement.TO_FIELD, "hidden"),
    "by_hidden": Output(Movement.BY, "hidden"),
    "start_options": Output(Movement.FROM, "options"),
    "end_options": Output(Movement.TO, "options"),
    "start": Output(Movement.FROM, "value"),
    "end": Output(Movement.TO, "value"),
    "notes": Output(Movement.NOTES, "children"),
    "kpis": Output(Movement.KPIS, "children"),
    "diagram_finding": Output(Movement.DIAGRAM_FINDING, "children"),
    "flows_finding": Output(Movement.FLOWS_FINDING, "children"),
    "list_finding": Output(Movement.LIST_FINDING, "children"),
    "causes_note": Output(Movement.CAUSES_NOTE, "children"),
    "chips": Output(Movement.CHIPS, "children"),
    "nothing": Output(Movement.NOTHING, "children"),
    "list_class": Output(Movement.LIST, "className"),
    "export_hidden": Output(Movement.EXPORT, "hidden"),
    "columns": Output(Movement.GRID, "columnDefs"),
    "data": Output(Movement.DATA, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_left_out(app, services, Movement.LEFT_OUT, Movement.AUDIENCE)
    app.clientside_callback(
        ClientsideFunction("movement", "draw"),
        Output(Movement.FLOWS, "children"),
        Input(Movement.DATA, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("movement", "choose"),
        Output(Shell.ADDRESS, "search", allow_duplicate=True),
        Input(Movement.FROM, "value"),
        Input(Movement.TO, "value"),
        State(Movement.DATA, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Movement.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        State(Movement.GRID, "id"),
        prevent_initial_call=True,
    )

    @app.callback(
        output=SHOWN,
        inputs={"search": Input(Shell.ADDRESS, "search"), "release_id": State(Shell.RELEASE, "data")},
    )
    def on_address(search: str | None, release_id: str | None) -> Shown:
        return show(services.releases.at(release_id), search)

    @app.callback(
        output={
            "rows": Output(Movement.GRID, "getRowsResponse"),
            "export": Output(Movement.EXPORT, "href"),
            "left_out": Output(Movement.LEFT_OUT, "children"),
            "audience": Output(Movement.AUDIENCE, "href"),
        },
        inputs={
            "asked": Input(Movement.GRID, "getRowsRequest"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            return dict.fromkeys(("rows", "export", "left_out", "audience"), no_update)
        release = services.releases.at(release_id)
        return told(release, "/movement", rows(release, asked, search, OptOuts(services.state)))


def rows(release: Loaded, asked: Shown, search: str | None, opt_outs: OptOuts) -> Shown:
    """Return the portion of a flow's customers that the grid asks for, and where the same flow is a file.

    What it is narrowed by is among them, for the log.

    Parameters
    ----------
    release : Loaded
    asked : dict
        As AG Grid sends it.
    search : str or None
        The address's query.
    opt_outs : OptOuts
        Whose customers are in no file.
    """
    if why_not(release):
        nobody = {"rowData": [], "rowCount": 0}
        return {"rows": nobody, "export": no_update, "left_out": "", "audience": no_update, "narrowed": []}
    query = query_of(search)
    found = answer(release, query)
    sort = sort_of(asked)
    ordered = rows_in_flow(release, found, sort)
    chosen = portion_of(asked)
    portion = [
        row | {"cause": said.CAUSES.get(row["cause"] or "")}
        for row in listed_movers(release, found.moved, ordered[chosen])
    ]
    kept = found.asked.pairs
    return {
        "rows": {"rowData": portion, "rowCount": len(ordered)},
        "export": f"{EXPORT}?{urlencode([*kept, ('sort', sort), ('release', release.id)])}",
        # scrolling changes no view
        "left_out": no_update if chosen.start else left_out(release, ordered, opt_outs),
        "audience": f"{SAVING}&{urlencode(kept)}",
        "narrowed": kept,
    }
