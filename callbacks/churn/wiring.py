"""Callbacks of the tab Churn: from the address to threshold, map, profit and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.churn.view import frame, show
from callbacks.shared.grid_requests import (
    answer_outputs,
    answered,
    first_rows,
    portion_of,
    register_portions,
    told,
)
from callbacks.shared.kept import kept
from callbacks.shared.left_out import left_out, register_left_out
from layouts.churn import words as said
from layouts.churn.frame import SAVING
from layouts.churn.list import PORTION
from layouts.ids import Churn, Shell
from layouts.segments.frame import EXPORT
from services.core.churn.costs import FIGURES
from services.core.filters import CHOICES
from services.core.text.addresses import query_of
from services.serving.churn.people import answer, listed_at_risk, rows_by_loss, why_not
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
VIEW = {
    "missing": Output(Churn.MISSING, "children"),
    "body_class": Output(Churn.BODY, "className"),
    "chips": Output(Churn.CHIPS, "children"),
    "found": Output(Churn.FOUND, "children"),
    "notes": Output(Churn.NOTES, "children"),
    "kpis": Output(Churn.KPIS, "children"),
    "map": Output(Churn.MAP, "children"),
    "map_finding": Output(Churn.MAP_FINDING, "children"),
    "profit": Output(Churn.PROFIT, "figure"),
    "profit_finding": Output(Churn.PROFIT_FINDING, "children"),
    "profit_table": Output(Churn.PROFIT_TABLE, "children"),
    "profit_note": Output(Churn.PROFIT_NOTE, "children"),
    "list_finding": Output(Churn.LIST_FINDING, "children"),
    "list_class": Output(Churn.LIST, "className"),
    "part": Output(Churn.PART, "children"),
    "nothing": Output(Churn.NOTHING, "children"),
    "audience_label": Output(Churn.AUDIENCE, "children"),
    "export_hidden": Output(Churn.EXPORT, "hidden"),
    "segments": Output(Churn.SEGMENTS, "children"),
    "segments_finding": Output(Churn.SEGMENTS_FINDING, "children"),
    "clusters": Output(Churn.CLUSTERS, "children"),
    "clusters_finding": Output(Churn.CLUSTERS_FINDING, "children"),
    "confusion": Output(Churn.CONFUSION, "children"),
    "costs": Output(Churn.COSTS, "data"),
}
FRAME = {
    "sub": Output(Churn.SUB, "children"),
    "menus": {name: Output(Churn.menu(name), "children") for name in CHOICES},
    "columns": Output(Churn.GRID, "columnDefs"),
    "calibration": Output(Churn.CALIBRATION, "figure"),
    "calibration_finding": Output(Churn.CALIBRATION_FINDING, "children"),
    "calibration_table": Output(Churn.CALIBRATION_TABLE, "children"),
    "calibration_note": Output(Churn.CALIBRATION_NOTE, "children"),
    "cuts": Output(Churn.CUTS, "children"),
    "cuts_finding": Output(Churn.CUTS_FINDING, "children"),
    "cuts_note": Output(Churn.CUTS_NOTE, "children"),
    "models": Output(Churn.MODELS, "children"),
    "models_finding": Output(Churn.MODELS_FINDING, "children"),
    "roc": Output(Churn.ROC, "figure"),
    "precision": Output(Churn.PRECISION, "figure"),
    "lift": Output(Churn.LIFT, "figure"),
    "framed": Output(Churn.FRAMED, "data"),
}
LIST = {
    "export": Output(Churn.EXPORT, "href"),
    "left_out": Output(Churn.LEFT_OUT, "children"),
    "audience": Output(Churn.AUDIENCE, "href"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    _in_the_browser(app)
    register_left_out(app, services, Churn.LEFT_OUT, rows_in)
    register_portions(app, Churn, LIST)

    @app.callback(
        output={
            "view": VIEW,
            "frame": FRAME,
            "list": LIST | {"portion": Output(Churn.PORTION, "data")},
            # as it is, unless the answer fails: then the grid gets nobody
            "rows": Output(Churn.ANSWERED, "data", allow_duplicate=True),
        },
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "framed": State(Churn.FRAMED, "data"),
        },
        prevent_initial_call="initial_duplicate",
    )
    def on_address(search: str | None, release_id: str | None, framed: bool | None) -> Shown:
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        request = {"startRow": 0, "endRow": PORTION, "sortModel": []}
        listed = told(release, "/churn", rows(release, request, search, opt_outs))
        listed["portion"] = first_rows(request, search, "", listed.pop("rows"))
        return {
            "view": show(release, search),
            "frame": kept(FRAME) if framed else frame(release),
            "list": listed,
            "rows": no_update,
        }

    @app.callback(
        output=answer_outputs(Churn, LIST),
        inputs={
            "asked": Input(Churn.ASKED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            raise PreventUpdate
        release = services.releases.at(release_id)
        shown = told(release, "/churn", rows(release, asked, search, OptOuts(services.state)))
        return answered(asked, shown, LIST)


def _in_the_browser(app: Dash) -> None:
    controls = [(Churn.typed(each.name), Churn.slider(each.name)) for each in FIGURES]
    fields = [name for pair in zip(*controls, strict=True) for name in pair]
    app.clientside_callback(
        ClientsideFunction("churn", "pair"),
        *(Output(name, "value") for name in fields),
        *(Input(name, "value") for name in fields),
        Input(Churn.COSTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("filters", "mark"),
        Output(Churn.MARKED, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(Churn.menu("country"), "children"),
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Churn.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        State(Churn.GRID, "id"),
        prevent_initial_call=True,
    )


def rows_in(release: Loaded, search: str | None, _containing: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers that an address lists; in any order.

    Raises
    ------
    Refusal
        If the release gives no chance.
    """
    return rows_by_loss(release, answer(release, query_of(search)))


def rows(release: Loaded, asked: Shown, search: str | None, opt_outs: OptOuts) -> Shown:
    """Return the portion of the list that the grid asks for, and where the same list is a file.

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
    churn = release.overview.churn
    if why_not(release) or churn is None:
        nobody = {"rowData": [], "rowCount": 0}
        return {"rows": nobody, "export": no_update, "left_out": "", "audience": no_update, "narrowed": []}
    found = answer(release, query_of(search))
    ordered, chosen = rows_by_loss(release, found), portion_of(asked)
    portion = [
        customer
        | {
            "churn": said.chance(customer["churn"], customer["churn_low"], customer["churn_high"]),
            "record": said.record(customer["left"], customer["of"]),
            "why": said.why(customer.pop("reasons"), churn.reasons),
        }
        for customer in listed_at_risk(release, found, ordered[chosen])
    ]
    kept_in_file = urlencode([*found.asked.pairs, ("release", release.id)], doseq=True)
    return {
        "rows": {"rowData": portion, "rowCount": len(ordered)},
        "export": f"{EXPORT}?{kept_in_file}",
        # scrolling changes no view
        "left_out": no_update if chosen.start else left_out(release, ordered, opt_outs),
        "audience": f"{SAVING}&{urlencode(found.asked.pairs, doseq=True)}",
        "narrowed": found.asked.pairs,
    }
