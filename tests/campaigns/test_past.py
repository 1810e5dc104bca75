"""Periods that are over and what an audience's like did in them, against a count over the ledger."""

from __future__ import annotations

import statistics
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from services.campaigns.baseline import baseline
from services.campaigns.past import last_period, narrows, periods, spent_before
from services.campaigns.worth import worth
from tests.serving.shops import purchases, shop, table_shop


def spent_between(start: datetime, end: datetime) -> dict[str, float]:
    found: dict[str, float] = {}
    for customer, _invoice, moment, lines in purchases():
        if start <= moment < end:
            found[customer] = found.get(customer, 0) + sum(pieces * price for _, pieces, price in lines)
    return found


@pytest.mark.parametrize("days", [14, 30, 90])
def test_the_base_is_what_customers_of_the_same_segments_did_next(days):
    release = shop()
    moments = [datetime.fromisoformat(each.as_of) for each in release.overview.snapshots]
    start = max(each for each in moments if each + timedelta(days=days) <= moments[-1])
    end = start + timedelta(days=days)
    segment = int(release.customers["segment"][0])
    before = release.customers["snapshot_segment"][:, moments.index(start)]
    alike = [release.id_of(row) for row in np.flatnonzero(before == segment).tolist()]
    spent = spent_between(start, end)
    found = baseline(release, np.flatnonzero(release.customers["segment"] == segment), days)
    assert alike
    last = min(end - timedelta(microseconds=1), release.manifest.data_to).date()
    assert (found.start, found.last_day, found.customers) == (start, last, len(alike))
    assert found.rate == pytest.approx(sum(each in spent for each in alike) / len(alike))
    assert found.revenue == pytest.approx(statistics.fmean(spent.get(each, 0) for each in alike))


def test_segments_weigh_as_much_as_in_the_audience():
    release = shop()
    rows = np.arange(release.count)
    sizes = np.bincount(release.customers["segment"])
    parts = {
        place: found
        for place in np.flatnonzero(sizes).tolist()
        if (found := baseline(release, np.flatnonzero(release.customers["segment"] == place), 60))
    }
    known = sum(sizes[place] for place in parts)
    expected = sum(sizes[place] * found.rate for place, found in parts.items()) / known
    assert baseline(release, rows, 60).rate == pytest.approx(expected)


def test_a_period_longer_than_the_data_is_what_there_is_of_it():
    release = shop()
    past = last_period(release, 5_000)
    assert past.start == datetime.fromisoformat(release.overview.snapshots[0].as_of)
    assert past.end == datetime.fromisoformat(release.overview.snapshots[-1].as_of)
    assert periods(release, 5_000) == []


def test_a_period_before_a_day_ends_before_it():
    until = date(2024, 9, 15)
    past = last_period(shop(), 30, until)
    assert past.end <= datetime(2024, 9, 15)
    assert past.start + timedelta(days=30) == past.end
    assert last_period(shop(), 30, date(2000, 1, 1)) is None


def test_periods_do_not_overlap_and_the_spend_before_is_all_before():
    found = periods(shop(), 45)
    assert len(found) > 2
    assert all(first.end <= second.start for first, second in pairwise(found))
    past = found[-1]
    expected = spent_between(datetime(2000, 1, 1), past.start)
    ids = [shop().id_of(row) for row in past.rows.tolist()]
    assert set(ids) == set(expected)
    assert spent_before(shop(), past).tolist() == pytest.approx([expected[each] for each in ids])


def test_spend_before_is_allowed_for_only_where_it_says_something():
    past = last_period(shop(), 90)
    assert narrows(past, past.spent**2)
    assert not narrows(past, np.ones(len(past.spent)))
    shuffled = np.random.default_rng(6).permutation(past.spent)
    assert abs(np.corrcoef(shuffled, past.spent)[0, 1]) < 0.15
    assert not narrows(past, shuffled)


def test_a_release_of_one_moment_or_a_view_of_nobody_has_no_base_and_no_worth():
    assert baseline(table_shop(), np.arange(10), 30) is None
    assert baseline(shop(), np.arange(0), 30) is None
    assert worth(table_shop(), np.arange(10), 30, 0.2) is None
    assert worth(shop(), np.arange(5), 200, 0.2) is None


def test_an_audience_is_worth_what_its_like_spent_in_the_last_period(monkeypatch):
    release, rows = shop(), np.arange(40)
    assert worth(release, rows, 30, 0.25) is None  # the shop's first months are too different
    monkeypatch.setattr("services.campaigns.worth.periods", lambda *asked: periods(*asked)[-5:])
    found = worth(release, rows, 30, 0.25)
    base = baseline(release, rows, 30)
    assert found.revenue.value == pytest.approx(base.revenue * 40)
    assert found.revenue.low < found.revenue.value < found.revenue.high
    # Of 30 treated, a point is 0.3 buyers more; with fewer than 20 buyers nothing is cut.
    assert found.point.value == pytest.approx(0.3 * base.revenue / base.rate, rel=0.1)
