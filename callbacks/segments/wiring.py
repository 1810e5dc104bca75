"""Callbacks of the tab Segments: from the address to what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.segments.ranges import RANGE_OF, narrow
from callbacks.segments.view import FINDINGS, frame, show
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
from callbacks.shared.steps import pressed_in, register_steps
from layouts.ids import Segments, Shell
from layouts.segments.frame import DISTRIBUTIONS, EXPORT, PAIRS, PORTION, SAVING
from services.core.filters import BOUNDS, CHOICES, RANGES
from services.core.text.addresses import query_of
from services.serving.lists.filters import read_filters
from services.serving.lists.listing import LONGEST_PART, listed, rows_of, sort_at
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]

FIGURES = {
    "treemap": Segments.TREEMAP,
    **{name: Segments.picture(name) for name in (*PAIRS, *DISTRIBUTIONS)},
}
VIEW = {
    "chips": Output(Segments.CHIPS, "children"),
    "found": Output(Segments.FOUND, "children"),
    "notes": Output(Segments.NOTES, "children"),
    "kpis": Output(Segments.KPIS, "children"),
    "nothing": Output(Segments.NOTHING, "children"),
    "cards_hidden": Output(Segments.CARDS, "hidden"),
    "map_hidden": Output(Segments.MAP_CARD, "hidden"),
    "export_hidden": Output(Segments.EXPORT, "hidden"),
    "figures": {name: Output(place, "figure") for name, place in FIGURES.items()},
    "findings": {name: Output(Segments.finding(name), "children") for name in FINDINGS},
    "data": Output(Segments.DATA, "data"),
    "fields": {end: Output(Segments.field(end), "value") for end in BOUNDS},
    "errors": {end: Output(Segments.error(end), "children") for end in BOUNDS},
    "refused": Output(Segments.REFUSED, "children"),
    "view_hidden": Output(Segments.VIEW, "hidden"),
    "found_hidden": Output(Segments.FOUND, "hidden"),
    "export_place_hidden": Output(Segments.EXPORT_PLACE, "hidden"),
}
LIST = {
    "export": Output(Segments.EXPORT, "href"),
    "left_out": Output(Segments.LEFT_OUT, "children"),
    "audience": Output(Segments.AUDIENCE, "href"),
}
FRAME = {
    "sub": Output(Segments.SUB, "children"),
    "alerts": Output(Segments.ALERTS, "children"),
    "menus": {name: Output(Segments.field(name), "children") for name in CHOICES},
    "columns": Output(Segments.GRID, "columnDefs"),
    "frame": Output(Segments.FRAME, "data"),
}

#: All that one step on the page can change.
OUTPUTS = {
    "view": VIEW,
    "frame": FRAME,
    "list": LIST | {"portion": Output(Segments.PORTION, "data")},
    # as it is, unless the answer fails: then the grid gets nobody
    "rows": Output(Segments.ANSWERED, "data", allow_duplicate=True),
    "address": Output(Shell.ADDRESS, "search", allow_duplicate=True),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    _in_the_browser(app)
    register_steps(app, Segments.STEP, [*map(_pressed, RANGES), *map(_entered, BOUNDS)])
    register_left_out(app, services, Segments.LEFT_OUT, rows_in, Segments.SEARCH)
    register_portions(app, Segments, LIST, Segments.SEARCH)

    @app.callback(
        output=OUTPUTS,
        inputs={
            "step": Input(Segments.STEP, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "typed": {end: State(Segments.field(end), "value") for end in BOUNDS},
            "release_id": State(Shell.RELEASE, "data"),
            "framed": State(Segments.FRAMED, "data"),
            "asked": State(Segments.GRID, "getRowsRequest"),
            "containing": State(Segments.SEARCH, "value"),
        },
        prevent_initial_call=True,
    )
    def on_step(
        step: Shown,
        search: str | None,
        typed: Shown,
        release_id: str | None,
        framed: bool | None,
        asked: Shown | None,
        containing: str | None,
    ) -> Shown:
        release, to = services.releases.at(release_id), no_update
        if letter := RANGE_OF.get(pressed_in(step) or ""):
            done = narrow(search, letter, typed)
            to = done.pop("address")
            if done["refused"]:
                return kept(OUTPUTS) | {"view": kept(VIEW) | done}
            search = search if to is no_update else to
        if not search and not framed:
            shown = remembered(services, ("segments", release.id), lambda: whole(release, None))
        elif framed:
            shown = {"view": show(release, search), "frame": kept(FRAME)}
        else:
            shown = whole(release, search)
        listed = first(services, release, search, asked if framed else None, containing or "")
        return shown | {"list": listed, "rows": no_update, "address": to}

    @app.callback(
        output=answer_outputs(Segments, LIST),
        inputs={
            "asked": Input(Segments.ASKED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "containing": State(Segments.SEARCH, "value"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_rows(
        asked: Shown | None, search: str | None, containing: str | None, release_id: str | None
    ) -> Shown:
        if not asked:
            raise PreventUpdate
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        shown = told(release, "/", rows(release, asked, search, containing or "", opt_outs))
        return answered(asked, shown, LIST)


def first(
    services: Services, release: Loaded, search: str | None, asked: Shown | None, containing: str
) -> Shown:
    """Return the first rows of a view and its file.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query.
    asked : dict or None
        The last request of a list that is there already.
    containing : str
        Part of an id.
    """
    sort = sort_at(query_of(search))[0]
    request = first_asked(asked, PORTION, sort)
    shown = told(release, "/", rows(release, request, search, containing, OptOuts(services.state)))
    return shown | {"portion": first_rows(request, search, containing, shown.pop("rows"))}


def _pressed(letter: str) -> Input:
    return Input(Segments.apply(letter), "n_clicks")


def _entered(end: str) -> Input:
    return Input(Segments.field(end), "n_submit")


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("segments", "draw"),
        Output(Segments.MAP, "children"),
        Output(Segments.SIZES, "children"),
        Output(Segments.GROUPS, "children"),
        Output(Segments.FRAMED, "data"),
        Input(Segments.DATA, "data"),
        State(Segments.FRAME, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("segments", "repeat"),
        Output(Segments.EXPORT_ROWS, "href"),
        Output(Segments.LEFT_OUT_HEAD, "children"),
        Input(Segments.EXPORT, "href"),
        Input(Segments.LEFT_OUT, "children"),
    )
    app.clientside_callback(
        ClientsideFunction("segments", "keepSort"),
        Output(Segments.SORTED, "data"),
        Input(Segments.GRID, "getRowsRequest"),
    )
    app.clientside_callback(
        ClientsideFunction("filters", "mark"),
        Output(Segments.MARKED, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(Segments.field("country"), "children"),
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Segments.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(Segments.SEARCH, "value"),
        State(Segments.GRID, "id"),
        prevent_initial_call=True,
    )


def whole(release: Loaded, search: str | None) -> Shown:
    """Return a page that opens: its frame, and the view its address asks for."""
    return {"view": show(release, search), "frame": frame(release, search)}


def rows(release: Loaded, asked: Shown, search: str | None, containing: str, opt_outs: OptOuts) -> Shown:
    """Return the portion of the list that the grid asks for, and where the same view is a file.

    What it is narrowed by is among them, for the log.

    Parameters
    ----------
    release : Loaded
    asked : dict
        ``startRow``, ``endRow`` and ``sortModel``, as AG Grid sends them.
    search : str or None
        The address's query.
    containing : str
        Part of an id.
    opt_outs : OptOuts
        Whose customers are in no file.
    """
    filters = read_filters(query_of(search), release).filters
    sort, containing = sort_of(asked), containing[:LONGEST_PART]
    found = rows_of(release, filters, sort, containing)
    more = {"containing": containing} if containing else {}
    narrowed = [filters.to_query(), urlencode(more)]
    address = _joined(EXPORT, *narrowed, urlencode({"sort": sort, "release": release.id}))
    chosen = portion_of(asked)
    portion = listed(release, found[chosen])
    return {
        "rows": {"rowData": portion, "rowCount": len(found)},
        "export": address,
        # scrolling changes no view
        "left_out": no_update if chosen.start else left_out(release, found, opt_outs),
        "audience": _joined(SAVING, *narrowed),
        "narrowed": [*filters.pairs, *more.items()],
    }


def rows_in(release: Loaded, search: str | None, containing: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers of a view, with part of an id; in any order."""
    filters = read_filters(query_of(search), release).filters
    return rows_of(release, filters, "", containing[:LONGEST_PART])


def _joined(address: str, *query: str) -> str:
    parts = "&".join(part for part in query if part)
    return f"{address}{'&' if '?' in address else '?'}{parts}" if parts else address
