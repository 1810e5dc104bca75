"""What stands above the figures of the Segments tab: the most notable changes, and the way to who moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import icon

if TYPE_CHECKING:
    from services.serving.segments.alerts import Alert

MOVEMENT = "/movement"


def changes(alerts: Sequence[Alert], compared: str | None) -> list[Component]:
    """Return a sentence for each change, each a link to the customers it is made of.

    Parameters
    ----------
    alerts : sequence of Alert
        None where no change is notable.
    compared : str or None
        The moment compared with; None where the release has no past.
    """
    if compared is None:
        return []
    since = words.day_and_month(compared)
    told = [
        html.Li(
            [
                html.Span(icon("warning" if _worse(each) else "info"), className=_colour(each)),
                _link(each, since),
            ]
        )
        for each in alerts
    ] or [
        html.Li(
            f"No large change since {since}: no segment of 20 customers or more has grown or shrunk by "
            "at least 10\u00a0% and 20 customers."
        )
    ]
    return [html.Ul([*told, html.Li(dcc.Link("See who moved, and why", href=MOVEMENT, className="sd-link"))])]


def _link(alert: Alert, since: str) -> Component:
    end = "to" if alert.now > alert.before else "from"
    return dcc.Link(sentence(alert, since), href=f"{MOVEMENT}?{end}_segment={alert.segment.id}")


def sentence(alert: Alert, since: str) -> str:
    """Return ``At risk grew by 12 % since 10 November, to 516``."""
    verb = "grew" if alert.now > alert.before else "shrank"
    name, share = alert.segment.name, words.share(abs(alert.change))
    return f"{name} {verb} by {share} since {since}, to {words.number(alert.now)}."


def _worse(alert: Alert) -> bool:
    return alert.segment.at_risk and alert.now > alert.before


def _colour(alert: Alert) -> str:
    return "sd-warn" if _worse(alert) else "sd-muted"
