"""Where a release's numbers come from, on the tiny release and on ledgers of a few months."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.releases.overview.ledger import LedgerMonth, Returned
from services.releases.overview.scores import Scoring
from services.serving.release import provenance as room
from services.serving.release.loaded import Loaded
from services.serving.release.provenance import Band, bands, local_day, provenance
from services.training.reading.columns.headers import TRANSACTIONS
from tests.overviews import cluster
from tests.releases.tiny import make_tiny_release

ROLES = TRANSACTIONS.roles


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    return Loaded(models, make_tiny_release(models))


def changed(release, *, manifest=None, glance=None, **overview):
    """The same release with other contents."""
    other = object.__new__(Loaded)
    other.__dict__.update(release.__dict__)
    other.manifest = release.manifest.model_copy(update=manifest or {})
    seen = release.overview.glance.model_copy(update=glance or {})
    other.overview = release.overview.model_copy(update={"glance": seen, **overview})
    return other


def describe(release):
    return provenance(release, date(2026, 11, 25), "Europe/London")


def test_roles_are_those_of_training():
    # who wants no campaigns may be listed elsewhere, and nothing lacks without the others
    unmissed = {
        "opted_out",
        "discount",
        "order_total",
        "order_subtotal",
        "order_discount",
        "status",
        "cancelled",
        "currency",
        "time",
        "email",
    }
    assert sorted([*room.ROLES, *unmissed]) == sorted(ROLES)


def test_a_table_of_customers_has_no_purchases_but_a_spend(release):
    ledger = {role: role in ("customer", "country") for role in ROLES}
    found = describe(changed(release, manifest={"ledger": ledger}, glance={"months": [], "hours": None}))
    assert found.of_customers
    assert (found.months, found.orders) == ([], 0)
    assert found.revenue == pytest.approx(float(release.customers["monetary"].sum()))
    assert not describe(release).of_customers


def test_age_is_counted_in_days_of_the_newest_order_the_making_and_today(release):
    at = {"data_to": datetime(2026, 11, 20, 23, 59), "made_at": datetime(2026, 11, 21, 0, 1, tzinfo=UTC)}
    found = describe(changed(release, manifest=at))
    assert (found.age_when_made, found.age_today) == (1, 5)


def test_a_day_begins_at_the_shops_midnight():
    late = datetime(2026, 11, 21, 22, 45, tzinfo=UTC)
    assert local_day(late, "Europe/London") == date(2026, 11, 21)
    assert local_day(late, "Asia/Tokyo") == date(2026, 11, 22)


def test_rejected_rows_come_in_the_order_the_rules_are_asked_and_unknown_rules_last(release):
    counts = {"another": 9, "cancellation": 1, "duplicate": 2, "no_customer": 3, "unreadable": 4}
    rows = release.manifest.rows.model_copy(update={"rejected": counts})
    found = describe(changed(release, manifest={"rows": rows}))
    assert list(found.rejected) == ["unreadable", "no_customer", "duplicate", "cancellation", "another"]
    assert found.rejected == counts


def test_the_best_score_comes_first_and_recency_runs_the_other_way():
    edges = {"recency": [10, 20], "frequency": [1, 2], "monetary": [5.5, 9]}
    sizes = {axis: {"1": 1, "2": 2, "3": 3} for axis in edges}
    high = bands(Scoring(scale=3, best="high", edges=edges, sizes=sizes))
    assert list(high) == [3, 2, 1]
    assert high[3] == {
        "recency": Band(None, 10, 3),
        "frequency": Band(2, None, 3),
        "monetary": Band(9, None, 3),
    }
    low = bands(Scoring(scale=3, best="low", edges=edges, sizes=sizes))
    assert list(low) == [1, 2, 3]
    assert low[1] == {
        "recency": Band(None, 10, 1),
        "frequency": Band(2, None, 1),
        "monetary": Band(9, None, 1),
    }
    assert low[2]["monetary"] == Band(5.5, 9, 2)


def test_a_preset_without_scores_has_no_bands():
    assert bands(None) == {}


MONTHS = [
    LedgerMonth(month=month, revenue=10.0, orders=2, customers=1, returns=0.0)
    for month in ("2011-01", "2011-02", "2011-03")
]


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        (datetime(2011, 1, 1, 8), datetime(2011, 3, 31, 9), [True, True, True]),
        (datetime(2011, 1, 2), datetime(2011, 3, 30), [False, True, False]),
    ],
)
def test_a_month_that_the_data_covers_in_part_is_marked(release, start, end, whole):
    found = describe(
        changed(release, manifest={"data_from": start, "data_to": end}, glance={"months": MONTHS})
    )
    assert [month.whole for month in found.months] == whole
    assert found.orders == 6


@pytest.mark.parametrize(
    ("first", "last", "whole"), [(1, 28, True), (1, 27, False), (2, 28, False), (3, 4, False)]
)
def test_a_single_month_is_whole_from_its_first_to_its_last_day(release, first, last, whole):
    span = {"data_from": datetime(2011, 2, first), "data_to": datetime(2011, 2, last)}
    found = describe(changed(release, manifest=span, glance={"months": MONTHS[1:2]}))
    assert [month.whole for month in found.months] == [whole]


def test_an_amount_is_not_missed_where_quantity_and_price_give_it(release):
    everything = dict.fromkeys(ROLES, True)
    hours = {"hours": [[1] * 24] * 7}
    rich = changed(release, manifest={"ledger": everything | {"amount": False}}, glance=hours)
    assert describe(rich).lacks == ()
    poor = changed(release, manifest={"ledger": everything | {"amount": False, "price": False}}, glance=hours)
    assert describe(poor).lacks == ("price", "amount")


def test_an_amount_only_ledger_lacks_the_rest_and_the_time_of_day(release):
    ledger = {role: role in ("customer", "date", "amount") for role in ROLES}
    found = describe(changed(release, manifest={"ledger": ledger}, countries=[], glance={"hours": None}))
    assert found.lacks == ("invoice", "product", "description", "quantity", "price", "country", "time")


def test_a_country_column_that_is_empty_counts_as_missing(release):
    everything = dict.fromkeys(ROLES, True)
    found = describe(changed(release, manifest={"ledger": everything}, countries=[]))
    assert "country" in found.lacks


def test_returns_have_no_share_where_nothing_was_sold_for_money(release):
    gone = Returned(lines=1, amount=15.0, invoices=1)
    free = [cluster(revenue=0.0)]
    assert describe(changed(release, glance={"returns": gone}, clusters=free)).returned_share is None
    sold = [cluster(revenue=10.0), cluster(revenue=20.0)]
    assert describe(changed(release, glance={"returns": gone}, clusters=sold)).returned_share == 0.5


def test_a_rule_that_the_preset_does_not_ask_is_named(release):
    asked = "price" not in describe(release).switched_off
    assert asked == release.preset.cleaning.price
    matched = "returned" not in describe(release).switched_off
    assert matched == (release.preset.cleaning.returns == "match")
