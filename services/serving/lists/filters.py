"""The filters of a view: read from the address, applied to the customers, written back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_text
from services.core.vocabulary import Axis
from services.serving.release.loaded import Loaded

_RANGES: dict[str, Axis] = {"r": "recency", "f": "frequency", "m": "monetary"}
_CHOICES = ("segment", "cluster", "country")


@dataclass(frozen=True)
class Filters:
    """What a view is narrowed to; empty means everybody.

    Attributes
    ----------
    segment, cluster, country : tuple of str
        Ids of segments and clusters, names of countries; any of them fits.
    r_min … m_max : float or None
        Inclusive bounds in days, orders (or lines) and money.
    """

    segment: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    r_min: float | None = None
    r_max: float | None = None
    f_min: float | None = None
    f_max: float | None = None
    m_min: float | None = None
    m_max: float | None = None

    @property
    def active(self) -> list[str]:
        """Names of the fields that narrow the view."""
        return [each.name for each in fields(self) if getattr(self, each.name) not in ((), None)]

    def without(self, *names: str) -> Filters:
        """Return a copy that does not narrow by the named fields."""
        emptied: dict[str, Any] = {name: () if name in _CHOICES else None for name in names}
        return replace(self, **emptied)

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """The fields that narrow the view, with their values."""
        return [(name, getattr(self, name)) for name in self.active]

    def to_query(self) -> str:
        """Return the filters as an address's query, without the question mark; empty for none."""
        written = [(name, value if name in _CHOICES else plain_text(value)) for name, value in self.pairs]
        return urlencode(written, doseq=True)

    def mask(self, release: Loaded) -> npt.NDArray[np.bool_]:
        """Return which customers of a release fit, shape (n_customers,)."""
        fits = np.ones(release.count, dtype=bool)
        for name, chosen in _chosen(self, release).items():
            fits &= chosen[release.customers[name]]
        for letter, axis in _RANGES.items():
            low, high = getattr(self, f"{letter}_min"), getattr(self, f"{letter}_max")
            if low is not None:
                fits &= release.customers[axis] >= low
            if high is not None:
                fits &= release.customers[axis] <= high
        return fits


def check_known(filters: Filters, release: Loaded) -> None:
    """Refuse what a release does not know, where leaving it out would give more than was asked for.

    Raises
    ------
    Refusal
        Whose ``field`` is ``segment``, ``cluster`` or ``country``.
    """
    known = options(release)
    for name in _CHOICES:
        for value in getattr(filters, name):
            if value not in known[name]:
                raise Refusal(f"There is no {name} “{value[:60]}” in this release.", name)


@dataclass(frozen=True)
class ReadFilters:
    """Filters as an address gave them.

    Attributes
    ----------
    filters : Filters
    left_out : list of str
        Why each part that could not be followed was ignored, without the full stop.
    fit_nobody : list of str
        A sentence for each range that runs from high to low.
    """

    filters: Filters
    left_out: list[str] = field(default_factory=list)
    fit_nobody: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """A sentence for each part of the address that a reader should know of."""
        return [*(f"{reason}, so it was left out." for reason in self.left_out), *self.fit_nobody]


def read_filters(query: Mapping[str, Sequence[str] | str], release: Loaded) -> ReadFilters:
    """Read filters from an address's query; what a release does not know is ignored and noted.

    Parameters
    ----------
    query : mapping
        Keys to one value or several, as ``urllib.parse.parse_qs`` or Dash Pages give them.
    release : Loaded
        Whose segments, clusters and countries count.
    """
    left_out: list[str] = []
    fit_nobody: list[str] = []
    values: dict[str, Any] = {}
    known = options(release)
    for name in _CHOICES:
        asked = _several(query.get(name, ()))
        values[name] = tuple(dict.fromkeys(value for value in asked if value in known[name]))
        unknown = [value for value in asked if value not in known[name]]
        left_out += [f"There is no {name} “{value[:60]}” in this release" for value in unknown]
    for letter, axis in _RANGES.items():
        for end in ("min", "max"):
            asked = _several(query.get(f"{letter}_{end}", ()))
            values[f"{letter}_{end}"] = number = _number(asked[-1]) if asked else None
            if asked and number is None:
                left_out.append(f"“{asked[-1][:60]}” is no number for {axis}")
        low, high = values[f"{letter}_min"], values[f"{letter}_max"]
        if low is not None and high is not None and low > high:
            fit_nobody.append(
                f"The range of {axis} runs from {plain_text(low)} down to {plain_text(high)}, so no customer "
                "fits it."
            )
    return ReadFilters(Filters(**values), left_out, fit_nobody)


def options(release: Loaded) -> dict[str, list[str]]:
    """Return what can be chosen: ids of segments and clusters, names of countries."""
    return {
        "segment": [segment["id"] for segment in release.segments],
        "cluster": [cluster["id"] for cluster in release.clusters],
        "country": [country["name"] for country in release.overview["countries"]],
    }


def _chosen(filters: Filters, release: Loaded) -> dict[str, npt.NDArray[np.bool_]]:
    """Return which options of each choice are asked for; the last entry stands for a customer without one."""
    found = {}
    for name, known in options(release).items():
        if asked := getattr(filters, name):
            found[name] = np.zeros(len(known) + 1, dtype=bool)
            found[name][[known.index(value) for value in asked]] = True
    return found


def _several(value: Sequence[str] | str) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value]


def _number(text: str) -> float | None:
    try:
        number = plain_number(text)
    except Refusal:
        return None
    return number if math.isfinite(number) else None
