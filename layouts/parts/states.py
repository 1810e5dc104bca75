"""What a part shows when it has nothing to show: empty, loading, refused, failed; and messages."""

from __future__ import annotations

from typing import Any, Literal

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.badges import icon
from layouts.parts.cards import Content
from services.core.language.messages import _

Mood = Literal["bad", "warn", "ok", "info"]
_ICONS = {"bad": "refused", "warn": "warning", "ok": "done", "info": "info"}


def empty(
    heading: str,
    sentence: Content = None,
    action: Component | None = None,
    art: Literal["grid", "search"] = "grid",
) -> html.Div:
    """Say that there is nothing to show: what is missing, what would help, one thing to do."""
    parts: list[Component] = [
        html.Span(className=f"sd-art sd-art-{art}", **HIDDEN),
        html.P(heading, className="sd-empty-title"),
        html.P(sentence),
    ]
    return html.Div([*parts, action] if action else parts, className="sd-empty")


def failure(reference: str) -> html.Div:
    """Show a defect inside the part it broke."""
    return html.Div(
        [
            html.P(_("This part could not be shown"), className="sd-empty-title"),
            html.P(
                [
                    _("The rest of the page is unaffected."),
                    " ",
                    _("Reference"),
                    " ",
                    html.Code(reference, className="sd-ref"),
                ]
            ),
            html.Button(
                _("Try again"), type="button", className="sd-btn sd-btn-sm", **attributes(data_reload="true")
            ),
        ],
        className="sd-empty",
    )


def without_release(sentence: str) -> html.Div:
    """Show, instead of a page, why there is no release for it, and what to do."""
    again = html.Button(_("Try again"), type="button", className="sd-btn", **attributes(data_reload="true"))
    art = html.Span(className="sd-art sd-art-grid", **HIDDEN)
    data = dcc.Link(_("Open Data"), href="/data", className="sd-btn sd-btn-primary")
    actions = html.Div([data, again], className="sd-actions")
    return html.Div(
        [art, html.H1(_("There is nothing to show now")), html.P(sentence), actions], className="sd-empty"
    )


def skeleton(shape: Literal["map", "rows", "chart", "text"] = "rows", count: int = 6) -> html.Div:
    """Show the grey shape of what comes, after 300 ms, so that quick answers do not flicker.

    One element, whose style sheet draws the shape: pages are sent with it.
    """
    shapes: dict[str, Any] = {"style": {"--rows": count}} if shape == "rows" else {}
    return html.Div(className=f"sd-sk sd-sk-{shape}", **shapes, **attributes(aria_busy="true"))


def refusal(sentence: str | None) -> list[Component]:
    """Return the children of a field's error line: what is allowed; empty when nothing is wrong."""
    return [icon("refused"), html.Span(sentence)] if sentence else []


def caution(sentence: str | None) -> list[Component]:
    """Return the same for a value that is taken, but is worth a warning."""
    return [html.Span([icon("warning")], className="sd-warn"), html.Span(sentence)] if sentence else []


def alert(heading: str, sentence: Content, mood: Mood = "bad") -> html.Div:
    """Show a message inside a card."""
    return html.Div(
        [icon(_ICONS[mood]), html.Div([html.B(heading), " ", html.Span(sentence)])],
        className=f"sd-alert sd-alert-{mood}",
        role="alert" if mood == "bad" else "status",
    )


def banner(
    heading: str, sentence: str, mood: Literal["warn", "info"], action: Component | None = None
) -> list[Component]:
    """Return the children of a banner above the top bar."""
    words = html.Span([html.B(heading), f" {sentence}"])
    return [icon(_ICONS[mood]), words, *([action] if action else [])]


def toast(
    heading: str, sentence: str = "", mood: Mood = "ok", reference: str | None = None
) -> dict[str, Any]:
    """Return ``data`` for ``ids.Shell.TOAST``: shown until closed, or for 8 s when all is well.

    Write it with ``Output(ids.Shell.TOAST, "data", allow_duplicate=True)`` or ``set_props``.
    """
    return {"heading": heading, "sentence": sentence, "mood": mood, "reference": reference}
