"""The pictures of the Segments tab: a view's counts become figures, findings and tables."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from layouts import segments_parts as parts
from layouts import segments_words as said
from layouts import words
from layouts.components.tables import Column
from layouts.figures import segments as figures
from layouts.segments import PAIRS
from services.core.vocabulary import AXES, Axis
from services.serving.picture_bins import ACROSS, UP
from services.serving.segment_view import PAIRS as AXES_OF
from services.serving.segment_view import Group, View

if TYPE_CHECKING:
    from services.serving.loaded import Loaded

LABELLED = 0.02
_TICKS: dict[Axis, tuple[float, ...]] = {
    "recency": (0, 1, 7, 30, 90, 180, 365, 730, 1460),
    "frequency": (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000),
    "monetary": (0, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000),
}


def pictures(release: Loaded, view: View) -> dict[str, dict[str, Any]]:
    """Return the figures, findings and table texts by the names of the cards.

    Parameters
    ----------
    release : Loaded
    view : View
        With at least one customer.
    """
    unit = release.preset.rfm.frequency
    shown: dict[str, dict[str, Any]] = {"figures": {}, "findings": {}, "tables": {}}
    medians = _medians_table(view, unit)
    for place, name in enumerate(PAIRS):
        shown["figures"][name] = _pair(view, place, unit)
        shown["findings"][name] = said.pair_finding(AXES_OF[place], view.groups, unit)
        shown["tables"][name] = medians
    for axis in AXES:
        shown["figures"][axis] = _distribution(release, view, axis, unit)
        shown["findings"][axis] = said.distribution_finding(axis, view.shares[axis], unit)
        shown["tables"][axis] = _distribution_table(view, axis, unit)
    held = [group for group in view.groups if group.customers]
    shown["figures"]["treemap"] = figures.treemap(
        [group.entry["name"] for group in held],
        [group.revenue for group in held],
        [_money_and_share(group, view) for group in held],
        [parts.group_colour(group.entry, view.grouping) for group in held],
    )
    shown["findings"]["treemap"] = said.treemap_finding(view.groups, view.revenue)
    shown["tables"]["treemap"] = _revenue_table(view)
    shown["tables"]["map"] = _map_table(release, view)
    return shown


def sent(columns: Sequence[Column | str], rows: Sequence[Sequence[str]], name: str) -> str:
    """Return a table as text, which the browser builds: hundreds of cells as components would be slow."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    table = {"name": name, "columns": [[head.name, head.style, False] for head in heads], "rows": rows}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _pair(view: View, place: int, unit: str) -> dict[str, Any]:
    pair, dots = AXES_OF[place], view.dots[place]
    scales = [view.bins.axes[axis] for axis in pair]
    labels = [
        (
            group.entry["name"],
            float(scales[0].place(group.medians[pair[0]], ACROSS)),
            float(scales[1].place(group.medians[pair[1]], UP)),
        )
        for group in view.groups
        if group.customers >= LABELLED * view.customers
    ]
    axes = [
        _axis(view, axis, cells, said.unit_title(axis, unit))
        for axis, cells in zip(pair, (ACROSS, UP), strict=True)
    ]
    return figures.dots(
        dots,
        [group.entry["name"] for group in view.groups],
        [parts.group_colour(group.entry, view.grouping) for group in view.groups],
        labels,
        axes,
    )


def _axis(view: View, axis: Axis, cells: int, title: str) -> tuple[list[float], list[str], str, int]:
    scale = view.bins.axes[axis]
    ticks = scale.within(_TICKS[axis])
    places = [float(scale.place(tick, cells)) - 0.5 for tick in ticks]
    texts = [words.money_short(tick) if axis == "monetary" else words.number(tick) for tick in ticks]
    return places, texts, title, cells


def _distribution(release: Loaded, view: View, axis: Axis, unit: str) -> dict[str, Any]:
    edges, counts = view.bins.edges[axis], view.bars[axis]
    scale = release.scale
    cuts = [] if scale is None else view.bins.between_bars(axis, scale.edges[axis])
    bounds = [0.0, *cuts, float(len(counts))]
    middles = [(low + high) / 2 for low, high in pairwise(bounds)]
    scores = [] if scale is None else scale.of(axis, [*scale.edges[axis], math.inf]).tolist()
    step = max(1, len(edges) // 6)
    shown = list(range(0, len(edges) - 1, step))
    texts = [_edge(axis, float(edges[place])) for place in shown]
    # A whole number stands under the middle of its bar, a bound under the bar's left end.
    ticks = ([place + 0.5 if axis == "frequency" else place for place in shown], texts)
    title = words.currency_symbol() if axis == "monetary" else said.unit_title(axis, unit)
    return figures.distribution(counts.tolist(), ticks, cuts, list(zip(middles, scores, strict=False)), title)


def _edge(axis: Axis, value: float) -> str:
    return words.money_short(value) if axis == "monetary" else words.number(value)


def _distribution_table(view: View, axis: Axis, unit: str) -> str:
    edges = view.bins.edges[axis]
    rows = []
    for place, count in enumerate(view.bars[axis].tolist()):
        low, high = float(edges[place]), float(edges[place + 1])
        if axis == "monetary":
            span = f"{words.money_sum(low)} to {words.money_sum(high)}"
        else:
            span = (
                words.number(low) if high - low <= 1 else f"{words.number(low)} to {words.number(high - 1)}"
            )
        rows.append([span, words.number(count), words.share(count / view.customers, 1)])
    head = words.capital(said.unit_title(axis, unit))
    return sent([head, Column("Customers", True), Column("Share", True)], rows, f"Distribution of {head}")


def _medians_table(view: View, unit: str) -> str:
    rows = [
        [
            group.entry["name"],
            words.number(group.customers),
            words.number(group.medians["recency"]),
            words.number(group.medians["frequency"], 0 if group.medians["frequency"] % 1 == 0 else 1),
            words.money_sum(group.medians["monetary"]),
        ]
        for group in view.groups
        if group.customers
    ]
    columns = [Column("Group"), Column("Customers", True), Column("Median days", True),
               Column(f"Median {unit}", True), Column("Median spend", True)]  # fmt: skip
    return sent(columns, rows, "Groups at the median")


def _revenue_table(view: View) -> str:
    ranked = sorted((group for group in view.groups if group.customers), key=lambda group: -group.revenue)
    rows = [
        [
            group.entry["name"],
            words.money_sum(group.revenue),
            words.share(group.revenue / view.revenue if view.revenue else 0, 1),
        ]
        for group in ranked
    ]
    return sent(["Group", Column("Revenue", True), Column("Share", True)], rows, "Revenue by group")


def _map_table(release: Loaded, view: View) -> str:
    column = "Buying score" if (release.overview["grid"] or {}).get("column") == "b" else "Frequency score"
    rows = [
        [str(row), str(cell), release.segments[segment]["name"] if segment >= 0 else "–", words.number(count),
         words.money_sum(revenue)]
        for row, cell, segment, count, revenue in view.cells
    ]  # fmt: skip
    heads = [
        "Recency score",
        Column(column, True),
        "Segment",
        Column("Customers", True),
        Column("Revenue", True),
    ]
    return sent(heads, rows, "The map's cells")


def _money_and_share(group: Group, view: View) -> str:
    share = words.share(group.revenue / view.revenue if view.revenue else 0)
    return f"{words.money_short(group.revenue)}, {share}"
