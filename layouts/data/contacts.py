"""The card "Contacts": a file of e-mails, phone numbers and consent is brought, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Data
from layouts.parts import button, card

if TYPE_CHECKING:
    from services.site.customers.contacts import Standing

REPLACE, ALL_AGREED = "replace", "all_agreed"
CHOICES = {
    REPLACE: "Remove contacts that are not in the file",
    ALL_AGREED: "Everybody in the file agreed to campaigns, unless the file says no",
}


def contacts() -> html.Section:
    """Return the card as first shown; it holds no data."""
    options = [{"value": name, "label": label} for name, label in CHOICES.items()]
    body = [
        dbc.Checklist(id=Data.CONTACTS_CHOICES, options=options, value=[]),
        html.P(button("Choose a file of contacts", Data.CONTACTS_CHOOSE)),
        html.P(id=Data.CONTACTS_DOING, role="status"),
        html.P(
            button("Keep these contacts", Data.CONTACTS_KEEP, kind="primary"),
            id=Data.CONTACTS_KEEP_BAR,
            hidden=True,
        ),
        html.Div(id=Data.CONTACTS_RESULT, role="status"),
        dcc.Store(id=Data.CONTACTS_SENT),
    ]
    return card(
        "Contacts",
        html.Span(id=Data.CONTACTS_FINDING),
        body,
        note="CSV or Excel, one row per customer, with the customer ID, Email, Phone and Consent; exports of "
        "Shopify, Klaviyo, Mailchimp and HubSpot are understood. Customers can be filtered by all other "
        "columns. Contacts stay on this site and are not part of a release. A file that is sent but not kept "
        "is removed after a day.",
        id=Data.CONTACTS,
    )


def of_standing(standing: Standing) -> str:
    """Say how many contacts there are and who of them may be written to."""
    if not standing.contacts or standing.at is None:
        return "No contacts yet."
    return (
        f"{words.count(standing.contacts, 'contact')}, last changed on "
        f"{words.date(standing.at.isoformat())}. "
        f"{words.number(standing.by_email)} agreed to e-mails, {words.number(standing.by_phone)} to "
        "messages by phone."
    )


def result(told: dict[str, Any]) -> list[Component]:
    """Return what became of a file.

    Parameters
    ----------
    told : dict
        What ``contacts --json`` prints.
    """
    number = words.number
    lines = [
        f"{words.count(told['rows'], 'row')}: {number(told['kept'])} kept, "
        f"{number(told['rows'] - told['kept'])} rejected.",
        f"{number(told['added'])} contacts are new, {number(told['changed'])} changed, "
        f"{number(told['unchanged'])} stayed the same, "
        f"{number(told['removed'])} removed. Added to the opt-out list: {number(told['opted_out'])}.",
        *(f"Line {number(each['line'])}: {each['reason']}" for each in told["first"]),
        *told["warnings"],
    ]
    return [
        html.P(html.B(["Read ", html.Bdi(told["file"])])),
        html.Ul([html.Li(line) for line in lines], className="sd-data-list"),
    ]
