"""The versions of a playbook: who wrote what when, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Playbooks
from layouts.parts import Cell, Column, button, card, table

if TYPE_CHECKING:
    from services.site.versions.playbooks import Written


def listed(versions: Sequence[Written], *, may_change: bool) -> Component | None:
    """Return the card of a playbook's versions, None where nobody edited it.

    Parameters
    ----------
    versions : sequence of Written
        Newest first.
    may_change : bool
        Whether the reader may go back.
    """
    if not versions:
        return None
    newest = versions[0]
    finding = (
        f"{words.count(len(versions), 'version')}; {newest.author} saved the latest on "
        f"{words.date(newest.saved_at)}."
    )
    columns = [Column("Version"), Column("Saved"), Column("By"), Column("Text"), Column("Back")]
    rows = [_row(each, back=may_change and place > 0) for place, each in enumerate(versions)]
    return card(
        "Versions",
        finding,
        table(columns, rows, "Versions of the playbook"),
        note="Going back makes a new version with the earlier text; no version is ever deleted.",
        flush=True,
    )


def _row(written: Written, *, back: bool) -> list[Cell]:
    origin = f", back to version {written.origin}" if written.origin else ""
    text = html.Div(
        [
            html.Div([html.Small(f"{name} "), text])
            for name, text in (("Goal", written.goal), ("Message", written.message), ("Offer", written.offer))
        ],
        className="sd-playbooks-text",
    )
    return [
        f"Version {written.version}{origin}",
        words.date_time(written.saved_at.isoformat()),
        written.author,
        text,
        button("Go back to this version", Playbooks.back(written.version), small=True)
        if back
        else words.NOTHING,
    ]
