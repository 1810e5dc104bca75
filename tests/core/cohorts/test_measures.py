"""What a matrix says, on two cohorts that can be counted by hand."""

import numpy as np
import pytest

from services.core.cohorts.concentration import concentration
from services.core.cohorts.hiding import hidden
from services.core.cohorts.matrix import Matrix
from services.core.cohorts.measures import measured, together, visible
from services.core.cohorts.newcomers import interval, verdict

FOUND = Matrix(
    every="month",
    first=491,
    sizes=np.array([50, 20, 10, 6]),
    people=np.array([[50, 25, 20, 10], [20, 10, 5, 0], [10, 4, 0, 0], [6, 0, 0, 0]]),
    orders=np.array([[60, 30, 20, 10], [20, 12, 5, 0], [10, 4, 0, 0], [6, 0, 0, 0]]),
    revenue=np.array([[500.0, 250, 100, 50], [400, 100, 40, 0], [100, 90, 0, 0], [60, 0, 0, 0]]),
)


def test_each_measure_of_a_cell():
    assert measured(FOUND, "share")[1, :3].tolist() == [1, 0.5, 0.25]
    assert measured(FOUND, "orders")[1, :3].tolist() == [20, 12, 5]
    assert measured(FOUND, "revenue")[1, :3].tolist() == [20, 5, 2]
    assert measured(FOUND, "cumulative")[1, :3].tolist() == [20, 25, 27]


def test_cohorts_together_are_those_that_are_over_and_shown():
    out = hidden(FOUND)
    # the four, and the five of the same month, which the month's total would give them away by
    assert np.argwhere(out).tolist() == [[1, 2], [2, 1]]
    found = together(FOUND, visible(FOUND, out, "share"), "share", 0, complete=True)
    assert (found.first, found.last, found.cohorts, found.size) == (0, 2, 3, 80)
    # a sum of other cohorts than it says, or one that gives a cell away, is not told
    assert found.values == [1.0, None, None, 10 / 50]
    running = together(FOUND, visible(FOUND, out, "share"), "share", 0, complete=False)
    assert (running.cohorts, running.values) == (2, [1.0, 35 / 70, 20 / 50, None])
    assert together(FOUND, visible(FOUND, out, "share"), "share", 2, complete=True) is None


def test_together_says_whether_newer_cohorts_are_left_out():
    shown = FOUND.there()
    assert together(FOUND, shown, "share", 0, complete=True).newest
    assert together(FOUND, shown, "share", 0, complete=False).newest
    # the third had the time and is left out; the fourth had none
    shown[2] = False
    assert not together(FOUND, shown, "share", 0, complete=True).newest
    assert together(FOUND, shown, "share", 0, complete=False).newest


def test_where_nothing_is_left_out_all_cohorts_that_are_over_are_summed():
    shown = FOUND.there()
    assert together(FOUND, shown, "share", 0, complete=True).values == [1.0, 39 / 80, 25 / 70, 10 / 50]
    assert together(FOUND, shown, "orders", 0, complete=True).values == [90, 46, 25, 10]
    assert together(FOUND, shown, "revenue", 1, complete=True).values == [500 / 30, 190 / 30, 2.0, None]
    assert together(FOUND, shown, "cumulative", 1, complete=True).values == [500 / 30, 690 / 30, 27.0, None]


def test_a_sum_ends_where_a_cell_is_left_out():
    shown = visible(FOUND, hidden(FOUND), "cumulative")
    assert shown.astype(int).tolist() == [[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]


def test_half_of_the_revenue_comes_from_the_fewest_who_bring_it():
    found = concentration([10, 40, 30, 20])
    assert (found.half, found.least, found.revenue) == (2, 30, 100)
    assert [found.counts[at] for at in (0, 1, 25, 26, 100)] == [0, 1, 1, 2, 4]
    assert [found.shares[at] for at in (0, 25, 50, 100)] == [0, 0.4, 0.7, 1]
    assert concentration([0, 0]) is None


@pytest.mark.parametrize(
    ("back", "of", "said"),
    [(160, 500, "less"), (240, 490, "more"), (205, 500, "cannot tell"), (20, 25, "cannot tell")],
)
def test_a_kind_differs_only_where_the_rule_of_findings_lets_one_say_so(back, of, said):
    assert verdict(back, of, 1_012, 2_481, claims=20) == said


def test_an_interval_holds_its_share_and_no_more_than_everything():
    assert interval(0, 60) == (0.0, pytest.approx(0.0602, abs=1e-4))
    assert interval(60, 60) == pytest.approx((0.9398, 1.0), abs=1e-4)
