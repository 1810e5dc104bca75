"""Callbacks of the tab Campaigns: from the address to the form, an audience and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.audiences.changing import register_changing
from callbacks.audiences.pushing import CARD, register_pushing
from callbacks.audiences.rehearsing import rehearse
from callbacks.audiences.saving import register_saving
from callbacks.audiences.view import again, show, try_out, usual_owner
from layouts.ids import Audiences, Shell
from services.web.access.asking import asking, seen_contacts

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
PAGE = {
    "notes": Output(Audiences.NOTES, "children"),
    "form_hidden": Output(Audiences.FORM, "hidden"),
    "finding": Output(Audiences.FORM_FINDING, "children"),
    "playbook": Output(Audiences.PLAYBOOK, "value"),
    "starts_on": Output(Audiences.START, "value"),
    "ends_on": Output(Audiences.END, "value"),
    "opened_hidden": Output(Audiences.OPENED, "hidden"),
    "opened": Output(Audiences.RESULT, "children"),
    "file": Output(Audiences.FILE_FINDING, "children"),
    "tools": Output(Audiences.TOOLS, "children"),
    "list": Output(Audiences.LIST, "children"),
    "start_hidden": Output(Audiences.START_PART, "hidden"),
    "start_said": Output(Audiences.START_SAID, "children"),
    "rename": Output(Audiences.RENAME_NAME, "value"),
    "archive_hidden": Output(Audiences.ARCHIVE, "hidden"),
    "restore_hidden": Output(Audiences.RESTORE, "hidden"),
    "delete_said": Output(Audiences.DELETE_SAID, "children"),
    "seen": Output(Audiences.SEEN, "data"),
    **CARD,
}
FIELDS = {
    "name": Audiences.NAME,
    "owner": Audiences.OWNER,
    "playbook": Audiences.PLAYBOOK,
    "starts_on": Audiences.START,
    "ends_on": Audiences.END,
    "share": Audiences.SHARE,
}
ERRORS = {
    "name": Audiences.NAME_ERROR,
    "owner": Audiences.OWNER_ERROR,
    "playbook": Audiences.PLAYBOOK_ERROR,
    "starts_on": Audiences.START_ERROR,
    "ends_on": Audiences.END_ERROR,
    "share": Audiences.SHARE_ERROR,
    "save": Audiences.SAVE_ERROR,
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_saving(app, services, FIELDS, ERRORS)
    register_changing(app, services, PAGE)
    register_pushing(app, services)

    @app.callback(
        output=PAGE | {"owner": Output(Audiences.OWNER, "value")},
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "owner": State(Audiences.OWNER, "value"),
        },
    )
    def on_address(search: str | None, release_id: str | None, owner: str | None) -> Shown:
        page = show(services, services.releases.at(release_id), search, seen_contacts(services))
        return page | {"owner": usual_owner(owner, asking().name)}

    @app.callback(
        output={
            "preview": Output(Audiences.PREVIEW, "children"),
            "errors": {name: Output(line, "children") for name, line in ERRORS.items()},
        },
        inputs={
            "name": Input(Audiences.NAME, "value"),
            "starts_on": Input(Audiences.START, "value"),
            "ends_on": Input(Audiences.END, "value"),
            "share": Input(Audiences.SHARE, "value"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_form(search: str | None, release_id: str | None, **values: Any) -> Shown:
        return try_out(services, services.releases.at(release_id), search, values, seen_contacts(services))

    # apart from the form's, which answers at once
    @app.callback(
        Output(Audiences.TRIALS, "children"),
        inputs={
            "starts_on": Input(Audiences.START, "value"),
            "ends_on": Input(Audiences.END, "value"),
            "share": Input(Audiences.SHARE, "value"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_days_or_share(search: str | None, release_id: str | None, **values: Any) -> Any:
        return rehearse(services, services.releases.at(release_id), search, values, seen_contacts(services))

    @app.callback(
        output={
            name: Output(PAGE[name].component_id, PAGE[name].component_property, allow_duplicate=True)
            for name in ("file", *CARD)
        },
        inputs={
            "_seen": Input(Shell.SEEN, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_seen(_seen: Any, search: str | None, release_id: str | None) -> Shown:
        return again(services, services.releases.at(release_id), search)

    app.clientside_callback(
        ClientsideFunction("audiences", "files"),
        Output(Audiences.EXPORT, "href"),
        Output(Audiences.EXPORT_BOOK, "href"),
        Input(Audiences.COLUMNS, "value"),
        Input(Shell.ADDRESS, "search"),
        State(Shell.RELEASE, "data"),
    )
