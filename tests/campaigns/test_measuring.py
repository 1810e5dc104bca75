"""Results and what is expected of a campaign, against a count over the ledger itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.campaigns.measuring import measured, stage
from services.campaigns.revenue import revenue_of
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


def test_the_first_and_the_last_day_count_whole():
    days = sorted({moment.date() for _, _, moment, _ in purchases()})
    day = days[len(days) // 2]
    on_it = spent_between(day, day)
    result = measured(shop(), audience(starts_on=day, ends_on=day), EVERYBODY)
    assert result.treated.buyers + result.holdout.buyers == len(on_it) > 0


def test_nineteen_customers_a_group_are_too_few_for_a_verdict():
    members = EVERYBODY[:38]
    result = measured(shop(), audience(), members)
    revenue = revenue_of(shop(), audience(), members, result)
    assert result.rate.verdict == revenue.verdict == "too-few"


def test_a_verdict_on_revenue_does_not_depend_on_the_order_of_the_customers():
    result = measured(shop(), audience(), EVERYBODY)
    revenue = revenue_of(shop(), audience(), EVERYBODY, result)
    assert revenue == revenue_of(shop(), audience(), EVERYBODY[::-1], result)
    assert revenue.verdict == "cannot-tell"
    assert revenue.low < 0 < revenue.high
    assert (revenue.cut, revenue.above) == (None, 0)


def test_the_largest_sums_are_cut_and_counted():
    whole = audience(starts_on=date(2024, 1, 1))
    revenue = revenue_of(shop(), whole, EVERYBODY, measured(shop(), whole, EVERYBODY))
    spent = sorted(spent_between(date(2024, 1, 1), END).values())
    assert len(spent) // 20 == revenue.above > 0
    assert revenue.cut == pytest.approx(spent[-revenue.above - 1])


def test_revenue_is_judged_after_the_last_day_only():
    running = audience(ends_on=date(2025, 1, 15))
    result = measured(shop(), running, EVERYBODY)
    assert result.rate is not None
    assert revenue_of(shop(), running, EVERYBODY, result) is None


def test_who_is_not_in_the_release_is_left_out_and_counted():
    result = measured(shop(), audience(), [*EVERYBODY, Member("gone", False), Member("lost", True)])
    assert result.missing == 2
    assert (result.treated.customers, result.holdout.customers) == (20, 20)


def test_an_audience_of_another_shop_has_no_comparison():
    result = measured(shop(), audience(), [Member("gone", False), Member("lost", True)])
    assert (result.missing, result.rate) == (2, None)


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
