"""How a customer is reached, and what else a file of contacts says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from layouts import words

if TYPE_CHECKING:
    from services.core.contacts.contact import Contact

_SAID = {True: "agreed to campaigns", False: "no campaigns", None: "no consent recorded"}


def reached(contact: Contact) -> list[html.Dl]:
    """Return name, e-mail and phone with what was said of each, then all else.

    Parameters
    ----------
    contact : Contact
    """
    name = " ".join(filter(None, (contact.first_name, contact.last_name)))
    place = ", ".join(filter(None, (contact.postcode, contact.country)))
    facts = {
        "Name": name,
        "E-mail": _address(contact.email, contact.email_consent),
        "Phone": _address(contact.phone, contact.phone_consent),
        "Postcode, country": place,
    }
    parts: list[html.Dt | html.Dd] = []
    for label, value in (*facts.items(), *contact.attributes.items()):
        parts += [html.Dt(html.Bdi(label)), html.Dd(html.Bdi(value or words.NOTHING))]
    return [html.Dl(parts, className="sd-contact-reach")]


def _address(address: str | None, agreed: bool | None) -> str | None:
    return f"{address} ({_SAID[agreed]})" if address else None
