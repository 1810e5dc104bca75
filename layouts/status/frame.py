"""The page on how the site is doing: one sentence, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Status
from layouts.parts import Cell, Column, breadcrumb, card, empty, grid, page_head, skeleton, table
from layouts.parts.lights import Light, light
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.site.alerts.events import Alert

SUB = later("Whether everything on the site works.")
WORDS: dict[Light, later] = {"ok": later("Fine"), "warn": later("Needs a look"), "bad": later("Needs action")}
HIDDEN_ROWS = later("Something that analysts and admins see here needs a look.")


@dataclass(frozen=True)
class Row:
    """What one thing is like.

    Attributes
    ----------
    name : str
    colour : {"ok", "warn", "bad"}
    sentence : str
    more : bool
        Whether analysts and admins alone see it.
    word : str
        Beside the light; the usual one of its colour where empty.
    """

    name: str
    colour: Light
    sentence: str
    more: bool = False
    word: str = ""


def layout() -> Component:
    """Return the page as first shown."""
    waiting = card(_("What the site depends on"), None, skeleton("rows"))
    return html.Div(
        [
            breadcrumb([(_("Data"), "/data"), (_("Status"), None)]),
            page_head(_("Status"), html.Span(SUB(), id=Status.SUB)),
            html.Div(grid([waiting]), id=Status.PAGE),
        ]
    )


def page(rows: Sequence[Row], on: Sequence[Alert], over: Sequence[Alert], *, more: bool) -> Component:
    """Return what stands below the head.

    Parameters
    ----------
    rows : sequence of Row
    on, over : sequence of Alert
        Those that last, and the last ones that are over.
    more : bool
        Whether the reader sees everything.
    """
    shown = [row for row in rows if more or not row.more]
    listed: list[list[Cell]] = [
        [
            _together(row.name),
            html.Span([light(row.colour, row.word or WORDS[row.colour]()), f" {row.sentence}"]),
        ]
        for row in shown
    ]
    rests = card(
        _("What the site depends on"),
        sentence(rows, more=more),
        table([_("What"), _("State, and why")], listed, _("State of each part")),
        flush=True,
    )
    return grid([rests, *([_alerts(on, over)] if more else [])])


def sentence(rows: Sequence[Row], *, more: bool) -> str:
    """Say whether all is well, or what needs a look."""
    shown = [row.name.lower() for row in rows if row.colour != "ok" and (more or not row.more)]
    hidden = not more and any(row.more and row.colour != "ok" for row in rows)
    if shown:
        names = words.capital(words.listing(shown))
        said = plural("{names} needs a look.", "{names} need a look.", len(shown), names=names)
        return f"{said} {HIDDEN_ROWS()}" if hidden else said
    return HIDDEN_ROWS() if hidden else _("All is well.")


def _together(name: str) -> str:
    return name.replace(" ", "\u00a0")


def _alerts(on: Sequence[Alert], over: Sequence[Alert]) -> html.Section:
    """Return the card of alerts: those that last first."""
    finding = (
        plural("{n} alert is on.", "{n} alerts are on.", len(on), n=words.number(len(on)))
        if on
        else _("No alert is on.")
    )
    note: list[Component | str] = [
        _(
            "The worker looks every minute. Each alert goes to the log once when it begins and once when it "
            "is over, and to ALERT_WEBHOOK_URL where that is set."
        )
    ]
    if not on and not over:
        return card(
            _("Alerts"), finding, empty(_("No alerts yet"), _("Nothing has been wrong so far.")), note=note
        )
    heads = [Column(_("Since")), Column(_("Until"), optional=True), Column(_("What"))]
    rows: list[list[Cell]] = [
        [
            words.date_time(each.began_at),
            words.date_time(each.ended_at) if each.ended_at else _("still on"),
            again(each.sentence),
        ]
        for each in [*on, *over]
    ]
    listed = table(heads, rows, _("Alerts, those that are on first"))
    return card(_("Alerts"), finding, listed, note=note, flush=True)
