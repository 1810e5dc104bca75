"""What the Segments tab shows of a release whatever its filters: names, scales, headings.

Sent once a page; ``assets/segments/segments.js`` puts it together with each view's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from layouts import palette, words
from layouts.parts import cluster_cells, glyph_style, segment_cells
from layouts.parts.terms import header_class
from layouts.segments.axes import axis_heading
from services.core.language.messages import _, plural
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.releases.overview.model import Overview
    from services.releases.overview.moments import Named

_NAME, _LETTER = 48, 7  # pixels in a list's cell: beside a name, and each of its letters
WORDS = {
    "segment": "segment",
    "cluster": "cluster",
    "recency": "recency",
    "frequency": "frequency",
    "monetary": "spend",
    "rfm": "rfm-score",
    "rhythm": "rhythm",
    "expected_spend": "expected-spend",
}
"""Headings of the list that are dotted, and their words."""


def groups(segments: Sequence[Segment], clusters: Sequence[Cluster]) -> dict[str, Any]:
    """Return what the browser needs to draw segments and clusters, in the release's order."""
    return {
        "segment": [
            {
                "id": each.id,
                "name": each.name,
                "colour": palette.segment(each.id, each.colour),
                "glyph": glyph_style(each.cells),
                "playbook": each.playbook,
            }
            for each in segments
        ],
        "cluster": [
            {
                "id": each.id,
                "name": each.name,
                "colour": palette.cluster(each.colour),
                "letter": each.letter,
            }
            for each in clusters
        ],
    }


def segment_map(overview: Overview) -> dict[str, Any] | None:
    """Return the map's scales and its cells, from the best column score and the longest ago on.

    A cell is its two scores, the index of its segment (−1 for none) and its place among a view's cells.

    Parameters
    ----------
    overview : Overview
        Of the release; the preset may have no map.
    """
    if overview.grid is None or overview.scoring is None:
        return None
    scale, best_high = overview.scoring.scale, overview.scoring.best == "high"
    numbered = enumerate(overview.grid.cells)
    worst_first = list(range(1, scale + 1) if best_high else range(scale, 0, -1))
    cells = {
        (row, column): [row, column, segment, place] for place, (row, column, segment, *_sums) in numbered
    }
    buying = overview.grid.column == "b"
    return {
        "ups": worst_first[::-1],
        "across": worst_first,
        "up": "buying" if buying else "frequency",
        "column": _("Buying score") if buying else _("Frequency score"),
        "days": [_days(place, overview.scoring.edges["recency"]) for place in range(scale - 1, -1, -1)],
        "cells": [cells[across, up] for up in worst_first[::-1] for across in worst_first],
    }


def _days(place: int, cuts: Sequence[float]) -> str:
    """Say which recencies the class at ``place`` stands for, 0 being the latest: "14 to 33".

    Equal cut points leave a class between them without any.
    """
    low = int(cuts[place - 1]) + 1 if place else 0
    if place == len(cuts):
        return plural("{n} day or more", "{n} days or more", low, n=words.number(low))
    high = int(cuts[place])
    if place == 0:
        return _("{days} or fewer", days=words.days(high))
    if low > high:
        return words.NOTHING
    return _("{low} to {high}", low=words.number(low), high=words.number(high))


def bars(
    edges: Mapping[Axis, Sequence[float]], filters: Mapping[Axis, Sequence[str]], frequency: str
) -> dict[Axis, dict[str, Any]]:
    """Return the heading, the bars' labels and what filters by each, of each distribution's table.

    Parameters
    ----------
    edges : mapping of axis to sequence of float
        Ascending; a bar holds values from one edge up to below the next, the last one all from its edge on.
    filters : mapping of axis to sequence of str
        What in an address asks for the customers of each bar.
    frequency : str
        Orders or lines.
    """
    return {
        axis: {
            "head": axis_heading(axis, frequency),
            "labels": [
                *(_span(axis, low, high) for low, high in pairwise(ends[:-1])),
                _("{least} or more", least=_bound(axis, ends[-2])),
            ],
            "filters": filters[axis],
        }
        for axis, ends in edges.items()
    }


def _bound(axis: str, value: float) -> str:
    return words.money_sum(value) if axis == "monetary" else words.number(value)


def _span(axis: str, low: float, high: float) -> str:
    if axis == "monetary":
        return _("{low} to under {high}", low=_bound(axis, low), high=_bound(axis, high))
    last = high - 1
    if last <= low:
        return _bound(axis, low)
    return _("{low} to {high}", low=_bound(axis, low), high=_bound(axis, last))


def width_of_names(groups: Sequence[Segment | Cluster | Named]) -> int:
    """Return the pixels that a column of the list needs for its longest name; very long ones are cut."""
    longest = max((len(group.name) for group in groups), default=0)
    return min(max(_NAME + _LETTER * longest, 110), 160)


def columns(
    segments: Sequence[Segment],
    clusters: Sequence[Cluster],
    frequency: str,
    sort: tuple[str, bool],
    *,
    rhythm: bool = False,
    value: bool = False,
) -> list[dict[str, Any]]:
    """Return the columns of the list of customers.

    Parameters
    ----------
    segments, clusters : sequence of Segment, of Cluster
        Of the overview.
    frequency : str
        Orders or lines.
    sort : (str, bool)
        The column that the list is sorted by at first, and whether it falls.
    rhythm : bool
        Whether the release knows the rhythm of its customers.
    value : bool
        Whether it says what they are expected to spend.
    """
    whole = {"type": "rightAligned", "valueFormatter": {"function": "number(params.value, 0)"}}
    money = {"type": "rightAligned", "valueFormatter": {"function": "money(params.value)"}}
    day = {"type": "rightAligned", "valueFormatter": {"function": "day(params.value)"}}
    listed: list[dict[str, Any]] = [
        {"field": "customer_id", "headerName": _("Customer"), "minWidth": 86, "cellRenderer": "CustomerLink"},
        {
            "field": "segment",
            "headerName": _("Segment"),
            "minWidth": width_of_names(segments),
            "cellRenderer": "SegmentCell",
            "cellRendererParams": {"segments": segment_cells(segments)},
        },
        {
            "field": "cluster",
            "headerName": _("Cluster"),
            "minWidth": width_of_names(clusters),
            "cellRenderer": "ClusterCell",
            "cellRendererParams": {"clusters": cluster_cells(clusters)},
        },
        {"field": "country", "headerName": _("Country"), "minWidth": 118},
        {"field": "recency", "headerName": _("Recency, days"), "minWidth": 116, **whole},
        {"field": "frequency", "headerName": axis_heading("frequency", frequency), "minWidth": 72, **whole},
        {"field": "monetary", "headerName": _("Spend"), "minWidth": 106, **money},
        {"field": "rfm", "headerName": "R F M", "minWidth": 64, "type": "rightAligned"},
        {"field": "last_purchase", "headerName": _("Last order"), "minWidth": 106, **day},
    ]
    if rhythm:
        said = {"function": "rhythm(params.value, params.data)"}
        listed.insert(
            -1, {"field": "rhythm", "headerName": _("Rhythm"), "minWidth": 144, "valueFormatter": said}
        )
    if value:
        sums = {"type": "rightAligned", "valueFormatter": {"function": "moneySum(params.value)"}}
        listed.insert(7, {"field": "expected_spend", "headerName": _("Expected"), "minWidth": 94, **sums})
    name, falling = sort
    for column in listed:
        if word := WORDS.get(column["field"]):
            column["headerClass"] = header_class(word, numeric=column.get("type") == "rightAligned")
        # null ends the order that the grid began with
        column["sort"] = ("desc" if falling else "asc") if column["field"] == name else None
    return listed
