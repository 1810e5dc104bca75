"""The versions of a playbook: who wrote what when, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Playbooks
from layouts.parts import Cell, Column, button, card, table
from layouts.playbooks import words as said
from services.core.language.messages import _, plural

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
    finding = plural(
        "{n} version; {author} saved the latest on {day}.",
        "{n} versions; {author} saved the latest on {day}.",
        len(versions),
        n=words.number(len(versions)),
        author=newest.author,
        day=words.date(newest.saved_at),
    )
    columns = [Column(each) for each in (_("Version"), _("Saved"), _("By"), _("Text"), _("Back"))]
    rows = [_row(each, back=may_change and place > 0) for place, each in enumerate(versions)]
    return card(
        _("Versions"),
        finding,
        table(columns, rows, _("Versions of the playbook")),
        note=_("Going back makes a new version with the earlier text; no version is ever deleted."),
        flush=True,
    )


def _row(written: Written, *, back: bool) -> list[Cell]:
    text = html.Div(
        [
            html.Div([html.Small(f"{called()} "), getattr(written, name)])
            for name, called in said.TEXTS.items()
        ],
        className="sd-playbooks-text",
    )
    return [
        _("Version {n}, back to version {earlier}", n=written.version, earlier=written.origin)
        if written.origin
        else _("Version {n}", n=written.version),
        words.date_time(written.saved_at.isoformat()),
        written.author,
        text,
        button(_("Go back to this version"), Playbooks.back(written.version), small=True)
        if back
        else words.NOTHING,
    ]
