"""The filters of a view: read from the address, applied to the customers, written back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from services.core.filters import (
    BOUNDS,
    CHOICES,
    CONTACTS,
    CUSTOMER_FILTERS,
    MAP_CELL,
    PARAMETERS,
    RANGES,
    REPEATED,
    Range,
)
from services.core.parameters import LeftOut, texts_of
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_text
from services.serving.lists.by_contacts import ByContacts, Mask, read_contacts, withheld
from services.serving.lists.sentences import falling, how_numbers_are_written, no_number, not_in, unknown
from services.serving.release.loaded import Loaded
from services.serving.release.map_cells import cell_of_each

Value = tuple[str, ...] | float | None


class Filters:
    """What a view is narrowed to; empty means everybody.

    Parameters
    ----------
    fitting : mapping of str to ndarray of bool, optional
        Who fits what is asked of contacts, by its parameter: ``read_contacts`` finds them.
    **values
        By the parameters of ``services.core.filters``: of a choice what is chosen, any of which fits; of the
        end of a range an inclusive bound. An empty tuple and None narrow nothing.

    Raises
    ------
    TypeError
        For a name that is no parameter.
    """

    def __init__(self, fitting: Mapping[str, Mask] | None = None, /, **values: Value) -> None:
        if odd := values.keys() - set(PARAMETERS):
            raise TypeError(f"there is no filter {', '.join(sorted(odd))}")
        self._fitting = fitting or {}
        self._values = {name: values[name] for name in PARAMETERS if values.get(name) not in ((), None)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filters) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        return f"Filters({', '.join(f'{name}={value!r}' for name, value in self.pairs)})"

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return what of a choice is asked for: ids or names; empty for all."""
        value = self._values.get(name)
        return value if isinstance(value, tuple) else ()

    def bound(self, name: str) -> float | None:
        """Return a bound by its parameter, such as ``r_min``; None where there is none."""
        value = self._values.get(name)
        return None if isinstance(value, tuple) else value

    @property
    def active(self) -> list[str]:
        """Names of the parameters that narrow the view."""
        return list(self._values)

    def without(self, *names: str) -> Filters:
        """Return a copy that does not narrow by the named parameters."""
        return Filters(self._fitting, **{name: value for name, value in self.pairs if name not in names})

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """The parameters that narrow the view, with their values."""
        return list(self._values.items())

    @property
    def written(self) -> list[tuple[str, Any]]:
        """The same as an address writes them."""
        return [(name, value if name in REPEATED else plain_text(value)) for name, value in self.pairs]

    def to_query(self) -> str:
        """Return the filters as an address's query, without the question mark; empty for none."""
        return urlencode(self.written, doseq=True)

    def mask(self, release: Loaded) -> npt.NDArray[np.bool_]:
        """Return which customers of a release fit, shape (n_customers,).

        Raises
        ------
        Refusal
            If something is asked of contacts that ``read_contacts`` did not find.
        """
        fits = np.ones(release.count, dtype=bool)
        known = options(release)
        for name in CHOICES:
            if asked := self.chosen(name):
                # the last entry stands for a customer without one
                taken = np.zeros(len(known[name]) + 1, dtype=bool)
                taken[[known[name].index(value) for value in asked]] = True
                fits &= taken[cell_of_each(release) if name == MAP_CELL else release.customers[name]]
        for name in CONTACTS:
            if self.chosen(name):
                if name not in self._fitting:
                    raise Refusal(f"{withheld(name).why}.", name)
                fits &= self._fitting[name]
        for name, (of, end) in BOUNDS.items():
            if (bound := self.bound(name)) is not None:
                values = of.numbers(release.customers[of.column])
                fits &= values >= bound if end == "min" else values <= bound
        return fits


def check_known(filters: Filters, release: Loaded) -> None:
    """Refuse what a release does not know, where leaving it out would give more than was asked for.

    Raises
    ------
    Refusal
        Whose ``field`` is the name of the choice.
    """
    known = options(release)
    for name in CHOICES:
        for value in filters.chosen(name):
            if value not in known[name]:
                raise Refusal(f"{unknown(name, value)}.", name)
    for name, (of, _end) in BOUNDS.items():
        if filters.bound(name) is not None and of.column not in release.customers:
            raise Refusal(f"{not_in(of.name)}.", name)


@dataclass(frozen=True)
class ReadFilters:
    """Filters as an address gave them.

    Attributes
    ----------
    filters : Filters
    left_out : list of LeftOut
    fit_nobody : list of str
        A sentence for each range that runs from high to low.
    """

    filters: Filters
    left_out: list[LeftOut] = field(default_factory=list)
    fit_nobody: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """A sentence for each part of the address that a reader should know of."""
        return [*(each.noted for each in self.left_out), *self.fit_nobody]


def read_filters(
    query: Mapping[str, Sequence[str] | str], release: Loaded, by_contacts: ByContacts | None = None
) -> ReadFilters:
    """Read filters from an address's query; what a release does not know is ignored and noted.

    Parameters
    ----------
    query : mapping
        Keys to one value or several, as ``services.core.text.addresses`` or Dash Pages give them. Of a bound
        that is given several times the last one counts.
    release : Loaded
        Whose segments, clusters and countries count.
    by_contacts : ByContacts, optional
        For whoever may see contacts; for others, what is asked of these is left out.
    """
    left_out: list[LeftOut] = []
    values: dict[str, Value] = {}
    known = options(release)
    for name in CHOICES:
        asked = texts_of(query.get(name, ()))
        values[name] = tuple(dict.fromkeys(value for value in asked if value in known[name]))
        left_out += [LeftOut(name, unknown(name, value)) for value in asked if value not in known[name]]
    contacts = read_contacts(query, release, by_contacts)
    values |= contacts.values
    left_out += contacts.left_out
    for name, (of, _end) in BOUNDS.items():
        for text in texts_of(query.get(name, ()))[-1:]:
            if of.column not in release.customers:
                left_out.append(LeftOut(name, not_in(of.name)))
                continue
            values[name] = number = _number(text)
            if number is None:
                why = no_number(of.name, text)
                left_out.append(LeftOut(name, why, how_numbers_are_written(of.example)))
    filters = Filters(contacts.fitting, **values)
    return ReadFilters(
        filters, left_out, [said for each in RANGES.values() if (said := _empty(each, filters))]
    )


def options(release: Loaded) -> dict[str, list[str]]:
    """Return what can be chosen, by the name of each choice: ids or names, in the order of indices."""
    return {
        name: [getattr(entry, choice.key) for entry in getattr(release.overview, choice.listed)]
        for name, choice in CHOICES.items()
    }


def names(release: Loaded) -> dict[str, dict[str, str]]:
    """Return the names of what can be chosen, by each choice's name and by what its parameter holds."""
    return {
        name: {getattr(entry, choice.key): entry.name for entry in getattr(release.overview, choice.listed)}
        for name, choice in CHOICES.items()
    }


def active_filters(filters: Filters) -> list[tuple[str, ...]]:
    """Return the parameters of each filter that narrows a view; both ends of a range are one filter."""
    return [each.parameters for each in CUSTOMER_FILTERS if set(each.parameters) & set(filters.active)]


def _empty(of: Range, filters: Filters) -> str:
    low, high = (filters.bound(name) for name in of.parameters)
    if low is None or high is None or low <= high:
        return ""
    return falling(of.name, low, high)


def _number(text: str) -> float | None:
    try:
        number = plain_number(text)
    except Refusal:
        return None
    return number if math.isfinite(number) else None
