"""What stands above the figures of the Segments tab: the most notable changes, and the way to who moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import icon
from services.core.language.messages import _, plural

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
    more = html.Li(dcc.Link(_("See who moved, and why"), href=MOVEMENT, className="sd-link"))
    return [html.Ul([*listed, *new, more])]


def nothing(found: Changes, since: str) -> str:
    """Say that no segment changed notably, and which are too small to tell."""
    judged = (
        _("No change since {day} beyond the usual coming and going of customers.", day=since)
        if found.by_chance
        else _(
            "No large change since {day}: no segment of 20 customers or more has grown or shrunk by at least "
            "10\u00a0% and 20 customers.",
            day=since,
        )
    )
    if not found.small:
        return judged
    small = _("Too small to judge: {segments}.", segments=words.listing(found.small))
    return f"{judged} {small}"


def newcomers(windows: Windows) -> str:
    """Return ``142 customers first ordered in the last 30 days, 20 fewer than in the 30 before``."""
    if windows.new is None:
        return ""
    n = words.number(windows.new)
    if windows.new_before is None:
        return plural(
            "{n} customer first ordered in the last 30 days.",
            "{n} customers first ordered in the last 30 days.",
            windows.new,
            n=n,
        )
    change = windows.new - windows.new_before
    other = words.number(abs(change))
    if not change:
        return plural(
            "{n} customer first ordered in the last 30 days, as many as in the 30 days before.",
            "{n} customers first ordered in the last 30 days, as many as in the 30 days before.",
            windows.new,
            n=n,
        )
    if change > 0:
        return plural(
            "{n} customer first ordered in the last 30 days, {more} more than in the 30 days before.",
            "{n} customers first ordered in the last 30 days, {more} more than in the 30 days before.",
            windows.new,
            n=n,
            more=other,
        )
    return plural(
        "{n} customer first ordered in the last 30 days, {fewer} fewer than in the 30 days before.",
        "{n} customers first ordered in the last 30 days, {fewer} fewer than in the 30 days before.",
        windows.new,
        n=n,
        fewer=other,
    )


def _link(alert: Alert, since: str) -> Component:
    end = "to" if alert.now > alert.before else "from"
    return dcc.Link(sentence(alert, since), href=f"{MOVEMENT}?{end}_segment={alert.segment.id}")


def sentence(alert: Alert, since: str) -> str:
    """Return ``At risk grew by 12 % since 10 November, to 516``."""
    places = {
        "segment": alert.segment.name,
        "share": words.share(abs(alert.change)),
        "day": since,
        "now": words.number(alert.now),
    }
    if alert.now > alert.before:
        return _("{segment} grew by {share} since {day}, to {now}.", **places)
    return _("{segment} shrank by {share} since {day}, to {now}.", **places)


def _worse(alert: Alert) -> bool:
    return alert.segment.at_risk and alert.now > alert.before


def _colour(alert: Alert) -> str:
    return "sd-warn" if _worse(alert) else "sd-muted"
