"""Results and what is expected of a campaign, against a count over the ledger itself."""

from __future__ import annotations

import statistics
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from services.campaigns.baseline import baseline
from services.campaigns.measuring import measured, stage
from services.core.refusals import Refusal
from services.site.customers.audiences import Audience, Draft, Member
from tests.serving.shops import identifier, purchases, shop, table_shop

START, END = date(2024, 11, 1), date(2024, 12, 15)
DRAFT = Draft(
    name="Autumn",
    seed="autumn",
    owner="Ana",
    playbook="",
    source="segments",
    query="",
    described="All customers",
    release="",
    as_of="",
    starts_on=START,
    ends_on=END,
    holdout_share=0.5,
)
EVERYBODY = [Member(identifier(number), number % 2 == 1) for number in range(40)]


def audience(**changed: object) -> Audience:
    return Audience(1, replace(DRAFT, **changed), datetime(2024, 10, 31, tzinfo=UTC), 20, 20)


def spent_between(start: date, end: date) -> dict[str, float]:
    """What each customer's orders within the days amount to, from the ledger."""
    found: dict[str, float] = {}
    for customer, _invoice, moment, lines in purchases():
        if start <= moment.date() <= end:
            found[customer] = found.get(customer, 0) + sum(pieces * price for _, pieces, price in lines)
    return found


def test_buyers_and_revenue_of_each_group_are_those_of_the_ledger():
    result = measured(shop(), audience(), EVERYBODY)
    spent = spent_between(START, END)
    for held_out, group in ((False, result.treated), (True, result.holdout)):
        theirs = {each.customer_id for each in EVERYBODY if each.held_out == held_out}
        assert group.customers == 20
        assert group.buyers == len(theirs & set(spent)) > 0
        assert group.revenue == pytest.approx(sum(spent.get(each, 0) for each in theirs))
    assert result.rate.effect.difference == (result.treated.buyers - result.holdout.buyers) / 20
    difference = (result.treated.revenue - result.holdout.revenue) / 20
    assert result.revenue.effect.difference == pytest.approx(difference)


def test_the_first_and_the_last_day_count_whole():
    days = sorted({moment.date() for _, _, moment, _ in purchases()})
    day = days[len(days) // 2]
    on_it = spent_between(day, day)
    result = measured(shop(), audience(starts_on=day, ends_on=day), EVERYBODY)
    assert result.treated.buyers + result.holdout.buyers == len(on_it) > 0


def test_twenty_customers_a_group_are_too_few_for_a_verdict():
    result = measured(shop(), audience(), EVERYBODY)
    assert result.rate.verdict == result.revenue.verdict == "too-few"


def test_who_is_not_in_the_release_is_left_out_and_counted():
    result = measured(shop(), audience(), [*EVERYBODY, Member("gone", False), Member("lost", True)])
    assert result.missing == 2
    assert (result.treated.customers, result.holdout.customers) == (20, 20)


def test_an_audience_of_another_shop_has_no_comparison():
    result = measured(shop(), audience(), [Member("gone", False), Member("lost", True)])
    assert (result.missing, result.rate, result.revenue) == (2, None, None)


def test_the_stage_follows_the_data():
    release = shop()
    last = release.manifest.data_to.date()
    day = timedelta(days=1)
    assert stage(release, audience(starts_on=last + day, ends_on=last + day)) == "planned"
    assert stage(release, audience(starts_on=last, ends_on=last + day)) == "running"
    assert stage(release, audience(starts_on=last - day, ends_on=last)) == "ended"


def test_a_table_of_customers_is_refused_because_it_holds_no_orders():
    with pytest.raises(Refusal, match="holds no orders"):
        measured(table_shop(), audience(), EVERYBODY)


@pytest.mark.parametrize("days", [30, 90])
def test_the_base_is_what_customers_of_the_same_segments_did_next(days):
    release = shop()
    moments = [datetime.fromisoformat(each.as_of) for each in release.overview.snapshots]
    begin = moments[-1] - timedelta(days=days)
    start = min(moments[:-1], key=lambda each: abs(each - begin))
    rows = np.flatnonzero(release.customers["segment"] == release.customers["segment"][0])
    segment = int(release.customers["segment"][0])
    before = release.customers["snapshot_segment"][:, moments.index(start)]
    alike = {release.id_of(row) for row in np.flatnonzero(before == segment).tolist()}
    spent = dict.fromkeys(alike, 0.0)
    for customer, _invoice, moment, lines in purchases():
        if customer in alike and moment >= start:
            spent[customer] += sum(pieces * price for _, pieces, price in lines)
    found = baseline(release, rows, days)
    assert alike
    assert (found.start, found.end, found.customers) == (start, moments[-1], len(alike))
    assert found.rate == sum(each > 0 for each in spent.values()) / len(alike)
    assert found.revenue == pytest.approx(statistics.fmean(spent.values()))
    assert found.deviation == pytest.approx(statistics.pstdev(spent.values()), abs=1e-6)


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


def test_a_release_of_one_moment_or_a_view_of_nobody_has_no_base():
    assert baseline(table_shop(), np.arange(10), 30) is None
    assert baseline(shop(), np.arange(0), 30) is None
