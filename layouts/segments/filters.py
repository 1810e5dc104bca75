"""The filters of the Segments tab: what is set, what can be set, what was left out, nobody found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import alert, button, chip, empty, refusal
from layouts.parts.attributes import attributes
from layouts.parts.contact_filters import NO_VALUE
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

if TYPE_CHECKING:
    from services.serving.lists.filters import Filters


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
        clear = html.Button("Clear all", type="button", className="sd-link")
        shown.append(_dropping(clear, " ".join(filters.active)))
    return shown


def told(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Return each filter's label and value in words, by the fields of the address that make it up."""
    parts: dict[str, tuple[str, str]] = {}
    for each in CUSTOMER_FILTERS:
        if value := _value(each, filters, names):
            parts[" ".join(each.parameters)] = (each.label, value)
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
        return f"campaigns by {', '.join(CHANNELS[each] for each in chosen)}"
    columns: dict[str, list[str]] = {}
    for column, value in (pair for each in chosen if (pair := attribute_of(each))):
        columns.setdefault(column, []).append(value or NO_VALUE().lower())
    return ", and ".join(f"{column}: {' or '.join(values)}" for column, values in columns.items())


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
        return f"at most {said(high or 0)}"
    return f"at least {said(low)}" if high is None else f"{said(low)} to {said(high)}"


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
    return buttons or f"This data has no {choice.listed}."


def found(customers: int, everybody: int, filtered: bool) -> list[Component | str]:
    """Return ``261 of 4,339 customers``."""
    count = html.B(words.number(customers))
    if not filtered:
        return [count, f" {'customer' if customers == 1 else 'customers'}, no filter"]
    return [count, f" of {words.count(everybody, 'customer')}"]


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out."""
    return [alert("Note.", sentence, "info") for sentence in sentences]


def texts(filters: Filters) -> dict[str, str]:
    """Return what stands in the fields of the ranges, so that it can be typed."""
    bounds = {name: filters.bound(name) for name in BOUNDS}
    return {name: "" if value is None else words.written().write(value) for name, value in bounds.items()}


def no_number(of: Range) -> list[Component]:
    """Say beside a field what can be typed."""
    return refusal(f"Type the {of.typed} as a number, such as {words.written().write(of.example)}.")


def refused() -> Component:
    """Return what takes the place of the view when a filter's text was refused."""
    return empty("No customers for this value", "See the filter’s field for what can be typed.")


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
    several = "both" if len(parts) == 2 else f"all {words.small(len(parts))}"
    heading = f"No customer matches {f'{several} filters' if len(parts) > 1 else 'this filter'}"
    if drop is None:
        clear = button("Clear all filters", **attributes(data_drop_filter=" ".join(filters.active)))
        return empty(heading, "No single filter is the reason: together they leave nobody.", clear)
    label, value = parts[drop]
    sentence = f"Without “{label} {value}” there would be {words.number(would)}."
    return empty(heading, sentence, button("Remove that filter", **attributes(data_drop_filter=drop)))
