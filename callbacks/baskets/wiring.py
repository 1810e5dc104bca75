"""Callbacks of the tab Baskets: one for the page and all that is pressed on it, so that a click asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks.baskets import filters as baskets_filters
from callbacks.baskets.builder import PRESSES
from callbacks.baskets.filter_lists import CHOICES
from callbacks.baskets.outputs import LIST, OUTPUTS
from callbacks.baskets.steps import answer, details, rows
from callbacks.baskets.view import point
from callbacks.shared.grid_requests import answer_outputs, answered, register_portions
from callbacks.shared.steps import pressed_in, register_steps
from callbacks.shared.views import register_views
from layouts.baskets.filters import FIELDS
from layouts.ids import Baskets, Shell
from services.serving.rules.address import ONCE, SEVERAL

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
PRESSED = (
    Input(Baskets.BACK, "n_clicks"),
    Input(Baskets.BASKET_ADD, "n_clicks"),
    Input(Baskets.BASKET_INPUT, "n_submit"),
    *(Input(Baskets.apply(name), "n_clicks") for name in FIELDS),
    *(Input(Baskets.field(name), "n_submit") for name in FIELDS),
    *(Input(select, "value") for select in CHOICES),
    Input(Baskets.SCATTER, "clickData"),
    *(Input(part, "n_clicks" if part.endswith("-button") else "n_submit") for part in PRESSES),
)


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    baskets_filters.register(app, services)
    register_steps(app, Baskets.STEP, PRESSED)
    register_portions(app, Baskets, LIST)
    register_views(app, services, "baskets", (*ONCE, *SEVERAL))
    _in_the_browser(app)

    @app.callback(
        output=OUTPUTS,
        inputs={
            "step": Input(Baskets.STEP, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "given": {
                "choices": {select: State(select, "value") for select in CHOICES},
                "point": State(Baskets.SCATTER, "clickData"),
                "values": {name: State(Baskets.field(name), "value") for name in FIELDS},
                "product": State(Baskets.BASKET_INPUT, "value"),
                "builder": {
                    "product": State(Baskets.BUILDER_INPUT, "value"),
                    "kind": State(Baskets.BUILDER_KIND, "value"),
                    "value": State(Baskets.BUILDER_VALUE, "value"),
                    "of": State(Baskets.BUILDER_OF, "value"),
                    "margin": State(Baskets.BUILDER_MARGIN, "value"),
                },
            },
            "there": {
                "scope": State(Baskets.SCOPE, "data"),
                "tests": State(Baskets.TESTS, "data"),
                "asked": State(Baskets.GRID, "getRowsRequest"),
            },
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_step(step: Shown, search: str | None, given: Shown, there: Shown, release_id: str | None) -> Shown:
        return answer(services, services.releases.at(release_id), search, pressed_in(step), given, there)

    @app.callback(
        output=answer_outputs(Baskets, LIST),
        inputs={
            "asked": Input(Baskets.ASKED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        if not asked:
            raise PreventUpdate
        return answered(asked, rows(services.releases.at(release_id), asked, search), LIST)

    @app.callback(
        Output(Baskets.DETAILS, "children", allow_duplicate=True),
        inputs={
            "opened": Input(Baskets.OPENED, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_open(opened: Shown | None, search: str | None, release_id: str | None) -> Any:
        if not opened:
            raise PreventUpdate
        return details(services.releases.at(release_id), search, opened)

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


def _in_the_browser(app: Dash) -> None:
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
    app.clientside_callback(
        ClientsideFunction("basketDetails", "show"),
        Output(Baskets.SEEN, "data"),
        Input(Baskets.DETAILS, "children"),
        State(Baskets.DETAILS, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("basketCards", "draw"),
        Output(Baskets.GROUPS, "children"),
        Output(Baskets.GROUPS_TABLE, "children"),
        Output(Baskets.SETS, "children"),
        Output(Baskets.BUNDLES, "children"),
        Input(Baskets.CARDS_DATA, "data"),
        prevent_initial_call=True,
    )
