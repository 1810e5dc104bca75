"""The card Training: where the last training stands, and what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.data import sentences as said
from layouts.data.words import as_written, facts, row_count
from layouts.ids import Training
from layouts.parts import alert, button, card, field, skeleton
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.site.ledger import Entry

BRING = "/import"
NAMED = 5
"""How many files are named; there may be one for each month."""


def training() -> html.Section:
    """Return the card as first shown; it holds no data."""
    select = dbc.Select(id=Training.PRESET, options=[], size="sm")
    stop = html.Div(
        button(_("Stop"), Training.STOP, icon_name="close", small=True), id=Training.STOP_BAR, hidden=True
    )
    form = [
        html.H3(_("Train on the ledger"), className="sd-sub"),
        html.Div(id=Training.FILES),
        html.Div(
            [
                field(_("Preset"), select, error_id=Training.PRESET_ERROR),
                html.Div(id=Training.OPTIONS),
                button(_("Train on the ledger"), Training.TRAIN, kind="primary"),
            ],
            id=Training.TRAIN_BAR,
            hidden=True,
        ),
    ]
    body = [
        html.Div(skeleton("text"), id=Training.STATE),
        html.Div(form, id=Training.FORM, hidden=True),
        html.P(id=Training.ERROR, className="sd-err", role="alert"),
        html.P(id=Training.STATUS, className="sd-unseen", role="status"),
        dcc.Store(id=Training.JOB),
        dcc.Store(id=Training.ASKED),
        dcc.Store(id=Training.TOLD),
        dcc.Store(id=Training.ENDED),
    ]
    return card(_("Training"), html.Span(id=Training.FINDING), body, tools=[stop], id=Training.CARD)


def files(entries: Sequence[Entry]) -> list[Component]:
    """Return what a training on the ledger would be made of.

    Parameters
    ----------
    entries : sequence of Entry
        The first added first.
    """
    if not entries:
        bring = dcc.Link(_("Bring a file"), href=BRING, className="sd-link")
        kept = _("it is kept for this and every later training.")
        return [html.P([_("The ledger has no files yet."), " ", bring, ": ", kept])]
    first, last = min(each.first_day for each in entries), max(each.last_day for each in entries)
    whole = plural(
        "{n} file with {rows} and orders from {first} to {last}.",
        "{n} files with {rows} and orders from {first} to {last}; rows in more than one of them count once.",
        len(entries),
        n=words.number(len(entries)),
        rows=row_count(sum(each.rows for each in entries)),
        first=words.date(first),
        last=words.date(last),
    )
    newest = list(reversed(entries))[:NAMED]
    lines = [
        html.Li(
            [
                as_written(each.name),
                ": ",
                _(
                    "{rows}, {first} to {last}",
                    rows=row_count(each.rows),
                    first=words.date_short(each.first_day),
                    last=words.date_short(each.last_day),
                ),
            ]
        )
        for each in newest
    ]
    if more := len(entries) - len(newest):
        others = plural("and {n} added before", "and {n} added before", more, n=words.small(more))
        lines.append(html.Li(others))
    return [html.P(whole), html.Ul(lines, className="sd-data-list")]


def options(kept: Mapping[str, Any], made_with: Mapping[str, Any]) -> list[Component]:
    """Return the options that go for the training beside its preset, and the day that does not go on.

    Parameters
    ----------
    kept : mapping
        Those of the active release and those that were said with files of the ledger.
    made_with : mapping
        All that the active release was made with.
    """
    told = said.chosen(kept)
    parts: list[Component] = []
    if told:
        heading = _("Chosen for the active release, or when a file was added:")
        parts = [html.P(heading, className="sd-note"), facts(told)]
    if (day := made_with.get("as_of")) and not kept.get("as_of"):
        parts.append(html.P(said.counted_anew(day), className="sd-note"))
    return parts


def asked(what: str, *, on_ledger: bool) -> list[Component]:
    """Return what another page says when a training was asked for from there."""
    follow = dcc.Link(_("Follow it on Data"), href=f"/data#{Training.CARD}", className="sd-link")
    return [alert(_("Training requested."), [f"{said.asked(what, on_ledger=on_ledger)} ", follow, "."], "ok")]
