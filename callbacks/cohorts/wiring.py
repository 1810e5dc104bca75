"""Callbacks of the tab Cohorts: from the address to the matrix and the customers of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.cohorts.more import more
from callbacks.cohorts.view import CHOSEN, show
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
from callbacks.shared.kept import kept
from callbacks.shared.left_out import left_out, register_left_out
from callbacks.shared.remembered import remembered
from layouts.cohorts.frame import PAGE, PORTION, SAVING
from layouts.ids import Cohorts, Shell
from layouts.plain import plain
from layouts.segments.frame import EXPORT
from services.core.text.addresses import query_of
from services.serving.cohorts.address import answer, rows_in_cell, why_not
from services.serving.lists.listing import listed, sort_at
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
SELECTS = {"country": Cohorts.COUNTRY, "segment": Cohorts.SEGMENT, "product": Cohorts.PRODUCT}
SHOWN = {
    "sub": Output(Cohorts.SUB, "children"),
    "missing": Output(Cohorts.MISSING, "children"),
    "body_hidden": Output(Cohorts.BODY, "hidden"),
    "every": Output(Cohorts.EVERY, "children"),
    "chips": Output(Cohorts.CHIPS, "children"),
    "found": Output(Cohorts.FOUND, "children"),
    "notes": Output(Cohorts.NOTES, "children"),
    "show": Output(Cohorts.SHOW, "children"),
    "finding": Output(Cohorts.FINDING, "children"),
    "matrix": Output(Cohorts.MATRIX, "children"),
    "note": Output(Cohorts.NOTE, "children"),
    "file": Output(Cohorts.MATRIX_FILE, "href"),
    "list_finding": Output(Cohorts.LIST_FINDING, "children"),
    "nothing": Output(Cohorts.NOTHING, "children"),
    "list_class": Output(Cohorts.LIST, "className"),
    "export_hidden": Output(Cohorts.EXPORT, "hidden"),
    "columns": Output(Cohorts.GRID, "columnDefs"),
    "shown": Output(Cohorts.SHOWN, "data"),
    **{f"{name}_options": Output(place, "options") for name, place in SELECTS.items()},
    **{name: Output(place, "value") for name, place in SELECTS.items()},
}
FRAME = {"cards": Output(Cohorts.CARDS, "children"), "framed": Output(Cohorts.FRAMED, "data")}
LIST = {
    "export": Output(Cohorts.EXPORT, "href"),
    "left_out": Output(Cohorts.LEFT_OUT, "children"),
    "audience": Output(Cohorts.AUDIENCE, "href"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_left_out(app, services, Cohorts.LEFT_OUT, rows_in)
    register_portions(app, Cohorts, LIST)
    app.clientside_callback(
        ClientsideFunction("cohorts", "choose"),
        Output(Shell.ADDRESS, "search", allow_duplicate=True),
        *(Input(SELECTS[name], "value") for name in CHOSEN),
        State(Cohorts.SHOWN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Cohorts.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        State(Cohorts.GRID, "id"),
        prevent_initial_call=True,
    )

    @app.callback(
        output={
            "shown": SHOWN,
            "frame": FRAME,
            "list": LIST | {"portion": Output(Cohorts.PORTION, "data")},
            # as it is, unless the answer fails: then the grid gets nobody
            "rows": Output(Cohorts.ANSWERED, "data", allow_duplicate=True),
        },
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "asked": State(Cohorts.GRID, "getRowsRequest"),
            "framed": State(Cohorts.FRAMED, "data"),
        },
        prevent_initial_call="initial_duplicate",
    )
    def on_address(
        search: str | None, release_id: str | None, asked: Shown | None, framed: bool | None
    ) -> Shown:
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        request = first_asked(asked, PORTION, sort_at(query_of(search))[0])
        shown = told(release, PAGE, rows(release, request, search, opt_outs))
        shown["portion"] = first_rows(request, search, "", shown.pop("rows"))
        return {
            "shown": show(release, search),
            "frame": kept(FRAME) if framed else {"cards": _cards(services, release), "framed": True},
            "list": shown,
            "rows": no_update,
        }

    @app.callback(
        output=answer_outputs(Cohorts, LIST),
        inputs={
            "asked": Input(Cohorts.ASKED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            raise PreventUpdate
        release = services.releases.at(release_id)
        shown = told(release, PAGE, rows(release, asked, search, OptOuts(services.state)))
        return answered(asked, shown, LIST)


def _cards(services: Services, release: Loaded) -> Any:
    """Return what no address changes: the page asks for it once."""
    if why_not(release):
        return []
    return remembered(services, ("cohorts-more", release.id), lambda: plain(more(release)))


def rows_in(release: Loaded, search: str | None, _containing: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers that an address lists; in any order.

    Raises
    ------
    Refusal
        If the release has no cohorts.
    """
    return rows_in_cell(release, answer(release, query_of(search)), "")


def rows(release: Loaded, asked: Shown, search: str | None, opt_outs: OptOuts) -> Shown:
    """Return the portion of the customers that the grid asks for, and where the same are a file.

    What they are narrowed by is among them, for the log.

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
    found = answer(release, query_of(search))
    sort = sort_of(asked)
    ordered = rows_in_cell(release, found, sort)
    chosen = portion_of(asked)
    pairs = found.asked.pairs
    return {
        "rows": {"rowData": listed(release, ordered[chosen]), "rowCount": len(ordered)},
        "export": f"{EXPORT}?{urlencode([*pairs, ('sort', sort), ('release', release.id)])}",
        # scrolling changes no view
        "left_out": no_update if chosen.start else left_out(release, ordered, opt_outs),
        "audience": f"{SAVING}&{urlencode(pairs)}",
        "narrowed": pairs,
    }
