"""What stands above the figures of the Segments tab: the most notable changes, and the way to who moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import icon

if TYPE_CHECKING:
    from services.serving.segments.alerts import Alert, Changes
    from services.serving.segments.windows import Windows

MOVEMENT = "/movement"


def changes(found: Changes, compared: str | None) -> list[Component]:
    """Return a sentence for each change, each a link to the customers it is made of; then who is new.

    Parameters
    ----------
    found : Changes
    compared : str or None
        The moment compared with; None where the release has no past.
    """
    told = newcomers(found.windows) if found.windows else ""
    new = [html.Li([html.Span(icon("info"), className="sd-muted"), told])] * bool(told)
    if compared is None:
        return [html.Ul(new)] if new else []
    since = words.day_and_month(compared)
    listed = [
        html.Li(
            [
                html.Span(icon("warning" if _worse(each) else "info"), className=_colour(each)),
                _link(each, since),
            ]
        )
        for each in found.notable
    ] or [html.Li(nothing(found, since))]
    more = html.Li(dcc.Link("See who moved, and why", href=MOVEMENT, className="sd-link"))
    return [html.Ul([*listed, *new, more])]


def nothing(found: Changes, since: str) -> str:
    """Say that no segment changed notably, and which are too small to tell."""
    judged = (
        f"No change since {since} beyond the usual coming and going of customers."
        if found.by_chance
        else f"No large change since {since}: no segment of 20 customers or more has grown or shrunk by at "
        "least 10\u00a0% and 20 customers."
    )
    return f"{judged} Too small to judge: {words.listing(found.small)}." if found.small else judged


def newcomers(windows: Windows) -> str:
    """Return ``142 customers first ordered in the last 30 days, 20 fewer than in the 30 before``."""
    if windows.new is None:
        return ""
    first = f"{words.count(windows.new, 'customer')} first ordered in the last 30 days"
    if windows.new_before is None:
        return f"{first}."
    more = windows.new - windows.new_before
    if not more:
        return f"{first}, as many as in the 30 days before."
    which = "more" if more > 0 else "fewer"
    return f"{first}, {words.number(abs(more))} {which} than in the 30 days before."


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
