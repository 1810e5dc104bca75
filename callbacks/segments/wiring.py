"""Callbacks of the tab Segments: from the address to what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.segments.ranges import register_ranges
from callbacks.segments.view import FINDINGS, frame, show
from callbacks.shared.grid_requests import portion_of, sort_of, told
from callbacks.shared.left_out import left_out, register_left_out
from callbacks.shared.remembered import remembered
from layouts.ids import Segments, Shell
from layouts.segments.frame import DISTRIBUTIONS, EXPORT, PAIRS, SAVING
from services.core.filters import BOUNDS, CHOICES
from services.serving.lists.filters import read_filters
from services.serving.lists.listing import LONGEST_PART, listed, rows_of
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
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
FRAME = {
    "sub": Output(Segments.SUB, "children"),
    "alerts": Output(Segments.ALERTS, "children"),
    "menus": {name: Output(Segments.field(name), "children") for name in CHOICES},
    "columns": Output(Segments.GRID, "columnDefs"),
    "frame": Output(Segments.FRAME, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    _in_the_browser(app)
    register_ranges(app)
    register_left_out(app, services, Segments.LEFT_OUT, Segments.AUDIENCE)

    @app.callback(
        output={"view": VIEW, "frame": FRAME},
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "framed": State(Segments.FRAMED, "data"),
        },
    )
    def on_address(search: str | None, release_id: str | None, framed: bool | None) -> Shown:
        release = services.releases.at(release_id)
        if not search and not framed:
            return remembered(services, ("segments", release.id), lambda: whole(release, None))
        return (
            whole(release, search) if not framed else {"view": show(release, search), "frame": _kept(FRAME)}
        )

    @app.callback(
        output={
            "rows": Output(Segments.GRID, "getRowsResponse"),
            "export": Output(Segments.EXPORT, "href"),
            "left_out": Output(Segments.LEFT_OUT, "children"),
            "audience": Output(Segments.AUDIENCE, "href"),
        },
        inputs={
            "asked": Input(Segments.GRID, "getRowsRequest"),
            "search": State(Shell.ADDRESS, "search"),
            "containing": State(Segments.SEARCH, "value"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_rows(
        asked: Shown | None, search: str | None, containing: str | None, release_id: str | None
    ) -> Shown:
        if not asked:
            return dict.fromkeys(("rows", "export", "left_out", "audience"), no_update)
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        return told(release, "/", rows(release, asked, search, containing or "", opt_outs))


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


def _kept(outputs: Shown) -> Shown:
    return {
        name: _kept(output) if isinstance(output, dict) else no_update for name, output in outputs.items()
    }


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
    filters = read_filters(parse_qs((search or "").removeprefix("?")), release).filters
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


def _joined(address: str, *query: str) -> str:
    parts = "&".join(part for part in query if part)
    return f"{address}{'&' if '?' in address else '?'}{parts}" if parts else address
