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
from services.core.filters import AGREED, ATTRIBUTE, CHANNELS, CONTACTS, attribute_text

NO_VALUE = "No value"
CAMPAIGNS = {name: f"Campaigns by {label}" for name, label in CHANNELS.items()}


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
        field("Column", dbc.Select(id=of.column, options=[], placeholder="Choose a column", size="sm")),
        field(
            "Find a value",
            dbc.Input(
                id=of.part,
                type="search",
                debounce=True,
                placeholder="Part of a value",
                maxLength=255,
                autocomplete="off",
            ),
        ),
        _menu(of.menu(ATTRIBUTE), "Values", []),
    ]
    agreed = [_entry(AGREED, name, [label]) for name, label in CAMPAIGNS.items()]
    return [
        _place(of.place(ATTRIBUTE), adder(ATTRIBUTE, CONTACTS[ATTRIBUTE].label, chosen)),
        _place(
            of.place(AGREED),
            adder(AGREED, CONTACTS[AGREED].label, [_menu(of.menu(AGREED), CONTACTS[AGREED].label, agreed)]),
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
        entries.append(_value(column, "", NO_VALUE, without))
    if found > len(shown):
        told = f"The {words.number(len(shown))} most frequent of {words.number(found)} values."
        entries.append(
            html.P([told, " Type part of one to find others."], className="sd-muted sd-values-more")
        )
    return entries or [html.P("No value contains this.", className="sd-muted sd-values-more")]


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
