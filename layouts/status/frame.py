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

if TYPE_CHECKING:
    from services.site.alerts.events import Alert

SUB = "Whether everything on the site works."
WORDS: dict[Light, str] = {"ok": "Fine", "warn": "Needs a look", "bad": "Needs action"}
HIDDEN_ROWS = "Something that analysts and admins see here needs a look."


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
    waiting = card("What the site depends on", None, skeleton("rows"))
    return html.Div(
        [
            breadcrumb([("Data", "/data"), ("Status", None)]),
            page_head("Status", html.Span(SUB, id=Status.SUB)),
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
            html.Span([light(row.colour, row.word or WORDS[row.colour]), f" {row.sentence}"]),
        ]
        for row in shown
    ]
    rests = card(
        "What the site depends on",
        sentence(rows, more=more),
        table(["What", "State, and why"], listed, "State of each part"),
        flush=True,
    )
    return grid([rests, *([_alerts(on, over)] if more else [])])


def sentence(rows: Sequence[Row], *, more: bool) -> str:
    """Say whether all is well, or what needs a look."""
    shown = [row.name.lower() for row in rows if row.colour != "ok" and (more or not row.more)]
    hidden = not more and any(row.more and row.colour != "ok" for row in rows)
    if shown:
        needs = "needs" if len(shown) == 1 else "need"
        said = f"{words.capital(words.listing(shown))} {needs} a look."
        return f"{said} {HIDDEN_ROWS}" if hidden else said
    return HIDDEN_ROWS if hidden else "All is well."


def _together(name: str) -> str:
    return name.replace(" ", "\u00a0")


def _alerts(on: Sequence[Alert], over: Sequence[Alert]) -> html.Section:
    """Return the card of alerts: those that last first."""
    finding = (
        f"{words.capital(words.count(len(on), 'alert'))} {'is' if len(on) == 1 else 'are'} on."
        if on
        else "No alert is on."
    )
    note: list[Component | str] = [
        "The worker looks every minute. Each alert goes to the log once when it begins and once when it is "
        "over, and to ALERT_WEBHOOK_URL where that is set."
    ]
    if not on and not over:
        return card("Alerts", finding, empty("No alerts yet", "Nothing has been wrong so far."), note=note)
    heads = [Column("Since"), Column("Until", optional=True), Column("What")]
    rows: list[list[Cell]] = [
        [
            words.date_time(each.began_at),
            words.date_time(each.ended_at) if each.ended_at else "still on",
            each.sentence,
        ]
        for each in [*on, *over]
    ]
    listed = table(heads, rows, "Alerts, those that are on first")
    return card("Alerts", finding, listed, note=note, flush=True)
