"""Callbacks of the tab Movement: from the address to flows, causes and the customers of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.movement.view import ONCE, show
from callbacks.shared.contact_filters import offered, offering, register_contact_filters
from callbacks.shared.lists import Chosen, List
from callbacks.shared.views import register_views
from layouts.ids import Movement, Shell
from layouts.movement import words as said
from layouts.movement.frame import PORTION, SAVING
from services.core.filters import CONTACTS
from services.core.text.addresses import query_of
from services.serving.movement.address import answer, listed_movers, rows_in_flow
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
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
    "sizes_finding": Output(Movement.SIZES_FINDING, "children"),
    "list_finding": Output(Movement.LIST_FINDING, "children"),
    "causes_note": Output(Movement.CAUSES_NOTE, "children"),
    "chips": Output(Movement.CHIPS, "children"),
    "nothing": Output(Movement.NOTHING, "children"),
    "list_class": Output(Movement.LIST, "className"),
    "export_hidden": Output(Movement.EXPORT, "hidden"),
    "columns": Output(Movement.GRID, "columnDefs"),
    "data": Output(Movement.DATA, "data"),
    "narrowed": Output(Movement.NARROWED, "children"),
}
OFFERED = offering("movement") | {"bar_hidden": Output(Movement.NARROWED_BAR, "hidden")}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    LISTED.register(app, services)
    register_contact_filters(app, services, "movement")
    register_views(app, services, "movement", (*ONCE, *CONTACTS))
    app.clientside_callback(
        ClientsideFunction("movement", "draw"),
        Output(Movement.FLOWS, "children"),
        Input(Movement.DATA, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("movementSizes", "draw"),
        Input(Movement.DATA, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("movement", "choose"),
        Output(Shell.ADDRESS, "search", allow_duplicate=True),
        Input(Movement.FROM, "value"),
        Input(Movement.TO, "value"),
        State(Movement.DATA, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        output={"shown": SHOWN, "contacts": OFFERED, **LISTED.with_page},
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "asked": State(Movement.GRID, "getRowsRequest"),
        },
        prevent_initial_call="initial_duplicate",
    )
    def on_address(search: str | None, release_id: str | None, asked: Shown | None) -> Shown:
        release, seen = services.releases.at(release_id), seen_contacts(services)
        contacts = offered(seen)
        return {
            "shown": show(release, search, seen),
            "contacts": contacts | {"bar_hidden": contacts["agreed_hidden"]},
            **LISTED.first(services, release, search, asked),
        }

    @app.callback(**LISTED.asking)
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        return LISTED.answer(services, asked, search, release_id)


def chosen(
    release: Loaded, search: str | None, _containing: str, by_contacts: ByContacts | None = None
) -> Chosen:
    """Return the customers of the flow that an address asks for.

    Raises
    ------
    Refusal
        If the release knows one moment only.
    """
    found = answer(release, query_of(search), by_contacts)

    def told(rows: npt.NDArray[np.int32]) -> list[Shown]:
        movers = listed_movers(release, found.moved, rows)
        return [row | {"cause": said.CAUSES[row["cause"]]() if row["cause"] else None} for row in movers]

    return Chosen(found.asked.pairs, lambda sort: rows_in_flow(release, found, sort), told)


LISTED = List(Movement, "/movement", SAVING, PORTION, chosen)
