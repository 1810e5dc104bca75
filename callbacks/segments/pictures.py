"""The pictures of the Segments tab: a view's counts become figures."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from layouts import palette, words
from layouts.segments import figures
from layouts.segments.axes import axis_title
from layouts.segments.frame import PAIRS
from layouts.segments.label_figures import Label
from services.core.language.messages import language
from services.core.vocabulary import AXES, Axis
from services.serving.segments.bins import ACROSS, UP, bins_of
from services.serving.segments.view import PAIRS as AXES_OF
from services.serving.segments.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.releases.overview.groups import Cluster
    from services.serving.release.loaded import Loaded

LABELLED, WRITTEN = 0.02, 0.03  # shares of customers and of revenue below which a group goes unnamed
NARROWEST = 0.35  # bars; a class of scores narrower than that has no room for its number
_WIDE, _LETTER, _GAP = 250, 6.6, 6  # pixels: of all bars on a screen of 390, a tick's letter, between two
_TICKS: dict[Axis, tuple[float, ...]] = {
    "recency": (0, 1, 7, 30, 90, 180, 365, 730, 1460),
    "frequency": (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000),
    "monetary": (0, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000),
}


def pictures(release: Loaded, view: View) -> dict[str, dict[str, Any]]:
    """Return the figures by the names of their cards.

    Parameters
    ----------
    release : Loaded
    view : View
        With at least one customer.
    """
    scales = _scales(release, words.manner(), language().code)
    drawn = {name: _pair(view, place, scales) for place, name in enumerate(PAIRS)}
    drawn |= {axis: _distribution(release, view, axis, scales["bars", axis]) for axis in AXES}
    held = sorted((group for group in view.groups if group.revenue > 0), key=lambda group: -group.revenue)
    drawn["treemap"] = figures.treemap(
        [_look(group, view) for group in held],
        [group.revenue for group in held],
        [_money_and_share(group, view) for group in held],
    )
    return drawn


def _pair(view: View, place: int, scales: dict[tuple[str, Axis], figures.Scale]) -> dict[str, Any]:
    across, up = AXES_OF[place]
    axes = view.bins.axes
    labels = [
        Label(
            group.entry.name,
            float(axes[across].place(group.medians[across], ACROSS)) - 0.5,
            float(axes[up].place(group.medians[up], UP)) - 0.5,
            number,
        )
        for number, group in sorted(enumerate(view.groups), key=lambda each: -each[1].customers)
        if group.customers and group.customers >= LABELLED * view.customers
    ]
    return figures.dots(
        view.dots[place],
        [_look(group, view) for group in view.groups],
        labels,
        (scales["across", across], scales["up", up]),
    )


def _distribution(release: Loaded, view: View, axis: Axis, scale: figures.Scale) -> dict[str, Any]:
    counts = view.bars[axis].tolist()
    filters = view.bins.filters[axis]
    if release.scale is None:
        return figures.distribution(counts, scale, filters)
    edges = release.scale.edges[axis]
    cuts = view.bins.between_bars(axis, edges)
    scores = release.scale.of(axis, [*edges, math.inf]).tolist()
    ends = list(pairwise([0.0, *cuts, float(len(counts))]))
    classes = [
        ((low + high) / 2, score)
        for (low, high), score in zip(ends, scores, strict=True)
        if high - low >= NARROWEST
    ]
    return figures.distribution(counts, scale, filters, cuts, classes)


@lru_cache(maxsize=4)
def _scales(release: Loaded, _manner: words.Manner, _language: str) -> dict[tuple[str, Axis], figures.Scale]:
    """Return the ticks of all axes; they are the same for every view of a release."""
    bins, frequency = bins_of(release), release.preset.rfm.frequency
    scales: dict[tuple[str, Axis], figures.Scale] = {}
    for axis in AXES:
        title = axis_title(axis, frequency)
        ticks = bins.axes[axis].within(_TICKS[axis])
        for side, cells in (("across", ACROSS), ("up", UP)):
            places = [round(float(bins.axes[axis].place(tick, cells)) - 0.5, 2) for tick in ticks]
            scales[side, axis] = figures.Scale(places, [_tick(axis, tick) for tick in ticks], title, cells)
        scales["bars", axis] = bar_scale(axis, bins.edges[axis].tolist(), title)
    return scales


def bar_scale(axis: Axis, edges: Sequence[float], title: str) -> figures.Scale:
    """Return the ticks of a distribution: as many as fit side by side on a screen of 390 px.

    Parameters
    ----------
    axis : Axis
    edges : sequence of float
        Of the bars, one more than these.
    title : str
        Of the scale.
    """
    bars = len(edges) - 1
    last = bars - 1  # the bar of all higher values
    texts = [*(_tick(axis, edge) for edge in edges[:last]), f"{_tick(axis, edges[last])}+"]
    apart = (max(map(len, texts)) * _LETTER + _GAP) * bars / _WIDE
    step = max(math.ceil(apart), len(edges) // 6)
    # a number of a bar of its own stands under the bar's middle, a bound under its left end
    middle = 0.5 if axis == "frequency" and edges[1] - edges[0] == 1 else 0.0
    shown = [place for place in range(0, last, step) if place + middle <= last + 0.5 - apart]
    places = [*(place + middle for place in shown), last + 0.5]
    return figures.Scale(places, [*(texts[place] for place in shown), texts[last]], title, bars)


def _tick(axis: Axis, value: float) -> str:
    return words.money_short(value) if axis == "monetary" else words.number(value)


def _look(group: Group, view: View) -> figures.Look:
    entry = group.entry
    if view.grouping == "segment":
        colour = palette.segment(entry.id, entry.colour)
    else:
        colour = palette.cluster(cast("Cluster", entry).colour)
    return figures.Look(entry.name, colour, f"{view.grouping}={entry.id}")


def _money_and_share(group: Group, view: View) -> str:
    share = group.revenue / view.revenue
    return f"{words.money_short(group.revenue)}, {words.share(share)}" if share >= WRITTEN else ""
