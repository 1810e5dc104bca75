"""Callbacks of the tab Baskets: from the address to what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.baskets import cards as baskets_cards
from callbacks.baskets import filter_lists as baskets_choices
from callbacks.baskets import filters as baskets_filters
from callbacks.baskets.view import point, show
from callbacks.shared.grid_requests import portion_of
from layouts.baskets.filters import FIELDS
from layouts.ids import Baskets, Shell
from services.serving.rules.address import view_at
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.table import DEFAULT_SORT, SORTABLE, Sort, ordered, page, sort_text

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

SHOWN = {
    "sub": Output(Baskets.SUB, "children"),
    "chips": Output(Baskets.CHIPS, "children"),
    "found": Output(Baskets.FOUND, "children"),
    "notes": Output(Baskets.NOTES, "children"),
    "cards_hidden": Output(Baskets.CARDS, "hidden"),
    "scatter_hidden": Output(Baskets.SCATTER_CARD, "hidden"),
    "rules_hidden": Output(Baskets.RULES_CARD, "hidden"),
    "instead": Output(Baskets.INSTEAD, "children"),
    "instead_hidden": Output(Baskets.INSTEAD_CARD, "hidden"),
    "back_hidden": Output(Baskets.BACK, "hidden"),
    "errors": {name: Output(Baskets.error(name), "children") for name in FIELDS},
    "figure": Output(Baskets.SCATTER, "figure"),
    "point": Output(Baskets.POINT, "children"),
    "scatter_finding": Output(Baskets.SCATTER_FINDING, "children"),
    "rules_finding": Output(Baskets.RULES_FINDING, "children"),
    "offer": Output(Baskets.OFFER, "children"),
    "offers": Output(Baskets.OFFERS, "children"),
    "basket": Output(Baskets.BASKET_CHIPS, "children"),
    "scope": Output(Baskets.SCOPE, "data"),
    "held_up": Output(Baskets.HELD_UP, "value"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    baskets_filters.register(app, services)
    baskets_choices.register(app, services)
    baskets_cards.register(app, services)
    app.clientside_callback(
        ClientsideFunction("baskets", "closeFilters"),
        Output(Baskets.CLOSED, "data"),
        Input(Shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "purge"),
        Output(Baskets.PURGED, "data"),
        Input(Shell.ADDRESS, "search"),
        State(Baskets.GRID, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("baskets", "fitColumns"),
        Output(Baskets.FITTED, "data"),
        Input(Baskets.GRID, "getRowsRequest"),
        Input(Baskets.MEASURES, "n_clicks"),
        Input(Baskets.TESTS, "data"),
        State(Baskets.GRID, "id"),
        State(Baskets.MEASURES, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("baskets", "keepSort"),
        Output(Baskets.SORTED, "data"),
        Input(Baskets.GRID, "getRowsRequest"),
        State(Baskets.GRID, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("baskets", "classes"),
        Output(Baskets.SCATTER_TABLE, "children"),
        Input(Baskets.SCATTER, "figure"),
    )

    @app.callback(
        output=SHOWN,
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "_back": Input(Baskets.BACK, "n_clicks"),
            "release_id": State(Shell.RELEASE, "data"),
            "scope": State(Baskets.SCOPE, "data"),
            "held_up": State(Baskets.HELD_UP, "value"),
        },
    )
    def on_address(
        search: str, _back: Any, release_id: str | None, scope: str | None, held_up: str | None
    ) -> dict[str, Any]:
        return show(services.releases.at(release_id), search, scope, held_up)

    @app.callback(
        output={
            "rows": Output(Baskets.GRID, "getRowsResponse"),
            "export": Output(Baskets.EXPORT, "href"),
            "export_rows": Output(Baskets.EXPORT_ROWS, "href"),
        },
        inputs={
            "asked": Input(Baskets.GRID, "getRowsRequest"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_rows(asked: dict[str, Any] | None, search: str, release_id: str | None) -> dict[str, Any]:
        if not asked:
            return dict.fromkeys(("rows", "export", "export_rows"), no_update)
        return rows(services.releases.at(release_id), asked, search)

    @app.callback(
        Output(Baskets.POINT, "children", allow_duplicate=True),
        inputs={
            "hovered": Input(Baskets.SCATTER, "hoverData"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_hover(hovered: Any, search: str, release_id: str | None) -> Any:
        return point(services.releases.at(release_id), search, hovered)


def rows(release: Loaded, asked: dict[str, Any], search: str | None) -> dict[str, Any]:
    """Return the portion of the table that the grid asks for, and where the same view is a file.

    Parameters
    ----------
    release : Loaded
    asked : dict
        ``startRow``, ``endRow`` and ``sortModel``, as AG Grid sends them.
    search : str or None
        The address's query.
    """
    if release.overview.baskets_missing:
        return {"rows": {"rowData": [], "rowCount": 0}, "export": no_update, "export_rows": no_update}
    filters, sort = view_at(release, search).filters, _sort(asked.get("sortModel"))
    found = ordered(release, find(release, filters), sort)
    address = export_address(release, filters, sort)
    portion = {"rowData": page(release, found[portion_of(asked)]), "rowCount": len(found)}
    return {"rows": portion, "export": address, "export_rows": address}


def _sort(model: Any) -> Sort:
    parts = [part for part in model or () if isinstance(part, dict) and part.get("colId") in SORTABLE]
    return tuple((part["colId"], part.get("sort") == "desc") for part in parts)


def export_address(release: Loaded, filters: RuleFilters, sort: Sort = DEFAULT_SORT) -> str:
    """Return where the rules of a view are a file, in the table's order."""
    parts = [filters.to_query(), f"sort={sort_text(sort)}" if sort else "", f"release={release.id}"]
    return "/export/rules.csv?" + "&".join(part for part in parts if part)
