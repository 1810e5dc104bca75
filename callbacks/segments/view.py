"""What the tab Segments shows for an address: plain functions, values in, components and numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import no_update

from callbacks.segments.pictures import pictures
from layouts.plain import plain
from layouts.segments import filters as bar
from layouts.segments import release as framing
from layouts.segments import words as said
from layouts.segments.alerts import changes
from layouts.segments.axes import axis_heading
from layouts.segments.frame import DISTRIBUTIONS, PAIRS
from layouts.segments.kpis import figures
from services.core.filters import BOUNDS, CHOICES, MAP_CELL, REPEATED
from services.core.parameters import odd_on_page, with_values
from services.core.text.addresses import query_of
from services.core.vocabulary import AXES
from services.serving.lists import listing as customer_list
from services.serving.lists.filters import Filters, names, read_filters
from services.serving.lists.listing import sort_at
from services.serving.release.expected import valued
from services.serving.segments.alerts import changes_of
from services.serving.segments.bins import bins_of
from services.serving.segments.values import expected_by_group
from services.serving.segments.view import View, read_grouping, view, without_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
#: The view in its place, and no refusal.
SHOWS: Shown = {"refused": [], "view_hidden": False, "found_hidden": False, "export_place_hidden": False}
#: Parameters of the address that take one value; `REPEATED` may take several.
ONCE = (*BOUNDS, "group", "sort")
FIGURES = ("treemap", *PAIRS, *DISTRIBUTIONS)
FINDINGS = ("map", "sizes", *FIGURES, "groups", "customers")


def show(release: Loaded, search: str | None, by_contacts: ByContacts | None = None) -> Shown:
    """Return everything but the list of customers, for an address's query.

    Parameters
    ----------
    release : Loaded
    search : str or None
        With its question mark.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    asked = query_of(search, blanks=True)
    query = with_values(asked)
    read = read_filters(query, release, by_contacts)
    grouped, odd_group = read_grouping(query)
    odd = [*odd_on_page(asked, ONCE, REPEATED), *odd_group]
    notes = [*(each.noted for each in odd), *read.notes, *sort_at(query)[1]]
    seen = view(release, read.filters, grouped if release.segments else "cluster")
    head: Shown = {
        "chips": plain(bar.chips(read.filters, names(release))),
        "found": plain(bar.found(seen.customers, seen.everybody, bool(read.filters.active))),
        "notes": plain(bar.notes(notes)),
        "fields": bar.texts(read.filters),
        "errors": dict.fromkeys(BOUNDS, ""),
        **SHOWS,
    }
    return head | (_body(release, seen) if seen.customers else _nobody(release, read.filters))


def _body(release: Loaded, seen: View) -> Shown:
    frequency = release.preset.rfm.frequency
    lists = {
        "groups": said.of_groups(
            release.manifest.data_to,
            _compared(release) if seen.grouping == "segment" else None,
            known=any(group.before is not None for group in seen.groups),
        ),
        "customers": said.of_list(seen.customers, seen.revenue, seen.top_ten)
        + said.of_file(seen.customers, customer_list.MOST_IN_FILE),
    }
    return {
        "kpis": plain(figures(seen, release.overview)),
        "nothing": [],
        "cards_hidden": False,
        "map_hidden": not seen.cells,
        "export_hidden": False,
        "figures": pictures(release, seen),
        "findings": said.findings(seen, frequency) | lists,
        "data": _numbers(seen, expected_by_group(release, seen.filters, seen.grouping)),
    }


def _numbers(seen: View, expected: Sequence[float] | None) -> Shown:
    """Return what ``assets/segments/segments.js`` draws."""
    return {
        "by": seen.grouping,
        "customers": seen.customers,
        "revenue": round(seen.revenue, 2),
        "chosen": list(seen.filters.chosen("segment")),
        "chosen_cells": list(seen.filters.chosen(MAP_CELL)),
        "groups": [
            {
                "customers": group.customers,
                "revenue": round(group.revenue, 2),
                "means": {axis: _short(group.means.get(axis)) for axis in AXES},
                "medians": {axis: _short(group.medians.get(axis)) for axis in AXES},
                "change": None if group.before is None else group.customers - group.before,
                "expected": None if expected is None else expected[place],
            }
            for place, group in enumerate(seen.groups)
        ],
        "cells": [
            [count, round(money), seen.mixed.get(place, [])]
            for place, (_row, _column, _segment, count, money) in enumerate(seen.cells)
        ],
        "bars": {axis: seen.bars[axis].tolist() for axis in AXES},
    }


def _short(value: float | None) -> float | None:
    # two more decimals than are written: rounding twice would turn 6.249 into 6.3
    return None if value is None else round(value, 4)


def _nobody(release: Loaded, filters: Filters) -> Shown:
    drop, would = without_one(release, filters) or (None, 0)
    return {
        "kpis": [],
        "nothing": plain(bar.nothing(filters, names(release), drop, would)),
        "cards_hidden": True,
        "map_hidden": no_update,
        "export_hidden": True,
        "figures": dict.fromkeys(FIGURES, no_update),
        "findings": dict.fromkeys(FINDINGS, no_update),
        "data": no_update,
    }


def frame(release: Loaded, search: str | None) -> Shown:
    """Return what is the same for every view of a release: sent once a page.

    Parameters
    ----------
    release : Loaded
    search : str or None
        The address's query, for the order that the list begins with.
    """
    overview, frequency = release.overview, release.preset.rfm.frequency
    sort, _odd = sort_at(query_of(search))
    compared = _compared(release)
    called, bins = names(release), bins_of(release)
    manifest = release.manifest
    shown = {
        "sub": said.head(manifest.data_to, compared, manifest.preset, release.id),
        "alerts": changes(changes_of(release), compared),
        "menus": {name: bar.menu(choice, called[name]) for name, choice in CHOICES.items()},
        "columns": framing.columns(
            release.segments,
            release.clusters,
            frequency,
            sort,
            rhythm=bool(overview.rhythms),
            value=valued(release) is not None,
        ),
        "frame": {
            "groups": framing.groups(release.segments, release.clusters),
            "map": framing.segment_map(overview),
            "bars": framing.bars({axis: bins.edges[axis].tolist() for axis in AXES}, bins.filters, frequency),
            "frequency": axis_heading("frequency", frequency),
            "compared": compared is not None,
        },
    }
    return plain(shown)


def _compared(release: Loaded) -> str | None:
    previous = release.overview.previous
    return None if previous is None else release.overview.snapshots[previous].as_of
