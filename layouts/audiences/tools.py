"""The card "Files for other tools": an audience as Klaviyo, Mailchimp, Meta and Google take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.audiences.push_words import of_left_out
from layouts.parts import Cell, Column, card, grid, link_button, table
from services.core.language.messages import _, later, plural

EXPORT = "/export/contacts.csv"
HEADING = later("Files for other tools")
_NOTE = later(
    "The holdout, everyone who opted out and everyone without consent are never in these files. Each export "
    "is logged with how many were left out and why."
)


@dataclass(frozen=True)
class Listed:
    """A tool's file: ``note`` says what one does with it, ``contacts`` how many it has."""

    id: str
    name: str
    note: str
    contacts: int


def no_contacts() -> Component:
    """Say how contacts come to the site."""
    body = html.P(dcc.Link(_("Bring a file of contacts"), href="/data#contacts"))
    said = _("There are no contacts yet, so no file for another tool can be made.")
    return grid([card(HEADING(), said, body)])


def files(
    audience: int, release: str, listed: Sequence[Listed], contacts: int, left_out: Mapping[str, int]
) -> Component:
    """Return the card.

    Parameters
    ----------
    audience : int
    release : str
    listed : sequence of Listed
    contacts : int
        Customers with an address that they agreed to.
    left_out : mapping of str to int
        Who has none, or may not get the campaign: reason to number of customers.
    """
    columns = [
        Column(_("Tool")),
        Column(_("Contacts"), numeric=True),
        Column(_("What to do with it"), optional=True),
        Column(_("File")),
    ]
    rows = [_row(audience, release, each) for each in listed]
    reached = plural(
        "{n} customer of the audience can be reached.",
        "{n} customers of the audience can be reached.",
        contacts,
        n=words.number(contacts),
    )
    finding = f"{reached}{of_left_out(left_out)}"
    return grid([card(HEADING(), finding, table(columns, rows, HEADING()), note=_NOTE(), flush=True)])


def _row(audience: int, release: str, file: Listed) -> list[Cell]:
    query = urlencode({"audience": audience, "tool": file.id, "release": release})
    link: Cell = words.NOTHING
    if file.contacts:
        link = link_button("CSV", f"{EXPORT}?{query}", icon_name="download", small=True, download="")
    return [file.name, words.number(file.contacts), html.Span(file.note, className="sd-audience-wrap"), link]
