"""Callbacks of the page that brings a file: from the address to the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.imports.adding import register_adding
from callbacks.imports.view import show
from layouts.ids import Imports, Shell
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
PAGE = {
    "sub": Output(Imports.SUB, "children"),
    "remove_hidden": Output(Imports.REMOVE, "hidden"),
    "steps": Output(Imports.STEPS, "children"),
    "file_hidden": Output(Imports.FILE, "hidden"),
    "limit": Output(Imports.HINT, "children"),
    "most": Output(Imports.DROP, "data-most-mb"),
    "waiting": Output(Imports.WAITING, "children"),
    "body": Output(Imports.BODY, "children"),
    "roles_hidden": Output(Imports.ROLES, "hidden"),
    "address": Output(Imports.ROLES, "data-address"),
    "roles": Output(Imports.ROLE, "options"),
    "columns": Output(Imports.COLUMN, "options"),
    "placing_hidden": Output(Imports.PLACING, "hidden"),
    "refused": Output(Imports.ADDING_ERROR, "children"),
    "add_hidden": Output(Imports.ADD, "hidden"),
    "add_hint": Output(Imports.ADD_HINT, "children"),
    "replace_hint": Output(Imports.REPLACE_HINT, "children"),
    "replace_hidden": Output(Imports.REPLACE, "hidden"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_adding(app, services)
    app.clientside_callback(
        ClientsideFunction("imports", "doing"),
        Output(Imports.DOING, "children"),
        Output(Imports.DOING, "hidden", allow_duplicate=True),
        Input(Shell.ADDRESS, "search"),
        prevent_initial_call="initial_duplicate",
    )
    # "hidden" alone follows from the answer: the words themselves would be covered while it is waited for
    app.clientside_callback(
        ClientsideFunction("imports", "done"),
        Output(Imports.DOING, "hidden"),
        Input(Imports.STEPS, "children"),
    )
    app.clientside_callback(
        ClientsideFunction("imports", "role"),
        Output(Shell.ADDRESS, "search", allow_duplicate=True),
        Input(Imports.SET_ROLE, "n_clicks"),
        State(Imports.ROLE, "value"),
        State(Imports.COLUMN, "value"),
        State(Imports.ROLES, "data-address"),
        prevent_initial_call=True,
    )

    @app.callback(
        output=PAGE,
        inputs={"search": Input(Shell.ADDRESS, "search"), "_sent": Input(Imports.SENT, "data")},
    )
    def on_address(search: str | None, _sent: Any) -> Shown:
        return show(services, search, asking())
