"""The card "Contacts": a file of e-mails, phone numbers and consent is brought, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import row_count
from layouts.ids import Data
from layouts.parts import button, card
from services.core.language.again import again
from services.core.language.messages import _, later, plural, sense

if TYPE_CHECKING:
    from services.site.customers.contacts import Standing

REPLACE, ALL_AGREED = "replace", "all_agreed"
CHOICES = {
    REPLACE: later("Remove contacts that are not in the file"),
    ALL_AGREED: later("Everybody in the file agreed to campaigns, unless the file says no"),
}


def contacts() -> html.Section:
    """Return the card as first shown; it holds no data."""
    options = [{"value": name, "label": label()} for name, label in CHOICES.items()]
    body = [
        dbc.Checklist(id=Data.CONTACTS_CHOICES, options=options, value=[]),
        html.P(button(_("Choose a file of contacts"), Data.CONTACTS_CHOOSE)),
        html.P(id=Data.CONTACTS_DOING, role="status"),
        html.P(
            button(_("Keep these contacts"), Data.CONTACTS_KEEP, kind="primary"),
            id=Data.CONTACTS_KEEP_BAR,
            hidden=True,
        ),
        html.Div(id=Data.CONTACTS_RESULT, role="status"),
        dcc.Store(id=Data.CONTACTS_SENT),
    ]
    return card(
        _("Contacts"),
        html.Span(id=Data.CONTACTS_FINDING),
        body,
        note=_(
            "CSV or Excel, one row per customer, with the customer ID, Email, Phone and Consent; exports of "
            "Shopify, Klaviyo, Mailchimp and HubSpot are understood. Customers can be filtered by all other "
            "columns. Contacts stay on this site and are not part of a release. A file that is sent but not "
            "kept is removed after a day."
        ),
        id=Data.CONTACTS,
    )


def of_standing(standing: Standing) -> str:
    """Say how many contacts there are and who of them may be written to."""
    if not standing.contacts or standing.at is None:
        return _("No contacts yet.")
    known = plural(
        "{n} contact, last changed on {day}.",
        "{n} contacts, last changed on {day}.",
        standing.contacts,
        n=words.number(standing.contacts),
        day=words.date(standing.at.isoformat()),
    )
    agreed = _(
        "{by_email} agreed to e-mails, {by_phone} to messages by phone.",
        by_email=words.number(standing.by_email),
        by_phone=words.number(standing.by_phone),
    )
    return f"{known} {agreed}"


def result(told: dict[str, Any]) -> list[Component]:
    """Return what became of a file.

    Parameters
    ----------
    told : dict
        What ``contacts --json`` prints.
    """
    number = words.number
    lines = [
        _(
            "{rows}: {kept} kept, {rejected} rejected.",
            rows=row_count(told["rows"]),
            kept=number(told["kept"]),
            rejected=number(told["rows"] - told["kept"]),
        ),
        _(
            "{added} contacts are new, {changed} changed, {unchanged} stayed the same, {removed} removed. "
            "Added to the opt-out list: {opted_out}.",
            added=number(told["added"]),
            changed=number(told["changed"]),
            unchanged=number(told["unchanged"]),
            removed=number(told["removed"]),
            opted_out=number(told["opted_out"]),
        ),
        *(
            _("Line {number}: {reason}", number=number(each["line"]), reason=again(each["reason"]))
            for each in told["first"]
        ),
        *map(again, told["warnings"]),
    ]
    return [
        html.P(html.B([sense("done", "Read"), " ", html.Bdi(told["file"])])),
        html.Ul([html.Li(line) for line in lines], className="sd-data-list"),
    ]
