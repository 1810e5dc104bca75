"""Callbacks of the tab Cohorts: from the address to the matrix and the customers of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.cohorts.more import more
from callbacks.cohorts.view import CHOSEN, ONCE, show
from callbacks.shared.contact_filters import offered, offering, register_contact_filters
from callbacks.shared.kept import kept
from callbacks.shared.lists import Chosen, List
from callbacks.shared.remembered import remembered
from callbacks.shared.views import register_views
from layouts.cohorts.frame import PAGE, PORTION, SAVING
from layouts.ids import Cohorts, Shell
from layouts.plain import plain
from services.core.filters import CONTACTS as BY_CONTACTS
from services.core.text.addresses import query_of
from services.serving.cohorts.address import answer, rows_in_cell, why_not
from services.serving.lists.listing import listed
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
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
CONTACTS = offering("cohorts")


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    LISTED.register(app, services)
    register_contact_filters(app, services, "cohorts")
    register_views(app, services, "cohorts", (*ONCE, *BY_CONTACTS))
    app.clientside_callback(
        ClientsideFunction("cohorts", "choose"),
        Output(Shell.ADDRESS, "search", allow_duplicate=True),
        *(Input(SELECTS[name], "value") for name in CHOSEN),
        State(Cohorts.SHOWN, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        output={"shown": SHOWN, "frame": FRAME, "contacts": CONTACTS, **LISTED.with_page},
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
        release, seen = services.releases.at(release_id), seen_contacts(services)
        return {
            "shown": show(release, search, seen),
            "frame": kept(FRAME) if framed else {"cards": _cards(services, release), "framed": True},
            "contacts": kept(CONTACTS) if framed else offered(seen),
            **LISTED.first(services, release, search, asked),
        }

    @app.callback(**LISTED.asking)
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        return LISTED.answer(services, asked, search, release_id)


def _cards(services: Services, release: Loaded) -> Any:
    """Return what no address changes: the page asks for it once."""
    if why_not(release):
        return []
    return remembered(services, ("cohorts-more", release.id), lambda: plain(more(release)))


def chosen(
    release: Loaded, search: str | None, _containing: str, by_contacts: ByContacts | None = None
) -> Chosen:
    """Return the customers that an address lists.

    Raises
    ------
    Refusal
        If the release has no cohorts.
    """
    found = answer(release, query_of(search), by_contacts)
    return Chosen(
        found.asked.pairs,
        lambda sort: rows_in_cell(release, found, sort),
        lambda rows: listed(release, rows),
    )


LISTED = List(Cohorts, PAGE, SAVING, PORTION, chosen)
