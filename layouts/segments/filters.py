"""The filters of the Segments tab: what is set, what can be set, what was left out, nobody found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import alert, button, chip, empty, refusal
from layouts.parts.attributes import attributes
from layouts.parts.woven import gap, woven
from services.core.filters import (
    AGREED,
    BOUNDS,
    CHANNELS,
    CUSTOMER_FILTERS,
    Choice,
    Filter,
    OfContacts,
    Range,
    Unit,
    attribute_of,
)
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.lists.filters import Filters

_NONE = {
    "segments": later("This data has no segments."),
    "clusters": later("This data has no clusters."),
    "countries": later("This data has no countries."),
    "rhythms": later("This data has no rhythms."),
    "cells": later("This data has no cells."),
}
"""By what a filter lists."""
_TYPE = {
    "r": later("Type the days as a number, such as {example}."),
    "f": later("Type the orders as a number, such as {example}."),
    "m": later("Type the spend as a number, such as {example}."),
    "overdue": later("Type the days as a number, such as {example}."),
    "expected_spend": later("Type the expected spend as a number, such as {example}."),
    "no_order": later("Type the chance of no order as a number, such as {example}."),
}
"""By the name of a range."""


def chips(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return a chip for each filter that is set; pressing one removes it.

    Parameters
    ----------
    filters : Filters
    names : mapping
        By choice: what stands in the address, and its name.
    """
    shown: list[Component] = [_dropping(chip(*said), fields) for fields, said in told(filters, names).items()]
    if len(shown) > 1:
        clear = html.Button(_("Clear all"), type="button", className="sd-link")
        shown.append(_dropping(clear, " ".join(filters.active)))
    return shown


def told(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Return each filter's label and value in words, by the fields of the address that make it up."""
    parts: dict[str, tuple[str, str]] = {}
    for each in CUSTOMER_FILTERS:
        if value := _value(each, filters, names):
            parts[" ".join(each.parameters)] = (each.label(), value)
    return parts


def _value(of: Filter, filters: Filters, names: Mapping[str, Mapping[str, str]]) -> str:
    if isinstance(of, OfContacts):
        return _of_contacts(of.name, filters.chosen(of.name))
    if isinstance(of, Choice):
        return ", ".join(names[of.name].get(value, value) for value in filters.chosen(of.name))
    low, high = (filters.bound(name) for name in of.parameters)
    return "" if low is None and high is None else _bounds(of.unit, low, high)


def _of_contacts(name: str, chosen: Sequence[str]) -> str:
    """Say ``Tier: Gold or no value, and Size: M``."""
    if name == AGREED and chosen:
        return _("campaigns by {channels}", channels=", ".join(CHANNELS[each]() for each in chosen))
    columns: dict[str, list[str]] = {}
    for column, value in (pair for each in chosen if (pair := attribute_of(each))):
        columns.setdefault(column, []).append(value or _("no value"))
    said = [f"{column}: {reduce(_either, values)}" for column, values in columns.items()]
    return reduce(_both, said) if said else ""


def _either(one: str, other: str) -> str:
    return _("{one} or {other}", one=one, other=other)


def _both(one: str, other: str) -> str:
    return _("{one}, and {other}", one=one, other=other)


def _dropping(part: Component, fields: str) -> html.Span:
    return html.Span(part, className="sd-going", **attributes(data_drop_filter=fields))


def _bounds(unit: Unit, low: float | None, high: float | None) -> str:
    def said(value: float) -> str:
        whole = value == int(value)
        if unit == "money":
            return words.money_sum(value) if whole else words.money(value)
        if unit == "per cent":
            return words.share(value / 100, 0 if whole else 1)
        return words.number(value, 0 if whole else 1)

    if low is None:
        return _("at most {most}", most=said(high or 0))
    if high is None:
        return _("at least {least}", least=said(low))
    return _("{low} to {high}", low=said(low), high=said(high))


def menu(choice: Choice, names: Mapping[str, str]) -> list[Component] | str:
    """Return the entries of a filter's window, or why there are none.

    Parameters
    ----------
    choice : Choice
    names : mapping
        What stands in the address, and its name.
    """
    buttons: list[Component] = [
        html.Button(name, **attributes(aria_pressed="false", data_toggle_filter=f"{choice.name}={value}"))
        for value, name in names.items()
    ]
    return buttons or _NONE[choice.listed]()


def found(customers: int, everybody: int, filtered: bool) -> list[Component | str]:
    """Return ``261 of 4,339 customers``."""
    count = html.B(words.number(customers))
    if not filtered:
        said = plural("{n} customer, no filter", "{n} customers, no filter", customers, n=gap("found"))
    else:
        said = plural(
            "{found} of {n} customer",
            "{found} of {n} customers",
            everybody,
            n=words.number(everybody),
            found=gap("found"),
        )
    return woven(said, found=count)


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out."""
    return [alert(_("Note."), sentence, "info") for sentence in sentences]


def texts(filters: Filters) -> dict[str, str]:
    """Return what stands in the fields of the ranges, so that it can be typed."""
    bounds = {name: filters.bound(name) for name in BOUNDS}
    return {name: "" if value is None else words.written().write(value) for name, value in bounds.items()}


def no_number(of: Range) -> list[Component]:
    """Say beside a field what can be typed."""
    return refusal(_TYPE[of.name](example=words.written().write(of.example)))


def refused() -> Component:
    """Return what takes the place of the view when a filter's text was refused."""
    return empty(_("No customers for this value"), _("See the filter’s field for what can be typed."))


def nothing(
    filters: Filters, names: Mapping[str, Mapping[str, str]], drop: str | None, would: int
) -> Component:
    """Say that nobody fits, which filter to drop, and what that would give.

    Parameters
    ----------
    filters : Filters
    names : mapping
        By choice: what stands in the address, and its name.
    drop : str or None
        The fields of the filter to drop, as :func:`chips` has them; None where no single one helps.
    would : int
        How many customers there would be without it.
    """
    parts = told(filters, names)
    heading = (
        _("No customer matches both filters")
        if len(parts) == 2
        else plural(
            "No customer matches this filter",
            "No customer matches all {n} filters",
            len(parts),
            n=words.small(len(parts)),
        )
    )
    if drop is None:
        clear = button(_("Clear all filters"), **attributes(data_drop_filter=" ".join(filters.active)))
        return empty(heading, _("No single filter is the reason: together they leave nobody."), clear)
    sentence = _(
        "Without “{filter}” there would be {n}.", filter=" ".join(parts[drop]), n=words.number(would)
    )
    return empty(heading, sentence, button(_("Remove that filter"), **attributes(data_drop_filter=drop)))
