"""What an address asks of cohorts: which periods and measure, of whom, and the customers of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from services.core.cohorts.hiding import LEAST, hidden
from services.core.cohorts.matrix import Flags, Matrix, Orders, matrix, ordered_in
from services.core.cohorts.measures import MEASURES, Measure
from services.core.cohorts.periods import EVERY, Every, first_day, key_of, last_day, period_at
from services.core.filters import CONTACTS
from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.serving.cohorts.newcomers import band_named, first_orders, who_first_bought
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.filters import Filters, read_filters
from services.serving.lists.listing import in_order
from services.serving.release.loaded import Loaded

NARROWED = ("country", "segment", "product", "first")
"""Parameters that say whose cohorts are counted."""
KEYS = ("every", "cell", *NARROWED)
"""What a list of customers depends on, beside what contacts say; ``every`` makes the file of customers one
of cohorts."""
_LONGEST = 60
_NOT_LISTED = {
    "country": later("There is no country “{text}” to choose in this release, so it was left out."),
    "segment": later("There is no segment “{text}” to choose in this release, so it was left out."),
    "product": later("There is no product “{text}” to choose in this release, so it was left out."),
    "first": later("There is no first “{text}” to choose in this release, so it was left out."),
}
Chosen = TypeVar("Chosen", bound=str)


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix.

    Attributes
    ----------
    row : int
        Of the matrix.
    since : int
        Periods after the first order.
    key : str
        In an address: ``2011-04.6``.
    """

    row: int
    since: int
    key: str


@dataclass(frozen=True)
class Asked:
    """An address, understood.

    Attributes
    ----------
    every : {"month", "quarter", "week"}
    show : {"share", "orders", "revenue", "cumulative"}
    narrowed : dict of str to str
        Of ``NARROWED``.
    filters : Filters
        Of what contacts say: they narrow whose cohorts are counted, too.
    cell : Cell or None
    notes : list of str
        A sentence for each part of the address that was left out.
    """

    every: Every
    show: Measure
    narrowed: dict[str, str]
    filters: Filters
    cell: Cell | None
    notes: list[str]

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Keys and values of the address that lists these customers and no others."""
        cell = [("cell", self.cell.key)] if self.cell else []
        return [("every", self.every), *self.narrowed.items(), *self.filters.pairs, *cell]


@dataclass(frozen=True)
class Answer:
    """An address, answered.

    Attributes
    ----------
    asked : Asked
    found : Matrix
        Of those that the address narrows it to.
    out : ndarray of bool, shape (cohorts, cohorts)
        Cells that are left out.
    complete : bool
        Whether the ledger knows its last period whole.
    fits : ndarray of bool, shape (n,)
        Who is listed; nobody where ``withheld`` says why.
    withheld : str
    """

    asked: Asked
    found: Matrix
    out: Flags
    complete: bool
    fits: Flags
    withheld: str

    def first_day(self, row: int) -> date:
        """Return the first day of a cohort's period, or of one as many periods after the first cohort's."""
        return first_day(self.found.first + row, self.found.every)


def why_not(release: Loaded) -> str | None:
    """Return why a release has no cohorts; None where it has."""
    if release.orders is None:
        return _("This release was made before cohorts were counted. Train again to see them.")
    if not len(release.orders):
        return _("This release was trained on a table of customers. Cohorts need the orders themselves.")
    return None


def orders_of(release: Loaded) -> Orders:
    """Return all orders of a release.

    Raises
    ------
    Refusal
        If it has none.
    """
    if (reason := why_not(release)) or release.orders is None:
        raise Refusal(reason or "")
    table = release.orders
    return Orders(table["customer"], table["day"], table["amount"])


def answer(
    release: Loaded, query: Mapping[str, Sequence[str]], by_contacts: ByContacts | None = None
) -> Answer:
    """Count the cohorts that an address asks for, and find the customers of its cell.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``services.core.text.addresses`` reads them.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.

    Raises
    ------
    Refusal
        If the release has no cohorts.
    """
    orders = orders_of(release)
    notes: list[str] = []
    every = _one_of(query, "every", EVERY, "month", notes)
    show = _one_of(query, "show", MEASURES, "share", notes)
    narrowed, chosen = _narrowed(release, query, notes)
    read = read_filters({name: query[name] for name in CONTACTS if name in query}, release, by_contacts)
    notes += read.notes
    chosen &= read.filters.mask(release)
    last = _last(release)
    found = matrix(orders, release.count, every, last, chosen if narrowed or read.filters.active else None)
    out = hidden(found)
    cell = _cell(query, found, every, notes)
    asked = Asked(every, show, narrowed, read.filters, cell, notes)
    fits, withheld = chosen, ""
    if cell is not None:
        fits = ordered_in(orders, release.count, every, found.first + cell.row, cell.since) & chosen
        if out[cell.row, cell.since]:
            withheld = plural(
                "This cell is left out: it, or one that it would reveal, has fewer than {n} person.",
                "This cell is left out: it, or one that it would reveal, has fewer than {n} people.",
                LEAST,
            )
    elif fits.sum() < LEAST:
        withheld = plural(
            "Fewer than {n} customer match, so they are left out.",
            "Fewer than {n} customers match, so they are left out.",
            LEAST,
        )
    if withheld:
        fits = np.zeros(release.count, dtype=bool)
    ends = np.datetime64(last_day(found.last, every)).astype(np.int64)
    return Answer(asked, found, out, bool(last >= ends), fits, withheld)


def rows_in_cell(release: Loaded, found: Answer, sort: str) -> npt.NDArray[np.int32]:
    """Return the rows of the customers that an answer lists, in order; ties follow the id."""
    return in_order(release, found.fits, sort)


def products_of(release: Loaded) -> list[str]:
    """Return the products that cohorts can be narrowed to, those of most newcomers first."""
    told = release.overview.newcomers
    listed = [group for group in told.groups if group.kind == "product"] if told else []
    listed.sort(key=lambda group: -group.customers)
    return [group.name for group in listed if group.name]


def _last(release: Loaded) -> int:
    return int(np.datetime64(release.manifest.data_to, "D").astype(np.int64))


def _one_of(
    query: Mapping[str, Sequence[str]], name: str, known: tuple[Chosen, ...], usual: Chosen, notes: list[str]
) -> Chosen:
    asked = query.get(name, [usual])[-1]
    for each in known:
        if each == asked:
            return each
    notes.append(
        _(
            "“{text}” is not one of {choices}, so {usual} is shown.",
            text=asked[:_LONGEST],
            choices=", ".join(known),
            usual=usual,
        )
    )
    return usual


def _narrowed(
    release: Loaded, query: Mapping[str, Sequence[str]], notes: list[str]
) -> tuple[dict[str, str], Flags]:
    """Return what an address narrows cohorts to, and whom that leaves."""
    chosen = np.ones(release.count, dtype=bool)
    kept: dict[str, str] = {}
    for name in NARROWED:
        asked = query.get(name, [""])[-1]
        if not asked:
            continue
        fits = _fitting(release, name, asked)
        if fits is None:
            notes.append(_NOT_LISTED[name](text=asked[:_LONGEST]))
            continue
        kept[name] = asked
        chosen &= fits
    return kept, chosen


def _fitting(release: Loaded, name: str, asked: str) -> Flags | None:
    if name == "product":
        return who_first_bought(release, asked) if asked in products_of(release) else None
    if name == "first":
        band = band_named(release, asked)
        return None if band is None else first_orders(release, orders_of(release), band)
    listed = (
        [each.id for each in release.segments]
        if name == "segment"
        else [each.name for each in release.overview.countries]
    )
    return release.customers[name] == listed.index(asked) if asked in listed else None


def _cell(query: Mapping[str, Sequence[str]], found: Matrix, every: Every, notes: list[str]) -> Cell | None:
    asked = query.get("cell", [""])[-1]
    if not asked:
        return None
    cohort, _dot, since = asked.partition(".")
    period = period_at(cohort, every)
    if period is not None and since.isascii() and since.isdecimal() and len(since) < 5:
        row, later = period - found.first, int(since)
        if 0 <= row < len(found.sizes) and row + later < len(found.sizes):
            return Cell(row, later, f"{key_of(period, every)}.{later}")
    notes.append(
        _(
            "These cohorts have no cell “{cell}”. Press a cell to see its customers.",
            cell=asked[:_LONGEST],
        )
    )
    return None
