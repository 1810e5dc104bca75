"""Callbacks of the tab Segments: from the address to what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.plain import plain
from callbacks.remembered import remembered
from callbacks.segments_pictures import pictures
from layouts import segments_parts as parts
from layouts import segments_words as said
from layouts import words
from layouts.ids import Segments, Shell
from layouts.segments import DISTRIBUTIONS, EXPORT, MENUS, PAIRS, TABLES
from services.serving.customer_list import DEFAULT_SORT, SORTABLE, listed, rows_of
from services.serving.filters import Filters, read_filters
from services.serving.segment_view import Grouping, View, view, without_one

if TYPE_CHECKING:
    from services.serving import Services
    from services.serving.loaded import Loaded

Shown = dict[str, Any]

LONGEST_PORTION = 500
FIGURES = ("treemap", *PAIRS, *DISTRIBUTIONS)
FINDINGS = ("map", "sizes", *FIGURES)
FIELD_NAMES = {"segment": "Segment", "cluster": "Cluster", "country": "Country"}
FIELD_NAMES |= {
    f"{letter}_{end}": name for letter, name in parts.RANGE_NAMES.items() for end in ("min", "max")
}
SHOWN = {
    "sub": Output(Segments.SUB, "children"),
    "chips": Output(Segments.CHIPS, "children"),
    "found": Output(Segments.FOUND, "children"),
    "notes": Output(Segments.NOTES, "children"),
    "kpis": Output(Segments.KPIS, "children"),
    "nothing": Output(Segments.NOTHING, "children"),
    "cards_hidden": Output(Segments.CARDS, "hidden"),
    "map": Output(Segments.MAP, "children"),
    "map_hidden": Output(Segments.MAP_CARD, "hidden"),
    "sizes": Output(Segments.SIZES, "children"),
    "groups": Output(Segments.GROUPS, "children"),
    "groups_finding": Output(Segments.GROUPS_FINDING, "children"),
    "grid_finding": Output(Segments.GRID_FINDING, "children"),
    "figures": {
        name: Output(Segments.TREEMAP if name == "treemap" else Segments.picture(name), "figure")
        for name in FIGURES
    },
    "findings": {name: Output(Segments.finding(name), "children") for name in FINDINGS},
    "tables": {name: Output(Segments.rows(name), "data") for name in TABLES},
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    for name in TABLES:
        app.clientside_callback(
            ClientsideFunction("data", "table"),
            Output(Segments.table(name), "children"),
            Input(Segments.rows(name), "data"),
        )
    app.clientside_callback(
        ClientsideFunction("filters", "mark"),
        Output(Segments.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(Segments.field("country"), "children"),
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Segments.GRID, "className"),
        Input(Shell.ADDRESS, "search"),
        Input(Segments.SEARCH, "value"),
        State(Segments.GRID, "id"),
        prevent_initial_call=True,
    )

    @app.callback(
        output=SHOWN,
        inputs={"search": Input(Shell.ADDRESS, "search"), "release_id": State(Shell.RELEASE, "data")},
    )
    def on_address(search: str | None, release_id: str | None) -> Shown:
        release = services.releases.at(release_id)
        if search:
            return show(release, search)
        return remembered(services, ("segments", release.id), lambda: show(release, None))

    @app.callback(
        output={
            "menus": {name: Output(Segments.field(name), "children") for name in MENUS},
            "columns": Output(Segments.GRID, "columnDefs"),
        },
        inputs={"release_id": Input(Shell.RELEASE, "data")},
    )
    def on_release(release_id: str | None) -> Shown:
        return choices(services.releases.at(release_id))

    @app.callback(
        output={
            "rows": Output(Segments.GRID, "getRowsResponse"),
            "export": Output(Segments.EXPORT, "href"),
            "export_rows": Output(Segments.EXPORT_ROWS, "href"),
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
            return dict.fromkeys(("rows", "export", "export_rows"), no_update)
        return rows(services.releases.at(release_id), asked, search, containing or "")


def show(release: Loaded, search: str | None) -> Shown:
    """Return everything but the list of customers, for an address's query."""
    query = parse_qs((search or "").removeprefix("?"))
    read = read_filters(query, release)
    grouping: Grouping = "cluster" if query.get("group", [""])[-1] == "cluster" else "segment"
    seen = view(release, read.filters, grouping)
    filtered = bool(read.filters.active)
    head = {
        "sub": _sub(release),
        "chips": parts.chips(read.filters, _names(release)),
        "found": parts.found(seen.customers, seen.everybody, filtered),
        "notes": parts.notes(read.notes),
    }
    if not seen.customers:
        return plain(head | _nobody(release, read.filters))
    drawn = pictures(release, seen)
    mapped = bool(seen.cells)
    findings = drawn["findings"] | {
        "map": said.map_finding(seen.groups, seen.customers, seen.revenue) if mapped else "",
        "sizes": said.sizes_finding(seen.groups, seen.customers),
    }
    body = {
        "kpis": parts.figures(seen, release.overview, filtered),
        "nothing": "",
        "cards_hidden": False,
        "map": parts.segment_map(seen, release.overview) if mapped else "",
        "map_hidden": not mapped,
        "sizes": parts.sizes(seen.groups, grouping),
        "groups": parts.groups_table(seen, release.preset.rfm.frequency),
        "groups_finding": _groups_finding(release, seen),
        "grid_finding": said.grid_finding(seen.customers, seen.revenue, seen.top_ten),
        "figures": drawn["figures"],
        "findings": findings,
        "tables": drawn["tables"],
    }
    return plain(head | body)


def choices(release: Loaded) -> Shown:
    """Return the entries of the filters' windows, and the columns of the list."""
    countries = release.overview["countries"]
    return {
        "menus": {
            "segment": parts.menu("segment", [(each["id"], each["name"]) for each in release.segments]),
            "cluster": parts.menu("cluster", [(each["id"], each["name"]) for each in release.clusters]),
            "country": parts.menu("country", [(each["name"], each["name"]) for each in countries])
            or "This ledger has no countries.",
        },
        "columns": parts.columns_of(release.segments, release.clusters, release.preset.rfm.frequency),
    }


def rows(release: Loaded, asked: Shown, search: str | None, containing: str) -> Shown:
    """Return the portion of the list that the grid asks for, and where the same view is a file.

    Parameters
    ----------
    release : Loaded
    asked : dict
        ``startRow``, ``endRow`` and ``sortModel``, as AG Grid sends them.
    search : str or None
        The address's query.
    containing : str
        Part of an id.
    """
    filters = read_filters(parse_qs((search or "").removeprefix("?")), release).filters
    sort = _sort(asked.get("sortModel"))
    found = rows_of(release, filters, sort, containing[:64])
    start = max(int(asked.get("startRow") or 0), 0)
    stop = min(int(asked.get("endRow") or 0), start + LONGEST_PORTION)
    more = {"containing": containing} if containing else {}
    parts_of_address = [filters.to_query(), urlencode({"sort": sort, "release": release.id, **more})]
    address = f"{EXPORT}?" + "&".join(part for part in parts_of_address if part)
    portion = {"rowData": listed(release, found[start:stop]), "rowCount": len(found)}
    return {"rows": portion, "export": address, "export_rows": address}


def _sort(model: Any) -> str:
    for part in model or ():
        if isinstance(part, dict) and part.get("colId") in SORTABLE:
            return f"{part['colId']}:{'desc' if part.get('sort') == 'desc' else 'asc'}"
    return DEFAULT_SORT


def _nobody(release: Loaded, filters: Filters) -> Shown:
    empty: Shown = {
        name: dict.fromkeys(output, "") if isinstance(output, dict) else "" for name, output in SHOWN.items()
    }
    no_figure = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
    empty["figures"] = dict.fromkeys(FIGURES, no_figure)
    card = parts.nothing(without_one(release, filters), len(filters.active), FIELD_NAMES)
    hidden = {"nothing": card, "cards_hidden": True, "map_hidden": True}
    kept = ("sub", "chips", "found", "notes")
    return {name: value for name, value in (empty | hidden).items() if name not in kept}


def _names(release: Loaded) -> dict[str, str]:
    return {entry["id"]: entry["name"] for entry in (*release.segments, *release.clusters)}


def _sub(release: Loaded) -> str:
    manifest, overview = release.manifest, release.overview
    compared = ""
    if overview["previous"] is not None:
        before = overview["snapshots"][overview["previous"]]["as_of"]
        compared = f", compared with {words.day_and_month(before)}"
    shown = f"Snapshot of {words.date(manifest.data_to)}{compared}"
    return f"{shown}. Preset {manifest.preset}, release {manifest.id}."


def _groups_finding(release: Loaded, seen: View) -> str:
    finding = f"Means per customer on {words.date(release.manifest.data_to)}"
    if seen.grouping == "segment" and release.overview["previous"] is not None:
        before = release.overview["snapshots"][release.overview["previous"]]["as_of"]
        return f"{finding}; change counts customers since {words.day_and_month(before)}."
    return finding + "."
