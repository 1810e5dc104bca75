"""Callbacks of the page Movement: from the address to flows, causes and the customers of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.grid_requests import portion_of, sort_of
from layouts import movement_parts as parts
from layouts import movement_words as said
from layouts import palette
from layouts.components import glyph_style
from layouts.ids import Movement, Shell
from layouts.plain import plain
from layouts.segments import EXPORT
from services.serving.customer_list import read_sort
from services.serving.movement import CAUSES, Flow, flows, why_not
from services.serving.movement import Movement as Moved
from services.serving.movement_view import (
    KEYS,
    Answer,
    answer,
    listed_movers,
    moments,
    rows_in_flow,
)

if TYPE_CHECKING:
    from services.serving import Services
    from services.serving.loaded import Loaded

Shown = dict[str, Any]
SHOWN = {
    "sub": Output(Movement.SUB, "children"),
    "missing": Output(Movement.MISSING, "children"),
    "body_hidden": Output(Movement.BODY, "hidden"),
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
    "list_hidden": Output(Movement.LIST, "hidden"),
    "export_hidden": Output(Movement.EXPORT, "hidden"),
    "columns": Output(Movement.GRID, "columnDefs"),
    "data": Output(Movement.DATA, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
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
        output={"rows": Output(Movement.GRID, "getRowsResponse"), "export": Output(Movement.EXPORT, "href")},
        inputs={
            "asked": Input(Movement.GRID, "getRowsRequest"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            return {"rows": no_update, "export": no_update}
        return rows(services.releases.at(release_id), asked, search)


def show(release: Loaded, search: str | None) -> Shown:
    """Return everything but the list of customers, for an address's query.

    Parameters
    ----------
    release : Loaded
    search : str or None
        With its question mark.
    """
    reason = why_not(release)
    if reason:
        gone = dict.fromkeys(SHOWN, no_update)
        return gone | {"missing": plain(parts.missing(reason)), "body_hidden": True}
    query = _query(search)
    found = answer(release, query)
    asked, moved, listed = found.asked, found.moved, int(found.fits.sum())
    counted = flows(moved)
    movers = [flow for flow in counted if flow.then not in (flow.now, moved.not_yet)]
    causes = {cause: sum(flow.causes[place] for flow in movers) for place, cause in enumerate(CAUSES[:3])}
    of = sum(flow.customers for flow in counted if flow.then != moved.not_yet)
    total = sum(flow.customers for flow in movers)
    came = sum(flow.customers for flow in counted) - of
    names = {group["id"]: group["name"] for group in moved.groups}
    choices = [{"value": each.key, "label": said.day(each.key)} for each in moments(release)]
    clusters = release.preset.segments.kind == "clusters"
    sort = read_sort(query.get("sort", [""])[-1])
    return {
        "sub": said.head(asked.start.key, asked.end.key, release.manifest.preset, release.id),
        "missing": [],
        "body_hidden": False,
        "start_options": choices[::-1],
        "end_options": choices[::-1],
        "start": asked.start.key,
        "end": asked.end.key,
        "notes": plain(parts.notes(asked.notes)),
        "kpis": plain(parts.figures(total, of, causes, came)),
        "diagram_finding": said.of_flows(total, of, _largest(movers, moved)),
        "flows_finding": said.of_causes(causes),
        "list_finding": said.of_list(
            listed, names.get(asked.then or ""), names.get(asked.now or ""), asked.cause
        ),
        "causes_note": said.meaning(clusters=clusters),
        "chips": plain(parts.chips(_chosen(found, names))),
        "nothing": [] if listed else plain(parts.nobody()),
        "list_hidden": not listed,
        "export_hidden": not listed,
        "columns": parts.columns(moved.groups, release.preset.rfm.frequency, sort),
        "data": _numbers(found, counted),
    }


def _largest(movers: list[Flow], moved: Moved) -> tuple[str, str, int] | None:
    if not movers:
        return None
    first = movers[0]
    return moved.groups[first.then]["name"], moved.groups[first.now]["name"], first.customers


def _chosen(found: Answer, names: dict[str, str]) -> dict[str, str]:
    asked = found.asked
    told = {"from_segment": names.get(asked.then or ""), "to_segment": names.get(asked.now or "")}
    told["cause"] = said.CAUSES.get(asked.cause or "")
    return {key: name for key, name in told.items() if name}


def _numbers(found: Answer, counted: list[Flow]) -> Shown:
    """Return what ``assets/movement.js`` draws: a flow is then, now, customers, customers by cause."""
    asked = found.asked
    return {
        "from": asked.start.key,
        "to": asked.end.key,
        "days": [said.day(asked.start.key), said.day(asked.end.key)],
        "groups": [
            {
                "id": group["id"],
                "name": group["name"],
                "colour": palette.segment(group["id"]),
                "glyph": glyph_style(group.get("cells") or ()),
            }
            for group in found.moved.groups
        ],
        "causes": [{"id": cause, "name": said.CAUSES[cause]} for cause in CAUSES[:3]],
        "flows": [[flow.then, flow.now, flow.customers, *flow.causes[:3]] for flow in counted],
        "chosen": [asked.then, asked.now, asked.cause],
    }


def rows(release: Loaded, asked: Shown, search: str | None) -> Shown:
    """Return the portion of a flow's customers that the grid asks for, and where the same flow is a file.

    Parameters
    ----------
    release : Loaded
    asked : dict
        As AG Grid sends it.
    search : str or None
        The address's query.
    """
    query = _query(search)
    found = answer(release, query)
    sort = sort_of(asked)
    ordered = rows_in_flow(release, found, sort)
    portion = [
        row | {"cause": said.CAUSES.get(row["cause"] or "")}
        for row in listed_movers(release, found.moved, ordered[portion_of(asked)])
    ]
    kept = {key: query[key][-1] for key in KEYS if key in query}
    kept |= {"from": found.asked.start.key, "to": found.asked.end.key}
    address = f"{EXPORT}?{urlencode(kept | {'sort': sort, 'release': release.id})}"
    return {"rows": {"rowData": portion, "rowCount": len(ordered)}, "export": address}


def _query(search: str | None) -> dict[str, list[str]]:
    return parse_qs((search or "").removeprefix("?"))
