"""The card that says whether it is time for another release: its light, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import card, drift
from layouts.parts.lights import Light, light
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.core.drift import Shift
    from services.serving.releases.drifting import Newer

TITLE = later("Time for another release?")


@dataclass(frozen=True)
class Retraining:
    """How the active release stands.

    Attributes
    ----------
    age : int
        Days from its newest order to today.
    stale_after : int or None
        After how many days data counts as old; None where it never does.
    newer : Newer or None
        The newest release after it.
    retrain_at : {"some", "large"}
        The site's rule.
    """

    age: int
    stale_after: int | None
    newer: Newer | None
    retrain_at: Shift


def retraining(found: Retraining) -> html.Section:
    """Return the card."""
    colour, word, sentence = _said(found)
    parts: list[Component | str] = [light(colour, word), f" {sentence}"]
    if found.newer is not None:
        compare = dcc.Link(_("Compare the two releases"), href=f"/releases?with={found.newer.manifest.id}")
        parts += [" ", compare, "."]
    note: list[Component | str] = [drift.rule(found.retrain_at)]
    if found.stale_after is not None:
        old = _("Data counts as old after {days} (DATA_MAX_AGE_DAYS).", days=words.days(found.stale_after))
        note.append(f" {old}")
    status = dcc.Link(_("Status"), href="/status")
    note += [
        " ",
        *woven(_("How the site itself is doing is shown on {page}.", page=gap("page")), page=status),
    ]
    explained = html.P(drift.EXPLAINED(), className="sd-note") if found.newer is not None else None
    return card(TITLE(), parts, explained, note=note)


def _said(found: Retraining) -> tuple[Light, str, str]:
    newer = found.newer
    if newer is not None:
        shift = newer.drift.shift
        made = _("A newer release, made on {day}, is not published.", day=words.date(newer.manifest.made_at))
        advice = drift.advice(shift, due=newer.due(found.retrain_at))
        return drift.COLOURS[shift], drift.NAMES[shift](), f"{made} {drift.reason(newer.drift)} {advice}"
    if found.stale_after is not None and found.age > found.stale_after:
        old = _("The data ended {days} ago. Bring newer sales and train on them.", days=words.days(found.age))
        return "warn", _("Old data"), old
    return "ok", _("Not now"), _("No newer release can be used, so there is no drift to measure.")
