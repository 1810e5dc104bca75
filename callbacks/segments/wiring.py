"""Callbacks of the tab Segments: from the address to what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.segments.ranges import RANGE_OF, narrow
from callbacks.segments.view import FINDINGS, ONCE, frame, show
from callbacks.shared.contact_filters import offered, offering, register_contact_filters
from callbacks.shared.kept import kept
from callbacks.shared.lists import Chosen, List
from callbacks.shared.remembered import remembered
from callbacks.shared.steps import pressed_in, register_steps
from callbacks.shared.views import register_views
from layouts.ids import Segments, Shell
from layouts.segments.frame import DISTRIBUTIONS, PAIRS, PORTION, SAVING
from services.core.filters import BOUNDS, CHOICES, RANGES, REPEATED
from services.core.text.addresses import query_of
from services.serving.lists.filters import read_filters
from services.serving.lists.listing import LONGEST_PART, listed, rows_of
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
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


def chosen(
    release: Loaded, search: str | None, containing: str, by_contacts: ByContacts | None = None
) -> Chosen:
    """Return the customers of a view, with part of an id."""
    filters = read_filters(query_of(search), release, by_contacts).filters
    part = containing[:LONGEST_PART]
    return Chosen(
        [*filters.written, *([("containing", part)] if part else [])],
        lambda sort: rows_of(release, filters, sort, part),
        lambda rows: listed(release, rows),
    )


LISTED = List(Segments, "/", SAVING, PORTION, chosen, Segments.SEARCH)
CONTACTS = offering("segments")
#: All that one step on the page can change.
OUTPUTS = {
    "view": VIEW,
    "frame": FRAME,
    "contacts": CONTACTS,
    **LISTED.with_page,
    "address": Output(Shell.ADDRESS, "search", allow_duplicate=True),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    _in_the_browser(app)
    register_steps(app, Segments.STEP, [*map(_pressed, RANGES), *map(_entered, BOUNDS)])
    LISTED.register(app, services)
    register_contact_filters(app, services, "segments")
    register_views(app, services, "segments", (*ONCE, *REPEATED))

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
        release, to, seen = services.releases.at(release_id), no_update, seen_contacts(services)
        if letter := RANGE_OF.get(pressed_in(step) or ""):
            done = narrow(search, letter, typed)
            to = done.pop("address")
            if done["refused"]:
                return kept(OUTPUTS) | {"view": kept(VIEW) | done}
            search = search if to is no_update else to
        if not search and not framed:
            shown = remembered(services, ("segments", release.id), lambda: whole(release, None))
        elif framed:
            shown = {"view": show(release, search, seen), "frame": kept(FRAME)}
        else:
            shown = whole(release, search, seen)
        rows = LISTED.first(services, release, search, asked if framed else None, containing)
        contacts = kept(CONTACTS) if framed else offered(seen)
        return shown | rows | {"address": to, "contacts": contacts}

    @app.callback(**LISTED.asking)
    def on_rows(
        asked: Shown | None, search: str | None, release_id: str | None, containing: str | None
    ) -> Shown:
        return LISTED.answer(services, asked, search, release_id, containing)


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
        *(Output(Segments.legend(name), "children") for name in PAIRS),
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


def whole(release: Loaded, search: str | None, by_contacts: ByContacts | None = None) -> Shown:
    """Return a page that opens: its frame, and the view its address asks for."""
    return {"view": show(release, search, by_contacts), "frame": frame(release, search)}
