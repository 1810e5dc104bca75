"""Callbacks of the page on which a preset is edited: from the address to the fields, and the live preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from callbacks.presets.saving import register_saving
from callbacks.presets.training import register_training
from callbacks.presets.view import TYPED, choose, show, try_out, typed
from callbacks.shared.steps import pressed_in, register_steps
from layouts.ids import Presets, Shell
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
KINDS = ("mode", "cut", "cell", "name", "playbook", "threshold")
FIELDS = {kind: Input(Presets.typed(kind, ALL), "value") for kind in KINDS}
PLACES = {kind: State(Presets.typed(kind, ALL), "id") for kind in KINDS}
_MARKED = {"error": Presets.problem, "sizes": Presets.sizes, "tile": Presets.tile, "held": Presets.held}
_SET = {"error": "children", "sizes": "children", "tile": "style", "held": "children"}
PAGE = {
    "sub": Output(Presets.SUB, "children"),
    "options": Output(Presets.CHOICE, "options"),
    "chosen": Output(Presets.CHOICE, "value"),
    "bar_hidden": Output(Presets.CHOICE_BAR, "hidden"),
    "train_hidden": Output(Presets.TRAIN_BAR, "hidden"),
    "trained": Output(Presets.TRAINED, "children", allow_duplicate=True),
    "notes": Output(Presets.NOTES, "children"),
    "form": Output(Presets.FORM, "children"),
    "versions": Output(Presets.VERSIONS, "children"),
    "download": Output(Presets.DOWNLOAD, "href"),
    "name": Output(Presets.NAME, "value"),
    "save_hidden": Output(Presets.SAVE_CARD, "hidden"),
    "author_hidden": Output(Presets.AUTHOR_FIELD, "hidden"),
    "fields_hidden": Output(Presets.SAVE_FIELDS, "hidden"),
    "signed": Output(Presets.SIGNED, "children"),
    "base": Output(Presets.BASE, "data"),
    "found": Output(Presets.FOUND, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_saving(app, services, FIELDS, PLACES)
    register_training(app, services)
    register_steps(app, Presets.STEP, [Input(Presets.CHOICE, "value")])
    app.clientside_callback(
        ClientsideFunction("presets", "cut"),
        Output(Presets.typed("cut", ALL), "disabled"),
        Output(Presets.typed("cut", ALL), "value"),
        Input(Presets.typed("mode", ALL), "value"),
        State(Presets.typed("mode", ALL), "id"),
        State(Presets.typed("cut", ALL), "id"),
        State(Presets.FOUND, "data"),
    )

    for kind in TYPED:
        app.clientside_callback(
            ClientsideFunction("presets", "mark"),
            Input(Presets.typed(kind, ALL), "invalid"),
            State(Presets.typed(kind, ALL), "id"),
        )

    @app.callback(
        output=PAGE | {"address": Output(Shell.ADDRESS, "search", allow_duplicate=True)},
        inputs={
            "step": Input(Presets.STEP, "data"),
            "_saved": Input(Presets.REVISION, "data"),
            "chosen": State(Presets.CHOICE, "value"),
            "base": State(Presets.BASE, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_step(
        step: Shown,
        _saved: str | None,
        chosen: str | None,
        base: Shown | None,
        search: str | None,
        release_id: str | None,
    ) -> Shown:
        pressed = pressed_in(step) and Presets.STEP in ctx.triggered_prop_ids.values()
        to: Any = choose(chosen, base, search) if pressed else no_update
        return show(services, release_id, search if to is no_update else to, asking()) | {"address": to}

    @app.callback(
        output={
            "preview": Output(Presets.PREVIEW, "children"),
            "invalid": {kind: Output(Presets.typed(kind, ALL), "invalid") for kind in TYPED},
            **{name: Output(place(ALL), _SET[name]) for name, place in _MARKED.items()},
        },
        inputs={
            "base": Input(Presets.BASE, "data"),
            "fields": FIELDS,
            "places": PLACES,
            "marked": {name: State(place(ALL), "id") for name, place in _MARKED.items()},
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_edit(
        base: Shown | None, fields: Shown, places: Shown, marked: Shown, release_id: str | None
    ) -> Shown:
        if not isinstance(base, dict) or not base:
            kept = {name: [no_update] * len(ids) for name, ids in marked.items()}
            return {
                "preview": [],
                "invalid": {kind: [no_update] * len(places[kind]) for kind in TYPED},
                **kept,
            }
        return try_out(services, release_id, base, typed(fields, places), marked)
