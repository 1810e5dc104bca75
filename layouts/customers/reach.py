"""How a customer is reached, and what else a file of contacts says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from layouts import words
from services.core.language.messages import _, later, sense

if TYPE_CHECKING:
    from services.core.contacts.contact import Contact

_SAID = {
    True: later("{address} (agreed to campaigns)"),
    False: later("{address} (no campaigns)"),
    None: later("{address} (no consent recorded)"),
}


def reached(contact: Contact) -> list[html.Dl]:
    """Return name, e-mail and phone with what was said of each, then all else.

    Parameters
    ----------
    contact : Contact
    """
    name = " ".join(filter(None, (contact.first_name, contact.last_name)))
    place = ", ".join(filter(None, (contact.postcode, contact.country)))
    facts = [
        (sense("person", "Name"), name),
        (_("E-mail"), _address(contact.email, contact.email_consent)),
        (_("Phone"), _address(contact.phone, contact.phone_consent)),
        (_("Postcode, country"), place),
    ]
    parts: list[html.Dt | html.Dd] = []
    for label, value in (*facts, *contact.attributes.items()):
        parts += [html.Dt(html.Bdi(label)), html.Dd(html.Bdi(value or words.NOTHING))]
    return [html.Dl(parts, className="sd-contact-reach")]


def _address(address: str | None, agreed: bool | None) -> str | None:
    return _SAID[agreed](address=address) if address else None
