"""The page on which a preset is edited: cut points, map, names. The frame, without data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Presets
from layouts.parts import (
    breadcrumb,
    button,
    card,
    caution,
    empty,
    field,
    grid,
    link_button,
    page_head,
    skeleton,
    stack,
)
from services.core.language.messages import _, later

SUB = later("Cut points, map and names, and who would move.")


def layout() -> Component:
    """Return the page as first shown."""
    select = dbc.Select(id=Presets.CHOICE, options=[], size="sm")
    download = link_button(
        _("Download TOML"), "/export/preset.toml", id=Presets.DOWNLOAD, icon_name="download", download=""
    )
    return html.Div(
        [
            breadcrumb([(_("Data"), "/data"), (_("Edit segments"), None)]),
            page_head(_("Edit segments"), html.Span(SUB(), id=Presets.SUB), [download]),
            html.Div(
                [
                    field(_("Preset"), select),
                    html.Div(
                        button(_("Train with this preset"), Presets.TRAIN, small=True),
                        id=Presets.TRAIN_BAR,
                        className="sd-k-train",
                        hidden=True,
                    ),
                    html.Div(id=Presets.NOTES, className="sd-k-notes", role="status"),
                ],
                id=Presets.CHOICE_BAR,
                className="sd-k-bar",
                hidden=True,
            ),
            html.Div(id=Presets.TRAINED, className="sd-k-told", role="status"),
            grid(
                [
                    html.Div(skeleton("rows", 8), id=Presets.FORM, className="sd-stack sd-c7"),
                    stack([html.Div(id=Presets.PREVIEW, className="sd-stack", role="status"), _save()], 5),
                    html.Div(id=Presets.VERSIONS, className="sd-c12"),
                ]
            ),
            dcc.Store(id=Presets.BASE),
            dcc.Store(id=Presets.STEP),
            dcc.Store(id=Presets.FOUND),
            dcc.Store(id=Presets.REVISION),
        ]
    )


def _save() -> html.Section:
    fields = [
        field(_("Name of the preset"), _line(Presets.NAME, 80), error_id=Presets.NAME_ERROR),
        html.Div(
            field(
                _("Your name"),
                _line(Presets.AUTHOR, 80, persistence=True, persistence_type="local", autocomplete="name"),
                hint=_("shown beside the version"),
                error_id=Presets.AUTHOR_ERROR,
            ),
            id=Presets.AUTHOR_FIELD,
        ),
        field(
            _("Note"),
            _line(Presets.NOTE, 300),
            hint=_("optional: why you made this change"),
            error_id=Presets.NOTE_ERROR,
        ),
        html.Div(button(_("Save"), Presets.SAVE, kind="primary"), className="sd-presets-save"),
    ]
    return card(
        _("Save a version"),
        _("Saving changes nothing on the other tabs until the next training."),
        [
            html.P(id=Presets.SIGNED, className="sd-presets-signed"),
            html.Div(fields, id=Presets.SAVE_FIELDS),
            html.P(id=Presets.SAVE_ERROR, className="sd-err", role="alert"),
            html.Div(id=Presets.SAVED, role="status"),
        ],
        id=Presets.SAVE_CARD,
    )


def signed(name: str | None, *, may_change: bool) -> str:
    """Say under whose name versions are saved, or that this person's role does not allow it."""
    if name is None:
        return ""
    if may_change:
        return _("Versions are saved under your name, {name}.", name=name)
    return _(
        "You can try anything here. To save, you need the role analyst; ask the person who runs this site."
    )


def _line(id: str, longest: int, **more: object) -> dbc.Input:
    return dbc.Input(id=id, type="text", maxLength=longest, **{"autocomplete": "off", **more})


def notes(sentences: list[str]) -> list[Component]:
    """Say what about the preset or the address a reader must know."""
    return [html.P(caution(sentence)) for sentence in sentences]


def fixed_by_clusters(name: str) -> Component:
    """Return what stands for the form where the segments are the clusters."""
    return empty(
        _("The segments of “{preset}” are its clusters", preset=name),
        _(
            "Each training finds them again and names them by what is in them, so there are no cut points, "
            "map or names to edit. Choose another preset above."
        ),
    )


def nothing(sentence: str) -> Component:
    """Return what stands for the form where there is no release to try an edit on."""
    return empty(_("Nothing to edit yet"), sentence)
