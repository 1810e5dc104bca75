"""What the Segments tab shows of the customers that fit its filters, counted in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.parameters import LeftOut
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.serving.lists.filters import Filters, active_filters
from services.serving.release.expected import Total, expected_spend
from services.serving.release.loaded import Loaded
from services.serving.segments.bins import ACROSS, UP, Bins, bins_of
from services.serving.segments.cells import cells_of, mixed_cells
from services.serving.segments.change import sizes_before
from services.serving.segments.windows import Windows, windows_of

Grouping = Literal["segment", "cluster"]
PAIRS: tuple[tuple[Axis, Axis], ...] = (
    ("recency", "frequency"),
    ("recency", "monetary"),
    ("frequency", "monetary"),
)
RECENT_DAYS = 30
_DECIMALS = 4  # of money: the order in which floats are summed is not seen


@dataclass(frozen=True)
class Group:
    """One segment or cluster within a view.

    Attributes
    ----------
    entry : Segment or Cluster
        Its entry of the overview.
    customers : int
    revenue : float
    means, medians : dict of axis to float
        Empty for a group without customers.
    before : int or None
        Its customers at the snapshot compared with (segments only), by the same filters taken then.
    """

    entry: Segment | Cluster
    customers: int
    revenue: float
    means: dict[Axis, float]
    medians: dict[Axis, float]
    before: int | None


@dataclass(frozen=True)
class Dots:
    """A binned picture of two axes: the cells that hold customers, one group after the other.

    Attributes
    ----------
    across, up : ndarray of uint8, shape (n_dots,)
        The cell.
    counts : ndarray of int, shape (n_dots,)
        Its customers.
    starts : list of int, length n_groups + 1
        Where each group's dots begin, and where the last one's end.
    """

    across: npt.NDArray[np.uint8]
    up: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int64]
    starts: list[int]


@dataclass(frozen=True)
class View:
    """Everything the tab shows but the list of customers.

    Attributes
    ----------
    filters : Filters
    grouping : {"segment", "cluster"}
    customers, everybody : int
    revenue, all_revenue : float
    at_risk_revenue : float
        Of segments marked as at risk.
    recent : int
        Whose last order is fewer than 30 days ago.
    windows : Windows
        What they did in windows of equal length.
    groups : list of Group
        In the overview's order, empty ones included.
    cells : list of (row, column, segment index, customers, revenue)
        Of the map; empty where the preset has none.
    mixed : dict of int to list of (segment index, customers)
        What is in the cells, by their place, that hold customers of several segments; most first.
    dots : list of Dots
        One for each of ``PAIRS``.
    bars : dict of axis to ndarray
        Customers per bar of ``Bins.edges``.
    bins : Bins
    top_ten : float
        Revenue of the ten customers that spent most.
    moved : (int, int) or None
        Customers in another segment than at the snapshot compared with, and all who were customers then.
    rhythms : dict of str to int or None
        Customers by id of their state of rhythm; None where the release knows none.
    expected : Total or None
        What they are expected to spend; None where the release does not say.
    shares : dict of axis to dict
        ``median`` and ``high`` (the value of the top fifth), and for frequency ``once``, the share at 1.
    """

    filters: Filters
    grouping: Grouping
    customers: int
    everybody: int
    revenue: float
    all_revenue: float
    at_risk_revenue: float
    recent: int
    windows: Windows
    groups: list[Group]
    cells: list[tuple[int, int, int, int, float]]
    mixed: dict[int, list[tuple[int, int]]]
    dots: list[Dots]
    bars: dict[Axis, npt.NDArray[np.int64]]
    bins: Bins
    top_ten: float
    moved: tuple[int, int] | None
    rhythms: dict[str, int] | None
    expected: Total | None
    shares: dict[Axis, dict[str, float]]


def read_grouping(query: Mapping[str, Sequence[str]]) -> tuple[Grouping, list[LeftOut]]:
    """Return what colours stand for by an address's ``group``, and why its value cannot be followed."""
    asked = query.get("group", ("segment",))[-1]
    if asked == "segment":
        return "segment", []
    if asked == "cluster":
        return "cluster", []
    why = _("Customers are grouped by segment or cluster, not by “{group}”", group=asked[:60])
    return "segment", [LeftOut("group", why, page=_("they are grouped by segment"))]


def view(release: Loaded, filters: Filters, grouping: Grouping) -> View:
    """Count the customers that fit.

    Parameters
    ----------
    release : Loaded
    filters : Filters
    grouping : {"segment", "cluster"}
        What colours stand for.
    """
    fits = np.flatnonzero(filters.mask(release)) if filters.active else np.arange(release.count)
    column = {name: release.customers[name][fits] for name in (*AXES, "segment", "cluster", "r", "f", "m")}
    spent = column["monetary"]
    # the last entry stands for a customer without a segment
    at_risk = np.array([*(segment.at_risk for segment in release.segments), False])
    bins = bins_of(release)
    tenth = max(len(spent) - 10, 0)
    return View(
        filters=filters,
        grouping=grouping,
        customers=len(fits),
        everybody=release.count,
        revenue=round(float(spent.sum()), _DECIMALS),
        all_revenue=release.overview.snapshots[-1].revenue,
        at_risk_revenue=float(spent[at_risk[column["segment"]]].sum()),
        recent=int((column["recency"] < RECENT_DAYS).sum()),
        windows=windows_of(release, fits),
        groups=_groups(
            release, fits, column, grouping, sizes_before(release, filters) if grouping == "segment" else None
        ),
        cells=cells_of(release, column),
        mixed=mixed_cells(release, column),
        dots=[_dots(release, bins, fits, column[grouping], pair, grouping) for pair in PAIRS],
        bars={axis: np.bincount(bins.bar[axis][fits], minlength=len(bins.edges[axis]) - 1) for axis in AXES},
        bins=bins,
        top_ten=float(np.partition(spent, tenth)[tenth:].sum()) if len(spent) else 0.0,
        moved=_moved(release, fits, column["segment"]),
        rhythms=_rhythms(release, fits),
        expected=expected_spend(release, fits),
        shares={axis: _shares(axis, column[axis]) for axis in AXES} if len(fits) else {},
    )


def without_one(release: Loaded, filters: Filters) -> tuple[str, int] | None:
    """Return the filter whose loss would bring most customers back, and how many; None when none would.

    Both ends of a range are one filter: ``"r_min r_max"``.
    """
    counts = {
        " ".join(each): int(filters.without(*each).mask(release).sum()) for each in active_filters(filters)
    }
    best = max(counts, key=lambda each: counts[each], default=None)
    return (best, counts[best]) if best and counts[best] else None


def _moved(release: Loaded, fits: npt.NDArray[np.intp], segment: npt.NDArray) -> tuple[int, int] | None:
    previous = release.overview.previous
    if previous is None:
        return None
    then = release.customers["snapshot_segment"][fits, previous]
    known = then >= 0
    return int((then[known] != segment[known]).sum()), int(known.sum())


def _rhythms(release: Loaded, fits: npt.NDArray[np.intp]) -> dict[str, int] | None:
    states = release.overview.rhythms
    if not states:
        return None
    counts = np.bincount(release.customers["rhythm"][fits], minlength=len(states)).tolist()
    return {state.id: count for state, count in zip(states, counts, strict=True)}


def _shares(axis: Axis, values: npt.NDArray) -> dict[str, float]:
    high = len(values) * 4 // 5
    found = {"median": float(np.median(values)), "high": float(np.partition(values, high)[high])}
    return found | {"once": float((values == 1).mean())} if axis == "frequency" else found


def entries(release: Loaded, grouping: Grouping) -> Sequence[Segment | Cluster]:
    """Return the overview's segments or clusters."""
    return release.segments if grouping == "segment" else release.clusters


def _groups(
    release: Loaded,
    fits: npt.NDArray[np.intp],
    column: dict[str, npt.NDArray],
    grouping: Grouping,
    before: npt.NDArray[np.intp] | None,
) -> list[Group]:
    listed = entries(release, grouping)
    named = column[grouping] >= 0
    label = column[grouping][named]
    counts = np.bincount(label, minlength=len(listed))
    sums = {axis: np.bincount(label, column[axis][named], minlength=len(listed)) for axis in AXES}
    inside = np.zeros(release.count, dtype=bool)
    inside[fits[named]] = True
    medians = {axis: _medians(release, axis, grouping, inside, counts) for axis in AXES}
    return [
        Group(
            entry=entry,
            customers=int(counts[index]),
            revenue=round(float(sums["monetary"][index]), _DECIMALS),
            means={axis: float(sums[axis][index] / counts[index]) for axis in AXES} if counts[index] else {},
            medians={axis: medians[axis][index] for axis in AXES} if counts[index] else {},
            before=None if before is None else int(before[index]),
        )
        for index, entry in enumerate(listed)
    ]


def _medians(
    release: Loaded,
    axis: Axis,
    grouping: Grouping,
    inside: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.intp],
) -> list[float]:
    """Return each group's median, from the order of all customers that the release keeps; 0 when empty."""
    order = release.customers[f"order_{axis}"]
    rising = order[inside[order]]
    grouped = rising[np.argsort(release.customers[grouping][rising], kind="stable")]
    ranked = release.customers[axis][grouped]
    starts = np.cumsum(counts) - counts
    return [
        float(ranked[start + (count - 1) // 2] + ranked[start + count // 2]) / 2 if count else 0.0
        for start, count in zip(starts.tolist(), counts.tolist(), strict=True)
    ]


def _dots(
    release: Loaded,
    bins: Bins,
    fits: npt.NDArray[np.intp],
    group: npt.NDArray,
    pair: tuple[Axis, Axis],
    grouping: Grouping,
) -> Dots:
    groups, cells = len(entries(release, grouping)), ACROSS * UP
    named = group >= 0
    place = bins.up[pair[1]][fits].astype(np.intp) * ACROSS + bins.across[pair[0]][fits]
    counts = np.bincount(group[named].astype(np.intp) * cells + place[named], minlength=groups * cells)
    held = np.flatnonzero(counts)
    cell = held % cells
    return Dots(
        across=(cell % ACROSS).astype(np.uint8),
        up=(cell // ACROSS).astype(np.uint8),
        counts=counts[held],
        starts=np.searchsorted(held, np.arange(groups + 1) * cells).tolist(),
    )
