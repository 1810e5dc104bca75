"""Filters by what contacts say: for people who may see contacts, on every page with a list of customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts.attributes import attributes
from layouts.parts.filters import adder
from layouts.parts.forms import field
from services.core.filters import AGREED, ATTRIBUTE, CONTACTS, attribute_text
from services.core.language.messages import _, later, plural

NO_VALUE = later("No value")
CAMPAIGNS = {"email": later("Campaigns by e-mail"), "phone": later("Campaigns by phone or text message")}
"""By the channels of ``services.core.filters``."""


@dataclass(frozen=True)
class ContactFilters:
    """Ids of these filters on one tab.

    Attributes
    ----------
    tab : str
        Its key.
    """

    tab: str

    def place(self, name: str) -> str:
        """Id of what is hidden from who may not use a filter, and where there is nothing to choose."""
        return f"{self.tab}-{name}-span"

    def menu(self, name: str) -> str:
        """Id of a filter's entries."""
        return f"{self.tab}-{name}-input"

    @property
    def column(self) -> str:
        """Id of the list of the contacts' columns."""
        return f"{self.tab}-attribute-select"

    @property
    def part(self) -> str:
        """Id of the field with part of a value."""
        return f"{self.tab}-attribute-part-input"

    @property
    def marked(self) -> str:
        """Id of the store that the script which marks the entries writes to."""
        return f"{self.tab}-attribute-marked-store"


def contact_filters(tab: str) -> list[Component]:
    """Return the filters of a tab as first shown: hidden, without a column."""
    of = ContactFilters(tab)
    chosen: list[Component] = [
        field(_("Column"), dbc.Select(id=of.column, options=[], placeholder=_("Choose a column"), size="sm")),
        field(
            _("Find a value"),
            dbc.Input(
                id=of.part,
                type="search",
                debounce=True,
                placeholder=_("Part of a value"),
                maxLength=255,
                autocomplete="off",
            ),
        ),
        _menu(of.menu(ATTRIBUTE), _("Values"), []),
    ]
    agreed = [_entry(AGREED, name, [label()]) for name, label in CAMPAIGNS.items()]
    return [
        _place(of.place(ATTRIBUTE), adder(ATTRIBUTE, CONTACTS[ATTRIBUTE].label(), chosen)),
        _place(
            of.place(AGREED),
            adder(
                AGREED, CONTACTS[AGREED].label(), [_menu(of.menu(AGREED), CONTACTS[AGREED].label(), agreed)]
            ),
        ),
        dcc.Store(id=of.marked),
    ]


def values(column: str, shown: Sequence[tuple[str, int]], without: int | None, found: int) -> list[Component]:
    """Return a column's values to choose from.

    Parameters
    ----------
    column : str
    shown : sequence of (str, int)
        Values with their customers, most first.
    without : int or None
        Customers without a value; None where that is not to be chosen.
    found : int
        How many values there are to choose from; not all of them need be shown.
    """
    entries = [_value(column, value, value, customers) for value, customers in shown]
    if without is not None:
        entries.append(_value(column, "", NO_VALUE(), without))
    if found > len(shown):
        told = plural(
            "The {shown} most frequent of {n} value. Type part of one to find others.",
            "The {shown} most frequent of {n} values. Type part of one to find others.",
            found,
            n=words.number(found),
            shown=words.number(len(shown)),
        )
        entries.append(html.P(told, className="sd-muted sd-values-more"))
    return entries or [html.P(_("No value contains this."), className="sd-muted sd-values-more")]


def _value(column: str, value: str, shown: str, customers: int) -> Component:
    counted = html.Span(words.number(customers), className="sd-values-count")
    return _entry(ATTRIBUTE, attribute_text(column, value), [html.Bdi(shown), " ", counted])


def _entry(parameter: str, value: str, shown: Sequence[Component | str]) -> Component:
    named = attributes(aria_pressed="false", data_toggle_filter=f"{parameter}={value}")
    return html.Button(list(shown), type="button", **named)


def _menu(name: str, label: str, entries: Sequence[Component]) -> html.Div:
    return html.Div(
        list(entries), id=name, className="sd-menu sd-values", role="group", **attributes(aria_label=label)
    )


def _place(name: str, part: Component) -> html.Span:
    return html.Span(part, id=name, className="sd-by-contacts", hidden=True)
