"""Callbacks of the tab Playbooks: the list of groups, or the one that the address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from callbacks.playbooks.saving import register_editing
from callbacks.playbooks.view import show
from layouts.ids import Playbooks, Shell
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services

PAGE = {
    "sub": Output(Playbooks.SUB, "children"),
    "crumb": Output(Playbooks.CRUMB, "children"),
    "switch": Output(Playbooks.SWITCH, "children"),
    "notes": Output(Playbooks.NOTES, "children"),
    "cards": Output(Playbooks.CARDS, "children"),
    "caveat": Output(Playbooks.CAVEAT, "children"),
    "versions": Output(Playbooks.VERSIONS, "children"),
    "form_hidden": Output(Playbooks.FORM, "hidden"),
    "fields_hidden": Output(Playbooks.FIELDS, "hidden"),
    "author_hidden": Output(Playbooks.AUTHOR_FIELD, "hidden"),
    "suggest_hidden": Output(Playbooks.SUGGEST_BAR, "hidden"),
    "signed": Output(Playbooks.SIGNED, "children"),
    "goal": Output(Playbooks.GOAL, "value"),
    "message": Output(Playbooks.MESSAGE, "value"),
    "offer": Output(Playbooks.OFFER, "value"),
    "base": Output(Playbooks.BASE, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    register_editing(app, services)

    @app.callback(
        output=PAGE,
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "_saved": Input(Playbooks.REVISION, "data"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_address(search: str | None, _saved: str | None, release_id: str | None) -> dict[str, Any]:
        return show(services, release_id, search, asking())
