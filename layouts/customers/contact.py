"""The card "Campaigns and notes" of the tab Customers: may they be written to, and what did staff note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.customers.reach import reached
from layouts.ids import Customers
from layouts.parts import button, card, field
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.core.contacts.contact import Contact
    from services.site.customers.notes import Note
    from services.site.customers.opt_outs import OptOut

LONGEST = 1_000
_LOCAL = "local"
SWITCH = {True: later("Allow campaigns again"), False: later("Opt out of campaigns")}


def contact_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    text = dbc.Textarea(id=Customers.REMARK, rows=2, maxLength=LONGEST)
    form = html.Div(
        [
            field(
                _("New note"),
                text,
                hint=plural("up to {n} character", "up to {n} characters", LONGEST, n=words.number(LONGEST)),
                error_id=Customers.REMARK_ERROR,
            ),
            button(_("Save note"), Customers.REMARK_SAVE, small=True),
        ],
        id=Customers.REMARK_FORM,
        className="sd-contact-form",
        hidden=True,
    )
    switch = html.Div(
        [
            button("", Customers.SWITCH, small=True),
            html.P(id=Customers.SWITCH_ERROR, className="sd-err", role="alert"),
        ],
        id=Customers.SWITCH_PART,
        hidden=True,
    )
    return card(
        _("Campaigns and notes"),
        html.Span(id=Customers.CONTACT),
        [
            html.Div(id=Customers.REACH),
            switch,
            form,
            html.Div(id=Customers.REMARKS, **attributes(aria_live="polite")),
            dcc.Store(id=Customers.KEPT),
            dcc.Store(id=Customers.KEPT_REVISION),
        ],
        note=_(
            "Opted-out customers are excluded from every audience and file. Changes are logged, but not the "
            "text of notes."
        ),
        width=7,
        id=Customers.card("contact"),
    )


def nothing() -> dict[str, Any]:
    """Return the card's outputs where no customer is shown."""
    return {
        "badge": "",
        "contact": "",
        "reach": [],
        "switch": "",
        "switch_hidden": True,
        "form_hidden": True,
        "remarks": [],
        "kept": None,
    }


def shown(
    customer: str,
    listed: OptOut | None,
    notes: Sequence[Note],
    *,
    by_ledger: bool,
    may_change: bool,
    reach: Contact | None = None,
) -> dict[str, Any]:
    """Return the card's outputs by the names that ``callbacks.customers.contact`` wires.

    Parameters
    ----------
    customer : str
        Their id.
    listed : OptOut or None
        The customer's entry in the site's list.
    notes : sequence of Note
        The latest first.
    by_ledger : bool
        Whether the file that was trained on says that they want no campaigns.
    may_change : bool
        Whether the reader may change it.
    reach : Contact or None
        How they are reached; None where it is not known or not the reader's to see.
    """
    out = by_ledger or listed is not None
    return {
        "badge": html.Span(_("Opted out"), className="sd-contact-out") if out else "",
        "contact": _contact(listed, by_ledger=by_ledger),
        "switch": SWITCH[listed is not None](),
        "reach": reached(reach) if reach else [],
        # what the file says is changed where the file comes from
        "switch_hidden": not may_change or (by_ledger and listed is None),
        "form_hidden": not may_change,
        "remarks": _remarks(notes, may_change=may_change),
        "kept": {"id": customer, "opted_out": listed is not None},
    }


def _contact(listed: OptOut | None, *, by_ledger: bool) -> str:
    if by_ledger:
        return _("Opted out in the file itself: change this in the system the file comes from.")
    if listed is None:
        return _("Can be contacted: not on the opt-out list.")
    return _(
        "Opted out: added to the list by {who} on {day}.",
        who=_name(listed.who),
        day=words.date(listed.at.isoformat()),
    )


def _remarks(notes: Sequence[Note], *, may_change: bool) -> list[Component]:
    if not notes:
        return [html.P(_("No notes yet."), className="sd-muted")]
    return [html.Ul([_remark(each, may_change=may_change) for each in notes], className="sd-contact-notes")]


def _remark(note: Note, *, may_change: bool) -> html.Li:
    when = words.date_time(note.written_at.isoformat())
    parts: list[Component] = [
        html.P(note.text, className="sd-contact-text"),
        html.Small(_("By {who}, {when}", who=_name(note.author), when=when), className="sd-muted"),
    ]
    if may_change:
        label = attributes(aria_label=_("Remove the note from {when}", when=when))
        parts.append(button(_("Remove"), Customers.remove(note.id), kind="quiet", small=True, **label))
    return html.Li(parts)


def _name(who: str) -> str:
    return _("someone on this computer") if who == _LOCAL else who.removeprefix("cli:")
