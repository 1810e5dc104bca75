"""What the Segments tab counts, against plain Python over the customers of a small release."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import mean, median
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.releases import read_current
from services.serving.lists.filters import Filters
from services.serving.release.loaded import Loaded
from services.serving.segments import bins
from services.serving.segments.bins import ACROSS, UP, bins_of
from services.serving.segments.view import PAIRS, entries, view
from tests.releases.tiny import make_tiny_release

AXES = ("recency", "frequency", "monetary")
VIEWS = [
    Filters(),
    Filters(segment=("recent",)),
    Filters(country=("France",), f_min=2),
    Filters(cluster=("c1",), m_max=500),
    Filters(r_min=1_000),
]
groupings = pytest.mark.parametrize("grouping", ["segment", "cluster"])
views = pytest.mark.parametrize("filters", VIEWS, ids=lambda filters: filters.to_query() or "everybody")


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("view")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


def customers_of(release: Loaded, filters: Filters) -> list[dict]:
    names = [*AXES, "segment", "cluster", "r", "f", "m"]
    return [
        {name: release.customers[name][row].item() for name in names}
        for row in np.flatnonzero(filters.mask(release)).tolist()
    ]


@views
@groupings
def test_every_group_has_the_customers_revenue_means_and_medians_counted_by_hand(release, filters, grouping):
    customers = customers_of(release, filters)
    shown = view(release, filters, grouping)
    assert len(shown.groups) == len(entries(release, grouping))
    for index, group in enumerate(shown.groups):
        inside = [customer for customer in customers if customer[grouping] == index]
        assert group.customers == len(inside)
        assert group.revenue == pytest.approx(sum(customer["monetary"] for customer in inside))
        assert group.means == pytest.approx(
            {axis: mean(each[axis] for each in inside) for axis in AXES} if inside else {}
        )
        assert group.medians == pytest.approx(
            {axis: median(each[axis] for each in inside) for axis in AXES} if inside else {}
        )


@views
def test_the_key_figures_are_those_counted_by_hand(release, filters):
    customers = customers_of(release, filters)
    spent = sorted(customer["monetary"] for customer in customers)
    shown = view(release, filters, "segment")
    assert (shown.customers, shown.everybody) == (len(customers), release.count)
    assert shown.revenue == pytest.approx(sum(spent))
    assert shown.all_revenue == pytest.approx(float(release.customers["monetary"].sum()))
    assert shown.recent == sum(customer["recency"] < 30 for customer in customers)
    assert shown.top_ten == pytest.approx(sum(spent[-10:]))


def test_revenue_at_risk_is_that_of_the_segments_marked_so(release):
    marked = {place for place, segment in enumerate(release.segments) if segment.at_risk}
    for filters in VIEWS:
        expected = sum(
            each["monetary"] for each in customers_of(release, filters) if each["segment"] in marked
        )
        assert view(release, filters, "segment").at_risk_revenue == pytest.approx(expected)


@views
def test_the_map_puts_every_customer_into_the_cell_of_its_scores(release, filters):
    counted: Counter[tuple[int, int]] = Counter()
    for customer in customers_of(release, filters):
        counted[customer["r"], (customer["f"] + customer["m"] + 1) // 2] += 1
    cells = view(release, filters, "segment").cells
    assert {(row, column): count for row, column, _, count, _ in cells if count} == counted


@views
@groupings
def test_pictures_and_distributions_hold_every_customer_once(release, filters, grouping):
    shown = view(release, filters, grouping)
    assert [int(dots.counts.sum()) for dots in shown.dots] == [shown.customers] * len(PAIRS)
    assert [int(shown.bars[axis].sum()) for axis in AXES] == [shown.customers] * 3
    for dots in shown.dots:
        assert (dots.across < ACROSS).all()
        assert (dots.up < UP).all()
        held = [int(dots.counts[first:end].sum()) for first, end in pairwise(dots.starts)]
        assert held == [group.customers for group in shown.groups]


@given(axis=st.sampled_from(AXES))
def test_a_customer_stands_in_the_bar_whose_edges_hold_its_value(release, axis):
    made = bins_of(release)
    edges, bars, values = made.edges[axis], made.bar[axis], release.customers[axis]
    assert (edges[bars] <= values).all()
    assert (values < edges[bars + 1]).all()


@given(axis=st.sampled_from(AXES))
def test_bars_are_equally_wide_but_for_the_first_and_the_last(release, axis):
    widths = np.diff(bins_of(release).edges[axis])[1:-1]
    assert widths == pytest.approx(np.full(len(widths), widths.mean() if len(widths) else 0))


@pytest.mark.parametrize("axis", AXES)
@views
def test_the_filter_of_a_bar_asks_for_the_customers_that_it_holds(release, filters, axis):
    shown = view(release, filters, "segment")
    asked = shown.bins.filters[axis]
    assert len(asked) == len(shown.bars[axis])
    for text, customers in zip(asked, shown.bars[axis].tolist(), strict=True):
        bounds = {name: float(value) for name, value in parse_qsl(text)}
        assert int((filters.mask(release) & Filters(**bounds).mask(release)).sum()) == customers


@pytest.mark.parametrize(
    ("axis", "values", "edges"),
    [
        ("recency", [0, 3], [0, 1, 2, 3, 4]),
        ("frequency", [1, 1, 1], [1, 2]),
        ("frequency", [*[1] * 50, *[2] * 40, *[3] * 10, 900], [1, 2, 3, 4, 901]),
        ("recency", [0, 0], [0, 1, 2]),
        ("frequency", [0], [0, 1]),
        ("monetary", [0, 0], [0, 1]),
        ("monetary", [-50, -3], [-50, 1]),
        ("monetary", [1e13, 1e13], np.arange(12) * 1e12),
        ("monetary", [0.2, 0.4], [0, 1]),
        ("monetary", range(1, 41), [*range(0, 40, 3), np.nextafter(40, np.inf)]),
        ("monetary", [-5, 30, 34], [-5, *range(2, 35, 2), np.nextafter(34, np.inf)]),
        ("monetary", [*range(1, 171), 5000], [*range(0, 161, 10), np.nextafter(5000, np.inf)]),
    ],
)
def test_bars_of_few_values_are_as_wide_as_counted_by_hand(axis, values, edges):
    found = bins._edges(axis, np.array(values, dtype=np.float64))
    assert found == pytest.approx(np.array(edges, dtype=np.float64))


def test_a_bar_of_everybody_filters_nothing():
    values, bar = np.array([1.0, 1.0]), np.array([0, 0], np.uint8)
    assert bins._filters("frequency", values, np.array([1.0, 2.0]), bar) == [""]


@groupings
def test_groups_without_customers_stay_and_say_nothing(release, grouping):
    shown = view(release, Filters(r_min=10_000), grouping)
    assert (shown.customers, shown.revenue, shown.top_ten) == (0, 0, 0)
    assert [group.means for group in shown.groups] == [{}] * len(shown.groups)


def test_the_whole_release_agrees_with_what_training_wrote(release):
    shown = view(release, Filters(), "segment")
    for group, trained in zip(shown.groups, release.segments, strict=True):
        assert group.customers == trained.customers
        assert group.revenue == pytest.approx(trained.revenue)
    assert [cell[3] for cell in shown.cells] == [cell[3] for cell in release.overview.grid.cells]
