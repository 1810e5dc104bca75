"""The first visit on the tab Help: its steps, each of which can be begun with."""

from __future__ import annotations

from dash import html

from layouts.parts import card
from layouts.parts.attributes import attributes
from layouts.shell.visit import STEPS, TITLE
from services.core.language.messages import _


def visit_card() -> html.Section:
    """Return the list of steps."""
    steps = [
        html.Li(
            html.Button(
                step.title(), type="button", className="sd-link", **attributes(data_visit=str(number))
            )
        )
        for number, step in enumerate(STEPS, 1)
    ]
    note = _("Press a step to begin with it. Esc or Skip ends the visit at any time.")
    return card(
        TITLE(),
        _("Five short steps over the main pages."),
        html.Ol(steps, className="sd-help-visit"),
        note=note,
        width=4,
    )
