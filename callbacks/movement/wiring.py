"""Callbacks of the tab Movement: from the address to flows, causes and the customers of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.movement.view import show
from callbacks.shared.grid_requests import (
    answer_outputs,
    answered,
    first_asked,
    first_rows,
    portion_of,
    register_portions,
    sort_of,
    told,
)
from callbacks.shared.left_out import left_out, register_left_out
from layouts.ids import Movement, Shell
from layouts.movement import words as said
from layouts.movement.frame import PORTION, SAVING
from layouts.segments.frame import EXPORT
from services.core.text.addresses import query_of
from services.serving.lists.listing import sort_at
from services.serving.movement.address import answer, listed_movers, rows_in_flow
from services.serving.movement.moments import why_not
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

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

LIST = {
    "export": Output(Movement.EXPORT, "href"),
    "left_out": Output(Movement.LEFT_OUT, "children"),
    "audience": Output(Movement.AUDIENCE, "href"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_left_out(app, services, Movement.LEFT_OUT, rows_in)
    register_portions(app, Movement, LIST)
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
        output={
            "shown": SHOWN,
            "list": LIST | {"portion": Output(Movement.PORTION, "data")},
            # as it is, unless the answer fails: then the grid gets nobody
            "rows": Output(Movement.ANSWERED, "data", allow_duplicate=True),
        },
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "asked": State(Movement.GRID, "getRowsRequest"),
        },
        prevent_initial_call="initial_duplicate",
    )
    def on_address(search: str | None, release_id: str | None, asked: Shown | None) -> Shown:
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        request = first_asked(asked, PORTION, sort_at(query_of(search))[0])
        listed = told(release, "/movement", rows(release, request, search, opt_outs))
        listed["portion"] = first_rows(request, search, "", listed.pop("rows"))
        return {"shown": show(release, search), "list": listed, "rows": no_update}

    @app.callback(
        output=answer_outputs(Movement, LIST),
        inputs={
            "asked": Input(Movement.ASKED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            raise PreventUpdate
        release = services.releases.at(release_id)
        shown = told(release, "/movement", rows(release, asked, search, OptOuts(services.state)))
        return answered(asked, shown, LIST)


def rows_in(release: Loaded, search: str | None, _containing: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers of a flow; in any order.

    Raises
    ------
    Refusal
        If the release knows one moment only.
    """
    return rows_in_flow(release, answer(release, query_of(search)), "")


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
